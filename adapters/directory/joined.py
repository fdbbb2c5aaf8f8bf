"""The people file with the platforms' accounts joined to it. See `bot.runtime.accounts.JoinedDirectory`.

Rule 1. On a platform whose accounts are known, only those joined count; on every other, what the file says.
Rule 2. One snapshot stays the same as long as file and accounts do.
Rule 3. The file wins. What it does not say of somebody, their account does: language (where the organisation speaks
        it), time zone, manager. Away is who is away by either.
Rule 4. A manager counts who is joined, too. Managers whom accounts name in a circle, or against the file, are none: who
        of them is right, a person says in the file.
Rule 5. Who is on several platforms is written to in their order.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from adapters.directory.file import FileDirectory
from adapters.directory.join import Allowed, Roll, join
from adapters.directory.people import PLATFORMS
from bot.core.people import Address, People, Person, PersonId
from bot.errors import SettingsError
from bot.runtime.accounts import Account, Standing


class AccountsDirectory:
    def __init__(
        self,
        file: FileDirectory,
        allowed: Allowed,
        languages: Collection[str] = (),
        order: Sequence[str] = PLATFORMS,
    ) -> None:
        """`languages` are those that the organisation speaks, `order` is that of the platforms."""
        self._file = file
        self._allowed = allowed
        self._languages = frozenset(languages)
        self._order = {platform: place for place, platform in enumerate(dict.fromkeys((*order, *PLATFORMS)))}
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
        own = self.standing(platform)
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
            self._made = (file, standings, self._joined(file))
        return self._made[2]

    def unmanaged(self, platform: str) -> frozenset[str]:
        """The accounts of those for whom the file names no manager."""
        file = self._file.people()
        return frozenset(
            one.account
            for person, each in self._accounts(file).items()
            for one in each
            if one.platform == platform and file.by_id[person].manager is None
        )

    def relied_on(self, platform: str) -> frozenset[str]:
        """The accounts of those whose being away counts: who manages, stands in for somebody, or holds a role."""
        people = self.people()
        needed = {id_ for p in people for id_ in (p.manager, p.deputy)} | {p.id for p in people if p.roles}
        return frozenset(one.account for one in self.standing(platform) if one.joined and one.person in needed)

    def named(self, platform: str) -> frozenset[str]:
        """The accounts that the file itself names."""
        return frozenset(self._roll(platform).named)

    def standing(self, platform: str) -> tuple[Standing, ...]:
        """How one platform's accounts stand."""
        return tuple(one for one in self._standings if one.platform == platform)

    def encircled(self) -> tuple[PersonId, ...]:
        """Those whose account names a manager who counts for nothing because of a circle (rule 4)."""
        file = self._file.people()
        named = _named(file, self._accounts(file))
        return tuple(sorted(named.keys() - _out_of_circles(file, named).keys()))

    def _roll(self, platform: str) -> Roll:
        named = {a.chat: p.id for p in self._file.people() for a in p.addresses if a.platform == platform}
        return Roll(self._file.emails, named)

    def _accounts(self, file: People) -> dict[PersonId, list[Standing]]:
        """The accounts joined to people of the file, in the order of the platforms."""
        found: dict[PersonId, list[Standing]] = {}
        for one in sorted(self._standings, key=lambda one: self._place(one.platform)):
            if one.joined and one.person is not None and one.person in file.by_id:
                found.setdefault(one.person, []).append(one)
        return found

    def _place(self, platform: str) -> int:
        return self._order.get(platform, len(self._order))

    def _joined(self, file: People) -> People:
        platforms = frozenset(one.platform for one in self._standings)
        accounts = self._accounts(file)
        managers = _out_of_circles(file, _named(file, accounts))
        return People({p.id: self._with(p, platforms, accounts.get(p.id, ()), managers.get(p.id)) for p in file})

    def _with(
        self, person: Person, platforms: frozenset[str], own: Sequence[Standing], manager: PersonId | None
    ) -> Person:
        told = (address for address in person.addresses if address.platform not in platforms)
        addresses = (*(Address(one.platform, one.account) for one in own), *told)
        spoken = next((one.language for one in own if one.language in self._languages), person.language)
        lives = next((one.timezone for one in own if one.timezone), person.timezone)
        return replace(
            person,
            addresses=tuple(sorted(addresses, key=lambda one: self._place(one.platform))),
            language=person.language if person.id in self._file.languages else spoken,
            timezone=person.timezone if person.id in self._file.timezones else lives,
            manager=person.manager or manager,
            away=(*person.away, *(absence for one in own for absence in one.away)),
        )


def _named(file: People, accounts: Mapping[PersonId, Sequence[Standing]]) -> dict[PersonId, PersonId]:
    """Whom accounts name as the manager of somebody for whom the file names none."""
    holders = {(one.platform, one.account): person for person, each in accounts.items() for one in each}
    found: dict[PersonId, PersonId] = {}
    for person, each in accounts.items():
        above = (holders.get((one.platform, one.manager)) for one in each if one.manager)
        manager = next((one for one in above if one is not None), None)
        if manager is not None and file.by_id[person].manager is None:
            found[person] = manager
    return found


def _out_of_circles(file: People, named: Mapping[PersonId, PersonId]) -> dict[PersonId, PersonId]:
    """Those of the named managers who stand in no circle. The file alone has none."""
    above = {person.id: person.manager or named.get(person.id) for person in file}
    return {person: manager for person, manager in named.items() if not _circles(person, above)}


def _circles(person: PersonId, above: Mapping[PersonId, PersonId | None]) -> bool:
    """Whether the way up leads back to where it began."""
    walked: set[PersonId] = set()
    current = above.get(person)
    while current is not None and current not in walked:
        if current == person:
            return True
        walked.add(current)
        current = above.get(current)
    return False
