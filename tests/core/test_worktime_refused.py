"""Sites, hours and lengths of time that make no sense are refused, to whoever can mend them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.core.durations import Duration, Unit, parse_duration
from bot.core.worktime import Hours, Site, add, before, is_open, next_open
from bot.errors import SettingsError
from tests.core.sites import EIGHT_TO_FOUR, ODENSE, SATURDAYS, at


@pytest.mark.parametrize("unit", Unit)
def test_a_moment_without_a_zone_is_refused(unit: Unit) -> None:
    naive = datetime(2026, 3, 25, 18, 0)  # noqa: DTZ001
    for use in (add, before):
        with pytest.raises(ValueError, match=r"^a moment needs a time zone$"):
            use(naive, Duration(1, unit), ODENSE)
    for ask in (is_open, next_open):
        with pytest.raises(ValueError, match="a moment needs a time zone"):
            ask(naive, ODENSE)


def test_a_site_that_is_never_open_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^opening hours need at least one open day$"):
        Hours.of({})
    with pytest.raises(ValueError, match="at least one open day"):
        Hours.of({0: ()})


@pytest.mark.parametrize(
    ("spans", "message"),
    [
        ([(time(16), time(8))], "hours from 16:00 to 08:00 end before they begin; split them at midnight"),
        ([(time(8), time(8))], "hours from 08:00 to 08:00 end before they begin"),
        ([(time(8), time(12)), (time(11), time(16))], "from 11:00 begin before those before them end"),
        ([(time(8), time(0)), (time(9), time(10))], "from 09:00 begin before those before them end"),
        ([(time(13), time(16)), (time(8), time(12))], "from 08:00 begin before those before them end"),
        ([(time(8, tzinfo=UTC), time(16))], "^opening hours are local times, without a zone$"),
        ([(time(8), time(16, tzinfo=UTC))], "local times, without a zone"),
    ],
)
def test_hours_that_make_no_sense_are_refused(spans: list[tuple[time, time]], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Hours.of({2: spans})


def test_a_week_has_seven_days() -> None:
    with pytest.raises(ValueError, match=r"weekdays are 0 \(Monday\) to 6 \(Sunday\), not \[-1, 7\]"):
        Hours.of({7: [(time(8), time(9))], -1: [], 0: []})
    with pytest.raises(ValueError, match=r"^opening hours need seven days, Monday first$"):
        Hours((((time(8), time(9)),),) * 6)
    touching = Hours.of({0: [(time(8), time(12)), (time(12), time(0))]})
    assert touching.week == (((time(8), time(12)), (time(12), time(0))), (), (), (), (), (), ())


@pytest.mark.parametrize("zone", ["Europe/Odense", "", "Europe", "../etc/passwd", "/etc/passwd", "a\x00b"])
def test_a_zone_that_is_not_known_is_refused(zone: str) -> None:
    with pytest.raises(ValueError, match="is no time zone; write one such as Europe/Copenhagen"):
        Site("Odense", zone, EIGHT_TO_FOUR)


def test_too_little_open_time_is_the_operators_to_mend() -> None:
    seldom = Site("Saturdays", "Europe/Copenhagen", SATURDAYS)
    for use in (add, before):
        for text in ("520 working hours", "520 working days"):
            assert use(at("2026-03-25 10:00"), parse_duration(text), seldom).year in (2016, 2036)
        for text in ("1000 working hours",):
            with pytest.raises(SettingsError) as told:
                use(at("2026-03-25 10:00"), parse_duration(text), seldom)
            assert str(told.value) == (
                f'The site "Saturdays" has less than {text} within ten years. '
                "Give it more opening hours, or fewer holidays."
            )


def test_a_site_whose_every_day_is_a_holiday_is_told() -> None:
    first = date(2015, 1, 1)
    closed = Site("Nowhere", "Europe/Copenhagen", EIGHT_TO_FOUR, frozenset(first + timedelta(n) for n in range(9000)))
    moment = at("2026-03-25 10:00")
    for unit in (Unit.WORKING_HOURS, Unit.WORKING_DAYS):
        for use in (add, before):
            with pytest.raises(SettingsError, match=r'"Nowhere" has less than 1 working (hour|day) within ten years'):
                use(moment, Duration(1, unit), closed)
    with pytest.raises(SettingsError, match="less than 1 working day"):
        next_open(moment, closed)


def test_more_working_days_than_ten_years_hold() -> None:
    """Saturdays only, half of them holidays."""
    off = frozenset(date(2000, 1, 1) + timedelta(weeks=2 * n) for n in range(1400))
    site = Site("Saturdays", "Europe/Copenhagen", SATURDAYS, off)
    for use in (add, before):
        with pytest.raises(SettingsError, match="less than 520 working days"):
            use(at("2026-03-25 10:00"), Duration(520, Unit.WORKING_DAYS), site)
