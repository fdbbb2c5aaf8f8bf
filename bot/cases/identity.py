"""The name of a reporter without one: shown by the reporter, or asked for by two when a life may be in danger.

Rule 1. The reporter shows the name whenever they want (`sharing.py`). Nobody else shows it by themselves.
Rule 2. It may be asked for only in a case that must be handled at once (critical), by somebody who may know it as HR or
        whistleblower unit, with a reason.
Rule 3. A second person agrees: another one who may know it as HR or whistleblower unit, neither above nor below the
        first where there is such a one. Whoever does not agree ends it.
Rule 4. Before anything is shown the reporter is told who asked, who agreed and why, word for word, and decides. A *no*
        ends it: whoever answers can be asked what they need. Only silence shows the name, a quarter of an hour after
        that message arrived or the reporter last wrote: whoever is in danger may be the one who cannot answer.
Rule 5. The name is told to those two alone, and only while both may still know; nobody's screen shows it but theirs.
Rule 6. Whatever ends the case's hurry, the consent, or the case, ends the question. An answer counts for its own
        question, never for a later one.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.cases import alerts
from bot.cases.alerts import AGREE, NAME_ASKED, World
from bot.cases.case import AT_REST, Case, NameAsked
from bot.cases.ladder import Decision, Noted
from bot.cases.people import left_out, roles_of, ticked
from bot.core.effects import CancelTimer, Effect, Lane, Send, SetTimer
from bot.core.levels import Level
from bot.core.messages import Asks, Choice, Fact, Field, Form, Input, Message, Tone
from bot.core.people import People, PersonId, Role
from bot.core.texts import escape
from bot.steps.wording import show_list

ASKERS = frozenset({Role.HR, Role.WHISTLEBLOWER_UNIT})
#: How long the reporter has after the question arrived. By the clock: it is about danger.
ANSWER_WITHIN = timedelta(minutes=15)
#: Steps of the case's own messages, and what stands on their buttons.
NAME_FORM = "name_form"
YES, NO, REASON = "yes", "no", "reason"


def may_ask_name(case: Case, person: PersonId, people: People) -> bool:
    """Whether this person may ask for the name, or agree to it."""
    hidden = case.consent.without_name and person not in case.name_told
    known = case.status not in AT_REST and person in ticked(case, people) - left_out(case, people)
    return hidden and known and bool(roles_of(case, person, people) & ASKERS)


def seconds(case: Case, first: PersonId, people: People, now: datetime) -> tuple[PersonId, ...]:
    """Who may agree to what the first one asks."""
    there = [
        p.id for p in people if p.id != first and p.present(now) and p.reachable and may_ask_name(case, p.id, people)
    ]
    apart = [p for p in there if p not in people.below(first) and first not in people.below(p)]
    return tuple(apart or there)


def name_form(case: Case, person: PersonId, world: World) -> Form:
    said = world.phrases_of(person).knowing
    field = Field(REASON, said.ask_name_why, Input.PARAGRAPH, required=True, hint=said.ask_name_hint)
    token = alerts.token(case, NAME_FORM, case.revision)
    return Form(token, said.ask_name, (field,), world.phrases_of(person).send)


def ask(case: Case, person: PersonId, reason: str, world: World) -> Decision:
    """Somebody asks for the name."""
    said = world.phrases_of(person).knowing
    if not may_ask_name(case, person, world.people) or case.name_asked is not None:
        return _word(case, person, said.name_no_more)
    if case.level is not Level.CRITICAL:
        return _word(case, person, said.ask_name_only)
    others = seconds(case, person, world.people, world.now)
    if not others:
        return _word(case, person, said.ask_name_alone)
    number = case.names_asked + 1
    asked = replace(case, name_asked=NameAsked(number, person, reason, others), names_asked=number)
    sent = (*(_question(asked, other, person, reason, world) for other in others),)
    told = alerts.tell(asked, person, said.ask_name_sent, "name")
    return Decision(asked, (*sent, told), (Noted("name_asked", person),))


def _question(case: Case, to: PersonId, by: PersonId, reason: str, world: World) -> Send:
    said = world.phrases_of(to)
    text = said.knowing.agree_question.format(person=world.name(by, said.somebody), reference=escape(case.reference))
    message = Message(
        text,
        asks=Asks.ONE,
        facts=(Fact(said.knowing.reason, escape(reason)),),
        choices=(Choice(YES, said.knowing.agree), Choice(NO, said.knowing.disagree)),
        token=alerts.token(case, AGREE, case.names_asked),
        tone=Tone.URGENT,
    )
    return Send(to, message, alerts.slot(AGREE, case.names_asked), lane=Lane.ALERT)


def answer(case: Case, person: PersonId, agrees: bool, number: int, world: World) -> Decision:
    """A second person agrees, or does not."""
    asked = case.name_asked
    open_ = asked is not None and asked.number == number and asked.second is None and person in asked.asked
    if asked is None or not open_ or not _holds(case, (asked.by, person), world):
        return _word(case, person, world.phrases_of(person).knowing.name_no_more)
    if not agrees:
        told = _tell(case, asked.by, world.phrases_of(asked.by).knowing.not_agreed)
        return Decision(case, (told,), (Noted("name_refused", person),)).then(drop(case, world))
    agreed = replace(case, name_asked=replace(asked, second=person))
    closed = tuple(_close(asked, p, world.phrases_of(p).knowing.agree_noted) for p in asked.asked)
    return Decision(agreed, (*closed, _tell_reporter(agreed, asked, person, world)), (Noted("name_agreed", person),))


def _tell_reporter(case: Case, asked: NameAsked, second: PersonId, world: World) -> Send:
    said = world.phrases_of(case.reporter)
    text = said.knowing.you_are_asked.format(
        asker=world.name(asked.by, said.somebody), second=world.name(second, said.somebody), emergency=world.emergency
    )
    message = Message(
        text,
        asks=Asks.ONE,
        facts=(Fact(said.knowing.reason, escape(asked.reason)),),
        choices=(Choice(YES, said.knowing.tell_name), Choice(NO, said.knowing.keep_name)),
        token=alerts.token(case, NAME_ASKED, asked.number),
        tone=Tone.URGENT,
    )
    return Send(case.reporter, message, alerts.slot(NAME_ASKED, asked.number), lane=Lane.ALERT, awaited=True)


def came(case: Case, number: int, world: World) -> Decision:
    """The reporter has the question on the screen, or cannot be reached: the time begins."""
    asked = case.name_asked
    if asked is None or asked.number != number or asked.second is None:
        return Decision(case)
    return Decision(case, (SetTimer(f"name:{number}", world.now + ANSWER_WITHIN),))


def decided(case: Case, tells: bool, number: int, world: World) -> Decision:
    """The reporter answers."""
    asked = case.name_asked
    if asked is None or asked.number != number or asked.second is None:
        return _word(case, case.reporter, world.phrases_of(case.reporter).knowing.name_no_more)
    said = world.phrases_of(case.reporter).knowing
    if tells:
        return _show(case, asked, asked.second, world, said.tell_name)
    both = [p for p in (asked.by, asked.second) if may_ask_name(case, p, world.people)]
    effects: list[Effect] = [_tell(case, p, world.phrases_of(p).knowing.name_refused) for p in both]
    effects.append(alerts.tell(case, case.reporter, said.name_kept, "name"))
    return Decision(case, tuple(effects), (Noted("name_kept", case.reporter),)).then(drop(case, world, said.keep_name))


def over(case: Case, number: int, world: World) -> Decision:
    """The reporter has not answered."""
    asked = case.name_asked
    if asked is None or asked.number != number or asked.second is None:
        return Decision(case)
    return _show(case, asked, asked.second, world)


def _show(case: Case, asked: NameAsked, second: PersonId, world: World, answered: str = "") -> Decision:
    if not _holds(case, (asked.by, second), world):
        return drop(case, world)
    both = (asked.by, second)
    shown = replace(case, name_told=case.name_told | frozenset(both))
    effects: list[Effect] = []
    for person in both:
        said = world.phrases_of(person)
        text = said.knowing.name_is.format(
            person=world.name(case.reporter, said.an_employee), reference=escape(case.reference)
        )
        effects.append(alerts.tell(shown, person, text, "name"))
    own = world.phrases_of(case.reporter)
    names = show_list([world.name(p, own.somebody) for p in both], own.code)
    effects.append(alerts.tell(shown, case.reporter, own.knowing.name_told.format(persons=names), "name"))
    noted = tuple(Noted("name_told", person) for person in both)
    return Decision(shown, tuple(effects), noted).then(drop(shown, world, answered))


def _holds(case: Case, both: tuple[PersonId, PersonId], world: World) -> bool:
    """Whether it may still be asked: both may know, and it must still be handled at once."""
    return case.level is Level.CRITICAL and all(may_ask_name(case, p, world.people) for p in both)


def holds(case: Case, world: World) -> bool:
    """Whether what was asked may still be asked."""
    asked = case.name_asked
    if asked is None:
        return False
    both = (asked.by, asked.second if asked.second is not None else asked.by)
    return _holds(case, both, world)


def drop(case: Case, world: World, answered: str = "") -> Decision:
    """The question is over: its messages lose their buttons; `answered` is what the reporter has pressed."""
    asked = case.name_asked
    if asked is None:
        return Decision(case)
    closed: list[Effect] = [CancelTimer(f"name:{asked.number}")]
    if asked.second is None:
        closed.extend(_close(asked, p, world.phrases_of(p).knowing.name_no_more) for p in asked.asked)
    else:
        text = f"✓ {answered}" if answered else world.phrases_of(case.reporter).knowing.name_no_more
        closed.append(alerts.close_alert(case.reporter, asked.number, text, NAME_ASKED))
    return Decision(replace(case, name_asked=None), tuple(closed))


def _close(asked: NameAsked, person: PersonId, text: str) -> Effect:
    return alerts.close_alert(person, asked.number, text, AGREE)


def _tell(case: Case, person: PersonId, text: str) -> Send:
    return alerts.tell(case, person, text.format(reference=escape(case.reference)), "name")


def _word(case: Case, person: PersonId, text: str) -> Decision:
    return Decision(case, (_tell(case, person, text),))
