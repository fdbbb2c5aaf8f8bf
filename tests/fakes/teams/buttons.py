"""Buttons on cards, and what comes of pressing them.

Rule 1. An Action.Submit sends its data together with the inputs, as a message; `data.msteams` may make of it an imBack, a
        messageBack or the call for a dialog (cards-actions.md).
Rule 2. An Action.Execute is an invoke adaptiveCard/action. The answer holds statusCode, type and value: a card takes the
        message's place, a message is a string, an error has code and message
        (universal-actions-for-adaptive-cards/Work-with-universal-actions-for-adaptive-cards.md). A refresh is the same,
        by itself (User-Specific-Views.md).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from tests.fakes.teams import activities, dialogs
from tests.fakes.teams.card_inputs import Given, filled
from tests.fakes.teams.delivery import Delivery
from tests.fakes.teams.errors import ClientRefused
from tests.fakes.teams.records import Message
from tests.fakes.teams.wire import ADAPTIVE, Json, obj, walk

if TYPE_CHECKING:
    from tests.fakes.teams.user import TeamsUser


def find(card: Json, title: str | None, kind: str) -> Json:
    """The first button of this type and title (None: any). Raises ClientRefused."""
    for node in walk({k: v for k, v in card.items() if k != "refresh"}):
        if node.get("type") == kind and title in (None, node.get("title")):
            return node
    raise ClientRefused(f"no {kind} {title!r} on the card")


async def submit(user: TeamsUser, message: Message, title: str | None, inputs: Mapping[str, Given]) -> Delivery:
    card = obj(message.card)
    action = find(card, title, "Action.Submit")
    value = {**obj(action.get("data")), **filled(user, card, action, inputs)}
    how = obj(value.get("msteams"))
    match how.get("type"):
        case "task/fetch":
            return await dialogs.fetch(user, message, value)
        case "imBack":
            return await user.say(how["value"])
        case "messageBack":
            sent = activities.submitted(user, message.id, _message_back(value, how), how.get("text", ""))
        case _:
            sent = activities.submitted(user, message.id, value)
    return await user.teams.to_bot(sent)


def _message_back(value: Json, how: Json) -> object:
    own = json.loads(how["value"]) if isinstance(how.get("value"), str) else how.get("value")
    rest = {k: v for k, v in value.items() if k != "msteams"}
    return {**rest, **own} if isinstance(own, dict) else own or rest


async def execute(user: TeamsUser, message: Message, title: str | None, inputs: Mapping[str, Given]) -> Delivery:
    card = obj(message.card)
    action = find(card, title, "Action.Execute")
    return await _invoke(user, message, action, filled(user, card, action, inputs), "manual")


async def refresh(user: TeamsUser, message: Message) -> Delivery:
    action = obj(obj(message.card).get("refresh")).get("action")
    if action is None:
        raise ClientRefused("the card does not refresh")
    return await _invoke(user, message, action, {}, "automatic")


async def _invoke(
    user: TeamsUser,
    message: Message,
    action: Json,
    inputs: Mapping[str, str],
    trigger: Literal["manual", "automatic"],
) -> Delivery:
    sent: Json = {k: action[k] for k in ("type", "id", "title", "verb") if k in action}
    sent["data"] = {**obj(action.get("data")), **inputs}
    done = await user.invoke("adaptiveCard/action", {"action": sent, "trigger": trigger}, message.id)
    if done.status == 200:
        _read(user, message, done)
    elif done.status is not None:
        user.teams.lint(f"adaptiveCard/action answered HTTP {done.status}; Teams shows 'Something went wrong'")
    return done


def _read(user: TeamsUser, message: Message, done: Delivery) -> None:
    """Show the answer to the user."""
    teams, answer = user.teams, done.answer
    kind, value = answer.get("type"), answer.get("value")
    if not isinstance(answer.get("statusCode"), int) or not isinstance(kind, str):
        teams.lint(f"adaptiveCard/action answer needs statusCode and type: {done.body!r:.200}")
    elif kind == ADAPTIVE:
        teams.judge_answer(value, "invoke answer")
        message.view = obj(value)
        teams.sight.message(user, message)
    elif kind == "application/vnd.microsoft.activity.message":
        teams.sight.notice(user, value)
        if not isinstance(value, str):
            teams.lint("a message answer needs a string value")
    elif kind == "application/vnd.microsoft.error":
        teams.sight.notice(user, obj(value).get("message"))
        if not {"code", "message"} <= set(obj(value)):
            teams.lint("an error answer needs value.code and value.message")
