"""What a case makes of a new level, and of time and people on its ladder."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.cases import alerts
from bot.cases.case import AT_REST, UNTAKEN, Alerted, Call, Status
from bot.cases.decide import decide
from bot.cases.inputs import RungOver
from bot.cases.ladder import Decision, Noted
from bot.core.case_commands import Escalate, HandOver, OpenCase, RaiseLevel
from bot.core.effects import CancelTimer, SetTimer
from bot.core.languages.en import ENGLISH
from bot.core.levels import Level
from bot.core.people import People, PersonId, Role
from tests.cases.deciding import TAKEN, case_in, sent
from tests.cases.office import AWAY, DAN, FAY, HANNE, MONA, OFFICE, RITA, WIM, with_, without, world
from tests.cases.organisations import NOW

HOUR = timedelta(hours=1)


# --- how soon ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("to", [Level.HIGH, Level.MEDIUM, Level.LOW])
def test_a_level_is_never_lowered(to: Level) -> None:
    case = case_in(Status.ALERTED)
    assert decide(case, RaiseLevel(to), RITA, world()) == Decision(case)


@pytest.mark.parametrize("status", sorted(AT_REST - {Status.CLOSED}))
def test_at_rest_only_the_level_goes_up(status: Status) -> None:
    case = case_in(status, owner=None if status is Status.DRAFT else MONA)
    found = decide(case, RaiseLevel(Level.CRITICAL), RITA, world())
    assert found == Decision(replace(case, level=Level.CRITICAL), (), (Noted("raised", RITA, "critical"),))


def test_the_owner_who_raises_it_is_not_alerted() -> None:
    case = case_in(Status.ACKNOWLEDGED)
    found = decide(case, RaiseLevel(Level.CRITICAL), MONA, world())
    assert (found.case, found.effects) == (replace(case, level=Level.CRITICAL), ())


@pytest.mark.parametrize("status", [s for s in Status if s not in AT_REST])
def test_the_owner_is_alerted_again_when_somebody_else_raises_it(status: Status) -> None:
    found = decide(case_in(status), RaiseLevel(Level.CRITICAL), RITA, world())
    case = found.case
    assert case.status is (status if status in UNTAKEN else Status.ESCALATED)
    assert (case.owner, case.rung, case.level, case.alerted[-1]) == (MONA, 2, Level.CRITICAL, Alerted(MONA, 2))
    assert case.acknowledge_by == NOW + timedelta(minutes=15)
    assert found.effects == (CancelTimer("rung:1"), alerts.alert(case, MONA, world(), Call.RAISED))


@pytest.mark.parametrize(("due", "expected"), [(HOUR, 15), (None, 15), (timedelta(minutes=10), 10)])
def test_a_fallback_has_no_longer_than_the_new_level_allows(due: timedelta | None, expected: int) -> None:
    owned = replace(
        case_in(Status.ESCALATED, owner=FAY), ownerless=1, acknowledge_by=None if due is None else NOW + due
    )
    found = decide(owned, RaiseLevel(Level.CRITICAL), RITA, world())
    at = NOW + timedelta(minutes=expected)
    assert found.effects == (SetTimer("rung:1", at),)
    assert (found.case.acknowledge_by, found.case.status) == (at, Status.ESCALATED)


def test_the_second_time_a_fallback_has_twice_as_long() -> None:
    owned = replace(case_in(Status.ESCALATED, owner=FAY), ownerless=2)
    assert decide(owned, RaiseLevel(Level.CRITICAL), RITA, world()).effects == (
        SetTimer("rung:1", NOW + timedelta(minutes=30)),
    )


@pytest.mark.parametrize(
    ("people", "then", "keeps"),
    [
        (with_(OFFICE, MONA, away=AWAY), DAN, True),
        (with_(OFFICE, MONA, addresses=()), DAN, True),
        (without(OFFICE, MONA), HANNE, False),
    ],
)
def test_an_owner_who_is_not_there_is_not_waited_for_when_it_gets_worse(
    people: People, then: PersonId, keeps: bool
) -> None:
    """Away or not reachable: the next one is asked at once, beside. Not in the chart any more: it is the next one's."""
    found = decide(case_in(Status.ACKNOWLEDGED), RaiseLevel(Level.CRITICAL), RITA, world(people))
    case = found.case
    assert (case.waited_for, case.level, case.status) == (then, Level.CRITICAL, Status.ESCALATED)
    assert (case.owner, case.helper, case.kept) == ((MONA, then, 1) if keeps else (then, None, 0))
    assert case.wants == (frozenset({"raised"}) if keeps else frozenset())
    assert sent(found) == [then, RITA]


def test_an_owner_who_is_unticked_by_now_is_passed_by() -> None:
    case = case_in(Status.ACKNOWLEDGED, Role.HR)
    found = decide(case, RaiseLevel(Level.CRITICAL), RITA, world())
    assert (found.case.owner, found.case.level) == (HANNE, Level.CRITICAL)


def test_an_owner_who_stands_below_the_accused_by_now_is_passed_by() -> None:
    case = replace(case_in(Status.ACKNOWLEDGED), accused=frozenset({WIM}))
    found = decide(case, RaiseLevel(Level.CRITICAL), RITA, world(with_(OFFICE, MONA, manager=WIM)))
    assert (found.case.owner, found.case.level) == (DAN, Level.CRITICAL)
    assert sent(found) == [DAN, RITA]


# --- up the ladder -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", TAKEN)
def test_somebody_else_is_asked_when_a_taken_case_stands_still(status: Status) -> None:
    found = decide(case_in(status), Escalate("overdue", "talk"), None, world())
    case = found.case
    assert (case.status, case.owner, case.helper, case.kept) == (Status.ESCALATED, MONA, DAN, 1)
    assert (case.rung, case.wants) == (2, {"task:talk"})
    assert found.effects == (
        CancelTimer("rung:1"),
        alerts.alert(case, DAN, world(), Call.HELP),
        alerts.tell(case, RITA, ENGLISH.climbed.format(person="Dan Jensen"), "climbed"),
    )
    assert found.noted[0] == Noted("escalate", None, "overdue")


@pytest.mark.parametrize("status", sorted(UNTAKEN))
def test_a_case_that_climbs_already_does_not_climb_twice(status: Status) -> None:
    case = case_in(status)
    assert decide(case, Escalate("overdue"), None, world()) == Decision(case, (), (Noted("escalate", None, "overdue"),))


@pytest.mark.parametrize("status", [Status.DRAFT, Status.WITHDRAWN])
def test_nobody_is_asked_for_a_draft_or_what_was_withdrawn(status: Status) -> None:
    case = case_in(status)
    found = decide(case, Escalate("no"), None, world())
    assert (found.case, found.effects) == (case, ())


def test_a_closed_case_is_opened_again_from_the_first_rung() -> None:
    found = decide(case_in(Status.CLOSED), Escalate("no"), RITA, world())
    assert (found.case.status, found.case.owner, found.case.rung) == (Status.REOPENED, MONA, 2)
    assert found.case.tried == (MONA,)
    assert sent(found) == [RITA, MONA]
    text = ENGLISH.reopened_with.format(person="Mona Jensen")
    assert found.effects[1] == alerts.tell(found.case, RITA, text, "reopened")
    assert found.noted == (Noted("escalate", None, "no"), Noted("reopened", RITA), Noted("alerted", MONA, "rung 2"))


@pytest.mark.parametrize("status", [s for s in Status if s not in AT_REST])
def test_handing_over_thanks_who_did_and_alerts_the_next(status: Status) -> None:
    found = decide(case_in(status), HandOver(), MONA, world())
    keeps = status not in UNTAKEN
    assert (found.case.status, found.case.waited_for) == (Status.HANDED_OVER, DAN)
    assert (found.case.owner, found.case.kept) == ((MONA, 1) if keeps else (DAN, 0))
    words, which = (ENGLISH.handed_next, "handed_next") if keeps else (ENGLISH.handed_over, "handed_over")
    assert found.effects[0] == alerts.tell(case_in(status), MONA, words, which)
    assert sent(found) == [MONA, DAN, RITA]
    assert found.noted[0] == Noted("handed_over", MONA)


def test_who_hands_over_is_thanked_also_when_the_next_rung_was_asked_already() -> None:
    case = replace(case_in(Status.ESCALATED, owner=DAN), tried=(MONA, DAN))
    assert sent(decide(case, HandOver(), MONA, world())) == [MONA, HANNE, RITA]


@pytest.mark.parametrize("actor", [None, RITA])
def test_nobody_is_thanked_when_no_owner_handed_over(actor: PersonId | None) -> None:
    found = decide(case_in(Status.ACKNOWLEDGED), HandOver(), actor, world())
    assert sent(found) == [DAN, RITA]
    assert found.noted[0] == Noted("handed_over")


@pytest.mark.parametrize("status", sorted(AT_REST))
def test_a_case_at_rest_cannot_be_handed_over(status: Status) -> None:
    case = case_in(status)
    assert decide(case, HandOver(), MONA, world()) == Decision(case)


def test_only_a_draft_is_opened() -> None:
    case = case_in(Status.ALERTED)
    assert decide(case, OpenCase(), RITA, world()) == Decision(case)


def test_time_without_a_current_rung_changes_nothing() -> None:
    case = case_in(Status.ALERTED)
    assert decide(case, RungOver(0), None, world()) == Decision(case)
