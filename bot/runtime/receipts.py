"""What became of messages, written in batches: what several lanes finished in the same breath shares one commit."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from bot.runtime.owed import Outcome
from bot.runtime.ports import Clock, Store
from bot.runtime.reach import Reached


class Receipts:
    def __init__(
        self, store: Store, reached: Reached, clock: Clock, written: Callable[[Sequence[Outcome]], None]
    ) -> None:
        """`written` is called with what is on the disk now, and with nothing when the writing has come to its end."""
        self._store = store
        self._reached = reached
        self._clock = clock
        self._written = written
        self._waiting: list[tuple[Sequence[Outcome], asyncio.Future[None]]] = []
        self._task: asyncio.Task[None] | None = None

    @property
    def busy(self) -> bool:
        return self._task is not None

    async def settle(self, outcomes: Sequence[Outcome]) -> None:
        """Return when these are written. Raises what the store raises."""
        if not outcomes:
            return
        written: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((outcomes, written))
        if self._task is None:  # it begins a moment later: lanes that finish in the same breath share the commit
            self._task = asyncio.create_task(self._write(), name="receipts")
        await written

    async def end(self) -> None:
        """Return when all is written."""
        if self._task is not None:
            await asyncio.gather(self._task, return_exceptions=True)

    def cancel(self) -> Sequence[asyncio.Task[None]]:
        """Write nothing more; returns what to wait for."""
        if self._task is None:
            return ()
        self._task.cancel()
        return (self._task,)

    async def _write(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting, []
                await self._write_batch(batch)
        finally:
            self._task = None
            self._written(())

    async def _write_batch(self, batch: Sequence[tuple[Sequence[Outcome], asyncio.Future[None]]]) -> None:
        outcomes = [outcome for lane, _ in batch for outcome in lane]
        try:
            await self._reached.keep()
            await self._store.settle(outcomes, self._clock.now())
        except Exception as error:  # noqa: BLE001 - told to every lane that waits for it
            for _, written in batch:
                if not written.done():
                    written.set_exception(error)
            return
        self._written(outcomes)
        for _, written in batch:
            if not written.done():
                written.set_result(None)
