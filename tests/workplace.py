"""A small workplace for talks: Ada reports, Mia is her manager; and what a talk knows there."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time
from typing import Unpack

from bot.core.durations import Duration, Unit
from bot.core.facts import CaseView, Country, Deadline, Facts, HelpLine
from bot.core.levels import Level
from bot.core.people import Address, People, Person, PersonId, Role
from bot.core.worktime import Hours, Site
from tests.changes import FactsChange

#: A Wednesday, 10:00 in Copenhagen.
NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
OPEN = Hours.of({day: ((time(8), time(16)),) for day in range(5)})
SITE = Site("head office", "Europe/Copenhagen", OPEN)
ADA, MIA, DAN, BEA, CEM, SUE, WIL, OLA = (
    PersonId(name) for name in ("ada", "mia", "dan", "bea", "cem", "sue", "wil", "ola")
)


def person(
    id_: PersonId,
    name: str,
    *roles: Role,
    manager: PersonId | None = None,
    deputy: PersonId | None = None,
    title: str = "",
) -> Person:
    terminal = (Address("terminal", id_),)
    return Person(id_, name, manager, deputy, frozenset(roles), title=title, addresses=terminal)


#: Ada works for Mia, whose deputy is Dan; Bea and Cem are HR.
STAFF = (
    person(ADA, "Ada Holm", manager=MIA),
    person(MIA, "Mia Lund", manager=BEA, deputy=DAN, title="Team lead"),
    person(DAN, "Dan Krogh", manager=MIA),
    person(BEA, "Bea Falk", Role.HR),
    person(CEM, "Cem Aydin", Role.HR),
    person(SUE, "Sue Dahl", Role.SAFETY_REP),
    person(WIL, "Wil Ravn", Role.WHISTLEBLOWER_UNIT),
    person(OLA, "Ola Berg", Role.ON_CALL),
)


def staff(*people: Person) -> People:
    return People({p.id: p for p in people})


COUNTRY = Country(
    "dk",
    HelpLine("112", {"en": "Call 112 in danger.", "da": "Ring 112 i fare."}, "the police"),
    {"lifeline": HelpLine("70 201 201", {"en": "The lifeline: 70 201 201", "da": "Livslinien: 70 201 201"}, "x")},
    {
        "police": Deadline(
            Duration(72, Unit.HOURS), "incident_time", {"en": "Tell the police.", "da": "Sig det til politiet."}, "x"
        )
    },
)


def facts(**changes: Unpack[FactsChange]) -> Facts:
    view = CaseView("K7Q-4M2X", Level.MEDIUM, opened=False, reporter=ADA)
    made = Facts(NOW, staff(*STAFF), "Nordlys", COUNTRY, SITE, "Europe/Copenhagen", view)
    if "shared" in changes:
        made = replace(made, told=(changes["shared"],))  # by one other talk
    return replace(made, **changes)
