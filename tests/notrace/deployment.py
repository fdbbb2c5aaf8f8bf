"""One deployment of the bot, the real parts all of it, with everything noted that it does: statements, sends, screens."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from bot.core.ids import CaseId, Slot
from bot.core.people import People, Person, PersonId
from bot.runtime.detour import BESIDE
from bot.runtime.ids import ALPHABET
from bot.runtime.owed import Owed
from bot.simulation.screens import PLATFORM, Screens, StageChannel
from bot.simulation.stage import Stage
from tests.changes import PersonChange
from tests.runtime.making import House, setting

T = TypeVar("T")


class SeededIds:
    """Ids and references from dice that a test can throw again.

    Where two things happen at the same moment, ids decide which is first. So that this is the same in two deployments,
    they grow here; in production they do not.
    """

    def __init__(self, seed: str) -> None:
        self._dice = random.Random(seed)
        self._drawn = 0

    def case(self) -> CaseId:
        self._drawn += 1
        return CaseId(f"{self._drawn:04x}{self._dice.getrandbits(48):012x}")

    def reference(self) -> str:
        letters = "".join(self._dice.choices(ALPHABET, k=7))
        return f"{letters[:3]}-{letters[3:]}"


@dataclass(frozen=True, slots=True)
class Sent:
    """What left the house: to whom, by which way, and what it was."""

    to: PersonId
    platform: str
    slot: Slot
    wish: object


class Out(StageChannel):
    """The way out onto the screens, with a list of what went through it; mail and pager go through it, too.

    `before` is the weather: it may raise.
    """

    def __init__(self, screens: Screens) -> None:
        super().__init__(screens)
        self.sent: list[Sent] = []
        self.before: Callable[[Owed], None] = lambda owed: None

    async def send(self, owed: Owed, chat: str, handle: str | None, *, again: bool) -> str:
        self.before(owed)
        self.sent.append(Sent(owed.to, owed.platform, owed.slot, owed.wish))
        return await super().send(owed, chat, handle, again=again)


class Deployment:
    """A house of its own; `told` are the statements that reached its database. Its keystore is left out (`MASKED`)."""

    def __init__(self, folder: Path, seed: str, people: People, fallback: str = "") -> None:
        self.screens = Screens()
        self.out = Out(self.screens)
        others = dict.fromkeys(BESIDE, self.out)
        self.house = House(folder, channel=self.out, ids=SeededIds(seed), screens=self.screens, others=others)
        self.told: list[str] = []
        self._fallback = fallback
        self.let_in(people)

    async def open(self) -> Deployment:
        await self.house.open()
        self._listen()
        await self.house.service.quiet()
        return self

    async def again(self) -> None:
        """Killed, and opened from disk."""
        await self.house.service.drop()
        await self.open()

    async def close(self) -> None:
        await self.house.service.drop()

    def let_in(self, people: People) -> None:
        """These are the people from now on."""
        made = setting((PLATFORM,), mail=True)
        rules = replace(made.rules, fallback=of(self._fallback, people).id) if self._fallback else made.rules
        self.house.setting = replace(made, people=people, rules=rules)

    async def change_people(self, people: People) -> None:
        self.let_in(people)
        await self.house.service.people_changed()
        await self.house.service.quiet()

    @property
    def people(self) -> People:
        return self.house.setting.people

    def stage(self, first: int) -> Stage:
        """Events of a stage are counted from `first` on, so that two stages never send the same."""
        return replace(self.house.stage(), people=lambda: self.people, count=first)

    def _listen(self) -> None:
        store = self.house.store
        for connection in (store._writer, store._vault.keys._connection):
            connection.execute("PRAGMA synchronous = OFF")  # no power is cut here, and waiting for the disk is slow
        for connection in (store._writer, store._reader):
            connection.set_trace_callback(self.told.append)
        store._run = _at_once  # type: ignore[method-assign]  # nor for a thread: the statements are the same


async def _at_once(work: Callable[[], T]) -> T:
    return work()


def everybody(**changes: PersonChange) -> People:
    """The people of the sample, in English; some are changed: by first name, what is other than there."""
    found = setting((PLATFORM,), mail=True).people
    english = (replace(p, language="en") for p in found)
    return People({p.id: replace(p, **changes.get(p.first_name.casefold(), PersonChange())) for p in english})


def of(name: str, people: People) -> Person:
    return next(person for person in people if person.first_name.casefold() == name)
