"""Time on the stage: it is moved forward, and what is due happens on the way, each at its own moment.

Rule 1. The clock goes from timer to timer. While a platform is down it goes minute by minute: whoever waits for the
        platform looks again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Collection
from datetime import datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.runtime.clocks import MovableClock

MORNING = time(8)
MINUTE = timedelta(minutes=1)
#: How often those whom the clock wakes are let on, before it is asked whether they are at work: they go by a few locks.
STEPS = 20


class Timed(Protocol):
    """A bot whose timers fire only when asked, or of themselves as well."""

    def fire_due(self) -> Awaitable[int]: ...

    def next_timer(self) -> Awaitable[datetime | None]: ...

    def quiet(self) -> Awaitable[None]: ...

    def down(self) -> Collection[str]:
        """The platforms that take no messages now."""


async def pass_time(bot: Timed, clock: MovableClock, by: timedelta) -> None:
    """Move the clock, firing every timer at its own time on the way."""
    end = clock.now() + by
    await bot.fire_due()
    await bot.quiet()
    while True:
        following = await bot.next_timer()
        now = clock.now()
        if bot.down() and now < end:
            soon = following if following is not None and following > now else end
            await _look_again(bot, clock, min(now + MINUTE, soon, end))
            continue
        if following is None or following > end:
            break
        await clock.move(max(timedelta(), following - now))
        if await bot.fire_due() == 0:
            break
        await bot.quiet()
    await clock.move(max(timedelta(), end - clock.now()))
    await bot.fire_due()  # nothing is due, but somebody may be away by now
    await bot.quiet()


async def _look_again(bot: Timed, clock: MovableClock, moment: datetime) -> None:
    await clock.move(max(timedelta(), moment - clock.now()))
    for _ in range(STEPS):
        await asyncio.sleep(0)
    await bot.quiet()
    await bot.fire_due()
    await bot.quiet()


def next_morning(now: datetime, zone: ZoneInfo) -> datetime:
    """The next eight o'clock, UTC or whatever zone `now` is in."""
    local = now.astimezone(zone)
    morning = datetime.combine(local.date(), MORNING, zone)
    if morning <= local:
        morning = datetime.combine(local.date() + timedelta(days=1), MORNING, zone)
    return morning.astimezone(now.tzinfo)
