"""The running bot: takes events, sends what is owed, fires timers; starts where it stopped, and stops in peace."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime

import structlog

from bot.cases.watch import Watched
from bot.core.events import Event
from bot.core.ids import CaseId
from bot.core.messages import Message
from bot.core.people import PersonId
from bot.core.reach import EVERYWHERE, Reach
from bot.core.replies import Reply
from bot.errors import ChannelDown
from bot.runtime.deliver import Deliveries
from bot.runtime.files import Attachment, Files, NotKept
from bot.runtime.operators import Operators
from bot.runtime.owed import Down
from bot.runtime.people import PeopleWatch
from bot.runtime.ports import Alarms, Channel, Clock, Ids, Saved, Store
from bot.runtime.reach import Reached
from bot.runtime.retries import Retries
from bot.runtime.spares import SpareIds
from bot.runtime.timers import Timers
from bot.runtime.turn import Turns
from bot.runtime.view import Setting
from bot.runtime.watch import Watch

log = structlog.get_logger(__name__)
#: SIGTERM ends within 20 s: this is what sending gets of it.
STOP_WITHIN = 15.0


class Service:
    def __init__(
        self,
        store: Store,
        channels: Mapping[str, Channel],
        setting: Callable[[], Setting],
        clock: Clock,
        ids: Ids,
        look: Callable[[], Awaitable[None]] | None = None,
        alarms: Alarms | None = None,
    ) -> None:
        """`look` looks whether the people have changed, and brings them up to date; operators are told by `alarms`."""
        self._store = store
        self._clock = clock
        self._reached = Reached(store, setting, channels, clock, self.down)
        setting = self._reached.setting
        self._spares = SpareIds(store, ids, lambda: setting().flows)
        self._turns = Turns(store, setting, clock, self._spares, self._rung, frozenset(channels))
        self._operators = Operators(alarms, setting, clock)
        self._deliveries = Deliveries(store, channels, self._reached, clock, self._pump, self._operators.heard)
        self._timers = Timers(store, self.take, clock)
        self._people = PeopleWatch(store, lambda: setting().people, clock, self._take_arrived, look)
        self._watch = Watch(store, self.take, setting, clock)
        self._files = Files(store, setting, clock)
        self._inbox = asyncio.Lock()
        self._retries: Retries[str] = Retries()
        self._pumps: set[asyncio.Task[None]] = set()
        self._later: asyncio.Task[None] | None = None

    async def start(self, *, timers: bool = True) -> None:
        """Go on where the last process stopped. Without `timers`, they fire only when asked."""
        await self._reached.load()
        self._spares.ring()
        await self._spares.idle()
        await self._take_arrived()
        await self._deliveries.start()
        await self._people.tell()
        if timers:
            self._timers.start()
            self._people.start()
            self._watch.start()

    async def take(self, event: Event) -> Reply:
        """Take one event; it is committed when this returns."""
        return await self._turns.take(event)

    async def attach(
        self, event_id: str, at: datetime, person: PersonId, platform: str, attached: tuple[Attachment, ...]
    ) -> Reply | NotKept:
        """Keep files and take the event that tells of them; or say why not, in which case nothing was kept."""
        kept = await self._files.keep(event_id, at, person, platform, attached)
        return kept if isinstance(kept, NotKept) else await self.take(kept)

    async def file(self, person: PersonId, case: CaseId, name: str) -> Attachment | None:
        """A file that this person may read, by its id; None for all else, as if there were none."""
        return await self._files.opened(person, case, name)

    async def cases(self, person: PersonId) -> Sequence[Message]:
        """The list of a person's cases as it is now."""
        return (await self._turns.cases(person)).messages

    def lost(self, platform: str, error: ChannelDown) -> None:
        """A platform says by itself that it takes nothing from us, though nothing was sent."""
        self._deliveries.lost(platform, error)

    def found(self, platform: str) -> None:
        """It takes messages again."""
        self._deliveries.found(platform)

    async def people_changed(self) -> None:
        """Let every case hear of the people as they are now."""
        await self._people.tell()

    async def installed(self, person: PersonId, platform: str) -> None:
        """This person installed the bot there: from now on they count."""
        self._reached.installed(person, platform, self._clock.now())
        await self._reached.keep()

    async def moved(self, person: PersonId, platform: str, place: str) -> None:
        """What the platform must be told to write to this person there."""
        self._reached.moved(person, platform, place)
        await self._reached.keep()

    def place(self, person: PersonId, platform: str) -> str:
        """See `moved`; "" where nothing is known."""
        return self._reached.place(person, platform)

    async def removed(self, person: PersonId, platform: str) -> None:
        """This person removed or blocked the bot there: they do not count until they are reached again."""
        self._reached.failed(person, platform)
        await self._reached.keep()

    def setting(self) -> Setting:
        """The organisation as a turn would see it now."""
        return self._reached.setting()

    async def speaks(self, person: PersonId, language: str) -> None:
        """This person wants to be written to in this language, and said so elsewhere than in a talk."""
        await self._store.put_reaches([Reach(person, EVERYWHERE, language=language)])
        self._reached.speaks(person, language)

    def down(self) -> Mapping[str, Down]:
        """The platforms that take no messages now, for readiness and the operator."""
        return self._deliveries.down()

    async def quiet(self) -> None:
        """Return when nothing is owed that can be sent now, nothing waits in the inbox, and spares are made."""
        while self._deliveries.busy or self._pumps:
            await self._deliveries.idle()
            if self._pumps:
                await asyncio.gather(*self._pumps)
        await self._spares.idle()

    @property
    def watched(self) -> Watched:
        """What was seen when the open cases were looked over last."""
        return self._watch.counts

    async def fire_due(self) -> int:
        """Fire the timers that are due and look over the open cases, for a clock that is moved by hand."""
        return await self._timers.fire_due() + await self._watch.look_in_time()

    async def stop(self) -> None:
        """Finish what is being sent; everything else is durable and waits for the next start."""
        await self._people.stop()
        await self._watch.stop()
        await self._timers.stop()
        await self._cancel(self._later)
        await asyncio.gather(*self._pumps, return_exceptions=True)
        await self._deliveries.stop(STOP_WITHIN)
        await self._operators.stop()
        await asyncio.gather(*self._pumps, return_exceptions=True)
        await self._cancel(self._later)
        await self._spares.stop()
        await self._store.close()

    async def drop(self) -> None:
        """Stop at once, as a kill does: nothing is finished, nothing is written."""
        await self._people.stop()
        await self._watch.stop()
        await self._timers.stop()
        await self._cancel(*self._pumps, self._later)
        await self._deliveries.drop()
        await self._operators.stop()
        await self._cancel(*self._pumps, self._later)
        await self._spares.stop()
        await self._store.close()

    async def _cancel(self, *tasks: asyncio.Task[None] | None) -> None:
        standing = [task for task in tasks if task is not None]
        for task in standing:
            task.cancel()
        await asyncio.gather(*standing, return_exceptions=True)

    def _rung(self, saved: Saved) -> None:
        for person, language in saved.spoken.items():
            self._reached.speaks(person, language)
        self._deliveries.ring(owed.lane for owed in saved.owed)
        if saved.timers:
            self._timers.ring()
        if saved.handed:
            self._pump()
        self._spares.ring()

    def _pump(self) -> None:
        """Something waits in the inbox."""
        pump = asyncio.create_task(self._take_arrived(), name="inbox")
        self._pumps.add(pump)
        pump.add_done_callback(self._pumps.discard)

    async def _take_arrived(self) -> None:
        """Take what waits in the inbox: deliveries, and what other cases handed over. What fails is tried again."""
        async with self._inbox:
            while True:
                now = self._clock.now()
                waiting = [event for event in await self._store.arrived() if not self._retries.rests(event.id, now)]
                if not waiting:
                    self._look_again(self._retries.next(now))
                    return
                for event in waiting:
                    try:
                        await self.take(event)
                    except Exception:
                        log.exception("inbox_failed", kind=type(event).__name__)
                        self._retries.failed(event.id, now)
                    else:
                        self._retries.done(event.id)

    def _look_again(self, at: datetime | None) -> None:
        """Look into the inbox once more at this moment (UTC), if any."""

        async def later(moment: datetime) -> None:
            await self._clock.wait_until(moment)
            self._pump()

        if self._later is not None:
            self._later.cancel()
            self._later = None
        if at is not None:
            self._later = asyncio.create_task(later(at), name="inbox later")
