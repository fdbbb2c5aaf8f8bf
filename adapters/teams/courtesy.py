"""What the adapter says by itself: to strangers, of what Teams keeps.

Rule 1. The chat is private: it is said there, and about the same thing not again and again.
Rule 2. A stranger learns nothing of anybody here, but is told where help is.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from adapters.teams.place import Place
from adapters.teams.replies import Asked, Replies
from adapters.teams.words import words
from bot.core.texts import escape
from bot.runtime.once import Once
from bot.runtime.ports import Clock
from bot.runtime.view import Setting

#: What is told in so many characters may be a story: its writer is told that Teams keeps it.
A_STORY = 40
AGAIN = timedelta(hours=12)


class Courtesy:
    def __init__(self, replies: Replies, setting: Callable[[], Setting], clock: Clock) -> None:
        self._replies = replies
        self._setting = setting
        self._once = Once(clock, AGAIN)

    async def stranger(self, account: str, place: Place) -> None:
        if self._once.first(account or place.conversation, "stranger"):
            language = self._setting().language
            number = escape(self._setting().country.emergency.number)
            text = words(language).stranger.format(emergency=number)
            await self._replies.say(text, Asked(account, language, place))

    async def typed(self, text: str, asked: Asked) -> None:
        """Somebody wrote a story into the chat: Teams keeps it, and only its writer can take it away."""
        if len(text) >= A_STORY and self._once.first(asked.account, "typed"):
            await self._replies.say(words(asked.language).teams_keeps, asked)

    async def attached(self, asked: Asked) -> None:
        if self._once.first(asked.account, "attached"):
            await self._replies.say(words(asked.language).teams_keeps_files, asked)

    async def not_fetched(self, asked: Asked) -> None:
        await self._replies.say(words(asked.language).files_failed, asked)
