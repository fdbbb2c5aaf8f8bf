"""One line of a file: where it begins, and the name that stands on it."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from enum import Enum, auto

TAB_WIDTH = 2  # what people mean by a tab in a file that is indented by two

_LINE_END = re.compile(r"\r\n|\n|\r")
_QUOTED_KEY = re.compile(r"""("(?:[^"\\]|\\.)*"|'(?:[^']|'')*')\s*:(?=\s|$)""")
_SMART_KEY = re.compile(r"[“”„‘’‚«»]([^:“”„‘’‚«»]*)[“”‘’«»]\s*:(?=\s|$)")
_COLON = re.compile(r":(?=\s|$)")
_TIGHT_KEY = re.compile(r"([a-z_]\w*):(?=[^\s/:])|([a-z_]\w*):(?=/(?!/))")
_COMMENT = re.compile(r"\s#")
WORD = re.compile(r"[a-z_][a-z0-9_]*\Z")


def split_lines(text: str) -> list[str]:
    """Lines without their ends; only the ends that editors write count (not form feeds or Unicode separators)."""
    return _LINE_END.split(text)


@dataclass(frozen=True, slots=True)
class Lead:
    """The beginning of a line. `column` is where `content` stands (from 0); `indent` what it counts as.

    `bad` is the column of the first character that may not indent a line, or None.
    """

    indent: int
    column: int
    content: str
    bad: int | None = None

    @property
    def blank(self) -> bool:
        return not self.content or self.content.startswith("#")

    @property
    def dash(self) -> bool:
        return self.content[:1] == "-" and (len(self.content) == 1 or self.content[1].isspace())


def lead(line: str) -> Lead:
    content = line.lstrip()
    column = len(line) - len(content)
    space = line[:column]
    bad = next((i for i, char in enumerate(space) if char != " "), None)
    indent = sum(TAB_WIDTH if char == "\t" else 1 for char in space)
    return Lead(indent, column, content.rstrip(), bad)


class Flaw(Enum):
    """What is wrong with how a name is written: typographic quotes, no space after the colon, no colon."""

    NONE = auto()
    SMART = auto()
    TIGHT = auto()
    COLON = auto()


@dataclass(frozen=True, slots=True)
class Key:
    """A name at the beginning of a line's content; `end` is the offset after its colon."""

    text: str
    raw: str
    end: int
    flaw: Flaw = Flaw.NONE

    @property
    def word(self) -> bool:
        """True for one word, which a name is; several words may be a text that only looks like one."""
        return not any(char.isspace() for char in self.text)


def split_key(content: str) -> Key | None:
    """The name that `content` begins with, also where the space after its colon is missing."""
    if content[:1] in {"[", "{", "#", ""}:
        return None
    if content[0] in "\"'":
        quoted = _QUOTED_KEY.match(content)
        return Key(quoted[1][1:-1], quoted[1], quoted.end()) if quoted else None
    if smart := _SMART_KEY.match(content):
        return Key(smart[1].strip(), smart[0][:-1].rstrip(), smart.end(), flaw=Flaw.SMART)
    if tight := _TIGHT_KEY.match(content):
        return Key(tight[0][:-1], tight[0][:-1], tight.end(), flaw=Flaw.TIGHT)
    colon = _COLON.search(content)
    if colon is None or _COMMENT.search(content, 0, colon.start()) or not content[: colon.start()].strip():
        return None
    raw = content[: colon.start()].rstrip()
    return Key(raw, raw, colon.end())


@dataclass(slots=True)
class MendedLine:
    """A line as YAML is given it, which knows where each part stands in the file (columns from 0)."""

    text: str = ""
    segments: list[tuple[int, int]] = field(default_factory=list)

    def add(self, piece: str, column: int) -> None:
        self.segments.append((len(self.text), column))
        self.text += piece

    def original(self, column: int) -> int:
        index = bisect_right(self.segments, column, key=lambda segment: segment[0]) - 1
        if index < 0:
            return column
        mended, original = self.segments[index]
        return original + column - mended
