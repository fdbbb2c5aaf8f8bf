"""The two oracles do find what is too long."""

from __future__ import annotations

import pytest

from tests.adapters.slack.limits import beyond, refused, refused_view


def plain(text: str) -> dict[str, object]:
    return {"type": "plain_text", "text": text}


@pytest.mark.parametrize(
    ("block", "named"),
    [
        (
            {"type": "actions", "elements": [{"type": "button", "text": plain("x" * 76), "action_id": "a"}]},
            "BUTTON_TEXT",
        ),
        (
            {"type": "actions", "elements": [{"type": "button", "text": plain("x"), "value": "x" * 2001}]},
            "BUTTON_VALUE",
        ),
        ({"type": "section", "text": plain("x" * 3001)}, "SECTION_TEXT"),
        ({"type": "section", "fields": [plain("x")] * 11}, "SECTION_FIELDS"),
        ({"type": "header", "text": plain("x" * 151)}, "HEADER_TEXT"),
        ({"type": "context", "elements": [plain("x")] * 11}, "CONTEXT_ELEMENTS"),
        ({"type": "actions", "elements": [plain("x")] * 26}, "ACTIONS_ELEMENTS"),
        ({"type": "input", "label": plain("x" * 2001), "element": {"type": "plain_text_input"}}, "INPUT_LABEL"),
        ({"type": "checkboxes", "options": [{"text": plain("x"), "value": "v"}] * 11}, "CHECKBOXES_OPTIONS"),
        ({"type": "static_select", "options": [{"text": plain("x" * 76), "value": "v"}]}, "OPTION_TEXT"),
        ({"type": "divider", "block_id": "x" * 256}, "BLOCK_ID"),
    ],
)
def test_what_is_too_long_is_found(block: dict[str, object], named: str) -> None:
    assert any(named in found for found in beyond([block]))


def test_the_models_of_the_sdk_refuse_what_slack_refuses() -> None:
    assert refused([{"type": "section"}])
    assert refused([{"type": "header", "text": plain("x" * 151)}])
    assert refused_view({"type": "modal", "title": plain("x" * 25), "blocks": []})
