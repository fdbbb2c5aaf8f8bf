"""How much room each kind of text is given, from all that Teams takes down to what always fits.

A card has at most 28 KB as UTF-8, of which some is left for what goes around it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from adapters.teams.wire import Element, Json

CARD_BYTES = 27_000
#: A dialog turns its pages, which are read in one go each.
PAGE_BYTES = 16_000


@dataclass(frozen=True, slots=True)
class Room:
    """The most characters of a text, of a fact's value, of a label; the most facts, and of all else that is listed."""

    text: int
    fact: int
    label: int = 120
    facts: int = 200
    others: int = 100


FULL = Room(20_000, 20_000)
ROOMS = (
    FULL,
    *(Room(6000, fact) for fact in (6000, 3000, 1200, 600, 300, 150)),
    Room(3000, 75, 80, 100, 60),
    Room(1500, 40, 60, 40, 60),
    Room(600, 30, 40, 20, 60),
    Room(200, 20, 25, 6, 40),
    Room(100, 20, 15, 2, 40),
)
#: What answers and what leads out is never taken away to make room.
_KEPT = ("ActionSet", "Input.")


def size(made: Json) -> int:
    """In bytes, as it is sent."""
    return len(json.dumps(made, ensure_ascii=False).encode(errors="replace"))


def widest(make: Callable[[Room], list[Element]], most: int = CARD_BYTES) -> list[Element]:
    """What is made with the most room that fits; as a last resort without what is only read, then without the end."""
    made: list[Element] = []
    for room in ROOMS:
        made = make(room)
        if size(made) <= most:
            return made
    while size(made) > most:
        read = [number for number, one in enumerate(made) if not str(one["type"]).startswith(_KEPT)]
        made.pop(read[-1] if read else -1)
    return made


def pages(made: Sequence[Element], most: int = PAGE_BYTES) -> list[list[Element]]:
    """What is read in turn; each page holds something."""
    found: list[list[Element]] = [[]]
    room = most
    for one in made:
        needs = size(one) + 1
        if needs > room and found[-1]:
            found.append([])
            room = most
        found[-1].append(one)
        room -= needs
    return found
