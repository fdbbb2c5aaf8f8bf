"""A small office for examples: Rita reports, Mona is her manager, Bea is Mona's; each role has one holder."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Unpack

from bot.cases.alerts import World
from bot.cases.case import Case, Consent
from bot.cases.escalate import LadderRules
from bot.core.ids import CaseId
from bot.core.levels import Level
from bot.core.people import Absence, Address, People, Person, PersonId, Role
from tests.cases.organisations import NOW, SITE
from tests.changes import PersonChange

RITA, MONA, DAN, BEA = PersonId("rita"), PersonId("mona"), PersonId("dan"), PersonId("bea")
HANNE, HUGO, SARA, WIM = PersonId("hanne"), PersonId("hugo"), PersonId("sara"), PersonId("wim")
OLLY, FAY = PersonId("olly"), PersonId("fay")


def person(ident: PersonId, manager: PersonId | None = None, *roles: Role, deputy: PersonId | None = None) -> Person:
    chat = (Address("terminal", ident),)
    return Person(ident, f"{ident.title()} Jensen", manager, deputy, frozenset(roles), addresses=chat)


OFFICE = People(
    {
        one.id: one
        for one in (
            person(RITA, MONA),
            person(MONA, BEA, deputy=DAN),
            person(DAN, BEA),
            person(BEA),
            person(HANNE, BEA, Role.HR, deputy=HUGO),
            person(HUGO, HANNE),
            person(SARA, BEA, Role.SAFETY_REP),
            person(WIM, None, Role.WHISTLEBLOWER_UNIT),
            person(OLLY, None, Role.ON_CALL),
            person(FAY),
        )
    }
)
#: Away now, and back tomorrow.
BACK = NOW + timedelta(days=1)
AWAY = (Absence(NOW - timedelta(days=1), BACK),)


def with_(people: People, ident: PersonId, **change: Unpack[PersonChange]) -> People:
    """The same chart with one person changed."""
    return People({**people.by_id, ident: replace(people.by_id[ident], **change)})


def without(people: People, *gone: PersonId) -> People:
    return People({ident: one for ident, one in people.by_id.items() if ident not in gone})


def world(people: People = OFFICE, now: datetime = NOW, fallback: PersonId | None = FAY) -> World:
    return World(now, people, SITE, LadderRules(fallback=fallback), organisation="Acme")


def ticks(
    *roles: Role, manager: PersonId | None = MONA, persons: Iterable[PersonId] = (), hidden: bool = False
) -> Consent:
    return Consent(frozenset(roles), manager, frozenset(persons), hidden)


def draft(*roles: Role, level: Level = Level.HIGH) -> Case:
    """Rita's draft, with who may know."""
    return Case(CaseId("c1"), "K7Q-4M2X", RITA, NOW, level=level, consent=ticks(*roles))
