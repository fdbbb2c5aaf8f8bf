"""Good requests, damaged: by a generator with a seed, so that what was found can be found again."""

from __future__ import annotations

import copy
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

#: What may stand where something else is meant.
ODD: Sequence[Any] = (
    None, True, 0, -1, 10**30, 1.5, "", " ", "x", "ø\u202e", "\x00", "null", "[]", "U0NOBODY00", [], {}, [None], [[]], [{}],
    {"": ""}, {"id": []}, {"type": 1}, ["x"] * 50, "<" * 2000, "x" * 5000, "../../etc/passwd", "{}", "\ud800",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Damaged:
    """A request as it is sent, and whether it may be taken for one of the platform's."""

    how: str
    body: bytes
    headers: Mapping[str, str]
    signed: bool


class Damage:
    """What is done to payloads and bytes; `kinds` are the words in which the platform says what came."""

    def __init__(self, seed: int, kinds: Sequence[str]) -> None:
        self.draw = random.Random(seed)
        self._kinds = kinds

    def bent(self, payload: Any) -> Any:
        """One or two places of it are something else, or are not there."""
        for _ in range(self.draw.randint(1, 2)):
            places = list(_places(payload))
            if not places:
                return copy.deepcopy(self.draw.choice(ODD))
            holder, key = self.draw.choice(places)
            match self.draw.randrange(8):
                case 0 | 1:
                    del holder[key]
                case 2:
                    holder[key] = self.draw.choice(self._kinds)
                case _:
                    holder[key] = copy.deepcopy(self.draw.choice(ODD))
        return payload

    def garbled(self, good: bytes) -> bytes:
        """Some bytes of it are others, or are not there."""
        body = bytearray(good)
        for _ in range(self.draw.randint(1, 4)):
            at = self.draw.randrange(len(body))
            match self.draw.randrange(4):
                case 0:
                    del body[at:]
                case 1:
                    body[at] = self.draw.randrange(256)
                case 2:
                    body[at:at] = self.draw.randbytes(3)
                case _:
                    del body[at : at + 5]
            if not body:
                break
        return bytes(body)


def _places(found: Any) -> list[tuple[Any, Any]]:
    """Every place in a payload that holds something."""
    made: list[tuple[Any, Any]] = []
    for key in list(found) if isinstance(found, dict) else range(len(found)) if isinstance(found, list) else ():
        made += [(found, key), *_places(found[key])]
    return made
