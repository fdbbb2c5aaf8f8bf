"""The ladder's clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.cases.escalate import LadderRules, acknowledge_by, next_rung, remind_fallback, site_of
from bot.core.durations import MOST, Duration, Unit
from bot.core.levels import Level
from bot.core.people import PersonId
from bot.core.worktime import Site
from tests.cases.office import BEA, MONA, OFFICE, RITA, with_
from tests.cases.organisations import HOURS, NOW, SITE

RULES = LadderRules()
NORTH = Site("north", "America/New_York", HOURS)
FRIDAY_EVENING = datetime(2026, 3, 6, 20, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("level", "start", "due"),
    [
        (Level.CRITICAL, FRIDAY_EVENING, datetime(2026, 3, 6, 20, 15, tzinfo=UTC)),
        (Level.HIGH, FRIDAY_EVENING, datetime(2026, 3, 6, 21, 0, tzinfo=UTC)),
        # from Monday's opening, at 9:00 in Copenhagen
        (Level.MEDIUM, FRIDAY_EVENING, datetime(2026, 3, 10, 8, 0, tzinfo=UTC)),
        (Level.LOW, FRIDAY_EVENING, datetime(2026, 3, 11, 8, 0, tzinfo=UTC)),
        (Level.MEDIUM, NOW, NOW + timedelta(days=1)),
    ],
)
def test_danger_goes_by_the_clock_and_the_rest_by_working_time(level: Level, start: datetime, due: datetime) -> None:
    assert acknowledge_by(RULES, level, start, SITE) == due


def test_the_operator_sets_the_waits() -> None:
    rules = LadderRules({level: Duration(5, Unit.MIN) for level in Level})
    assert acknowledge_by(rules, Level.LOW, NOW, SITE) == NOW + timedelta(minutes=5)


def test_each_set_of_rules_has_waits_of_its_own() -> None:
    assert LadderRules().waits is not LadderRules().waits


def test_the_fallback_is_told_after_twice_as_long_each_time_then_every_working_day() -> None:
    waits = [remind_fallback(RULES, Level.CRITICAL, times, NOW, SITE) - NOW for times in range(5)]
    minutes, day = [timedelta(minutes=m) for m in (15, 30, 60)], timedelta(days=1)
    assert waits == [*minutes, day, day]


def test_twice_as_long_stays_within_what_a_time_may_be() -> None:
    longest = LadderRules({level: Duration(MOST[Unit.HOURS], Unit.HOURS) for level in Level})
    assert remind_fallback(longest, Level.HIGH, 2, NOW, SITE) == NOW + timedelta(hours=MOST[Unit.HOURS])


def test_the_next_rung_is_the_first_who_was_not_tried() -> None:
    assert next_rung((MONA, BEA), ()) == MONA
    assert next_rung((MONA, BEA), (MONA,)) == BEA
    assert next_rung((MONA, BEA), (BEA, MONA)) is None


def test_the_calendar_is_that_of_the_persons_own_site() -> None:
    sites, people = {"north": NORTH}, with_(OFFICE, MONA, site="north")
    assert site_of(MONA, people, sites, SITE) is NORTH
    assert site_of(BEA, people, sites, SITE) is SITE
    assert site_of(None, people, sites, SITE) is SITE
    assert site_of(PersonId("gone"), people, sites, SITE) is SITE
    assert site_of(RITA, with_(people, RITA, site="closed down"), sites, SITE) is SITE


def test_waits_are_those_of_the_level() -> None:
    slow = replace(RULES, waits={**RULES.waits, Level.HIGH: Duration(2, Unit.HOURS)})
    assert remind_fallback(slow, Level.HIGH, 1, NOW, SITE) == NOW + timedelta(hours=4)
