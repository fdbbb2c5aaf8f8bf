"""A bot for play and for tests: a simulation store, a clock that is moved, and an end like a kill's."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from bot import wiring
from bot.cases.case import CaseFile
from bot.cases.permissions import Engine
from bot.core.events import PersonEvent
from bot.core.ids import CaseId
from bot.core.people import People, PersonId
from bot.core.replies import Reply
from bot.runtime.clocks import MovableClock
from bot.runtime.detour import BESIDE
from bot.runtime.files import Attachment, NotKept
from bot.runtime.ids import RandomIds
from bot.runtime.people import Sync
from bot.runtime.ports import Channel
from bot.runtime.service import Service
from bot.settings import Settings
from bot.simulation.cast import Speakers
from bot.simulation.screens import PLATFORM
from storage.master import MasterKey
from storage.store import SqliteStore


class SimulatedBot:
    """A service over one database, that can be dropped at any moment and opened again from disk."""

    def __init__(self, settings: Settings, url: str, key: MasterKey, clock: MovableClock, channel: Channel) -> None:
        own = settings.storage.model_copy(update={"url": url})
        self.settings = settings.model_copy(update={"storage": own})
        self.key = key
        self.clock = clock
        self._directory = wiring.joined_directory(self.settings, key, (PLATFORM,), mail=True)
        self.speakers = Speakers(self._directory.people)
        self.store: SqliteStore
        self.service: Service
        self.settled: wiring.Settled
        self._channel = channel

    async def open(self, *, timers: bool = False) -> None:
        self.store = await wiring.open_store(self.settings, self.key, simulation=True)
        await self._publish()
        published = await wiring.load_published(self.store)
        self.settled = wiring.Settled(self.settings, self.key, self.speakers, published)
        sync = Sync(self._directory, (), self.store, self.clock)
        self.service = Service(self.store, self.channels(), self.settled.setting, self.clock, RandomIds(), sync.look)
        await self.service.start(timers=timers)

    def channels(self) -> Mapping[str, Channel]:
        """The ways out, by platform."""
        return dict.fromkeys((PLATFORM, *BESIDE), self._channel)

    async def _publish(self) -> None:
        languages = self.settings.organisation.languages
        await wiring.publish(self.store, self.settings.flows.path, languages, self.clock.now())

    async def drop(self) -> None:
        """Stop without grace, as a killed process does: what is not committed is gone."""
        await self.service.drop()

    def people(self) -> People:
        return self.speakers.people()

    # whoever is on the stage keeps on talking when the service behind these was dropped and opened again

    async def take(self, event: PersonEvent) -> Reply:
        return await self.service.take(event)

    async def attach(
        self, event_id: str, at: datetime, person: PersonId, platform: str, attached: tuple[Attachment, ...]
    ) -> Reply | NotKept:
        return await self.service.attach(event_id, at, person, platform, attached)

    async def file(self, person: PersonId, case: CaseId, name: str) -> Attachment | None:
        return await self.service.file(person, case, name)

    async def quiet(self) -> None:
        await self.service.quiet()

    async def fire_due(self) -> int:
        return await self.service.fire_due()

    async def next_timer(self) -> datetime | None:
        return await self.store.next_timer()

    def down(self) -> Collection[str]:
        return self.service.down()

    async def files(self) -> Sequence[CaseFile]:
        """Every case in which anything was said, the newest first; a word of greeting is no case yet."""
        async with self.store.begin() as tx:
            loaded = [await tx.load(case, Engine.SIMULATE) for case in await self.store.cases(Engine.SIMULATE)]
        return [file for file in reversed(loaded) if file is not None and file.sessions]
