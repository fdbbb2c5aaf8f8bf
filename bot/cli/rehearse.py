"""A bot for one talk: a simulation store, a clock that stands still, screens in memory. For `play` and for tests."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from adapters.directory.file import FileDirectory
from bot import wiring
from bot.core.effects import Reply
from bot.core.events import PersonEvent
from bot.core.ids import CaseId
from bot.core.people import PersonId
from bot.runtime.clocks import MovableClock
from bot.runtime.files import Attachment, NotKept
from bot.runtime.ids import RandomIds
from bot.runtime.service import Service
from bot.settings import Settings
from bot.simulation.screens import PLATFORM, Screens, StageChannel
from bot.simulation.stage import Stage
from bot.simulation.transcript import Replay, Transcript
from storage.master import LENGTH, MasterKey
from storage.store import SqliteStore


class Rehearsal:
    """A service over one database, that can be dropped at any moment and opened again from disk."""

    def __init__(self, settings: Settings, url: str, key: MasterKey, clock: MovableClock, screens: Screens) -> None:
        own = settings.storage.model_copy(update={"url": url})
        self.settings = settings.model_copy(update={"storage": own})
        self.key = key
        self.clock = clock
        self.screens = screens
        self.people: FileDirectory = wiring.directory(self.settings, key, (PLATFORM,))
        self.store: SqliteStore
        self.service: Service
        self.settled: wiring.Settled
        self._cases: dict[CaseId, None] = {}

    async def open(self, *, timers: bool) -> None:
        self.store = await wiring.open_store(self.settings, self.key, simulation=True)
        languages = self.settings.organisation.languages
        await wiring.publish(self.store, self.settings.flows.path, languages, self.clock.now())
        published = await wiring.load_published(self.store)
        self.settled = wiring.Settled(self.settings, self.key, self.people, published)
        channels = {PLATFORM: StageChannel(self.screens)}
        self.service = Service(self.store, channels, self.settled.setting, self.clock, RandomIds())
        await self.service.start(timers=timers)

    async def drop(self) -> None:
        """Stop without grace, as a killed process does: what is not committed is gone."""
        await self.service.drop()

    def stage(self) -> Stage:
        return Stage(
            take=self._take,
            attach=self._attach,
            quiet=self._quiet,
            fire_due=self._fire_due,
            next_timer=self._next_timer,
            people=self.people.people,
            screens=self.screens,
            clock=self.clock,
        )

    # whoever is on the stage keeps on talking when the service behind these was dropped and opened again

    async def _take(self, event: PersonEvent) -> Reply:
        return await self.service.take(event)

    async def _attach(
        self, event_id: str, at: datetime, person: PersonId, platform: str, attached: tuple[Attachment, ...]
    ) -> Reply | NotKept:
        return await self.service.attach(event_id, at, person, platform, attached)

    async def _quiet(self) -> None:
        await self.service.quiet()

    async def _fire_due(self) -> int:
        return await self.service.fire_due()

    async def _next_timer(self) -> datetime | None:
        return await self.store.next_timer()

    async def case(self) -> str:
        """How the newest case stands, for `=` lines: status, owner, level."""
        newest = None
        async with self.store.begin() as tx:
            for person in self.people.people():
                self._cases.update(dict.fromkeys(await tx.cases_of(person.id)))
            for case in self._cases:
                file = await tx.load(case)
                begun = file is not None and file.sessions  # a word of greeting is no case yet
                if file is not None and begun and (newest is None or file.case.created >= newest.created):
                    newest = file.case
        if newest is None:
            return "none"
        owner = self.people.people().get(newest.owner)
        name = owner.first_name.casefold() if owner is not None else "nobody"
        return f"{newest.status}, owner {name}, {newest.level}"


@asynccontextmanager
async def rehearsal(settings: Settings, start: datetime) -> AsyncIterator[Rehearsal]:
    """A rehearsal in a folder of its own that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="bistand-") as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'rehearsal.sqlite'}"
        made = Rehearsal(settings, url, MasterKey(bytes(LENGTH)), MovableClock(start), Screens())
        await made.open(timers=False)
        try:
            yield made
        finally:
            await made.service.stop()


async def rehearse(settings: Settings, transcript: Transcript, *, reopen: bool = False) -> None:
    """Replay a transcript; with `reopen`, the bot is dropped and opened from disk before every line.

    Raises:
        TranscriptError: the bot said something else, or the transcript cannot be read.
    """
    async with rehearsal(settings, transcript.start) as made:
        between: Callable[[], Awaitable[None]] | None = None
        if reopen:

            async def again() -> None:
                await made.drop()
                await made.open(timers=False)
                await made.service.quiet()

            between = again
        await Replay(made.stage(), made.case, between).run(transcript)
