"""A file of a case, shown in Slack to who may read it.

Rule 1. It is brought into the reader's own chat, where Slack keeps it until it is taken away: that is said, and a
        button takes it away.
Rule 2. To whoever may not read it there is no such file.
"""

from __future__ import annotations

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.blocks import actions, button, section
from adapters.slack.channel import FAILURES
from adapters.slack.message import Rendered
from adapters.slack.ports import Bot
from adapters.slack.replies import Asked, Replies
from adapters.slack.texts import mrkdwn_text
from adapters.slack.verdicts import kind_of, verdict
from adapters.slack.wire import Act
from adapters.slack.words import words
from bot.core.ids import CaseId
from bot.core.people import PersonId

log = structlog.get_logger(__name__)
GONE = frozenset({"file_deleted", "file_not_found"})


class Showing:
    def __init__(self, client: AsyncWebClient, bot: Bot, replies: Replies) -> None:
        self._client = client
        self._bot = bot
        self._replies = replies

    async def show(self, person: PersonId, case: CaseId, name: str, asked: Asked) -> None:
        file = await self._bot.file(person, case, name)
        said = words(asked.language)
        if file is None:
            await self._replies.say(said.no_file, asked)
            return
        try:
            opened = await self._client.conversations_open(users=asked.account)
            brought = await self._client.files_upload_v2(
                channel=str(opened["channel"]["id"]), content=file.data, filename=file.name or "file"
            )
        except FAILURES as error:
            log.warning("file_not_shown", reason=str(verdict(error)))
            await self._replies.say(said.failed, asked)
            return
        remove = button(said.remove_file, Act.REMOVE_FILE.of(0), str(brought["files"][0]["id"]))
        await self._replies.show_made(
            Rendered(said.file_shown, (section(mrkdwn_text(said.file_shown)), *actions([remove]))), asked
        )

    async def remove(self, file: str, asked: Asked) -> None:
        """Take away what was brought; what is gone already is gone."""
        try:
            await self._client.files_delete(file=file)
        except FAILURES as error:
            if not isinstance(error, SlackApiError) or kind_of(error) not in GONE:
                log.warning("file_not_removed", reason=str(verdict(error)))
                await self._replies.say(words(asked.language).failed, asked)
                return
        await self._replies.say(words(asked.language).file_removed, asked)
