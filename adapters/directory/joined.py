"""The people file with the platforms' accounts joined to it. See `bot.runtime.accounts.JoinedDirectory`.

Rule 1. On a platform whose accounts are known, only those joined count; on every other, what the file says.
Rule 2. One snapshot stays the same as long as file and accounts do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from adapters.directory.file import FileDirectory
from adapters.directory.join import Allowed, Roll, join
from bot.core.people import Address, People, Person, PersonId
from bot.errors import SettingsError
from bot.runtime.accounts import Account, Standing


class AccountsDirectory:
    def __init__(self, file: FileDirectory, allowed: Allowed) -> None:
        self._file = file
        self._allowed = allowed
        self._standings: tuple[Standing, ...] = ()
        self._made: tuple[People, tuple[Standing, ...], People] | None = None

    @property
    def error(self) -> SettingsError | None:
        """Why the people file cannot be used as it is now."""
        return self._file.error

    def reload(self) -> bool:
        return self._file.reload()

    def recall(self, standings: Sequence[Standing]) -> None:
        self._standings = tuple(standings)

    def took(self, platform: str, accounts: Sequence[Account], at: datetime) -> Sequence[Standing]:
        own = tuple(one for one in self._standings if one.platform == platform)
        others = tuple(one for one in self._standings if one.platform != platform)
        now = join(accounts, self._roll(platform), self._allowed, own, at)
        if frozenset(now) != frozenset(own):
            self._standings = (*others, *now)
        return self._standings

    def people(self) -> People:
        file, standings = self._file.people(), self._standings
        if not standings:
            return file
        if self._made is None or self._made[0] is not file or self._made[1] is not standings:
            self._made = (file, standings, _joined(file, standings))
        return self._made[2]

    def _roll(self, platform: str) -> Roll:
        named = {a.chat: p.id for p in self._file.people() for a in p.addresses if a.platform == platform}
        return Roll(self._file.emails, named)


def _joined(file: People, standings: Sequence[Standing]) -> People:
    platforms = frozenset(one.platform for one in standings)
    own: dict[PersonId, list[Address]] = {}
    for one in standings:
        if one.joined and one.person is not None:
            own.setdefault(one.person, []).append(Address(one.platform, one.account))
    return People({person.id: _with(person, platforms, own) for person in file})


def _with(person: Person, platforms: frozenset[str], own: Mapping[PersonId, Sequence[Address]]) -> Person:
    told = (address for address in person.addresses if address.platform not in platforms)
    return replace(person, addresses=(*own.get(person.id, ()), *told))
