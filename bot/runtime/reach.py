"""Who can be reached where and in which language, as it is told: kept as rows, laid over the setting of every turn.

Rule 1. A fact is written when it changes something, or is news of another day: most deliveries write nothing.
Rule 2. It counts from when it was told; it is on the disk before what follows from it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.core.people import People, PersonId
from bot.core.reach import EVERYWHERE, Reach, with_reach
from bot.runtime.owed import Down
from bot.runtime.ports import Channel, Clock, Store
from bot.runtime.view import Setting

NEWS = timedelta(days=1)


class Reached:
    def __init__(
        self,
        store: Store,
        setting: Callable[[], Setting],
        channels: Mapping[str, Channel],
        clock: Clock,
        down: Callable[[], Mapping[str, Down]],
    ) -> None:
        self._store = store
        self._setting = setting
        self._clock = clock
        self._down = down
        self._need_proof = frozenset(platform for platform, channel in channels.items() if channel.needs_proof)
        self._known: dict[tuple[PersonId, str], Reach] = {}
        self._dirty: dict[tuple[PersonId, str], Reach] = {}
        self._made: tuple[Setting, Setting] | None = None

    async def load(self) -> None:
        self._known = {(reach.person, reach.platform): reach for reach in await self._store.reaches()}
        self._made = None

    def setting(self) -> Setting:
        """The setting with what is known; the same object as long as both are the same."""
        own, down = self._setting(), frozenset(self._down())
        if self._made is None or self._made[0] is not own:
            people = with_reach(own.people, self._known, self._need_proof)
            self._made = own, own if people is own.people else replace(own, people=people)
        made = self._made[1]
        if made.down != down:
            made = replace(made, down=down)
            self._made = own, made
        return made

    def people(self) -> People:
        return self.setting().people

    def arrived(self, person: PersonId, platform: str) -> None:
        """A message was shown to this person there."""
        before, now = self._of(person, platform), self._clock.now()
        proves = before.broken or (platform in self._need_proof and before.good is None)
        dated = before.delivered is not None and now - before.delivered >= NEWS
        if proves or dated:
            self._note(replace(before, delivered=now))

    def installed(self, person: PersonId, platform: str, at: datetime) -> None:
        """This person installed the bot there."""
        self._note(replace(self._of(person, platform), installed=at))

    def moved(self, person: PersonId, platform: str, place: str) -> None:
        """The platform is to be told this from now on, to write to this person; it proves nothing."""
        before = self._of(person, platform)
        if before.place != place:
            self._note(replace(before, place=place))

    def place(self, person: PersonId, platform: str) -> str:
        """What the platform was told last; "" where nothing is known."""
        return self._of(person, platform).place

    def failed(self, person: PersonId, platform: str) -> None:
        """The platform says that this person cannot be reached there: not installed, blocked, gone."""
        before = self._of(person, platform)
        if before.failed is None or not before.broken:
            self._note(replace(before, failed=self._clock.now()))

    def speaks(self, person: PersonId, language: str) -> None:
        """This person asked for a language; that is on the disk."""
        self._known[person, EVERYWHERE] = Reach(person, EVERYWHERE, language=language)
        self._made = None

    async def keep(self) -> None:
        """Bring to the disk what was told."""
        while self._dirty:
            news = dict(self._dirty)
            await self._store.put_reaches(tuple(news.values()))
            for key, reach in news.items():
                if self._dirty.get(key) is reach:
                    del self._dirty[key]

    def _of(self, person: PersonId, platform: str) -> Reach:
        return self._known.get((person, platform), Reach(person, platform))

    def _note(self, reach: Reach) -> None:
        self._known[reach.person, reach.platform] = self._dirty[reach.person, reach.platform] = reach
        self._made = None
