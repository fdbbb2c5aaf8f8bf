"""The talk on the page, written down as a test while it happens.

Rule 1. A test has no clock of its own: time that went by is written before whatever comes of it, in whole minutes, so
        that the test stands at the same minute as the page did.
Rule 2. What the bot answers at once, and no row brings, is written as the replay sees it.
Rule 3. A language counts from where it was chosen.
"""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from pathlib import Path

from adapters.web import script
from adapters.web.chats import Chats
from adapters.web.house import House
from bot.core.events import PersonEvent
from bot.core.files import TELLING
from bot.core.messages import Message
from bot.core.people import People, PersonId
from bot.core.replies import Reply
from bot.runtime.files import Attachment
from bot.simulation.found import send
from bot.simulation.names import name_of
from bot.simulation.recording import seen
from bot.simulation.replay import at_once
from bot.simulation.transcript import duration

MINUTE = timedelta(minutes=1)


class Scribe:
    def __init__(self, house: House, chats: Chats) -> None:
        self._house = house
        self._chats = chats
        chats.write = self._appeared

    def passed(self, until: datetime | None = None) -> list[str]:
        """The time that went by until now, or will until then (UTC); before the first line there is nothing to tell."""
        if self._chats.began is None:
            return []
        told = sum((duration(line) or timedelta() for line in self._chats.script if line[:1] == "+"), timedelta())
        minutes = (_minute(until or self._house.clock.now()) - _minute(self._chats.began) - told) // MINUTE
        return [f"+ {minutes} min"] if minutes > 0 else []

    async def falls_due(self) -> None:
        """Something may fire of itself."""
        following = await self._house.next_timer()
        if following is not None and following <= self._house.clock.now():
            self._chats.lines(*self.passed())

    def did(self, event: PersonEvent) -> list[str]:
        flows = self._house.setting().flows
        line = script.line(event, self._chats.screen(event.person), self._people, flows)
        return [*self.passed(), line] if line is not None else []

    def attached(self, person: PersonId, file: Attachment) -> list[str]:
        sent = send(file.name, file.media_type, len(file.data), file.data[:TELLING])
        return [*self.passed(), script.told(person, sent, self._people)]

    def spoke(self, person: PersonId, language: str) -> list[str]:
        return [*self.passed(), f"speaks: {name_of(person, self._people)} {language}"]

    def answered(self, person: PersonId, reply: Reply) -> None:
        self._chats.lines(*(self._appeared(person, message) for message in at_once(reply)))

    def text(self, name: str) -> str:
        """The whole test."""
        zone = self._house.setting().site.zone
        began = (self._chats.began or self._house.clock.now()).astimezone(zone)
        return "\n".join([f"# {name}", f"at: {began:%Y-%m-%d %H:%M} {zone.key}", "", *self._chats.script, ""])

    async def save(self, name: str) -> tuple[Path, str]:
        """Keep the whole test. Raises FileExistsError."""
        path, text = self._house.tests / f"{name}.txt", self.text(name)
        await asyncio.to_thread(_write, path, text)
        return path, text

    @property
    def _people(self) -> People:
        return self._house.setting().people

    def _appeared(self, person: PersonId, message: Message) -> str:
        return seen(name_of(person, self._people), "<", message)


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8") as file:
        file.write(text)
