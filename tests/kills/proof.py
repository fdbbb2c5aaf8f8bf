"""What must hold after a talk with kills, beside the same talk without.

Rule 1. Nothing lost: every case, answer, timer and message of the unkilled talk is there.
Rule 2. Nothing twice: no event was taken twice, no message came twice, each chain holds.
Rule 3. Order: each lane's messages came in the order in which they were owed.
Rule 4. Owned: every open case has exactly one owner.
"""

from __future__ import annotations

from collections import Counter

from bot.cases.case import AT_REST
from bot.runtime.ports import AuditLine
from tests.kills.child import State
from tests.kills.talk import Outcome


def faults(killed: Outcome, whole: Outcome) -> list[str]:
    """What does not hold, in words."""
    return [*_standing(killed.state), *_messages(killed), *_same(killed, whole)]


def _standing(state: State) -> list[str]:
    found = [f"the audit chain of {case} breaks at {line}" for case, line in state.broken.items()]
    found += [f"still owed: {lane}" for lane in state.lanes]
    if state.arrived:
        found.append(f"{state.arrived} events wait in the inbox")
    for case, file in state.files.items():
        if file.case.status not in AT_REST and file.case.owner is None:
            found.append(f"case {case} is {file.case.status} and nobody's")
    twice = [event for event, times in Counter(state.events).items() if times > 1]
    found += [f"noted twice: {kind}" for kind, _ in twice]
    return found


def _messages(killed: Outcome) -> list[str]:
    twice = [key for key, times in Counter(owed.key for owed in killed.rows).items() if times > 1]
    found = [f"came twice: {key}" for key in twice]
    last: dict[str, int] = {}
    for owed in killed.rows:
        if owed.id <= last.get(owed.lane, 0):
            found.append(f"out of order in {owed.lane}: {owed.key}")
        last[owed.lane] = owed.id
    return found


def _same(killed: Outcome, whole: Outcome) -> list[str]:
    mine, other = killed.state, whole.state
    found: list[str] = []
    if killed.acknowledged != whole.acknowledged:
        found.append("another talk was acknowledged")
    if mine.files.keys() != other.files.keys():
        found.append(f"cases: {sorted(mine.files.keys() ^ other.files.keys())}")
    for case in mine.files.keys() & other.files.keys():
        if mine.files[case].case != other.files[case].case:
            found.append(f"case {case} stands otherwise")
        if mine.files[case].sessions != other.files[case].sessions:
            found.append(f"the talks of {case} stand otherwise")
    if mine.timers != other.timers:
        found.append(f"timers: {set(mine.timers) ^ set(other.timers)}")
    if mine.events != other.events:
        found.append(f"events taken: {Counter(k for k, _ in set(mine.events) ^ set(other.events))}")
    found += [f"the audit chain of {case} tells another story" for case in _other_stories(mine, other)]
    lanes = {owed.lane for owed in (*killed.rows, *whole.rows)}
    for lane in lanes:
        # not by key: it counts turns, and which of two that fall due at one moment comes first is free
        ours = [owed.wish for owed in killed.rows if owed.lane == lane]
        theirs = [owed.wish for owed in whole.rows if owed.lane == lane]
        if ours != theirs:
            found.append(f"{lane} reads otherwise: {len(ours)} messages, not {len(theirs)}")
    return found


def _other_stories(mine: State, other: State) -> list[str]:
    cases = mine.chains.keys() | other.chains.keys()
    return [case for case in cases if _story(mine.chains.get(case, [])) != _story(other.chains.get(case, []))]


def _story(chain: list[AuditLine]) -> list[tuple[object, ...]]:
    """A chain without its pepper: persons by the order in which they come up."""
    persons: dict[str, int] = {"": 0}
    return [(line.at, line.kind, persons.setdefault(line.person, len(persons)), line.detail) for line in chain]
