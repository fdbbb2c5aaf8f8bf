"""Our small Markdown in Slack's: what it can say it says, what it would misread stands there plainly."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.render import mrkdwn
from adapters.slack.texts import texts
from bot.core.texts import clean, cut, escape, parts
from bot.markdown import label, plain


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("Call **112** now.", "Call *112* now."),
        ("*gently*, **now**", "_gently_, *now*"),
        ("***both***", "*_both_*"),
        ("one\ntwo\n\nthree", "one\ntwo\n\nthree"),
        ("- one\n- two\n  - in\n\nend", "• one\n• two\n    • in\n\nend"),
        ("3. c\n4. d", "3. c\n4. d"),
        ("[help & more](https://a.test/?x=1&y|)", "<https://a.test/?x=1&amp;y%7C|help &amp; more>"),
        ("[call](tel:112) [mail](mailto:a@b.test)", "<tel:112|call> <mailto:a@b.test|mail>"),
        ("[x](ftp://a.test) [y](javascript:z)", "x [y](javascript:z)"),
        ("**a\nb**", "*a*\n*b*"),
        ("**re**port", "report"),  # within a word Slack knows no bold
        ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
        ("", ""),
    ],
)
def test_markdown(markdown: str, expected: str) -> None:
    assert mrkdwn(markdown) == expected


@pytest.mark.parametrize("name", ["page_1.png", "ana_b@example.org", "12:30", "a*"])
def test_plain_signs(name: str) -> None:
    (text,) = texts(f"**Seen** {escape(name)}")
    assert text["type"] == ("plain_text" if "*" in name else "mrkdwn")


@given(st.text(alphabet="ab *_~`:><&\n-1.#|[]()!\\", max_size=40))
def test_what_is_typed_is_shown(typed: str) -> None:
    shown = "".join(str(text["text"]) for text in texts(escape(typed)))
    back = shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    if "&lt;" not in typed:
        assert back.split() == clean(typed).split()


@given(st.text(), st.integers(10, 80))
def test_cut_and_label_fit(text: str, longest: int) -> None:
    assert 1 <= len(cut(text, longest)) <= longest
    assert "\n" not in label(text, longest)
    assert all(1 <= len(part) <= longest for part in parts(text, longest))


def test_paragraphs_and_lists_as_plain_text() -> None:
    assert plain("**a**\n\n- b\n- c\n\nd") == "a\n\n• b\n• c\n\nd"
