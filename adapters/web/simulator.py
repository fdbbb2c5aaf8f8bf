"""The simulator: what is done on the page reaches the bot, and whatever follows reaches every open page.

Rule 1. A request is answered once (`Answers`), and what it shows of the person is shown once.
Rule 2. While the bot is down what people do waits, and is taken when it is back: nothing is lost, nothing doubled.
Rule 3. What was done before a new beginning, and is not answered yet, is refused: nothing of it is taken or shown then.
Rule 4. Only one thing moves the clock at a time; what is due fires at its own moment.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

import structlog

from adapters.web import behind, render
from adapters.web.answers import Answers
from adapters.web.chats import Attached, Chats, Happened, Item
from adapters.web.house import House
from adapters.web.hub import Hub
from adapters.web.items import item
from adapters.web.parse import BadRequest, Language, Wait
from adapters.web.render import Json
from adapters.web.scribe import Scribe
from bot.core.events import PersonEvent, Said, Started
from bot.core.ids import Slot
from bot.core.languages import LANGUAGES
from bot.core.messages import Message
from bot.core.people import PersonId
from bot.core.replies import Tell
from bot.errors import Problem
from bot.runtime.files import Attachment, NotKept
from bot.simulation.screens import PLATFORM
from bot.simulation.time import pass_time

log = structlog.get_logger(__name__)
LOOK_AT_FLOWS, TICK = 0.5, 1.0
R = TypeVar("R")


class Simulator:
    def __init__(self, house: House, chats: Chats) -> None:
        self.house = house
        self.chats = chats
        self.hub = Hub()
        self.problems: tuple[Problem, ...] = ()
        self.saved: datetime | None = None
        self.up = asyncio.Event()
        self._lives = 0
        self._worlds = 0
        self._moving = asyncio.Lock()
        self._answers = Answers()
        self.once = self._answers.once
        self._tasks: set[asyncio.Task[None]] = set()
        self._noted: set[str] = set()  # what failed comes again, and is seen and written down once
        self._doing: str | None = None
        self._looking: asyncio.Task[None] | None = None
        self._behind: dict[str, Json] = {}
        chats.changed = self._item_changed
        self.scribe = Scribe(house, chats)

    async def start(self) -> None:
        for person, language in self.chats.spoken.items():
            self.house.speakers.speak(person, language)
        await self.house.open()
        self.up.set()
        for work in (self._tick, self._watch_flows):
            self._keep(asyncio.create_task(work()))

    async def stop(self) -> None:
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._answers.drop()
        self.hub.close()

    # --- what is done on the page ---

    async def act(self, event: PersonEvent) -> Json:
        people = self.house.setting().people
        if people.get(event.person) is None:
            raise BadRequest("person")
        flows = self.house.setting().flows
        if isinstance(event, Started) and event.flow not in flows.current:
            raise BadRequest("flow")
        if event.id not in self._noted:
            lines = self.scribe.did(event)
            if isinstance(event, Said) and event.text.strip():
                self.chats.own(event.person, event.text.strip(), lines=lines)
            elif isinstance(event, Started):
                label = behind.start_label(flows.current[event.flow], event.person, people)
                self.chats.own(event.person, label, lines=lines)
            else:
                self.chats.lines(*lines)
            self._noted.add(event.id)
        reply = await self._taken(lambda: self.house.take(event))
        self._noted.discard(event.id)
        self.scribe.answered(event.person, reply)
        if isinstance(reply, Tell):
            for number, message in enumerate(reply.messages):
                handle = f"{event.id}:{number}"
                self.chats.told(event.person, handle, Slot(handle), message)
        return render.reply(reply)

    async def attach(self, request: str, person: PersonId, file: Attachment) -> Json:
        if self.house.setting().people.get(person) is None:
            raise BadRequest("person")
        at, event_id = self.house.clock.now(), f"web:{request}"
        if event_id not in self._noted:
            shown = Attached(file.name, len(file.data), file.media_type)
            self.chats.own(person, "", (shown,), self.scribe.attached(person, file))
            self._noted.add(event_id)
        reply = await self._taken(lambda: self.house.attach(event_id, at, person, PLATFORM, (file,)))
        self._noted.discard(event_id)
        if isinstance(reply, NotKept):
            self.chats.told(person, event_id, Slot(event_id), Message(reply.text))
            return {"kind": "refused", "text": reply.text}
        return render.reply(reply)

    async def _taken(self, take: Callable[[], Awaitable[R]]) -> R:
        world = self._worlds
        while True:
            await self.up.wait()
            if world != self._worlds:
                raise BadRequest("begun_anew")
            life = self._lives
            try:
                reply = await take()
                await self.house.quiet()
            except Exception:
                if self.up.is_set() and life == self._lives:
                    raise
                continue  # the bot was killed meanwhile: the event is known by its id, so it counts once
            if world != self._worlds:
                raise BadRequest("begun_anew")
            self._look_behind()
            return reply

    # --- the clock ---

    async def wait(self, asked: Wait) -> Json:
        end = asked.end(self.house.clock.now(), self.zone)
        async with self._moving:
            await self.up.wait()
            by = end - self.house.clock.now()
            if by > timedelta():
                with self._busy("wait"):
                    self.chats.lines(*self.scribe.passed(end))
                    await pass_time(self.house, self.house.clock, by)
                    self.chats.passed(Happened.WAITED)
        self._look_behind()
        return {}

    @contextmanager
    def _busy(self, doing: str) -> Iterator[None]:
        """Pages hear what goes on, and that it is over, however it ended."""
        self._doing = doing
        self.hub.tell("busy", lambda _: {"doing": doing})
        try:
            yield
        finally:
            self._doing = None
            self.hub.tell("busy", lambda _: {"doing": None})

    @property
    def zone(self) -> ZoneInfo:
        return self.house.setting().site.zone

    async def _tick(self) -> None:
        """Time goes on of itself as well."""
        while True:
            await asyncio.sleep(TICK)
            if self._moving.locked() or not self.up.is_set():
                continue
            async with self._moving:
                with suppress(Exception):  # a bot that is killed meanwhile fires it when it is back
                    await self.scribe.falls_due()
                    if await self.house.fire_due():
                        await self.house.quiet()
            self._look_behind()

    # --- the bot ---

    async def restart(self) -> Json:
        async with self._moving:
            with self._busy("restart"):
                self.up.clear()
                self._lives += 1
                await self.house.drop()
                self.chats.passed(Happened.KILLED)  # that it is back is told by `busy`
                await self.house.open()
                self.up.set()
                await self.house.quiet()
        self._look_behind()
        return {}

    async def start_over(self) -> Json:
        async with self._moving:
            await self._look_at_flows()
            if self.problems:  # an empty bot could not begin with them
                raise BadRequest("flows")
            self.up.clear()
            self._lives += 1
            await self.house.clear()
            self.chats.clear()
            self._worlds += 1
            await self.house.open()
            self.up.set()
        self._behind.clear()
        await self._tell_everything()
        return {}

    async def speak(self, asked: Language) -> Json:
        """From now on the person reads the bot in this language, in a talk that goes on, too."""
        person = PersonId(asked.person)
        if asked.language not in LANGUAGES or self.house.setting().people.get(person) is None:
            raise BadRequest("language")
        self.house.speakers.speak(person, asked.language)
        await self.house.speaks(person, asked.language)
        self.chats.spoke(person, asked.language, self.scribe.spoke(person, asked.language))
        if await self._taken(lambda: self.house.talks_with(person)):
            name = LANGUAGES[asked.language].name
            await self.act(Said(f"web:{asked.id}", self.house.clock.now(), person, PLATFORM, name))
        self._look_behind()
        return {}

    async def save(self, name: str) -> Json:
        try:
            path, text = await self.scribe.save(name)
        except FileExistsError:
            raise BadRequest("exists") from None
        return {"path": str(path), "text": text}

    # --- what the pages see ---

    async def everything(self, language: str) -> Json:
        stage = await self.stage(language)
        # the chats last: what is said while the stage is made must not be missing, its own word may be out already
        people = self.house.setting().people
        chats: dict[str, Json] = {p.id: [item(one, language, self.zone) for one in self.chats.of(p.id)] for p in people}
        return {"stage": stage, "chats": chats, "doing": self._doing}

    async def stage(self, language: str) -> Json:
        """All that stands behind the chats."""
        await self.up.wait()
        return await behind.stage(self.house, language, self.problems, self.saved)

    def _item_changed(self, one: Item) -> None:
        self.hub.tell("chat", lambda language: {"person": one.person, "items": [item(one, language, self.zone)]})

    def _look_behind(self) -> None:
        """Tell what has changed behind the chats; several at once are one."""
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._tell_behind())
            self._keep(self._looking)

    async def _tell_behind(self) -> None:
        await asyncio.sleep(0)
        try:
            made = {language: await self.stage(language) for language in self.hub.languages()}
        except Exception:
            if self.up.is_set():
                log.exception("stage_not_told")
            return  # a bot that was killed meanwhile tells it anew when it is back
        for language, stage in made.items():
            if self._behind.get(language) != stage:
                self._behind[language] = stage
                self.hub.tell_in(language, "stage", stage)

    async def _tell_everything(self) -> None:
        for language in self.hub.languages():
            self.hub.tell_in(language, "all", await self.everything(language))

    # --- flows that are edited ---

    async def _watch_flows(self) -> None:
        while True:
            await asyncio.sleep(LOOK_AT_FLOWS)
            if not self.up.is_set() or self._moving.locked():
                continue
            async with self._moving:
                try:
                    await self._look_at_flows()
                except Exception:
                    log.exception("flows_not_read")

    async def _look_at_flows(self) -> None:
        problems = await self.house.publish()
        if problems is not None:
            self.problems, self.saved = tuple(problems), self.house.clock.now()
            self._look_behind()

    def _keep(self, task: asyncio.Task[None]) -> None:
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
