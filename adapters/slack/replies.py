"""What a person is shown in answer to what they did, beside the messages that the outbox brings.

Rule 1. Everything here happens after the turn was committed: when it fails, nothing is lost, and a button still stands.
Rule 2. A trigger lives three seconds. When more than one has passed, no view is opened: the person is asked to press
        again, which is quick then.
Rule 3. What is shown here rests nowhere: a view, or words that only this person sees.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.blocks import NameOf
from adapters.slack.channel import FAILURES
from adapters.slack.message import Rendered, message, told
from adapters.slack.verdicts import verdict
from adapters.slack.views import form_view, show_view, told_view
from adapters.slack.words import words
from bot.core.events import Command
from bot.core.languages import phrases
from bot.core.messages import Asks, Choice, Form, Message
from bot.core.replies import CloseForm, FormErrors, Nothing, OpenForm, Reply, Show, Tell
from bot.runtime.ports import Clock

log = structlog.get_logger(__name__)
#: So much of a trigger's three seconds may have passed.
SOON_ENOUGH = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Asked:
    """Where something was done: by whom, in which chat, with what right to open a view, `since` when (UTC)."""

    account: str
    language: str
    channel: str | None = None
    trigger: str = ""
    in_view: bool = False
    since: datetime | None = None


class Replies:
    def __init__(self, client: AsyncWebClient, name_of: NameOf, clock: Clock) -> None:
        """`name_of` names a person by id."""
        self._client = client
        self._name_of = name_of
        self._clock = clock

    def form(self, form: Form, language: str) -> Mapping[str, object]:
        """A form as a view."""
        return form_view(form, language, self._name_of)

    async def give(self, reply: Reply, asked: Asked) -> None:
        """Show what a turn answered."""
        match reply:
            case OpenForm() if not asked.trigger:
                pass  # it was typed: its button stands in the chat
            case OpenForm(form):
                await self.open(self.form(form, asked.language), asked)
            case Show(title, facts) if asked.trigger:
                await self.open(show_view(title, facts, asked.language), asked)
            case Show(title):
                await self._to_read(title, asked)
            case Tell(messages):
                await self.told(messages, asked)
            case FormErrors() | CloseForm() | Nothing():
                pass

    async def open(self, view: Mapping[str, object], asked: Asked) -> None:
        """Open a view, on top of the one that stands open; or say that it is to be pressed again."""
        if not self._soon(asked):
            await self.say(words(asked.language).press_again, asked)
            return
        call = self._client.views_push if asked.in_view else self._client.views_open
        try:
            await call(trigger_id=asked.trigger, view=dict(view))
        except FAILURES as error:
            log.warning("view_not_opened", reason=str(verdict(error)))
            await self.say(words(asked.language).press_again, asked)

    async def told(self, messages: Sequence[Message], asked: Asked) -> None:
        """Messages to read now: in a view, or in the chat for this person alone."""
        if self._soon(asked):
            await self.open(told_view(words(asked.language).home_cases, messages, asked.language), asked)
            return
        await self.show_made(told(messages, asked.language), asked)

    async def say(self, text: str, asked: Asked) -> None:
        """Say something of the adapter's own to this person alone."""
        await self.show(Message(text), asked)

    async def show(self, shown: Message, asked: Asked) -> None:
        await self.show_made(message(shown, asked.language, self._name_of), asked)

    async def show_made(self, rendered: Rendered, asked: Asked) -> None:
        """Show blocks to this person alone."""
        try:
            channel = asked.channel or await self._chat(asked.account)
            await self._client.chat_postEphemeral(
                channel=channel,
                user=asked.account,
                text=rendered.text,
                blocks=[dict(block) for block in rendered.blocks],
            )
        except FAILURES as error:
            log.warning("not_said", reason=str(verdict(error)))

    def _soon(self, asked: Asked) -> bool:
        """Rule 2."""
        return bool(asked.trigger) and asked.since is not None and self._clock.now() - asked.since < SOON_ENOUGH

    async def _chat(self, account: str) -> str:
        opened = await self._client.conversations_open(users=account)
        return str(opened["channel"]["id"])

    async def _to_read(self, title: str, asked: Asked) -> None:
        """Words that rest nowhere need a view, and a view needs a press."""
        label = phrases(asked.language).labels[Command.READ]
        await self.show(Message(title, asks=Asks.NOTHING, commands=(Choice(Command.READ.value, label),)), asked)
