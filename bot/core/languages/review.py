"""The phrases for looking one's answers over before they count."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPhrases:
    send: str
    correct: str  # where nothing is sent any more
    change: str  # {question}
    change_some: str
    which: str
    none: str
    written: str  # stands for what was written in words
    read: str  # the button that shows it
