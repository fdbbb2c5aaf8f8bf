"""`compose`: one event of one case, purely.

Rule 1. A person's event reaches only a talk of that person's own. That the person may press what is the case's own
        was asked when the case was opened.
Rule 2. Deliveries count for alerts only; other messages wait for nothing.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.cases import alerts, drafts
from bot.cases.case import CaseFile, Status
from bot.cases.inputs import (
    Arrived,
    DraftOver,
    Failed,
    FoundAlike,
    Halfway,
    Look,
    NameOver,
    NameQuestionCame,
    NewPeople,
    PageOver,
    RungOver,
    StartDue,
)
from bot.core.answers import Skipped
from bot.core.effects import Send, SetTimer
from bot.core.events import (
    Alike,
    CaseChanged,
    Chose,
    Commanded,
    Delivered,
    DeliveryFailed,
    Event,
    Left,
    LookedAt,
    Opened,
    PeopleChanged,
    PersonEvent,
    Said,
    Started,
    Submitted,
    TimerFired,
)
from bot.core.facts import OtherTalk
from bot.core.ids import SessionId, Slot, Token
from bot.core.languages import phrases
from bot.core.messages import Message
from bot.core.people import PersonId, Role
from bot.core.replies import CloseForm
from bot.core.session import Session
from bot.core.session import Status as TalkStatus
from bot.flow.interpret import advance
from bot.runtime import begin, on_card, own
from bot.runtime.aside import lay_others_aside
from bot.runtime.case_turn import CaseTurn
from bot.runtime.talks import NOBODY
from bot.runtime.view import Setting
from bot.runtime.warrants import CARD
from bot.runtime.work import Work

#: How long a timer of a talk that has nobody is put off at a time.
PUT_OFF = timedelta(hours=1)


def compose(
    file: CaseFile,
    event: Event,
    target: SessionId | None,
    setting: Setting,
    now: datetime,
    others: tuple[OtherTalk, ...] = (),
) -> CaseTurn:
    """What an event makes of a case. `target` is the talk it goes to, None for the case itself."""
    work = Work(file, setting, now, others, _spoken(event))
    match event:
        case TimerFired():
            _timer(work, event)
        case Delivered(slot=slot, platform=platform):
            step, number = _alert(slot)
            if step in (alerts.ALERT, alerts.FALLBACK):
                work.decide(Arrived(number, platform), None)
            elif step == alerts.NAME_ASKED:
                work.decide(NameQuestionCame(number), None)
        case DeliveryFailed(slot=slot, to=to):
            step, number = _alert(slot)
            if step in (alerts.ALERT, alerts.FALLBACK):
                work.decide(Failed(number, to), None)
            elif step == alerts.NAME_ASKED:
                work.decide(NameQuestionCame(number), None)
        case PeopleChanged():
            work.decide(NewPeople(), None)
            work.end_talks_of_gone()
        case CaseChanged(what=what):
            if isinstance(what, Alike):
                _alike(work, what)
            else:
                _person(work, what, target)
        case LookedAt(waits=waits):
            work.decide(Look(waits), None)
        case _:
            _person(work, event, target)
    _rests(work, file, event)
    _sign_of_life(work, file, event)
    return work.turn()


def _rests(work: Work, before: CaseFile, event: Event) -> None:
    """A draft rests from the reporter's last word on; what was sent does no more."""
    case = work.case
    if before.case.last_word is not None and case.status is not Status.DRAFT and before.case.status is Status.DRAFT:
        decision = drafts.sent(case)
    elif case.status is Status.DRAFT and _of_reporter(event, work) and not work.erased:
        decision = drafts.spoken(before.case, case, work.setting.world(work.now))
    else:
        return
    work.case = decision.case
    work.effects.extend(decision.effects)


def _sign_of_life(work: Work, before: CaseFile, event: Event) -> None:
    """Whoever writes is not silent: the time after which a name is told begins anew."""
    asked = work.case.name_asked
    if asked is not None and asked == before.case.name_asked and _of_reporter(event, work):
        work.decide(NameQuestionCame(asked.number), None)


def _spoken(event: Event) -> tuple[PersonId, str] | None:
    """Who does something in this turn, and where."""
    said = event.what if isinstance(event, CaseChanged) else event
    return (said.person, said.platform) if isinstance(said, PersonEvent) else None


def _of_reporter(event: Event, work: Work) -> bool:
    said = event.what if isinstance(event, CaseChanged) else event
    return isinstance(said, PersonEvent) and said.person == work.case.reporter


def _alert(slot: Slot) -> tuple[str, int]:
    step, _, number = slot.partition(":")
    return step, int(number) if number.isdigit() else 0


def _timer(work: Work, event: TimerFired) -> None:
    match event.key.split(":"):
        case ["rung", number]:
            work.decide(RungOver(int(number)), None)
        case ["half", number]:
            work.decide(Halfway(int(number)), None)
        case ["page", number]:
            work.decide(PageOver(int(number)), None)
        case ["start", flow, role, *_]:
            work.decide(StartDue(flow, Role(role)), None)
        case ["name", number]:
            work.decide(NameOver(int(number)), None)
        case [drafts.DRAFT, which]:
            work.decide(DraftOver(event.due, _holds_something(work), which == drafts.LAST), None)
        case [_, session, *_] if SessionId(session) in work.sessions:
            talk = work.sessions[SessionId(session)]
            if talk.person == NOBODY:
                work.effects.append(SetTimer(event.key, work.now + PUT_OFF))  # it waits for whoever takes the case
                return
            work.apply(advance(work.setting.flows, talk, event, work.facts(talk)))
        case _:
            pass


def _alike(work: Work, found: Alike) -> None:
    """Another case seems to belong to this one. Where nobody hears of it, no button of this case may count it."""
    before = work.case.revision - 1
    work.decide(FoundAlike(found.case, found.seated), None)
    if not work.effects:
        work.case = replace(work.case, revision=before)


def _holds_something(work: Work) -> bool:
    """Whether a draft can be gone on with, and has an answer."""
    talks = (talk for talk in work.sessions.values() if talk.status is not TalkStatus.ENDED)
    return any(not isinstance(given.answer, Skipped) for talk in talks for given in talk.answers.values())


def _person(work: Work, event: PersonEvent, target: SessionId | None) -> None:
    talk = work.sessions.get(target) if target is not None else None
    said = phrases(work.setting.language_of(event.person))
    if isinstance(event, Submitted):
        work.reply = CloseForm()  # unless a talk of this person's says otherwise
    lay_others_aside(work, event, target)
    if isinstance(event, Started):
        begin.start(work, event)
    elif isinstance(event, Left) and (talk is None or _not_theirs(work, event, target, talk)):
        pass
    elif _not_theirs(work, event, target, talk):
        _word(work, event, said.not_yours)
    elif talk is not None and isinstance(event, Chose) and event.token.step == begin.UNFINISHED:
        begin.unfinished(work, event, talk)
    elif talk is not None:
        work.apply(advance(work.setting.flows, talk, event, work.facts(talk)))
    elif isinstance(event, Chose) and target is None:
        _press(work, event)
    elif target is None and isinstance(event, Opened | Submitted) and own.form(work, event):
        pass
    elif isinstance(event, Said | Commanded) and work.case.reporter == event.person:
        begin.greet(work, event)
    else:
        _word(work, event, said.not_yours)


def _not_theirs(work: Work, event: PersonEvent, target: SessionId | None, talk: Session | None) -> bool:
    """Whether a button's case is gone or not for this person, or its talk is another's or was never there."""
    if (talk is not None and talk.person != event.person) or work.left_out(event.person):
        return True
    token = getattr(event, "token", None)
    if not isinstance(token, Token):
        return False
    return token.case != work.case.id or (target is not None and talk is None and work.case.reporter == event.person)


def _press(work: Work, event: Chose) -> None:
    """A button that belongs to the case itself."""
    option = event.options[0] if len(event.options) == 1 else ""
    if begin.press(work, event, option):
        pass
    elif event.token.step == CARD:
        on_card.press(work, event, option)
    elif not own.press(work, event):
        _word(work, event, phrases(work.setting.language_of(event.person)).repeated)


def _word(work: Work, event: PersonEvent, text: str) -> None:
    work.effects.append(Send(event.person, Message(text), Slot(f"word:{work.case.revision}")))
