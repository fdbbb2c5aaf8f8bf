"""Outside working hours: who is called, who is asked when, and what the reporter is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Unpack

import pytest

from bot.cases import alerts
from bot.cases.alerts import World
from bot.cases.case import Alerted, Call, Case, Status
from bot.cases.decide import decide
from bot.cases.inputs import Arrived, PageOver, RungOver, TakeCall
from bot.cases.ladder import Decision, Noted
from bot.core.case_commands import Escalate, OpenCase, PageOnCall, RaiseLevel
from bot.core.effects import CancelTimer, Send, SetTimer
from bot.core.languages.en import ENGLISH
from bot.core.levels import Level
from bot.core.people import People, PersonId, Role
from tests.cases.deciding import words
from tests.cases.office import AWAY, DAN, FAY, HANNE, MONA, OFFICE, OLLY, RITA, WIM, draft, with_, without, world
from tests.cases.organisations import NOW, SITE
from tests.changes import CaseChange

#: A Monday, 22:00 in Copenhagen; the site opens at 9.
NIGHT = datetime(2026, 3, 2, 21, 0, tzinfo=UTC)
MORNING = datetime(2026, 3, 3, 8, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
ROLES = (Role.MANAGER, Role.HR, Role.ON_CALL)


def night(people: People = OFFICE, after: timedelta = timedelta()) -> World:
    return replace(world(people, NIGHT + after), listeners={"en": "- The lifeline: 70 201 201"})


def opened(*roles: Role, level: Level = Level.HIGH, here: World | None = None) -> Decision:
    return decide(draft(*(roles or ROLES), level=level), OpenCase(), RITA, here or night())


def sent(decision: Decision) -> list[tuple[PersonId, str]]:
    return [(e.to, e.slot.partition(":")[0]) for e in decision.effects if isinstance(e, Send)]


def timers(decision: Decision) -> dict[str, timedelta]:
    return {e.key: e.at - NIGHT for e in decision.effects if isinstance(e, SetTimer)}


@pytest.mark.parametrize("level", [Level.CRITICAL, Level.HIGH])
def test_on_call_is_called_first_and_nobody_else(level: Level) -> None:
    found = opened(level=level)
    case = found.case
    assert (case.status, case.owner, case.helper, case.rung, case.night) == (Status.OPENED, MONA, OLLY, 1, 1)
    assert (case.alerted, case.tried, case.pages, case.paged, case.level) == ((), (), 1, (OLLY,), level)
    words = ENGLISH.night_calling.format(person="Olly Jensen", emergency="112")
    assert found.effects == (
        CancelTimer("rung:0"),
        SetTimer("rung:1", NIGHT + 15 * MINUTE),
        alerts.tell(replace(case, pages=0, paged=()), RITA, words, "night"),
        alerts.page(case, OLLY, night()),
        SetTimer("page:1", NIGHT + 15 * MINUTE),
    )
    assert case.acknowledge_by == NIGHT + 15 * MINUTE


def test_unanswered_it_climbs_after_15_30_and_60_minutes() -> None:
    case, moments, asked = opened().case, [], []
    here = night()
    for _ in range(4):
        arrived = decide(case, Arrived(case.rung), None, here)
        due = arrived.case.acknowledge_by
        assert due is not None
        moments.append((due - NIGHT) // MINUTE)
        here = replace(here, now=due)
        case = decide(arrived.case, RungOver(arrived.case.rung), None, here).case
        asked.append(case.owner)
    # after that by the level alone: an hour
    assert moments == [15, 30, 60, 120]
    assert asked[:2] == [MONA, DAN]


def test_danger_keeps_its_own_shorter_clock() -> None:
    case = opened(level=Level.CRITICAL).case
    third = replace(case, rung=3, owner=DAN, helper=None, status=Status.ESCALATED)
    assert decide(third, Arrived(3), None, night()).case.acknowledge_by == NIGHT + 15 * MINUTE


def test_on_call_is_called_again_each_time() -> None:
    case = opened().case
    again = decide(case, PageOver(1), None, night(after=15 * MINUTE))
    assert sent(again) == [(OLLY, "page"), (RITA, "page")]
    assert timers(again) == {"page:2": 30 * MINUTE}
    last = decide(again.case, PageOver(2), None, night(after=30 * MINUTE))
    assert timers(last) == {"page:3": 60 * MINUTE}
    assert last.case.level is Level.HIGH


def test_an_answer_lets_the_first_rung_sleep() -> None:
    here = night(after=5 * MINUTE)
    found = decide(opened().case, TakeCall(OLLY), OLLY, here)
    case = found.case
    assert (case.owner, case.helper, case.rung, case.called_by) == (MONA, None, 2, OLLY)
    assert case.acknowledge_by == MORNING + timedelta(hours=1)
    assert found.effects[-2:] == (
        alerts.alert(case, MONA, here, Call.FIRST),
        alerts.tell(case, RITA, ENGLISH.climbed.format(person="Mona Jensen"), "climbed"),
    )
    assert CancelTimer("page:1") in found.effects
    arrived = decide(case, Arrived(2), None, here)
    assert arrived.effects == (SetTimer("rung:2", MORNING + timedelta(hours=1)), SetTimer("half:2", MORNING))


def test_an_answer_later_gives_whoever_is_asked_by_then_the_night() -> None:
    case = decide(opened().case, RungOver(1), None, night(after=15 * MINUTE)).case
    assert case.owner == MONA
    found = decide(case, TakeCall(OLLY), OLLY, night(after=20 * MINUTE))
    assert (found.case.owner, found.case.rung) == (MONA, 2)
    assert found.effects[-1] == SetTimer("rung:2", MORNING + timedelta(hours=1))


def test_an_answer_changes_nothing_for_a_fallback_or_who_took_it() -> None:
    case = replace(opened().case, ownerless=1, owner=FAY, helper=None, rung=5)
    assert decide(case, TakeCall(OLLY), OLLY, night()).case == replace(case, called_by=OLLY)
    taken = replace(opened().case, status=Status.ACKNOWLEDGED, helper=None)
    assert decide(taken, TakeCall(OLLY), OLLY, night()).case == replace(taken, called_by=OLLY)


@pytest.mark.parametrize("level", [Level.MEDIUM, Level.LOW])
def test_at_other_levels_nobody_is_called(level: Level) -> None:
    found = opened(level=level)
    assert (found.case.owner, found.case.pages, found.case.night) == (MONA, 0, 0)
    assert sent(found) == [(MONA, "alert"), (RITA, "night")]


@pytest.mark.parametrize(
    "here",
    [night(without(OFFICE, OLLY)), night(with_(OFFICE, OLLY, away=(replace(AWAY[0], end=NIGHT + 60 * MINUTE),)))],
)
def test_with_nobody_on_call_the_reporter_is_told_when_it_is_read(here: World) -> None:
    found = opened(here=here)
    words = ENGLISH.night_nobody.format(when="Tuesday 3 March at 09:00", emergency="112")
    assert found.effects == (
        CancelTimer("rung:0"),
        alerts.alert(found.case, MONA, here),
        alerts.tell(found.case, RITA, f"{words}\n\n- The lifeline: 70 201 201", "night"),
    )
    assert found.noted[-1] == Noted("closed_hours")


def test_without_a_tick_nobody_on_call_is_called() -> None:
    assert sent(opened(Role.MANAGER)) == [(MONA, "alert"), (RITA, "night")]


def test_by_day_it_is_as_ever() -> None:
    found = opened(here=world())
    assert sent(found) == [(MONA, "alert")]
    assert (found.case.night, found.case.pages) == (0, 0)


def test_the_hours_are_those_of_the_first_rungs_site() -> None:
    early = replace(SITE, name="early", timezone="Asia/Tokyo")  # where it is Tuesday 6:00, and closed too
    later = replace(SITE, name="later", timezone="America/New_York")  # 16:00, open
    there = {"early": early, "later": later}
    asleep = replace(night(with_(OFFICE, MONA, site="early")), sites=there)
    awake = replace(night(with_(OFFICE, MONA, site="later")), sites=there)
    assert opened(here=asleep).case.night == 1
    assert opened(here=awake).case.night == 0


def test_who_was_called_for_danger_before_is_not_called_twice() -> None:
    called = decide(draft(*ROLES), PageOnCall(), RITA, night()).case
    found = decide(called, OpenCase(), RITA, night())
    assert (found.case.pages, found.case.night, found.case.owner) == (1, 0, MONA)
    assert sent(found) == [(MONA, "alert")]


def test_with_nobody_ticked_but_on_call_the_fallback_is_told_as_by_day() -> None:
    found = opened(Role.ON_CALL)
    assert (found.case.owner, found.case.gap, found.case.night) == (FAY, True, 0)
    assert (RITA, "night") in sent(found)


def test_a_case_that_is_reopened_in_the_night_calls_on_call() -> None:
    closed = replace(draft(*ROLES), status=Status.CLOSED, owner=MONA, rung=1, alerted=(Alerted(MONA, 1),))
    found = decide(closed, Escalate("no"), RITA, night())
    assert (found.case.status, found.case.owner, found.case.helper) == (Status.REOPENED, MONA, OLLY)


# --- raised --------------------------------------------------------------------------------------------------------


def under_way(**changes: Unpack[CaseChange]) -> Case:
    case = replace(draft(*ROLES, level=Level.MEDIUM), status=Status.IN_PROGRESS, owner=MONA, rung=1, tried=(MONA,))
    return replace(replace(case, alerted=(Alerted(MONA, 1),)), **changes)


def test_raised_in_the_night_the_owner_and_on_call_hear_it_at_once() -> None:
    found = decide(under_way(), RaiseLevel(Level.HIGH), RITA, night())
    case = found.case
    assert (case.owner, case.helper, case.kept, case.night, case.rung) == (MONA, None, 1, 2, 2)
    assert sent(found) == [(MONA, "alert"), (RITA, "night"), (OLLY, "page")]
    assert case.acknowledge_by == NIGHT + 15 * MINUTE
    assert "22\\:15" in words(found, MONA)[0]
    answered = decide(case, TakeCall(OLLY), OLLY, night())
    assert answered.effects[-1] == SetTimer("rung:2", MORNING + timedelta(hours=1))
    assert answered.case.owner == MONA


@pytest.mark.parametrize(("pages", "called_by"), [(1, OLLY), (4, None)])
def test_an_earlier_night_is_over(pages: int, called_by: PersonId | None) -> None:
    found = decide(under_way(pages=pages, called_by=called_by), RaiseLevel(Level.HIGH), RITA, night())
    assert (found.case.pages, found.case.called_by) == (1, None)
    assert (OLLY, "page") in sent(found)


def test_calls_that_are_under_way_go_on() -> None:
    found = decide(under_way(pages=2), RaiseLevel(Level.HIGH), RITA, night())
    assert (found.case.pages, found.case.night) == (2, 0)
    assert sent(found) == [(MONA, "alert")]


def test_raised_without_a_tick_the_reporter_is_told_when_it_is_read() -> None:
    case = replace(under_way(), consent=replace(draft(Role.MANAGER).consent))
    assert sent(decide(case, RaiseLevel(Level.HIGH), RITA, night())) == [(MONA, "alert"), (RITA, "night")]
    assert sent(decide(case, RaiseLevel(Level.HIGH), RITA, world())) == [(MONA, "alert")]


def test_raised_while_a_fallback_has_it_on_call_is_called_too() -> None:
    case = under_way(status=Status.ESCALATED, ownerless=1, rung=3)
    found = decide(replace(case, owner=FAY), RaiseLevel(Level.HIGH), RITA, night())
    assert (found.case.owner, found.case.ownerless, found.case.pages) == (FAY, 1, 1)
    assert sent(found) == [(RITA, "night"), (OLLY, "page")]


def test_danger_in_a_check_in_calls_at_once_and_raises() -> None:
    found = decide(under_way(), PageOnCall(), RITA, world())
    assert (found.case.level, found.case.pages) == (Level.CRITICAL, 1)
    assert found.effects[0] == alerts.page(found.case, OLLY, world())
    for case in (under_way(called_by=WIM), under_way(status=Status.CLOSED)):
        assert decide(case, PageOnCall(), RITA, world()) == Decision(case)


def test_nobody_is_called_beyond_those_there() -> None:
    assert HANNE not in [to for to, _ in sent(opened())]
    assert NOW < NIGHT
