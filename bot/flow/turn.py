"""What one event makes of a talk: the session after it, what is to be done, and the answer to the request."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.effects import Effect
from bot.core.replies import Nothing, Reply
from bot.core.session import Session


@dataclass(frozen=True, slots=True)
class More:
    """The talk stopped at a case command and goes on when that is decided.

    `force` is the question to ask then; `opening` tells that the command was to open the case, which may be refused.
    """

    force: str | None = None
    opening: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    session: Session
    effects: tuple[Effect, ...] = ()
    reply: Reply = Nothing()
    more: More | None = None
