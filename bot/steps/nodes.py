"""A YAML file as a tree of texts with their places: what steps are read from.

Rule 1. Every value is text, as it was written.
Rule 2. Lines and columns are 1-based and those of the admin's file, whatever was mended on the way.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text. In a `|` block its lines begin below `line`, `block_indent` spaces in."""

    text: str
    line: int
    column: int
    block: bool = False
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Sequence:
    items: tuple[Node, ...]
    line: int
    column: int
    flow_style: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    key: Scalar
    value: Node


@dataclass(frozen=True, slots=True)
class Mapping:
    entries: tuple[Entry, ...]
    line: int
    column: int

    def get(self, key: str) -> Node | None:
        """The value of a key, or None."""
        for entry in self.entries:
            if entry.key.text == key:
                return entry.value
        return None


Node = Scalar | Sequence | Mapping
