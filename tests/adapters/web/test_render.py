"""Messages as the page shows them: every Markdown becomes known tags and text, every message something to show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.web import render
from adapters.web.render import Json, tree
from bot.core.ids import CaseId, Token
from bot.core.messages import Asks, Choice, Fact, Field, FieldError, Form, Input, Message, Tone
from bot.core.people import PersonId
from bot.core.replies import CloseForm, FormErrors, Nothing, OpenForm, Reply, Show
from bot.core.texts import escape
from bot.simulation.text import plain

TAGS = {"p", "ul", "ol", "li", "b", "i", "a", "br"}


def walk(nodes: Json) -> Iterator[Json]:
    assert isinstance(nodes, list)
    for node in nodes:
        yield node
        if isinstance(node, dict):
            yield from walk(node["c"])


def words(nodes: Json) -> str:
    return "".join(node for node in walk(nodes) if isinstance(node, str))


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("Hello", [{"t": "p", "c": ["Hello"]}]),
        ("a **b** *c*", [{"t": "p", "c": ["a ", {"t": "b", "c": ["b"]}, " ", {"t": "i", "c": ["c"]}]}]),
        ("a\nb", [{"t": "p", "c": ["a", {"t": "br", "c": []}, "b"]}]),
        ("- one\n- two", [{"t": "ul", "c": [{"t": "li", "c": ["one"]}, {"t": "li", "c": ["two"]}]}]),
        (
            "1. **one**\n2. two",
            [{"t": "ol", "c": [{"t": "li", "c": [{"t": "b", "c": ["one"]}]}, {"t": "li", "c": ["two"]}]}],
        ),
        (
            "[help](https://example.org/a)",
            [{"t": "p", "c": [{"t": "a", "href": "https://example.org/a", "c": ["help"]}]}],
        ),
        ("[call](tel:112)", [{"t": "p", "c": [{"t": "a", "href": "tel:112", "c": ["call"]}]}]),
        ("[x](ftp://example.org)", [{"t": "p", "c": ["x"]}]),
        ("<b>no</b> &amp;", [{"t": "p", "c": ["<b>no</b> &amp;"]}]),
        ("", []),
    ],
)
def test_small_markdown(markdown: str, expected: list[object]) -> None:
    assert tree(markdown) == expected


def test_a_link_to_a_script_is_no_link() -> None:
    shown = tree("[x](javascript:alert(1)) [y](data:text/html,x)")
    assert not [node for node in walk(shown) if isinstance(node, dict) and node["t"] == "a"]


@given(st.text(max_size=200))
def test_whatever_is_written_only_known_tags_come_of_it(text: str) -> None:
    for node in walk(tree(text)):
        if isinstance(node, dict):
            assert node["t"] in TAGS
            assert str(node.get("href", "https://")).startswith(render.LINKS)


@given(st.text(max_size=200))
def test_what_somebody_typed_is_shown_as_it_was_typed(text: str) -> None:
    shown = tree(escape(text))
    assert {node["t"] for node in walk(shown) if isinstance(node, dict)} <= {"p", "br"}
    assert "".join(words(shown).split()) == "".join(plain(escape(text)).split())


@given(st.sampled_from(Asks), st.sampled_from(Tone), st.sampled_from(Input), st.booleans())
def test_every_message_is_shown(asks: Asks, tone: Tone, input_: Input, required: bool) -> None:
    token = Token(CaseId("c"), None, "s", 1)
    field = Field("f", "**Label**", input_, required, "*hint*", (Choice("a", "A"),), ("a",), (PersonId("p"),))
    form = Form(token, "Title", (field,), "Send")
    message = Message(
        "text", asks, (Fact("f", "v"),), (Choice("o", "_O_"),), (Choice("c", "C"),), token, form, "h", (1, 2), tone
    )
    shown = render.message(message)
    assert shown["asks"] == asks.value
    assert shown["choices"] == [{"id": "o", "label": "O", "alone": False}]
    assert shown["progress"] == [1, 2]
    assert shown["among"] is None
    assert render.message(replace(message, among=(PersonId("p"),)))["among"] == ["p"]
    opened = shown["form"]
    assert isinstance(opened, dict)
    assert opened["fields"] == [
        {
            "id": "f",
            "label": "Label",
            "input": input_.value,
            "required": required,
            "hint": [{"t": "p", "c": [{"t": "i", "c": ["hint"]}]}],
            "options": [{"id": "a", "label": "A", "alone": False}],
            "initial": ["a"],
            "among": ["p"],
        }
    ]


def test_every_reply_is_told() -> None:
    form = Form(Token(CaseId("c"), None, "s", 1), "T", (), "Send")
    replies: list[Reply] = [
        OpenForm(form),
        FormErrors((FieldError("f", "why"),)),
        Show("T", (Fact("a", "b"),)),
        CloseForm(),
        Nothing(),
    ]
    assert [render.reply(reply)["kind"] for reply in replies] == ["form", "errors", "show", "close", "nothing"]
