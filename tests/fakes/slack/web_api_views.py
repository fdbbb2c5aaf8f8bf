"""Web API: triggers, modals and App Home (docs.slack.dev/surfaces/modals, docs.slack.dev/reference/methods/views.open).

Rule 1. A trigger works once (exchanged_trigger_id), for three seconds (expired_trigger_id).
Rule 2. At most three views lie on each other (push_limit_reached); views.open begins anew.
Rule 3. A view that is given with the hash of an older one is refused (hash_conflict).
Rule 4. views.update keeps what was typed under the same block_id and action_id.
"""

from __future__ import annotations

import copy
import json
import secrets
from typing import TYPE_CHECKING, Any

from tests.fakes.slack.block_kit import check_view
from tests.fakes.slack.errors import Json, SlackError
from tests.fakes.slack.messages import with_ids
from tests.fakes.slack.methods import method, need
from tests.fakes.slack.state import initial_state

if TYPE_CHECKING:
    from tests.fakes.slack.workspace import FakeSlack

STACK = 3


def new_trigger(slack: FakeSlack, uid: str, view_id: str | None = None) -> str:
    tid = f"{next(slack.numbers)}.{int(slack.now() * 1000)}.{secrets.token_hex(8)}"
    slack.triggers[tid] = {"user": uid, "expires": slack.now() + slack.trigger_ttl, "used": False, "view": view_id}
    return tid


def _trigger(slack: FakeSlack, a: Json) -> Json:
    need(a, "trigger_id")
    t = slack.triggers.get(a["trigger_id"])
    if t is None:
        raise SlackError("invalid_trigger_id")
    if t["used"]:
        raise SlackError("exchanged_trigger_id")
    if t["expires"] < slack.now():
        raise SlackError("expired_trigger_id")
    return t


def checked_view(slack: FakeSlack, view: Any, kind: str = "modal", keep: str | None = None) -> None:
    """Raises SlackError for a view that Slack refuses; `keep` is the view that it replaces."""
    c = check_view(view, kind)
    if len(json.dumps(view)) > 250_000:
        raise SlackError("view_too_large")
    if c.errors:
        raise SlackError("invalid_arguments", c.errors)
    ext = view.get("external_id")
    if ext and any(v["external_id"] == ext and v["id"] != keep for v in slack.views.values()):
        raise SlackError("duplicate_external_id")


def store_view(slack: FakeSlack, view: Json, uid: str, old: Json | None = None) -> Json:
    blocks = with_ids(view["blocks"])
    stored: Json = {
        "id": slack.new_id("V"),
        "team_id": slack.team["id"],
        "type": view["type"],
        "title": None,
        "submit": None,
        "close": None,
        "private_metadata": "",
        "callback_id": "",
        "external_id": "",
        "clear_on_close": False,
        "notify_on_close": False,
        "root_view_id": None,
        "previous_view_id": None,
        "app_id": slack.app_id,
        "app_installed_team_id": slack.team["id"],
        "bot_id": slack.bot_id,
        **copy.deepcopy(view),
        "blocks": blocks,
        "state": {"values": initial_state(blocks, old["state"]["values"] if old else None)},
        "hash": f"{int(slack.now())}.{secrets.token_urlsafe(6)}",
    }
    if old:
        stored |= {k: old[k] for k in ("id", "root_view_id", "previous_view_id")}
    stored["_user"] = uid
    slack.views[stored["id"]] = stored
    slack.sight.view(stored)
    return stored


def shown(view: Json) -> Json:
    return copy.deepcopy({k: v for k, v in view.items() if not k.startswith("_")})


def push_view(slack: FakeSlack, uid: str, view: Json, *, fresh: bool = False) -> Json:
    stack = slack.modals.setdefault(uid, [])
    if fresh:
        for v in stack:
            slack.views.pop(v, None)
        stack.clear()
    if len(stack) >= STACK:
        raise SlackError("push_limit_reached")
    stored = store_view(slack, view, uid)
    stored["root_view_id"], stored["previous_view_id"] = (stack[0], stack[-1]) if stack else (stored["id"], None)
    stack.append(stored["id"])
    return stored


@method("views.open", (), 100)
def views_open(slack: FakeSlack, a: Json) -> Json:
    t = _trigger(slack, a)
    checked_view(slack, a.get("view"))
    if t["view"] and t["view"] in slack.modals.get(t["user"], []):
        slack.lint("views.open called from inside a modal: views.push or views.update is meant")
    t["used"] = True
    return {"view": shown(push_view(slack, t["user"], a["view"], fresh=True))}


@method("views.push", (), 100)
def views_push(slack: FakeSlack, a: Json) -> Json:
    t = _trigger(slack, a)
    checked_view(slack, a.get("view"))
    if not slack.modals.get(t["user"]) or not t["view"]:
        raise SlackError("not_found")
    pushed = push_view(slack, t["user"], a["view"])
    t["used"] = True
    return {"view": shown(pushed)}


@method("views.update", (), 100)
def views_update(slack: FakeSlack, a: Json) -> Json:
    vid, ext = a.get("view_id"), a.get("external_id")
    if not vid and not ext:
        raise SlackError("invalid_arguments", ["missing required field: view_id"])
    old = slack.views.get(vid or "") or next((v for v in slack.views.values() if ext and v["external_id"] == ext), None)
    if old is None:
        raise SlackError("not_found")
    checked_view(slack, a.get("view"), old["type"], keep=old["id"])
    if a.get("hash") and a["hash"] != old["hash"]:
        raise SlackError("hash_conflict")
    return {"view": shown(store_view(slack, a["view"], old["_user"], old))}


@method("views.publish", (), 100)
def views_publish(slack: FakeSlack, a: Json) -> Json:
    need(a, "user_id", "view")
    if not slack.home_enabled:
        raise SlackError("not_enabled")
    if a["user_id"] not in slack.users:
        raise SlackError("user_not_found")
    old = slack.views.get(slack.homes.get(a["user_id"], ""))
    checked_view(slack, a["view"], "home", keep=old["id"] if old else None)
    if a.get("hash") and old and a["hash"] != old["hash"]:
        raise SlackError("hash_conflict")
    v = store_view(slack, a["view"], a["user_id"], old)
    slack.homes[a["user_id"]] = v["id"]
    return {"view": shown(v)}
