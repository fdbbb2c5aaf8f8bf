"""Sites with their hours, and moments at them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from bot.core.worktime import Hours, Site

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


def at(text: str, site: Site = ODENSE, *, fold: int = 0) -> datetime:
    """A moment from local time, as `2026-03-27 15:50`."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(site.timezone), fold=fold).astimezone(UTC)
