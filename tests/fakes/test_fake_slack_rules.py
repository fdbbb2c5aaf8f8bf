"""The fake Slack's rules for blocks and views: at each limit and past it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fakes.slack.block_kit import BLOCKS, check_blocks, check_view
from tests.fakes.slack.elements import INPUTS
from tests.fakes.slack_bot import Json, actions, button, form, mk, pt, section

DIVIDER: Json = {"type": "divider"}
IMAGE: Json = {"type": "image", "image_url": "https://x", "alt_text": "a"}


def select(**more: object) -> Json:
    return actions({"type": "static_select", "action_id": "s", **more})


def options(*names: str) -> list[Json]:
    return [{"text": pt(n), "value": n} for n in names]


@pytest.mark.parametrize(
    "blocks",
    [
        [section("x")],
        [section("x" * 3000)],
        [DIVIDER] * 50,
        [IMAGE],
        [actions(*(button("x", str(i)) for i in range(25)))],
        [actions(button("x" * 75, "a", value="v" * 2000))],
        [{"type": "header", "text": pt("x" * 150)}],
        [select(options=options("a", "b"), initial_option=options("b")[0])],
    ],
)
def test_blocks_that_slack_takes(blocks: list[Json]) -> None:
    assert check_blocks(blocks, "message").errors == []


@pytest.mark.parametrize(
    ("blocks", "error"),
    [
        ([section("")], "more than 0 characters"),
        ([{"type": "section"}], "at least one of: text, fields"),
        ([section("x" * 3001)], "less than 3001"),
        ([DIVIDER] * 51, "no more than 50 items"),
        ([DIVIDER | {"block_id": "a"}] * 2, "`block_id` already exists"),
        ([actions(button("x", "a"), button("y", "a"))], "`action_id` already exists"),
        ([actions(*(button("x", str(i)) for i in range(26)))], "no more than 25 items"),
        ([actions(button("x" * 76, "a"))], "less than 76"),
        ([actions(button("x", "a", value="v" * 2001))], "less than 2001"),
        ([actions(button("x", "a", style="blue"))], "one of: primary, danger"),
        ([actions(button("x", "a", colour="red"))], "invalid additional property"),
        ([{"type": "header", "text": pt("x" * 151)}], "less than 151"),
        ([{"type": "context", "elements": [mk("x")] * 11}], "no more than 10 items"),
        ([{"type": "image", "image_url": "https://x"}], "missing required field: alt_text"),
        ([IMAGE | {"slack_file": {}}], "exactly one of: image_url, slack_file"),
        ([{"type": "alert", "text": mk("x")}], "unsupported type: alert"),
        ([{"type": "section", "text": mk("x") | {"emoji": True}}], "invalid additional property: emoji"),
        ([select(options=options("a"), initial_option=options("b")[0])], "must exactly match"),
        ([select()], "exactly one of: options, option_groups"),
        ([{"type": "markdown", "text": "x" * 6001}] * 2, "12000 characters in all"),
        ("text", "must provide an array"),
        ([1], "missing required field: type"),
    ],
)
def test_blocks_that_slack_refuses(blocks: object, error: str) -> None:
    assert any(error in e for e in check_blocks(blocks, "message").errors)


def test_a_view_that_slack_takes() -> None:
    assert check_view(form()).errors == []


@pytest.mark.parametrize(
    ("over", "error"),
    [
        ({"title": pt("x" * 25)}, "less than 25"),
        ({"private_metadata": "x" * 3001}, "less than 3001"),
        ({"id": "V1"}, "invalid additional property: id"),
        ({"submit": pt("x" * 25)}, "less than 25"),
        ({"blocks": [DIVIDER] * 101}, "no more than 100 items"),
        ({"title": mk("x")}, "expected plain_text"),
        ({"type": "home"}, "unsupported type: home"),
    ],
)
def test_views_that_slack_refuses(over: Json, error: str) -> None:
    assert any(error in e for e in check_view(form(**over)).errors)


def test_a_form_needs_a_button_to_send_it() -> None:
    view = form()
    del view["submit"]
    assert any("missing required field: submit" in e for e in check_view(view).errors)


def test_one_element_has_the_focus() -> None:
    view = form()
    for block in view["blocks"][:2]:
        block["element"]["focus_on_load"] = True
    assert any("only one element" in e for e in check_view(view).errors)


KEYS = ("type", "text", "block_id", "action_id", "elements", "element", "options", "option_groups", "initial_option")
KINDS = (*BLOCKS, *INPUTS, "plain_text", "mrkdwn")
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.just("") | st.sampled_from(KINDS),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5),
    max_leaves=12,
)


@settings(max_examples=25)
@given(ANYTHING, st.sampled_from(KINDS))
def test_no_payload_upsets_the_rules(payload: object, kind: str) -> None:
    assert check_blocks([{"type": kind, "elements": payload, "options": payload, "block_id": payload}], "modal").errors
    assert check_view(form(blocks=payload)).errors or payload == []
    check_view(payload)
