"""What is kept and what is refused, before a byte of it is written."""

from __future__ import annotations

import pytest

from bot.core.files import MEBIBYTE, FileRules, Refused, refused, sentence, told_by
from bot.core.languages import LANGUAGES
from bot.core.languages.phrases import Phrases

RULES = FileRules(1000, ("image/png", "application/pdf", "text/plain", "audio/mp4"))
PNG, PDF = b"\x89PNG\r\n\x1a\n", b"%PDF-1.7\n"


@pytest.mark.parametrize(
    ("size", "media_type", "start", "expected"),
    [
        (10, "image/png", PNG, None),
        (1000, "application/pdf", PDF, None),
        (10, "text/plain; charset=utf-8", b"hello", None),
        (10, "TEXT/PLAIN", b"hello", None),
        (10, "audio/mp4", b"\0\0\0\x20ftypM4A ", None),
        (0, "image/png", b"", Refused.EMPTY),
        (1001, "image/png", PNG, Refused.TOO_LARGE),
        (10, "image/gif", b"GIF89a", Refused.WRONG_TYPE),
        (10, "application/zip", b"PK\x03\x04", Refused.WRONG_TYPE),
        (10, "image/png", b"MZ\x90", Refused.WRONG_TYPE),
        (10, "image/png", PDF, Refused.WRONG_TYPE),
        (10, "image/png", b"hello", Refused.WRONG_TYPE),
        (10, "text/plain", b"\x7fELF", Refused.WRONG_TYPE),
        (10, "text/plain", b"#!/bin/sh", Refused.WRONG_TYPE),
        (10, "", b"hello", Refused.WRONG_TYPE),
    ],
)
def test_refused(size: int, media_type: str, start: bytes, expected: Refused | None) -> None:
    assert refused(RULES, size, media_type, start) is expected


def test_a_webp_is_told_by_its_inside() -> None:
    assert told_by(b"RIFF\x00\x00\x00\x00WEBPVP8 ") == "image/webp"
    assert told_by(b"") is None


@pytest.mark.parametrize("said", LANGUAGES.values(), ids=LANGUAGES.keys())
def test_a_refusal_says_what_would_be_taken(said: Phrases) -> None:
    rules = FileRules(25 * MEBIBYTE, ("image/png", "text/plain"))
    sentences = {why: sentence(why, rules, said) for why in Refused}
    assert len(set(sentences.values())) == len(Refused)
    assert "25 MB" in sentences[Refused.TOO_LARGE]
    assert "PNG, TXT" in sentences[Refused.WRONG_TYPE]
    assert not any("{" in text for text in sentences.values())
