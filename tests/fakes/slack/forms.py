"""A modal that a person fills in: what the client takes, what it refuses itself, what follows from the bot's answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tests.fakes.slack.block_kit import elements_of
from tests.fakes.slack.errors import ClientBlocked, Json, SlackError
from tests.fakes.slack.state import field_of, pick
from tests.fakes.slack.web_api_files import public_file
from tests.fakes.slack.web_api_views import checked_view, push_view, store_view

if TYPE_CHECKING:
    from tests.fakes.slack.workspace import FakeSlack


def fill(slack: FakeSlack, v: Json, values: Json) -> None:
    """Write into inputs, named by block_id, action_id or label."""
    for key, wanted in values.items():
        b, el = _input(v, key)
        value = pick(el, wanted)
        if el["type"] == "file_input":
            value = [public_file(x) if isinstance(x, dict) else x for x in wanted]
            for x in value:
                slack.files[x["id"]]["_shared"] = True
        v["state"]["values"][b["block_id"]][el["action_id"]] = {"type": el["type"], field_of(el): value}


def _input(v: Json, key: str) -> tuple[Json, Json]:
    for b in v["blocks"]:
        for el in elements_of(b):
            if b["type"] == "input" and key in (b["block_id"], el["action_id"], b["label"]["text"]):
                return b, el
    raise ClientBlocked(f"no input {key!r} in the modal")


def missing(v: Json) -> dict[str, str]:
    """What the Slack client itself would refuse before sending the form, by block_id."""
    out = {}
    for b in v["blocks"]:
        if b["type"] == "input":
            el = b["element"]
            got = v["state"]["values"][b["block_id"]][el["action_id"]].get(field_of(el))
            if got not in (None, "", []):
                wrong = _wrong(el, got)
            else:
                wrong = None if b.get("optional") else "Please complete this required field."
            if wrong:
                out[b["block_id"]] = wrong
    return out


def _wrong(el: Json, got: Any) -> str | None:
    if el["type"] == "plain_text_input":
        fits = el.get("min_length", 0) <= len(got) <= el.get("max_length", 3000)
        return None if fits else "wrong length"
    if el["type"] == "email_text_input":
        return None if re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", got) else "not an email"
    if el["type"] == "number_input":
        number = r"-?\d+(\.\d+)?" if el["is_decimal_allowed"] else r"-?\d+"
        return None if re.fullmatch(number, str(got)) else "not a number"
    most = el.get("max_files", 10) if el["type"] == "file_input" else el.get("max_selected_items")
    return "too many selected" if most and len(got) > most else None


def answered(slack: FakeSlack, uid: str, v: Json, body: Any) -> str | None:
    """Do what the bot's answer to view_submission says (docs.slack.dev, surfaces/modals). Returns what the user reads."""
    try:
        _do(slack, uid, v, body)
    except SlackError as e:
        slack.lint(f"view_submission answer rejected: {e.body}")
        return "We had some trouble connecting. Try again?"
    return None


def _do(slack: FakeSlack, uid: str, v: Json, body: Any) -> None:
    stack = slack.modals[uid]
    action = body.get("response_action") if isinstance(body, dict) else None
    if body in (None, "", {}):
        if v["id"] in stack:
            del stack[stack.index(v["id"]) :]
    elif action == "clear":
        stack.clear()
    elif action == "errors":
        known = {b["block_id"] for b in v["blocks"] if b["type"] == "input"}
        errors = body.get("errors")
        if not isinstance(errors, dict) or not errors or set(errors) - known:
            raise SlackError("invalid_errors", [f"errors must name input block_ids, got {errors}"])
        slack.views[v["id"]]["_errors"] = errors
        slack.sight.view(slack.views[v["id"]])
    elif action == "update":
        checked_view(slack, body.get("view"), keep=v["id"])
        store_view(slack, body["view"], uid, v)
    elif action == "push":
        checked_view(slack, body.get("view"))
        push_view(slack, uid, body["view"])
    else:
        raise SlackError("invalid_response", [f"unknown response to view_submission: {body}"])
