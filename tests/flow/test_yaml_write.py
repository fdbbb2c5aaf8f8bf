"""Texts written into a file read back as themselves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.flow.yaml import Mapping, Scalar, Sequence, read
from bot.flow.yaml.write import value

ROUGH = st.text(
    st.one_of(
        st.sampled_from("ab: #-|>*&!%@`'\"{}[],?\\~\n.åØ \t\u00a0"), st.characters(codec="utf-8", categories=["L"])
    ),
    max_size=30,
)


def back(text: str) -> str:
    document = read(f"- en: x\n  da: {value(text)}\n  was: y\n- en: z\n", "f.yaml")
    assert document.problems == ()
    assert isinstance(document.root, Sequence)
    item = document.root.items[0]
    assert isinstance(item, Mapping)
    found, after = item.get("da"), item.get("was")
    assert isinstance(found, Scalar)
    assert isinstance(after, Scalar)
    assert after.text == "y"
    return found.text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Hello, you", "Hello, you"),
        ("", '""'),
        ("Yes", '"Yes"'),
        ("112", '"112"'),
        ("Call: 112", '"Call: 112"'),
        ("**We** come", '"**We** come"'),
        ('He said: "no"', "'He said: \"no\"'"),
        ("One\nTwo", "|\n    One\n    Two"),
        ("One\n\n- Two", "|\n    One\n\n    - Two"),
        (" One\nTwo", '" One\\nTwo"'),
        ("One\nTwo\n", '"One\\nTwo\\n"'),
        (" One", '" One"'),
    ],
)
def test_the_plainest_way(text: str, written: str) -> None:
    assert value(text) == written
    assert back(text) == text


@given(ROUGH)
def test_every_text_reads_back(text: str) -> None:
    assert back(text) == text


def test_what_no_file_can_hold_is_still_written_on_one_line() -> None:
    """A control character: the flow that holds it has been refused already."""
    assert value("a\x07\nb") == '"a\x07\\nb"'
