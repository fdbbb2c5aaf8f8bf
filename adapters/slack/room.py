"""How much room each kind of text is given, from all that Slack takes down to what always fits.

Slack counts the text of a message in all (`msg_blocks_too_long` at about 13,200) and of a view in bytes (250 kB).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from adapters.slack.blocks import LONGEST_LABEL, size
from adapters.slack.texts import LONGEST_TEXT, Block

MESSAGE_BLOCKS, VIEW_BLOCKS = 50, 100
MESSAGE_CHARACTERS = 10_000
VIEW_BYTES = 200_000


@dataclass(frozen=True, slots=True)
class Room:
    """The most characters of a text, of a fact's value and of a label; `dense` facts share blocks."""

    text: int
    fact: int
    label: int = LONGEST_LABEL
    dense: bool = False


FULL = Room(2 * LONGEST_TEXT, 250_000)
ROOMS = (
    FULL,
    *(Room(2 * LONGEST_TEXT, fact, dense=dense) for fact in (3000, 1200, 600, 300, 150, 75) for dense in (False, True)),
    Room(LONGEST_TEXT, 60, 40, dense=True),
    Room(1000, 30, 16, dense=True),
)


def fits_message(made: Sequence[Block]) -> bool:
    return len(made) <= MESSAGE_BLOCKS and size(made) <= MESSAGE_CHARACTERS


def fits_view(made: Sequence[Block]) -> bool:
    return len(made) <= VIEW_BLOCKS and len(json.dumps(made)) <= VIEW_BYTES


def widest(make: Callable[[Room], list[Block]], fits: Callable[[Sequence[Block]], bool]) -> list[Block]:
    """The blocks with the most room that fit; as a last resort the first of them."""
    made: list[Block] = []
    for room in ROOMS:
        made = make(room)
        if fits(made):
            return made
    while not fits(made):
        made.pop()
    return made
