"""What every step is: what it reads from YAML, what it refers to, what it does.

Rule 1. A step is a value; entering it and answering it return what is to happen, they never do it.
Rule 2. A step names all that it refers to: texts, conditions, blocks, questions. Checks, translations and pictures
        read only these.
Rule 3. `KEYS` is the whole list of what an admin may write for a verb.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from bot.core.answers import Answer, FileRef
from bot.core.effects import Effect
from bot.core.expressions import Condition
from bot.core.messages import FieldError, Message
from bot.core.people import Role
from bot.core.texts import Text, place_in


@dataclass(frozen=True, slots=True)
class Place:
    """A place in an admin's file, 1-based."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class When:
    """A condition with the place of its text, so that a mistake inside it can be shown."""

    condition: Condition
    source: str
    place: Place
    places: tuple[tuple[int, int, int], ...] = field(default=(), repr=False, compare=False)

    def place_at(self, offset: int) -> Place:
        """The place of the character at `offset` in `source`."""
        return Place(*place_in(self.places, self.place.line, self.place.column, offset))


@dataclass(frozen=True, slots=True)
class Name:
    """A word that names something else, with its place."""

    word: str
    place: Place


class Shape(StrEnum):
    """What the value of a key looks like."""

    TEXT = "text"
    WORD = "word"
    FLAG = "flag"
    NUMBER = "number"
    DURATION = "duration"
    BEFORE = "before"
    CONDITION = "condition"
    ROLES = "roles"
    TEXTS = "texts"
    OPTIONS = "options"
    LABELS = "labels"
    STEPS = "steps"
    FIELDS = "fields"
    CASES = "cases"
    DUE = "due"


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a verb: its name, the shape of its value, and what it means, for people and for editors."""

    name: str
    shape: Shape
    means: str
    words: tuple[str, ...] = ()


COMMON_KEYS = (
    Key("when", Shape.CONDITION, "The step is passed over unless this holds."),
    Key("source", Shape.TEXT, "Where the rule comes from, or: our judgement."),
)


class Means(StrEnum):
    """What an answer tells about the case."""

    ACCUSED = "accused"
    AFFECTED = "affected"
    INCIDENT_TIME = "incident_time"
    ABSENCE_START = "absence_start"
    TRACE = "trace"


# --- what a person puts in -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Typed:
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Picked:
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Filled:
    """A form's values, by field."""

    values: Mapping[str, tuple[str, ...]] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Attached:
    files: tuple[FileRef, ...]


Put = Typed | Picked | Filled | Attached


# --- what comes of it ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Accept:
    """Answers by question id, in the order of the questions."""

    answers: Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class Doubtful:
    """Not certain enough to be guessed: these were probably meant.

    With `asks` it is no doubt, but the next question: which of them.
    """

    options: tuple[str, ...]
    asks: str = ""


@dataclass(frozen=True, slots=True)
class Refuse:
    """Not an answer; `text` says kindly what would be one. With `errors`, at the fields of a form."""

    text: str
    errors: tuple[FieldError, ...] = ()


@dataclass(frozen=True, slots=True)
class Rewind:
    """Change the answer to an earlier question (`flow.question`) and replay the talk from there."""

    question: str


@dataclass(frozen=True, slots=True)
class Hold:
    """Kept so far, and more may come: files one after the other. `text` says so."""

    answers: Mapping[str, Answer]
    text: str


Taken = Accept | Doubtful | Refuse | Rewind | Hold


@dataclass(frozen=True, slots=True)
class Go:
    """Go on with the next step."""

    effects: tuple[Effect, ...] = ()


@dataclass(frozen=True, slots=True)
class Into:
    """Run one of the step's blocks, then go on."""

    block: str


@dataclass(frozen=True, slots=True)
class Wait:
    """Show a message and wait for the person."""

    message: Message


@dataclass(frozen=True, slots=True)
class Act:
    """A task was shown; it stands open while the person works on it."""

    message: Message
    due: datetime | None
    effects: tuple[Effect, ...] = ()


@dataclass(frozen=True, slots=True)
class Sleep:
    """Wait until a moment, UTC."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Call:
    """Run another flow, then go on."""

    flow: str


@dataclass(frozen=True, slots=True)
class Finish:
    """End the talk."""

    effects: tuple[Effect, ...] = ()


Outcome = Go | Into | Wait | Act | Sleep | Call | Finish


# --- the step itself -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseStep:
    """What all verbs share. `place` is where the step begins in its file."""

    VERB: ClassVar[str]
    KEYS: ClassVar[tuple[Key, ...]]
    place: Place
    when: When | None = None
    source: str | None = None

    def after_tasks(self) -> bool:
        """Whether it comes only when the tasks before it are done or marked."""
        return False

    def blocks(self) -> tuple[tuple[str, tuple[BaseStep, ...]], ...]:
        """The step's blocks by name, in the order of the file."""
        return ()

    def texts(self) -> tuple[Text, ...]:
        """Every text that a person reads, in talk order; blocks apart."""
        return ()

    def conditions(self) -> tuple[When, ...]:
        """Every condition that the step itself reads; blocks apart."""
        return (self.when,) if self.when is not None else ()

    def shape(self) -> tuple[object, ...]:
        """What makes the step's structure: all but wording, sources and places."""
        return (self.VERB, self.when.source if self.when else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseQuestion(BaseStep):
    """A step, or a field of a form, whose answer is kept under `id`.

    `visible_to` is the upper bound of who reads the answer; the flow's own holds where it is None.
    """

    id: str
    text: Text
    hint: Text | None = None
    required: bool = False
    visible_to: tuple[Role, ...] | None = None
    means: Means | None = None

    def texts(self) -> tuple[Text, ...]:
        return (self.text, *((self.hint,) if self.hint else ()))

    def shape(self) -> tuple[object, ...]:
        return (*BaseStep.shape(self), self.id, self.required, self.visible_to, self.means)


QUESTION_KEYS = (
    Key("id", Shape.WORD, "The name of the answer, for conditions and placeholders."),
    Key("hint", Shape.TEXT, "A short help below the question."),
    Key("required", Shape.FLAG, "true: the question cannot be skipped."),
    Key("visible_to", Shape.ROLES, "Who may read the answer, at most."),
    Key("means", Shape.WORD, "What the answer tells about the case.", tuple(Means)),
    *COMMON_KEYS,
)
