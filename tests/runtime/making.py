"""A bot as tests want it: the real flows and people, read once a process; a store of its own; channels of the test's."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from bot import wiring
from bot.cases.case import CaseFile
from bot.cases.permissions import Engine
from bot.core.ids import CaseId
from bot.flow.library import Library
from bot.flow.model import Flows
from bot.runtime.clocks import MovableClock
from bot.runtime.detour import BESIDE
from bot.runtime.ids import RandomIds
from bot.runtime.ports import Channel, Ids
from bot.runtime.service import Service
from bot.runtime.view import Setting
from bot.settings import Settings, load
from bot.simulation.screens import PLATFORM, Screens, StageChannel
from bot.simulation.stage import Stage
from storage.master import MasterKey
from storage.store import SqliteStore

ROOT = Path(__file__).parents[2]
KEY = MasterKey(bytes(range(32)))
#: A Monday morning, in working time.
START = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


@cache
def settings() -> Settings:
    found = load(ROOT / "app.yaml", {})
    people = found.people.model_copy(update={"file": ROOT / "people.sample.yaml"})
    flows = found.flows.model_copy(update={"path": ROOT / "flows"})
    return found.model_copy(update={"people": people, "flows": flows})


@cache
def library() -> Library:
    found = wiring.read_library(settings().flows.path, settings().organisation.languages)
    assert not found.problems
    return found


@cache
def setting(platforms: tuple[str, ...] = (PLATFORM,), *, mail: bool = False) -> Setting:
    """The organisation of the sample file, with the flows of the house."""
    own = settings()
    if mail:
        own = own.model_copy(update={"mail": own.mail.model_copy(update={"host": "localhost"})})
    directory = wiring.directory(own, KEY, platforms)
    flows = library().flows
    published = wiring.Published(Flows(flows, {(f.name, f.structure): f for f in flows.values()}), library())
    return wiring.Settled(own, KEY, directory, published).setting()


def url(folder: Path) -> str:
    return f"sqlite+aiosqlite:///{folder}/bistand.sqlite"


def open_store(folder: Path) -> Awaitable[SqliteStore]:
    return SqliteStore.open(url(folder), KEY, kind="simulation")


async def new_store(folder: Path) -> Path:
    """A new, empty store in a folder of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    await (await open_store(folder)).close()
    return folder


class House:
    """A service over one database, that can be dropped at any moment and opened again from disk."""

    def __init__(
        self,
        folder: Path,
        *,
        channel: Channel | None = None,
        clock: MovableClock | None = None,
        ids: Ids | None = None,
        screens: Screens | None = None,
        others: Mapping[str, Channel] | None = None,
    ) -> None:
        """`others` are ways out beside the screens: a second chat, mail, the pager."""
        self.folder = folder
        self.others = others or {}
        chats = tuple(name for name in self.others if name not in BESIDE)
        self._platforms = (PLATFORM, *chats)
        self._given: Setting | None = None
        self.screens = screens or Screens()
        self.clock = clock or MovableClock(START)
        self.channel: Channel = channel or StageChannel(self.screens)
        self.ids: Ids = ids or RandomIds()
        self.store: SqliteStore
        self.service: Service

    @property
    def setting(self) -> Setting:
        """The one that was given, or else that of everybody, as it is now."""
        return self._given or setting(self._platforms, mail="mail" in self.others)

    @setting.setter
    def setting(self, given: Setting) -> None:
        self._given = given

    async def open(self, *, timers: bool = False) -> House:
        self.store = await open_store(self.folder)
        channels: Mapping[str, Channel] = {PLATFORM: self.channel, **self.others}
        self.service = Service(self.store, channels, lambda: self.setting, self.clock, self.ids)
        await self.service.start(timers=timers)
        return self

    async def again(self) -> None:
        """Drop everything as a kill does, and open it from disk."""
        await self.service.drop()
        await self.open()
        await self.service.quiet()

    async def wait(self, by: timedelta) -> None:
        """Move the clock, and return when what it woke has nothing more to do. Timers fire only when asked."""
        await self.clock.move(by)
        for _ in range(10):
            await asyncio.sleep(0)
        await self.service.quiet()

    def stage(self) -> Stage:
        return Stage(
            take=lambda event: self.service.take(event),
            attach=lambda *file: self.service.attach(*file),
            quiet=lambda: self.service.quiet(),
            fire_due=lambda: self.service.fire_due(),
            next_timer=lambda: self.store.next_timer(),
            people=lambda: setting().people,
            screens=self.screens,
            clock=self.clock,
        )

    async def files(self) -> list[CaseFile]:
        """All cases there are, the oldest first."""
        return await all_cases(self.store)


async def all_cases(store: SqliteStore) -> list[CaseFile]:
    rows = store._reader.execute("SELECT id FROM cases ORDER BY number").fetchall()
    async with store.begin() as tx:
        found = [await tx.load(CaseId(case), Engine.LOOK_AFTER) for (case,) in rows]
    return [file for file in found if file is not None]
