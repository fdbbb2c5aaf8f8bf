"""What follows a committed turn and is waited for by nobody who was acknowledged: a word beside, a view, a file."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine

import structlog

log = structlog.get_logger(__name__)
#: Seconds that what is under way gets when the bot stops.
STOP_WITHIN = 3.0


class Behind:
    def __init__(self, platform: str) -> None:
        self._platform = platform
        self._tasks: set[asyncio.Task[None]] = set()

    def after(self, work: Coroutine[None, None, None]) -> None:
        """Do this behind what is acknowledged; that it failed is logged."""
        task = asyncio.create_task(self._done(work), name=f"{self._platform} behind")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _done(self, work: Coroutine[None, None, None]) -> None:
        try:
            await work
        except Exception:
            log.exception("behind_failed", platform=self._platform)

    async def quiet(self) -> None:
        """Return when nothing is under way."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def stop(self) -> None:
        """Let what is under way end, for a moment."""
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=STOP_WITHIN)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
