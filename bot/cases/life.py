"""A case's life: it is opened, flows of it begin, and it is taken back."""

from __future__ import annotations

from dataclasses import replace

from bot.cases import alerts, identity, ladder, night, reading, sharing
from bot.cases.alerts import FALLBACK, PAGE, World
from bot.cases.case import AT_REST, UNTAKEN, Alerted, Case, Consent, Status, Trigger, move
from bot.cases.daytime import by_day
from bot.cases.ladder import Decision, Noted
from bot.cases.people import excluded, left_out
from bot.core.case_commands import (
    StartFlow,
)
from bot.core.effects import Begin, CancelTimer, Effect, EndTalks, SetTimer
from bot.core.ids import CaseId
from bot.core.people import PersonId, Role
from bot.core.texts import escape
from bot.core.worktime import add


def open_case(case: Case, world: World) -> Decision:
    status = move(case.status, Trigger.OPEN)
    if status is None:
        return Decision(case)
    if not ladder.can_open(case, world):
        text = world.phrases_of(case.reporter).open_refused
        return Decision(case, (alerts.tell(case, case.reporter, text, "refused"),), (Noted("not_opened"),))
    opened = replace(case, status=status, opened=world.now)
    return Decision(opened, (), (Noted("opened", case.reporter, case.level),)).then(night.first_asked(opened, world))


def start(case: Case, wish: StartFlow, world: World) -> Decision:
    if wish.after is None:
        return begin(case, wish.flow, wish.role, world)
    at = add(world.now, wish.after, world.site)
    if wish.role is Role.REPORTER:
        at = by_day(at, world.zone_of(case.reporter))
    key = f"start:{wish.flow}:{wish.role}:{case.revision}.{wish.after.amount}{wish.after.unit}"
    return Decision(case, (SetTimer(key, at),), (Noted("planned", None, wish.flow),))


def ask_affected(case: Case, flow: str, world: World) -> Decision:
    """The report is given to whoever it happened to: theirs is the word who may know, or that nobody does."""
    affected = world.people.get(case.affected)
    own = affected is None or affected.id == case.reporter or affected.id in case.accused
    if affected is None or own or not affected.reachable or case.status is not Status.DRAFT:
        return Decision(case, (), (Noted("not_asked"),))
    given = replace(case, reporter=affected.id, witness=case.reporter, consent=Consent())
    said = world.phrases_of(case.reporter).affected_asked.format(emergency=world.emergency)
    thanks = alerts.tell(given, case.reporter, said, "asked")
    return Decision(given, (thanks, Begin(flow, affected.id)), (Noted("asked", affected.id),))


def begin(case: Case, flow: str, role: Role, world: World) -> Decision:
    person = case.reporter if role is Role.REPORTER else case.owner
    if case.status in AT_REST or world.people.get(person) is None or person is None:
        return Decision(case)
    if role is not Role.REPORTER and person in excluded(case, world.people):
        return Decision(case)
    return Decision(case, (Begin(flow, person),), (Noted("begun", person, flow),))


def start_due(case: Case, flow: str, role: Role, world: World) -> Decision:
    """What was planned begins; of what was planned for the employee, one may still begin after the end."""
    if case.status is Status.CLOSED and role is Role.REPORTER and not case.checked:
        there = world.people.get(case.reporter) is not None
        effects = (Begin(flow, case.reporter),) if there else ()
        return Decision(replace(case, checked=True), effects, (Noted("begun", case.reporter, flow),))
    return checked_in(begin(case, flow, role, world), role)


def checked_in(begun: Decision, role: Role) -> Decision:
    """What was planned for the employee is a check-in; what is asked at once is a question."""
    status = move(begun.case.status, Trigger.CHECKED_IN) if role is Role.REPORTER and begun.effects else None
    return replace(begun, case=replace(begun.case, status=status or begun.case.status))


def found_alike(case: Case, other: CaseId, seated: frozenset[PersonId], world: World) -> Decision:
    """Two reports share a link or a sender: only who may see both is told, and each stays its own case.

    It is no line of the chain: an auditor who must not know of the other case may read this one's.
    """
    found = replace(case, alike=case.alike | {other})
    owner = case.owner
    if owner is None or owner not in seated or case.gap or case.status in UNTAKEN | AT_REST:
        return Decision(found)
    text = world.phrases_of(owner).alike.format(reference=escape(case.reference))
    return Decision(found, (alerts.tell(found, owner, text, "alike"),))


def withdraw(case: Case, world: World) -> Decision:
    status = move(case.status, Trigger.WITHDRAW)
    if status is None:
        return Decision(case)
    gone = replace(case, status=status, closed=world.now)
    effects: list[Effect] = [
        CancelTimer(f"rung:{case.rung}"),
        CancelTimer(f"page:{case.pages}"),
        EndTalks(case.reporter),
    ]
    effects.extend(alerts.take_back(case.alerted, world))
    effects.extend(alerts.take_back(case.told, world, FALLBACK))
    if case.called_by is None:
        effects.extend(alerts.take_back((Alerted(person, case.pages) for person in case.paged), world, PAGE))
    out = excluded(case, world.people) | left_out(case, world.people)
    for person in dict.fromkeys(seen.person for seen in (*case.alerted, *case.told) if seen.person not in out):
        said = world.phrases_of(person)
        effects.append(alerts.tell(gone, person, said.withdrawn_told.format(reference=case.reference), "withdrawn"))
    effects.append(alerts.tell(gone, case.reporter, sharing.what_stays(case, world), "withdrawn"))
    noted = Decision(gone, tuple(effects), (Noted("withdrawn", case.reporter),))
    dropped = noted.then(identity.drop(gone, world))
    return dropped.then(reading.over(dropped.case, world))
