"""Sites with their public holidays."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from adapters.calendar import closed_on, site
from bot.core.durations import Duration, Unit
from bot.core.worktime import Hours, add
from bot.errors import SettingsError

WEEK = Hours.of({day: [(time(8), time(16))] for day in range(5)})


def test_denmark_is_closed_on_its_public_holidays_and_two_more_days() -> None:
    assert sorted(closed_on("dk", (2026,))) == [
        date(2026, 1, 1),
        date(2026, 4, 2),
        date(2026, 4, 3),
        date(2026, 4, 5),
        date(2026, 4, 6),
        date(2026, 5, 14),
        date(2026, 5, 24),
        date(2026, 5, 25),
        date(2026, 6, 5),
        date(2026, 12, 24),
        date(2026, 12, 25),
        date(2026, 12, 26),
    ]


def test_the_great_prayer_day_is_a_working_day_since_2024() -> None:
    assert date(2023, 5, 5) in closed_on("dk", (2023,))
    assert date(2024, 4, 26) not in closed_on("dk", (2024,))


def test_another_country_has_its_own_days_and_no_more() -> None:
    days = closed_on("se", (2026,))
    assert date(2026, 6, 6) in days
    assert date(2026, 6, 5) not in days


def test_only_the_years_asked_for() -> None:
    assert {day.year for day in closed_on("gb", (2026, 2027))} == {2026, 2027}
    assert closed_on("dk", ()) == frozenset()


def test_a_site_waits_over_christmas() -> None:
    place = site("Town Hall", "Europe/Copenhagen", WEEK, "dk", range(2026, 2028))
    assert (place.name, place.timezone, place.hours) == ("Town Hall", "Europe/Copenhagen", WEEK)
    eve_before = datetime(2026, 12, 23, 14, tzinfo=UTC)  # 15:00 in Denmark
    due = add(eve_before, Duration(4, Unit.WORKING_HOURS), place)
    assert due == datetime(2026, 12, 28, 10, tzinfo=UTC)


def test_a_country_or_time_zone_that_is_not_known() -> None:
    with pytest.raises(SettingsError, match='there is no calendar of public holidays for the country "xx"'):
        site("Here", "Europe/Copenhagen", WEEK, "xx", (2026,))
    with pytest.raises(SettingsError, match='"Europe/Aarhus" is no time zone; write one such as Europe/Copenhagen'):
        site("Here", "Europe/Aarhus", WEEK, "dk", (2026,))
