"""Ownerless is impossible: every open case is looked over now and then, and climbs where nobody would ever come.

Rule 1. An owner who is excluded, was unticked, or has left, loses the case at once.
Rule 2. A case that nobody has taken, and for which nothing is waited, climbs at once.
Rule 3. Where the one whom a critical or high case waits for is away, it climbs at once; at the other levels it climbs
        when it next would, and asks nobody who is away. An owner who is away keeps the case while others are asked.
Rule 4. Where nobody is left to ask, looking changes nothing: the timer that stands tries again.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum

from bot.cases import ladder
from bot.cases.alerts import World
from bot.cases.case import AT_REST, UNTAKEN, Case
from bot.cases.changed import may_own_no_more, owner_lost
from bot.cases.escalate import URGENT
from bot.cases.ladder import Decision, Noted

#: Why help is asked beside an owner who is away.
AWAY = "away"


class Trouble(StrEnum):
    LOST = "lost"  # its owner may not, or cannot, have it
    STILL = "still"  # nothing is waited for
    AWAY = "away"  # whom it waits for is not there, and it is urgent


@dataclass(slots=True)
class Watched:
    """What the looks of this process have seen: cases at the last look, and what was mended in all."""

    open: int = 0
    without_owner: int = 0  # which only a fallback has, or nobody can be told of
    mended: dict[Trouble, int] = field(default_factory=lambda: dict.fromkeys(Trouble, 0))


def has_owner(case: Case, world: World) -> bool:
    """Whether a case has an owner who may know of it."""
    known = world.people.get(case.owner) is not None
    return known and not case.gap and not may_own_no_more(case, world)


def trouble(case: Case, world: World, *, waits: bool) -> Trouble | None:
    """What is wrong with an open case, if anything. `waits` as in `Look`."""
    if case.status in AT_REST:
        return None
    owner = world.people.get(case.owner)
    if (owner is None or not owner.reachable or may_own_no_more(case, world)) and ladder.can_open(case, world):
        return Trouble.LOST
    if case.status in UNTAKEN and not waits:
        return Trouble.STILL
    asked = world.people.get(case.waited_for)
    there = asked is not None and asked.present(world.now)
    return Trouble.AWAY if case.level in URGENT and not there and not case.ownerless else None


def look(case: Case, world: World, *, waits: bool) -> Decision:
    """Make a case climb that needs it; leave every other as it is."""
    found = trouble(case, world, waits=waits)
    if found is None:
        return Decision(case)
    noted = Decision(case, (), (Noted("looked", case.owner, found),))
    if found is Trouble.AWAY and case.status not in UNTAKEN:
        return noted.then(ladder.silence(replace(case, wants=case.wants | {AWAY}), world))
    return noted.then(owner_lost(case, world) if found is Trouble.LOST else ladder.silence(case, world))
