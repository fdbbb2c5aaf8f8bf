"""What the bot says by itself, in every language: one file a language, and the types find a missing phrase.

Rule 1. Plain, warm, short; nothing blaming, leading or alarming; no level below "at once" is ever called low.
Rule 2. Placeholders in braces are filled by position of meaning, never by what people typed unless it is escaped.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.languages.da import DANISH
from bot.core.languages.en import ENGLISH
from bot.core.languages.phrases import Phrases

LANGUAGES: Mapping[str, Phrases] = {"en": ENGLISH, "da": DANISH}


def phrases(language: str) -> Phrases:
    """The phrases of a language; English where there is none."""
    return LANGUAGES.get(language, ENGLISH)


__all__ = ["LANGUAGES", "Phrases", "phrases"]
