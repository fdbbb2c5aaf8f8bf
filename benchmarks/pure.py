"""The pure step: `advance` on flows of many lengths, at the same number of answers.

Rule 1. All flows are made of the same unit of five steps, so that a turn does the same work wherever it stands.
Rule 2. The talk stands in the second unit, in the middle, or in the last one; two answers were given before.
Rule 3. A turn that grows with the flow shows as a ratio above 1.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time
from statistics import median
from time import thread_time

from bot.core.answers import One, Words
from bot.core.events import Chose, PersonEvent, Said
from bot.core.facts import CaseView, Country, Facts, HelpLine
from bot.core.ids import CaseId, SessionId, Token
from bot.core.levels import Level
from bot.core.people import Address, People, Person, PersonId, Role
from bot.core.session import Frame, Given, Session, Visit
from bot.core.worktime import Hours, Site
from bot.flow.interpret import advance
from bot.flow.load import load_flow
from bot.flow.model import Flow, Flows

SIZES = (10, 100, 1000)
ROUNDS, TURNS = 9, 100
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
ANNA, CASE, TALK = PersonId("anna"), CaseId("c1"), SessionId("c1.1")
UNIT = """\
- choose: Has number {n} happened to you, {word}?
  id: c{n}
  options:
    yes: Yes, it has
    no: No, it has not
- say: Thank you for telling about number {n}, {word}.
- if: c{n} is yes
  then:
  - say: Call **{{emergency.number}}** if number {n} happens again.
- ask: What would you like to add to number {n}?
  id: a{n}
"""
UNIT_STEPS = 5
HEAD = """\
bistand: 1
flow: long
title: A long talk
audience: reporter
language: en
start:
  command: long
visible_to: [owner, hr]
steps:
"""


def make_flow(steps: int, seed: int) -> Flow:
    """A flow of so many steps; the seed picks its words."""
    rng = random.Random(seed)
    words = ("today", "lately", "at work", "at home", "online")
    units = [UNIT.format(n=n, word=rng.choice(words)) for n in range(steps // UNIT_STEPS)]
    flow, problems = load_flow(HEAD + "".join(units), "long.yaml")
    if flow is None or problems:
        raise ValueError(problems)
    return flow


def standing(flow: Flow, unit: int) -> Session:
    """A talk that is asked the first question of a unit, with the unit before it answered."""

    def at(key: str) -> tuple[Frame, ...]:
        return (Frame(flow.name, flow.structure, flow.number[key]),)

    readers = frozenset((Role.OWNER, Role.HR))
    chose, said = f"c{unit - 1}", f"a{unit - 1}"
    return Session(
        id=TALK,
        case=CASE,
        person=ANNA,
        flow=flow.name,
        language="en",
        platform="memory",
        stack=at(f"c{unit}"),
        asking=f"{flow.name}.c{unit}",
        asked_at=NOW,
        answers={
            f"{flow.name}.{chose}": Given(One("yes"), readers, NOW),
            f"{flow.name}.{said}": Given(Words("It was on a Monday."), readers, NOW),
        },
        trail=(Visit(f"{flow.name}.{chose}", at(chose)), Visit(f"{flow.name}.{said}", at(said))),
    )


def facts() -> Facts:
    hours = Hours.of(dict.fromkeys(range(5), ((time(8), time(16)),)))
    line = HelpLine("112", {"en": "Call 112"}, "")
    people = People({ANNA: Person(ANNA, "Anna Holm", addresses=(Address("memory", "anna"),))})
    view = CaseView("K7Q-4M2X", Level.LOW, opened=False, reporter=ANNA)
    return Facts(
        NOW,
        people,
        "Nordby",
        Country("dk", line, {}, {}),
        Site("", "Europe/Copenhagen", hours),
        "Europe/Copenhagen",
        view,
    )


@dataclass(frozen=True, slots=True)
class Point:
    """A place in a flow where a turn is timed."""

    steps: int
    place: str
    flows: Flows
    session: Session
    events: tuple[PersonEvent, ...]


def points(seed: int) -> Iterator[Point]:
    for steps in SIZES:
        flow = make_flow(steps, seed)
        last = steps // UNIT_STEPS - 1
        for place, unit in (("beginning", 1), ("middle", max(1, last // 2)), ("end", last)):
            session = standing(flow, unit)
            token = Token(CASE, TALK, session.asking or "", session.revision)
            pressed = Chose("e1", NOW, ANNA, "memory", token, ("yes",))
            typed = Said("e2", NOW, ANNA, "memory", "Yes, it has")
            yield Point(steps, place, Flows({flow.name: flow}), session, (pressed, typed))


def time_point(point: Point, known: Facts, turns: int) -> float:
    """Microseconds a turn."""
    began = thread_time()
    for _ in range(turns):
        for event in point.events:
            advance(point.flows, point.session, event, known)
    return (thread_time() - began) / (turns * len(point.events)) * 1e6


def measure(seed: int, rounds: int = ROUNDS, turns: int = TURNS) -> dict[tuple[int, str], float]:
    """The median of alternating rounds, in microseconds a turn, by flow length and place."""
    known, all_points = facts(), list(points(seed))
    found: dict[tuple[int, str], list[float]] = {(p.steps, p.place): [] for p in all_points}
    for _ in range(rounds):
        for point in all_points:
            found[point.steps, point.place].append(time_point(point, known, turns))
    return {key: median(times) for key, times in found.items()}
