"""The way out to Teams: a row of the outbox becomes a card in the person's private chat with the bot.

Rule 1. A person is written to where they were seen last; without that in the chat that Teams opens for their account,
        by the address at which our tenant was seen last.
Rule 2. Nothing here tries again: the outbox does, in its order. Teams cannot be asked what stands in a chat, so that a
        message which was posted and yet failed is posted once more: a repeat is known, a loss is not.
Rule 3. A message that Teams refuses for what it is goes out as plain text: whoever waits is told all the same.
Rule 4. What is gone already needs no change and no removal.
Rule 5. A handle is a message's id in its chat.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import assert_never

import structlog

from adapters.teams.access import SERVICE_URL
from adapters.teams.activities import card, plain_text
from adapters.teams.connector import Connector, NoAnswer, Refused
from adapters.teams.message import message
from adapters.teams.place import Place, unpacked
from adapters.teams.verdicts import gone, of_content, verdict
from bot.core.messages import Message
from bot.core.people import PersonId
from bot.errors import Invariant
from bot.runtime.owed import Change, Nudge, Owed, Post, Remove

log = structlog.get_logger(__name__)
PLATFORM = "teams"
FAILURES = (Refused, NoAnswer)
NameOf = Callable[[str], str]


class TeamsChannel:
    """See `bot.runtime.ports.Channel`. Somebody without the app cannot be written to: they have to prove it."""

    platform = PLATFORM
    needs_proof = True

    def __init__(
        self,
        connector: Connector,
        tenant: str,
        language: Callable[[PersonId], str],
        name_of: NameOf,
        place_of: Callable[[PersonId], str],
    ) -> None:
        """`name_of` names a person by id, `place_of` says where they were seen last."""
        self._connector = connector
        self._tenant = tenant
        self._language = language
        self._name_of = name_of
        self._place_of = place_of
        self._opened: dict[str, str] = {}
        self._service_url = SERVICE_URL

    def seen(self, place: Place) -> None:
        """Somebody has written from there."""
        if place.tenant.casefold() == self._tenant.casefold():
            self._service_url = place.service_url

    async def send(self, owed: Owed, chat: str, handle: str | None, *, again: bool) -> str:
        """See `bot.runtime.ports.Channel`; `chat` is the person's Entra object id."""
        try:
            return await self._sent(owed, await self.place(owed.to, chat), handle)
        except FAILURES as error:
            raise verdict(error) from None

    async def place(self, person: PersonId, account: str) -> Place:
        """Rule 1. Raises Refused, NoAnswer."""
        known = unpacked(self._place_of(person))
        if known is not None:
            return known
        if account not in self._opened:
            opened = await self._connector.open(self._service_url, self._tenant, account)
            self._opened[account] = opened.conversation
        return Place(self._service_url, self._opened[account], self._tenant)

    async def _sent(self, owed: Owed, place: Place, handle: str | None) -> str:
        match owed.wish:
            case Post(shown, language):
                return await self._written(
                    lambda activity: self._connector.send(place, activity),
                    shown,
                    language or self._language(owed.to),
                )
            case Change(shown, language):

                async def change(activity: dict[str, object]) -> str:
                    await self._unless_gone(self._connector.update(place, handle or "", activity))
                    return handle or ""

                return await self._written(change, shown, language or self._language(owed.to))
            case Remove():
                await self._unless_gone(self._connector.delete(place, handle or ""))
                return handle or ""
            case Nudge():
                raise Invariant("a nudge goes beside the chat, never into it")
            case _:
                assert_never(owed.wish)

    async def _written(
        self, write: Callable[[dict[str, object]], Awaitable[str]], shown: Message, language: str
    ) -> str:
        """Rule 3."""
        rendered = message(shown, language, self._name_of)
        try:
            return await write(card(rendered.card, rendered.summary))
        except Refused as error:
            if not of_content(error):
                raise
            log.exception("card_refused", status=error.status)
            return await write(plain_text(shown))

    async def _unless_gone(self, doing: Awaitable[None]) -> None:
        try:
            await doing
        except FAILURES as error:
            if not gone(error):
                raise
