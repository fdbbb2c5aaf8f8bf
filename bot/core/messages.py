"""What a person reads, free of any platform.

Rule 1. `text` is a small Markdown (paragraphs, lists, bold, emphasis, links). What people typed stands in it escaped.
Rule 2. A message asks at most one thing; what it asks is `ask`, and how to answer is in `ask`, `choices` and `form`.
Rule 3. Sensitive answers are taken in a form: the message then carries *Open form*, clickable until it is submitted.
Rule 4. Adapters render every message there can be: rendering is total.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from bot.core.ids import CaseId, Token
from bot.core.people import PersonId


class Tone(StrEnum):
    CALM = "calm"
    URGENT = "urgent"


class Asks(StrEnum):
    """How the message wants to be answered."""

    NOTHING = "nothing"
    ONE = "one"
    MANY = "many"
    PERSON = "person"
    FILES = "files"
    WORDS = "words"
    FORM = "form"


class Input(StrEnum):
    """What a field of a form takes."""

    TEXT = "text"
    PARAGRAPH = "paragraph"
    NUMBER = "number"
    DATE = "date"
    TIME = "time"
    DATETIME = "datetime"
    EMAIL = "email"
    PHONE = "phone"
    URL = "url"
    PERSON = "person"
    ONE = "one"
    MANY = "many"


@dataclass(frozen=True, slots=True)
class Choice:
    """A button or an option: `id` comes back when it is chosen. One that stands `alone` goes with no other."""

    id: str
    label: str
    alone: bool = False


@dataclass(frozen=True, slots=True)
class TellsFile:
    """A file that whoever reads this may open: it is asked for by its case and id. `size` is in bytes."""

    case: CaseId
    id: str
    name: str = field(repr=False)
    size: int
    media_type: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A labelled value, as in a review; `value` is small Markdown, and names its files too."""

    label: str
    value: str
    files: tuple[TellsFile, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is to be mended in a form, at the field."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a form. `initial` is what stands there when the form opens again.

    A person is picked `among` these; with None, among all people.
    """

    id: str
    label: str
    input: Input
    required: bool = False
    hint: str = ""
    options: tuple[Choice, ...] = ()
    initial: tuple[str, ...] = ()
    among: tuple[PersonId, ...] | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """A modal or dialog."""

    token: Token
    title: str
    fields: tuple[Field, ...]
    submit: str


@dataclass(frozen=True, slots=True)
class Message:
    """One message. `commands` are the quiet ways out (back, skip, stop, emergency help).

    `chosen` are options that were the answer before: they are shown as chosen, and can be chosen again. `among` is as
    in a form's field.
    """

    text: str
    asks: Asks = Asks.NOTHING
    facts: tuple[Fact, ...] = ()
    choices: tuple[Choice, ...] = ()
    commands: tuple[Choice, ...] = ()
    token: Token | None = None
    form: Form | None = None
    hint: str = ""
    progress: tuple[int, int] | None = None
    tone: Tone = Tone.CALM
    chosen: tuple[str, ...] = ()
    among: tuple[PersonId, ...] | None = None
