"""Answers to a response_url: five, within thirty minutes (docs.slack.dev/interactivity/handling-user-interaction)."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from aiohttp import web

from tests.fakes.slack.errors import Json, SlackError
from tests.fakes.slack.messages import content, ephemeral_message

if TYPE_CHECKING:
    from tests.fakes.slack.workspace import FakeSlack

USES, SECONDS = 5, 1800


def make(slack: FakeSlack, uid: str, ch: Json, ts: str | None, *, ephemeral: bool) -> str:
    token = secrets.token_hex(8)
    slack.response_urls[token] = {
        "uses": 0,
        "expires": slack.now() + SECONDS * slack.time_scale,
        "user": uid,
        "channel": ch["id"],
        "ts": ts,
        "ephemeral": ephemeral,
    }
    return f"{slack.origin}/actions/{token}"


async def answer(slack: FakeSlack, request: web.Request) -> web.Response:
    r = slack.response_urls.get(request.match_info["token"])
    try:
        a = await request.json()
    except ValueError:
        return web.Response(status=400, text="invalid_payload")
    slack.record("response_url", args=a)
    if r is None or r["expires"] < slack.now():
        return web.Response(status=404, text="expired_url")
    if r["uses"] >= USES:
        return web.Response(status=404, text="used_url")
    r["uses"] += 1
    try:
        respond(slack, r, a)
    except SlackError as e:
        slack.record("response_url_error", response=e.body)
        return web.Response(status=400, text=e.body["error"])
    return web.Response(text="ok")


def respond(slack: FakeSlack, r: Json, a: Json) -> None:
    """Do what an answer asks: a new message, another instead of the old one, or none."""
    ch = slack.channels[r["channel"]]
    box: list[Json] = ch["ephemeral"] if r["ephemeral"] else ch["messages"]
    old = next((m for m in box if m["ts"] == r["ts"]), None)
    if a.get("delete_original"):
        if old:
            box.remove(old)
        return
    stored = content(slack, a)
    if a.get("replace_original") and old:
        old.pop("blocks", None)
        old.update(stored)
        slack.sight.message(ch, old)
    elif a.get("response_type") == "in_channel":
        said = {"type": "message", "user": slack.bot_user, "bot_id": slack.bot_id, "ts": slack.ts(), **stored}
        ch["messages"].append(said)
        slack.sight.message(ch, said)
    else:
        ephemeral_message(slack, ch, r["user"], stored)
