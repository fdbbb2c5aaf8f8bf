"""Texts of a flow: a small Markdown with {placeholders}, and what people typed made safe to stand in it.

Rule 1. What people typed is data, never markup: every character that Markdown could read is escaped.
Rule 2. Control and direction-changing characters never reach another person's screen.
Rule 3. A placeholder is a dotted name in braces; everything else in braces is a mistake that `flows check` names.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field

#: Longest text of a person that is taken as one answer, in characters; longer ones are refused with a word.
LONGEST_ANSWER = 200_000

PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*)\}")
_MARKUP = re.compile(r"([!\"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~])")
#: Control and direction characters, halves of pairs, code points that are no characters. What this Python does not know
#: yet may be one.
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane | last) for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF))
    + "]"
)


@dataclass(frozen=True, slots=True)
class Text:
    """A text of a flow in its source language; `at` names its place (`question.option`) for translators.

    `places` says where parts of it stand in the file: (offset, line, column), where counting on would be wrong.
    """

    source: str
    at: str
    line: int
    column: int
    places: tuple[tuple[int, int, int], ...] = field(default=(), repr=False, compare=False)

    def place_at(self, offset: int) -> tuple[int, int]:
        """Line and column of the character at `offset`; of the opening quote where it is the first in a line's text."""
        line, column = place_in(self.places, self.line, self.column, offset)
        return (line, self.column) if offset == 0 and line == self.line else (line, column)


def place_in(places: tuple[tuple[int, int, int], ...], line: int, column: int, offset: int) -> tuple[int, int]:
    """Line and column of a character, from a text's own place and those of its parts."""
    index = bisect_right(places, offset, key=lambda place: place[0]) - 1
    if index < 0:
        return line, column + offset
    start, line, column = places[index]
    return line, column + offset - start


def clean(typed: str) -> str:
    """What a person typed, without what no person types: control and direction characters, odd line ends."""
    lines = typed.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return _UNSEEN.sub("", lines).strip()


def escape(data: str) -> str:
    """Data as Markdown that shows exactly this data."""
    return _MARKUP.sub(r"\\\1", clean(data))


def shorten(data: str, longest: int) -> str:
    """The beginning of a long text, cut between words where that loses little."""
    if len(data) <= longest:
        return data
    cut = data[:longest]
    space = cut.rfind(" ")
    return (cut[:space] if space > longest * 3 // 4 else cut).rstrip() + " …"


def cut(text: str, longest: int) -> str:
    """The beginning of a plain text, as much as fits; never empty."""
    short = text.strip()
    if len(short) > longest:
        short = shorten(short, longest - 2)[:longest].strip()
    return short or "–"


def parts(text: str, longest: int) -> list[str]:
    """A long text in pieces, parted at line ends, else between words."""
    found: list[str] = []
    rest = text
    while len(rest) > longest:
        at = max(rest.rfind("\n", 1, longest + 1), 0) or max(rest.rfind(" ", 1, longest + 1), 0)
        found.append(rest[: at or longest])
        rest = rest[at + 1 :] if at else rest[longest:]
    return [part for part in (*found, rest) if part.strip()]


def placeholders(source: str) -> tuple[str, ...]:
    """Names of the placeholders in a text, in order."""
    return tuple(PLACEHOLDER.findall(source))


def fill(source: str, value: Callable[[str], str]) -> str:
    """A text with its placeholders replaced; `value` gives Markdown."""
    return PLACEHOLDER.sub(lambda found: value(found.group(1)), source)
