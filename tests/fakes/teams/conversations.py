"""Conversations, as the bot calls them: send, update, delete, create.

Rule 1. Who blocked the bot, removed it, never had it or whose admin disabled it cannot be written to: 403
        (conversation-messages.md, send-proactive-messages.md). An unknown chat is 404, a mangled id 400.
Rule 2. A bot changes and deletes its own messages only (update-and-delete-bot-messages.md).
Rule 3. A new personal chat needs one member by an id of this bot's or of the directory, never a mail address, and the
        tenant (send-proactive-messages.md; BotBuilder-V3#128, msteams-docs#7424). The same chat comes back each time.
Rule 4. CHOSEN: a chat is found only by the service URL of its person's tenant.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tests.fakes.teams.errors import ConnectorError
from tests.fakes.teams.judging import judge
from tests.fakes.teams.records import Message
from tests.fakes.teams.user import State, TeamsUser
from tests.fakes.teams.wire import Json, array, obj

if TYPE_CHECKING:
    from tests.fakes.teams.tenant import FakeTeams

CLOSED: dict[State, tuple[str, str]] = {
    "never": ("BotNotInConversationRoster", "The bot is not part of the conversation roster."),
    "uninstalled": ("BotNotInConversationRoster", "The bot is not part of the conversation roster."),
    "blocked": ("ConversationBlockedByUser", "User blocked the conversation with the bot."),
    "admin": ("BotDisabledByAdmin", "The tenant admin disabled this bot."),
}


@dataclass(frozen=True, slots=True)
class Call:
    """What the bot asks for: the tenant in the service URL, the ids in the path, the body, the query."""

    tenant: str
    ids: tuple[str, ...] = ()
    body: Json = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: Json | list[Json] | None = None
    picture: tuple[bytes, str] | None = None  # and its content type


def room(teams: FakeTeams, call: Call) -> TeamsUser:
    """Whose chat this is. Raises ConnectorError where the bot cannot be in it."""
    conversation = call.ids[0]
    if conversation in teams.elsewhere:
        raise ConnectorError(403, *CLOSED["never"])
    user = teams.by_conversation.get(conversation)
    if user is None or user.tenant != call.tenant:
        if not re.match(r"(a:|19:)", conversation):
            raise ConnectorError(400, "BadArgument", "Failed to decrypt conversation id")
        raise ConnectorError(404, "ConversationNotFound", "Conversation not found.")
    if user.state in CLOSED:
        raise ConnectorError(403, *CLOSED[user.state])
    return user


def send(teams: FakeTeams, call: Call) -> Answer:
    """`ids`: the conversation, and the message that is replied to."""
    conversation, *reply_to = call.ids
    user = room(teams, call)
    judge(teams, call.body)
    if obj(call.body.get("conversation")).get("id") not in (None, conversation):
        teams.lint("conversation.id of the body differs from the URL")
    sent = Message(teams.new_id(), "bot", call.body, reply_to[0] if reply_to else None)
    if call.body.get("type") == "typing":
        teams.typing[conversation].append(teams.now())
    else:
        teams.messages[conversation].append(sent)
        teams.sight.message(user, sent)
    return Answer(201, {"id": sent.id})


def _own(teams: FakeTeams, call: Call) -> Message:
    """Raises ConnectorError where the bot cannot change it."""
    conversation, message_id = call.ids
    room(teams, call)
    for message in teams.messages[conversation]:
        if message.id == message_id and not message.deleted:
            if message.by != "bot":
                raise ConnectorError(403, "NotEnoughPermissions", "The bot can change its own messages only")
            return message
    raise ConnectorError(404, "ActivityNotFoundInConversation", "Message does not exist in the thread.")


def update(teams: FakeTeams, call: Call) -> Answer:
    message = _own(teams, call)
    judge(teams, call.body)
    message.activity, message.view = call.body, None
    message.versions += 1
    teams.sight.message(teams.by_conversation[call.ids[0]], message)
    return Answer(200, {"id": message.id})


def delete(teams: FakeTeams, call: Call) -> Answer:
    _own(teams, call).deleted = True
    return Answer(200)


def create(teams: FakeTeams, call: Call) -> Answer:
    body = {k.lower(): v for k, v in call.body.items()}
    tenant = body.get("tenantid") or obj(obj(body.get("channeldata")).get("tenant")).get("id")
    members = array(body.get("members"))
    who = obj(members[0]).get("id") if len(members) == 1 else None
    if body.get("isgroup") or not who or not tenant:
        raise ConnectorError(400, "BadSyntax", "Incorrect conversation creation parameters")
    user = next((u for u in teams.users.values() if who in (u.mri, u.aad)), None)
    if user is None or not user.tenant == tenant == call.tenant:
        raise ConnectorError(400, "BadArgument", "Failed to decrypt pairwise id")
    bot = obj(body.get("bot")).get("id")
    if bot not in (None, teams.bot_id, teams.app_id):
        teams.lint(f"bot.id {bot!r} is not this bot")
    chat = replace(call, ids=(user.conversation,))
    room(teams, chat)
    made = {"id": user.conversation}
    if first := obj(body.get("activity")):
        sent = send(teams, replace(chat, body={"type": "message", **first}))
        made["activityId"] = obj(sent.body)["id"]
    return Answer(201, made)
