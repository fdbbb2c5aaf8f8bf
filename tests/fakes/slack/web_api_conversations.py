"""Web API: conversations, and what stands in them (docs.slack.dev/reference/methods/conversations.history and others)."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

from tests.fakes.slack.errors import Json, SlackError
from tests.fakes.slack.methods import method, need, page

if TYPE_CHECKING:
    from tests.fakes.slack.workspace import FakeSlack

READ = ("channels:read", "groups:read", "im:read", "mpim:read")
HISTORY = ("channels:history", "groups:history", "im:history", "mpim:history")
TYPES = {"channel": "public_channel", "group": "private_channel", "im": "im", "mpim": "mpim"}


def channel(slack: FakeSlack, cid: object, *, write: bool = False) -> Json:
    """The conversation of this id, when the bot may look (or write). Raises SlackError otherwise."""
    cid = str(cid)
    if write and cid.startswith(("U", "W")) and cid in slack.users:
        _reachable(slack, cid)
        ch: Json | None = slack.im(cid)
    else:
        if cid.startswith("#"):
            slack.lint("channel names are deprecated in chat.postMessage: use channel IDs")
            cid = next((c["id"] for c in slack.channels.values() if c["name"] == cid[1:]), cid)
        ch = slack.channels.get(cid)
    if ch is None or (ch["kind"] != "channel" and slack.bot_user not in ch["members"]):
        raise SlackError("channel_not_found")
    if slack.bot_user not in ch["members"]:
        raise SlackError("not_in_channel")
    if write and ch["archived"]:
        raise SlackError("is_archived")
    if write and ch["kind"] == "im" and not slack.messages_enabled:
        raise SlackError("messages_tab_disabled")
    return ch


def _reachable(slack: FakeSlack, uid: str) -> None:
    if slack.is_stranger(uid):
        raise SlackError("user_not_visible")


def public_channel(slack: FakeSlack, ch: Json) -> Json:
    kind, other = ch["kind"], next((m for m in ch["members"] if m != slack.bot_user), None)
    base = {
        "id": ch["id"],
        "created": 1,
        "is_archived": ch["archived"],
        "is_im": kind == "im",
        "is_mpim": kind == "mpim",
        "is_channel": kind == "channel",
        "is_group": kind == "group",
        "is_private": kind != "channel",
        "is_ext_shared": slack.shared(ch),
        "is_org_shared": False,
    }
    if kind == "im":
        return base | {"user": other, "is_open": True}
    named = {"name": ch["name"], "is_member": slack.bot_user in ch["members"], "num_members": len(ch["members"])}
    return base | named


@method("conversations.open", ("im:write", "mpim:write", "channels:manage", "groups:write"), 50)
def conversations_open(slack: FakeSlack, a: Json) -> Json:
    """Errors as documented at docs.slack.dev/reference/methods/conversations.open."""
    more: Json = {}
    if a.get("channel"):
        ch = channel(slack, a["channel"])
    else:
        users = _users_to_open(slack, a.get("users"))
        if len(users) == 1:
            known = len(slack.channels)
            ch = slack.im(users[0])
            more = dict.fromkeys(("no_op", "already_open"), known == len(slack.channels))
        else:
            ch = slack.new_channel(slack.new_id("G"), "mpdm", "mpim", {*users, slack.bot_user})
    return {**more, "channel": public_channel(slack, ch) if a.get("return_im") else {"id": ch["id"]}}


def _users_to_open(slack: FakeSlack, given: object) -> list[str]:
    if not given:
        raise SlackError("users_list_not_supplied")
    users = [str(u) for u in given] if isinstance(given, list) else str(given).split(",")
    if len(users) > 8:
        raise SlackError("too_many_users")
    for u in users:
        if u not in slack.users:
            raise SlackError("user_not_found")
        if slack.users[u]["deleted"]:
            raise SlackError("user_disabled")
        if u == slack.bot_user or slack.users[u]["is_bot"]:
            raise SlackError("cannot_dm_bot")
        _reachable(slack, u)
    return users


@method("conversations.info", READ, 50)
def conversations_info(slack: FakeSlack, a: Json) -> Json:
    need(a, "channel")
    ch = slack.channels.get(a["channel"])
    if ch is None or (ch["kind"] != "channel" and slack.bot_user not in ch["members"]):
        raise SlackError("channel_not_found")
    return {"channel": public_channel(slack, ch)}


@method("conversations.members", READ, 100)
def conversations_members(slack: FakeSlack, a: Json) -> Json:
    members, following = page(sorted(channel(slack, a.get("channel"))["members"]), a)
    return {"members": members, "response_metadata": following}


def _told(messages: list[Json], a: Json) -> Json:
    """A page of messages. Metadata is left out unless `include_all_metadata` is set (it defaults to false)."""
    found, following = page(messages, a)
    shown = copy.deepcopy(found)
    if not a.get("include_all_metadata"):
        for m in shown:
            m.pop("metadata", None)
    return {"messages": shown, "has_more": bool(following["next_cursor"]), "response_metadata": following}


@method("conversations.history", HISTORY, 50)
def conversations_history(slack: FakeSlack, a: Json) -> Json:
    ch = channel(slack, a.get("channel"))
    msgs = [m for m in reversed(ch["messages"]) if m.get("thread_ts", m["ts"]) == m["ts"]]
    lo, hi, both = a.get("oldest") or "0", a.get("latest") or "9" * 12, bool(a.get("inclusive"))
    within = [m for m in msgs if float(lo) < float(m["ts"]) < float(hi) or (both and m["ts"] in (lo, hi))]
    return _told(within, a)


@method("conversations.replies", HISTORY, 50)
def conversations_replies(slack: FakeSlack, a: Json) -> Json:
    need(a, "ts")
    msgs = [m for m in channel(slack, a.get("channel"))["messages"] if a["ts"] in (m["ts"], m.get("thread_ts"))]
    if not msgs:
        raise SlackError("thread_not_found")
    return _told(msgs, a)


@method("users.conversations", READ, 50)
def users_conversations(slack: FakeSlack, a: Json) -> Json:
    types = set((a.get("types") or "public_channel").split(","))
    if types - set(TYPES.values()):
        raise SlackError("invalid_types")
    both = {a.get("user") or slack.bot_user, slack.bot_user}
    mine = [c for c in slack.channels.values() if both <= c["members"] and TYPES[c["kind"]] in types]
    found, following = page(mine, a)
    return {"channels": [public_channel(slack, c) for c in found], "response_metadata": following}
