"""What a command or the time makes of a case."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.cases import alerts
from bot.cases.alerts import FALLBACK, PAGE, Call
from bot.cases.case import AT_REST, UNTAKEN, Alerted, Case, Consent, Status
from bot.cases.decide import by_day, decide
from bot.cases.inputs import RungOver, StartDue
from bot.cases.ladder import Decision, Noted
from bot.core.durations import Duration, Unit
from bot.core.effects import (
    Begin,
    CancelTimer,
    CaseCommand,
    CloseCase,
    Delete,
    EndTalks,
    Escalate,
    HandOver,
    OpenCase,
    RaiseLevel,
    Send,
    SetAccused,
    SetAffected,
    SetConsent,
    SetTimer,
    StartFlow,
    TaskDone,
    Update,
    WithdrawCase,
    WriteNote,
)
from bot.core.languages.en import ENGLISH
from bot.core.levels import Level
from bot.core.people import People, PersonId, Role
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
    draft,
    with_,
    without,
    world,
)
from tests.cases.organisations import NOW

TAKEN = (Status.ACKNOWLEDGED, Status.IN_PROGRESS, Status.FOLLOW_UP)
HOUR = timedelta(hours=1)


def case_in(status: Status, *roles: Role, owner: PersonId | None = MONA) -> Case:
    """A case as it stands after Mona was alerted, and took it where the status says so."""
    return replace(
        draft(*(roles or (Role.MANAGER, Role.HR))),
        status=status,
        owner=owner,
        rung=1,
        alerted=(Alerted(MONA, 1),),
        tried=(MONA,),
        revision=5,
        opened=NOW,
        taken=None if status in UNTAKEN else NOW,
    )


def sent(decision: Decision) -> list[PersonId]:
    return [e.to for e in decision.effects if isinstance(e, Send)]


# --- what the talk tells -------------------------------------------------------------------------------------------


def test_consent_names_the_manager_who_was_shown() -> None:
    ticked = decide(draft(), SetConsent(frozenset({Role.MANAGER}), without_name=True), RITA, world())
    assert ticked.case.consent == Consent(frozenset({Role.MANAGER}), MONA, without_name=True)
    assert (ticked.effects, ticked.noted) == ((), (Noted("consent"),))
    blank = replace(draft(), consent=Consent())
    assert decide(blank, SetConsent(frozenset({Role.MANAGER}), False), RITA, world()).case.consent.manager == MONA


def test_a_manager_once_shown_stays_whatever_the_chart_says_later() -> None:
    moved = with_(OFFICE, RITA, manager=BEA)
    again = SetConsent(frozenset({Role.MANAGER, Role.HR}), without_name=False)
    assert decide(draft(Role.MANAGER), again, RITA, world(moved)).case.consent.manager == MONA


def test_consent_taken_back_takes_the_manager_back_but_not_persons_added() -> None:
    named = replace(draft(Role.MANAGER), consent=Consent(frozenset({Role.MANAGER}), MONA, frozenset({FAY})))
    found = decide(named, SetConsent(frozenset({Role.HR}), without_name=False), RITA, world()).case.consent
    assert found == Consent(frozenset({Role.HR}), None, frozenset({FAY}))


def test_who_did_it_and_whom_it_happened_to() -> None:
    accused = decide(draft(), SetAccused(frozenset({WIM}), unresolved=True), RITA, world())
    assert (accused.case.accused, accused.case.accused_unresolved) == ({WIM}, True)
    assert (accused.effects, accused.noted) == ((), (Noted("accused"),))
    affected = decide(draft(), SetAffected(SARA), RITA, world())
    assert (affected.case.affected, affected.noted) == (SARA, (Noted("affected"),))


@pytest.mark.parametrize("status", [s for s in Status if s not in AT_REST])
def test_an_owner_who_turns_out_to_be_involved_loses_the_case_at_once(status: Status) -> None:
    found = decide(
        case_in(status, Role.MANAGER, Role.HR), SetAccused(frozenset({MONA}), unresolved=False), RITA, world()
    )
    assert (found.case.owner, found.case.status) == (DAN, Status.ESCALATED)
    assert found.effects[0] == Delete(MONA)
    assert sent(found) == [DAN, RITA]
    assert found.noted[0] == Noted("accused")


def test_so_does_one_below_the_accused() -> None:
    found = decide(case_in(Status.ALERTED), SetAccused(frozenset({BEA}), unresolved=False), RITA, world())
    assert found.case.owner == FAY
    assert Delete(MONA) in found.effects


@pytest.mark.parametrize(
    "wish", [SetConsent(frozenset({Role.HR}), without_name=False), SetAccused(frozenset(), unresolved=True)]
)
def test_an_owner_who_may_not_know_any_more_loses_the_case(wish: CaseCommand) -> None:
    """Unticked, or a line manager while it is open which insider did it."""
    found = decide(case_in(Status.ACKNOWLEDGED), wish, RITA, world())
    assert (found.case.owner, found.case.status) == (HANNE, Status.ESCALATED)
    assert sent(found) == [HANNE, RITA]


def test_a_fallback_is_never_ticked_and_keeps_the_case_unless_involved() -> None:
    owned = replace(case_in(Status.ESCALATED, owner=FAY), ownerless=1, tried=(MONA, DAN, HANNE, HUGO))
    assert decide(owned, SetAffected(SARA), RITA, world()).effects == ()
    found = decide(owned, SetAccused(frozenset({FAY}), unresolved=False), RITA, world())
    assert found.case.owner not in (FAY, None)
    assert FAY not in sent(found)


def test_what_was_taken_back_once_is_not_again() -> None:
    case = case_in(Status.ALERTED, owner=HANNE)
    involved = decide(case, SetAccused(frozenset({MONA}), unresolved=False), RITA, world())
    assert Delete(MONA) in involved.effects
    found = decide(involved.case, SetAccused(frozenset({MONA, SARA}), unresolved=False), RITA, world())
    assert found.effects == ()
    assert found.case.owner == HANNE


@pytest.mark.parametrize("status", sorted(AT_REST))
def test_a_case_at_rest_climbs_for_nobody(status: Status) -> None:
    found = decide(case_in(status), SetAccused(frozenset({MONA}), unresolved=False), RITA, world())
    assert (found.case.owner, found.case.status) == (MONA, status)
    assert sent(found) == []


# --- an excluded person's talk -------------------------------------------------------------------------------------


@pytest.mark.parametrize("wish", [HandOver(), CloseCase(), WriteNote("x"), RaiseLevel(Level.CRITICAL), TaskDone("t")])
def test_an_excluded_persons_talk_commands_nothing(wish: CaseCommand) -> None:
    case = replace(case_in(Status.ACKNOWLEDGED, owner=HANNE), accused=frozenset({MONA}))
    assert decide(case, wish, MONA, world()) == Decision(case)


def test_an_excluded_owners_talk_makes_the_case_climb() -> None:
    # the chart changed: Mona stands under the accused now
    case = replace(case_in(Status.IN_PROGRESS), accused=frozenset({WIM}))
    found = decide(case, HandOver(), MONA, world(with_(OFFICE, MONA, manager=WIM)))
    assert (found.case.owner, found.case.status) == (DAN, Status.ESCALATED)
    assert sent(found) == [DAN, RITA]


def test_an_excluded_owner_of_an_untaken_case_is_passed_by_in_time() -> None:
    case = replace(case_in(Status.ESCALATED), accused=frozenset({MONA}))
    assert decide(case, WriteNote("x"), MONA, world()) == Decision(case)


def test_a_reporter_below_the_accused_is_heard() -> None:
    case = replace(case_in(Status.ACKNOWLEDGED, owner=HANNE), accused=frozenset({MONA}))
    assert decide(case, WriteNote("x"), RITA, world()).noted == (Noted("note", RITA),)


# --- how soon ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("to", [Level.HIGH, Level.MEDIUM, Level.LOW])
def test_a_level_is_never_lowered(to: Level) -> None:
    case = case_in(Status.ALERTED)
    assert decide(case, RaiseLevel(to), RITA, world()) == Decision(case)


@pytest.mark.parametrize("status", sorted(AT_REST))
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
    assert found.effects[0] == alerts.tell(found.case, RITA, ENGLISH.case_reopened, "reopened")
    assert found.noted == (Noted("escalate", None, "no"), Noted("reopened"), Noted("alerted", MONA, "rung 2"))


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


# --- its life ------------------------------------------------------------------------------------------------------


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
    assert found.effects == (alerts.tell(found.case, RITA, ENGLISH.case_closed, "closed"),)
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
        alerts.tell(found.case, RITA, ENGLISH.case_withdrawn, "withdrawn"),
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
    found = decide(case_in(Status.IN_PROGRESS), StartFlow("check_in", Role.REPORTER, None), MONA, world())
    assert found.case.status is Status.FOLLOW_UP
    assert found.effects == (Begin("check_in", RITA),)
    assert found.noted == (Noted("begun", RITA, "check_in"),)
    due = decide(case_in(Status.ALERTED), StartDue("check_in", Role.REPORTER), None, world())
    assert (due.case.status, due.effects) == (Status.ALERTED, (Begin("check_in", RITA),))


def test_a_flow_begins_with_whoever_owns_the_case_then() -> None:
    found = decide(case_in(Status.ACKNOWLEDGED, owner=HANNE), StartDue("review", Role.OWNER), None, world())
    assert found.case.status is Status.ACKNOWLEDGED
    assert found.effects == (Begin("review", HANNE),)


@pytest.mark.parametrize("status", sorted(AT_REST))
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


def test_time_without_a_current_rung_changes_nothing() -> None:
    case = case_in(Status.ALERTED)
    assert decide(case, RungOver(0), None, world()) == Decision(case)


def test_hugo_is_below_hanne() -> None:
    # what several examples above rest on
    assert OFFICE.below(HANNE) == {HUGO}
