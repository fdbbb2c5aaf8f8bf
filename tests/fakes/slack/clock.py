"""The fake's time: what is due, what is under way, and a clock that a test moves.

Rule 1. Times are seconds since 1970, as Slack counts them.
Rule 2. Moving a `MovableClock` wakes whoever sleeps until then; nobody else waits. It jumps: sleepers see the new time.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

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


class Activity:
    """What is under way in the fake; whoever waits is told of each change."""

    def __init__(self, now: Now, sleep: Sleep) -> None:
        self.now, self._sleep = now, sleep
        self.changes = 0
        self.under_way = 0
        self._due: list[float] = []
        self._changed = asyncio.Event()

    def note(self) -> None:
        """Something happened."""
        self.changes += 1
        self._changed.set()
        self._changed = asyncio.Event()

    @contextmanager
    def busy(self) -> Iterator[None]:
        self.begin()
        try:
            yield
        finally:
            self.end()

    def begin(self) -> None:
        self.under_way += 1
        self.note()

    def end(self) -> None:
        self.under_way -= 1
        self.note()

    async def rest(self, seconds: float) -> None:
        """Sleep in the midst of something under way: meanwhile nothing is, but it is due."""
        wake = self.now() + seconds
        self._due.append(wake)
        self.end()
        try:
            await self._sleep(seconds)
        finally:
            self._due.remove(wake)
            self.begin()

    def idle(self, within: float = 0.0) -> bool:
        """Nothing is under way, and nothing is due within so many seconds."""
        return not self.under_way and not any(wake <= self.now() + within for wake in self._due)

    async def changed(self, seconds: float) -> bool:
        """Wait for the next change, at most so many real seconds. False: there was none."""
        try:
            await asyncio.wait_for(self._changed.wait(), max(seconds, 0))
        except TimeoutError:
            return False
        return True
