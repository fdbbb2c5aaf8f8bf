"""Help beside the owner: overdue, a "no" in a check-in, more urgent; and how it ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.cases import alerts
from bot.cases.alerts import FALLBACK
from bot.cases.case import UNTAKEN, Alerted, Call, Status
from bot.cases.decide import decide
from bot.cases.inputs import Arrived, Decline, Failed, RungOver, Take
from bot.cases.ladder import Decision, Noted
from bot.core.case_commands import CloseCase, Escalate, RaiseLevel, SetAccused, SetConsent, TaskDone, TaskDropped
from bot.core.effects import BeginPlaybook, CancelTimer, Send, SetTimer, Update
from bot.core.languages.en import ENGLISH
from bot.core.levels import Level
from bot.core.people import People, PersonId, Role
from tests.cases.deciding import HOUR, TAKEN, overdue, sent, taken, words
from tests.cases.office import (
    AWAY,
    BEA,
    DAN,
    FAY,
    HANNE,
    HUGO,
    MONA,
    OFFICE,
    OLLY,
    RITA,
    SARA,
    WIM,
    with_,
    without,
    world,
)
from tests.cases.organisations import NOW

# --- overdue -------------------------------------------------------------------------------------------------------


def test_what_else_is_overdue_meanwhile_asks_nobody_twice() -> None:
    first = overdue()
    again = decide(first, Escalate("overdue", "plan"), MONA, world())
    assert again == Decision(
        replace(first, wants=frozenset({"task:talk", "task:plan"})), (), (Noted("escalate", None, "overdue"),)
    )


def test_while_nothing_happens_it_climbs_on_and_the_owner_keeps_it() -> None:
    case, asked = overdue(), []
    for _ in range(4):
        asked.append(case.helper)
        case = decide(case, RungOver(case.rung), None, world()).case
        assert (case.owner, case.status, case.kept) == (MONA, Status.ESCALATED, 1)
    # the ladder, then who looks after cases; never the owner
    assert asked == [DAN, HANNE, HUGO, FAY]
    assert (case.helper, case.ownerless, case.gap) == (HANNE, 2, False)


def test_at_the_end_the_fallback_hears_that_it_stands_still_and_the_reporter_is_asked() -> None:
    case = overdue(case=taken(Status.IN_PROGRESS, Role.MANAGER))
    found = decide(case, RungOver(2), None, world())
    assert (found.case.owner, found.case.helper, found.case.told) == (MONA, FAY, (Alerted(FAY, 3),))
    assert found.effects == (
        CancelTimer("rung:2"),
        SetTimer("rung:3", NOW + HOUR),
        alerts.fallback(found.case, FAY, world()),
        alerts.ask_more(found.case, (BEA, HANNE, SARA, WIM), world()),
    )
    assert words(found, FAY) == [ENGLISH.fallback_stalled]


def test_an_owner_is_never_asked_to_help_themselves() -> None:
    hanne = replace(overdue(), owner=HANNE, tried=(DAN,))
    case, asked = hanne, []
    for _ in range(9):
        case = decide(case, RungOver(case.rung), None, world(fallback=HANNE)).case
        asked.append(case.helper)
    assert HANNE not in asked
    assert case.owner == HANNE


def test_with_nobody_else_the_owner_keeps_it_and_the_reporter_hears_where_help_is() -> None:
    alone = world(without(OFFICE, DAN, HANNE, HUGO, SARA, WIM, OLLY, FAY, BEA))
    found = decide(taken(), Escalate("overdue", "talk"), MONA, alone)
    assert (found.case.owner, found.case.helper, found.case.ownerless) == (MONA, None, 1)
    assert found.effects == (
        CancelTimer("rung:1"),
        SetTimer("rung:2", NOW + HOUR),
        alerts.tell(found.case, RITA, ENGLISH.nobody_more, "nobody"),
    )


def test_help_that_cannot_be_reached_is_passed_by() -> None:
    found = decide(overdue(), Failed(2, DAN), None, world())
    assert (found.case.owner, found.case.helper, found.case.rung) == (MONA, HANNE, 3)
    assert sent(found) == [HANNE, RITA]


def test_helps_wait_begins_when_the_alert_arrived() -> None:
    later = replace(world(), now=NOW + HOUR)
    found = decide(overdue(), Arrived(2), None, later)
    assert found.effects[0] == SetTimer("rung:2", NOW + 2 * HOUR)
    assert (found.case.status, found.case.acknowledge_by) == (Status.ESCALATED, NOW + 2 * HOUR)


def test_an_owner_who_is_away_is_not_spoken_of_as_there() -> None:
    away = world(with_(OFFICE, MONA, away=AWAY))
    found = decide(taken(), Escalate("overdue", "talk"), MONA, away)
    assert found.effects[1] == alerts.alert(found.case, DAN, away, Call.AGAIN)
    assert (found.case.owner, found.case.helper) == (MONA, DAN)


# --- done after all ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("wish", [TaskDone("talk"), TaskDropped("talk")])
@pytest.mark.parametrize("status", TAKEN)
def test_doing_it_after_all_takes_the_alerts_back(status: Status, wish: TaskDone | TaskDropped) -> None:
    case = overdue(case=taken(status))
    found = decide(case, wish, MONA, world())
    assert found.case == replace(taken(status), status=Status.IN_PROGRESS, rung=2)
    assert found.effects == (
        CancelTimer("rung:2"),
        alerts.settle(found.case, DAN, 2, ENGLISH.alert_goes_on.format(person="Mona Jensen"), world()),
        alerts.tell(found.case, RITA, ENGLISH.goes_on.format(person="Mona Jensen"), "goes-on"),
    )
    assert found.noted[-1] == Noted("goes_on", MONA)
    # the next time the nearest is asked again
    assert overdue(case=found.case).helper == DAN


def test_all_that_is_overdue_must_be_done() -> None:
    case = overdue("talk", "plan")
    one = decide(case, TaskDone("plan"), MONA, world())
    assert (one.case, one.effects) == (replace(case, wants=frozenset({"task:talk"})), ())
    assert decide(one.case, TaskDone("talk"), MONA, world()).case.status is Status.IN_PROGRESS


def test_another_task_mends_nothing() -> None:
    case = overdue()
    assert decide(case, TaskDone("plan"), MONA, world()).case == case


def test_the_fallback_and_whoever_is_left_out_hear_nothing_of_it() -> None:
    case = replace(
        overdue(case=taken(Status.IN_PROGRESS, Role.MANAGER)),
        rung=4,
        alerted=(Alerted(MONA, 1), Alerted(DAN, 2), Alerted(HANNE, 3)),
        told=(Alerted(SARA, 1), Alerted(FAY, 4)),
        accused=frozenset({HANNE}),
        ownerless=1,
    )
    found = decide(case, TaskDone("talk"), MONA, world())
    assert [e for e in found.effects if isinstance(e, Update)] == [
        alerts.close_alert(HANNE, 3, ENGLISH.alert_gone),
        alerts.settle(found.case, DAN, 2, ENGLISH.alert_goes_on.format(person="Mona Jensen"), world()),
        alerts.close_alert(FAY, 4, ENGLISH.alert_gone, FALLBACK),
    ]
    assert (found.case.told, found.case.alerted) == ((Alerted(SARA, 1),), (Alerted(MONA, 1),))
    assert (found.case.ownerless, found.case.night, found.case.helper, found.case.acknowledge_by) == (0, 0, None, None)


def test_who_has_left_meanwhile_stays_passed_by() -> None:
    case = replace(overdue(), tried=(MONA, DAN, PersonId("gone")))
    assert decide(case, TaskDone("talk"), MONA, world()).case.tried == (MONA, PersonId("gone"))


# --- taken ---------------------------------------------------------------------------------------------------------


def test_whoever_takes_it_is_the_owner_and_the_playbook_goes_along() -> None:
    found = decide(overdue(), Take(DAN), DAN, world())
    case = found.case
    assert (case.owner, case.status, case.kept, case.helper, case.wants) == (
        DAN,
        Status.ACKNOWLEDGED,
        0,
        None,
        frozenset(),
    )
    assert BeginPlaybook(DAN) in found.effects
    assert (
        alerts.settle(found.case, MONA, 1, ENGLISH.alert_taken_by.format(person="Dan Jensen"), world()) in found.effects
    )


def test_an_owner_who_only_answers_has_the_overdue_still_to_do() -> None:
    case = replace(overdue(), wants=frozenset({"task:talk", "asked"}))
    found = decide(case, Take(MONA), MONA, world())
    assert found == Decision(
        replace(case, wants=frozenset({"task:talk"})),
        (alerts.settle(case, MONA, 1, ENGLISH.alert_you_took, world()),),
        (Noted("answered", MONA),),
    )


def test_nobody_closes_a_case_that_others_are_asked_for() -> None:
    case = overdue()
    assert decide(case, CloseCase(), MONA, world()) == Decision(case)


def test_who_helps_and_cannot_is_out_and_the_next_is_asked() -> None:
    found = decide(overdue(), Decline(DAN), DAN, world())
    assert (found.case.owner, found.case.helper, found.case.recused) == (MONA, HANNE, {DAN})


# --- help did not come ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", TAKEN)
def test_a_no_asks_the_owner_anew_and_the_next_at_once(status: Status) -> None:
    found = decide(taken(status), Escalate("asked"), RITA, world())
    case = found.case
    assert (case.owner, case.helper, case.kept, case.rung) == (MONA, DAN, 1, 3)
    assert (case.status, case.wants) == (Status.ESCALATED, {"asked", "no_help"})
    owners, beside = (e for e in found.effects if isinstance(e, Send) and e.awaited)
    assert (owners.to, owners.slot) == (MONA, "alert:2")
    assert owners.message.text.startswith(ENGLISH.alert_no_help.format(who="Rita Jensen"))
    assert beside == alerts.alert(case, DAN, world(), Call.HELP)
    assert case.alerted == (Alerted(MONA, 1), Alerted(MONA, 2), Alerted(DAN, 3))


def test_a_no_is_answered_by_taking_it_and_by_nothing_else() -> None:
    case = decide(taken(), Escalate("asked"), RITA, world()).case
    done = decide(case, TaskDone("talk"), MONA, world()).case
    assert (done.status, done.wants) == (Status.ESCALATED, case.wants)
    owner = decide(case, Take(MONA), MONA, world())
    assert (owner.case.status, owner.case.owner, owner.case.wants) == (Status.ACKNOWLEDGED, MONA, frozenset())
    assert (
        alerts.settle(owner.case, DAN, 3, ENGLISH.alert_taken_by.format(person="Mona Jensen"), world()) in owner.effects
    )


@pytest.mark.parametrize(
    ("actor", "people"), [(MONA, OFFICE), (RITA, with_(OFFICE, MONA, away=AWAY)), (RITA, without(OFFICE, MONA))]
)
def test_an_owner_who_asks_or_is_not_there_is_not_asked_anew(actor: PersonId, people: People) -> None:
    found = decide(taken(Status.IN_PROGRESS, Role.HR), Escalate("asked"), actor, world(people))
    assert (found.case.owner, found.case.helper, found.case.rung) == (MONA, HANNE, 2)


# --- left out meanwhile --------------------------------------------------------------------------------------------


def test_an_owner_who_is_accused_meanwhile_loses_it_for_good() -> None:
    found = decide(overdue(), SetAccused(frozenset({MONA}), unresolved=False), RITA, world())
    assert (found.case.owner, found.case.kept, found.case.helper, found.case.wants) == (HANNE, 0, None, frozenset())


def test_help_that_is_accused_is_passed_by() -> None:
    found = decide(overdue(), SetAccused(frozenset({DAN}), unresolved=False), RITA, world())
    assert (found.case.owner, found.case.helper) == (MONA, HANNE)


def test_who_is_unticked_loses_it_also_while_others_are_asked() -> None:
    found = decide(overdue(), SetConsent(frozenset({Role.HR}), without_name=False), RITA, world())
    assert (found.case.owner, found.case.kept) == (HANNE, 0)


# --- more urgent ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", TAKEN)
def test_when_it_gets_worse_the_owner_is_asked_and_keeps_it_when_silent(status: Status) -> None:
    case = decide(taken(status), RaiseLevel(Level.CRITICAL), RITA, world()).case
    assert (case.owner, case.helper, case.kept, case.wants) == (MONA, None, 1, {"raised"})
    silent = decide(case, RungOver(2), None, world()).case
    assert (silent.owner, silent.helper) == (MONA, DAN)


def test_when_it_gets_worse_at_the_end_of_the_ladder_the_owner_is_waited_for_anew() -> None:
    case = replace(overdue(), level=Level.HIGH, ownerless=2, rung=7, helper=FAY)
    found = decide(case, RaiseLevel(Level.CRITICAL), RITA, world())
    assert (found.case.owner, found.case.helper, found.case.ownerless, found.case.rung) == (MONA, None, 0, 8)
    arrived = decide(found.case, Arrived(8), None, world())
    assert arrived.effects == (SetTimer("rung:8", NOW + timedelta(minutes=15)),)


def test_an_untaken_case_that_gets_worse_has_no_owner_to_keep_it() -> None:
    waiting = replace(taken(), status=Status.ALERTED)
    case = decide(waiting, RaiseLevel(Level.CRITICAL), RITA, world()).case
    assert (case.owner, case.kept, case.wants) == (MONA, 0, frozenset())
    assert decide(case, RungOver(2), None, world()).case.owner == DAN


def test_what_is_overdue_in_a_case_that_nobody_has_only_stands_in_its_book() -> None:
    for status in UNTAKEN:
        waiting = replace(taken(), status=status)
        found = decide(waiting, Escalate("overdue", "talk"), MONA, world())
        assert found == Decision(waiting, (), (Noted("escalate", None, "overdue"),))
