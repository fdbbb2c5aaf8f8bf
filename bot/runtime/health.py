"""Which platforms take messages, and who tries the one that does not.

Rule 1. The first refusal makes a platform *down*, the first answer *up* again: each is logged once.
Rule 2. While it is down one lane tries it, after longer and longer pauses; all others wait until it is up.
Rule 3. Whoever waits looks again when any platform goes down or comes up: another way may have opened or closed.
Rule 4. This is known in memory only: after a restart every platform counts as up until it refuses.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.errors import ChannelDown
from bot.runtime.clocks import nap
from bot.runtime.owed import Down
from bot.runtime.ports import Clock
from bot.runtime.retries import pause

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class _Trouble:
    down: Down
    again: datetime
    attempts: int = 1
    prober: str | None = None


class Health:
    def __init__(self, clock: Clock, changed: Callable[[], None]) -> None:
        """`changed` is called, at once, before those who wait are woken."""
        self._clock = clock
        self._changed = changed
        self._troubles: dict[str, _Trouble] = {}
        self._wake = asyncio.Event()

    def down(self) -> Mapping[str, Down]:
        """The platforms that are down."""
        return {platform: trouble.down for platform, trouble in self._troubles.items()}

    async def admitted(self, platform: str, lane: str, until: datetime | None) -> bool:
        """Wait for leave to send; False when `until` (UTC) came first, or something changed: look at the lane again."""
        trouble = self._troubles.get(platform)
        if trouble is None or trouble.prober == lane:
            return True
        now = self._clock.now()
        if trouble.prober is None and trouble.again <= now:
            trouble.prober = lane
            return True
        moments = [until, trouble.again if trouble.prober is None else None]
        await nap(self._clock, min((at for at in moments if at is not None), default=None), self._wake)
        return False

    def failed(self, platform: str, lane: str, error: ChannelDown) -> None:
        """A platform refused; who is not its prober sent before that was known."""
        now = self._clock.now()
        trouble = self._troubles.get(platform)
        rest = timedelta(seconds=error.retry_after) if error.retry_after is not None else None
        if trouble is None:
            log.error("channel_down", platform=platform, reason=error.reason)
            self._troubles[platform] = _Trouble(Down(now, error.reason), now + (rest or pause(0)))
            self._tell()
        elif trouble.prober == lane:
            trouble.down = Down(trouble.down.since, error.reason)
            trouble.again, trouble.attempts = now + (rest or pause(trouble.attempts)), trouble.attempts + 1
            self.released(platform, lane)

    def answered(self, platform: str) -> None:
        """A platform took a message, or refused one person or one message."""
        trouble = self._troubles.pop(platform, None)
        if trouble is not None:
            log.warning("channel_up", platform=platform, after=self._clock.now() - trouble.down.since)
            self._tell()

    def released(self, platform: str, lane: str) -> None:
        """The lane tries no more, whatever came of it; another one may."""
        trouble = self._troubles.get(platform)
        if trouble is not None and trouble.prober == lane:
            trouble.prober = None
            self._tell()

    def _tell(self) -> None:
        self._changed()
        woken, self._wake = self._wake, asyncio.Event()
        woken.set()
