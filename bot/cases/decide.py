"""`decide`: what a command, a press or the time makes of a case, purely.

Rule 1. Every change of status is a cell of the table in `case.py`; what has no cell changes nothing.
Rule 2. Who may do it is asked of the permissions table before; `decide` trusts its caller in that alone.
Rule 3. When the owner turns out to be involved, the case climbs at once, and what stands on the screens of those
        involved is taken away.
Rule 4. A talk of an excluded person's commands nothing; an excluded owner's makes the case climb.
Rule 5. A question that is open no more loses its buttons, whatever ended it (`questions.py`).
Rule 6. Whatever is decided: a case that is not at rest has an owner who is not excluded, or a fallback was told of it,
        or there is nobody left to tell.
"""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from bot.cases import (
    changed,
    closing,
    drafts,
    handing,
    identity,
    ladder,
    life,
    needs,
    night,
    presses,
    questions,
    reading,
    sharing,
    watch,
)
from bot.cases.alerts import World
from bot.cases.case import AT_REST, UNTAKEN, Case, Status, Trigger, move
from bot.cases.changed import may_own_no_more
from bot.cases.inputs import (
    AgreeToName,
    AnswerName,
    AnswerReader,
    Arrived,
    AskName,
    CaseInput,
    ChangeConsent,
    Decline,
    DraftOver,
    Failed,
    FoundAlike,
    Halfway,
    KeepDraft,
    Look,
    MayHandOver,
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
from bot.cases.people import consent_of, excluded, involved, partners
from bot.core.case_commands import (
    AskAffected,
    AskForHelp,
    CaseCommand,
    CloseCase,
    Escalate,
    HandOver,
    OpenCase,
    PageOnCall,
    RaiseLevel,
    Recuse,
    Reopen,
    SetAccused,
    SetAffected,
    SetConsent,
    Share,
    StartFlow,
    TaskDone,
    TaskDropped,
    WithdrawCase,
    WriteNote,
)
from bot.core.people import PersonId
from bot.errors import Invariant


def decide(case: Case, wish: CaseCommand | CaseInput, actor: PersonId | None, world: World) -> Decision:
    """The case after a wish. `actor` is whose talk or press it came from, None for the time and the platforms.

    Raises:
        Invariant: Rule 6 would be broken.
    """
    decision = questions.close(case, _decide(case, wish, actor, world), world)
    _check(decision.case, case, world)
    return decision


def _check(case: Case, before: Case, world: World) -> None:
    same = (case.owner, case.accused, case.recused) == (before.owner, before.accused, before.recused)
    if case.status in AT_REST or (same and before.status not in AT_REST):
        return  # what the chart has changed meanwhile is found when the case is looked over
    if case.owner is None or (case.owner in excluded(case, world.people) and not case.ownerless):
        raise Invariant(f"case {case.id} would have no owner")


def _decide(case: Case, wish: CaseCommand | CaseInput, actor: PersonId | None, world: World) -> Decision:
    if actor is not None and actor != case.reporter and actor in excluded(case, world.people):
        waits = case.status in UNTAKEN or actor != case.owner
        return Decision(case) if waits else ladder.silence(case, world, lost=True)
    return _input(case, wish, world) if isinstance(wish, CaseInput) else _command(case, wish, actor, world)


def _command(case: Case, wish: CaseCommand, actor: PersonId | None, world: World) -> Decision:
    """What a talk asks."""
    match wish:
        case SetConsent() | SetAccused() | SetAffected():
            return _learn(case, wish, world)
        case OpenCase():
            return life.open_case(case, world)
        case PageOnCall():
            return night.page_now(case, world)
        case RaiseLevel(to):
            higher = to.at_least(case.level) is not case.level or case.status is Status.CLOSED
            return needs.raise_level(case, wish, actor, world) if higher else Decision(case)
        case Escalate():
            return needs.escalate(case, wish, actor, world)
        case AskAffected(flow):
            return life.ask_affected(case, flow, world)
        case StartFlow():
            return life.start(case, wish, world)
        case HandOver(to):
            return handing.hand_over(case, to, actor, world)
        case Recuse():
            return handing.recuse(case, actor, world) if actor is not None else Decision(case)
        case Share(to, why):
            return reading.ask(case, to, why, actor, world)
        case WriteNote():
            return Decision(case, (), (Noted("note", actor),))
        case CloseCase():
            return closing.close(case, actor, world)
        case Reopen():
            return closing.not_over(case, actor, world)
        case WithdrawCase():
            return life.withdraw(case, world)
        case TaskDone(task):
            status = move(case.status, Trigger.ACTED) or case.status
            return needs.settled(replace(case, status=status), task, Noted("task_done", actor, task), world)
        case TaskDropped(task):
            return needs.settled(case, task, Noted("task_dropped", actor, task), world)
        case AskForHelp(task):
            return presses.help_wanted(case, task, actor, world)
        case _:
            assert_never(wish)


def _input(case: Case, wish: CaseInput, world: World) -> Decision:
    """What reaches the case from outside a talk."""
    match wish:
        case FoundAlike(other, seated):
            return life.found_alike(case, other, seated, world)
        case Take(person):
            taken = presses.take(case, person, world)
            return taken.then(changed.of_reporter(taken.case, world))
        case Decline(person):
            return handing.recuse(case, person, world)
        case NoteFallback(person):
            return presses.note_fallback(case, person, world)
        case TakeCall(person):
            return night.take_call(case, person, world)
        case Widen(person, asked):
            return presses.widen(case, person, asked, world)
        case MayHandOver(yes, asked):
            return handing.may_hand_over(case, world, yes=yes, asked=asked)
        case AnswerReader(number, yes):
            return reading.answer(case, number, world, yes=yes)
        case Look(waits):
            return watch.look(case, world, waits=waits)
        case StartDue(flow, role):
            return life.start_due(case, flow, role, world)
        case Arrived(rung, platform):
            return ladder.arrived(case, rung, platform, world)
        case Failed(rung, to):
            return ladder.failed(case, to, rung, world)
        case RungOver(rung):
            return _rung_over(case, rung, world)
        case Halfway(rung):
            return ladder.halfway(case, rung, world)
        case PageOver(number):
            return night.page(case, world) if number == case.pages else Decision(case)
        case NewPeople():
            return changed.people_changed(case, world)
        case ChangeConsent() | AskName() | AgreeToName() | NameQuestionCame() | AnswerName() | NameOver():
            return _who_may_know(case, wish, world)
        case DraftOver() | KeepDraft():
            return drafts.over(case, wish, world) if isinstance(wish, DraftOver) else drafts.keep(case, world)
        case _:
            assert_never(wish)


def _rung_over(case: Case, rung: int, world: World) -> Decision:
    if rung != case.rung or case.status not in UNTAKEN:
        return Decision(case)
    return ladder.put_off(case, world) or needs.rung_over(case, world)


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
        case AgreeToName(person, agrees, number):
            return identity.answer(case, person, agrees, number, world)
        case NameQuestionCame(number):
            return identity.came(case, number, world)
        case AnswerName(tells, number):
            return identity.decided(case, tells, number, world)
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
    lines = (Noted(kind),) if learned != case else ()
    noted = Decision(learned, (), lines).then(changed.clear(learned, world))
    if case.status in AT_REST:
        return noted
    if may_own_no_more(noted.case, world):
        return noted.then(ladder.silence(noted.case, world, lost=True))
    passed = case.helper in involved(learned, world.people)
    return noted.then(ladder.silence(noted.case, world)) if passed else noted
