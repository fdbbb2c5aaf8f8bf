"""Where a person finds what they press."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from tests.fakes.slack.block_kit import elements_of
from tests.fakes.slack.errors import ClientBlocked, Json

if TYPE_CHECKING:
    from tests.fakes.slack.workspace import FakeSlack


class Found(NamedTuple):
    kind: str  # view, message
    box: Json  # the view or the message
    channel: Json | None  # of a message
    block: Json
    element: Json


def top(slack: FakeSlack, uid: str) -> Json | None:
    """The modal on top, as it is kept."""
    stack = slack.modals.get(uid)
    return slack.views[stack[-1]] if stack else None


def surfaces(slack: FakeSlack, uid: str) -> Iterator[tuple[str, Json, Json | None]]:
    """What can be pressed, the newest message first."""
    if v := top(slack, uid):
        yield "view", v, None  # an open modal hides everything else
        return
    if h := slack.views.get(slack.homes.get(uid, "")):
        yield "view", h, None
    for ch in slack.channels.values():
        if uid in ch["members"]:
            for m in reversed(ch["ephemeral"] + ch["messages"]):
                if m.get("blocks") and m.get("for", uid) == uid and m["user"] == slack.bot_user:
                    yield "message", m, ch


def find(slack: FakeSlack, uid: str, wanted: str, ts: str | None = None) -> Found:
    """Locate an element by action_id, by label or by `block_id.action_id`; `ts`: in this message alone."""
    for kind, box, ch in surfaces(slack, uid):
        if ts and box.get("ts") != ts:
            continue
        for b in box["blocks"]:
            for el in elements_of(b):
                label = el["text"].get("text") if isinstance(el.get("text"), dict) else None
                if wanted in (el.get("action_id"), label, f"{b['block_id']}.{el.get('action_id')}"):
                    return Found(kind, box, ch, b, el)
    raise ClientBlocked(f"{slack.users[uid]['name']} sees no element {wanted!r}")
