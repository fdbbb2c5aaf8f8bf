"""The way out to Slack: a row of the outbox becomes a message in the person's private chat with the bot.

Rule 1. A message bears a key of ours in its metadata. One that may have been sent before is looked for by it first:
        Slack itself takes the same message twice.
Rule 2. Nothing here tries again: the outbox does, in its order.
Rule 3. A message that Slack refuses for what it is goes out as plain text: whoever waits is told all the same.
Rule 4. What is gone already needs no change and no removal. Links are not unfolded.
Rule 5. A handle is `chat:timestamp`, as Slack names a message.
"""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from typing import assert_never

import structlog
from aiohttp import ClientError
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.blocks import NameOf
from adapters.slack.message import Rendered, message
from adapters.slack.pace import Pace
from adapters.slack.verdicts import CONTENT, GONE, kind_of, verdict
from bot.core.messages import Message
from bot.core.people import PersonId
from bot.errors import Invariant, PlatformError
from bot.runtime.owed import Change, Nudge, Owed, Post, Remove

log = structlog.get_logger(__name__)
PLATFORM = "slack"
#: The kind of metadata that the bot's messages bear.
EVENT = "bistand"
#: A message that may have been sent is among the newest of its chat.
LOOKED_AT = 50
#: `chat.update` takes no longer text.
LONGEST_TEXT = 4000
FAILURES = (SlackApiError, SlackClientError, ClientError, TimeoutError)


class SlackChannel:
    """See `bot.runtime.ports.Channel`. The app is installed for the whole workspace: nobody has to prove anything."""

    platform = PLATFORM
    needs_proof = False

    def __init__(
        self,
        client: AsyncWebClient,
        language: Callable[[PersonId], str],
        name_of: NameOf,
        wrote: Callable[[PersonId], None] = lambda _person: None,
        pace: Pace | None = None,
    ) -> None:
        """`name_of` names a person by id. `wrote` is called with whoever was written to: it may change their home."""
        self._client = client
        self._language = language
        self._name_of = name_of
        self._wrote = wrote
        self._pace = pace or Pace()

    async def send(self, owed: Owed, chat: str, handle: str | None, *, again: bool) -> str:
        """See `bot.runtime.ports.Channel`; `chat` is the person's user id."""
        try:
            name = await self._sent(owed, chat, handle, again=again)
        except FAILURES as error:
            raise verdict(error) from None
        self._wrote(owed.to)
        return name

    async def _sent(self, owed: Owed, chat: str, handle: str | None, *, again: bool) -> str:
        match owed.wish:
            case Post(shown, language):
                found = await self._found(chat, owed) if again else None
                return found or await self._post(owed, chat, shown, language or self._language(owed.to))
            case Change(shown, language):
                await self._change(handle or "", shown, language or self._language(owed.to))
                return handle or ""
            case Remove():
                channel, ts = _place(handle)
                await self._unless_gone(self._client.chat_delete(channel=channel, ts=ts))
                return handle or ""
            case Nudge():
                raise Invariant("a nudge goes beside the chat, never into it")
            case _:
                assert_never(owed.wish)

    async def _post(self, owed: Owed, chat: str, shown: Message, language: str) -> str:
        await self._pace.turn(chat)
        rendered = message(shown, language, self._name_of)

        async def post(made: Rendered) -> str:
            answer = await self._client.chat_postMessage(
                channel=chat,
                text=made.text,
                blocks=[dict(block) for block in made.blocks],
                metadata={"event_type": EVENT, "event_payload": {"key": key_of(owed)}},
                unfurl_links=False,
                unfurl_media=False,
            )
            return f"{answer['channel']}:{answer['ts']}"

        try:
            return await post(rendered)
        except SlackApiError as error:
            return await post(_plainly(rendered, error))

    async def _change(self, handle: str, shown: Message, language: str) -> None:
        channel, ts = _place(handle)
        rendered = message(shown, language, self._name_of)

        async def change(made: Rendered) -> None:
            text = made.text[:LONGEST_TEXT]
            await self._unless_gone(
                self._client.chat_update(channel=channel, ts=ts, text=text, blocks=[dict(one) for one in made.blocks])
            )

        try:
            await change(rendered)
        except SlackApiError as error:
            await change(_plainly(rendered, error))

    async def _unless_gone(self, call: Awaitable[object]) -> None:
        try:
            await call
        except SlackApiError as error:
            if kind_of(error) not in GONE:
                raise

    async def _found(self, chat: str, owed: Owed) -> str | None:
        """The handle of a message that bears this row's key, where it has arrived before."""
        opened = await self._client.conversations_open(users=chat)
        channel = str(opened["channel"]["id"])
        history = await self._client.conversations_history(channel=channel, limit=LOOKED_AT, include_all_metadata=True)
        key = key_of(owed)
        for one in history["messages"]:
            told = one.get("metadata") or {}
            if told.get("event_type") == EVENT and (told.get("event_payload") or {}).get("key") == key:
                return f"{channel}:{one['ts']}"
        return None


def key_of(owed: Owed) -> str:
    """The name under which a row's message is found again: it tells nothing of the case."""
    return hashlib.blake2b(f"{owed.key}:{owed.slot}".encode(), digest_size=12).hexdigest()


def _plainly(rendered: Rendered, error: SlackApiError) -> Rendered:
    """The message without its blocks, where it is them that Slack refuses. Raises the error where it is not."""
    if kind_of(error) not in CONTENT or not rendered.blocks:
        raise error
    log.error("message_refused", reason=kind_of(error))
    return Rendered(rendered.text, ())


def _place(handle: str | None) -> tuple[str, str]:
    channel, colon, ts = (handle or "").partition(":")
    if not colon:
        raise PlatformError("no_handle")
    return channel, ts
