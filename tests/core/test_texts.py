"""Texts with placeholders, and what people typed made safe to stand in them."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.core.texts import Text, clean, cut, escape, fill, parts, place_in, placeholders, shorten


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  hello\r\nthere\r", "hello\nthere"),
        ("a\u2028b\u2029c", "a\nb\nc"),
        ("tab\there", "tab\there"),
        ("nul\x00 bell\x07", "nul bell"),
        ("\u202eevil\u202c", "evil"),
        ("\ud800half", "half"),
        ("👩🏽\u200d🚒 æøå", "👩🏽\u200d🚒 æøå"),
    ],
)
def test_clean(typed: str, kept: str) -> None:
    """Control signs and those that turn the direction go; what people write stays, emoji whole."""
    assert clean(typed) == kept


@pytest.mark.drawn  # a million times the same lines
def test_of_all_characters_only_the_unseen_go() -> None:
    """Control characters, halves of pairs, those that turn the direction, and code points that are no characters."""
    turning = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    for point in range(sys.maxunicode + 1):
        character = chr(point)
        no_character = 0xFDD0 <= point <= 0xFDEF or point & 0xFFFF in (0xFFFE, 0xFFFF)
        gone = unicodedata.category(character) in ("Cc", "Cs") or character in turning or no_character
        kept = {"\t": "\t", "\n": "\n", "\r": "\n", "\u2028": "\n", "\u2029": "\n"}.get(
            character, "" if gone else character
        )
        assert clean(f"a{character}b") == f"a{kept}b", hex(point)


@settings(max_examples=50)
@given(
    st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Zs", "Zl", "Zp")), max_size=40)
)
def test_what_people_typed_is_never_markup(data: str) -> None:
    """Escaped data, read as Markdown, is exactly that data."""
    tokens = MarkdownIt("commonmark").parseInline(escape(data))[0].children or []
    assert {token.type for token in tokens} <= {"text", "text_special"}
    assert "".join(token.content for token in tokens) == clean(data)


def test_shorten() -> None:
    """A long text is cut between words where that loses little."""
    assert shorten("short", 10) == "short"
    assert shorten("some words here", 11) == "some words …"
    assert shorten("a verylongwordindeed", 10) == "a verylong …"


def test_placeholders() -> None:
    """A placeholder is a dotted name in braces; anything else in braces stays."""
    text = "{a} {b.c_1} {} {A} { d } {e.}"
    assert placeholders(text) == ("a", "b.c_1")
    assert fill(text, lambda name: f"<{name}>") == "<a> <b.c_1> {} {A} { d } {e.}"


def test_places() -> None:
    """The place of a character counts on from the text's own, or from that of its part."""
    plain = Text("hello", "a.say", 4, 10)
    assert plain.place_at(2) == (4, 12)
    assert plain.place_at(0) == (4, 10)
    quoted = Text("hello\nthere", "a.say", 4, 10, ((0, 4, 11), (6, 5, 3)))
    assert quoted.place_at(0) == (4, 10)  # its opening quote
    assert quoted.place_at(1) == (4, 12)
    assert quoted.place_at(8) == (5, 5)
    assert place_in(((3, 9, 1),), 4, 10, 1) == (4, 11)


@pytest.mark.parametrize(
    ("text", "longest", "expected"),
    [("  a b ", 10, "a b"), (" ", 10, "–"), ("one two three", 10, "one two …"), ("unbroken", 6, "unbr …")],
)
def test_cut(text: str, longest: int, expected: str) -> None:
    assert cut(text, longest) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", []), ("short", ["short"]), ("one\ntwo four", ["one", "two", "four"]), ("abcdefghi", ["abcde", "fghi"])],
)
def test_parts(text: str, expected: list[str]) -> None:
    assert parts(text, 5) == expected
