"""How soon: the highest rule that surely holds, and one level up where a higher one could."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cases.triage import assess
from bot.core.answers import Answer, Many, One, Skipped
from bot.core.expressions import Condition, could_hold, holds, parse
from bot.core.levels import Level
from tests.cases.organisations import unhurried
from tests.core.expressions.conditions import any_sheets, conditions, real_answers, sheets

RULES = [
    (Level.CRITICAL, parse("danger is now or weapon in signs")),
    (Level.HIGH, parse("threat in kinds")),
    (Level.MEDIUM, parse("impersonation in kinds")),
    (Level.LOW, None),
]
SKIPPED = Skipped()


@pytest.mark.parametrize(
    ("answers", "level"),
    [
        ({}, Level.LOW),
        ({"danger": One("now")}, Level.CRITICAL),
        ({"danger": One("no"), "kinds": Many(("threat", "impersonation"))}, Level.HIGH),
        ({"danger": One("no"), "kinds": Many(("impersonation",))}, Level.MEDIUM),
        ({"danger": One("no"), "signs": Many(("weapon",)), "kinds": Many(("threat",))}, Level.CRITICAL),
        # a skipped answer that could have meant more: one level up
        ({"danger": SKIPPED, "kinds": Many(("threat",))}, Level.CRITICAL),
        ({"danger": SKIPPED, "kinds": Many(("impersonation",))}, Level.HIGH),
        ({"danger": SKIPPED}, Level.MEDIUM),
        ({"danger": One("no"), "kinds": SKIPPED}, Level.MEDIUM),
        # however many are skipped: once
        ({"danger": SKIPPED, "kinds": SKIPPED, "signs": SKIPPED}, Level.MEDIUM),
        # what is skipped below the rule that holds changes nothing
        ({"danger": One("now"), "kinds": SKIPPED}, Level.CRITICAL),
        ({"danger": One("no"), "kinds": Many(("threat",)), "other": SKIPPED}, Level.HIGH),
    ],
)
def test_the_highest_rule_that_surely_holds(answers: Mapping[str, Answer], level: Level) -> None:
    assert assess(RULES, answers.get) is level


def test_without_any_rule_it_is_the_last_level() -> None:
    assert assess([], {"danger": One("now")}.get) is Level.LOW


def test_rules_without_otherwise_end_at_the_last_level() -> None:
    assert assess(RULES[:1], {"danger": One("no")}.get) is Level.LOW


def test_doubt_counts_without_otherwise_too() -> None:
    assert assess(RULES[:1], {"danger": SKIPPED}.get) is Level.MEDIUM


rules = st.lists(conditions, max_size=3).map(lambda some: [*zip(Level, some, strict=False), (Level.LOW, None)])
Rules = list[tuple[Level, Condition | None]]


def sure(rules: Rules, answers: Mapping[str, Answer]) -> Level:
    return next(level for level, condition in rules if condition is None or holds(condition, answers.get))


@unhurried
@given(rules, any_sheets)
def test_never_under_what_surely_holds_and_at_most_one_above(rules: Rules, answers: Mapping[str, Answer]) -> None:
    level, found = sure(rules, answers), assess(rules, answers.get)
    above = [condition for higher, condition in rules if higher.rank < level.rank]
    doubtful = any(condition is not None and could_hold(condition, answers.get) for condition in above)
    assert found is (level.raised() if doubtful else level)


@unhurried
@given(rules, sheets(real_answers))
def test_without_a_skipped_answer_there_is_no_doubt(rules: Rules, answers: Mapping[str, Answer]) -> None:
    assert assess(rules, answers.get) is sure(rules, answers)
