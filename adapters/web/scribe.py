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
from bot.core.effects import Reply
from bot.core.events import PersonEvent
from bot.core.messages import Message
from bot.core.people import People, PersonId
from bot.simulation.recording import name_of, seen
from bot.simulation.transcript import at_once, duration

MINUTE = timedelta(minutes=1)


class Scribe:
    def __init__(self, house: House, chats: Chats) -> None:
        self._house = house
        self._chats = chats
        chats.write = self._appeared

    def passed(self, until: datetime | None = None) -> None:
        """Time went by until now, or will until then (UTC); before the first line there is nothing that it could do."""
        if self._chats.began is None:
            return
        told = sum((duration(line) or timedelta() for line in self._chats.script if line[:1] == "+"), timedelta())
        minutes = (_minute(until or self._house.clock.now()) - _minute(self._chats.began) - told) // MINUTE
        if minutes > 0:
            self._chats.line(f"+ {minutes} min")

    async def falls_due(self) -> None:
        """Something may fire of itself."""
        following = await self._house.next_timer()
        if following is not None and following <= self._house.clock.now():
            self.passed()

    def did(self, event: PersonEvent) -> None:
        flows = self._house.setting().flows
        line = script.line(event, lambda token: self._chats.asked(event.person, token), self._people, flows)
        if line is not None:
            self.passed()
            self._chats.line(line)

    def attached(self, person: PersonId, name: str) -> None:
        self.passed()
        self._chats.line(script.attached(person, name, self._people))

    def answered(self, person: PersonId, reply: Reply) -> None:
        for message in at_once(reply):
            self._chats.line(self._appeared(person, message))

    def refused(self, person: PersonId, message: Message) -> None:
        self._chats.line(self._appeared(person, message))

    def spoke(self, person: PersonId, language: str) -> None:
        self.passed()
        self._chats.line(f"speaks: {name_of(person, self._people)} {language}")

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
