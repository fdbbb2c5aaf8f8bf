"""What people attach, fetched from Slack at once: a file that its owner deletes there is gone.

Rule 1. A file is fetched with the bot's token from Slack itself, and from nowhere else.
Rule 2. An HTML page in place of a file is Slack's way of saying "log in": it is not evidence. Nor is half a file.
Rule 3. What is larger than the operator allows is not fetched to its end.
Rule 4. Who asks again while a file is on its way waits for the same one: Slack sends an event again after three
        seconds.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlsplit

from aiohttp import ClientError, ClientSession, ClientTimeout
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.payloads import BadPayload, FileSeen, read
from adapters.slack.verdicts import verdict
from bot.errors import PlatformError
from bot.runtime.files import Attachment

HTML = "text/html"
PIECE = 1 << 16
#: So many files wait at most for being kept.
HELD = 32
WHOLE = ClientTimeout(total=120, sock_read=20)
#: What Slack says of a file when more must be asked for.
ASK = "check_file_info"


class NotFetched(PlatformError):
    """Raised when a file could not be fetched now; trying again may help."""


class Evidence:
    def __init__(self, client: AsyncWebClient, most: Callable[[], int]) -> None:
        """`most` is how many bytes a file may have."""
        self._client = client
        self._most = most
        self._session: ClientSession | None = None
        self._fetching: OrderedDict[str, asyncio.Task[Attachment]] = OrderedDict()

    async def stop(self) -> None:
        for task in self._fetching.values():
            task.cancel()
        await asyncio.gather(*self._fetching.values(), return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    async def fetch(self, files: tuple[FileSeen, ...]) -> tuple[Attachment, ...]:
        """These files, whole. Raises NotFetched."""
        return tuple(await asyncio.gather(*(self._once(file) for file in files)))

    def kept(self, files: tuple[FileSeen, ...]) -> None:
        """They are kept elsewhere, or refused: they need not be held here any longer."""
        for file in files:
            self._fetching.pop(file.id, None)

    async def _once(self, file: FileSeen) -> Attachment:
        """Rule 4. A fetch goes on when the one who waits for it goes away."""
        task = self._fetching.get(file.id)
        if task is None or (task.done() and (task.cancelled() or task.exception() is not None)):
            task = self._fetching[file.id] = asyncio.create_task(self._get(file), name="slack file")
            while len(self._fetching) > HELD:
                self._fetching.popitem(last=False)[1].cancel()
        return await asyncio.shield(task)

    async def _get(self, file: FileSeen) -> Attachment:
        try:
            known = await self._whole(file)
            data = await self._bytes(known.url_private_download or known.url_private or "", known)
        except (SlackApiError, SlackClientError) as error:
            raise NotFetched(str(verdict(error))) from None
        except (ClientError, TimeoutError):
            raise NotFetched("no_answer") from None
        return Attachment(known.name or known.title or "file", known.mimetype, data)

    async def _whole(self, file: FileSeen) -> FileSeen:
        """What Slack knows of a file, where the message did not tell all of it."""
        if file.file_access != ASK and (file.url_private_download or file.url_private):
            return file
        try:
            return read(FileSeen, (await self._client.files_info(file=file.id))["file"])
        except BadPayload:
            raise NotFetched("file_unknown") from None

    async def _bytes(self, url: str, file: FileSeen) -> bytes:
        if not self._of_slack(url):
            raise NotFetched("file_elsewhere")
        if self._session is None:
            self._session = ClientSession(timeout=WHOLE)
        most = self._most()
        found = bytearray()
        headers = {"Authorization": f"Bearer {self._client.token}"}
        async with self._session.get(url, headers=headers, allow_redirects=False, proxy=self._client.proxy) as answer:
            if answer.status != HTTPStatus.OK:
                raise NotFetched(f"status_{answer.status}")
            if answer.content_type == HTML and not file.mimetype.startswith(HTML):
                raise NotFetched("login_page")
            async for piece in answer.content.iter_chunked(PIECE):
                found += piece
                if len(found) > most:
                    break  # one byte more than is allowed says it all
        if len(found) <= most and file.size and len(found) != file.size:
            raise NotFetched("half_a_file")
        return bytes(found)

    def _of_slack(self, url: str) -> bool:
        """Slack's own files, or those of the fake that stands for it on this machine."""
        try:
            parts, api = urlsplit(url), urlsplit(self._client.base_url)
        except ValueError:
            return False
        if parts.scheme == "https" and parts.hostname is not None:
            return parts.hostname == "slack.com" or parts.hostname.endswith((".slack.com", ".slack-edge.com"))
        return (parts.scheme, parts.netloc) == (api.scheme, api.netloc) and api.scheme == "http"
