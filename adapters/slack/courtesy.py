"""What the adapter says by itself: to strangers, of what Slack keeps, that it answers in private.

Rule 1. It is said to this person alone, and about the same thing not again and again.
Rule 2. A stranger learns nothing of anybody here, but is told where help is.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.channel import FAILURES
from adapters.slack.replies import Asked, Replies
from adapters.slack.words import words
from bot.core.messages import Message
from bot.core.texts import escape
from bot.runtime.once import Once
from bot.runtime.ports import Clock
from bot.runtime.view import Setting

#: What is told in so many characters may be a story: its writer is told that Slack keeps it.
A_STORY = 40
AGAIN = timedelta(hours=12)


class Courtesy:
    def __init__(self, client: AsyncWebClient, replies: Replies, setting: Callable[[], Setting], clock: Clock) -> None:
        self._client = client
        self._replies = replies
        self._setting = setting
        self._once = Once(clock, AGAIN)

    @property
    def language(self) -> str:
        """For those of whom nothing is known."""
        return self._setting().language

    def for_stranger(self, *, guest: bool = False) -> str:
        said = words(self.language)
        number = escape(self._setting().country.emergency.number)
        return (said.guest if guest else said.stranger).format(emergency=number)

    async def stranger(self, account: str, channel: str | None) -> None:
        if self._once.first(account, "stranger"):
            text = self.for_stranger(guest=await self._is_guest(account))
            await self._replies.say(text, Asked(account, self.language, channel))

    async def _is_guest(self, account: str) -> bool:
        """Whether Slack itself says that this account is no full member here."""
        try:
            user = (await self._client.users_info(user=account))["user"]
        except FAILURES:
            return False
        return any(user.get(kind) is True for kind in ("is_restricted", "is_ultra_restricted", "is_stranger"))

    async def typed(self, text: str, asked: Asked) -> None:
        """Somebody wrote a story into the chat: Slack keeps it, and only its writer can take it away."""
        if len(text) >= A_STORY and self._once.first(asked.account, "typed"):
            await self._replies.say(words(asked.language).slack_keeps, asked)

    async def attached(self, asked: Asked) -> None:
        if self._once.first(asked.account, "attached"):
            await self._replies.say(words(asked.language).slack_keeps_files, asked)

    async def late(self, event: str, asked: Asked) -> None:
        """A file could not be fetched yet."""
        if self._once.first(asked.account, event):
            await self._replies.say(words(asked.language).files_late, asked)

    async def mentioned(self, asked: Asked) -> None:
        await self._replies.show(Message(words(asked.language).only_private), asked)
