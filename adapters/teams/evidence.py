"""What people attach, fetched from Teams at once: the address that Teams gives for it is good for minutes only.

Rule 1. A file comes from Microsoft's own storage, by an address that needs no token; a picture that was pasted comes
        from the chat's service, with the bot's token. A token goes nowhere else, and nothing else is fetched.
Rule 2. What is larger than the operator allows is not fetched to its end.
Rule 3. A page in place of a file is Microsoft's way of saying "log in": it is not evidence.
Rule 4. Storage often says of a file only that it is one: then its first bytes tell the type, or its name.
Sources: bots-filesv4.md, "Receive files in personal chat" (msteams-docs).
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterable, Callable, Sequence
from http import HTTPStatus
from mimetypes import guess_type
from urllib.parse import urlsplit

from aiohttp import ClientError, ClientSession, ClientTimeout

from adapters.teams.connector import Connector
from adapters.teams.parse import Sent
from bot.core.files import TELLING, told_by
from bot.errors import ChannelDown, PlatformError
from bot.runtime.files import Attachment

HTML, UNSAID = "text/html", "application/octet-stream"
PIECE = 1 << 16
WHOLE = ClientTimeout(total=120, sock_read=20)
#: Where people's files lie, the clouds of governments and of China included.
STORAGE = (".sharepoint.com", ".sharepoint.us", ".sharepoint-mil.us", ".sharepoint.cn", ".svc.ms")
#: Where pictures that were pasted lie. Any other name beneath trafficmanager.net may be anybody's.
SERVICES = (".smba.trafficmanager.net", ".botframework.com", ".teams.microsoft.com", ".teams.microsoft.us")


class NotFetched(PlatformError):
    """Raised when a file could not be fetched."""


class Evidence:
    def __init__(
        self, session: ClientSession, connector: Connector, most: Callable[[], int], is_here: Callable[[str], bool]
    ) -> None:
        """`most` is how many bytes a file may have; `is_here` says of an address whether a test may use it."""
        self._session = session
        self._connector = connector
        self._most = most
        self._is_here = is_here

    async def fetch(self, files: Sequence[Sent]) -> tuple[Attachment, ...]:
        """These files, whole. Raises NotFetched."""
        return tuple(await asyncio.gather(*(self._get(file) for file in files)))

    async def _get(self, file: Sent) -> Attachment:
        if not self._known(file.url, SERVICES if file.pasted else STORAGE):
            raise NotFetched("file_elsewhere")
        try:
            headers = await self._connector.headers() if file.pasted else {}
            async with self._session.get(file.url, headers=headers, allow_redirects=False, timeout=WHOLE) as answer:
                if answer.status != HTTPStatus.OK:
                    raise NotFetched(f"status_{answer.status}")
                if answer.content_type == HTML and not file.name.lower().endswith((".html", ".htm")):
                    raise NotFetched("login_page")
                data = await self._bytes(answer.content.iter_chunked(PIECE))
                return Attachment(file.name, _kind(file, answer.content_type, data), data)
        except (ClientError, TimeoutError, ChannelDown):
            raise NotFetched("no_answer") from None

    async def _bytes(self, pieces: AsyncIterable[bytes]) -> bytes:
        found = bytearray()
        async for piece in pieces:
            found += piece
            if len(found) > self._most():
                break  # one byte more than is allowed says it all
        return bytes(found)

    def _known(self, url: str, hosts: Sequence[str]) -> bool:
        """Rule 1."""
        try:
            parts = urlsplit(url)
        except ValueError:
            return False
        if parts.scheme == "https" and parts.hostname is not None and parts.username is None:
            return f".{parts.hostname}".endswith(tuple(hosts))
        return self._is_here(url)


def _kind(file: Sent, said: str, data: bytes) -> str:
    """Rule 4."""
    known = file.media_type or said
    if known != UNSAID:
        return known
    return told_by(data[:TELLING]) or guess_type(file.name)[0] or known
