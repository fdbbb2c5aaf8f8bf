"""Codes of languages, as `da`: whether there is such a language, and what it is called in English.

Rule 1. A code is ISO 639 in small letters, as the Unicode CLDR lists it (Babel).
Rule 2. A country's code is not its language's: who writes `dk` is offered `da`.
"""

from __future__ import annotations

from functools import cache

from babel import Locale

#: Countries that are often taken for their language.
_OF_COUNTRY = {"dk": "da", "gb": "en", "us": "en", "at": "de", "cz": "cs", "gr": "el", "jp": "ja"}


@cache
def _names() -> dict[str, str]:
    return {code: str(name) for code, name in Locale("en").languages.items() if len(code) <= 3 and code.isalpha()}


def is_language(code: str) -> bool:
    return code in _names()


def language_name(code: str) -> str:
    """Its English name, as `Danish`; the code itself where there is no such language."""
    return _names().get(code, code)


def meant_language(code: str) -> str:
    """A sentence that offers the code that was probably meant, after a space; nothing when none is near."""
    known = _names()
    small = code.lower()
    by_name = {name.lower(): found for found, name in known.items()}
    found = small if small in known else _OF_COUNTRY.get(small) or by_name.get(small)
    return f' Did you mean "{found}"?' if found else ""
