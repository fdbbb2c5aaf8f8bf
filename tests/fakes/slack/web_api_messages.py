"""Web API: messages (docs.slack.dev/reference/methods/chat.postMessage and its siblings)."""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING

from tests.fakes.slack.block_kit import check_blocks, check_view
from tests.fakes.slack.errors import Json, SlackError
from tests.fakes.slack.messages import bot_message, content, ephemeral_message, find
from tests.fakes.slack.methods import method, need
from tests.fakes.slack.web_api_conversations import channel

if TYPE_CHECKING:
    from tests.fakes.slack.workspace import FakeSlack

WRITE = ("chat:write",)


@method("chat.postMessage", WRITE, 6000)
def chat_post_message(slack: FakeSlack, a: Json) -> Json:
    need(a, "channel")
    ch = channel(slack, a["channel"], write=True)
    msg = bot_message(slack, ch, content(slack, a), a.get("thread_ts"))
    return {"channel": ch["id"], "ts": msg["ts"], "message": copy.deepcopy(msg)}


def _own(slack: FakeSlack, a: Json, verb: str, ts: str = "ts") -> tuple[Json, Json]:
    """The bot's own message that is to be changed."""
    need(a, "channel", ts)
    ch = channel(slack, a["channel"])
    msg = find(ch, a[ts])
    if msg is None:
        raise SlackError("message_not_found")
    if msg.get("user") != slack.bot_user:
        raise SlackError(f"cant_{verb}_message")
    return ch, msg


@method("chat.update", WRITE, 50)
def chat_update(slack: FakeSlack, a: Json) -> Json:
    ch, msg = _own(slack, a, "update")
    new = content(slack, a, text_limit=4000)
    if "blocks" not in new:
        msg.pop("blocks", None)  # text without blocks replaces the old blocks
    msg.update(new, edited={"user": slack.bot_user, "ts": slack.ts()})
    slack.sight.message(ch, msg)
    return {"channel": ch["id"], "ts": msg["ts"], "text": msg["text"], "message": copy.deepcopy(msg)}


@method("chat.delete", WRITE, 50)
def chat_delete(slack: FakeSlack, a: Json) -> Json:
    ch, msg = _own(slack, a, "delete")
    ch["messages"].remove(msg)
    return {"channel": ch["id"], "ts": a["ts"]}


@method("chat.postEphemeral", WRITE, 100)
def chat_post_ephemeral(slack: FakeSlack, a: Json) -> Json:
    need(a, "channel", "user")
    ch = channel(slack, a["channel"], write=True)
    if a["user"] not in ch["members"]:
        raise SlackError("user_not_in_channel")
    return {"message_ts": ephemeral_message(slack, ch, a["user"], content(slack, a))["ts"]}


@method("chat.scheduleMessage", WRITE, 50)
def chat_schedule_message(slack: FakeSlack, a: Json) -> Json:
    need(a, "channel", "post_at")
    ch, at = channel(slack, a["channel"], write=True), int(a["post_at"])
    if at <= slack.now():
        raise SlackError("time_in_past")
    if at > slack.now() + 120 * 86400:
        raise SlackError("time_too_far")
    stored, sid = content(slack, a), slack.new_id("Q")
    slack.scheduled[sid] = {"channel": ch["id"], "post_at": at}

    async def later() -> None:
        await slack.sleep((at - slack.now()) * slack.time_scale)
        if slack.scheduled.pop(sid, None):
            bot_message(slack, ch, stored, a.get("thread_ts"))

    slack.spawn(later())
    return {"channel": ch["id"], "scheduled_message_id": sid, "post_at": at, "message": stored}


@method("chat.deleteScheduledMessage", WRITE, 50)
def chat_delete_scheduled_message(slack: FakeSlack, a: Json) -> None:
    if not slack.scheduled.pop(a.get("scheduled_message_id", ""), None):
        raise SlackError("invalid_scheduled_message_id")


@method("chat.getPermalink", (), 600)
def chat_get_permalink(slack: FakeSlack, a: Json) -> Json:
    need(a, "channel", "message_ts")
    ch = channel(slack, a["channel"])
    if not find(ch, a["message_ts"]):
        raise SlackError("message_not_found")
    number = str(a["message_ts"]).replace(".", "")
    address = f"https://{slack.team['domain']}.slack.com/archives/{ch['id']}/p{number}"
    return {"channel": ch["id"], "permalink": address}


@method("reactions.add", ("reactions:write",), 50)
def reactions_add(slack: FakeSlack, a: Json) -> None:
    need(a, "channel", "name", "timestamp")
    msg = find(channel(slack, a["channel"]), a["timestamp"])
    if msg is None:
        raise SlackError("message_not_found")
    if not re.fullmatch(r"[a-z0-9_+'-]+(::skin-tone-\d)?", a["name"]):
        raise SlackError("invalid_name")
    if a["name"] in msg.setdefault("reactions", []):
        raise SlackError("already_reacted")
    msg["reactions"].append(a["name"])


def _thread(slack: FakeSlack, a: Json) -> Json:
    need(a, "channel_id", "thread_ts")
    ch = channel(slack, a["channel_id"])
    if not find(ch, a["thread_ts"]):
        raise SlackError("invalid_thread_ts")
    return ch


@method("assistant.threads.setStatus", ("chat:write", "assistant:write"), 600)
def assistant_set_status(slack: FakeSlack, a: Json) -> None:
    ch = _thread(slack, a)
    if "status" not in a:
        raise SlackError("invalid_arguments", ["missing required field: status"])
    ch["status"] = a["status"]


@method("assistant.threads.setTitle", ("assistant:write",), 100)
def assistant_set_title(slack: FakeSlack, a: Json) -> None:
    _thread(slack, a)
    need(a, "title")


@method("assistant.threads.setSuggestedPrompts", ("assistant:write",), 100)
def assistant_set_suggested_prompts(slack: FakeSlack, a: Json) -> None:
    _thread(slack, a)
    if not isinstance(a.get("prompts"), list) or not 1 <= len(a["prompts"]) <= 4:
        raise SlackError("invalid_arguments", ["prompts must hold 1 to 4 items [json-pointer:/prompts]"])


@method("blocks.validate", (), 100)
def blocks_validate(slack: FakeSlack, a: Json) -> None:
    given = [k for k in ("view", "message", "blocks") if k in a]
    if len(given) != 1:
        raise SlackError("invalid_arguments", ["provide exactly one of blocks, message, view"])
    kind = given[0]
    if kind == "view":
        found = check_view(a["view"], a["view"].get("type")).errors
    else:
        found = check_blocks(a["blocks"] if kind == "blocks" else a["message"].get("blocks", []), "message").errors
    if found:
        above = "/blocks" if kind == "blocks" else "/view"
        split = [e.rsplit(" [json-pointer:", 1) for e in found]
        errors = [{"pointer": p[:-1].removeprefix(above), "code": "failed_constraint", "message": m} for m, p in split]
        raise SlackError("invalid_" + kind, errors=errors)
