"""Codes of languages."""

from __future__ import annotations

import pytest

from bot.core.languages.codes import is_language, language_name, meant_language


@pytest.mark.parametrize(("code", "there"), [("da", True), ("en", True), ("kl", True), ("dk", False), ("DA", False)])
def test_what_is_a_language(code: str, there: bool) -> None:
    assert is_language(code) is there


def test_names() -> None:
    assert language_name("da") == "Danish"
    assert language_name("dk") == "dk"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("dk", ' Did you mean "da"?'),
        ("DA", ' Did you mean "da"?'),
        ("Danish", ' Did you mean "da"?'),
        ("xx", ""),
    ],
)
def test_what_was_meant(written: str, said: str) -> None:
    assert meant_language(written) == said
