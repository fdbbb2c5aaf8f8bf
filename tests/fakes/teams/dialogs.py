"""Dialogs (once: task modules): fetched, filled in, submitted.

Sources: task-modules-bots.md (task/fetch, task/submit), respond-to-task-module-submit.md (the answers: continue with a card
or a url, or a message).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tests.fakes.teams import buttons
from tests.fakes.teams.card_inputs import Given, filled
from tests.fakes.teams.delivery import Delivery
from tests.fakes.teams.records import Message
from tests.fakes.teams.wire import Json, obj

if TYPE_CHECKING:
    from tests.fakes.teams.user import TeamsUser

SIZES = (None, "small", "medium", "large")  # create-task-module.md
CONTEXT = {"theme": "default"}


async def fetch(user: TeamsUser, message: Message, data: Json) -> Delivery:
    """A button of this message asks for a dialog."""
    return read(user, await user.invoke("task/fetch", {"data": data, "context": CONTEXT}, message.id))


async def submit(user: TeamsUser, card: Json, title: str | None, inputs: Mapping[str, Given]) -> Delivery:
    action = buttons.find(card, title, "Action.Submit")
    data = {**obj(action.get("data")), **filled(user, card, action, inputs)}
    return read(user, await user.invoke("task/submit", {"data": data, "context": CONTEXT}))


def read(user: TeamsUser, done: Delivery) -> Delivery:
    """Judge a task, and show it to the user."""
    task = obj(done.answer.get("task"))
    if done.status == 200 and task.get("type") == "continue":
        shown = obj(task.get("value"))
        for side in ("height", "width"):
            if not (isinstance(shown.get(side), int) or shown.get(side) in SIZES):
                user.teams.lint(f"{side} {shown[side]!r} of a dialog is neither pixels nor small, medium, large")
        if card := obj(shown.get("card")):
            user.teams.judge_answer(card.get("content"), "dialog")
            user.teams.sight.dialog(user, shown.get("title"), card.get("content"))
        elif not shown.get("url"):
            user.teams.lint("a dialog needs a card or a url")
    elif done.status is None:
        return done
    elif done.status != 200 or (task and not isinstance(task.get("value"), str)):
        user.teams.lint(f"bad answer to a dialog: HTTP {done.status} {done.body!r:.200}")
    elif task:
        user.teams.sight.notice(user, task["value"])
    return done
