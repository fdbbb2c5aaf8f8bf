"""The one door out: what the outbox owes is sent, lane by lane, in order, until it has arrived or cannot.

Rule 1. A lane is sent by one task at a time; the next row goes out when the one before it has.
Rule 2. Receipts are written in batches: what several lanes finished meanwhile shares one commit.
Rule 3. A row that may have been sent before (a crash, a lost receipt, a failure) is looked for before it is sent again.
Rule 4. A verdict has a scope. The *message* (or a fault of ours) pauses its lane, in its order. The *person* (not
        installed, blocked, gone) ends the row. The *channel* lets every lane of the platform wait while one of them
        tries it (`health`).
Rule 5. An alert that is held up too long takes another way (`detour`).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

import structlog

from bot.errors import ChannelDown
from bot.runtime.health import Health
from bot.runtime.owed import Down, Elsewhere, Later, Outcome, Owed
from bot.runtime.ports import Channel, Clock, Store
from bot.runtime.reach import Reached
from bot.runtime.receipts import Receipts
from bot.runtime.retries import Retries
from bot.runtime.send import Sender

log = structlog.get_logger(__name__)
BATCH = 20


class Deliveries:
    """The in-memory bell: a task per lane that has something to send."""

    def __init__(
        self,
        store: Store,
        channels: Mapping[str, Channel],
        reached: Reached,
        clock: Clock,
        answered: Callable[[], None],
        changed: Callable[[Mapping[str, Down]], None] = lambda _down: None,
    ) -> None:
        """`answered` is called when a message that somebody waits for arrived or was given up; `changed` when a
        platform goes down or comes up.
        """
        self._store = store
        self._clock = clock
        self._health = Health(clock, self._stir)
        self._sender = Sender(store, channels, reached, self._health, clock)
        self._receipts = Receipts(store, reached, clock, self._written)
        self._answered = answered
        self._heard = changed
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._again: set[str] = set()
        self._resting: set[str] = set()
        self._held: set[str] = set()
        self._retries: Retries[str] = Retries()
        self._tried: set[int] = set()
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

    def down(self) -> Mapping[str, Down]:
        """The platforms that take no messages now."""
        return self._health.down()

    def lost(self, platform: str, error: ChannelDown) -> None:
        """Somebody beside the lanes was told that a platform is down."""
        self._health.failed(platform, "", error)

    def found(self, platform: str) -> None:
        """Somebody beside the lanes was told that it is up."""
        self._health.answered(platform)

    @property
    def busy(self) -> bool:
        """Whether anything is being sent; a lane that rests after a failure is not busy."""
        return len(self._tasks) > len(self._resting) or self._receipts.busy

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
        await self._receipts.end()

    async def drop(self) -> None:
        """Cancel everything, wherever it is; nothing more is written."""
        self._stopping = self._dropped = True
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), *self._receipts.cancel(), return_exceptions=True)

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

    async def _admitted(self, rows: Sequence[Owed]) -> bool:
        """Whether the platform may be sent to now; False after a wait that was for something else."""
        lane, now = rows[0].lane, self._clock.now()
        until = min((row.detour for row in rows if row.detour is not None and row.detour > now), default=None)
        self._resting.add(lane)
        self._held.add(lane)
        self._changed.set()
        try:
            return await self._health.admitted(rows[0].platform, lane, until)
        finally:
            self._held.discard(lane)
            self._resting.discard(lane)

    def _stir(self) -> None:
        """Lanes that wait for a platform are about to look again."""
        self._heard(self._health.down())
        self._resting -= self._held
        self._held.clear()

    async def _drain(self, lane: str) -> bool:
        """Send a batch; False when the lane is empty."""
        self._again.discard(lane)
        rows = await self._store.owed(lane, BATCH)
        if not rows:
            return lane in self._again
        first, now = rows[0], self._clock.now()
        paused = first.not_before if first.not_before is not None and first.not_before > now else None
        if paused is not None or first.platform in self._health.down():
            others = self._sender.detours(rows, now)
            if others:
                await self._receipts.settle(others)
                return True
        if paused is not None:
            soon = [row.detour for row in rows if row.detour is not None and row.detour > now]
            await self._rest(lane, min([paused, *soon]))
            return True
        if first.platform in self._health.down() and not await self._admitted(rows):
            return True
        try:
            outcomes = await self._send_all(rows)
        finally:
            self._health.released(first.platform, lane)
        # rows that come later ring: the lane needs not be read again to know that it is empty
        return len(outcomes) < len(rows) or len(rows) == BATCH or isinstance(outcomes[-1], Later) or lane in self._again

    async def _send_all(self, rows: Sequence[Owed]) -> list[Outcome]:
        """Send until something stops it; what became of each is written, whatever happens."""
        outcomes: list[Outcome] = []
        try:
            for number, row in enumerate(rows):
                again = row.id <= self._old or row.attempts > 0 or row.id in self._tried
                self._tried.add(row.id)
                outcome = await self._sender.send(row, rows[number + 1 :], outcomes, again=again)
                if outcome is not None:
                    outcomes.append(outcome)
                if outcome is None or isinstance(outcome, Later) or self._stopping:
                    break
        except asyncio.CancelledError:
            if not self._dropped:
                await self._receipts.settle(outcomes)  # what has arrived is not sent again after the stop
            raise
        await self._receipts.settle(outcomes)
        return outcomes

    def _written(self, outcomes: Sequence[Outcome]) -> None:
        self._tried.difference_update(outcome.owed.id for outcome in outcomes)
        self._changed.set()
        self.ring(outcome.new.lane for outcome in outcomes if isinstance(outcome, Elsewhere))
        if any(outcome.owed.awaited and not isinstance(outcome, Later | Elsewhere) for outcome in outcomes):
            self._answered()
