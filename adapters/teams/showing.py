"""A file of a case, brought to who may read it.

Rule 1. Teams brings a file into its reader's own OneDrive, if they allow it: that is asked first, and said.
Rule 2. To whoever may not read it there is no such file; whether they may is looked at again when they allow it.
Source: bots-filesv4.md, "Upload to personal OneDrive" (msteams-docs).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus
from urllib.parse import urlsplit

import structlog
from aiohttp import ClientError, ClientSession, ClientTimeout

from adapters.teams.connector import Connector, NoAnswer, Refused
from adapters.teams.evidence import STORAGE
from adapters.teams.payloads import Activity
from adapters.teams.ports import Bot
from adapters.teams.replies import Asked, Replies
from adapters.teams.verdicts import verdict
from adapters.teams.words import words
from bot.core.ids import CaseId
from bot.core.people import Person, PersonId
from bot.markdown import plain

log = structlog.get_logger(__name__)
CONSENT = "application/vnd.microsoft.teams.card.file.consent"
BROUGHT = "application/vnd.microsoft.teams.card.file.info"
WHOLE = ClientTimeout(total=120, sock_read=20)


class Showing:
    def __init__(
        self, session: ClientSession, connector: Connector, bot: Bot, replies: Replies, is_here: Callable[[str], bool]
    ) -> None:
        self._session = session
        self._connector = connector
        self._bot = bot
        self._replies = replies
        self._is_here = is_here

    async def offer(self, person: PersonId, case: CaseId, name: str, asked: Asked) -> None:
        """Ask whether Teams may bring it."""
        said = words(asked.language)
        file = await self._bot.file(person, case, name)
        if file is None:
            await self._replies.say(said.no_file, asked)
            return
        meant = {"case": case, "file": name}
        content = {
            "description": plain(said.file_offered),
            "sizeInBytes": len(file.data),
            "acceptContext": meant,
            "declineContext": meant,
        }
        attached = {"contentType": CONSENT, "name": file.name or "file", "content": content}
        await self._post({"type": "message", "summary": plain(said.bistand), "attachments": [attached]}, asked)

    async def answered(self, activity: Activity, person: Person, asked: Asked) -> None:
        """The reader allowed it, or did not."""
        said = words(asked.language)
        if activity.reply_to is not None:
            await self._away(activity.reply_to, asked)
        match activity.value:
            case {"action": "accept", "context": {"case": str(case), "file": str(name)}, "uploadInfo": dict(where)}:
                await self._bring(person.id, CaseId(case), name, where, asked)
            case _:
                await self._replies.say(said.file_declined, asked)

    async def _bring(
        self, person: PersonId, case: CaseId, name: str, where: Mapping[str, object], asked: Asked
    ) -> None:
        said = words(asked.language)
        file = await self._bot.file(person, case, name)
        url = where.get("uploadUrl")
        if file is None or not isinstance(url, str) or not self._known(url):
            await self._replies.say(said.no_file, asked)
            return
        last = len(file.data) - 1
        headers = {
            "Content-Type": "application/octet-stream",
            "Content-Range": f"bytes 0-{last}/{len(file.data)}",
        }
        try:
            async with self._session.put(url, data=file.data, headers=headers, timeout=WHOLE) as answer:
                done = answer.status in (HTTPStatus.OK, HTTPStatus.CREATED)
        except (ClientError, TimeoutError):
            done = False
        if not done:
            log.warning("file_not_brought")
            await self._replies.say(said.failed, asked)
            return
        content = {"uniqueId": where.get("uniqueId"), "fileType": where.get("fileType")}
        attached = {
            "contentType": BROUGHT,
            "contentUrl": where.get("contentUrl"),
            "name": where.get("name"),
            "content": content,
        }
        await self._post({"type": "message", "summary": plain(said.bistand), "attachments": [attached]}, asked)
        await self._replies.say(said.file_shown, asked)

    def _known(self, url: str) -> bool:
        """Microsoft's own storage."""
        try:
            parts = urlsplit(url)
        except ValueError:
            return False
        known = parts.scheme == "https" and (parts.hostname or "").endswith((*STORAGE, ".live.com"))
        return known or self._is_here(url)

    async def _post(self, activity: Mapping[str, object], asked: Asked) -> None:
        try:
            await self._connector.send(asked.place, activity)
        except (Refused, NoAnswer) as error:
            log.warning("file_not_shown", reason=str(verdict(error)))

    async def _away(self, message: str, asked: Asked) -> None:
        """What asked is answered: it goes."""
        try:
            await self._connector.delete(asked.place, message)
        except (Refused, NoAnswer) as error:
            log.warning("not_removed", reason=str(verdict(error)))
