"""Files from Slack to the talk that asks for them: fetched, kept, and only then acknowledged.

Rule 1. In the chat, a file that cannot be fetched now is not taken: Slack sends its event again. Its owner is told.
Rule 2. A form must be answered within three seconds and never comes again: while its files are still on their way it
        stays open, and is sent once more.
"""

from __future__ import annotations

import asyncio

from adapters.slack.channel import PLATFORM
from adapters.slack.evidence import Evidence
from adapters.slack.parse import Attached, By
from adapters.slack.ports import Bot
from bot.core.replies import Reply
from bot.errors import PlatformError
from bot.runtime.files import NotKept

#: Seconds of the three that Slack waits for a form's answer.
IN_TIME = 2.0


class Attaching:
    def __init__(self, bot: Bot, evidence: Evidence) -> None:
        self._bot = bot
        self._evidence = evidence

    async def take(self, done: Attached, by: By) -> Reply | NotKept:
        """Fetch, keep and tell of files. Raises NotFetched: nothing was taken."""
        found = await self._evidence.fetch(done.files)
        person, at = by
        answer = await self._bot.attach(done.id, at, person, PLATFORM, found)
        self._evidence.kept(done.files)
        return answer

    async def in_time(self, done: Attached, by: By) -> Reply | NotKept | None:
        """The same for a form; None where its files are not here yet."""
        try:
            await asyncio.wait_for(asyncio.shield(self._evidence.fetch(done.files)), IN_TIME)
        except (TimeoutError, PlatformError):
            return None
        return await self.take(done, by)

    async def stop(self) -> None:
        await self._evidence.stop()
