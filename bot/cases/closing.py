"""A case is closed, and opened again when the employee says that it is not over.

Rule 1. The employee hears who closed it, and opens it again with one press or a few words, without a reason, for as
        long as `REOPENED_WITHIN`. After that something new is a new report.
Rule 2. It opens with whoever had it, who is asked to take it as before; where that person is not there or may not have
        it any more, with the ladder, as it does by night where it is urgent.
Rule 3. One check-in that was planned for the employee is still asked after the end, and none if it is taken back.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.cases import alerts, ladder, night, reading
from bot.cases.alerts import World
from bot.cases.case import Call, Case, Status, Trigger, move
from bot.cases.escalate import URGENT
from bot.cases.ladder import Decision, Noted
from bot.cases.policy import recipients
from bot.core.effects import EndTalks, Send, Update
from bot.core.ids import Slot
from bot.core.messages import Asks, Choice, Message
from bot.core.people import PersonId
from bot.core.worktime import is_open

REOPENED_WITHIN = timedelta(days=30)
#: The step of the message that a case is closed, and what stands on its button.
CLOSED, NOT_OVER = "closed", "not_over"


def close(case: Case, actor: PersonId | None, world: World) -> Decision:
    status = move(case.status, Trigger.CLOSE)
    if status is None:
        return Decision(case)
    by = actor if actor is not None else case.owner
    closed = replace(case, status=status, closed=world.now, checked=False)
    effects = (EndTalks(case.reporter), _told(closed, by, world))
    return Decision(closed, effects, (Noted("closed", by),)).then(reading.over(closed, world))


def _told(case: Case, by: PersonId | None, world: World) -> Send:
    said = world.phrases_of(case.reporter)
    message = Message(
        said.case_closed.format(person=world.name(by, said.whoever_had_it), days=REOPENED_WITHIN.days),
        asks=Asks.ONE,
        choices=(Choice(NOT_OVER, said.not_over),),
        token=alerts.token(case, CLOSED, case.revision),
    )
    return Send(case.reporter, message, Slot(CLOSED))


def not_over(case: Case, actor: PersonId | None, world: World) -> Decision:
    """The employee says that a closed case is not over."""
    if actor is None or actor != case.reporter:
        return Decision(case)
    said = world.phrases_of(actor)
    if case.status is not Status.CLOSED:
        return Decision(case, (alerts.tell(case, actor, said.not_closed, "reopened"),))
    if case.closed is not None and world.now - case.closed > REOPENED_WITHIN:
        return Decision(case, (alerts.tell(case, actor, said.closed_long_ago, "reopened"),))
    return again(case, world)


def again(case: Case, world: World) -> Decision:
    """A closed case is open again."""
    said = world.phrases_of(case.reporter)
    opened = replace(case, status=move(case.status, Trigger.REOPEN) or case.status, closed=None, tried=())
    shown = Update(case.reporter, Message(f"✓ {said.not_over}"), Slot(CLOSED))
    told = Decision(opened, (shown,), (Noted("reopened", case.reporter),))
    owner = opened.owner
    rests = opened.level in URGENT and not is_open(world.now, world.site_of(owner))
    if owner is None or rests or owner not in recipients(opened, world.people, world.now):
        word = alerts.tell(opened, case.reporter, said.case_reopened, "reopened")
        return told.then(Decision(opened, (word,))).then(night.first_asked(opened, world))
    text = said.reopened_with.format(person=world.name(owner, said.somebody))
    word = alerts.tell(opened, case.reporter, text, "reopened")
    return told.then(Decision(opened, (word,))).then(ladder.ask(opened, owner, world, Call.REOPENED, told=False))
