"""Random organisations: cycles and gaps in the chart, absences, double roles, people without an address.

Every name is a word of its own that stands nowhere else, so that it is found wherever it is shown.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from random import Random

from bot.cases.escalate import LadderRules
from bot.core.people import HELD_ROLES, Absence, Address, People, Person, PersonId, Role
from bot.core.worktime import Hours, Site
from bot.flow.library import Library
from bot.flow.model import Flows
from bot.runtime.view import Setting
from bot.wiring import read_library

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
CHAT, OTHER_CHAT = "chat_a", "chat_b"
OPEN = Hours.of({day: ((time(8), time(16)),) for day in range(5)})
SITE = Site("", "Europe/Copenhagen", OPEN, frozenset({date(2026, 4, 3)}))
NIGHT = Site("night", "America/Santiago", Hours.of({d: ((time(0), time(6)), (time(20), time(0))) for d in range(7)}))
LETTERS = "bcdfghjklmnpqrtvwxz"


@cache
def shipped() -> Library:
    library = read_library(ROOT / "flows", ("en", "da"))
    assert not library.problems
    return library


def organisation(dice: Random) -> People:
    """From two to twelve people; nothing about their chart is as it should be."""
    count = dice.randint(2, 12)
    ids = [PersonId(f"p{n}") for n in range(count)]
    gone = PersonId("gone")
    return People({person: _person(dice, n, person, ids, gone) for n, person in enumerate(ids)})


def _person(dice: Random, number: int, person: PersonId, ids: list[PersonId], gone: PersonId) -> Person:
    word = LETTERS[number] + LETTERS[-1 - number]
    straight = ids[(number - 1) // 2] if number else None
    manager = dice.choice([straight, straight, straight, dice.choice(ids), None, gone, person])
    roles = {role for role in sorted(HELD_ROLES) if dice.random() < 0.25}
    platforms = dice.choice([(CHAT,), (CHAT,), (CHAT,), (CHAT,), (OTHER_CHAT, CHAT), ()])
    return Person(
        id=person,
        name=f"Fyr{word} Wuq{word}",
        manager=manager,
        deputy=dice.choice([None, None, dice.choice(ids), person, gone]),
        roles=frozenset(roles),
        conflicts=frozenset({dice.choice([*ids, gone])}) if dice.random() < 0.3 else frozenset(),
        site=dice.choice(["", "", "night"]),
        language=dice.choice(["en", "en", "da"]),
        timezone=dice.choice(["", "", "Asia/Kolkata"]),
        away=_away(dice),
        addresses=tuple(Address(platform, f"{platform}:{person}") for platform in platforms),
    )


def _away(dice: Random) -> tuple[Absence, ...]:
    if dice.random() < 0.7:
        return ()
    start = NOW + timedelta(hours=dice.randint(-48, 72))
    return (Absence(start, start + timedelta(hours=dice.randint(1, 400))),)


def setting(dice: Random, people: People, flows: Flows | None = None) -> Setting:
    library = shipped()
    return Setting(
        flows=flows if flows is not None else Flows(library.flows),
        people=people,
        country=library.countries["dk"],
        site=SITE,
        rules=LadderRules(fallback=dice.choice(sorted(people.by_id))),
        organisation="Ørnely",
        sites={"night": NIGHT},
        language="en",
    )


def appointed(people: People, role: Role) -> list[PersonId]:
    return [p.id for p in people if role in p.roles]
