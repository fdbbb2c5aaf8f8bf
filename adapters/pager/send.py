"""The way out to the pager's address.

Rule 1. 2xx is taken. Everything else is a verdict on the channel: it is told to the operator and tried again, since a
        page is too dear to be dropped. 4xx and redirects are the operator's to mend, 5xx and time-outs the receiver's.
Rule 2. No redirect is followed, no cookie kept, no proxy asked: the signed call goes to the address of the settings.
"""

from __future__ import annotations

from http import HTTPStatus

from aiohttp import ClientError, ClientSession, ClientTimeout, DummyCookieJar

from adapters.pager.render import render
from adapters.pager.signature import KEY, SIGNATURE, TIMESTAMP, sign
from bot.core.effects import Beside
from bot.errors import ChannelDown, Invariant
from bot.runtime.owed import Nudge, Owed
from bot.runtime.ports import Clock

PATIENCE = 15.0
#: The longest pause that a receiver can ask for, in seconds.
LONGEST = 300


class PagerChannel:
    """See `bot.runtime.ports.Channel`. A page that was sent before goes out again: its key tells the receiver."""

    platform = Beside.PAGER.value
    needs_proof = False

    def __init__(self, url: str, secret: str, clock: Clock, timeout: float = PATIENCE) -> None:
        self._url = url
        self._secret = secret.encode()
        self._clock = clock
        self._timeout = ClientTimeout(total=timeout)

    async def send(self, owed: Owed, chat: str, handle: str | None, *, again: bool) -> str:
        if not isinstance(owed.wish, Nudge):
            raise Invariant("A page holds no message: only nudges ring.")
        page, body = render(owed.wish, owed.key, self._secret)
        timestamp = int(self._clock.now().timestamp())
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "Bistand",
            KEY: page,
            TIMESTAMP: str(timestamp),
            SIGNATURE: sign(self._secret, timestamp, body),
        }
        try:
            async with (
                ClientSession(timeout=self._timeout, cookie_jar=DummyCookieJar()) as session,
                session.post(self._url, data=body, headers=headers, allow_redirects=False) as answer,
            ):
                status, wait = answer.status, answer.headers.get("Retry-After", "")
        except TimeoutError:
            raise ChannelDown("timeout") from None
        except (ClientError, OSError):
            raise ChannelDown("unreachable") from None
        if not HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
            raise _refused(status, wait)
        return page


def _refused(status: int, wait: str) -> ChannelDown:
    later = min(float(wait), LONGEST) if wait.isascii() and wait.isdigit() else None
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return ChannelDown(f"failed_{status}", retry_after=later)
    if status in (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS):
        return ChannelDown(f"busy_{status}", retry_after=later)
    return ChannelDown(f"refused_{status}")
