"""The message extension: action commands, from a message of any chat or from where people compose one.

Rule 1. A command begins with the invoke composeExtension/fetchTask; from a message it brings the message with it: body, who
        wrote it, when, a link (action-commands/create-task-module.md). The answer is a task: a dialog or a string.
Rule 2. What the dialog sends is composeExtension/submitAction. The answer is nothing, another task, or a composeExtension:
        a result (cards for the compose box) or the preview of a message with one card, and others
        (action-commands/respond-to-task-module-submit.md).
Rule 3. The invoke names the chat in which the person is. The bot need not be in it: then it cannot write there.
Rule 4. CHOSEN: submitAction brings the message again only where the test says so: no page settles it.
Rule 5. A command works where the manifest says, in the contexts message, compose, commandBox (define-action-command.md). The
        invoke says commandbox (botframework-schema 4.17.1, MessagingExtensionAction).
"""

from __future__ import annotations

import html
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from tests.fakes.teams import activities, buttons, dialogs
from tests.fakes.teams.card_inputs import Given, filled
from tests.fakes.teams.delivery import Delivery
from tests.fakes.teams.errors import ClientRefused
from tests.fakes.teams.wire import ADAPTIVE, Json, array, obj, objects

if TYPE_CHECKING:
    from tests.fakes.teams.tenant import FakeTeams
    from tests.fakes.teams.user import TeamsUser

Context = Literal["message", "compose", "commandBox"]
LAYOUTS = (None, "list", "grid")


@dataclass(frozen=True, slots=True, eq=False)
class Elsewhere:
    """A message in a chat that the bot is not in."""

    chat: str
    id: str
    by: TeamsUser | str  # the name of another app
    text: str
    at: float  # seconds since 1970

    @property
    def payload(self) -> Json:
        none: Json = {"device": None, "conversation": None, "user": None, "application": None}
        if isinstance(self.by, str):
            app = {"applicationIdentityType": "bot", "id": str(uuid.uuid5(uuid.NAMESPACE_DNS, self.by))}
            who = none | {"application": app | {"displayName": self.by}}
        else:
            user = {"userIdentityType": "aadUser", "id": self.by.aad, "displayName": self.by.name}
            who = none | {"user": user}
        created = datetime.fromtimestamp(self.at, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        return {
            "linkToMessage": f"https://teams.microsoft.com/l/message/{self.chat}/{self.id}",
            "id": self.id,
            "replyToId": None,
            "createdDateTime": created,
            "lastModifiedDateTime": None,
            "deleted": False,
            "subject": None,
            "summary": None,
            "importance": "normal",
            "locale": "en-us",
            "body": {"contentType": "html", "content": f"<p>{html.escape(self.text, quote=False)}</p>"},
            "from": who,
            "attachments": [],
        }


def post(teams: FakeTeams, by: TeamsUser | str, text: str, chat: str) -> Elsewhere:
    """Somebody writes in a chat without the bot."""
    teams.elsewhere.add(chat)
    return Elsewhere(chat, teams.new_id(), by, text, teams.now())


@dataclass(frozen=True, slots=True)
class Command:
    """A command, and where it was chosen."""

    name: str
    context: Context
    on: Elsewhere | None = None


async def fetch(user: TeamsUser, command: Command) -> Delivery:
    """Choose a command. Raises ClientRefused."""
    known = user.teams.commands
    if known is not None and command.context not in known.get(command.name, ()):
        raise ClientRefused(f"no command {command.name!r} in the context {command.context!r}")
    done = await _invoke(user, "composeExtension/fetchTask", command, brings_message=True)
    if done.status == 200 and not obj(done.answer.get("task")):
        user.teams.lint(f"composeExtension/fetchTask needs a task: {done.body!r:.200}")
    return dialogs.read(user, done)


async def submit(
    user: TeamsUser,
    command: Command,
    card: Json,
    title: str | None,
    inputs: Mapping[str, Given],
    *,
    brings_message: bool,
) -> Delivery:
    """Press an Action.Submit of the command's dialog. Raises ClientRefused."""
    action = buttons.find(card, title, "Action.Submit")
    data = {**obj(action.get("data")), **filled(user, card, action, inputs)}
    done = await _invoke(user, "composeExtension/submitAction", command, data, brings_message=brings_message)
    if done.status == 200 and "composeExtension" in done.answer:
        _judge(user, command, obj(done.answer["composeExtension"]))
        return done
    return dialogs.read(user, done)


async def _invoke(
    user: TeamsUser, name: str, command: Command, data: Json | None = None, *, brings_message: bool
) -> Delivery:
    value: Json = {"commandId": command.name, "commandContext": command.context.lower(), "requestId": uuid.uuid4().hex}
    value["context"] = dialogs.CONTEXT
    if data is not None:
        value["data"] = data
    if command.on and brings_message:
        value["messagePayload"] = command.on.payload
    asked = activities.invoked(user, name, value, None)
    asked["channelData"]["source"] = {"name": "compose"}
    if command.on:
        chat = {"isGroup": True, "conversationType": "groupChat", "id": command.on.chat, "tenantId": user.tenant}
        asked["conversation"] = chat
    return await user.teams.to_bot(asked)


def _judge(user: TeamsUser, command: Command, answer: Json) -> None:
    """Note what is wrong with a composeExtension; show what is in it."""
    teams, kind = user.teams, answer.get("type")
    match kind:
        case "result":
            attached = objects(answer.get("attachments"))
            if not attached or answer.get("attachmentLayout") not in LAYOUTS:
                teams.lint("a result needs attachments, and the layout list or grid")
            _cards(user, attached)
        case "botMessagePreview":
            attached = array(obj(answer.get("activityPreview")).get("attachments"))
            if len(attached) != 1 or obj(attached[0]).get("contentType") != ADAPTIVE:
                teams.lint("a preview needs a message with exactly one Adaptive Card")
            if command.context == "commandBox":
                teams.lint("no message can be sent from the command box")
            _cards(user, objects(attached))
        case "message":
            if not isinstance(answer.get("text"), str):
                teams.lint("a message of a composeExtension needs a text")
            user.teams.sight.notice(user, answer.get("text"))
        case "auth" | "config":
            if not array(obj(answer.get("suggestedActions")).get("actions")):
                teams.lint(f"a composeExtension of type {kind} needs suggestedActions")
        case _:
            teams.lint(f"unknown composeExtension of type {kind!r}")


def _cards(user: TeamsUser, attached: list[Json]) -> None:
    for one in attached:
        if one.get("contentType") == ADAPTIVE:
            user.teams.judge_answer(one.get("content"), "composeExtension")
        user.teams.sight.dialog(user, "", one.get("content"))
