"""What is different from the usual in a test, word for word as the types have it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypedDict

from bot.cases.case import Alerted, Consent, Status
from bot.core import session as talks
from bot.core.facts import CaseView, Country, OtherTalk, Takers
from bot.core.levels import Level
from bot.core.people import Absence, Address, Office, People, PersonId, Role
from bot.core.session import Given
from bot.core.worktime import Site


class PersonChange(TypedDict, total=False):
    name: str
    manager: PersonId | None
    deputy: PersonId | None
    roles: frozenset[Role]
    offices: frozenset[Office]
    conflicts: frozenset[PersonId]
    title: str
    site: str
    language: str
    timezone: str
    away: tuple[Absence, ...]
    addresses: tuple[Address, ...]
    mail: str
    unproved: frozenset[str]


class CaseChange(TypedDict, total=False):
    status: Status
    level: Level
    rung: int
    owner: PersonId | None
    helper: PersonId | None
    kept: int
    wants: frozenset[str]
    ownerless: int
    alerted: tuple[Alerted, ...]
    told: tuple[Alerted, ...]
    tried: tuple[PersonId, ...]
    accused: frozenset[PersonId]
    accused_unresolved: bool
    narrowed: frozenset[PersonId]
    recused: frozenset[PersonId]
    read_by: frozenset[PersonId]
    name_told: frozenset[PersonId]
    pages: int
    paged: tuple[PersonId, ...]
    called_by: PersonId | None
    reporter: PersonId
    consent: Consent
    opened: datetime | None


class TalkChange(TypedDict, total=False):
    status: talks.Status
    stack: tuple[talks.Frame, ...]
    structures: Mapping[str, str]
    answers: Mapping[str, Given]
    asking: str | None
    asleep: bool
    trail: tuple[talks.Visit, ...]
    done: frozenset[str]
    tasks: Mapping[str, talks.Task]


class ViewChange(TypedDict, total=False):
    level: Level
    opened: bool
    reporter: PersonId | None
    owner: PersonId | None
    acknowledge_by: datetime | None
    excluded: frozenset[PersonId]
    no_line_manager: bool
    open_steps: tuple[str, ...]


class FactsChange(TypedDict, total=False):
    now: datetime
    people: People
    organisation: str
    country: Country
    site: Site
    zone: str
    view: CaseView
    shared: Mapping[str, Given]
    dated: Mapping[str, datetime]
    others: tuple[OtherTalk, ...]
    structures: Mapping[str, str]
    takers: Callable[[], Takers]
    may_read_too: Callable[[PersonId], bool]
    helper: Callable[[], PersonId | None]
