r"""What a person does, as a line of a transcript: read and written. Pure.

Rule 1. A line is words to the bot; `[Label]` presses a button, `[A] [B]` ticks several; `{field: value | field: value}`
        sends a form; `(file name.png)` attaches a file. `[Done] 2` and `{…} 2` mean not the newest that fits, but the
        second newest.
        `{closed}` leaves a form without sending it.
Rule 2. A file is what its name says; else that stands behind it: `(file page.png | text/html | 0 bytes)`.
Rule 3. `\` before a sign takes its meaning away: `[Keep \[this\]]`, `{story: this \| that}`, and `\[No]` for words
        that look like a button. `\n` is a new line, `\\` a backslash, `\` alone says nothing at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import assert_never

_PRESS = re.compile(r"(?P<labels>(?:\[(?:[^\[\]\\]|\\.)+\]\s*)+)(?P<nth>\d*)")
_LABEL = re.compile(r"\[((?:[^\[\]\\]|\\.)+)\]")
_FORM = re.compile(r"\{(?P<fields>.*)\}(?:\s+(?P<nth>\d+))?")
_CLOSED = re.compile(r"\{closed\}(?:\s+(?P<nth>\d+))?")
_FILE = re.compile(r"\(file\s+(?P<parts>.*)\)")
_PART = re.compile(r"(?:[^|\\]|\\.|\\$)+")
_ESCAPED = re.compile(r"\\([\\\[\]{}()|n])")
NOTHING = "\\"


@dataclass(frozen=True, slots=True)
class Words:
    text: str


@dataclass(frozen=True, slots=True)
class Pressed:
    """Buttons of one message: of the `nth` newest that has them."""

    labels: tuple[str, ...]
    nth: int = 1


@dataclass(frozen=True, slots=True)
class Filled:
    """The `nth` newest form, with what was filled in, field by field."""

    fields: tuple[tuple[str, str], ...]
    nth: int = 1


@dataclass(frozen=True, slots=True)
class Closed:
    """The `nth` newest form, left without sending it."""

    nth: int = 1


@dataclass(frozen=True, slots=True)
class Sent:
    """A file; `notes` tell in what it is not as its name says."""

    name: str
    notes: tuple[str, ...] = ()


Written = Words | Pressed | Filled | Closed | Sent


def read(line: str) -> Written:
    """What a line means; total."""
    if (found := _PRESS.fullmatch(line)) is not None:
        labels = tuple(_plain(label).strip() for label in _LABEL.findall(found["labels"]))
        return Pressed(labels, int(found["nth"] or 1))
    if (found := _CLOSED.fullmatch(line)) is not None:
        return Closed(int(found["nth"] or 1))
    if (found := _FORM.fullmatch(line)) is not None:
        parts = (part.partition(":") for part in _parts(found["fields"]))
        fields = tuple((name.strip(), _plain(value.strip())) for name, _, value in parts)
        return Filled(fields, int(found["nth"] or 1))
    if (found := _FILE.fullmatch(line)) is not None:
        name, *notes = _parts(found["parts"]) or [""]
        return Sent(_plain(name), tuple(map(_plain, notes)))
    return Words(_plain(line) if line != NOTHING else "")


def write(done: Written) -> str:
    """The line that is read so; of spaces and empty lines only what parts words and lines is kept."""
    match done:
        case Words(text):
            said = _quoted(tidy(text), "")
            return said if said and isinstance(read(said), Words) else f"\\{said}"
        case Pressed(labels, nth):
            pressed = " ".join(f"[{quoted(label)}]" for label in labels)
            return pressed + _which(nth)
        case Filled(fields, nth):
            filled = " | ".join(f"{name}: {_quoted(tidy(value), '|')}" for name, value in fields)
            return f"{{{filled}}}" + _which(nth)
        case Closed(nth):
            return "{closed}" + _which(nth)
        case Sent(name, notes):
            return f"(file {' | '.join(_quoted(flat(part), '|') for part in (name, *notes))})"
        case _:
            assert_never(done)


def quoted(label: str) -> str:
    """A button's label between its brackets."""
    return _quoted(flat(label), "[]")


def flat(text: str) -> str:
    """A text on one line."""
    return " ".join(text.split())


def tidy(text: str) -> str:
    """A text in its lines, without what nobody sees."""
    return "\n".join(filter(None, map(flat, text.splitlines())))


def _which(nth: int) -> str:
    return f" {nth}" if nth > 1 else ""


def _parts(text: str) -> list[str]:
    return [part.strip() for part in _PART.findall(text) if part.strip()]


def _quoted(text: str, signs: str) -> str:
    kept = "".join(f"\\{sign}" if sign in signs or sign == "\\" else sign for sign in text)
    return kept.replace("\n", "\\n")


def _plain(text: str) -> str:
    return _ESCAPED.sub(lambda found: "\n" if found[1] == "n" else found[1], text)
