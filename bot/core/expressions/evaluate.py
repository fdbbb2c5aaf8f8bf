"""Whether a condition holds.

Rule 1. A skipped question has no answer, and neither has one never asked: `is`, `in`, `>=` and their like do not hold,
        `is not` and `not in` do. Only a question that was asked can be skipped.
Rule 2. `is` and a list are about one answer, `in` about several, comparisons about a number. An answer of another kind
        is like none.
Rule 3. `count( )` counts what was ticked or attached. No answer, and `nobody`, count as none.
Rule 4. What could hold: every reading of a skipped answer is in doubt, except by `skipped( )` and `answered( )`, which
        know. Doubt is carried as Kleene's three values do: an `and` fails on one part that surely fails, an `or` holds
        on one that surely holds.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import assert_never

from bot.core.answers import Answer, Files, Many, Number, One, Skipped
from bot.core.expressions.model import (
    And,
    Atom,
    Compare,
    Condition,
    CountCompare,
    Has,
    Is,
    IsAnswered,
    IsSkipped,
    Not,
    OneOf,
    Op,
    Or,
)

#: The answer to a question by its name; None where it was never asked.
Answers = Callable[[str], Answer | None]


def holds(condition: Condition, answers: Answers) -> bool:
    """Whether the condition holds for these answers."""
    return _can_be(condition, answers, value=True, doubt_skipped=False)


def could_hold(condition: Condition, answers: Answers) -> bool:
    """Whether it holds, or could if the skipped questions had some answer; never False where it could."""
    return _can_be(condition, answers, value=True, doubt_skipped=True)


def _can_be(condition: Condition, answers: Answers, *, value: bool, doubt_skipped: bool) -> bool:
    """Whether the condition can have this truth value. Without doubt it has exactly one."""
    match condition:
        case And(parts):
            every = value
        case Or(parts):
            every = not value
        case Not(part):
            return _can_be(part, answers, value=not value, doubt_skipped=doubt_skipped)
        case _:
            answer = answers(condition.name.text)
            in_doubt = doubt_skipped and isinstance(answer, Skipped)
            if in_doubt and not isinstance(condition, IsSkipped | IsAnswered):
                return True
            return _atom(condition, answer) is value
    can = (_can_be(part, answers, value=value, doubt_skipped=doubt_skipped) for part in parts)
    return all(can) if every else any(can)


def _atom(atom: Atom, answer: Answer | None) -> bool:
    match atom:
        case Is(_, option, negated):
            return (isinstance(answer, One) and answer.option == option.text) is not negated
        case Has(option, _, negated):
            return (isinstance(answer, Many) and option.text in answer.options) is not negated
        case OneOf(_, options, negated):
            return (isinstance(answer, One) and answer.option in {option.text for option in options}) is not negated
        case Compare(_, op, number):
            return _compare(answer.value, op, number) if isinstance(answer, Number) else op == "is not"
        case CountCompare(_, op, number):
            return _compare(Decimal(_count(answer)), op, Decimal(number))
        case IsSkipped():
            return isinstance(answer, Skipped)
        case IsAnswered():
            return answer is not None and not isinstance(answer, Skipped)
        case _:
            assert_never(atom)


def _compare(value: Decimal, op: Op, number: Decimal) -> bool:
    match op:
        case ">=":
            return value >= number
        case ">":
            return value > number
        case "<=":
            return value <= number
        case "<":
            return value < number
        case "is":
            return value == number
        case "is not":
            return value != number
        case _:
            assert_never(op)


def _count(answer: Answer | None) -> int:
    match answer:
        case One():
            return 1
        case Many(options):
            return sum(option != "nobody" for option in options)
        case Files(files):
            return len(files)
        case _:
            return 0
