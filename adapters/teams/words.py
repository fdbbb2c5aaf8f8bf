"""The adapter's own words, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from adapters.teams.wording import Words
from adapters.teams.words_da import DANISH
from adapters.teams.words_en import ENGLISH

WORDS: Mapping[str, Words] = {"en": ENGLISH, "da": DANISH}


def words(language: str) -> Words:
    """The words of a language; English where there is none."""
    return WORDS.get(language, ENGLISH)


__all__ = ["WORDS", "Words", "words"]
