"""The people, watched: when they change, every case that is not at rest hears of it.

Rule 1. What of people has a say in a case makes the fingerprint: chart, deputies, roles, partners, whether they can be
        reached. A new title or language wakes no case.
Rule 2. The fingerprint is noted before the cases hear: after a crash the rest of them hears, and none twice.
Rule 3. A look that fails changes nobody: the people stay as they were, and the next look comes.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta

import structlog

from bot.core.people import People
from bot.errors import PlatformError
from bot.runtime.accounts import Account, Accounts, JoinedDirectory, PeopleStore
from bot.runtime.ports import Clock

log = structlog.get_logger(__name__)
LOOK_EVERY = timedelta(minutes=1)
ASK_EVERY = timedelta(hours=1)
#: So many cases hear of it in one transaction.
BATCH = 100


def fingerprint(people: People) -> str:
    """The same for people who have the same say in every case (rule 1)."""
    told = hashlib.sha256()
    for person in sorted(people, key=lambda one: one.id):
        known = (
            person.id,
            person.manager,
            person.deputy,
            sorted(person.roles),
            sorted(person.conflicts),
            person.reachable,
        )
        told.update(repr(known).encode())
    return told.hexdigest()


class PeopleWatch:
    """Lets the cases hear of changed people; with `look`, looks for changes itself."""

    def __init__(
        self,
        store: PeopleStore,
        people: Callable[[], People],
        clock: Clock,
        take_waiting: Callable[[], Awaitable[None]],
        look: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        self._store = store
        self._people = people
        self._clock = clock
        self._take_waiting = take_waiting
        self._look = look
        self._heard: People | None = None
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        if self._look is not None:
            self._task = asyncio.create_task(self._watch(self._look), name="people")

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def tell(self) -> None:
        """Let every case hear of the people as they are now, if it has not."""
        people = self._people()
        if people is self._heard:
            return
        await self._store.note_people(fingerprint(people))
        while await self._store.hand_round(self._clock.now(), BATCH):
            await self._take_waiting()
        self._heard = people

    async def _watch(self, look: Callable[[], Awaitable[None]]) -> None:
        while True:
            try:
                await look()
                await self.tell()
            except Exception:
                log.exception("people_failed")
            await self._clock.wait_until(self._clock.now() + LOOK_EVERY)


class Sync:
    """Looks at the people file, and from time to time at the platforms' accounts."""

    def __init__(
        self, directory: JoinedDirectory, sources: Sequence[Accounts], store: PeopleStore, clock: Clock
    ) -> None:
        self._directory = directory
        self._sources = sources
        self._store = store
        self._clock = clock
        self._asked: dict[str, datetime] = {}
        self._unusable: Exception | None = None

    async def recall(self) -> None:
        """Begin with what was known before."""
        self._directory.recall(await self._store.standings())

    async def look(self) -> None:
        await asyncio.to_thread(self._directory.reload)
        if self._directory.error is not self._unusable:
            self._unusable = self._directory.error
            if self._unusable is not None:
                log.warning("people_unusable")  # why stands in `bistand people check`: it names people
        now = self._clock.now()
        for source in self._sources:
            before = self._asked.get(source.platform)
            whole = before is None or now - before >= ASK_EVERY
            if await self._take(source.platform, source.accounts if whole else source.more, now) and whole:
                self._asked[source.platform] = now

    async def _take(self, platform: str, ask: Callable[[], Awaitable[Sequence[Account]]], now: datetime) -> bool:
        try:
            accounts = await ask()
        except PlatformError as error:
            log.warning("accounts_failed", platform=platform, reason=str(error))
            return False  # whoever was joined stays joined: an outage is nobody's leaving
        if accounts:
            await self._store.put_standings(self._directory.took(platform, accounts, now))
        return True
