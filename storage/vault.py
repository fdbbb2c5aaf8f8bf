"""Keys and places together: what rows are sealed and blinded with.

Rule 1. A case's classes are `case`, `talk`, `outbox`, `file`, and for answers who may read them (`answer:hr+owner`).
Rule 2. What is still owed when a case is erased (the last words, taking messages away) is sealed under the store's own
        key `parting`, since the case's keys die with it; the row goes when it is sent.
        Platforms' accounts are nobody's case either: they have a key `people` of the store's own.
Rule 3. The keys of a case to come are made ahead, of every class that a talk can need: none waits for a key. A list of
        readers that was published later gets its key in the turn that first needs it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
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
#: What every turn of a case needs.
BASE: Final = (CASE, TALK, OUTBOX, PEPPER)
#: The store's own: no case has an empty id.
PARTING: Final = ("", "parting")
PEOPLE: Final = ("", "people")
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
    _known: Callable[..., bytes] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_known", lru_cache(KEPT)(partial(blinded, self.index)))

    def prepare(self, cases: Iterable[str], readers: Collection[Iterable[Role]]) -> None:
        """Make the keys of cases to come, for answers with these readers too, and the store's own."""
        kinds = (*BASE, FILE, *map(answer_class, readers))
        own = (PARTING, PEOPLE, REACH)
        missing = self.keys.missing([*own, *((case, kind) for case in cases for kind in kinds)])
        if missing:
            self.keys.create(missing)

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
