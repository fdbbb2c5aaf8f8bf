"""A channel that does what the test tells it, and keeps what arrived."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from bot.runtime.owed import Owed
from bot.simulation.screens import PLATFORM

#: Called with the row before it arrives; may raise, or return False for a message that goes on its way all the same.
Weather = Callable[[Owed], None]


@dataclass
class Wire:
    """What arrived, in order; `before` and `after` are the weather on both sides of the arrival."""

    before: Weather = lambda owed: None
    after: Weather = lambda owed: None
    arrived: list[Owed] = field(default_factory=list)
    asked_again: list[str] = field(default_factory=list)
    platform: str = PLATFORM
    needs_proof: bool = False

    async def send(self, owed: Owed, chat: str, handle: str | None, *, again: bool) -> str:
        self.before(owed)
        if again:
            self.asked_again.append(owed.key)
        if not (again and any(row.key == owed.key for row in self.arrived)):
            self.arrived.append(owed)
        self.after(owed)
        return handle or owed.key

    def keys(self) -> list[str]:
        return [owed.key for owed in self.arrived]
