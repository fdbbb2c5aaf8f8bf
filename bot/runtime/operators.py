"""The operators hear by mail when a platform takes no messages, and when it does again.

Rule 1. An outage is told when it has lasted for a while, once; its end to those who heard of it.
Rule 2. It is told in kinds: which platform, since when, why. No case and no person stands in it.
Rule 3. This is known in memory only: after a restart a platform that is still down is told anew.
Rule 4. An outage of mail itself is told to nobody this way; readiness and the log have it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import timedelta
from itertools import count

import structlog

from bot.core.people import MAIL, Office, Person
from bot.errors import PersonUnreachable, PlatformError
from bot.runtime.clocks import nap
from bot.runtime.owed import Alarm, Down
from bot.runtime.ports import Alarms, Clock
from bot.runtime.retries import pause
from bot.runtime.view import Setting

log = structlog.get_logger(__name__)
#: Most troubles of a platform are over by then.
PATIENCE = timedelta(minutes=5)
MOST_TRIES = 20


class Operators:
    def __init__(self, alarms: Alarms | None, setting: Callable[[], Setting], clock: Clock) -> None:
        """Without `alarms` nobody is told."""
        self._alarms = alarms
        self._setting = setting
        self._clock = clock
        self._over: dict[str, asyncio.Event] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def heard(self, down: Mapping[str, Down]) -> None:
        """Which platforms are down now."""
        for platform in self._over.keys() - down.keys():
            self._over.pop(platform).set()
        if self._alarms is None:
            return
        for platform in down.keys() - self._over.keys() - {MAIL}:
            over = self._over[platform] = asyncio.Event()
            outage = self._outage(self._alarms, Alarm(platform, down[platform]), over)
            task = asyncio.create_task(outage, name="outage")
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def stop(self) -> None:
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _outage(self, alarms: Alarms, alarm: Alarm, over: asyncio.Event) -> None:
        try:
            while not over.is_set() and self._clock.now() < alarm.down.since + PATIENCE:
                await nap(self._clock, alarm.down.since + PATIENCE, over)
            if over.is_set():
                return
            told = [person for person in self._operators() if await self._told(alarms, alarm, person)]
            await over.wait()
            for person in told:
                await self._told(alarms, Alarm(alarm.platform, alarm.down, self._clock.now()), person)
        except Exception:
            log.exception("operators_not_told", platform=alarm.platform)

    def _operators(self) -> list[Person]:
        return [person for person in self._setting().people if Office.OPERATOR in person.offices and person.mailable]

    async def _told(self, alarms: Alarms, alarm: Alarm, person: Person) -> bool:
        """Whether the mail server has taken it, sooner or later."""
        for attempt in count():
            try:
                await alarms.alarm(alarm, person.mail, self._setting().language_of(person.id))
            except PersonUnreachable:
                return False
            except PlatformError as error:
                log.warning("operator_not_told", platform=alarm.platform, reason=str(error))
                if attempt >= MOST_TRIES:
                    return False
                await self._clock.wait_until(self._clock.now() + pause(attempt))
            else:
                return True
        return False
