"""The bot in a fake Slack: real HTTP or a real socket, real accounts, a clock that stands still.

What is sent is written down twice: in the fake, as people see it there, and on screens as the simulator has them.
"""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from aiohttp import web

from adapters.slack.access import Access
from adapters.slack.assembly import SlackDoor, SlackWay
from adapters.slack.channel import PLATFORM
from adapters.slack.pace import Pace
from adapters.slack.people import SlackAccounts
from bot import wiring
from bot.cli.rehearse import Rehearsal
from bot.core.messages import Message
from bot.core.people import PersonId
from bot.core.replies import Reply
from bot.runtime.clocks import MovableClock
from bot.runtime.ids import RandomIds
from bot.runtime.people import Sync
from bot.runtime.ports import Channel
from bot.runtime.service import Service
from bot.settings import Settings
from bot.simulation.cast import Speakers
from bot.simulation.screens import PLATFORM as STAGE
from bot.simulation.screens import SECOND, Screens, StageChannel
from bot.simulation.weather import Does, Turn
from storage.master import LENGTH, MasterKey
from tests.adapters.mirror import Heard, Mirror
from tests.adapters.slack.stage import SlackStage
from tests.fakes.slack.actor import Actor
from tests.fakes.slack.clock import of
from tests.fakes.slack.workspace import FakeSlack


async def at_once(_seconds: float) -> None:
    """The pace is tested elsewhere: here nobody waits for it."""


class SlackHouse(Rehearsal):
    """See `Rehearsal`; people sit at Slack."""

    def __init__(self, settings: Settings, url: str, clock: MovableClock, fake: FakeSlack, mode: str) -> None:
        super().__init__(settings, url, MasterKey(bytes(LENGTH)), clock, Screens())
        self._directory = wiring.joined_directory(self.settings, self.key, (), mail=True)
        self.speakers = Speakers(self._directory.people)
        self.fake = fake
        self.mode = mode
        self.handles: dict[str, str] = {}
        self.replies: list[Reply] = []
        self.way: SlackWay
        self.door: SlackDoor
        self._runner: web.AppRunner | None = None
        self._gone: set[str] = set()
        #: What was read last of each message: where it stands and since when, and what it is to say.
        self.read: dict[str, tuple[tuple[str, str | None], Message]] = {}

    async def open(self, *, timers: bool = False) -> None:
        """As `bot.cli.serve` puts it together."""
        http = self.mode == "http"
        access = Access(
            bot_token=self.fake.bot_token,
            api_url=self.fake.api_url,
            signing_secret=self.fake.signing_secret if http else None,
            app_token=None if http else self.fake.app_token,
        )
        pace = Pace(lambda: 0.0, at_once)
        self.way = SlackWay(access, lambda: self.service.setting(), pace)
        accounts = SlackAccounts(self.way.client, self.clock)
        self.store = await wiring.open_store(self.settings, self.key, simulation=True)
        await self._publish()
        self.settled = wiring.Settled(self.settings, self.key, self.speakers, await wiring.load_published(self.store))
        sync = Sync(self._directory, (accounts,), self.store, self.clock)
        await sync.recall()
        self.service = Service(self.store, self.channels(), self.settled.setting, self.clock, RandomIds(), sync.look)
        heard = Heard(self.service, self.replies)
        self.door = SlackDoor(self.way, heard, self.service.setting, self.clock, accounts.changed)
        await sync.look()
        await self.service.start(timers=timers)
        await self.door.start()
        if self.door.routes():
            application = web.Application()
            application.add_routes(self.door.routes())
            self._runner = web.AppRunner(application, access_log=None)
            await self._runner.setup()
            await web.TCPSite(self._runner, "127.0.0.1", 0).start()
            port = self._runner.addresses[0][1]
            self.fake.bot_url = self.fake.interactivity_url = f"http://127.0.0.1:{port}/slack/events"

    def channels(self) -> Mapping[str, Channel]:
        beside = {name: way for name, way in super().channels().items() if name not in (STAGE, SECOND)}
        second = StageChannel(self.screens, self.weather, SECOND)
        return {PLATFORM: Mirror(self.way.channel, self.screens, self.handles), SECOND: second, **beside}

    def stage(self) -> SlackStage:
        return SlackStage(**vars(super().stage()), house=self)

    def actor(self, person: PersonId) -> Actor:
        found = self.people().by_id[person]
        chat = next(one.chat for one in found.addresses if one.platform == PLATFORM)
        return next(actor for actor in self.fake.actors.values() if actor.uid == chat)

    async def quiet(self) -> None:
        await self.fake.settle(bot=self._own_quiet)

    async def _own_quiet(self) -> None:
        await self.door.quiet()
        await self.service.quiet()

    async def turn(self, turn: Turn, person: PersonId | None) -> None:
        """`chat` is Slack; the other ways are as they are on the stage."""
        if turn.platform != STAGE:
            await super().turn(turn, person)
            return
        match turn.does:
            case Does.DOWN:
                self.fake.fault("*", "http", times=10**9, status=503)
            case Does.BACK:
                self.fake.faults.clear()
            case Does.LEAVES | Does.BLOCKS if person is not None:
                account = self.actor(person).uid
                self._gone.add(account)
                self.fake.fault(
                    "chat.postMessage",
                    "error",
                    times=10**9,
                    error="user_disabled",
                    where=lambda asked: asked.get("channel") == account and account in self._gone,
                )
                if turn.does is Does.LEAVES:
                    await self.service.removed(person, PLATFORM)
            case Does.JOINS if person is not None:
                self._gone.discard(self.actor(person).uid)
                await self.service.installed(person, PLATFORM)
                await self.service.people_changed()
            case _:
                pass
        await self.quiet()

    async def close(self) -> None:
        await self._shut()
        await self.door.stop()
        await self.service.stop()

    async def drop(self) -> None:
        """As a kill does; Slack finds nobody at home."""
        await self._shut()
        await self.door.stop()
        await super().drop()

    async def _shut(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None


@asynccontextmanager
async def slack_house(settings: Settings, start: datetime, mode: str) -> AsyncIterator[SlackHouse]:
    """A house whose people all have an account in the workspace, by their e-mails."""
    clock = MovableClock(start)
    async with FakeSlack(**of(clock)) as fake:
        with tempfile.TemporaryDirectory(prefix="bistand-") as folder:
            url = f"sqlite+aiosqlite:///{Path(folder) / 'slack.sqlite'}"
            made = SlackHouse(settings, url, clock, fake, mode)
            for person in made._directory.people():
                fake.add_user(
                    person.first_name.casefold(), real_name=person.name, email=person.mail, tz="Europe/Copenhagen"
                )
            await made.open()
            try:
                yield made
            finally:
                await made.close()
