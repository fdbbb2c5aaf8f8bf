"""How soon somebody must act. The words "low risk" are never said to anyone: a level is about us, not about them."""

from __future__ import annotations

from enum import StrEnum


class Level(StrEnum):
    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def rank(self) -> int:
        """0 is the most urgent."""
        return list(Level).index(self)

    def raised(self) -> Level:
        """One level up; the highest stays."""
        return list(Level)[max(0, self.rank - 1)]

    def at_least(self, other: Level) -> Level:
        """The more urgent of two: a level is never lowered."""
        return self if self.rank <= other.rank else other
