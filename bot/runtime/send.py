"""One row of the outbox, sent: what became of it, and what that says of the person and of the platform."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import structlog

from bot.core.people import Person
from bot.errors import ChannelDown, PersonUnreachable, PlatformError
from bot.runtime import detour
from bot.runtime.health import Health
from bot.runtime.owed import Change, Elsewhere, GivenUp, Later, Nudge, Outcome, Owed, Receipt, Remove
from bot.runtime.ports import Channel, Clock, Store
from bot.runtime.reach import Reached
from bot.runtime.retries import pause

log = structlog.get_logger(__name__)


class Sender:
    def __init__(
        self, store: Store, channels: Mapping[str, Channel], reached: Reached, health: Health, clock: Clock
    ) -> None:
        self._store = store
        self._channels = channels
        self._reached = reached
        self._health = health
        self._clock = clock

    async def send(
        self, row: Owed, behind: Sequence[Owed], before: Sequence[Outcome], *, again: bool
    ) -> Outcome | None:
        """Send a row of a lane; None where its platform is down: nothing became of it.

        `behind` are the lane's rows after it, `before` what became of those in front; with `again` it may have been
        sent before.
        """
        person = self._reached.people().get(row.to)
        channel, chat = self._channels.get(row.platform), detour.chat_of(person, row.platform)
        if channel is None or chat is None:
            return self._given_up(row, person, "no_address")
        needs_handle = isinstance(row.wish, Change | Remove)
        handle = await self._handle(row, before) if needs_handle else None
        if needs_handle and handle is None:
            return Receipt(row, "")  # nothing stands there that could be changed
        try:
            name = await channel.send(detour.as_it_stands(row, behind), chat, handle, again=again)
        except ChannelDown as error:
            self._health.failed(row.platform, row.lane, error)
            return None
        except PersonUnreachable as error:
            log.info("given_up", platform=row.platform)
            self._health.answered(row.platform)
            self._reached.failed(row.to, row.platform)
            return self._given_up(row, self._reached.people().get(row.to), error.reason)
        except PlatformError as error:
            log.warning("send_failed", platform=row.platform, attempts=row.attempts + 1)
            self._health.answered(row.platform)
            rest = timedelta(seconds=error.retry_after) if error.retry_after is not None else pause(row.attempts)
            return Later(row, self._clock.now() + rest)
        except Exception:
            log.exception("send_broke", platform=row.platform, attempts=row.attempts + 1)
            return Later(row, self._clock.now() + pause(row.attempts))
        self._health.answered(row.platform)
        self._reached.arrived(row.to, row.platform)
        return Receipt(row, name)

    def detours(self, rows: Sequence[Owed], now: datetime) -> list[Outcome]:
        """Those rows of a lane that is held up which take another way now."""
        found: list[Outcome] = []
        up = self._channels.keys() - self._health.down().keys()
        for number, row in enumerate(rows):
            if detour.overdue(row, now, rows[number + 1 :]):
                setting = self._reached.setting()
                person, language = setting.people.get(row.to), setting.language_of(row.to)
                other = detour.other_way(row, person, up, language, now)
                if other is not None:
                    log.warning("another_way", platform=row.platform, way=other.new.platform)
                    found.append(other)
        return found

    def _given_up(self, row: Owed, person: Person | None, reason: str) -> Outcome:
        """This address is none: the next one, up or down; without any, this person cannot be reached."""
        every, up = self._channels.keys(), self._channels.keys() - self._health.down().keys()
        other: Elsewhere | None
        if isinstance(row.wish, Nudge):
            other = detour.next_nudge(row, person, every, row.wish.language, self._clock.now())
        else:
            other = detour.other_chat(row, person, up) or detour.other_chat(row, person, every)
        return other or GivenUp(row, reason)

    async def _handle(self, row: Owed, before: Sequence[Outcome]) -> str | None:
        """The platform's name of what stands in the row's slot; it may have arrived a moment ago."""
        for outcome in reversed(before):
            sent = outcome.owed
            if isinstance(outcome, Receipt) and outcome.handle and (sent.case, sent.slot) == (row.case, row.slot):
                return None if isinstance(sent.wish, Remove) else outcome.handle
        return await self._store.handle(row.case, row.slot, row.to, row.platform)
