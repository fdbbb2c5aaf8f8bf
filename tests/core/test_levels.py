"""Levels go up only."""

from __future__ import annotations

from itertools import product

import pytest

from bot.core.levels import Level


def test_order() -> None:
    """The most urgent comes first."""
    assert sorted(Level, key=lambda level: level.rank) == [Level.CRITICAL, Level.HIGH, Level.MEDIUM, Level.LOW]


@pytest.mark.parametrize(
    ("level", "up"),
    [
        (Level.LOW, Level.MEDIUM),
        (Level.MEDIUM, Level.HIGH),
        (Level.HIGH, Level.CRITICAL),
        (Level.CRITICAL, Level.CRITICAL),
    ],
)
def test_raised(level: Level, up: Level) -> None:
    """One level up; the highest stays."""
    assert level.raised() is up


@pytest.mark.parametrize(("one", "other"), tuple(product(Level, Level)))
def test_never_lowered(one: Level, other: Level) -> None:
    """Of two levels the more urgent one holds, whichever came first."""
    assert one.at_least(other) is other.at_least(one)
    assert one.at_least(other).rank == min(one.rank, other.rank)
