"""What may and must have happened before a step, over all paths to it.

Rule 1. `asked` may have been asked (on some path), `surely` was (on every path).
Rule 2. `pending` are answers of tasks that may still stand open: their record, and what their `then:` asks.
Rule 3. `risky` are pairs of a consent and a later question that means the accused, with no consent after it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import assert_never

from bot.core.expressions import (
    And,
    Compare,
    Condition,
    CountCompare,
    Has,
    Is,
    IsAnswered,
    IsSkipped,
    Not,
    OneOf,
    Or,
)

#: Stands among the questions for a `review`, which has no id.
REVIEW = "review"


@dataclass(frozen=True, slots=True)
class State:
    """Questions stand here by their full names, `flow.question`; `says` counts texts since the last question."""

    asked: frozenset[str] = frozenset()
    surely: frozenset[str] = frozenset()
    pending: frozenset[str] = frozenset()
    risky: frozenset[tuple[str, str]] = frozenset()
    says: int = 0

    def ask(self, surely: frozenset[str], maybe: frozenset[str] = frozenset()) -> State:
        """After these questions; the person has been waited for."""
        return replace(self, asked=self.asked | surely | maybe, surely=self.surely | surely, says=0)

    def sure_of(self, questions: frozenset[str]) -> State:
        """Where a condition held that cannot hold unless these were asked."""
        return replace(self, surely=self.surely | (questions & self.asked))

    def settled(self) -> State:
        """Behind a point that comes only when all tasks are done or marked."""
        return replace(self, pending=frozenset(), says=0)


def join(first: State | None, second: State | None) -> State | None:
    """Where two paths meet; None is a path that has ended."""
    if first is None or second is None:
        return second if first is None else first
    return State(
        first.asked | second.asked,
        first.surely & second.surely,
        first.pending | second.pending,
        first.risky | second.risky,
        max(first.says, second.says),
    )


def implied(condition: Condition, *, held: bool) -> frozenset[str]:
    """The questions, as they are written, that were surely asked if the condition held (or did not)."""
    match condition:
        case And(parts) | Or(parts):
            each = [implied(part, held=held) for part in parts]
            every = isinstance(condition, And) is held
            return frozenset[str]().union(*each) if every else each[0].intersection(*each[1:])
        case Not(part):
            return implied(part, held=not held)
        case Is(name, _, negated) | Has(_, name, negated) | OneOf(name, _, negated):
            return frozenset({name.text}) if negated is not held else frozenset()
        case Compare(name, op, _):
            return frozenset({name.text}) if (op != "is not") is held else frozenset()
        case IsSkipped(name) | IsAnswered(name):
            return frozenset({name.text}) if held else frozenset()
        case CountCompare():
            return frozenset()
        case _:
            assert_never(condition)
