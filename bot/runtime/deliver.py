"""The one door out: what the outbox owes is sent, lane by lane, in order, until it has arrived or cannot.

Rule 1. A lane is sent by one task at a time; the next row goes out when the one before it has.
Rule 2. Receipts are written in batches: what several lanes finished meanwhile shares one commit.
Rule 3. A row that may have been sent before (a crash, a lost receipt, a failure) is looked for before it is sent again.
Rule 4. A failure of the platform, or of ours, pauses the lane and keeps the order; one of the person ends the row.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta

import structlog

from bot.core.people import People
from bot.errors import PersonUnreachable, PlatformError
from bot.runtime.ports import Channel, Clock, GivenUp, Later, Outcome, Owed, Post, Receipt, Store
from bot.runtime.retries import Retries, pause

log = structlog.get_logger(__name__)
BATCH = 20


class Deliveries:
    """The in-memory bell: a task per lane that has something to send."""

    def __init__(
        self,
        store: Store,
        channels: Mapping[str, Channel],
        people: Callable[[], People],
        clock: Clock,
        answered: Callable[[], None],
    ) -> None:
        """`answered` is called when a message that somebody waits for arrived or was given up."""
        self._store = store
        self._channels = channels
        self._people = people
        self._clock = clock
        self._answered = answered
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._again: set[str] = set()
        self._resting: set[str] = set()
        self._retries: Retries[str] = Retries()
        self._tried: set[int] = set()
        self._waiting: list[tuple[list[Outcome], asyncio.Future[None]]] = []
        self._settler: asyncio.Task[None] | None = None
        self._changed = asyncio.Event()
        self._old = 0
        self._stopping = False
        self._dropped = False

    async def start(self) -> None:
        """Kick every lane: what was owed before a restart goes out now."""
        self._old = await self._store.newest_owed()
        self.ring(await self._store.lanes())

    def ring(self, lanes: Iterable[str]) -> None:
        for lane in dict.fromkeys(lanes):
            if self._stopping:
                return
            if lane in self._tasks:
                self._again.add(lane)
            else:
                self._tasks[lane] = asyncio.create_task(self._run(lane), name="lane")

    @property
    def busy(self) -> bool:
        """Whether anything is being sent; a lane that rests after a failure is not busy."""
        return len(self._tasks) > len(self._resting) or self._settler is not None

    async def idle(self) -> None:
        """Return when nothing is being sent."""
        while self.busy:
            self._changed.clear()
            await self._changed.wait()

    async def stop(self, within: float) -> None:
        """Let what is being sent finish, for at most `within` seconds; the rest stays owed."""
        self._stopping = True
        for lane in self._resting:
            self._tasks[lane].cancel()
        tasks = list(self._tasks.values())
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=within)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        if self._settler is not None:
            await asyncio.gather(self._settler, return_exceptions=True)

    async def drop(self) -> None:
        """Cancel everything, wherever it is; nothing more is written."""
        self._stopping = self._dropped = True
        tasks = [*self._tasks.values(), *([self._settler] if self._settler is not None else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self, lane: str) -> None:
        try:
            while not self._stopping:
                try:
                    if not await self._drain(lane):
                        return
                    self._retries.done(lane)
                except Exception:
                    log.exception("lane_failed")
                    await self._rest(lane, self._retries.failed(lane, self._clock.now()))
        finally:
            del self._tasks[lane]
            self._changed.set()
            if lane in self._again:
                self._again.discard(lane)
                self.ring((lane,))

    async def _rest(self, lane: str, until: datetime) -> None:
        self._resting.add(lane)
        self._changed.set()
        try:
            await self._clock.wait_until(until)
        finally:
            self._resting.discard(lane)

    async def _drain(self, lane: str) -> bool:
        """Send a batch; False when the lane is empty."""
        self._again.discard(lane)
        rows = await self._store.owed(lane, BATCH)
        if not rows:
            return lane in self._again
        first = rows[0]
        if first.not_before is not None and first.not_before > self._clock.now():
            await self._rest(lane, first.not_before)
            return True
        outcomes: list[Outcome] = []
        try:
            for row in rows:
                outcomes.append(await self._send(row))
                if isinstance(outcomes[-1], Later) or self._stopping:
                    break
        except asyncio.CancelledError:
            if not self._dropped:
                await self._settle(outcomes)  # what has arrived is not sent again after the stop
            raise
        await self._settle(outcomes)
        # rows that come later ring: the lane needs not be read again to know that it is empty
        return len(outcomes) < len(rows) or len(rows) == BATCH or isinstance(outcomes[-1], Later) or lane in self._again

    async def _send(self, row: Owed) -> Outcome:
        person = self._people().get(row.to)
        channel = self._channels.get(row.platform)
        chats = [a.chat for a in person.addresses if a.platform == row.platform] if person is not None else []
        if channel is None or not chats:
            return GivenUp(row, "no_address")
        needs_handle = not isinstance(row.wish, Post)
        handle = await self._store.handle(row.case, row.slot, row.to, row.platform) if needs_handle else None
        if needs_handle and handle is None:
            return Receipt(row, "")  # nothing stands there that could be changed
        again = row.id <= self._old or row.attempts > 0 or row.id in self._tried
        self._tried.add(row.id)
        try:
            return Receipt(row, await channel.send(row, chats[0], handle, again=again))
        except PersonUnreachable as error:
            log.info("given_up", platform=row.platform)
            return GivenUp(row, error.reason)
        except PlatformError as error:
            rest = timedelta(seconds=error.retry_after) if error.retry_after is not None else pause(row.attempts)
            log.warning("send_failed", platform=row.platform, attempts=row.attempts + 1)
            return Later(row, self._clock.now() + rest)
        except Exception:
            log.exception("send_broke", platform=row.platform, attempts=row.attempts + 1)
            return Later(row, self._clock.now() + pause(row.attempts))

    async def _settle(self, outcomes: list[Outcome]) -> None:
        written: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((outcomes, written))
        if self._settler is None:  # a task begins a moment later: lanes that finish in the same breath share the commit
            self._settler = asyncio.create_task(self._write(), name="receipts")
        await written

    async def _write(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting, []
                await self._write_batch(batch)
        finally:
            self._settler = None
            self._changed.set()

    async def _write_batch(self, batch: list[tuple[list[Outcome], asyncio.Future[None]]]) -> None:
        outcomes = [outcome for lane, _ in batch for outcome in lane]
        try:
            await self._store.settle(outcomes, self._clock.now())
        except Exception as error:  # noqa: BLE001 - told to every lane that waits for it
            for _, written in batch:
                if not written.done():
                    written.set_exception(error)
            return
        self._tried.difference_update(outcome.owed.id for outcome in outcomes)
        for _, written in batch:
            if not written.done():
                written.set_result(None)
        if any(outcome.owed.awaited for outcome in outcomes):
            self._answered()
