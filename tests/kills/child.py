"""One life of the bot: takes orders of the parent over a pipe until it is killed. All that it knows lies on the disk.

    python -m tests.kills.child FOLDER        runs a life by hand, with BISTAND_KILL=point:n

Rule 1. References come from the event that asks for them, ids of cases one after the other past those that are taken,
        and the clock from a file: a life goes on exactly as its predecessor would have.
Rule 2. An event is acknowledged when `take` has returned, and not before.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import sys
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from bot.cases.case import CaseFile
from bot.cases.permissions import Engine
from bot.core.events import Event, PersonEvent
from bot.core.ids import CaseId
from bot.core.replies import Reply
from bot.observe import configure
from bot.runtime.clocks import MovableClock
from bot.runtime.ids import ALPHABET
from bot.runtime.ports import AuditLine
from bot.runtime.service import Service
from bot.simulation.screens import PLATFORM
from storage.audit import verify
from tests.kills.points import Points, Watched
from tests.kills.sink import Sink
from tests.runtime.making import KEY, START, setting, url

_event: ContextVar[str] = ContextVar("event", default="")


@dataclass(frozen=True)
class Take:
    """One event, or several at the same moment."""

    events: tuple[PersonEvent, ...]


@dataclass(frozen=True)
class Until:
    """Let time pass until this moment, firing what comes due on the way."""

    moment: datetime


@dataclass(frozen=True)
class Arm:
    point: str


@dataclass(frozen=True)
class Look:
    """How everything stands."""


@dataclass(frozen=True)
class Stop:
    """End in peace."""


@dataclass
class State:
    """Everything that is durable, as plain values."""

    files: dict[CaseId, CaseFile] = field(default_factory=dict)
    chains: dict[CaseId, list[AuditLine]] = field(default_factory=dict)
    broken: dict[CaseId, int] = field(default_factory=dict)
    timers: list[tuple[str, str, int]] = field(default_factory=list)
    events: list[tuple[str, bytes]] = field(default_factory=list)
    lanes: list[str] = field(default_factory=list)
    arrived: int = 0


class SameIds:
    """The same in every life: a turn that is tried again gets the same ones, spares that a kill left are drawn again."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._references: dict[str, int] = {}
        self._cases = 0
        self.taken: frozenset[CaseId] = frozenset()

    def begin(self, event: str) -> None:
        _event.set(event)
        self._references.pop(event, None)

    def _hash(self, *what: object) -> bytes:
        return hashlib.sha256(f"{self._seed}:{what}".encode()).digest()

    def case(self) -> CaseId:
        while True:
            self._cases += 1
            found = CaseId(self._hash("case", self._cases).hex()[:16])
            if found not in self.taken:
                return found

    def reference(self) -> str:
        event = _event.get()
        self._references[event] = self._references.get(event, 0) + 1
        drawn = self._hash(event, self._references[event])
        letters = "".join(ALPHABET[byte % len(ALPHABET)] for byte in drawn[:7])
        return f"{letters[:3]}-{letters[3:]}"


class Life:
    def __init__(self, folder: Path, seed: int, armed: str) -> None:
        self.folder = folder
        self.points = Points(armed)
        self.ids = SameIds(seed)
        kept = folder / "clock"
        self.clock = MovableClock(datetime.fromisoformat(kept.read_text()) if kept.exists() else START)
        self.store: Watched
        self.service: Service

    async def start(self) -> None:
        store = await Watched.open(url(self.folder), KEY, kind="simulation")
        assert isinstance(store, Watched)
        self.store = store
        self.store.watch(self.points)
        self.ids.taken = self.store.every_id()
        self.points.pass_("opened")
        channels = {PLATFORM: Sink(self.folder / "sink", self.points)}
        self.service = Service(self.store, channels, setting, self.clock, self.ids)
        turns, take = self.service._turns, self.service._turns.take

        async def taken(event: Event) -> Reply:
            self.ids.begin(event.id)
            return await take(event)

        turns.take = taken  # type: ignore[method-assign]
        await self.service.start()
        self.points.pass_("started")
        await self.rest()

    async def rest(self) -> None:
        """Return when nothing is due, owed or waiting."""
        while True:
            await self.service.fire_due()
            await self.service.quiet()
            await asyncio.sleep(0)
            due = await self.store.due(self.clock.now(), 1)
            if not due and not await self.store.lanes() and not await self.store.arrived():
                return
            await asyncio.sleep(0.001)

    async def take(self, event: PersonEvent) -> None:
        self.points.pass_("take")
        await self.service.take(event)
        self.points.pass_("ack")

    async def until(self, end: datetime) -> None:
        await self.rest()
        while (following := await self.store.next_timer()) is not None and following <= end:
            await self.move(max(following, self.clock.now()))
            await self.rest()
        await self.move(end)
        await self.rest()

    async def move(self, to: datetime) -> None:
        side = self.folder / "clock.new"
        side.write_text(to.isoformat())
        side.replace(self.folder / "clock")
        self.points.pass_("clock")
        await self.clock.move(to - self.clock.now())

    async def look(self) -> State:
        state = State(timers=self.store.every_timer(), events=self.store.every_event())
        for case in self.store.every_case():
            async with self.store._transaction():
                state.files[case] = self.store_tx()(case)
        for case in self.store.every_chain():
            state.chains[case] = list(await self.store.audit(case, Engine.LOOK_AFTER))
            wrong = verify(case, state.chains[case])
            if wrong is not None:
                state.broken[case] = wrong
        state.lanes = list(await self.store.lanes())
        state.arrived = len(await self.store.arrived())
        return state

    def store_tx(self) -> Callable[[CaseId], CaseFile]:
        from storage.outbox import Written
        from storage.tx import Recent, SqliteTx

        store = self.store
        tx = SqliteTx(store._writer, store._vault, (Recent(), Written()), store._new_keys, store._kind)
        return tx._open  # past what is remembered: from the rows themselves


async def live(folder: Path, seed: int, armed: str, parent: Connection) -> None:
    life = Life(folder, seed, armed)
    await life.start()
    parent.send(None)
    while True:
        order: Any = await asyncio.to_thread(parent.recv)
        answer: object = None
        match order:
            case Take(events):
                await asyncio.gather(*(life.take(event) for event in events))
                parent.send("acknowledged")
                await life.rest()
            case Until(moment):
                await life.until(moment)
            case Arm(point):
                life.points.arm(point)
            case Look():
                answer = await life.look()
            case Stop():
                await life.service.stop()
                parent.send(None)
                return
        parent.send(answer)


def run(folder: str, seed: int, armed: str, parent: Connection) -> None:
    configure("error", Path(folder, "log").open("a", encoding="utf-8"))
    asyncio.run(live(Path(folder), seed, armed, parent))


if __name__ == "__main__":
    asyncio.run(Life(Path(sys.argv[1]), 0, os.environ.get("BISTAND_KILL", "")).start())
