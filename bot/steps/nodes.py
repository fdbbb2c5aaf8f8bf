"""What one YAML file says: a tree of texts, each with its place in the file.

Rule 1. Every value is text, as it was written; whoever wants a number or a time reads it from the text.
Rule 2. Lines and columns count from 1, in characters, in the file as it was written, also where it had to be mended.
Rule 3. What a problem has been reported for still stands in the tree, mended, so that later checks can go on:
        a missing value is a `Scalar` that is `missing`; a second key of the same name is left out.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.core.texts import place_in
from bot.errors import Problem


@dataclass(frozen=True, slots=True)
class Scalar:
    """One text. `line` and `column` are those of its first character, of its opening quote, or of its "|".

    `places` says where parts of the text stand: (offset, line, column), for the offsets where counting on would be
    wrong (after an escape, on a new line).
    """

    text: str
    line: int
    column: int
    block: bool = False
    quoted: bool = False
    places: tuple[tuple[int, int, int], ...] = field(default=(), repr=False, compare=False)

    @property
    def missing(self) -> bool:
        """True where nothing was written at all; it has been reported."""
        return not (self.text or self.quoted)

    def place_at(self, offset: int) -> tuple[int, int]:
        """Line and column of the character at `offset` in `text`."""
        return place_in(self.places, self.line, self.column, offset)


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list; `flow_style` where it was written in [ ]."""

    items: tuple[Node, ...]
    line: int
    column: int
    flow_style: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One name and its value."""

    key: Scalar
    value: Node


@dataclass(frozen=True, slots=True)
class Mapping:
    """Names with their values, in the order of the file; each name once."""

    entries: tuple[Entry, ...]
    line: int
    column: int

    def entry(self, name: str) -> Entry | None:
        return next((entry for entry in self.entries if entry.key.text == name), None)

    def get(self, name: str) -> Node | None:
        found = self.entry(name)
        return found.value if found else None


Node = Scalar | Sequence | Mapping


@dataclass(frozen=True, slots=True)
class Document:
    """A file that was read. `root` is None where nothing could be made of it; then there is a problem that says why.

    `lines` are the file's lines as written, without their ends.
    """

    file: str
    root: Node | None
    problems: tuple[Problem, ...]
    lines: tuple[str, ...] = field(repr=False)
