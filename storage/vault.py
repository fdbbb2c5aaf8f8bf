"""Keys and places together: what rows are sealed and blinded with.

Rule 1. A case's classes are `case`, `talk`, `outbox`, `file`, and for answers who may read them (`answer:hr+owner`).
Rule 2. What is still owed when a case is erased (the last words, taking messages away) is sealed under the store's own
        key `parting`, since the case's keys die with it; the row goes when it is sent.
Rule 3. A new case gets keys of all classes that cases before it needed, in one go: a talk seldom waits for a key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Final

from bot.core.people import Role
from bot.errors import Invariant
from storage.keys import PEPPER, Keystore
from storage.sealed import blinded, seal, unseal

CASE: Final = "case"
TALK: Final = "talk"
OUTBOX: Final = "outbox"
FILE: Final = "file"
#: What every case needs, made together so that a talk seldom waits for a key.
BASE: Final = (CASE, TALK, OUTBOX, PEPPER)
#: The store's own: no case has an empty id.
PARTING: Final = ("", "parting")
#: The store's own, too: what is known of reaching people, which belongs to no case.
REACH: Final = ("", "reach")
#: How many blind values stay in memory: the same people, lanes and places come back turn after turn.
KEPT: Final = 4096


def answer_class(readers: Iterable[Role]) -> str:
    """The visibility class of an answer: who may read it, in order."""
    return "answer:" + "+".join(sorted(readers))


@dataclass(frozen=True, slots=True)
class Vault:
    keys: Keystore
    index: bytes = field(repr=False)
    _classes: set[str] = field(default_factory=set, init=False, repr=False, compare=False)
    _known: Callable[..., bytes] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_known", lru_cache(KEPT)(partial(blinded, self.index)))

    def missing(self, wanted: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        """The keys that are to be made before anything is sealed for these cases and classes."""
        missing = self.keys.missing(wanted)
        self._classes.update(kind for case, kind in missing if case)
        new = [case for case, kind in missing if kind == CASE]
        return missing + [(c, k) for c in new for k in sorted(self._classes) if (c, k) not in missing]

    def seal(self, home: tuple[str, str], column: str, row: tuple[str, ...], data: bytes) -> bytes:
        """Seal under the key of `home`, a case and a class."""
        key = self.keys.get(*home)
        if key is None:
            raise Invariant(f"There is no key for {column}.")
        return seal(key, column, row, data)

    def unseal(self, column: str, row: tuple[str, ...], data: bytes) -> bytes:
        return unseal(self.keys.find, column, row, data)

    def blind(self, question: str, *parts: str) -> bytes:
        """Equal for equal parts, within one question; `question` is the column."""
        return self._known(question, *parts)

    def pepper(self, case: str) -> bytes:
        found = self.keys.pepper(case)
        if found is None:
            raise Invariant("There is no audit pepper for a case.")
        return found
