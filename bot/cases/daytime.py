"""When a person may be written to about something that can wait."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

#: The hours of the day in which an employee is asked how it goes.
DAY = (8, 20)


def by_day(moment: datetime, zone: ZoneInfo) -> datetime:
    """Nobody is asked how it goes in the night: at 8 at the earliest, before 20 at the person's place. UTC."""
    local = moment.astimezone(zone)
    if DAY[0] <= local.hour < DAY[1]:
        return moment
    day = local.date() + timedelta(days=1 if local.hour >= DAY[1] else 0)
    return datetime.combine(day, time(DAY[0]), zone).astimezone(moment.tzinfo)
