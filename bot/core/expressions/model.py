"""What a condition is: a closed union of frozen values, the names it reads, and its canonical text.

Rule 1. Two conditions are equal when they say the same; where their words stood in the text does not matter.
Rule 2. An offset is a 0-based character of the text that was parsed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, assert_never

from bot.errors import BistandError

#: Words of the language. No question, option or flow may be called so, in small or capital letters.
RESERVED = frozenset({"is", "in", "not", "and", "or", "nobody", "skipped", "answered", "count", "otherwise", "nothing"})

Op = Literal[">=", ">", "<=", "<", "is", "is not"]
Use = Literal["is", "has", "one_of", "compare", "count", "skipped", "answered"]


class ConditionError(BistandError):
    """Raised when a text is no condition: what is wrong, the remedy, and the offset of the place."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset


@dataclass(frozen=True, slots=True)
class Word:
    """The id of a question (`danger`, `report.who`) or of an option, and its offset."""

    text: str
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Is:
    """`danger is now`: the one answer is this option."""

    name: Word
    option: Word
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Has:
    """`threat in kinds`: this option is among the several ticked; it may be `nobody`."""

    option: Word
    name: Word
    negated: bool = False


@dataclass(frozen=True, slots=True)
class OneOf:
    """`who in [customer, unknown]`: the one answer is one of these options."""

    name: Word
    options: tuple[Word, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Compare:
    """`fear >= 4`: about an answer that is a number."""

    name: Word
    op: Op
    number: Decimal


@dataclass(frozen=True, slots=True)
class CountCompare:
    """`count(kinds) >= 2`: about how many were ticked or attached."""

    name: Word
    op: Op
    number: int


@dataclass(frozen=True, slots=True)
class IsSkipped:
    """`skipped(kinds)`: asked, and the person chose not to answer."""

    name: Word


@dataclass(frozen=True, slots=True)
class IsAnswered:
    """`answered(kinds)`: asked, and answered."""

    name: Word


@dataclass(frozen=True, slots=True)
class And:
    """All parts; at least two."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any part; at least two."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Plain negation of a whole condition."""

    part: Condition


Atom = Is | Has | OneOf | Compare | CountCompare | IsSkipped | IsAnswered
Condition = Atom | And | Or | Not


@dataclass(frozen=True, slots=True)
class Ref:
    """One reading of a question, for checks: how it is used, and with which options or number."""

    name: Word
    use: Use
    options: tuple[Word, ...] = ()
    number: Decimal | None = None
    negated: bool = False


def refs(condition: Condition) -> tuple[Ref, ...]:
    """Every reading of a question, in the order of the text."""
    match condition:
        case And(parts) | Or(parts):
            return tuple(ref for part in parts for ref in refs(part))
        case Not(part):
            return refs(part)
        case Is(name, option, negated):
            return (Ref(name, "is", (option,), negated=negated),)
        case Has(option, name, negated):
            return (Ref(name, "has", (option,), negated=negated),)
        case OneOf(name, options, negated):
            return (Ref(name, "one_of", options, negated=negated),)
        case Compare(name, _, number):
            return (Ref(name, "compare", number=number),)
        case CountCompare(name, _, whole):
            return (Ref(name, "count", number=Decimal(whole)),)
        case IsSkipped(name):
            return (Ref(name, "skipped"),)
        case IsAnswered(name):
            return (Ref(name, "answered"),)
        case _:
            assert_never(condition)


def to_text(condition: Condition) -> str:
    """The canonical text: it parses to an equal condition, and brackets show what binds."""
    match condition:
        case And(parts):
            return " and ".join(map(_bracketed, parts))
        case Or(parts):
            return " or ".join(map(_bracketed, parts))
        case Not(part):
            return f"not ({to_text(part)})"
        case Is(name, option, negated):
            return f"{name.text} {'is not' if negated else 'is'} {option.text}"
        case Has(option, name, negated):
            return f"{option.text} {'not in' if negated else 'in'} {name.text}"
        case OneOf(name, options, negated):
            return f"{name.text} {'not in' if negated else 'in'} [{', '.join(option.text for option in options)}]"
        case Compare(name, op, number):
            return f"{name.text} {op} {number:f}"
        case CountCompare(name, op, whole):
            return f"count({name.text}) {op} {whole}"
        case IsSkipped(name):
            return f"skipped({name.text})"
        case IsAnswered(name):
            return f"answered({name.text})"
        case _:
            assert_never(condition)


def _bracketed(part: Condition) -> str:
    text = to_text(part)
    return f"({text})" if isinstance(part, And | Or) else text
