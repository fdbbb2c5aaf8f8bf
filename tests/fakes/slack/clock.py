"""The fake's time: a clock of its own that a test moves, or the bot's.

Rule 1. Times are seconds since 1970, as Slack counts them.
Rule 2. Moving a `MovableClock` wakes whoever sleeps until then; nobody else waits. It jumps: sleepers see the new time.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypedDict

from bot.runtime.ports import Clock

Now = Callable[[], float]
Sleep = Callable[[float], Awaitable[None]]


class MovableClock:
    """Stands still until a test moves it; `FakeSlack(now=clock.now, sleep=clock.sleep)`."""

    def __init__(self, start: float | None = None) -> None:
        self._now = time.time() if start is None else start
        self._sleepers: list[tuple[float, asyncio.Future[None]]] = []

    def now(self) -> float:
        return self._now

    async def sleep(self, seconds: float) -> None:
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        woken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        sleeper = (self._now + seconds, woken)
        self._sleepers.append(sleeper)
        try:
            await woken
        finally:
            if sleeper in self._sleepers:
                self._sleepers.remove(sleeper)

    def move(self, seconds: float) -> None:
        """Go on by this many seconds."""
        self._now += seconds
        due = [s for s in self._sleepers if s[0] <= self._now]
        self._sleepers = [s for s in self._sleepers if s[0] > self._now]
        for _, woken in sorted(due, key=lambda s: s[0]):
            if not woken.done():
                woken.set_result(None)


class Time(TypedDict):
    """How the fake is given its time."""

    now: Now
    sleep: Sleep


def of(clock: Clock) -> Time:
    """The bot's own clock, where both live by one: `FakeSlack(**of(clock))`."""

    async def sleep(seconds: float) -> None:
        await clock.wait_until(clock.now() + timedelta(seconds=seconds))

    return {"now": lambda: clock.now().timestamp(), "sleep": sleep}
