"""Clocks: the machine's, and one that is moved by hand in the simulator and in tests. Both in UTC."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from bot.runtime.ports import Clock


async def nap(clock: Clock, until: datetime | None, woken: asyncio.Event) -> None:
    """Return when it is `until` (UTC, None: never), or when somebody wakes."""
    tasks: list[asyncio.Future[object]] = [asyncio.ensure_future(woken.wait())]
    if until is not None:
        tasks.append(asyncio.ensure_future(clock.wait_until(until)))
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)

    async def wait_until(self, moment: datetime) -> None:
        await asyncio.sleep(max(0.0, (moment - self.now()).total_seconds()))


class MovableClock:
    """Stands still until it is moved, or goes on from where it was moved to (`running`)."""

    def __init__(self, start: datetime, *, running: bool = False) -> None:
        self._start = self._at = start
        self._running = running
        self._since = datetime.now(UTC)
        self._moved = asyncio.Condition()

    def now(self) -> datetime:
        return self._at + (datetime.now(UTC) - self._since if self._running else timedelta())

    async def move(self, by: timedelta) -> None:
        """Move forward; whoever waits looks again."""
        async with self._moved:
            self._at += by
            self._moved.notify_all()

    def reset(self) -> None:
        """Take back every move."""
        self._at = self._start

    async def wait_until(self, moment: datetime) -> None:
        while (left := (moment - self.now()).total_seconds()) > 0:
            async with self._moved:
                if self._running:
                    try:
                        await asyncio.wait_for(self._moved.wait(), left)
                    except TimeoutError:
                        return
                else:
                    await self._moved.wait()
