"""Time on the stage: it is moved forward, and what is due happens on the way, each at its own moment."""

from __future__ import annotations

from collections.abc import Awaitable
from datetime import datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.runtime.clocks import MovableClock

MORNING = time(8)


class Timed(Protocol):
    """A bot whose timers fire only when asked, or of themselves as well."""

    def fire_due(self) -> Awaitable[int]: ...

    def next_timer(self) -> Awaitable[datetime | None]: ...

    def quiet(self) -> Awaitable[None]: ...


async def pass_time(bot: Timed, clock: MovableClock, by: timedelta) -> None:
    """Move the clock, firing every timer at its own time on the way."""
    end = clock.now() + by
    await bot.fire_due()
    await bot.quiet()
    while True:
        following = await bot.next_timer()
        now = clock.now()
        if following is None or following > end:
            break
        await clock.move(max(timedelta(), following - now))
        if await bot.fire_due() == 0:
            break
        await bot.quiet()
    await clock.move(max(timedelta(), end - clock.now()))
    await bot.fire_due()  # nothing is due, but somebody may be away by now
    await bot.quiet()


def next_morning(now: datetime, zone: ZoneInfo) -> datetime:
    """The next eight o'clock, UTC or whatever zone `now` is in."""
    local = now.astimezone(zone)
    morning = datetime.combine(local.date(), MORNING, zone)
    if morning <= local:
        morning = datetime.combine(local.date() + timedelta(days=1), MORNING, zone)
    return morning.astimezone(now.tzinfo)
