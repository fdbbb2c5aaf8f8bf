"""The bot in a fake Teams: real HTTP, signed tokens, a clock that stands still.

What is sent is written down twice: in the fake, as people see it there, and on screens as the simulator has them.
"""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from unittest.mock import Mock, patch

from aiohttp import web

from adapters.teams.access import Access
from adapters.teams.assembly import TeamsDoor, TeamsWay
from adapters.teams.people import TeamsAccounts
from adapters.teams.place import Place
from adapters.teams.who import PLATFORM
from bot import wiring
from bot.cli.rehearse import Rehearsal
from bot.core.messages import Message
from bot.core.people import PersonId
from bot.core.replies import Reply
from bot.runtime.accounts import Account
from bot.runtime.clocks import MovableClock
from bot.runtime.ids import RandomIds
from bot.runtime.people import Sync
from bot.runtime.ports import Channel
from bot.runtime.service import Service
from bot.settings import Settings, is_loopback
from bot.simulation.cast import Speakers
from bot.simulation.screens import PLATFORM as STAGE
from bot.simulation.screens import SECOND, Screens, StageChannel
from bot.simulation.weather import Does, Turn
from storage.master import LENGTH, MasterKey
from tests.adapters.mirror import Heard, Mirror
from tests.adapters.teams.stage import TeamsStage
from tests.fakes.slack.clock import of
from tests.fakes.teams.limits import Limits
from tests.fakes.teams.tenant import FakeTeams
from tests.fakes.teams.user import TeamsUser
from tests.fakes.teams.wire import Json

TOKEN = "a-token-of-entra"
#: How often Teams may be called is tested elsewhere: here nobody waits for it.
UNHURRIED = Limits(send=((1, 10**6),), create=((1, 10**6),), members=((1, 10**6),), tenant=((1, 10**6),))


class TeamsHouse(Rehearsal):
    """See `Rehearsal`; people sit at Teams."""

    def __init__(self, settings: Settings, url: str, clock: MovableClock, fake: FakeTeams) -> None:
        super().__init__(settings, url, MasterKey(bytes(LENGTH)), clock, Screens())
        self._directory = wiring.joined_directory(self.settings, self.key, (), mail=True)
        self.speakers = Speakers(self._directory.people)
        self.fake = fake
        self.handles: dict[str, str] = {}
        self.replies: list[Reply] = []
        #: The dialog that stands open, by whom.
        self.dialogs: dict[str, Json] = {}
        self.way: TeamsWay
        self.door: TeamsDoor
        self._runner: web.AppRunner | None = None
        #: What was read last of each message: where it stands and in which version, and what it is to say.
        self.read: dict[str, tuple[tuple[str, int], Message]] = {}

    async def open(self, *, timers: bool = False) -> None:
        """As `bot.cli.serve` puts it together."""
        access = Access(
            app_id=self.fake.app_id,
            password="secret",
            tenants=(self.fake.tenant,),
            keys_url=self.fake.openid_url,
            login_url=self.fake.origin,
        )
        self.way = TeamsWay(
            access,
            self.clock,
            lambda: self.service.setting(),
            lambda person: self.service.place(person, PLATFORM),
            is_loopback,
        )
        self.way.channel.seen(Place(self.fake.service_url, "", self.fake.tenant))
        accounts = TeamsAccounts(None, self.fake.tenant, self.clock)
        self.store = await wiring.open_store(self.settings, self.key, simulation=True)
        await self._publish()
        self.settled = wiring.Settled(self.settings, self.key, self.speakers, await wiring.load_published(self.store))
        sync = Sync(self._directory, (accounts,), self.store, self.clock)
        await sync.recall()
        self.service = Service(self.store, self.channels(), self.settled.setting, self.clock, RandomIds(), sync.look)
        heard = Heard(self.service, self.replies)
        for user in self.fake.users.values():
            accounts.learned(Account(PLATFORM, self.fake.tenant, user.aad, (user.email,), home=True))
        self.door = TeamsDoor(self.way, heard, self.service.setting, self.clock, accounts.learned, sync.look)
        await sync.look()
        await self.service.start(timers=timers)
        await self.door.start()
        application = web.Application()
        application.add_routes(self.door.routes())
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.fake.bot_url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/api/messages"

    def channels(self) -> Mapping[str, Channel]:
        beside = {name: way for name, way in super().channels().items() if name not in (STAGE, SECOND)}
        second = StageChannel(self.screens, self.weather, SECOND)
        return {PLATFORM: Mirror(self.way.channel, self.screens, self.handles), SECOND: second, **beside}

    def stage(self) -> TeamsStage:
        return TeamsStage(**vars(super().stage()), house=self)

    def user(self, person: PersonId) -> TeamsUser:
        found = self.people().by_id[person]
        account = next(one.chat for one in found.addresses if one.platform == PLATFORM)
        return next(user for user in self.fake.users.values() if user.aad == account)

    async def quiet(self) -> None:
        await self.fake.settle(bot=self._own_quiet)

    async def _own_quiet(self) -> None:
        await self.door.quiet()
        await self.service.quiet()

    async def turn(self, turn: Turn, person: PersonId | None) -> None:
        """`chat` is Teams; the other ways are as they are on the stage."""
        if turn.platform != STAGE:
            await super().turn(turn, person)
            return
        match turn.does:
            case Does.DOWN:
                self.fake.fault(op="any", times=-1, status=503)
            case Does.BACK:
                self.fake.faulty.waiting.clear()
            case Does.LEAVES if person is not None:
                await self.user(person).uninstall()
            case Does.BLOCKS if person is not None:
                self.user(person).state = "blocked"
            case Does.JOINS if person is not None:
                self.user(person).state = "installed"
                await self.service.installed(person, PLATFORM)
                await self.service.people_changed()
            case _:
                pass
        await self.quiet()

    async def close(self) -> None:
        await self._shut()
        await self.door.stop()
        await self.service.stop()
        await self.way.close()

    async def drop(self) -> None:
        """As a kill does; Teams finds nobody at home."""
        await self._shut()
        await self.door.stop()
        await super().drop()
        await self.way.close()

    async def _shut(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None


@asynccontextmanager
async def teams_house(settings: Settings, start: datetime) -> AsyncIterator[TeamsHouse]:
    """A house whose people all have the bot, in the tenant, by their e-mails."""
    clock = MovableClock(start)
    moment = Mock(wraps=datetime, now=lambda tz: clock.now())  # PyJWT looks at the machine's clock
    with patch("jwt.api_jwt.datetime", moment), tempfile.TemporaryDirectory(prefix="bistand-") as folder:
        async with FakeTeams(**of(clock), signed=True, require_token=TOKEN, limits=UNHURRIED) as fake:
            url = f"sqlite+aiosqlite:///{Path(folder) / 'teams.sqlite'}"
            made = TeamsHouse(settings, url, clock, fake)
            for person in made._directory.people():
                fake.add_user(person.first_name.casefold(), person.name, email=person.mail, state="installed")
            await made.open()
            try:
                yield made
            finally:
                await made.close()
