"""What holds for all deadlines, at any site, around any change of clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from bot.core.durations import Duration, Unit
from bot.core.worktime import Hours, Site, add, before, is_open, next_open
from tests.core.sites import ALWAYS, EIGHT_TO_FOUR, IN_THE_CHANGE, NIGHTS, SATURDAYS, WITH_BREAK

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
