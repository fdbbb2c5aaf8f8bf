"""Our small Markdown in Teams': what it can say it says, and what it would misread stands there to the letter."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.teams.texts import SMALL, elements
from bot.core.texts import clean, escape


def shown(markdown: str, longest: int = 100_000) -> list[Any]:
    return [made["text"] if made["type"] == "TextBlock" else made["inlines"] for made in elements(markdown, longest)]


def letters(markdown: str) -> str:
    """Everything that is read."""
    found = shown(markdown)
    return " ".join(text if isinstance(text, str) else "".join(run["text"] for run in text) for text in found)


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("Call **112** now.", ["Call **112** now."]),
        ("*gently*, **now**", ["_gently_, **now**"]),
        ("***both***", ["**_both_**"]),
        ("one\n\ntwo", ["one", "two"]),
        ("- one\n- **two**\n\nend", ["- one\r- **two**", "end"]),
        ("3. c\n4. d", ["3. c\r4. d"]),
        ("[help](https://a.test/?x=1)", ["[help](https://a.test/?x=1)"]),
        ("[x](ftp://a.test)", ["x"]),
        ("", []),
    ],
)
def test_what_teams_reads(markdown: str, expected: list[str]) -> None:
    assert shown(markdown) == expected


def test_lines_and_styles_that_clients_differ_in_are_said_beside_the_words() -> None:
    run = {"type": "TextRun", "text": "one\ntwo"}
    assert shown("one\ntwo") == [[run]]
    assert shown("**re**port") == [
        [{"type": "TextRun", "text": "re", "weight": "bolder"}, {"type": "TextRun", "text": "port"}]
    ]
    assert shown("*a* \\*") == [[{"type": "TextRun", "text": "a", "italic": True}, {"type": "TextRun", "text": " *"}]]
    (link,) = shown("[a & b](tel:112)")[0]
    assert link["selectAction"] == {"type": "Action.OpenUrl", "url": "tel:112", "title": "a & b"}


def test_lists_within_lists_keep_their_steps() -> None:
    assert letters("- b\n  - in") == "- b     • in"


def test_the_look_is_of_the_block_or_of_its_runs() -> None:
    (made,) = elements(escape("a*"), 9, {**SMALL, "spacing": "none"})
    run = {"type": "TextRun", "text": "a*", "size": "small", "isSubtle": True}
    assert made == {"type": "RichTextBlock", "spacing": "none", "inlines": [run]}


@pytest.mark.parametrize(
    "typed",
    ["*b*", "_e_", "~s~", "`c`", "# h", "> q", "- i", "1. n", "[x](https://e.test)", "<at>Bo</at>", "a & b", "---",
     "www.e.test", "https://e.test", "page_1.png", "\\", "C:\\dir", "|a|b|", "^x^"],
)  # fmt: skip
def test_what_people_typed_is_never_markup(typed: str) -> None:
    assert shown(escape(typed)) == [[{"type": "TextRun", "text": typed}]]


def test_a_date_that_people_typed_is_not_put_into_other_words() -> None:
    assert "{{" not in letters(escape("{{{DATE(2017-02-14T06:00:00Z)}}"))


@given(st.text(alphabet="ab *_~`:><&\n-1.#|[]()!\\{^", max_size=40))
def test_what_is_typed_is_shown(typed: str) -> None:
    assert letters(escape(typed)).replace("\u2060", "").split() == clean(typed).split()


@given(st.integers(1, 30_000), st.sampled_from(["x", "word ", "*a* b ", "- i\n", "\\*"]))
def test_long_texts_are_parted_not_lost(length: int, of: str) -> None:
    markdown = of * (length // len(of))
    for made in elements(markdown, 100_000):
        assert len(str(made)) < 12_000
    assert sum(map(len, letters(markdown).split())) >= length // len(of)
