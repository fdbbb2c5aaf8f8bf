"""What the adapter says by itself: to strangers, of what Slack keeps, that it answers in private.

Rule 1. It is said to this person alone, and about the same thing not again and again.
Rule 2. A stranger learns nothing of anybody here, but is told where help is.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta

from adapters.slack.replies import Asked, Replies
from adapters.slack.words import words
from bot.core.messages import Message
from bot.runtime.ports import Clock
from bot.runtime.view import Setting

#: What is told in so many characters may be a story: its writer is told that Slack keeps it.
A_STORY = 40
AGAIN = timedelta(hours=12)
REMEMBERED = 5000


class Courtesy:
    def __init__(self, replies: Replies, setting: Callable[[], Setting], clock: Clock) -> None:
        self._replies = replies
        self._setting = setting
        self._clock = clock
        self._said: OrderedDict[tuple[str, str], datetime] = OrderedDict()

    @property
    def language(self) -> str:
        """For those of whom nothing is known."""
        return self._setting().language

    def for_stranger(self) -> str:
        setting = self._setting()
        emergency = setting.country.emergency.text
        said = words(self.language)
        help_line = emergency.get(self.language) or next(iter(emergency.values()), "")
        return said.stranger.format(organisation=setting.organisation, emergency=help_line)

    async def stranger(self, account: str, channel: str | None) -> None:
        if self._first(account, "stranger"):
            await self._replies.say(self.for_stranger(), Asked(account, self.language, channel))

    async def typed(self, text: str, asked: Asked) -> None:
        """Somebody wrote a story into the chat: Slack keeps it, and only its writer can take it away."""
        if len(text) >= A_STORY and self._first(asked.account, "typed"):
            await self._replies.say(words(asked.language).keeps, asked)

    async def attached(self, asked: Asked) -> None:
        if self._first(asked.account, "attached"):
            await self._replies.say(words(asked.language).keeps_files, asked)

    async def late(self, event: str, asked: Asked) -> None:
        """A file could not be fetched yet."""
        if self._first(asked.account, event):
            await self._replies.say(words(asked.language).files_late, asked)

    async def mentioned(self, asked: Asked) -> None:
        await self._replies.show(Message(words(asked.language).in_private), asked)

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
