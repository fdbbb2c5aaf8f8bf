"""One more reader: somebody who handles the case wants what was told to be read by one person more.

Rule 1. Who may act in an open case may wish for it. The reporter is asked, in a form: who wishes it, for whom, and what
        for. Whoever is asked about reads nothing before the reporter has said yes; no answer is a no.
Rule 2. Of a person who cannot be asked about the handler hears one sentence, whatever the reason: who is left out, whom
        the reporter took out, who has the case already, who cannot be reached. The list offers everybody: a gap in
        it would tell more than that sentence. It is said at the field, and what was typed stays; like every form that
        is refused, it leaves nothing behind, no line of the audit either.
Rule 3. The reporter is asked about a person once. Asked again, the handler hears the same after a yes, a no, or no
        answer yet: what was answered shows on the case's card while it is a yes, and nowhere else.
Rule 4. After the yes it is looked at again, and whoever wished it must still have a part in the case.
Rule 5. A reader is told once, and hears nothing of what becomes of the case. The end of the case or of the consent
        takes the button away.
"""

from __future__ import annotations

from dataclasses import replace

from bot.cases import alerts
from bot.cases.alerts import MAY_READ, READER, World
from bot.cases.case import Case, ReaderAsked
from bot.cases.ladder import Decision, Noted
from bot.cases.people import excluded, left_out
from bot.cases.permissions import Action, may
from bot.core.effects import Effect, Send, Update
from bot.core.languages import Phrases
from bot.core.messages import Asks, Choice, Field, Form, Input, Message
from bot.core.people import PersonId
from bot.core.texts import escape, shorten

#: The form's field and its options; and what stands on the reader's button.
MAY, YES, NO, READ = "may", "yes", "no", "read"
#: So much of what the handler wrote is shown, in characters.
LONGEST_WHY = 600


def ask(case: Case, to: PersonId | None, why: str, by: PersonId | None, world: World) -> Decision:
    """Somebody who handles the case wishes for one more reader."""
    if by is None or by == case.reporter:
        return Decision(case)
    said = world.phrases_of(by).reading
    if to is not None and any(asked.person == to for asked in case.readers_asked):
        return Decision(case, (alerts.tell(case, by, said.asked_before, "reading"),))
    if to is None or not _may_be_asked_about(case, to, by, world):
        return Decision(case, (alerts.tell(case, by, said.cannot_ask, "reading"),), (Noted("reader_refused", by),))
    asked = replace(case, readers_asked=(*case.readers_asked, ReaderAsked(to, by, why)))
    number = len(asked.readers_asked)
    sent = (_question(asked, number, world), alerts.tell(asked, by, said.asked, "reading"))
    return Decision(asked, sent, (Noted("reader_asked", by),))


def may_wish(case: Case, person: PersonId, by: PersonId, world: World) -> bool:
    """Whether one can wish for this person now; of one who was asked about before the handler hears so."""
    before = any(asked.person == person for asked in case.readers_asked)
    return before or _may_be_asked_about(case, person, by, world)


def _may_be_asked_about(case: Case, person: PersonId, by: PersonId, world: World) -> bool:
    found = world.people.get(person)
    out = excluded(case, world.people) | left_out(case, world.people) | {case.reporter, by}
    has_it = person == case.owner and not case.gap
    there = found is not None and found.reachable and person not in out and not has_it
    return there and may(case, by, Action.ACT, world.people)


def _question(case: Case, number: int, world: World) -> Send:
    asked = case.readers_asked[number - 1]
    said = world.phrases_of(case.reporter)
    text = said.reading.question.format(
        handler=world.name(asked.by, said.somebody), person=world.name(asked.person, said.somebody)
    )
    shown = _form(case, number, asked, world)
    return Send(
        case.reporter,
        Message(text, asks=Asks.FORM, token=shown.token, form=shown),
        alerts.slot(MAY_READ, number),
    )


def form(case: Case, number: int, world: World) -> Form | None:
    """The question as a form, so that what the handler wrote does not stand in the chat; None where it is over."""
    asked = _open(case, number)
    return _form(case, number, asked, world) if asked is not None else None


def _form(case: Case, number: int, asked: ReaderAsked, world: World) -> Form:
    said = world.phrases_of(case.reporter)
    why = said.reading.why.format(why=escape(shorten(asked.why, LONGEST_WHY))) if asked.why else ""
    options = (Choice(YES, said.yes), Choice(NO, said.no))
    label = said.reading.may.format(person=world.name(asked.person, said.somebody))
    field = Field(MAY, label, Input.ONE, required=True, hint=why, options=options)
    return Form(alerts.token(case, MAY_READ, number), said.reading.title, (field,), said.send)


def _open(case: Case, number: int) -> ReaderAsked | None:
    asked = case.readers_asked[number - 1] if 0 < number <= len(case.readers_asked) else None
    return asked if asked is not None and asked.open else None


def answer(case: Case, number: int, world: World, *, yes: bool) -> Decision:
    """The reporter's word."""
    said = world.phrases_of(case.reporter)
    asked = _open(case, number)
    if asked is None:
        return Decision(case, (over_already(case, world),))
    every = list(case.readers_asked)
    every[number - 1] = replace(asked, why="", open=False)
    settled = replace(case, readers_asked=tuple(every))
    name = world.name(asked.person, said.somebody)
    may_read = yes and _may_be_asked_about(case, asked.person, asked.by, world)
    closed = _close(case, number, f"{said.reading.title}\n\n✓ {said.yes if yes else said.no}")
    text = said.reading.thanks if may_read else said.reading.too_late if yes else said.reading.kept
    told = (closed, alerts.tell(case, case.reporter, text.format(person=name), "reading"))
    if not may_read:
        return Decision(settled, told, (Noted("reader_not_let_in"),))
    consent = replace(case.consent, readers=case.consent.readers | {asked.person})
    let_in = replace(settled, consent=consent)
    return Decision(let_in, (*told, tell_reader(let_in, asked.person, world)), (Noted("reader", asked.person),))


def over_already(case: Case, world: World) -> Send:
    """To the reporter: the question is answered, or the case is over."""
    return alerts.tell(case, case.reporter, world.phrases_of(case.reporter).knowing.name_no_more, "reading")


def tell_reader(case: Case, person: PersonId, world: World) -> Send:
    """To the new reader: that there is something to read, in confidence, and with whom to talk about it."""
    number, asked = next((n, a) for n, a in enumerate(case.readers_asked, 1) if a.person == person)
    said = world.phrases_of(person)
    text = said.reading.told.format(reference=escape(case.reference), person=_to_talk_to(case, asked, said, world))
    message = Message(
        text,
        asks=Asks.ONE,
        choices=(Choice(READ, said.card_read),),
        token=alerts.token(case, READER, number),
    )
    return Send(person, message, alerts.slot(READER, number))


def _to_talk_to(case: Case, asked: ReaderAsked, said: Phrases, world: World) -> str:
    """Whoever wished it, as long as they have a part in the case; else the owner."""
    if may(case, asked.by, Action.ACT, world.people):
        return world.name(asked.by, said.somebody)
    return world.name(case.owner if not case.gap else None, said.reading.handlers)


def over(case: Case, world: World) -> Decision:
    """The case has ended: what is not answered is not asked any more, and nobody reads on."""
    closed: list[Effect] = []
    for number, asked in enumerate(case.readers_asked, 1):
        if asked.open:
            closed.append(_close(case, number, world.phrases_of(case.reporter).knowing.name_no_more))
        elif asked.person in case.consent.readers:
            text = world.phrases_of(asked.person).alert_gone
            closed.append(Update(asked.person, Message(text), alerts.slot(READER, number)))
    every = tuple(replace(asked, why="", open=False) for asked in case.readers_asked)
    return Decision(replace(case, readers_asked=every), tuple(closed))


def _close(case: Case, number: int, text: str) -> Update:
    return Update(case.reporter, Message(text), alerts.slot(MAY_READ, number))


def choosable(case: Case, world: World) -> tuple[PersonId, ...]:
    """Whom the reporter was asked about and may let read, or not, at any time: a no can become a yes later."""
    out = excluded(case, world.people) | {case.reporter}
    answered = (asked.person for asked in case.readers_asked if not asked.open)
    there = (person for person in answered if person not in out and world.people.get(person) is not None)
    return tuple(dict.fromkeys(there))
