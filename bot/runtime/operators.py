"""The operators hear by mail when a chat takes no messages, and when it does again.

Rule 1. An outage is told when it has lasted for a while, once, and its end to those who heard of it. What is over is
        not told any more.
Rule 2. It is told in kinds: which chat, since when, why. No case and no person stands in it.
Rule 3. Chats alone: that a pager or a mail failed could tell that somebody was just called. The log and readiness have
        it.
Rule 4. This is known in memory only: after a restart a chat that is still down is told anew.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from bot.core.people import Office, Person
from bot.errors import PersonUnreachable, PlatformError
from bot.runtime.clocks import nap
from bot.runtime.detour import BESIDE
from bot.runtime.owed import Alarm, Down
from bot.runtime.ports import Alarms, Clock
from bot.runtime.retries import pause
from bot.runtime.view import Setting

log = structlog.get_logger(__name__)
#: Most troubles of a chat are over by then.
PATIENCE = timedelta(minutes=5)
MOST_TRIES = 20


@dataclass(slots=True)
class _Outage:
    platform: str
    down: Down
    ended: datetime | None = None
    over: asyncio.Event = field(default_factory=asyncio.Event)


class Operators:
    def __init__(self, alarms: Alarms | None, setting: Callable[[], Setting], clock: Clock) -> None:
        """Without `alarms` nobody is told."""
        self._alarms = alarms
        self._setting = setting
        self._clock = clock
        self._outages: dict[str, _Outage] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def heard(self, down: Mapping[str, Down]) -> None:
        """Which platforms are down now."""
        for platform in self._outages.keys() - down.keys():
            outage = self._outages.pop(platform)
            outage.ended = self._clock.now()
            outage.over.set()
        if self._alarms is None:
            return
        for platform in down.keys() - self._outages.keys() - set(BESIDE):
            outage = self._outages[platform] = _Outage(platform, down[platform])
            task = asyncio.create_task(self._last(self._alarms, outage), name="outage")
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def stop(self) -> None:
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _last(self, alarms: Alarms, outage: _Outage) -> None:
        """See an outage through, each operator for themselves."""
        until = outage.down.since + PATIENCE
        while not outage.over.is_set() and self._clock.now() < until:
            await nap(self._clock, until, outage.over)
        people = [one for one in self._setting().people if Office.OPERATOR in one.offices and one.mailable]
        try:
            await asyncio.gather(*(self._see_through(alarms, outage, person) for person in people))
        except Exception:
            log.exception("operators_not_told", platform=outage.platform)

    async def _see_through(self, alarms: Alarms, outage: _Outage, person: Person) -> None:
        try:
            await self._tell(alarms, outage, person)
        except PersonUnreachable:
            log.warning("operator_has_no_mailbox")

    async def _tell(self, alarms: Alarms, outage: _Outage, person: Person) -> None:
        for attempt in range(MOST_TRIES):
            if outage.over.is_set():
                return
            if await self._told(alarms, Alarm(outage.platform, outage.down), person):
                break
            await nap(self._clock, self._clock.now() + pause(attempt), outage.over)
        else:
            return
        await outage.over.wait()
        for attempt in range(MOST_TRIES):
            if await self._told(alarms, Alarm(outage.platform, outage.down, outage.ended), person):
                return
            await self._clock.wait_until(self._clock.now() + pause(attempt))

    async def _told(self, alarms: Alarms, alarm: Alarm, person: Person) -> bool:
        """Whether it was taken. Raises PersonUnreachable."""
        try:
            await alarms.alarm(alarm, person.mail, self._setting().language_of(person.id))
        except PersonUnreachable:
            raise
        except PlatformError as error:
            log.warning("operator_not_told", platform=alarm.platform, reason=str(error))
            return False
        return True
