"""Buttons, forms and the app's commands: taken in one turn, answered in the same request.

Rule 1. What returns here is committed, and may be acknowledged.
Rule 2. A press that fails says so, and its button still stands; a form that fails stays open with all that was typed.
Rule 3. What is only read or filled in is a dialog, the invoke's own answer: it rests nowhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import structlog

from adapters.teams import parse
from adapters.teams.activities import CARD
from adapters.teams.choosing import NameOf
from adapters.teams.dialog import Dialog, form_card, show_card, told_card
from adapters.teams.gate import Gate
from adapters.teams.payloads import Activity, BadPayload
from adapters.teams.ports import Bot
from adapters.teams.replies import Asked
from adapters.teams.showing import Showing
from adapters.teams.transport import Answer
from adapters.teams.values import values_of
from adapters.teams.who import PLATFORM
from adapters.teams.wire import Act, Pressed, pressed
from adapters.teams.words import words
from bot.core.events import Opened
from bot.core.ids import Token
from bot.core.messages import FieldError
from bot.core.people import Person
from bot.core.replies import FormErrors, OpenForm, Reply, Show, Tell
from bot.markdown import plain

log = structlog.get_logger(__name__)
SAID = "application/vnd.microsoft.activity.message"
WRONG = "application/vnd.microsoft.error"


class Invokes:
    def __init__(self, gate: Gate, bot: Bot, showing: Showing, name_of: NameOf) -> None:
        self._gate = gate
        self._bot = bot
        self._showing = showing
        self._name_of = name_of

    async def take(self, activity: Activity) -> Answer:
        """Raises BadPayload."""
        found = await self._gate.enters(activity)
        if found is None:
            return Answer()
        person, asked = found
        match activity.name:
            case "adaptiveCard/action":
                return await self._acted(activity, person, asked)
            case "task/fetch" | "task/submit":
                return await self._dialog(activity, person, asked)
            case "composeExtension/fetchTask":
                return await self._called(activity, person, asked)
            case "composeExtension/submitAction":
                return Answer(body={})
            case "fileConsent/invoke":
                self._gate.after(self._showing.answered(activity, person, asked))
                return Answer(body={})
            case _:
                return Answer(501)

    # --- buttons on cards

    async def _acted(self, activity: Activity, person: Person, asked: Asked) -> Answer:
        action = activity.value.get("action") if isinstance(activity.value, dict) else None
        if not isinstance(action, dict):
            raise BadPayload("adaptiveCard/action")
        sent = action.get("data")
        what = pressed(sent)
        said = words(asked.language)
        if what is None:
            return _said(said.gone)
        if what.file is not None:
            self._gate.after(self._showing.offer(person.id, *what.file, asked))
            return _said(said.noted)
        event = parse.pressed(what, sent, activity, self._gate.by(person), self._gate.who.id_of)
        if event is None:
            return _said(said.gone)
        try:
            await self._bot.take(event)
        except Exception:
            log.exception("teams_press_failed")
            return Answer(
                body={"statusCode": 500, "type": WRONG, "value": {"code": "failed", "message": plain(said.failed)}}
            )
        return _said(said.noted)

    # --- dialogs

    async def _dialog(self, activity: Activity, person: Person, asked: Asked) -> Answer:
        sent = activity.value.get("data") if isinstance(activity.value, dict) else None
        what, said = pressed(sent), words(asked.language)
        if what is None:
            return _told(said.gone)
        if what.act is Act.FILES:
            return _told(said.attach_here)
        if what.file is not None:
            self._gate.after(self._showing.offer(person.id, *what.file, asked))
            return _told(said.in_chat)
        if activity.name == "task/submit" and what.act is Act.FORM and what.token is not None:
            return await self._sent(what.token, sent, activity, person, asked)
        event = parse.pressed(what, sent, activity, self._gate.by(person), self._gate.who.id_of)
        if event is None:
            return _told(said.gone)
        try:
            return self._answer(await self._bot.take(event), what, asked)
        except Exception:
            log.exception("teams_press_failed")
            return _told(said.failed)

    def _answer(self, reply: Reply, what: Pressed, asked: Asked) -> Answer:
        match reply:
            case OpenForm(form):
                return _shown(form_card(form, asked.language, self._name_of))
            case Show(title, facts):
                return _shown(show_card(title, facts, asked.language, what.token, what.page))
            case Tell(messages):
                title = words(asked.language).your_cases
                return _shown(told_card(title, messages, asked.language, what.page))
            case _:
                return _told(words(asked.language).in_chat)

    async def _sent(self, token: Token, sent: object, activity: Activity, person: Person, asked: Asked) -> Answer:
        by = self._gate.by(person)
        try:
            reply = await self._bot.take(parse.submitted(token, sent, activity, by, self._gate.who.id_of))
        except Exception:
            log.exception("teams_form_failed")
            wrong: tuple[FieldError, ...] = (FieldError("", words(asked.language).failed_form),)
            return await self._mended(token, wrong, sent, activity, person, asked)
        match reply:
            case FormErrors(wrong):
                return await self._mended(token, wrong, sent, activity, person, asked)
            case OpenForm() | Show() | Tell():
                return self._answer(reply, Pressed(Act.FORM, token), asked)
            case _:
                return Answer(body={})

    async def _mended(
        self,
        token: Token,
        wrong: tuple[FieldError, ...],
        sent: object,
        activity: Activity,
        person: Person,
        asked: Asked,
    ) -> Answer:
        """The same form again, with what was filled in and what is to be mended: Teams keeps none open by itself."""
        who, at = self._gate.by(person)
        reply = await self._bot.take(Opened(parse.named(activity, "o"), at, who, PLATFORM, token))
        if not isinstance(reply, OpenForm):
            return _told(words(asked.language).in_chat)
        return _shown(
            form_card(reply.form, asked.language, self._name_of, wrong, values_of(sent, self._gate.who.id_of))
        )

    # --- the app's commands

    async def _called(self, activity: Activity, person: Person, asked: Asked) -> Answer:
        event = parse.called(activity, self._gate.by(person))
        if event is None:
            raise BadPayload("composeExtension/fetchTask")
        try:
            await self._bot.take(event)
        except Exception:
            log.exception("teams_command_failed")
            return _told(words(asked.language).failed)
        return _told(words(asked.language).in_chat)


def _said(text: str) -> Answer:
    """A word at the button, for a moment."""
    return Answer(body={"statusCode": 200, "type": SAID, "value": plain(text)})


def _told(text: str) -> Answer:
    """A word in the place of a dialog."""
    return Answer(body={"task": {"type": "message", "value": plain(text)}})


def _shown(dialog: Dialog) -> Answer:
    card: Mapping[str, Any] = {"contentType": CARD, "content": dict(dialog.card)}
    value = {"title": dialog.title, "height": "large", "width": "medium", "card": card}
    return Answer(body={"task": {"type": "continue", "value": value}})
