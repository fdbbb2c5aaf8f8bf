"""Whatever the core shows, Teams takes what comes out of it, in both languages."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.teams.dialog import form_card, show_card, told_card
from adapters.teams.fields import named
from adapters.teams.message import message, told
from adapters.teams.values import chosen, values_of
from adapters.teams.wire import Act, Pressed, pressed
from bot.core.languages import LANGUAGES
from bot.core.messages import Fact, FieldError, Form, Message
from tests.adapters import drawn
from tests.adapters.teams.reading import actions, as_sent, checked, inputs
from tests.soak import SOAK

LANGUAGE = st.sampled_from(sorted(LANGUAGES))
many = settings(max_examples=100 if SOAK else 10, deadline=None, suppress_health_check=list(HealthCheck))
pytestmark = pytest.mark.soak


@many
@given(drawn.messages(), LANGUAGE)
def test_any_message(shown: Message, language: str) -> None:
    made = message(shown, language, drawn.named)
    assert made.card["body"]
    assert 1 <= len(made.summary) <= 120
    assert "\n" not in made.summary
    for action in actions(made):
        assert pressed(action["data"]) is not None
        assert (action["type"] == "Action.Submit") == ("msteams" in action["data"])


@many
@given(drawn.messages(), drawn.FACTS, LANGUAGE)
def test_a_notification_is_the_same_whatever_was_told(shown: Message, other: Fact, language: str) -> None:
    first, second = (message(replace(shown, facts=facts), language) for facts in ((*shown.facts, other), (other,)))
    assert (first.summary, first.card["fallbackText"]) == (second.summary, second.card["fallbackText"])


@many
@given(drawn.messages(most=300), LANGUAGE)
def test_a_message_with_far_too_much(shown: Message, language: str) -> None:
    checked(message(shown, language))


@many
@given(drawn.FORMS, LANGUAGE)
def test_any_form(form: Form, language: str) -> None:
    made = form_card(form, language, drawn.named)
    asked = {one["id"].partition("#")[0] for one in inputs(made)}
    assert {named(field.id) for field in form.fields} == asked
    (send,) = actions(made)
    assert pressed(send["data"]) == Pressed(Act.FORM, form.token)


@many
@given(drawn.FORMS, drawn.ERRORS, LANGUAGE)
def test_any_form_that_is_to_be_mended(form: Form, errors: list[FieldError], language: str) -> None:
    first = form.fields[0].id
    found = [replace(errors[0], field=first), *errors]
    checked(form_card(form, language, drawn.named, found, {field.id: field.initial for field in form.fields}))


@many
@given(st.text(max_size=60), drawn.FACT_LISTS, st.integers(0, 9), LANGUAGE)
def test_anything_to_read(title: str, facts: list[Fact], page: int, language: str) -> None:
    made = show_card(title, facts, language, page=page)
    checked(made)
    assert 1 <= len(made.title) <= 40


@many
@given(st.text(max_size=60), st.lists(drawn.messages(most=12), max_size=3), LANGUAGE)
def test_any_messages_together(title: str, shown: list[Message], language: str) -> None:
    checked(told(shown, language))
    made = told_card(title, shown, language)
    assert all(action["type"] == "Action.Submit" and "msteams" not in action["data"] for action in actions(made))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner, max_size=4),
    max_leaves=8,
)
NAMES = st.builds(
    "{}{}{}".format,
    st.sampled_from(["field:", "picked", ""]),
    st.text(max_size=3),
    st.sampled_from(["", "#many", "#time"]),
)


@given(JSON | st.dictionaries(NAMES, JSON), st.text(max_size=2))
def test_whatever_comes_is_no_error(data: object, number: str) -> None:
    assert all(isinstance(value, tuple) for value in values_of(data, str).values())
    assert isinstance(chosen(data, Pressed(Act.SEND, ids=(number,)), str), tuple)
    json.dumps(as_sent(dict(values_of(data, str))))
