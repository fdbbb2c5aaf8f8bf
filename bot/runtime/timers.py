"""Timers: rows polled by their due time. Firing is an event of its own id, so that the inbox settles every race.

Rule 1. Timers that are due fire in the order of their times.
Rule 2. A timer whose turn fails is tried again later, and does not hold up the others.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import structlog

from bot.core.events import Event, TimerFired
from bot.runtime.clocks import nap
from bot.runtime.ports import Clock, DueTimer, Store
from bot.runtime.retries import Retries

log = structlog.get_logger(__name__)
BATCH = 100
#: The longest the poll sleeps: a timer that another process wrote is seen this late at most.
LONGEST_NAP = timedelta(seconds=30)


class Timers:
    def __init__(self, store: Store, take: Callable[[Event], Awaitable[object]], clock: Clock) -> None:
        self._store = store
        self._take = take
        self._clock = clock
        self._retries: Retries[DueTimer] = Retries()
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._poll(), name="timers")

    def ring(self) -> None:
        """A timer was written: it may be the next one."""
        self._wake.set()

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def fire_due(self) -> int:
        """Fire what is due now; returns how many fired."""
        fired = 0
        while True:
            now = self._clock.now()
            found = await self._store.due(now, BATCH + len(self._retries))
            due = [timer for timer in found if not self._retries.rests(timer, now)]
            if not due:
                return fired
            for timer in due:
                await self._fire(timer, now)
                fired += 1

    async def _fire(self, timer: DueTimer, now: datetime) -> None:
        event = TimerFired(f"t:{timer.case}:{timer.key}:{timer.at.timestamp()}", now, timer.case, timer.key, timer.at)
        try:
            await self._take(event)
        except Exception:
            self._retries.failed(timer, now)
            log.exception("timer_failed", case=timer.case)
        else:
            self._retries.done(timer)

    async def _poll(self) -> None:
        while True:
            self._wake.clear()
            following: datetime | None = None
            try:
                await self.fire_due()
                following = await self._store.next_timer()
            except Exception:
                log.exception("timers_failed")
            now = self._clock.now()
            moments = [at for at in (following, self._retries.next(now)) if at is not None and at > now]
            await nap(self._clock, min([*moments, now + LONGEST_NAP]), self._wake)
