"""Deadlines by the clock and by the working time of a site."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from bot.core.durations import Duration, Unit, parse_duration
from bot.core.worktime import Hours, Site, add, before, is_open, next_open
from bot.errors import SettingsError

EIGHT_TO_FOUR = Hours.of(dict.fromkeys(range(5), ((time(8), time(16)),)))
ALWAYS = Hours.of(dict.fromkeys(range(7), ((time(0), time(0)),)))
WITH_BREAK = Hours.of(
    dict.fromkeys(range(4), ((time(8), time(12)), (time(13), time(16)))) | {4: ((time(9), time(12, 30)),)}
)
NIGHTS = Hours.of(dict.fromkeys(range(7), ((time(0), time(6)), (time(22), time(0)))))
IN_THE_CHANGE = Hours.of(dict.fromkeys(range(7), ((time(2, 15), time(2, 45)), (time(2, 45), time(9)))))
SATURDAYS = Hours.of({5: ((time(10), time(11)),)})

CHRISTMAS = frozenset(
    {date(2026, 12, 24), date(2026, 12, 25), date(2026, 12, 26), date(2026, 12, 31), date(2027, 1, 1)}
)

ODENSE = Site("Odense", "Europe/Copenhagen", EIGHT_TO_FOUR, CHRISTMAS)
BREAK = Site("Odense", "Europe/Copenhagen", WITH_BREAK, CHRISTMAS)
NIGHT = Site("Odense", "Europe/Copenhagen", NIGHTS)
ROUND_THE_CLOCK = Site("Odense", "Europe/Copenhagen", ALWAYS)
EARLY = Site("Odense", "Europe/Copenhagen", IN_THE_CHANGE)


def at(text: str, site: Site = ODENSE, *, fold: int = 0) -> datetime:
    """A moment from local time, as `2026-03-27 15:50`."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(site.timezone), fold=fold).astimezone(UTC)


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


# Anywhere, over changes of clocks of every kind: an hour, half an hour (Lord Howe), at midnight (Cairo), a whole day
# (Apia, in the last days of 2011), and across a date (St John's turned back from 00:01 to 23:01 until 2011).
zones = st.sampled_from(
    ["Europe/Copenhagen", "Australia/Lord_Howe", "Africa/Cairo", "Pacific/Apia", "America/St_Johns", "Asia/Tokyo"]
)
week_hours = st.sampled_from([EIGHT_TO_FOUR, ALWAYS, WITH_BREAK, NIGHTS, IN_THE_CHANGE, SATURDAYS])
days_off = st.frozensets(st.dates(date(2010, 12, 1), date(2012, 2, 1)), max_size=20)
sites = st.builds(Site, st.just("X"), zones, week_hours, days_off)
durations = st.builds(Duration, st.integers(1, 60), st.sampled_from(Unit))


#: A moment near each of these changes, in UTC.
CHANGES = [
    datetime.fromisoformat(f"2011-{moment}+00:00")
    for moment in (
        "03-27 01:00",
        "10-30 01:00",
        "04-02 15:00",
        "10-01 15:30",
        "12-30 10:00",
        "03-13 03:31",
        "11-06 04:31",
    )
]


def _near_changes() -> st.SearchStrategy[datetime]:
    """Moments of 2011, half of them within hours of a change of clocks somewhere."""
    near = st.builds(
        lambda change, seconds: change + timedelta(seconds=seconds),
        st.sampled_from(CHANGES),
        st.integers(-20 * 3600, 20 * 3600),
    )
    return near | st.integers(0, 365 * 86400).map(lambda s: datetime(2011, 1, 1, tzinfo=UTC) + timedelta(seconds=s))


moments = _near_changes()


@given(sites, moments, durations)
@example(Site("X", "Pacific/Apia", ALWAYS), datetime(2011, 12, 30, 9, 59, tzinfo=UTC), Duration(1, Unit.DAYS))
def test_a_deadline_comes_after_its_start(site: Site, start: datetime, duration: Duration) -> None:
    assert add(start, duration, site) > start
    assert before(start, duration, site) <= start


@given(sites, moments, moments, durations)
def test_a_later_start_never_gives_an_earlier_deadline(
    site: Site, one: datetime, other: datetime, duration: Duration
) -> None:
    first, second = sorted((one, other))
    assert add(first, duration, site) <= add(second, duration, site)
    assert before(first, duration, site) <= before(second, duration, site)


@given(sites, moments, st.integers(1, 7200), durations)
def test_nor_does_one_that_is_little_later(site: Site, start: datetime, seconds: int, duration: Duration) -> None:
    later = start + timedelta(seconds=seconds)
    assert add(start, duration, site) <= add(later, duration, site)
    assert before(start, duration, site) <= before(later, duration, site)


@given(sites, moments, durations)
def test_more_time_is_never_less(site: Site, start: datetime, duration: Duration) -> None:
    more = Duration(duration.amount + 1, duration.unit)
    assert add(start, more, site) >= add(start, duration, site)
    assert before(start, more, site) <= before(start, duration, site)
    if duration.unit not in (Unit.DAYS, Unit.WEEKS):
        assert add(start, more, site) > add(start, duration, site)


@given(sites, moments, st.integers(1, 60), st.sampled_from([Unit.WORKING_HOURS, Unit.WORKING_DAYS]))
def test_working_time_ends_while_the_site_is_open_or_just_closes(
    site: Site, start: datetime, amount: int, unit: Unit
) -> None:
    for end in (add(start, Duration(amount, unit), site), before(start, Duration(amount, unit), site)):
        just_before = end - timedelta(microseconds=1)
        assert is_open(end, site) or is_open(just_before, site)
        on_that_day = end if is_open(end, site) else just_before
        assert on_that_day.astimezone(site.zone).date() not in site.holidays


@given(sites, moments)
def test_the_next_opening_is_open_and_nothing_before_it_is(site: Site, moment: datetime) -> None:
    opens = next_open(moment, site)
    assert opens >= moment
    assert is_open(opens, site)
    between = (opens - moment) / 7
    assert is_open(moment, site) or not any(is_open(moment + n * between, site) for n in range(7))


@settings(deadline=None)
@given(sites, moments, st.integers(1, 20))
def test_working_hours_are_the_open_minutes_that_pass(site: Site, start: datetime, hours: int) -> None:
    """Counted minute by minute, from whole minutes."""
    start = start.replace(second=0, microsecond=0)
    end = add(start, Duration(hours, Unit.WORKING_HOURS), site)
    assume(end - start < timedelta(days=2))
    minutes = int((end - start) / timedelta(minutes=1))
    assert sum(is_open(start + timedelta(minutes=n), site) for n in range(minutes)) == hours * 60


@given(sites, moments, st.integers(1, 60))
def test_going_back_undoes_working_hours(site: Site, moment: datetime, hours: int) -> None:
    start = next_open(moment, site)
    duration = Duration(hours, Unit.WORKING_HOURS)
    assert before(add(start, duration, site), duration, site) == start


@given(st.sampled_from([EIGHT_TO_FOUR, WITH_BREAK, SATURDAYS]), days_off, moments, st.integers(1, 60))
def test_working_days_are_the_open_dates_that_follow(
    hours: Hours, holidays: frozenset[date], moment: datetime, days: int
) -> None:
    site = Site("Odense", "Europe/Copenhagen", hours, holidays)
    first = next_open(moment, site).astimezone(site.zone).date()
    last = add(moment, Duration(days, Unit.WORKING_DAYS), site).astimezone(site.zone).date()
    following = [first + timedelta(n) for n in range(1, (last - first).days + 1)]
    assert sum(bool(hours.week[day.weekday()]) and day not in holidays for day in following) == days
