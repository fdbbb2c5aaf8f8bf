"""How fast one chat is written to: Slack takes about one message a second in a chat, and short bursts.

Rule 1. A chat may be written to `BURST` times at once, then once a second; whoever comes too early waits.
Rule 2. What Slack itself says (`Retry-After`) counts more: that is the outbox's business.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable

BURST = 4
A_SECOND = 1.0
#: So many chats are remembered; one that is forgotten was quiet.
REMEMBERED = 2000


class Pace:
    def __init__(
        self, now: Callable[[], float] = time.monotonic, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    ) -> None:
        self._now = now
        self._sleep = sleep
        #: When each chat will be at rest: as if every message took a second.
        self._rests_at: OrderedDict[str, float] = OrderedDict()

    async def turn(self, chat: str) -> None:
        """Return when this chat may be written to."""
        now = self._now()
        rests_at = max(self._rests_at.get(chat, now), now) + A_SECOND
        self._rests_at[chat] = rests_at
        self._rests_at.move_to_end(chat)
        if len(self._rests_at) > REMEMBERED:
            self._rests_at.popitem(last=False)
        early = rests_at - now - BURST * A_SECOND
        if early > 0:
            await self._sleep(early)
