"""What a person is shown in answer to what they wrote, beside the messages that the outbox brings.

Rule 1. Everything here happens after the turn was committed: when it fails, nothing is lost, and a button still stands.
Rule 2. A chat in Teams keeps what is written into it. So what is only to be read stands behind a button: it is shown in
        a dialog and rests nowhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import structlog

from adapters.teams.activities import card, plain_text, typing
from adapters.teams.connector import Connector, NoAnswer, Refused
from adapters.teams.message import message
from adapters.teams.place import Place
from adapters.teams.verdicts import verdict
from adapters.teams.words import words
from bot.core.events import Command
from bot.core.languages import phrases
from bot.core.messages import Choice, Message
from bot.core.replies import CloseForm, FormErrors, Nothing, OpenForm, Reply, Show, Tell
from bot.errors import PlatformError

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Asked:
    """Where something was done: by whom, in which language, in which chat."""

    account: str
    language: str
    place: Place


class Replies:
    def __init__(self, connector: Connector) -> None:
        self._connector = connector

    async def give(self, reply: Reply, asked: Asked) -> None:
        """Show what a turn answered to typed words: its form's button stands in the chat already."""
        said = words(asked.language)
        match reply:
            case Show(title):
                label = phrases(asked.language).labels[Command.READ]
                await self.show(Message(title, commands=(Choice(Command.READ.value, label),)), asked)
            case Tell():
                label = phrases(asked.language).labels[Command.CASES]
                await self.show(Message(said.cases_here, commands=(Choice(Command.CASES.value, label),)), asked)
            case OpenForm() | FormErrors() | CloseForm() | Nothing():
                pass

    async def say(self, text: str, asked: Asked) -> None:
        """Say something of the adapter's own."""
        await self._send(plain_text(Message(text)), asked)

    async def show(self, shown: Message, asked: Asked) -> None:
        rendered = message(shown, asked.language, lambda _person: "")
        await self._send(card(rendered.card, rendered.summary), asked)

    async def typing(self, asked: Asked) -> None:
        """The bot is at it: something takes a moment."""
        await self._send(typing(), asked)

    async def _send(self, activity: Mapping[str, object], asked: Asked) -> None:
        try:
            await self._connector.send(asked.place, activity)
        except (Refused, NoAnswer) as error:
            log.warning("not_said", reason=str(verdict(error)))
        except PlatformError as error:
            log.warning("not_said", reason=str(error))
