"""What an element holds while a person fills it in, and how Slack names it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.fakes.slack.block_kit import elements_of
from tests.fakes.slack.elements import options_of
from tests.fakes.slack.errors import ClientBlocked, Json

STATE_FIELD = {
    "static_select": "selected_option",
    "external_select": "selected_option",
    "radio_buttons": "selected_option",
    "overflow": "selected_option",
    "checkboxes": "selected_options",
    "multi_static_select": "selected_options",
    "multi_external_select": "selected_options",
    "users_select": "selected_user",
    "multi_users_select": "selected_users",
    "conversations_select": "selected_conversation",
    "multi_conversations_select": "selected_conversations",
    "channels_select": "selected_channel",
    "multi_channels_select": "selected_channels",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "rich_text_input": "rich_text_value",
    "file_input": "files",
}
INITIAL = {
    "selected_option": "initial_option",
    "selected_options": "initial_options",
    "selected_user": "initial_user",
    "selected_users": "initial_users",
    "selected_conversation": "initial_conversation",
    "selected_conversations": "initial_conversations",
    "selected_channel": "initial_channel",
    "selected_channels": "initial_channels",
    "selected_date": "initial_date",
    "selected_time": "initial_time",
    "selected_date_time": "initial_date_time",
    "rich_text_value": "initial_value",
    "value": "initial_value",
}
NO_STATE = {"button", "overflow", "workflow_button", "image", "plain_text", "mrkdwn"}


def field_of(el: Json) -> str:
    """The name of an element's value in the state."""
    return STATE_FIELD.get(el["type"], "value")


def initial_state(blocks: Sequence[Json], old: Json | None = None) -> Json:
    """The state of freshly drawn blocks; `views.update` keeps what stood under the same block_id and action_id."""
    values: Json = {}
    for b in blocks:
        for el in elements_of(b):
            if el["type"] in NO_STATE:
                continue
            f = field_of(el)
            kept = ((old or {}).get(b["block_id"]) or {}).get(el["action_id"])
            value = el.get(INITIAL.get(f, ""), [] if f.endswith("s") else None)
            values.setdefault(b["block_id"], {})[el["action_id"]] = kept or {"type": el["type"], f: value}
    return values


def pick(el: Json, wanted: Any) -> Any:
    """Turn what a test writes ("low", ["a", "b"], "2026-01-02") into what Slack sends for this element."""
    f = field_of(el)
    if f not in ("selected_option", "selected_options"):
        return wanted
    out = []
    for w in wanted if isinstance(wanted, list) else [wanted]:
        hit = w if isinstance(w, dict) else next((o for o in options_of(el) if _means(o, w)), None)
        if hit is None:
            raise ClientBlocked(f"no option {w!r} in {el.get('action_id')}")
        out.append(hit)
    return out if f == "selected_options" else out[0]


def _means(option: Json, wanted: str) -> bool:
    return wanted in (option.get("value"), option["text"]["text"])
