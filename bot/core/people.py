"""People and the organisation chart, as one immutable snapshot.

Rule 1. The chart may hold cycles, gaps and absences: every walk along it ends.
Rule 2. A person is an opaque id; names and addresses are for showing and sending only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType

PersonId = NewType("PersonId", str)
#: Where a person is told that something waits in the chat. It is no chat: nothing is shown or answered there.
MAIL = "mail"


class Role(StrEnum):
    """The one list of roles. `manager` stands only in a `consent`, since it may be the accused."""

    REPORTER = "reporter"
    OWNER = "owner"
    HR = "hr"
    SAFETY_REP = "safety_rep"
    WHISTLEBLOWER_UNIT = "whistleblower_unit"
    ON_CALL = "on_call"
    MANAGER = "manager"


class Office(StrEnum):
    """What somebody does for the bot itself. An office opens no case."""

    FLOW_ADMIN = "flow_admin"  # edits what the bot asks and says
    OPERATOR = "operator"  # runs it
    AUDITOR = "auditor"  # sees that something was done, not what


#: Roles that people hold by appointment, in the directory.
HELD_ROLES = frozenset({Role.HR, Role.SAFETY_REP, Role.WHISTLEBLOWER_UNIT, Role.ON_CALL})


@dataclass(frozen=True, slots=True)
class Absence:
    """Away from `start` until `end`, both UTC; the end is not part of it. Without one: until further notice."""

    start: datetime
    end: datetime | None = None

    def covers(self, moment: datetime) -> bool:
        return self.start <= moment and (self.end is None or moment < self.end)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a person can be written to: a platform (`simulation`, `slack`, `teams`) and the chat there."""

    platform: str
    chat: str


@dataclass(frozen=True, slots=True)
class Person:
    """One member of the organisation. `conflicts` are declared partners: those whose side this person would take.

    `addresses` are chats, in the order in which they are written to. `mail` is where a mail may say that something
    waits there. `unproved` are platforms on which it is not known, or no longer so, that the person can be reached.
    `asked` is whether the person asked for the language; else it is what the people file or a profile says.
    """

    id: PersonId
    name: str
    manager: PersonId | None = None
    deputy: PersonId | None = None
    roles: frozenset[Role] = frozenset()
    offices: frozenset[Office] = frozenset()
    conflicts: frozenset[PersonId] = frozenset()
    title: str = ""
    site: str = ""
    language: str = "en"
    timezone: str = ""
    away: tuple[Absence, ...] = ()
    addresses: tuple[Address, ...] = ()
    mail: str = ""
    unproved: frozenset[str] = frozenset()
    asked: bool = False

    @property
    def first_name(self) -> str:
        return self.name.split()[0] if self.name.strip() else self.name

    def present(self, moment: datetime) -> bool:
        return not any(absence.covers(moment) for absence in self.away)

    @property
    def proved(self) -> tuple[Address, ...]:
        """The chats in which this person is known to be reached."""
        return tuple(address for address in self.addresses if address.platform not in self.unproved)

    @property
    def reachable(self) -> bool:
        return bool(self.proved)

    @property
    def mailable(self) -> bool:
        return bool(self.mail) and MAIL not in self.unproved

    def written_on(self, wanted: str = "") -> str:
        """The platform to write on: the wanted one, unless it does not count and another does."""
        counted = [address.platform for address in self.proved]
        if wanted and (wanted in counted or not counted):
            return wanted
        return (counted or [address.platform for address in self.addresses] or [wanted])[0]


@dataclass(frozen=True, slots=True)
class People:
    """The whole chart at one moment."""

    by_id: Mapping[PersonId, Person] = field(default_factory=dict)
    # looked up many times a turn, and the same as long as the snapshot is
    _below: dict[PersonId, frozenset[PersonId]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _partners: dict[PersonId, frozenset[PersonId]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _around: dict[frozenset[PersonId], frozenset[PersonId]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _held: dict[Role, tuple[PersonId, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _standing: dict[Role, tuple[PersonId, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def get(self, person: PersonId | None) -> Person | None:
        return self.by_id.get(person) if person is not None else None

    def holds_office(self, person: PersonId, office: Office) -> bool:
        found = self.get(person)
        return found is not None and office in found.offices

    def __iter__(self) -> Iterator[Person]:
        return iter(self.by_id.values())

    def chain(self, person: PersonId) -> tuple[PersonId, ...]:
        """The managers above a person, nearest first; a cycle or a gap ends it."""
        seen = {person}
        above: list[PersonId] = []
        current = self.get(person)
        while current is not None and current.manager is not None and current.manager not in seen:
            if current.manager not in self.by_id:
                break
            seen.add(current.manager)
            above.append(current.manager)
            current = self.get(current.manager)
        return tuple(above)

    def below(self, above: PersonId) -> frozenset[PersonId]:
        """Everybody who reports to a person, however far below; also to one who has left the chart."""
        found = self._below.get(above)
        if found is None:
            line = {above}
            while more := {p.id for p in self if p.manager in line} - line:
                line |= more
            found = self._below[above] = frozenset(line - {above})
        return found

    def partners_of(self, person: PersonId) -> frozenset[PersonId]:
        """Declared partners, whichever of the two declared it; also of one who has left the chart."""
        found = self._partners.get(person)
        if found is None:
            own = self.get(person)
            theirs = {other.id for other in self if person in other.conflicts}
            declared = theirs | own.conflicts if own is not None else theirs
            found = self._partners[person] = frozenset(declared - {person})
        return found

    def around(self, persons: frozenset[PersonId]) -> frozenset[PersonId]:
        """These persons, everybody who reports to one of them, and their declared partners."""
        found = self._around.get(persons)
        if found is None:
            near = (self.below(person) | self.partners_of(person) for person in persons)
            found = self._around[persons] = persons.union(*near)
        return found

    def manager_of(self, person: PersonId) -> PersonId | None:
        found = self.chain(person)
        return found[0] if found else None

    def deputy_of(self, person: PersonId) -> PersonId | None:
        found = self.get(person)
        if found is None or found.deputy is None or found.deputy not in self.by_id or found.deputy == person:
            return None
        return found.deputy

    def holders(self, role: Role) -> tuple[PersonId, ...]:
        """Who holds an appointed role, by name and id, so that the order is the same everywhere."""
        found = self._held.get(role)
        if found is None:
            held = [p for p in self if role in p.roles]
            found = self._held[role] = tuple(p.id for p in sorted(held, key=lambda p: (p.name, p.id)))
        return found

    def with_deputies(self, persons: Iterable[PersonId]) -> tuple[PersonId, ...]:
        """Each person, followed by the deputy."""
        found: list[PersonId] = []
        for person in persons:
            deputy = self.deputy_of(person)
            found.extend((person,) if deputy is None else (person, deputy))
        return tuple(dict.fromkeys(found))

    def standing_for(self, role: Role) -> tuple[PersonId, ...]:
        """Who holds an appointed role, each followed by the deputy."""
        found = self._standing.get(role)
        if found is None:
            found = self._standing[role] = self.with_deputies(self.holders(role))
        return found
