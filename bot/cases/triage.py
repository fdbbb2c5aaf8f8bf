"""How soon somebody must act, from a flow's rules.

Rule 1. The highest rule that surely holds decides (domain.md 4: the highest single sign decides).
Rule 2. If a higher rule could hold with an answer that was skipped, the level is one up, once: unknown is not calm.
Rule 3. A level is never lowered, and "low" is never said to anyone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.core.answers import Answer
from bot.core.expressions import Condition, could_hold, holds
from bot.core.levels import Level

#: Rules from the highest level to the lowest; None is `otherwise`.
Rules = Sequence[tuple[Level, Condition | None]]


def assess(rules: Rules, answers: Callable[[str], Answer | None]) -> Level:
    """The level of a talk's answers; LOW without any rule."""
    doubtful = False
    for level, condition in rules:
        if condition is None or holds(condition, answers):
            return level.raised() if doubtful else level
        doubtful = doubtful or could_hold(condition, answers)
    return Level.LOW.raised() if doubtful else Level.LOW
