"""No case is forgotten: every open one is looked over every few minutes, and climbs where nobody would ever come.

Rule 1. What is wrong is decided by `bot.cases.watch`, here and once more in the turn that mends it.
Rule 2. A case whose look fails is looked over the next time, and does not hold up the others.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import structlog

from bot.cases.permissions import Engine
from bot.cases.watch import Trouble, Watched, has_owner, trouble
from bot.core.events import Event, LookedAt
from bot.core.ids import CaseId
from bot.runtime.ports import Clock, Store
from bot.runtime.view import Setting

log = structlog.get_logger(__name__)
EVERY = timedelta(minutes=5)


class Watch:
    """`counts` are what the looks have seen: figures for whoever runs the bot."""

    def __init__(
        self, store: Store, take: Callable[[Event], Awaitable[object]], setting: Callable[[], Setting], clock: Clock
    ) -> None:
        self._store = store
        self._take = take
        self._setting = setting
        self._clock = clock
        self._task: asyncio.Task[None] | None = None
        self.counts = Watched()
        self._next = datetime.min.replace(tzinfo=UTC)

    def start(self) -> None:
        self._task = asyncio.create_task(self._poll(), name="watch")

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def look_in_time(self) -> int:
        """Look, unless that was done just now."""
        return await self.look() if self._next <= self._clock.now() else 0

    async def look(self) -> int:
        """Look over every open case once; returns how many had to climb."""
        self._next = self._clock.now() + EVERY
        now, seen = self._clock.now(), Watched(mended=self.counts.mended)
        mended = 0
        for case in await self._store.open_cases(Engine.LOOK_AFTER):
            try:
                found = await self._trouble(case, now, seen)
                if found is not None:
                    await self._take(LookedAt(f"l:{case}:{now.timestamp()}", now, case))
                    seen.mended[found] += 1
                    mended += 1
            except Exception:
                log.exception("look_failed", case=case)
        self.counts = seen
        return mended

    async def _trouble(self, case: CaseId, now: datetime, seen: Watched) -> Trouble | None:
        world = self._setting().world(now)
        async with self._store.begin() as tx:
            file = await tx.load(case, Engine.LOOK_AFTER)
            waits = file is not None and await tx.waits(case, file.case.rung)
        if file is None:
            return None
        seen.open += 1
        seen.without_owner += not has_owner(file.case, world)
        return trouble(file.case, world, waits=waits)

    async def _poll(self) -> None:
        while True:
            try:
                await self.look()
            except Exception:
                log.exception("looks_failed")
            await self._clock.wait_until(self._clock.now() + EVERY)
