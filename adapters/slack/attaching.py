"""Files from Slack to the talk that asks for them: fetched, kept, and only then acknowledged.

Rule 1. In the chat, a file that cannot be fetched now is not taken: Slack sends its event again. Its owner is told.
Rule 2. A form must be answered within three seconds and never comes again: while its files are still on their way it
        stays open, and is sent once more.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta

from adapters.slack.channel import PLATFORM
from adapters.slack.evidence import Evidence, NotFetched
from adapters.slack.parse import Attached, By
from adapters.slack.ports import Bot
from bot.core.replies import Reply
from bot.runtime.files import NotKept
from bot.runtime.ports import Clock

#: So much of the three seconds that Slack waits for a form's answer.
IN_TIME = timedelta(seconds=2)


class Attaching:
    def __init__(self, bot: Bot, evidence: Evidence, clock: Clock) -> None:
        self._bot = bot
        self._evidence = evidence
        self._clock = clock

    async def take(self, done: Attached, by: By) -> Reply | NotKept:
        """Fetch, keep and tell of files. Raises NotFetched: nothing was taken."""
        found = await self._evidence.fetch(done.files)
        person, at = by
        answer = await self._bot.attach(done.id, at, person, PLATFORM, found)
        self._evidence.kept(done.files)
        return answer

    async def in_time(self, done: Attached, by: By) -> Reply | NotKept | None:
        """The same for a form; None where its files are not here yet."""
        fetched = asyncio.create_task(self._fetched(done), name="slack files")
        late = asyncio.ensure_future(self._clock.wait_until(self._clock.now() + IN_TIME))
        try:
            await asyncio.wait((fetched, late), return_when=asyncio.FIRST_COMPLETED)
            return await self.take(done, by) if fetched.done() and fetched.result() else None
        finally:
            fetched.cancel()  # each file's own fetch goes on
            late.cancel()

    async def _fetched(self, done: Attached) -> bool:
        try:
            await self._evidence.fetch(done.files)
        except NotFetched:
            return False
        return True

    async def stop(self) -> None:
        await self._evidence.stop()
