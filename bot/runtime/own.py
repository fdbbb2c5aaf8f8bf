"""What people press on a case's own messages, and send in its own forms: what it means for the case.

Rule 1. That the person may press it was asked when the case was opened; a button of anything else is told kindly.
Rule 2. An answer goes with the number of the question it stands under, and counts for that one only.
Rule 3. A form with mistakes changes nothing: the mended one counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.cases import alerts, closing, drafts, identity, reading, sharing, sights
from bot.cases.inputs import (
    AgreeToName,
    AnswerName,
    AnswerReader,
    AskName,
    CaseInput,
    ChangeConsent,
    Decline,
    KeepDraft,
    MayHandOver,
    NoteFallback,
    Take,
    TakeCall,
    Widen,
)
from bot.core.case_commands import Reopen, SetConsent, WithdrawCase
from bot.core.effects import Send, Update
from bot.core.events import Chose, Opened, Submitted
from bot.core.ids import Slot
from bot.core.languages import phrases
from bot.core.messages import Asks, FieldError, Message
from bot.core.people import PersonId
from bot.core.replies import FormErrors, OpenForm
from bot.core.texts import clean
from bot.flow.meaning import reticked
from bot.runtime.work import Work


def press(work: Work, event: Chose) -> bool:
    """A button of the case's own; False where it is none."""
    option = event.options[0] if len(event.options) == 1 else ""
    person = event.person
    match event.token.step, option:
        case (sights.SHARING, sights.CHANGE):
            work.ask_who_may_know()
        case (alerts.READER, reading.READ):
            work.read(person)
        case (sights.NAME, sights.ASK):
            _name_form(work, person)
        case (sharing.SURE_NOBODY, sharing.TAKE_BACK | sharing.KEEP | sharing.AS_IT_WAS):
            _nobody(work, option, event.token.revision)
        case (step, chosen):
            wish = _wish(step, chosen, person, event.token.revision)
            if wish is None:
                return False
            work.decide(wish, person)
    return True


def _wish(step: str, option: str, person: PersonId, number: int) -> CaseInput | Reopen | None:
    wish: CaseInput | Reopen | None = None
    match step, option:
        case (alerts.ALERT, alerts.TAKE):
            wish = Take(person)
        case (alerts.ALERT, alerts.DECLINE):
            wish = Decline(person)
        case (alerts.FALLBACK, alerts.NOTED):
            wish = NoteFallback(person)
        case (alerts.PAGE, alerts.TAKE_CALL):
            wish = TakeCall(person)
        case (alerts.HANDING, alerts.YES | alerts.WAIT):
            wish = MayHandOver(option == alerts.YES, number)
        case (alerts.ASK_MORE, alerts.WAIT):
            wish = Widen(None, number)
        case (alerts.ASK_MORE, other):
            wish = Widen(PersonId(other), number)
        case (alerts.AGREE, identity.YES | identity.NO):
            wish = AgreeToName(person, option == identity.YES, number)
        case (alerts.NAME_ASKED, identity.YES | identity.NO):
            wish = AnswerName(option == identity.YES, number)
        case (drafts.DRAFT, drafts.KEEP):
            wish = KeepDraft()
        case (closing.CLOSED, closing.NOT_OVER):
            wish = Reopen()
        case _:
            pass
    return wish


def _nobody(work: Work, option: str, number: int) -> None:
    """Whether nobody is meant, answered; asked of what has changed since, it changes nothing."""
    world = work.setting.world(work.now)
    if number != work.case.sure_asked:
        text = world.phrases_of(work.case.reporter).knowing.name_no_more
        work.do(alerts.tell(work.case, work.case.reporter, text, "late"), None)
        return
    work.case = replace(work.case, sure_asked=0)
    work.do(sharing.close_sure(work.case, option, world), None)
    if option == sharing.TAKE_BACK:
        work.decide(WithdrawCase(), work.case.reporter)
    elif option == sharing.KEEP:
        _change_consent(work, sharing.nobody(work.case))


def _name_form(work: Work, person: PersonId) -> None:
    asked = identity.name_form(work.case, person, work.setting.world(work.now))
    message = Message(asked.title, asks=Asks.FORM, token=asked.token, form=asked)
    work.do(Send(person, message, Slot(f"{identity.NAME_FORM}:{person}")), None)
    work.reply = OpenForm(asked)


def form(work: Work, event: Opened | Submitted) -> bool:
    """A form of the case's own is opened or sent; False where it is none."""
    return _open(work, event) if isinstance(event, Opened) else _submit(work, event)


def _open(work: Work, event: Opened) -> bool:
    world = work.setting.world(work.now)
    match event.token.step:
        case sights.SHARING:
            work.reply = OpenForm(sharing.form(work.case, work.offered(), world))
        case alerts.MAY_READ:
            _open_question(work, event.token.revision)
        case identity.NAME_FORM:
            work.reply = OpenForm(identity.name_form(work.case, event.person, world))
        case _:
            return False
    return True


def _open_question(work: Work, number: int) -> None:
    world = work.setting.world(work.now)
    asked = reading.form(work.case, number, world)
    if asked is None:
        work.do(reading.over_already(work.case, world), None)
    else:
        work.reply = OpenForm(asked)


def _submit(work: Work, event: Submitted) -> bool:
    match event.token.step:
        case alerts.MAY_READ:
            _answer_reader(work, event)
        case sights.SHARING:
            _change_consent(work, _chosen(work, event.values))
        case identity.NAME_FORM:
            _ask_name(work, event)
        case _:
            return False
    return True


def _chosen(work: Work, values: Mapping[str, tuple[str, ...]]) -> ChangeConsent:
    """What was ticked; what the form could not show stays as it was."""
    fields = sharing.form(work.case, work.offered(), work.setting.world(work.now)).fields
    shown = {option.id for option in fields[0].options}
    ticked, consent = set(values.get(sharing.WHO, ())) & shown, work.case.consent
    roles = {role for role in work.offered().roles if role in ticked} | {r for r in consent.roles if r not in shown}
    hides = sharing.HIDDEN in values.get(sharing.NAME, ()) if len(fields) > 1 else consent.without_name
    return ChangeConsent(
        frozenset(roles),
        frozenset(p for p in consent.persons if p in ticked or p not in shown),
        hides,
        readers=frozenset(PersonId(o.removeprefix(sharing.READS)) for o in ticked if o.startswith(sharing.READS)),
    )


def _answer_reader(work: Work, event: Submitted) -> None:
    match event.values.get(reading.MAY, ()):
        case (reading.YES | reading.NO as answer,):
            work.decide(AnswerReader(event.token.revision, answer == reading.YES), event.person)
        case _:
            said = phrases(work.setting.language_of(event.person))
            work.reply = FormErrors((FieldError(reading.MAY, said.required_field),))


def _ask_name(work: Work, event: Submitted) -> None:
    reason = clean(" ".join(event.values.get(identity.REASON, ())))
    if not reason:
        said = phrases(work.setting.language_of(event.person))
        work.reply = FormErrors((FieldError(identity.REASON, said.required_field),))
        return
    work.do(Update(event.person, Message("✓"), Slot(f"{identity.NAME_FORM}:{event.person}")), None)
    work.decide(AskName(event.person, reason), event.person)


def _change_consent(work: Work, wish: ChangeConsent) -> None:
    """What the reporter chose last is the answer that counts, in every talk."""
    before = work.case.consent
    work.decide(wish, work.case.reporter)
    now = work.case.consent
    if now != before:
        told = SetConsent(now.roles, now.without_name)
        again = reticked(work.setting.flows, tuple(work.sessions.values()), work.case.reporter, told)
        work.sessions.update((talk.id, talk) for talk in again)
