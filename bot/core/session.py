"""One talk with one person through one flow: the whole state between two turns, as a value that survives JSON.

Rule 1. A session is pinned to the structure it began with; a position is the number of a step in it.
Rule 2. The stack's last frame is where the talk stands; a called flow or a task's `then:` is a frame on top.
Rule 3. The trail lists the questions that were answered, with the stack as it stood: the way back.
Rule 4. An answer knows who may read it (the upper bound) and when it was given.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.core.answers import Answer
from bot.core.ids import CaseId, SessionId
from bot.core.people import PersonId, Role


class Status(StrEnum):
    LIVE = "live"
    PAUSED = "paused"
    STOPPED = "stopped"
    ENDED = "ended"


class TaskState(StrEnum):
    OPEN = "open"
    LATER = "later"
    DONE = "done"
    NOT_RELEVANT = "not_relevant"

    @property
    def settled(self) -> bool:
        return self in (TaskState.DONE, TaskState.NOT_RELEVANT)


@dataclass(frozen=True, slots=True)
class Frame:
    """A place in a flow: the number of the step, in depth-first order."""

    flow: str
    structure: str
    at: int


@dataclass(frozen=True, slots=True)
class Given:
    """An answer with its readers. A `kept` one waits to be taken again after an earlier answer was changed.

    A `held` one is kept, too, but was never given: it stands in the form, or among the files, until the person says so.
    A `foreign` one was given by whoever had the talk before, and is not for whoever has it now: the talk goes on as if
    it were not there.
    """

    answer: Answer
    readers: frozenset[Role]
    at: datetime
    kept: bool = False
    held: bool = False
    foreign: bool = False


@dataclass(frozen=True, slots=True)
class Visit:
    """A question that was answered (`flow.question`), with the stack as it stood."""

    question: str
    stack: tuple[Frame, ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A typed answer that was not certain: the bot asks back with these options; `typed` waits for the other talk."""

    step: str
    options: tuple[str, ...]
    typed: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Task:
    """A prompt to act that was shown. `due` is UTC."""

    state: TaskState
    shown: datetime
    due: datetime | None = None


@dataclass(frozen=True, slots=True)
class Session:
    id: SessionId
    case: CaseId
    person: PersonId
    flow: str
    language: str
    platform: str
    stack: tuple[Frame, ...]
    structures: Mapping[str, str] = field(default_factory=dict)  # of each flow it stood in, also when that is over
    revision: int = 0
    status: Status = Status.LIVE
    asking: str | None = None  # the step that waits for this person, as `flow.step`
    asleep: bool = False  # waits for time, or for open tasks, not for words
    asked_at: datetime | None = None
    answers: Mapping[str, Given] = field(default_factory=dict)
    trail: tuple[Visit, ...] = ()
    done: frozenset[str] = frozenset()  # `flow.number` of each said or done step, behind those of its callers
    tasks: Mapping[str, Task] = field(default_factory=dict)
    doubt: Doubt | None = None
    opened: str | None = None  # the form that was opened last, and not left
    chased: int = 0  # how often its person was reminded of what is overdue, since something last became so

    def answer(self, question: str) -> Answer | None:
        given = self.answers.get(question)
        return given.answer if given is not None and not given.kept else None

    @property
    def pinned(self) -> Mapping[str, str]:
        """The structure of each flow that this talk has stood in, its own first."""
        visited = {frame.flow: frame.structure for visit in self.trail for frame in visit.stack}
        return {**self.structures, **visited, **{frame.flow: frame.structure for frame in self.stack}}

    @property
    def waits_for_words(self) -> bool:
        return self.status is Status.LIVE and self.asking is not None
