"""The keys that Microsoft signs its tokens with.

Rule 1. They are fetched without holding anybody up: whoever needs no new key goes on with those that are known.
Rule 2. A key that is not known yet may be a new one: they are fetched again at once, but not for everybody who makes
        up a key's name (`MOST_A_MINUTE`).
Rule 3. What is older than a day is fetched anew. While that fails, the old ones count for another day.
Source: "Authenticate requests from the Bot Connector service to your bot" in Microsoft's documentation.
"""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from aiohttp import ClientError, ClientSession, ClientTimeout
from jwt import PyJWTError
from jwt.algorithms import RSAAlgorithm

from bot.errors import ChannelDown
from bot.runtime.ports import Clock

log = structlog.get_logger(__name__)
FRESH = timedelta(days=1)
USABLE = timedelta(days=2)
MOST_A_MINUTE = 10
PATIENCE = ClientTimeout(total=10)


@dataclass(frozen=True, slots=True)
class Key:
    """A key, and the channels whose tokens it may sign."""

    public_key: Any  # PyJWT's own
    endorsements: tuple[str, ...]


class Keys:
    def __init__(self, session: ClientSession, url: str, clock: Clock) -> None:
        self._session = session
        self._url = url
        self._clock = clock
        self._known: Mapping[str, Key] = {}
        self._since: datetime | None = None
        self._fetched: deque[datetime] = deque(maxlen=MOST_A_MINUTE)
        self._fetching: asyncio.Task[None] | None = None

    async def get(self, name: str | None) -> Key | None:
        """The key of this name; None where there is none. Raises ChannelDown where they cannot be fetched."""
        age = self._clock.now() - self._since if self._since is not None else None
        if age is None or age >= USABLE:
            await self._fetch()
        elif age >= FRESH:
            self._begin()
        if name is not None and name not in self._known and self._may_ask():
            await self._fetch()
        return self._known.get(name) if name is not None else None

    async def stop(self) -> None:
        if self._fetching is not None:
            self._fetching.cancel()
            await asyncio.gather(self._fetching, return_exceptions=True)

    def _may_ask(self) -> bool:
        now = self._clock.now()
        return len(self._fetched) < MOST_A_MINUTE or now - self._fetched[0] >= timedelta(minutes=1)

    def _begin(self) -> asyncio.Task[None]:
        """One fetch at a time: whoever comes meanwhile waits for the same."""
        if self._fetching is None or self._fetching.done():
            self._fetched.append(self._clock.now())
            self._fetching = asyncio.create_task(self._read(), name="teams keys")
            self._fetching.add_done_callback(_heard)
        return self._fetching

    async def _fetch(self) -> None:
        await asyncio.shield(self._begin())

    async def _read(self) -> None:
        try:
            about = await self._json(self._url)
            listed = (await self._json(str(about.get("jwks_uri")))).get("keys")
        except (ClientError, TimeoutError, ValueError) as error:
            log.warning("teams_keys_failed", error=type(error).__name__)
            raise ChannelDown("no_keys") from None
        found: dict[str, Key] = {}
        for one in listed if isinstance(listed, list) else []:
            key = _key(one)
            if key is not None:
                found[str(one["kid"])] = key
        if not found:
            raise ChannelDown("no_keys")
        self._known, self._since = found, self._clock.now()

    async def _json(self, url: str) -> Mapping[str, Any]:
        async with self._session.get(url, timeout=PATIENCE) as answer:
            answer.raise_for_status()
            found = await answer.json(content_type=None)
        return found if isinstance(found, dict) else {}


def _heard(fetch: asyncio.Task[None]) -> None:
    """A fetch that nobody waits for may fail, too."""
    if not fetch.cancelled():
        fetch.exception()


def _key(one: object) -> Key | None:
    if not isinstance(one, dict) or "kid" not in one:
        return None
    try:
        public = RSAAlgorithm.from_jwk(json.dumps(one))
    except (PyJWTError, TypeError, ValueError):
        return None
    endorsed = one.get("endorsements")
    return Key(public, tuple(str(each) for each in endorsed) if isinstance(endorsed, list) else ())
