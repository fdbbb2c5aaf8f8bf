"""What the adapter says by itself: to strangers, of what Teams keeps.

Rule 1. The chat is private: it is said there, and about the same thing not again and again.
Rule 2. A stranger learns nothing of anybody here, but is told where help is.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta

from adapters.teams.place import Place
from adapters.teams.replies import Asked, Replies
from adapters.teams.words import words
from bot.core.texts import escape
from bot.runtime.ports import Clock
from bot.runtime.view import Setting

#: What is told in so many characters may be a story: its writer is told that Teams keeps it.
A_STORY = 40
AGAIN = timedelta(hours=12)
REMEMBERED = 5000


class Courtesy:
    def __init__(self, replies: Replies, setting: Callable[[], Setting], clock: Clock) -> None:
        self._replies = replies
        self._setting = setting
        self._clock = clock
        self._said: OrderedDict[tuple[str, str], datetime] = OrderedDict()

    async def stranger(self, account: str, place: Place) -> None:
        if self._first(account or place.conversation, "stranger"):
            language = self._setting().language
            number = escape(self._setting().country.emergency.number)
            text = words(language).stranger.format(emergency=number)
            await self._replies.say(text, Asked(account, language, place))

    async def typed(self, text: str, asked: Asked) -> None:
        """Somebody wrote a story into the chat: Teams keeps it, and only its writer can take it away."""
        if len(text) >= A_STORY and self._first(asked.account, "typed"):
            await self._replies.say(words(asked.language).teams_keeps, asked)

    async def attached(self, asked: Asked) -> None:
        if self._first(asked.account, "attached"):
            await self._replies.say(words(asked.language).teams_keeps_files, asked)

    async def not_fetched(self, asked: Asked) -> None:
        await self._replies.say(words(asked.language).files_failed, asked)

    def _first(self, account: str, what: str) -> bool:
        """Whether this was not said to them in the last hours."""
        now, key = self._clock.now(), (account, what)
        last = self._said.get(key)
        if last is not None and now - last < AGAIN:
            return False
        self._said[key] = now
        self._said.move_to_end(key)
        if len(self._said) > REMEMBERED:
            self._said.popitem(last=False)
        return True
