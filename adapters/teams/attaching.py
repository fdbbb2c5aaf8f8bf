"""Files from Teams to the talk that asks for them: fetched, kept, and only then acknowledged."""

from __future__ import annotations

from adapters.teams import parse
from adapters.teams.evidence import Evidence
from adapters.teams.parse import By
from adapters.teams.payloads import Activity
from adapters.teams.ports import Bot
from adapters.teams.who import PLATFORM
from bot.core.replies import Reply
from bot.runtime.files import NotKept


class Attaching:
    def __init__(self, bot: Bot, evidence: Evidence) -> None:
        self._bot = bot
        self._evidence = evidence

    async def take(self, activity: Activity, by: By) -> Reply | NotKept:
        """Fetch, keep and tell of an activity's files. Raises NotFetched: nothing was taken."""
        found = await self._evidence.fetch(parse.files(activity))
        person, at = by
        return await self._bot.attach(parse.files_id(activity), at, person, PLATFORM, found)
