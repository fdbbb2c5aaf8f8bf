"""What a name in a flow may refer to: its own questions, those of flows that it reads or calls, the country pack.

Rule 1. A question of the same flow is named alone, one of another flow as `flow.question`.
Rule 2. Another flow's answers are used only where `reads:` or a `call` names that flow.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.core.facts import Country
from bot.core.texts import Text
from bot.errors import Problem
from bot.flow.model import Answerable, Flow
from bot.steps import Call, Do, Form, Step, Task
from bot.steps.base import Name, Place
from bot.steps.notes import did_you_mean, listed, nearest


@dataclass(frozen=True, slots=True)
class Scope:
    """All flows by name, with the country pack and the placeholders that the bot fills by itself."""

    flows: Mapping[str, Flow]
    country: Country | None
    placeholders: tuple[str, ...]

    def is_placeholder(self, name: str) -> bool:
        """Whether the bot fills this placeholder by itself."""
        if name in self.placeholders:
            return True
        parts = name.split(".")
        any_name = ".".join((parts[0], "NAME", *parts[2:]))
        return self.country is None and len(parts) > 1 and any_name in self.placeholders


@dataclass(frozen=True, slots=True)
class Known:
    """A question that a name refers to."""

    flow: Flow
    question: Answerable

    @property
    def full(self) -> str:
        return f"{self.flow.name}.{self.question.id}"

    @property
    def step(self) -> Step:
        return self.flow.code[self.flow.step_of[self.question.id]]

    @property
    def line(self) -> int:
        return self.question.place.line


@dataclass(frozen=True, slots=True)
class Wrong:
    """A name that refers to nothing, or to what has no answer yet: which rule it breaks, and what to say."""

    rule: str
    message: str


def problem(flow: Flow, place: Place, rule: str, message: str) -> Problem:
    return Problem(flow.file, place.line, place.column, rule, message)


def place_in(text: Text, offset: int) -> Place:
    """The place of a character of a text."""
    return Place(*text.place_at(offset))


def meant(word: str, known: Sequence[str]) -> str:
    """A suggestion, or else all that is known; with a leading space."""
    return did_you_mean(word, known) or (f" Known here: {listed(known)}." if known else "")


def called(flow: Flow) -> tuple[Name, ...]:
    """The flows that it calls."""
    return tuple(step.flow for step in flow.code if isinstance(step, Call))


def started(flow: Flow) -> tuple[tuple[Do, Name], ...]:
    """The flows that it starts for later."""
    return tuple((step, step.flow) for step in flow.code if isinstance(step, Do) and step.flow is not None)


def lookup(scope: Scope, flow: Flow, name: str) -> Known | Wrong | None:
    """The question that a name in this flow refers to; None where that could not be read, which is reported there."""
    other, dot, question = name.rpartition(".")
    if not dot or other == flow.name:
        return _own(scope, flow, question)
    found = scope.flows.get(other)
    if found is None:
        more = did_you_mean(other, tuple(scope.flows))
        return Wrong("unknown-flow", f'there is no flow "{other}".{more}')
    if other not in {entry.word for entry in (*flow.reads, *called(flow))}:
        names = listed((*(entry.word for entry in flow.reads), other))
        return Wrong("reads", f'"{name}" is an answer of another flow. Add at the top:  reads: [{names}]')
    if question in found.unread:
        return None
    if question not in found.questions:
        more = did_you_mean(question, tuple(found.questions))
        return Wrong("unknown-question", f'"{other}" has no question "{question}".{more}')
    return Known(found, found.questions[question])


def by_full_name(scope: Scope, name: str) -> Known | None:
    """The question of a full name, `flow.question`, whoever reads it."""
    flow, _, question = name.partition(".")
    found = scope.flows.get(flow)
    return Known(found, found.questions[question]) if found is not None and question in found.questions else None


def _own(scope: Scope, flow: Flow, name: str) -> Known | Wrong | None:
    if name in flow.questions:
        return Known(flow, flow.questions[name])
    if name in flow.unread:
        return None
    step = flow.step(name)
    if isinstance(step, Form | Task):
        inside = step.fields if isinstance(step, Form) else step.record
        questions = listed([field.id for field in inside])
        more = f" Name one of its questions: {questions}." if questions else ""
        return Wrong("unknown-question", f'"{name}" is a {step.VERB}, not a question.{more}')
    near = nearest(name, tuple(flow.questions))
    elsewhere = next((f"{other.name}.{name}" for other in scope.flows.values() if name in other.questions), None)
    guess = near if near is not None else elsewhere
    more = f' Did you mean "{guess}"?' if guess is not None else ""
    return Wrong("unknown-question", f'there is no question "{name}" in this flow.{more}')
