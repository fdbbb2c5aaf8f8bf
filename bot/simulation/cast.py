"""Who is on the stage: the people of the organisation, with what was changed about them here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.core.people import Absence, Address, People, Person, PersonId, Role


def employee(people: People) -> PersonId:
    """Somebody to begin with: the first who has a manager, leads nobody and holds no role."""
    everybody = list(people)
    leading = {p.manager for p in everybody} | {p.deputy for p in everybody}
    plain = [p for p in everybody if p.manager is not None and not p.roles and p.id not in leading]
    return (plain or everybody)[0].id


def by_role(word: str, first: PersonId, people: People) -> PersonId | None:
    """`manager` and `deputy` are those of the first person; another role is its first holder."""
    manager = people.manager_of(first)
    if word == "manager":
        return manager
    if word == "deputy" and manager is not None:
        return people.deputy_of(manager)
    held = people.holders(Role(word)) if word in [role.value for role in Role] else ()
    return held[0] if held else None


class Speakers:
    """A directory in which anybody can be given another language, another place in the chart, or leave.

    See `bot.runtime.ports.Directory`.
    """

    def __init__(self, people: Callable[[], People]) -> None:
        self._people = people
        self._spoken: dict[PersonId, str] = {}
        self._moved: dict[PersonId, Callable[[Person], Person | None]] = {}
        self._away: dict[PersonId, tuple[Absence, ...]] = {}
        self._made: tuple[People, People] | None = None

    def people(self) -> People:
        """The same snapshot as long as nothing changes."""
        own = self._people()
        if self._made is None or self._made[0] is not own:
            changed = (self._as_here(p) for p in own)
            moved = (self._moved[p.id](p) if p.id in self._moved else p for p in changed)
            self._made = (own, People({p.id: p for p in moved if p is not None}))
        return self._made[1]

    def _as_here(self, person: Person) -> Person:
        language = self._spoken.get(person.id, person.language)
        return replace(person, language=language, away=(*person.away, *self._away.get(person.id, ())))

    def leave_for(self, person: PersonId, absence: Absence) -> None:
        """Somebody is away for a while."""
        self._away[person] = (*self._away.get(person, ()), absence)
        self._made = None

    def speak(self, person: PersonId, language: str) -> None:
        self._spoken[person] = language
        self._made = None

    def leave(self, person: PersonId) -> None:
        self._move(person, lambda _: None)

    def put_under(self, person: PersonId, manager: PersonId) -> None:
        self._move(person, lambda one: replace(one, manager=manager))

    def declare(self, person: PersonId, other: PersonId) -> None:
        """Two become declared partners."""
        self._move(person, lambda one: replace(one, conflicts=one.conflicts | {other}))

    def join(self, person: PersonId, platform: str) -> None:
        """Somebody can be written to on another platform, too."""
        own = self.people().get(person)
        if own is None or platform not in [address.platform for address in own.addresses]:
            address = Address(platform, person)
            self._move(person, lambda one: replace(one, addresses=(*one.addresses, address)))

    def _move(self, person: PersonId, change: Callable[[Person], Person | None]) -> None:
        before = self._moved.get(person)

        def both(one: Person) -> Person | None:
            changed = before(one) if before is not None else one
            return change(changed) if changed is not None else None

        self._moved[person] = both
        self._made = None

    def spoken(self) -> dict[PersonId, str]:
        """Who was given another language than the directory's."""
        return dict(self._spoken)

    def clear(self) -> None:
        self._spoken.clear()
        self._moved.clear()
        self._away.clear()
        self._made = None
