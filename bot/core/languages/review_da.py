"""Danish, for looking answers over."""

from __future__ import annotations

from bot.core.languages.review import ReviewPhrases

DANISH_REVIEW = ReviewPhrases(
    send="Ja, send det",
    correct="Ja, det passer",
    change="Ret: {question}",
    change_some="Ret et svar",
    which="Hvilket svar vil du rette?",
    none="Ingen af dem",
    written="Skrevet (vises ikke her)",
    read="Læs, hvad jeg har skrevet",
)
