"""`decide`: what a command, a press or the time makes of a case, purely.

Rule 1. Every change of status is a cell of the table in `case.py`; what has no cell changes nothing.
Rule 2. Who may do it is asked of the permissions table before; `decide` trusts its caller in that alone.
Rule 3. When the owner turns out to be involved, the case climbs at once, and what stands on the screens of those
        involved is taken away.
Rule 4. A talk of an excluded person's commands nothing; an excluded owner's makes the case climb.
"""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from bot.cases import alerts, changed, drafts, identity, ladder, presses, sharing
from bot.cases.alerts import FALLBACK, PAGE, World
from bot.cases.case import AT_REST, UNTAKEN, Alerted, Case, Status, Trigger, move
from bot.cases.changed import may_own_no_more
from bot.cases.daytime import by_day
from bot.cases.escalate import acknowledge_by
from bot.cases.inputs import (
    AgreeToName,
    AnswerName,
    Arrived,
    AskName,
    CaseInput,
    ChangeConsent,
    Decline,
    DraftOver,
    Failed,
    KeepDraft,
    NameOver,
    NameQuestionCame,
    NewPeople,
    NoteFallback,
    PageOver,
    RungOver,
    StartDue,
    Take,
    TakeCall,
    Widen,
)
from bot.cases.ladder import Decision, Noted
from bot.cases.people import consent_of, excluded, partners
from bot.core.effects import (
    AskForHelp,
    Begin,
    CancelTimer,
    CaseCommand,
    CloseCase,
    Effect,
    EndTalks,
    Escalate,
    HandOver,
    OpenCase,
    PageOnCall,
    RaiseLevel,
    SetAccused,
    SetAffected,
    SetConsent,
    SetTimer,
    StartFlow,
    TaskDone,
    WithdrawCase,
    WriteNote,
)
from bot.core.people import PersonId, Role
from bot.core.worktime import add


def decide(case: Case, wish: CaseCommand | CaseInput, actor: PersonId | None, world: World) -> Decision:
    """The case after a wish. `actor` is whose talk or press it came from, None for the time and the platforms."""
    if actor is not None and actor != case.reporter and actor in excluded(case, world.people):
        waits = case.status in UNTAKEN or actor != case.owner
        return Decision(case) if waits else ladder.silence(case, world)
    match wish:
        case SetConsent() | SetAccused() | SetAffected():
            return _learn(case, wish, world)
        case OpenCase():
            return _open(case, world)
        case PageOnCall():
            return ladder.page(case, world)
        case RaiseLevel(to):
            return _raise(case, wish, actor, world) if to.at_least(case.level) is not case.level else Decision(case)
        case Escalate(reason):
            return _escalate(case, reason, world)
        case StartFlow():
            return _start(case, wish, world)
        case StartDue(flow, role):
            return _begin(case, flow, role, world)
        case HandOver():
            return _hand_over(case, actor, world)
        case WriteNote():
            return Decision(case, (), (Noted("note", actor),))
        case CloseCase():
            return _close(case, world)
        case WithdrawCase():
            return _withdraw(case, world)
        case TaskDone(task):
            status = move(case.status, Trigger.ACTED) or case.status
            return Decision(replace(case, status=status), (), (Noted("task_done", actor, task),))
        case AskForHelp(task):
            return presses.help_wanted(case, task, actor, world)
        case Take(person):
            taken = presses.take(case, person, world)
            return taken.then(changed.of_reporter(taken.case, world))
        case Decline(person):
            return presses.decline(case, person, world)
        case NoteFallback(person):
            return presses.note_fallback(case, person, world)
        case TakeCall(person):
            return presses.take_call(case, person, world)
        case Widen(person):
            return presses.widen(case, person, world)
        case Arrived(rung):
            return ladder.arrived(case, rung, world)
        case Failed(rung, to):
            return ladder.failed(case, to, rung, world)
        case RungOver(rung):
            return ladder.rung_over(case, rung, world)
        case PageOver(number):
            return ladder.page(case, world) if number == case.pages else Decision(case)
        case NewPeople():
            return changed.people_changed(case, world)
        case ChangeConsent() | AskName() | AgreeToName() | NameQuestionCame() | AnswerName() | NameOver():
            return _who_may_know(case, wish, world)
        case DraftOver() | KeepDraft():
            return drafts.over(case, wish, world) if isinstance(wish, DraftOver) else drafts.keep(case, world)
        case _:
            assert_never(wish)


def _who_may_know(
    case: Case,
    wish: ChangeConsent | AskName | AgreeToName | NameQuestionCame | AnswerName | NameOver,
    world: World,
) -> Decision:
    match wish:
        case ChangeConsent():
            return sharing.change(case, wish, world)
        case AskName(person, reason):
            return identity.ask(case, person, reason, world)
        case AgreeToName(person, agrees):
            return identity.answer(case, person, agrees, world)
        case NameQuestionCame(number):
            return identity.came(case, number, world)
        case AnswerName(tells):
            return identity.decided(case, tells, world)
        case NameOver(number):
            return identity.over(case, number, world)
        case _:
            assert_never(wish)


# --- what the talk tells -------------------------------------------------------------------------------------------


def _learn(case: Case, wish: SetConsent | SetAccused | SetAffected, world: World) -> Decision:
    match wish:
        case SetConsent(roles, without_name):
            persons = case.consent.persons
            consent = consent_of(case, roles, persons, world.people, without_name=without_name)
            learned, kind = replace(case, consent=consent), "consent"
        case SetAccused(named, unresolved):
            kept = case.partners if case.accused <= named else frozenset()
            learned = replace(case, accused=named, accused_unresolved=unresolved, partners=kept)
            learned, kind = replace(learned, partners=partners(learned, world.people)), "accused"
        case SetAffected(person):
            learned, kind = replace(case, affected=person), "affected"
        case _:
            assert_never(wish)
    noted = Decision(learned, (), (Noted(kind),)).then(changed.clear(learned, world))
    if case.status not in AT_REST and may_own_no_more(noted.case, world):
        return noted.then(ladder.silence(noted.case, world))
    return noted


# --- the case's life -----------------------------------------------------------------------------------------------


def _open(case: Case, world: World) -> Decision:
    status = move(case.status, Trigger.OPEN)
    if status is None:
        return Decision(case)
    if not ladder.can_open(case, world):
        text = world.phrases_of(case.reporter).open_refused
        return Decision(case, (alerts.tell(case, case.reporter, text, "refused"),), (Noted("not_opened"),))
    opened = replace(case, status=status, opened=world.now)
    return Decision(opened, (), (Noted("opened", case.reporter, case.level),)).then(
        ladder.climb(opened, world, told=False)
    )


def _raise(case: Case, wish: RaiseLevel, actor: PersonId | None, world: World) -> Decision:
    raised = replace(case, level=wish.to)
    noted = Decision(raised, (), (Noted("raised", actor, wish.to),))
    if case.status in AT_REST or actor == case.owner or case.owner is None:
        return noted
    owner = world.people.get(case.owner)
    there = owner is not None and owner.present(world.now) and owner.reachable
    if not there or may_own_no_more(case, world):
        return noted.then(ladder.silence(raised, world))
    if case.ownerless:
        return noted.then(ladder.hurry(raised, world))
    status = case.status if case.status in UNTAKEN else move(case.status, Trigger.SILENCE) or case.status
    rung = case.rung + 1
    due = acknowledge_by(world.rules, raised.level, world.now, world.site_of(case.owner))
    alerted = (*case.alerted, Alerted(case.owner, rung))
    stepped = replace(raised, status=status, rung=rung, alerted=alerted, acknowledge_by=due)
    effects = (CancelTimer(f"rung:{case.rung}"), alerts.alert(stepped, case.owner, world, raised=True))
    return noted.then(Decision(stepped, effects))


def _escalate(case: Case, reason: str, world: World) -> Decision:
    noted = Decision(case, (), (Noted("escalate", None, reason),))
    if case.status in UNTAKEN:
        return noted  # the ladder is climbing already
    if case.status is Status.CLOSED:
        reopened = replace(case, status=move(case.status, Trigger.REOPEN) or case.status, tried=())
        text = world.phrases_of(case.reporter).case_reopened
        told = Decision(reopened, (alerts.tell(reopened, case.reporter, text, "reopened"),), (Noted("reopened"),))
        return noted.then(told).then(ladder.climb(reopened, world, told=False))
    return noted.then(ladder.silence(case, world))


def _start(case: Case, wish: StartFlow, world: World) -> Decision:
    if wish.after is None:
        return _begin(case, wish.flow, wish.role, world)
    at = add(world.now, wish.after, world.site)
    if wish.role is Role.REPORTER:
        at = by_day(at, world.zone_of(case.reporter))
    key = f"start:{wish.flow}:{wish.role}:{case.revision}.{wish.after.amount}{wish.after.unit}"
    return Decision(case, (SetTimer(key, at),), (Noted("planned", None, wish.flow),))


def _begin(case: Case, flow: str, role: Role, world: World) -> Decision:
    person = case.reporter if role is Role.REPORTER else case.owner
    if case.status in AT_REST or world.people.get(person) is None or person is None:
        return Decision(case)
    if role is not Role.REPORTER and person in excluded(case, world.people):
        return Decision(case)
    status = move(case.status, Trigger.CHECKED_IN) if role is Role.REPORTER else None
    begun = replace(case, status=status or case.status)
    return Decision(begun, (Begin(flow, person),), (Noted("begun", person, flow),))


def _hand_over(case: Case, actor: PersonId | None, world: World) -> Decision:
    status = move(case.status, Trigger.HANDED)
    if status is None:
        return Decision(case)
    # who hands over may have lost the case to the next rung already
    by = actor if actor is not None and actor != case.reporter else None
    thanks = () if by is None else (alerts.tell(case, by, world.phrases_of(by).handed_over, "handed"),)
    noted = Decision(case, thanks, (Noted("handed_over", by),))
    return noted.then(ladder.climb(replace(case, status=status), world, told=True))


def _close(case: Case, world: World) -> Decision:
    status = move(case.status, Trigger.CLOSE)
    if status is None:
        return Decision(case)
    closed = replace(case, status=status, closed=world.now)
    text = world.phrases_of(case.reporter).case_closed
    return Decision(closed, (alerts.tell(closed, case.reporter, text, "closed"),), (Noted("closed", case.owner),))


def _withdraw(case: Case, world: World) -> Decision:
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
    out = excluded(case, world.people)
    for person in dict.fromkeys(seen.person for seen in (*case.alerted, *case.told) if seen.person not in out):
        said = world.phrases_of(person)
        effects.append(alerts.tell(gone, person, said.withdrawn_told.format(reference=case.reference), "withdrawn"))
    effects.append(alerts.tell(gone, case.reporter, sharing.what_stays(case, world), "withdrawn"))
    noted = Decision(gone, tuple(effects), (Noted("withdrawn", case.reporter),))
    return noted.then(identity.drop(gone, world))
