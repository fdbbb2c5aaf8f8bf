"""The bot behind the simulator: with cases to look into, flows that are edited, and an end that is a kill."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from glob import escape
from pathlib import Path

from adapters.files.flows import read_flows
from bot import wiring
from bot.cases.permissions import Engine
from bot.cli.simulated import SimulatedBot
from bot.core.ids import CaseId
from bot.core.people import PersonId
from bot.core.session import Status
from bot.errors import FlowError, Problem
from bot.runtime.clocks import MovableClock
from bot.runtime.ports import AuditLine, Channel, DueTimer
from bot.runtime.view import Setting
from bot.settings import Settings
from storage.keys import keystore_file
from storage.master import MasterKey
from storage.sqlite import FileLock

#: Further than any reminder.
AHEAD = timedelta(days=3660)
MOST_TO_COME = 200


class PlayHouse(SimulatedBot):
    """See `adapters.web.house.House`."""

    def __init__(self, settings: Settings, store: Path, key: MasterKey, clock: MovableClock, channel: Channel) -> None:
        super().__init__(settings, f"sqlite+aiosqlite:///{store}", key, clock, channel)
        self._file = store
        self._flows = settings.flows.path
        self._seen: tuple[tuple[str, str], ...] | None = None

    @property
    def tests(self) -> Path:
        return self._flows / "tests"

    async def _publish(self) -> None:
        try:
            await super()._publish()
        except FlowError:  # somebody is in the middle of editing: a bot that is killed now comes back all the same
            if not await self.store.flow_versions():
                await self.store.close()
                raise

    async def stop(self) -> None:
        await self.service.stop()

    async def clear(self) -> None:
        await self.drop()
        self.speakers.clear()
        self.clock.reset()
        remove(self._file)

    def setting(self) -> Setting:
        return self.settled.setting()

    async def speaks(self, person: PersonId, language: str) -> None:
        await self.service.speaks(person, language)

    async def talks_with(self, person: PersonId) -> bool:
        talks = (talk for file in await self.files() for talk in file.sessions.values())
        return any(talk.person == person and talk.status is not Status.ENDED for talk in talks)

    async def timers(self) -> Sequence[DueTimer]:
        return await self.store.due(self.clock.now() + AHEAD, MOST_TO_COME)

    async def audit(self, case: CaseId) -> tuple[Sequence[AuditLine], Mapping[str, PersonId]]:
        persons = [person.id for person in self.people()]
        return await self.store.audit(case, Engine.SIMULATE), self.store.persons_of(case, persons)

    async def publish(self) -> Sequence[Problem] | None:
        files, _ = read_flows(self._flows)
        seen = tuple(sorted(files.items()))
        if seen == self._seen:
            return None
        first = self._seen is None
        store, languages = self.store, self.settings.organisation.languages
        try:
            changed = await wiring.publish(store, self._flows, languages, self.clock.now())
        except FlowError as error:
            self._seen = seen
            return error.problems
        self._seen = seen  # after any other failure it is tried again
        if changed:
            self.settled.use(await wiring.load_published(store))
        return None if first and not changed else ()

    async def source(self, flow: str, structure: str) -> tuple[str, str]:
        name = f"{flow}.yaml"
        for version in reversed(await self.store.flow_versions()):
            if version.name == flow and version.structure == structure:
                return name, version.files.get(name, "")
        return name, ""


def remove(store: Path) -> None:
    """Remove a simulation: its database, its keys, copies of both. Raises SettingsError where somebody has it open."""
    held = FileLock(store)
    held.take()
    try:
        for name in (store.name, keystore_file(store).name):
            for beside in ("", "-wal", "-shm", "-journal"):
                store.with_name(name + beside).unlink(missing_ok=True)
            for copy in store.parent.glob(f"{escape(name)}.before-*"):
                copy.unlink()
    finally:
        held.release()
