"""What is under way in the fake, and how to wait until it is done.

Rule 1. Whoever waits is told of each change; nobody looks again and again, but at what lies outside of the fake.
Rule 2. What sleeps in the midst of its work (a retry, a slow answer) is not under way, but due.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

from tests.fakes.slack.clock import Now, Sleep

GLANCE = 0.02  # real seconds between two looks at what no event tells of


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


class Waiting:
    """The waits of a test."""

    def __init__(self, now: Now, sleep: Sleep) -> None:
        self.now, self.sleep = now, sleep
        self.activity = Activity(now, sleep)

    async def settle(
        self,
        quiet: float = 0.15,
        timeout: float = 10.0,  # noqa: ASYNC109  the failure says which wait it was
        *,
        until: Callable[[], object] | None = None,
        bot: Callable[[], Awaitable[object]] | None = None,
    ) -> None:
        """Wait until nothing is under way and no retry is due soon.

        `bot`: its own wait until it has nothing to do; then no real time passes. `until`: and this holds. With neither
        (a bot that cannot be asked), nothing may happen for `quiet` real seconds. Raises TimeoutError.
        """
        soon = 1.0 if self.sleep is asyncio.sleep else 0.0  # a clock that stands still brings no retry
        async with asyncio.timeout(timeout):
            while True:
                while not self.activity.idle(soon):
                    await self.activity.changed(timeout)
                seen = self.activity.changes
                if bot is not None:
                    await bot()
                elif until is None:
                    await self.activity.changed(quiet)
                if until is not None and not until():
                    await self.activity.changed(GLANCE)
                elif self.activity.idle(soon) and seen == self.activity.changes:
                    return

    async def wait_for(self, condition: Callable[[], Any], timeout: float = 5.0) -> Any:  # noqa: ASYNC109  as above
        """Wait until this holds, of the fake or of the bot; returns what it gave. Raises TimeoutError."""
        async with asyncio.timeout(timeout):
            while not (got := condition()):
                await self.activity.changed(GLANCE)
            return got
