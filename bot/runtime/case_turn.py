"""What one event made of a case."""

from __future__ import annotations

from dataclasses import dataclass

from bot.cases.case import CaseFile
from bot.cases.ladder import Noted
from bot.core.effects import Effect
from bot.core.replies import Reply


@dataclass(frozen=True, slots=True)
class CaseTurn:
    """What one event made of a case."""

    file: CaseFile
    effects: tuple[Effect, ...]
    reply: Reply
    noted: tuple[Noted, ...]
    erased: bool = False
