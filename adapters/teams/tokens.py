"""Tokens of Microsoft Entra for the bot itself, by client credentials: for Graph, and for the bot's connector.

Rule 1. A token is kept until shortly before it expires. Whoever asks while one is fetched gets that one, or its error.
Rule 2. Neither secret nor token stands in a repr, a log or an error. An error is ChannelDown with Entra's own number
        for it, as `aadsts7000222`, else a kind. Nothing is tried again here: whoever asked knows how long it can wait.
Sources: auth-v2-service.md of Microsoft's Graph documentation; v2-oauth2-client-creds-grant-flow.md and
reference-error-codes.md of Entra's.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from aiohttp import ClientSession

from adapters.teams.asking import OK, Answer, call, code, text
from bot.errors import ChannelDown
from bot.runtime.ports import Clock

#: So long before it expires a token is fetched anew; Entra's last an hour or more.
EARLY = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class _Token:
    text: str = field(repr=False)
    until: datetime


class Tokens:
    """The bot's tokens, by scope."""

    def __init__(
        self, session: ClientSession, login_url: str, tenant: str, client_id: str, secret: str, clock: Clock
    ) -> None:
        self._session = session
        self._url = f"{login_url.rstrip('/')}/{tenant}/oauth2/v2.0/token"
        self._client_id = client_id
        self._secret = secret
        self._clock = clock
        self._kept: dict[str, _Token] = {}
        self._fetches: dict[str, asyncio.Task[str]] = {}

    async def token(self, scope: str) -> str:
        """A token that is valid for some minutes yet. Raises ChannelDown."""
        kept = self._kept.get(scope)
        if kept is not None and self._clock.now() < kept.until:
            return kept.text
        fetch = self._fetches.get(scope)
        if fetch is None:
            fetch = self._fetches[scope] = asyncio.create_task(self._fetch(scope), name="token")
            fetch.add_done_callback(lambda done: self._fetched(scope, done))
        return await asyncio.shield(fetch)  # one who gives up takes it from nobody else

    def forget(self, scope: str) -> None:
        """The service takes this one no more (401)."""
        self._kept.pop(scope, None)

    def _fetched(self, scope: str, done: asyncio.Task[str]) -> None:
        del self._fetches[scope]
        if not done.cancelled():
            done.exception()  # whoever asked has heard of it, or has gone

    async def _fetch(self, scope: str) -> str:
        asked = self._clock.now()
        answer = await call(
            self._session,
            self._url,
            form={
                "grant_type": "client_credentials",
                "client_id": self._client_id,
                "client_secret": self._secret,
                "scope": scope,
            },
        )
        if answer.status != OK:
            raise ChannelDown(_kind(answer), retry_after=answer.retry_after)
        token, lasts = text(answer.body.get("access_token")), answer.body.get("expires_in")
        if not token or not isinstance(lasts, int):
            raise ChannelDown("token_unreadable")
        self._kept[scope] = _Token(token, asked + timedelta(seconds=lasts) - EARLY)
        return token


def _kind(answer: Answer) -> str:
    numbers = answer.body.get("error_codes")
    if isinstance(numbers, list) and numbers and isinstance(numbers[0], int):
        return f"aadsts{numbers[0]}"
    return code(answer.body.get("error")).lower() or f"login_{answer.status}"
