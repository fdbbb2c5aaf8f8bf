"""The Bot Connector: what the bot sends, changes and removes in chats, over our own client.

Rule 1. Nothing here tries again but for a token that is over: the outbox does, in its order. (Where a connection that
        was kept is closed, aiohttp itself repeats what may be repeated: GET, PUT, DELETE, never POST.)
Rule 2. What is answered in place of JSON (a gateway's page) keeps its status.
Sources: Bot Connector REST API reference; send-proactive-messages.md; conversation-messages.md (msteams-docs).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from aiohttp import ClientError, ClientSession, ClientTimeout

from adapters.teams.access import Access
from adapters.teams.place import Place
from adapters.teams.tokens import Tokens

SCOPE = "https://api.botframework.com/.default"
PATIENCE = ClientTimeout(total=20, connect=10)
Json = Mapping[str, Any]


class Refused(Exception):
    """Raised where the connector does not do what it is asked: its status, its word for it, when to come again (s)."""

    def __init__(self, status: int, code: str, retry_after: float | None = None) -> None:
        super().__init__(f"{status} {code}")
        self.status = status
        self.code = code
        self.retry_after = retry_after


class NoAnswer(Exception):
    """Raised where nothing was answered: it may have been done or not."""


class Connector:
    def __init__(self, session: ClientSession, access: Access, tokens: Tokens | None) -> None:
        """Without tokens, which only tests go without, nothing proves who the bot is."""
        self._session = session
        self._access = access
        self._tokens = tokens

    @property
    def bot(self) -> str:
        """The bot's own id in chats."""
        return f"28:{self._access.app_id}"

    async def send(self, place: Place, activity: Json) -> str:
        """Post into a chat; returns the message's id. Raises Refused, NoAnswer, PlatformError of the token."""
        url = f"{_chats(place.service_url)}/{quote(place.conversation, safe='')}/activities"
        return str((await self._call("POST", url, self._said(place, activity))).get("id") or "")

    async def update(self, place: Place, message: str, activity: Json) -> None:
        said = {**self._said(place, activity), "id": message}
        await self._call("PUT", self._message(place, message), said)

    async def delete(self, place: Place, message: str) -> None:
        await self._call("DELETE", self._message(place, message))

    async def open(self, service_url: str, tenant: str, account: str) -> Place:
        """The personal chat with this account, which must have the app: the same each time."""
        asked = {
            "isGroup": False,
            "bot": {"id": self.bot},
            "members": [{"id": account}],
            "tenantId": tenant,
            "channelData": {"tenant": {"id": tenant}},
        }
        chat = (await self._call("POST", _chats(service_url), asked)).get("id")
        if not isinstance(chat, str) or not chat:
            raise NoAnswer("no_chat")
        return Place(service_url, chat, tenant)

    async def member(self, place: Place, account: str) -> Json:
        """Who somebody in a chat is."""
        url = f"{_chats(place.service_url)}/{quote(place.conversation, safe='')}/members/{quote(account, safe='')}"
        return await self._call("GET", url)

    def _message(self, place: Place, message: str) -> str:
        chat = quote(place.conversation, safe="")
        return f"{_chats(place.service_url)}/{chat}/activities/{quote(message, safe='')}"

    def _said(self, place: Place, activity: Json) -> Json:
        return {
            **activity,
            "from": {"id": self.bot},
            "conversation": {"id": place.conversation, "tenantId": place.tenant},
            "channelData": {"tenant": {"id": place.tenant}},
        }

    async def headers(self) -> dict[str, str]:
        """What proves to Teams who the bot is."""
        if self._tokens is None:
            return {}
        return {"Authorization": f"Bearer {await self._tokens.token(SCOPE)}"}

    async def _call(self, method: str, url: str, body: Json | None = None) -> Json:
        try:
            return await self._asked(method, url, body)
        except Refused as error:
            if error.status != HTTPStatus.UNAUTHORIZED or self._tokens is None:
                raise
        self._tokens.forget(SCOPE)
        return await self._asked(method, url, body)

    async def _asked(self, method: str, url: str, body: Json | None) -> Json:
        headers = await self.headers()
        try:
            async with self._session.request(
                method, url, json=body, headers=headers, timeout=PATIENCE, allow_redirects=False
            ) as answer:
                told = _json(await answer.read())
                status, said = answer.status, answer.headers.get("Retry-After", "")
        except (ClientError, TimeoutError, OSError) as error:
            raise NoAnswer(type(error).__name__) from None
        if status < HTTPStatus.MULTIPLE_CHOICES:
            return told
        wrong = told.get("error")
        code = wrong.get("code") if isinstance(wrong, dict) else None
        raise Refused(status, code if isinstance(code, str) else "", float(said) if _is_number(said) else None)


def _chats(service_url: str) -> str:
    return f"{service_url.rstrip('/')}/v3/conversations"


def _json(raw: bytes) -> dict[str, Any]:
    try:
        found = json.loads(raw) if raw else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()
