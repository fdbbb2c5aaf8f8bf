"""A message: what Slack accepts, what it stores, who is shown it.

Rule 1. Text over 40,000 characters is truncated, over 4,000 it is advised against (docs.slack.dev, chat.postMessage).
Rule 2. Blocks follow Block Kit; the sum of their text ends at about 13,200 (see `block_kit.MSG_TEXT_TOTAL`).
Rule 3. The bot gets an event for its own messages too.
"""

from __future__ import annotations

import copy
import json
import re
import secrets
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from tests.fakes.slack.block_kit import MSG_TEXT_TOTAL, check_blocks, elements_of
from tests.fakes.slack.errors import Json, SlackError

if TYPE_CHECKING:
    from tests.fakes.slack.workspace import FakeSlack


def subscription(ch: Json) -> str:
    """The event that tells of a conversation's messages: message.im, message.mpim, message.channels, message.groups."""
    return f"message.{ch['kind']}" if ch["kind"] in ("im", "mpim") else f"message.{ch['kind']}s"


def with_ids(blocks: Sequence[Json]) -> list[Json]:
    """The blocks as Slack stores them: whatever has no id is given one."""
    stored = copy.deepcopy(list(blocks))
    for b in stored:
        b.setdefault("block_id", secrets.token_urlsafe(4)[:5])
        for el in elements_of(b):
            if el.get("type") not in ("image", "plain_text", "mrkdwn"):
                el.setdefault("action_id", secrets.token_urlsafe(4)[:5])
    return stored


def content(slack: FakeSlack, a: Json, *, text_limit: int | None = None) -> Json:
    """Validate a message's text, blocks and metadata and return what Slack stores. Raises SlackError."""
    body, blocks = _text(a), a.get("blocks")
    if not body and not blocks and not a.get("attachments"):
        raise SlackError("no_text")
    if len(a.get("attachments") or []) > 100:
        raise SlackError("too_many_attachments")
    if blocks is not None and not isinstance(blocks, list):
        raise SlackError("invalid_blocks_format")
    if text_limit and len(body) > text_limit:
        raise SlackError("msg_too_long")
    if blocks:
        _check(blocks)
        if not body:
            slack.lint("message with blocks but no top-level text: notifications and screen readers get nothing useful")
    for bad in re.findall(r"<!(?:channel|here|everyone)\b[^>]*>", body + json.dumps(blocks or [])):
        slack.lint(f"message pings a whole channel: {bad} (unescaped user text?)")
    if len(body) > 40000:
        slack.lint("text over 40000 characters is truncated by Slack")
        body = body[:40000]
    elif len(body) > 4000 and not blocks:
        slack.lint("text over 4000 characters: Slack advises against it")
    stored: Json = {"text": body}
    stored |= {"blocks": with_ids(blocks)} if blocks else {}
    stored |= {"attachments": copy.deepcopy(a["attachments"])} if a.get("attachments") else {}
    return stored | _metadata(a.get("metadata"))


def _text(a: Json) -> str:
    body = a.get("text")
    if a.get("markdown_text") is not None:
        if body or a.get("blocks"):
            raise SlackError("markdown_text_conflict")
        if len(a["markdown_text"]) > 12000:
            raise SlackError("msg_too_long")
        body = a["markdown_text"]
    if body is not None and not isinstance(body, str):
        raise SlackError("invalid_arguments", ["must be a string [json-pointer:/text]"])
    return body or ""


def _check(blocks: list[Any]) -> None:
    c = check_blocks(blocks, "message")
    if c.errors:
        raise SlackError("invalid_blocks", c.errors, errors=c.errors)
    if c.text_total + c.markdown_total > MSG_TEXT_TOTAL:
        raise SlackError("msg_blocks_too_long")


def _metadata(meta: Any) -> Json:
    if meta is None:
        return {}
    if not (isinstance(meta, dict) and isinstance(meta.get("event_type"), str)) or not isinstance(
        meta.get("event_payload"), dict
    ):
        raise SlackError("invalid_metadata_format")
    return {"metadata": meta}


def find(ch: Json, ts: object) -> Json | None:
    return next((m for m in ch["messages"] if m["ts"] == str(ts)), None)


def bot_message(slack: FakeSlack, ch: Json, stored: Json, thread_ts: str | None = None, **more: object) -> Json:
    """Put a message of the bot into a conversation, and tell the bot of it."""
    if thread_ts and not find(ch, thread_ts):
        raise SlackError("thread_not_found")  # ASSUMED: the docs name no error for this
    msg: Json = {
        "type": "message",
        "user": slack.bot_user,
        "bot_id": slack.bot_id,
        "app_id": slack.app_id,
        "team": slack.team["id"],
        "ts": slack.ts(),
        **stored,
        **more,
    }
    if thread_ts:
        msg["thread_ts"] = thread_ts
    ch["messages"].append(msg)
    slack.sight.message(ch, msg)
    where = {"channel": ch["id"], "channel_type": ch["kind"], "event_ts": msg["ts"]}
    subtype = "bot_message" if more.get("username") else None
    slack.event({"type": "message", "subtype": subtype, **msg, **where}, subscription(ch))
    return msg


def ephemeral_message(slack: FakeSlack, ch: Json, uid: str, stored: Json) -> Json:
    """Put a message into a conversation that only this person sees."""
    msg: Json = {"ts": slack.ts(), "user": slack.bot_user, "for": uid, **stored}
    ch["ephemeral"].append(msg)
    slack.sight.message(ch, msg)
    return msg
