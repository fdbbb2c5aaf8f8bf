"""All that the outside may tell the core in one turn: a snapshot, taken before the turn.

Rule 1. `shared` and `view` hold only what the talk's person may know: `reveal` has been asked already.
Rule 2. Times are UTC; `zone` and the site are the reader's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.core.durations import Duration
from bot.core.ids import SessionId
from bot.core.levels import Level
from bot.core.people import People, PersonId
from bot.core.session import Given
from bot.core.worktime import Site


@dataclass(frozen=True, slots=True)
class HelpLine:
    """An emergency number or a help line of a country pack; `text` by language."""

    number: str
    text: Mapping[str, str]
    source: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline of a country pack: it counts `within` from the answer that means `after`."""

    within: Duration
    after: str
    text: Mapping[str, str]
    source: str


@dataclass(frozen=True, slots=True)
class Country:
    """A country pack."""

    name: str
    emergency: HelpLine
    help: Mapping[str, HelpLine]
    deadlines: Mapping[str, Deadline]


@dataclass(frozen=True, slots=True)
class CaseView:
    """The case as this reader may know it. `reporter` is None where the reader may not know the name."""

    reference: str
    level: Level
    opened: bool
    reporter: PersonId | None
    owner: PersonId | None = None
    acknowledge_by: datetime | None = None
    excluded: frozenset[PersonId] = frozenset()
    no_line_manager: bool = False
    open_steps: tuple[str, ...] = ()  # required tasks that were shown and are not done, as the reader's language says


@dataclass(frozen=True, slots=True)
class Takers:
    """Who could take the case now; and whom a list offers, which tells nobody why somebody is not in it."""

    able: frozenset[PersonId] = frozenset()
    offered: tuple[PersonId, ...] = ()


@dataclass(frozen=True, slots=True)
class OtherTalk:
    """Another talk in the same chat that waits for words."""

    session: SessionId
    title: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Facts:
    now: datetime
    people: People
    organisation: str
    country: Country
    site: Site
    zone: str
    view: CaseView
    shared: Mapping[str, Given] = field(default_factory=dict)
    told: tuple[Mapping[str, Given], ...] = ()  # the same, talk by talk, the oldest first
    dated: Mapping[str, datetime] = field(default_factory=dict)
    others: tuple[OtherTalk, ...] = ()
    structures: Mapping[str, str] = field(default_factory=dict)  # of the flows that the case's other talks stood in
    takers: Callable[[], Takers] = Takers  # looked up only where a case is handed over
    may_read_too: Callable[[PersonId], bool] = lambda _: False  # whether one can wish that this person reads it, too
    helper: Callable[[], PersonId | None] = lambda: None  # who is asked when this person asks for help
