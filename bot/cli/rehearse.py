"""Transcripts are replayed on a bot of their own: a clock that stands still, screens in memory."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from bot.cli.simulated import SimulatedBot
from bot.core.people import Absence, PersonId
from bot.runtime.clocks import MovableClock
from bot.runtime.ports import Channel
from bot.settings import Settings
from bot.simulation.replay import Replay
from bot.simulation.screens import SECOND, Screens, StageChannel
from bot.simulation.stage import Stage
from bot.simulation.transcript import Transcript
from bot.simulation.weather import Does, Turn, Weather
from storage.master import LENGTH, MasterKey


class Rehearsal(SimulatedBot):
    """A bot whose people sit at one terminal."""

    def __init__(self, settings: Settings, url: str, key: MasterKey, clock: MovableClock, screens: Screens) -> None:
        self.weather = Weather()
        super().__init__(settings, url, key, clock, StageChannel(screens, self.weather))
        self.screens = screens

    def channels(self) -> Mapping[str, Channel]:
        return {**super().channels(), SECOND: StageChannel(self.screens, self.weather, SECOND)}

    def stage(self) -> Stage:
        return Stage(
            take=self.take,
            attach=self.attach,
            quiet=self.quiet,
            fire_due=self.fire_due,
            next_timer=self.next_timer,
            people=self.people,
            screens=self.screens,
            clock=self.clock,
            down=self.down,
        )

    def speak(self, person: PersonId, language: str) -> None:
        self.speakers.speak(person, language)

    def leave_for(self, person: PersonId, absence: Absence) -> None:
        self.speakers.leave_for(person, absence)

    async def turn(self, turn: Turn, person: PersonId | None) -> None:
        """The weather changes; where the platform tells of it, the bot hears it."""
        self.weather.turn(turn, person)
        if person is not None and turn.does is Does.JOINS:
            self.speakers.join(person, turn.platform)
            await self.service.installed(person, turn.platform)
            await self.service.people_changed()
        elif person is not None and turn.does is Does.LEAVES:
            await self.service.removed(person, turn.platform)
        await self.quiet()

    async def move(self, person: PersonId, what: str, other: PersonId | None) -> None:
        """Somebody leaves, comes to stand under somebody, or is declared somebody's partner; all cases hear of it."""
        if other is None:
            self.speakers.leave(person)
        elif what == "under":
            self.speakers.put_under(person, other)
        else:
            self.speakers.declare(person, other)
        await self.service.people_changed()
        await self.quiet()

    async def case(self) -> str:
        """How the newest case stands, for `=` lines: status, owner, level."""
        files = await self.files()
        if not files:
            return "none"
        newest = files[0].case
        owner = self.people().get(newest.owner)
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
        for who, language in transcript.speaks.items():
            made.speak(made.stage().person(who), language)
        await Replay(made.stage(), made, between).run(transcript)
