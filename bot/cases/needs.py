"""More help is needed, or sooner: the level goes up, a task is overdue, a rung's time is over, a check-in says no.

Rule 1. When a task is overdue, the next rung is asked beside the owner. Doing all that is overdue mends it.
Rule 2. When the employee says in a check-in that help did not come, the owner is asked anew and the next rung at once.
        Only somebody who takes the case answers that: the owner, who has heard it now, or whoever was asked.
Rule 3. When the level goes up, the owner is asked anew; an owner who is not there, and the next rung does not wait.
Rule 4. In all of these the owner keeps the case until somebody takes it. Only one who is excluded, was unticked, or has
        left, loses it.
"""

from __future__ import annotations

from dataclasses import replace

from bot.cases import alerts, closing, handing, ladder, night
from bot.cases.alerts import World
from bot.cases.case import AT_REST, TASK, UNTAKEN, Alerted, Call, Case, Status, Trigger, move
from bot.cases.changed import may_own_no_more
from bot.cases.ladder import Decision, Noted
from bot.core.case_commands import Escalate, RaiseLevel
from bot.core.effects import CancelTimer
from bot.core.people import PersonId

#: Why others are asked when it became more urgent while the owner is away.
RAISED = "raised"


def raise_level(case: Case, wish: RaiseLevel, actor: PersonId | None, world: World) -> Decision:
    raised = replace(case, level=wish.to.at_least(case.level))
    noted = Decision(raised, (), (Noted("raised", actor, wish.to),))
    if case.status is Status.CLOSED and actor == case.reporter:
        return noted.then(closing.again(raised, world))  # a check-in after the end
    if case.status in AT_REST or actor == case.owner or case.owner is None:
        return noted
    owner = world.people.get(case.owner)
    there = owner is not None and owner.present(world.now) and owner.reachable
    if may_own_no_more(case, world) or owner is None:
        return noted.then(ladder.silence(raised, world, lost=True))
    if case.gap:
        hurried = ladder.hurry(night.begins(raised, case.rung, world), world)
        return noted.then(hurried).then(night.raised(hurried.case, world))
    if not there:
        kept = ladder.keep(raised)
        away = replace(kept, wants=raised.wants | {RAISED}) if kept.kept else kept
        return noted.then(ladder.silence(away, world))
    asked = _ask_owner(night.begins(raised, case.rung + 1, world), owner.id, Call.RAISED, world)
    return noted.then(asked).then(night.raised(asked.case, world))


def _ask_owner(case: Case, owner: PersonId, call: Call, world: World) -> Decision:
    """The owner is alerted anew, as the next rung, and keeps the case."""
    kept = ladder.keep(case)
    status = case.status if case.status in UNTAKEN else move(case.status, Trigger.SILENCE) or case.status
    wants = kept.wants | {call.value} if kept.kept else kept.wants
    alerted = (*case.alerted, Alerted(owner, case.rung + 1, call))
    stepped = replace(kept, status=status, wants=wants, helper=None, rung=case.rung + 1, alerted=alerted, ownerless=0)
    stepped = replace(stepped, acknowledge_by=ladder.due(stepped, world))
    effects = (CancelTimer(f"rung:{case.rung}"), alerts.alert(stepped, owner, world, call))
    return Decision(stepped, effects)


def escalate(case: Case, wish: Escalate, actor: PersonId | None, world: World) -> Decision:
    noted = Decision(case, (), (Noted("escalate", None, wish.reason),))
    want = f"{TASK}{wish.task}" if wish.task else wish.reason
    if case.status in UNTAKEN:  # the ladder is climbing already
        return noted.then(Decision(replace(case, wants=case.wants | {want}))) if case.kept else noted
    if case.status is Status.CLOSED:
        return noted.then(closing.again(case, world))
    if move(case.status, Trigger.SILENCE) is None:
        return noted
    wanting = replace(ladder.keep(case), wants=case.wants | {want})
    owner = world.people.get(case.owner)
    if wish.task or actor == case.owner or owner is None or not owner.present(world.now):
        return noted.then(ladder.silence(wanting, world))
    asked = _ask_owner(wanting, owner.id, Call.NO_HELP, world)
    return noted.then(asked).then(ladder.silence(asked.case, world))


def settled(case: Case, task: str, noted: Noted, world: World) -> Decision:
    """A task is done or marked: if it was the last that was overdue, the case goes on with its owner."""
    left = case.wants - {f"{TASK}{task}"}
    settled = Decision(replace(case, wants=left), (), (noted,))
    if case.status is Status.ESCALATED and case.kept and case.wants and not left:
        return settled.then(ladder.goes_on(settled.case, world))
    return settled


def rung_over(case: Case, world: World) -> Decision:
    handed = case.status is Status.HANDED_OVER
    return handing.not_taken(case, world) if handed else ladder.silence(case, world)
