"""Deadlines by the clock and by the working time of a site."""

from __future__ import annotations

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.core.durations import Duration, Unit, parse_duration
from bot.core.worktime import Hours, Site, add, before, is_open, next_open
from tests.core.sites import ALWAYS, CHRISTMAS, IN_THE_CHANGE, NIGHTS, ODENSE, WITH_BREAK, at

BREAK = Site("Odense", "Europe/Copenhagen", WITH_BREAK, CHRISTMAS)
NIGHT = Site("Odense", "Europe/Copenhagen", NIGHTS)
ROUND_THE_CLOCK = Site("Odense", "Europe/Copenhagen", ALWAYS)
EARLY = Site("Odense", "Europe/Copenhagen", IN_THE_CHANGE)


def local(moment: datetime, site: Site = ODENSE) -> str:
    assert moment.tzinfo is UTC
    assert (moment.second, moment.microsecond) == (0, 0)
    return moment.astimezone(ZoneInfo(site.timezone)).strftime("%a %Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    ("start", "duration", "end", "site"),
    [
        # by the clock
        ("2026-03-27 15:50", "30 min", "Fri 2026-03-27 16:20", ODENSE),
        ("2026-03-27 15:50", "4 hours", "Fri 2026-03-27 19:50", ODENSE),
        ("2026-03-28 15:00", "24 hours", "Sun 2026-03-29 16:00", ODENSE),  # clocks go on an hour
        ("2026-10-24 15:00", "24 hours", "Sun 2026-10-25 14:00", ODENSE),  # and back
        ("2026-03-29 01:50", "20 min", "Sun 2026-03-29 03:10", ODENSE),
        ("2026-03-28 15:00", "1 day", "Sun 2026-03-29 15:00", ODENSE),
        ("2026-10-24 15:00", "1 day", "Sun 2026-10-25 15:00", ODENSE),
        ("2026-03-25 15:00", "1 week", "Wed 2026-04-01 15:00", ODENSE),
        ("2026-12-24 09:00", "2 weeks", "Thu 2027-01-07 09:00", ODENSE),
        ("2026-03-28 02:30", "1 day", "Sun 2026-03-29 03:00", ODENSE),  # 02:30 is not there that day
        ("2026-03-22 02:00", "1 week", "Sun 2026-03-29 03:00", ODENSE),
        ("2026-03-28 01:59", "1 day", "Sun 2026-03-29 01:59", ODENSE),
        ("2026-03-28 03:00", "1 day", "Sun 2026-03-29 03:00", ODENSE),
        # working hours
        ("2026-03-25 09:00", "4 working hours", "Wed 2026-03-25 13:00", ODENSE),
        ("2026-03-25 12:00", "4 working hours", "Wed 2026-03-25 16:00", ODENSE),
        ("2026-03-25 12:01", "4 working hours", "Thu 2026-03-26 08:01", ODENSE),
        ("2026-03-25 16:00", "1 working hour", "Thu 2026-03-26 09:00", ODENSE),
        ("2026-03-25 03:00", "1 working hour", "Wed 2026-03-25 09:00", ODENSE),
        ("2026-03-27 15:50", "1 working hour", "Mon 2026-03-30 08:50", ODENSE),
        ("2026-03-28 12:00", "9 working hours", "Tue 2026-03-31 09:00", ODENSE),
        ("2026-12-23 15:30", "1 working hour", "Mon 2026-12-28 08:30", ODENSE),
        ("2026-12-30 15:00", "2 working hours", "Mon 2027-01-04 09:00", ODENSE),
        ("2026-03-26 11:30", "1 working hour", "Thu 2026-03-26 13:30", BREAK),
        ("2026-03-26 12:10", "1 working hour", "Thu 2026-03-26 14:00", BREAK),
        ("2026-03-26 15:30", "4 working hours", "Fri 2026-03-27 12:30", BREAK),
        ("2026-03-28 23:00", "6 working hours", "Sun 2026-03-29 06:00", NIGHT),  # a night of seven hours
        ("2026-10-24 23:00", "8 working hours", "Sun 2026-10-25 06:00", NIGHT),  # a night of nine
        ("2026-10-24 22:00", "1 working hour", "Sat 2026-10-24 23:00", NIGHT),
        ("2026-03-29 00:00", "6 working hours", "Sun 2026-03-29 09:00", EARLY),  # 02:15 to 03:00 is not there
        # working days
        ("2026-03-25 10:00", "1 working day", "Thu 2026-03-26 10:00", ODENSE),
        ("2026-03-27 15:50", "1 working day", "Mon 2026-03-30 15:50", ODENSE),
        ("2026-03-27 16:00", "1 working day", "Tue 2026-03-31 08:00", ODENSE),
        ("2026-03-28 12:00", "2 working days", "Wed 2026-04-01 08:00", ODENSE),
        ("2026-03-25 07:00", "1 working day", "Thu 2026-03-26 08:00", ODENSE),
        ("2026-10-23 11:00", "1 working day", "Mon 2026-10-26 11:00", ODENSE),
        ("2026-12-23 14:00", "1 working day", "Mon 2026-12-28 14:00", ODENSE),
        ("2026-12-23 14:00", "4 working days", "Mon 2027-01-04 14:00", ODENSE),
        ("2026-12-24 14:00", "1 working day", "Tue 2026-12-29 08:00", ODENSE),
        ("2026-03-25 10:00", "520 working days", "Tue 2028-03-28 10:00", ODENSE),
        ("2026-03-26 08:30", "1 working day", "Fri 2026-03-27 09:00", BREAK),
        ("2026-03-26 15:00", "1 working day", "Fri 2026-03-27 12:30", BREAK),
        ("2026-03-27 12:15", "1 working day", "Mon 2026-03-30 13:00", BREAK),
        ("2026-03-27 12:00", "1 working day", "Mon 2026-03-30 12:00", BREAK),
        ("2026-03-25 23:30", "1 working day", "Thu 2026-03-26 23:30", NIGHT),
        ("2026-03-28 02:30", "1 working day", "Sun 2026-03-29 03:00", ROUND_THE_CLOCK),
    ],
)
def test_a_deadline(start: str, duration: str, end: str, site: Site) -> None:
    assert local(add(at(start, site), parse_duration(duration), site), site) == end


def test_the_hour_that_comes_twice_is_passed_twice_by_the_clock() -> None:
    assert add(at("2026-10-25 02:30"), parse_duration("1 hour"), ODENSE) == at("2026-10-25 02:30", fold=1)
    assert add(at("2026-10-25 02:30"), parse_duration("60 min"), ODENSE) == at("2026-10-25 02:30", fold=1)


def test_a_time_of_day_that_comes_twice_is_the_first() -> None:
    assert add(at("2026-10-24 02:30"), parse_duration("1 day"), ODENSE) == at("2026-10-25 02:30", fold=0)


def test_a_start_in_the_second_pass_counts_as_its_end() -> None:
    for minute in (0, 30, 59):
        start = at(f"2026-10-25 02:{minute:02}", fold=1)
        assert local(add(start, parse_duration("1 day"), ODENSE)) == "Mon 2026-10-26 03:00"
        assert local(add(start, parse_duration("2 working days"), ROUND_THE_CLOCK)) == "Tue 2026-10-27 03:00"
    first = at("2026-10-25 02:59", fold=0)
    assert local(add(first, parse_duration("1 day"), ODENSE)) == "Mon 2026-10-26 02:59"


def test_open_time_in_the_hour_that_comes_twice_runs_once() -> None:
    """02:15 to 02:45 and 02:45 to 09:00, of which the second holds both passes: an hour more than on other days."""
    site = EARLY
    assert local(add(at("2026-10-25 00:00"), parse_duration("7 working hours"), site)) == "Sun 2026-10-25 08:15"
    assert is_open(at("2026-10-25 02:20", fold=0), site)
    assert is_open(at("2026-10-25 02:20", fold=1), site)
    assert local(add(at("2026-10-24 00:00"), parse_duration("6 working hours"), site)) == "Sat 2026-10-24 08:15"


def test_a_span_that_clocks_skip_is_no_opening() -> None:
    site = Site("Odense", "Europe/Copenhagen", Hours.of(dict.fromkeys(range(7), ((time(2, 15), time(2, 45)),))))
    assert local(next_open(at("2026-03-28 03:00"), site)) == "Mon 2026-03-30 02:15"
    assert local(add(at("2026-03-28 02:20"), parse_duration("1 working day"), site)) == "Mon 2026-03-30 02:20"


def test_a_day_that_clocks_skip_is_no_day() -> None:
    """Samoa left out 30 December 2011."""
    samoa = Site("Apia", "Pacific/Apia", ALWAYS)
    start = at("2011-12-29 10:00", samoa)
    assert local(add(start, parse_duration("1 working day"), samoa), samoa) == "Sat 2011-12-31 10:00"
    assert local(add(start, parse_duration("1 day"), samoa), samoa) == "Sat 2011-12-31 00:00"
    assert local(add(start, parse_duration("2 days"), samoa), samoa) == "Sat 2011-12-31 10:00"


def test_midnight_can_be_skipped() -> None:
    cairo = Site("Cairo", "Africa/Cairo", ALWAYS)
    assert local(add(at("2026-04-23 00:00", cairo), parse_duration("1 day"), cairo), cairo) == "Fri 2026-04-24 01:00"
    assert local(add(at("2026-04-23 12:00", cairo), parse_duration("24 working hours"), cairo), cairo) == (
        "Fri 2026-04-24 13:00"
    )


@pytest.mark.parametrize(
    ("moment", "opens", "site"),
    [
        ("2026-03-25 08:00", "Wed 2026-03-25 08:00", ODENSE),
        ("2026-03-25 15:59", "Wed 2026-03-25 15:59", ODENSE),
        ("2026-03-25 16:00", "Thu 2026-03-26 08:00", ODENSE),
        ("2026-03-25 07:59", "Wed 2026-03-25 08:00", ODENSE),
        ("2026-03-27 18:00", "Mon 2026-03-30 08:00", ODENSE),
        ("2026-12-23 17:00", "Mon 2026-12-28 08:00", ODENSE),
        ("2026-12-24 10:00", "Mon 2026-12-28 08:00", ODENSE),
        ("2026-03-26 12:00", "Thu 2026-03-26 13:00", BREAK),
        ("2026-03-26 23:59", "Thu 2026-03-26 23:59", NIGHT),
        ("2026-03-26 06:00", "Thu 2026-03-26 22:00", NIGHT),
        ("2026-03-27 00:00", "Fri 2026-03-27 00:00", NIGHT),
    ],
)
def test_opening(moment: str, opens: str, site: Site) -> None:
    start = at(moment, site)
    assert local(next_open(start, site), site) == opens
    assert is_open(start, site) is (next_open(start, site) == start)


@pytest.mark.parametrize(
    ("due", "duration", "moment", "site"),
    [
        ("2026-03-25 10:00", "30 min", "Wed 2026-03-25 09:30", ODENSE),
        ("2026-03-29 12:00", "24 hours", "Sat 2026-03-28 11:00", ODENSE),
        ("2026-03-29 12:00", "1 day", "Sat 2026-03-28 12:00", ODENSE),
        ("2026-03-30 02:30", "1 day", "Sun 2026-03-29 03:00", ODENSE),
        ("2026-03-25 12:00", "2 weeks", "Wed 2026-03-11 12:00", ODENSE),
        ("2026-03-25 10:00", "1 working hour", "Wed 2026-03-25 09:00", ODENSE),
        ("2026-03-25 10:00", "2 working hours", "Wed 2026-03-25 08:00", ODENSE),
        ("2026-03-25 10:00", "3 working hours", "Tue 2026-03-24 15:00", ODENSE),
        ("2026-03-25 20:00", "1 working hour", "Wed 2026-03-25 15:00", ODENSE),
        ("2026-03-30 08:00", "1 working hour", "Fri 2026-03-27 15:00", ODENSE),
        ("2026-03-26 13:30", "1 working hour", "Thu 2026-03-26 11:30", BREAK),
        ("2026-03-29 06:00", "6 working hours", "Sat 2026-03-28 23:00", NIGHT),
        ("2026-03-26 10:00", "1 working day", "Wed 2026-03-25 10:00", ODENSE),
        ("2026-03-30 10:00", "1 working day", "Fri 2026-03-27 10:00", ODENSE),
        ("2026-12-28 10:00", "1 working day", "Wed 2026-12-23 10:00", ODENSE),
        ("2026-12-27 10:00", "1 working day", "Tue 2026-12-22 16:00", ODENSE),
        ("2026-03-30 08:00", "1 working day", "Thu 2026-03-26 16:00", ODENSE),
        ("2026-03-30 15:00", "1 working day", "Fri 2026-03-27 12:30", BREAK),
        ("2026-03-30 12:00", "1 working day", "Fri 2026-03-27 12:00", BREAK),
        ("2026-03-31 12:30", "1 working day", "Mon 2026-03-30 12:00", BREAK),
        ("2026-03-26 00:00", "1 working day", "Wed 2026-03-25 00:00", NIGHT),
    ],
)
def test_a_reminder_before_a_due_time(due: str, duration: str, moment: str, site: Site) -> None:
    assert local(before(at(due, site), parse_duration(duration), site), site) == moment


@pytest.mark.parametrize("unit", [Unit.DAYS, Unit.WORKING_DAYS, Unit.WORKING_HOURS, Unit.HOURS])
def test_the_parts_of_a_second_are_kept(unit: Unit) -> None:
    start = at("2026-03-25 10:00:30.123456")
    assert add(start, Duration(1, unit), ODENSE).strftime("%S.%f") == "30.123456"
    assert before(start, Duration(1, unit), ODENSE).strftime("%S.%f") == "30.123456"


def test_any_zone_comes_in() -> None:
    tokyo = datetime(2026, 3, 25, 18, 0, tzinfo=ZoneInfo("Asia/Tokyo"))  # 10:00 in Denmark
    assert local(add(tokyo, parse_duration("1 working day"), ODENSE)) == "Thu 2026-03-26 10:00"
    assert is_open(tokyo, ODENSE)
    assert next_open(tokyo, ODENSE).tzinfo is UTC
