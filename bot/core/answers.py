"""What a person can answer: a closed union of frozen values.

Rule 1. A skipped question has an answer of its own kind, `Skipped`; a question never asked has none (None).
Rule 2. What people typed is `Words` or `Files`: its repr never shows the content.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Literal

from bot.core.people import PersonId


@dataclass(frozen=True, slots=True)
class Skipped:
    """The person was asked and chose not to answer."""

    kind: Literal["skipped"] = "skipped"


@dataclass(frozen=True, slots=True)
class One:
    """One option of a `choose`."""

    option: str
    kind: Literal["one"] = "one"


@dataclass(frozen=True, slots=True)
class Many:
    """The ticked options of a `choose` with `many`, or of a `consent` (`nobody` when none was ticked)."""

    options: tuple[str, ...]
    kind: Literal["many"] = "many"


@dataclass(frozen=True, slots=True)
class Words:
    """Typed text of any type that is kept as written: text, paragraph, email, phone, url."""

    text: str = field(repr=False)
    kind: Literal["words"] = "words"


@dataclass(frozen=True, slots=True)
class Number:
    """A number or a point on a scale."""

    value: Decimal
    kind: Literal["number"] = "number"


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar day at the person's place."""

    value: date
    kind: Literal["day"] = "day"


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day at the person's place."""

    value: time
    kind: Literal["clock"] = "clock"


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time, in UTC."""

    value: datetime
    kind: Literal["moment"] = "moment"


@dataclass(frozen=True, slots=True)
class Someone:
    """A person picked from the directory; None stands for "not listed" or "rather not say"."""

    person: PersonId | None
    kind: Literal["someone"] = "someone"


@dataclass(frozen=True, slots=True)
class FileRef:
    """A stored file: its id, the name it was given by its owner, its size in bytes, its type and SHA-256."""

    id: str
    name: str = field(repr=False)
    size: int
    media_type: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Files:
    """Files that the person attached."""

    files: tuple[FileRef, ...]
    kind: Literal["files"] = "files"


Answer = Skipped | One | Many | Words | Number | Day | Clock | Moment | Someone | Files
