"""What a case makes of the wishes of its life: progress, closing, withdrawing, talks that begin."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.cases import alerts, sharing
from bot.cases.alerts import FALLBACK, PAGE
from bot.cases.case import AT_REST, Alerted, Status
from bot.cases.daytime import by_day
from bot.cases.decide import decide
from bot.cases.inputs import StartDue
from bot.cases.ladder import Decision, Noted
from bot.core.case_commands import CloseCase, StartFlow, TaskDone, WithdrawCase, WriteNote
from bot.core.durations import Duration, Unit
from bot.core.effects import Begin, CancelTimer, EndTalks, Send, SetTimer, Update
from bot.core.languages.en import ENGLISH
from bot.core.messages import Choice
from bot.core.people import Role
from tests.cases.deciding import TAKEN, case_in, sent
from tests.cases.office import DAN, FAY, HANNE, MONA, OLLY, RITA, world
from tests.cases.organisations import NOW


def test_the_first_task_done_is_progress() -> None:
    found = decide(case_in(Status.ACKNOWLEDGED), TaskDone("first_contact"), MONA, world())
    assert found.case.status is Status.IN_PROGRESS
    assert (found.effects, found.noted) == ((), (Noted("task_done", MONA, "first_contact"),))
    again = decide(case_in(Status.FOLLOW_UP), TaskDone("first_contact"), MONA, world())
    assert again.case.status is Status.FOLLOW_UP


def test_a_note_changes_nothing() -> None:
    case = case_in(Status.ACKNOWLEDGED)
    assert decide(case, WriteNote("words"), MONA, world()) == Decision(case, (), (Noted("note", MONA),))


@pytest.mark.parametrize("status", TAKEN)
def test_the_reporter_hears_that_it_is_closed(status: Status) -> None:
    found = decide(case_in(status), CloseCase(), MONA, world())
    assert (found.case.status, found.case.closed) == (Status.CLOSED, NOW)
    ended, told = found.effects
    assert ended == EndTalks(RITA)
    assert isinstance(told, Send)
    assert told.message.text == ENGLISH.case_closed.format(person="Mona Jensen", days=30)
    assert told.message.choices == (Choice("not_over", "It is not over"),)
    assert found.noted == (Noted("closed", MONA),)


def test_nobody_closes_what_nobody_took() -> None:
    case = case_in(Status.ESCALATED)
    assert decide(case, CloseCase(), MONA, world()) == Decision(case)


def test_withdrawing_tells_all_who_knew_and_takes_their_buttons() -> None:
    case = replace(
        case_in(Status.ESCALATED, owner=FAY),
        rung=3,
        pages=2,
        paged=(OLLY,),
        alerted=(Alerted(MONA, 1), Alerted(MONA, 2)),
        told=(Alerted(FAY, 3),),
    )
    found = decide(case, WithdrawCase(), RITA, world())
    assert (found.case.status, found.case.closed) == (Status.WITHDRAWN, NOW)
    words = ENGLISH.withdrawn_told.format(reference="K7Q-4M2X")
    assert found.effects == (
        CancelTimer("rung:3"),
        CancelTimer("page:2"),
        EndTalks(RITA),
        alerts.close_alert(MONA, 1, ENGLISH.alert_gone),
        alerts.close_alert(MONA, 2, ENGLISH.alert_gone),
        alerts.close_alert(FAY, 3, ENGLISH.alert_gone, FALLBACK),
        alerts.close_alert(OLLY, 2, ENGLISH.alert_gone, PAGE),
        alerts.tell(found.case, MONA, words, "withdrawn"),
        alerts.tell(found.case, FAY, words, "withdrawn"),
        alerts.tell(found.case, RITA, sharing.what_stays(case, world()), "withdrawn"),
    )
    assert found.noted == (Noted("withdrawn", RITA),)


def test_withdrawing_leaves_a_call_that_was_answered() -> None:
    case = replace(case_in(Status.ALERTED), pages=1, paged=(OLLY,), called_by=OLLY)
    found = decide(case, WithdrawCase(), RITA, world())
    assert OLLY not in [e.to for e in found.effects if isinstance(e, Send | Update)]


def test_withdrawing_writes_nothing_to_the_excluded() -> None:
    case = replace(case_in(Status.ALERTED, owner=DAN), accused=frozenset({MONA}))
    assert sent(decide(case, WithdrawCase(), RITA, world())) == [RITA]


@pytest.mark.parametrize("status", [Status.CLOSED, Status.WITHDRAWN])
def test_what_is_over_is_not_withdrawn(status: Status) -> None:
    case = case_in(status)
    assert decide(case, WithdrawCase(), RITA, world()) == Decision(case)


# --- talks that begin ----------------------------------------------------------------------------------------------


def test_a_flow_begins_with_the_reporter_as_follow_up() -> None:
    """What was planned is a check-in; what is asked at once is a question, and no follow-up."""
    asked = decide(case_in(Status.IN_PROGRESS), StartFlow("question", Role.REPORTER, None), MONA, world())
    assert (asked.case.status, asked.effects) == (Status.IN_PROGRESS, (Begin("question", RITA),))
    found = decide(case_in(Status.IN_PROGRESS), StartDue("check_in", Role.REPORTER), None, world())
    assert found.case.status is Status.FOLLOW_UP
    assert found.effects == (Begin("check_in", RITA),)
    assert found.noted == (Noted("begun", RITA, "check_in"),)
    due = decide(case_in(Status.ALERTED), StartDue("check_in", Role.REPORTER), None, world())
    assert (due.case.status, due.effects) == (Status.ALERTED, (Begin("check_in", RITA),))


def test_a_flow_begins_with_whoever_owns_the_case_then() -> None:
    found = decide(case_in(Status.ACKNOWLEDGED, owner=HANNE), StartDue("review", Role.OWNER), None, world())
    assert found.case.status is Status.ACKNOWLEDGED
    assert found.effects == (Begin("review", HANNE),)


@pytest.mark.parametrize("status", sorted(AT_REST - {Status.CLOSED}))
@pytest.mark.parametrize("role", [Role.REPORTER, Role.OWNER])
def test_no_talk_begins_in_a_case_at_rest(status: Status, role: Role) -> None:
    case = case_in(status)
    assert decide(case, StartDue("check_in", role), None, world()) == Decision(case)


def test_no_talk_begins_with_an_excluded_owner_but_with_a_reporter_below_the_accused() -> None:
    case = replace(case_in(Status.ESCALATED), accused=frozenset({MONA}))
    assert decide(case, StartDue("review", Role.OWNER), None, world()) == Decision(case)
    assert decide(case, StartDue("check_in", Role.REPORTER), None, world()).effects == (Begin("check_in", RITA),)


def test_a_later_flow_is_a_timer_of_its_own() -> None:
    wish = StartFlow("review", Role.OWNER, Duration(2, Unit.DAYS))
    found = decide(case_in(Status.ACKNOWLEDGED), wish, MONA, world())
    assert found.effects == (SetTimer("start:review:owner:5.2days", NOW + timedelta(days=2)),)
    assert found.noted == (Noted("planned", None, "review"),)


def test_nobody_is_asked_how_it_goes_in_the_night() -> None:
    wish = StartFlow("check_in", Role.REPORTER, Duration(12, Unit.HOURS))
    found = decide(case_in(Status.ACKNOWLEDGED), wish, MONA, world())
    # 22:30 in Copenhagen becomes 8:00 the next morning
    assert found.effects == (SetTimer("start:check_in:reporter:5.12hours", datetime(2026, 3, 3, 7, 0, tzinfo=UTC)),)


@pytest.mark.parametrize(
    ("hour", "minute", "expected"),
    [(7, 59, (2, 8, 0)), (8, 0, (2, 8, 0)), (19, 59, (2, 19, 59)), (20, 0, (3, 8, 0)), (0, 0, (2, 8, 0))],
)
def test_by_day_is_from_eight_to_twenty_at_the_persons_place(
    hour: int, minute: int, expected: tuple[int, int, int]
) -> None:
    zone = ZoneInfo("Europe/Copenhagen")
    found = by_day(datetime(2026, 3, 2, hour, minute, tzinfo=zone).astimezone(UTC), zone)
    assert found.tzinfo is UTC
    local = found.astimezone(zone)
    assert (local.day, local.hour, local.minute) == expected
