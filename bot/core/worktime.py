"""Deadlines by the clock, and by the working time of a site.

Rule 1. Moments come in with any zone and go out in UTC.
Rule 2. `min` and `hours` are time that passes, whatever clocks do.
Rule 3. `days` and `weeks` keep the time of day at the site: 1 day from Monday 15:00 is Tuesday 15:00, also when clocks
        change in between.
Rule 4. A time of day that clocks skip is the moment they jump. One that comes twice is the first; a start in its second
        pass counts as the end of that pass. So a later start never gives an earlier deadline.
Rule 5. Working hours are open time that passes. A site is open from the start of a span until before its end, on days
        that are no holidays. What ends exactly at closing time is due at closing time, not at the next opening.
Rule 6. Working days end at the same time of day that many open days later; a start outside opening hours counts from
        the next opening. Where that day opens later or has a break, it is due at that opening; where it closes earlier,
        at closing time.
Rule 7. Going back (a reminder before a due time) mirrors this: outside opening hours it counts from the last closing.
Rule 8. A search that finds no open time within ten years is the operator's mistake, and said so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Self, assert_never
from zoneinfo import ZoneInfo

from bot.core.durations import Duration, Unit
from bot.errors import SettingsError

DAYS_SEARCHED = 3660

_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)
_MIDNIGHT = time()

#: Opening and closing time of day; closing at 00:00 is midnight at the end of the day.
Span = tuple[time, time]


@dataclass(frozen=True, slots=True)
class Hours:
    """When a site is open, Monday first: each day's spans in local time, in order. A night shift is two spans."""

    week: tuple[tuple[Span, ...], ...]

    @classmethod
    def of(cls, days: Mapping[int, Sequence[Span]]) -> Self:
        """From weekdays (0 is Monday) to spans; days not named are closed."""
        unknown = set(days) - set(range(7))
        if unknown:
            raise ValueError(f"weekdays are 0 (Monday) to 6 (Sunday), not {sorted(unknown)}")
        return cls(tuple(tuple(days.get(day, ())) for day in range(7)))

    def __post_init__(self) -> None:
        if len(self.week) != 7:
            raise ValueError("opening hours need seven days, Monday first")
        for spans in self.week:
            closed_at = _MIDNIGHT
            for number, (start, end) in enumerate(spans):
                if start.tzinfo is not None or end.tzinfo is not None:
                    raise ValueError("opening hours are local times, without a zone")
                if number and (closed_at == _MIDNIGHT or start < closed_at):
                    raise ValueError(f"the opening hours from {start:%H:%M} begin before those before them end")
                if end <= start and end != _MIDNIGHT:
                    raise ValueError(
                        f"hours from {start:%H:%M} to {end:%H:%M} end before they begin; split them at midnight"
                    )
                closed_at = end
        if not any(self.week):
            raise ValueError("opening hours need at least one open day")


@dataclass(frozen=True, slots=True)
class Site:
    """A place of work: its IANA time zone, opening hours, and the local dates on which it stays closed.

    Raises ValueError for a time zone that is not known.
    """

    name: str
    timezone: str
    hours: Hours
    holidays: frozenset[date] = frozenset()
    zone: ZoneInfo = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        try:
            zone = ZoneInfo(self.timezone)
        except (OSError, LookupError, ValueError):
            raise ValueError(f'"{self.timezone}" is no time zone; write one such as Europe/Copenhagen') from None
        object.__setattr__(self, "zone", zone)


def is_open(moment: datetime, site: Site) -> bool:
    """Whether the site is open at this moment."""
    wall = _wall(moment, site.zone)
    return any(start <= wall < end for start, end in _spans(wall.date(), site))


def next_open(moment: datetime, site: Site) -> datetime:
    """This moment if the site is open, else the next at which it opens; UTC. Raises SettingsError by Rule 8."""
    if is_open(moment, site):
        return _utc(moment)
    return _instant(_next_open(_wall(moment, site.zone), site), site.zone)


def add(start: datetime, duration: Duration, site: Site) -> datetime:
    """When this much time has passed from `start`; UTC, always later. Raises SettingsError by Rule 8."""
    match duration.unit:
        case Unit.MIN:
            return _utc(start) + timedelta(minutes=duration.amount)
        case Unit.HOURS:
            return _utc(start) + timedelta(hours=duration.amount)
        case Unit.DAYS:
            return _instant(_wall(start, site.zone) + timedelta(days=duration.amount), site.zone)
        case Unit.WEEKS:
            return _instant(_wall(start, site.zone) + timedelta(weeks=duration.amount), site.zone)
        case Unit.WORKING_HOURS:
            return _add_working_hours(start, duration, site)
        case Unit.WORKING_DAYS:
            return _add_working_days(start, duration, site)
        case _:
            assert_never(duration.unit)


def before(due: datetime, duration: Duration, site: Site) -> datetime:
    """The moment from which this much time is left until `due`; UTC. Raises SettingsError by Rule 8."""
    match duration.unit:
        case Unit.MIN:
            return _utc(due) - timedelta(minutes=duration.amount)
        case Unit.HOURS:
            return _utc(due) - timedelta(hours=duration.amount)
        case Unit.DAYS:
            return _instant(_wall(due, site.zone) - timedelta(days=duration.amount), site.zone)
        case Unit.WEEKS:
            return _instant(_wall(due, site.zone) - timedelta(weeks=duration.amount), site.zone)
        case Unit.WORKING_HOURS:
            return _less_working_hours(due, duration, site)
        case Unit.WORKING_DAYS:
            return _less_working_days(due, duration, site)
        case _:
            assert_never(duration.unit)


def _add_working_hours(start: datetime, duration: Duration, site: Site) -> datetime:
    begin, left = _utc(start), timedelta(hours=duration.amount)
    for opens, closes in _open_from(_wall(start, site.zone).date(), site):
        since, until = max(_instant(opens, site.zone), begin), _instant(closes, site.zone)
        if since + left <= until:
            return since + left
        left -= max(until - since, timedelta())
    raise _too_little(site, duration)


def _less_working_hours(due: datetime, duration: Duration, site: Site) -> datetime:
    end, left = _utc(due), timedelta(hours=duration.amount)
    for opens, closes in _open_until(_wall(due, site.zone).date(), site):
        since, until = _instant(opens, site.zone), min(_instant(closes, site.zone), end)
        if until - left >= since:
            return until - left
        left -= max(until - since, timedelta())
    raise _too_little(site, duration)


def _add_working_days(start: datetime, duration: Duration, site: Site) -> datetime:
    begin = _next_open(_wall(start, site.zone), site)
    return _working_days_away(begin.date(), begin, _DAY, duration, site)


def _less_working_days(due: datetime, duration: Duration, site: Site) -> datetime:
    wall = _wall(due, site.zone)
    for opens, closes in _open_until(wall.date(), site):
        if opens < wall:
            return _working_days_away(opens.date(), min(wall, closes), -_DAY, duration, site)
    raise _too_little(site, duration)


def _working_days_away(day: date, wall: datetime, step: timedelta, duration: Duration, site: Site) -> datetime:
    """The time of day of `wall` so many open days from `day`, brought within opening hours (Rule 6)."""
    since_midnight = wall - datetime.combine(day, _MIDNIGHT)
    left = duration.amount
    for number in range(1, DAYS_SEARCHED):
        found = day + number * step
        spans = _spans(found, site)
        left -= bool(spans)
        if left == 0:
            same_time = datetime.combine(found, _MIDNIGHT) + since_midnight
            opens, closes = next((span for span in spans if same_time <= span[1]), spans[-1])
            return _instant(min(max(same_time, opens), closes), site.zone)
    raise _too_little(site, duration)


def _next_open(wall: datetime, site: Site) -> datetime:
    """This local time if the site is open, else the next opening."""
    for opens, closes in _open_from(wall.date(), site):
        if wall < closes:
            return max(wall, opens)
    raise _too_little(site, Duration(1, Unit.WORKING_DAYS))


def _too_little(site: Site, duration: Duration) -> SettingsError:
    hint = "Give it more opening hours, or fewer holidays."
    return SettingsError(f'The site "{site.name}" has less than {duration} within ten years. {hint}')


def _open_from(day: date, site: Site) -> Iterator[tuple[datetime, datetime]]:
    """The open spans from this local date on, for as long as is searched."""
    for number in range(DAYS_SEARCHED):
        yield from _spans(day + number * _DAY, site)


def _open_until(day: date, site: Site) -> Iterator[tuple[datetime, datetime]]:
    """The open spans from this local date backwards, for as long as is searched."""
    for number in range(DAYS_SEARCHED):
        yield from reversed(_spans(day - number * _DAY, site))


def _spans(day: date, site: Site) -> list[tuple[datetime, datetime]]:
    """The open spans of a local date, without those that a change of clocks swallows."""
    if day in site.holidays:
        return []
    spans = [
        (datetime.combine(day, start), datetime.combine(day if end != _MIDNIGHT else day + _DAY, end))
        for start, end in site.hours.week[day.weekday()]
    ]
    return [(opens, closes) for opens, closes in spans if _instant(opens, site.zone) < _instant(closes, site.zone)]


def _utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(UTC)


def _wall(moment: datetime, zone: ZoneInfo) -> datetime:
    """The latest time of day that local clocks have shown up to this moment (Rule 4)."""
    utc = _utc(moment)
    local = utc.astimezone(zone)
    if local.fold == 0:
        return local.replace(tzinfo=None)
    first_pass = local.replace(fold=0).astimezone(UTC)
    turned_back = _change(first_pass, utc, zone)
    return (turned_back - _SECOND).astimezone(zone).replace(tzinfo=None) + _SECOND


def _instant(wall: datetime, zone: ZoneInfo) -> datetime:
    """The first moment, in UTC, at which local clocks have reached this time of day (Rule 4)."""
    local = wall.replace(tzinfo=zone)
    utc = local.astimezone(UTC)
    if utc.astimezone(zone).replace(tzinfo=None) == wall:
        return utc
    return _change(local.replace(fold=1).astimezone(UTC), utc, zone)


def _change(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The moment between these two at which the zone's clocks change; it falls on a whole second."""
    before, after = before.replace(microsecond=0), after.replace(microsecond=0)
    offset = before.astimezone(zone).utcoffset()
    while after - before > _SECOND:
        middle = before + (after - before) // _SECOND // 2 * _SECOND
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after
