"""Whether conditions hold, and whether they could."""

from __future__ import annotations

import operator
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.answers import Answer, Day, FileRef, Files, Many, Number, One, Skipped, Someone, Words
from bot.core.expressions import (
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
    could_hold,
    holds,
    parse,
)
from bot.core.people import PersonId
from tests.core.expressions.conditions import any_sheets, atoms, conditions, conditions_on_readings, real_answers

FILE = FileRef("f1", "a.png", 3, "image/png", "00")

ANSWERS: dict[str, Answer] = {
    "danger": One("now"),
    "kinds": Many(("threat", "doxxing")),
    "alone": Many(("nobody",)),
    "empty": Many(()),
    "fear": Number(Decimal(4)),
    "evidence": Files((FILE, FILE)),
    "colleague": Someone(PersonId("p1")),
    "unlisted": Someone(None),
    "story": Words("long ago"),
    "day": Day(date(2026, 3, 1)),
    "signs": Skipped(),
    "report.who": One("customer"),
}


@pytest.mark.parametrize(
    "text",
    [
        "danger is now",
        "danger is not no",
        "danger in [no, now]",
        "danger not in [no, none]",
        "report.who in [customer, unknown]",
        "threat in kinds",
        "doxxing in kinds",
        "weapon not in kinds",
        "nobody in alone",
        "nobody not in kinds",
        "fear >= 4",
        "fear <= 4",
        "fear > 3.5",
        "fear < 4.5",
        "fear is 4",
        "fear is 4.0",
        "fear is not 5",
        "count(kinds) is 2",
        "count(danger) is 1",
        "count(evidence) is 2",
        "count(alone) is 0",
        "count(empty) is 0",
        "count(story) is 0",
        "count(unlisted) is 0",
        "count(kinds) is not 1",
        "answered(danger)",
        "answered(empty)",
        "answered(unlisted)",
        "skipped(signs)",
        "danger is no or fear >= 4 and threat in kinds",
        "not danger is no",
        "not (danger is no or skipped(danger))",
        # a skipped question has no answer
        "signs is not weapon",
        "weapon not in signs",
        "signs not in [weapon, none]",
        "signs is not 4",
        "count(signs) is 0",
        "count(signs) < 1",
        # and neither has one never asked
        "never is not weapon",
        "weapon not in never",
        "never not in [weapon, none]",
        "never is not 4",
        "count(never) is 0",
        # an answer of another kind is like none
        "kinds is not threat",
        "now not in danger",
        "danger is not 4",
        "colleague is not p1",
        "unlisted is not none",
    ],
)
def test_it_holds(text: str) -> None:
    assert holds(parse(text), ANSWERS.get)
    assert not holds(Not(parse(text)), ANSWERS.get)


@pytest.mark.parametrize(
    "text",
    [
        "danger is no",
        "danger is not now",
        "danger in [no, none]",
        "danger not in [no, now]",
        "weapon in kinds",
        "threat not in kinds",
        "nobody in kinds",
        "nobody not in alone",
        "fear > 4",
        "fear < 4",
        "fear >= 4.1",
        "fear <= 3.9",
        "fear is 5",
        "fear is not 4",
        "count(kinds) > 2",
        "count(kinds) < 2",
        "count(kinds) is not 2",
        "count(never) >= 1",
        "answered(signs)",
        "answered(never)",
        "skipped(never)",
        "skipped(danger)",
        "signs is weapon",
        "weapon in signs",
        "signs in [weapon]",
        "signs is 4",
        "signs >= 0",
        "signs < 9",
        "signs > 0",
        "signs <= 9",
        "never is weapon",
        "never >= 0",
        "kinds is threat",
        "kinds in [threat]",
        "story >= 0",
        "day is 1",
        "now in danger",
        "danger is now and fear > 4",
        "danger is no or fear > 4",
        "(danger is now or fear > 4) and threat not in kinds",
    ],
)
def test_it_does_not_hold(text: str) -> None:
    assert not holds(parse(text), ANSWERS.get)
    assert holds(Not(parse(text)), ANSWERS.get)


@pytest.mark.parametrize(
    ("text", "could"),
    [
        ("signs is weapon", True),
        ("signs is not weapon", True),
        ("weapon in signs", True),
        ("weapon not in signs", True),
        ("signs >= 4", True),
        ("count(signs) >= 2", True),
        ("skipped(signs)", True),
        ("not skipped(signs)", False),
        ("answered(signs)", False),
        ("not answered(signs)", True),
        ("not (signs is not weapon)", True),
        ("not (weapon not in signs and danger is now)", True),
        ("not not weapon in signs", True),
        ("weapon in signs and danger is now", True),
        ("weapon in signs and danger is no", False),
        ("weapon in signs or danger is no", True),
        ("not (weapon in signs or danger is now)", False),
        ("not (weapon in signs and danger is now)", True),
        ("weapon in never", False),
        ("never is not weapon", True),
        ("danger is no", False),
        ("danger is now", True),
    ],
)
def test_it_could_hold(text: str, could: bool) -> None:
    assert could_hold(parse(text), ANSWERS.get) is could


@given(conditions, any_sheets)
def test_what_holds_could_hold(condition: Condition, sheet: Mapping[str, Answer]) -> None:
    assert could_hold(condition, sheet.get) or not holds(condition, sheet.get)


@given(conditions, any_sheets)
def test_without_skipped_answers_there_is_no_doubt(condition: Condition, sheet: Mapping[str, Answer]) -> None:
    known = {name: answer for name, answer in sheet.items() if answer != Skipped()}
    assert could_hold(condition, known.get) is holds(condition, known.get)


@given(conditions_on_readings, any_sheets, st.data())
def test_what_holds_with_other_answers_could_hold_with_skipped_ones(
    condition: Condition, sheet: Mapping[str, Answer], data: st.DataObject
) -> None:
    told = {n: data.draw(real_answers) if isinstance(answer, Skipped) else answer for n, answer in sheet.items()}
    assert could_hold(condition, sheet.get) or not holds(condition, told.get)


@given(conditions, any_sheets)
def test_not_is_plain_negation(condition: Condition, sheet: Mapping[str, Answer]) -> None:
    assert holds(Not(condition), sheet.get) is not holds(condition, sheet.get)


@given(atoms, any_sheets)
def test_a_negated_atom_is_the_opposite(atom: Condition, sheet: Mapping[str, Answer]) -> None:
    match atom:
        case Is(name, option, negated):
            opposite: Condition = Is(name, option, not negated)
        case Has(option, name, negated):
            opposite = Has(option, name, not negated)
        case OneOf(name, options, negated):
            opposite = OneOf(name, options, not negated)
        case Compare(name, "is", number):
            opposite = Compare(name, "is not", number)
        case _:
            opposite = Not(atom)
    assert holds(opposite, sheet.get) is not holds(atom, sheet.get)


@given(atoms)
def test_never_asked_is_neither_skipped_nor_answered(atom: Atom) -> None:
    held = holds(atom, lambda _: None)
    match atom:
        case Is(_, _, negated) | Has(_, _, negated) | OneOf(_, _, negated):
            assert held is negated
        case Compare(_, op, _):
            assert held is (op == "is not")
        case CountCompare(_, op, number):
            means = {
                ">=": operator.ge,
                ">": operator.gt,
                "<=": operator.le,
                "<": operator.lt,
                "is": operator.eq,
                "is not": operator.ne,
            }
            assert held is means[op](0, number)
        case IsSkipped() | IsAnswered():
            assert not held
