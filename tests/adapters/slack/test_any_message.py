"""Whatever the core shows, Slack takes what comes out of it, in both languages."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.slack import render
from adapters.slack.render import Json
from bot.core.languages import LANGUAGES
from bot.core.messages import Fact, FieldError, Form, Message
from tests.adapters import drawn
from tests.adapters.slack.limits import beyond, refused, refused_view
from tests.adapters.slack.reading import as_sent
from tests.fakes.slack.block_kit import Check, check_blocks, check_view
from tests.soak import SOAK

LANGUAGE = st.sampled_from(sorted(LANGUAGES))
many = settings(max_examples=100 if SOAK else 10, deadline=None, suppress_health_check=list(HealthCheck))
pytestmark = pytest.mark.soak


def checked(blocks: Json) -> Check:
    sent = as_sent(blocks)
    found = check_blocks(sent, "message")
    assert (found.errors, beyond(sent), refused(sent)) == ([], [], [])
    return found


def checked_view(view: Json, kind: str | None = None) -> None:
    sent = as_sent(view)
    assert (check_view(sent, kind).errors, beyond(sent), refused_view(sent)) == ([], [], [])


@many
@given(drawn.messages(), LANGUAGE)
def test_any_message(shown: Message, language: str) -> None:
    made = render.message(shown, language, drawn.named)
    assert checked(made.blocks).text_total <= 10_000
    assert 1 <= len(made.text) <= 3000
    assert made.blocks


@many
@given(drawn.messages(), drawn.FACTS, LANGUAGE)
def test_a_notification_is_the_same_whatever_was_told(shown: Message, other: Fact, language: str) -> None:
    told, told_otherwise = (replace(shown, facts=facts) for facts in ((*shown.facts, other), (other,)))
    assert render.message(told, language).text == render.message(told_otherwise, language).text


@many
@given(drawn.messages(most=300), LANGUAGE)
def test_a_message_with_far_too_much(shown: Message, language: str) -> None:
    assert checked(render.message(shown, language).blocks).text_total <= 10_000


@many
@given(drawn.FORMS, LANGUAGE)
def test_any_form(form: Form, language: str) -> None:
    view = as_sent(render.form_view(form, language, drawn.named))
    checked_view(view)
    assert {field.id for field in form.fields} <= set(render.inputs_of(view))


@many
@given(st.text(max_size=60), drawn.FACT_LISTS, LANGUAGE)
def test_anything_to_read(title: str, facts: list[Fact], language: str) -> None:
    view = as_sent(render.show_view(title, facts, language))
    checked_view(view)
    assert len(json.dumps(view)) < 250_000


@many
@given(st.text(max_size=60), st.lists(drawn.messages(most=12), max_size=2), LANGUAGE)
def test_any_messages_in_a_view_and_at_home(title: str, shown: list[Message], language: str) -> None:
    checked_view(render.told_view(title, shown, language))
    starts = [("report", "Report"), ("advice", title)]
    checked_view(render.home_view(shown, starts, language), "home")


@many
@given(drawn.ERRORS, st.lists(drawn.NAMES, min_size=1, unique=True))
def test_any_errors(found: list[FieldError], inputs: list[str]) -> None:
    answer = as_sent(render.errors(found, inputs))
    assert answer["response_action"] == "errors"
    assert set(answer["errors"]) <= set(inputs)
    assert all(answer["errors"].values())


@given(drawn.TOKENS, LANGUAGE)
def test_the_dialog_for_files(token: drawn.Token, language: str) -> None:
    checked_view(render.files_view(token, language))
