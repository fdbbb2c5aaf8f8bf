"""Problems of one file as they are found, and the words that help to mend them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from bot.errors import Problem
from bot.steps.base import Place
from bot.steps.nodes import Node, Scalar


@dataclass
class Notes:
    """Where problems of one file are gathered."""

    file: str
    problems: list[Problem] = field(default_factory=list)

    def add(self, place: Place, rule: str, message: str) -> None:
        self.problems.append(Problem(self.file, place.line, place.column, rule, message))


def place_of(node: Node) -> Place:
    return Place(node.line, node.column)


def inside(scalar: Scalar, offset: int) -> Place:
    """The place of a character inside a text."""
    return Place(*scalar.place_at(offset))


def nearest(word: str, known: Sequence[str]) -> str | None:
    """The known word that was probably meant. Swapped letters weigh less than wrong ones."""
    swapped = [k for k in known if sorted(k) == sorted(word)]
    near = swapped or get_close_matches(word, known, n=1, cutoff=0.6)
    return near[0] if near else None


def did_you_mean(word: str, known: Sequence[str]) -> str:
    """A suggestion with a leading space, or nothing."""
    near = nearest(word, known)
    return f' Did you mean "{near}"?' if near else ""


def listed(words: Sequence[str]) -> str:
    return ", ".join(words)
