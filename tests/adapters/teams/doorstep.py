"""The adapter alone: a fake Teams on one side, a bot that only records on the other, real HTTP, a clock that is moved.

Rule 1. PyJWT looks at the machine's clock: here it is given the test's.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from unittest.mock import Mock, patch

from aiohttp import web

from adapters.teams.access import Access
from adapters.teams.app import PATH
from adapters.teams.assembly import TeamsDoor, TeamsWay
from bot.core.events import Event
from bot.core.ids import CaseId
from bot.core.messages import Message
from bot.core.people import Address, People, Person, PersonId
from bot.core.replies import Nothing, Reply
from bot.errors import ChannelDown
from bot.runtime.accounts import Account
from bot.runtime.clocks import MovableClock
from bot.runtime.files import Attachment, NotKept
from bot.runtime.view import Setting
from bot.settings import is_loopback
from tests.fakes.slack.clock import of
from tests.fakes.teams.tenant import FakeTeams
from tests.fakes.teams.user import State, TeamsUser
from tests.runtime.making import START, setting

TOKEN = "first"


@dataclass
class Recorder:
    """A bot that takes everything, as `Bot` of `adapters.teams.ports`."""

    reply: Reply = field(default_factory=Nothing)
    events: list[Event] = field(default_factory=list)
    attached: list[Attachment] = field(default_factory=list)
    has_it: list[tuple[PersonId, bool]] = field(default_factory=list)  # who installed it, who removed it
    places: dict[PersonId, str] = field(default_factory=dict)

    async def take(self, event: Event) -> Reply:
        self.events.append(event)
        return self.reply

    async def attach(
        self, event_id: str, at: datetime, person: PersonId, platform: str, attached: tuple[Attachment, ...]
    ) -> Reply | NotKept:
        self.attached += attached
        return self.reply

    async def file(self, person: PersonId, case: CaseId, name: str) -> Attachment | None:
        return None

    async def cases(self, person: PersonId) -> Sequence[Message]:
        return ()

    async def installed(self, person: PersonId, platform: str) -> None:
        self.has_it.append((person, True))

    async def removed(self, person: PersonId, platform: str) -> None:
        self.has_it.append((person, False))

    async def moved(self, person: PersonId, platform: str, place: str) -> None:
        self.places[person] = place

    def lost(self, platform: str, error: ChannelDown) -> None:
        raise AssertionError

    def found(self, platform: str) -> None:
        raise AssertionError

    def told(self) -> tuple[object, ...]:
        """All that it was told, to see whether more has come."""
        return tuple(self.events), tuple(self.attached), tuple(self.has_it), tuple(self.places.items())


class Doorstep:
    def __init__(self, fake: FakeTeams, clock: MovableClock, access: Access) -> None:
        self.fake = fake
        self.clock = clock
        self.bot = Recorder()
        self.learned: list[Account] = []
        #: Done when the people are to look at accounts that are news.
        self.news: Callable[[], object] = lambda: None
        self._persons: dict[PersonId, Person] = {}
        self._setting = setting()
        self.erin, self.max = self.person("erin"), self.person("max")
        self.way = TeamsWay(access, clock, self.setting, lambda one: self.bot.places.get(one, ""), is_loopback)
        self.door = TeamsDoor(self.way, self.bot, self.setting, clock, self.learned.append, self._look)

    def person(self, key: str, state: State = "installed", **more: Any) -> TeamsUser:
        """Somebody of ours, with an account that is known to be theirs."""
        user = self.stranger(key, state, **more)
        self.joins(user)
        return user

    def joins(self, user: TeamsUser) -> None:
        """This account is a person's from now on."""
        own = Person(PersonId(user.key), user.name, addresses=(Address("teams", user.aad),))
        self._persons[own.id] = own
        self._setting = replace(self._setting, people=People(dict(self._persons)))

    def changes(self, **what: Any) -> None:
        """Something of the setting is another from now on."""
        self._setting = replace(self._setting, **what)

    def stranger(self, key: str, state: State = "installed", **more: Any) -> TeamsUser:
        return self.fake.add_user(key, state=state, **more)

    def setting(self) -> Setting:
        return self._setting

    async def _look(self) -> None:
        self.news()

    async def quiet(self) -> None:
        await self.fake.settle(bot=self.door.quiet)

    def calls(self, *ops: str) -> list[Any]:
        """What the bot asked of the connector and was answered, each with its `request` and `status`."""
        return [one for one in self.fake.log if one["dir"] in ("bot->teams", "fault") and one.get("op") in ops]


@asynccontextmanager
async def doorstep(*, anonymous: bool = False, tenants: Sequence[str] = (), **options: Any) -> AsyncIterator[Doorstep]:
    """`anonymous`: as tests of the whole may run, without any token; `tenants` are ours beside the fake's own.

    `options` are the fake's.
    """
    clock = MovableClock(START)
    own: dict[str, Any] = {} if anonymous else {"signed": True, "require_token": TOKEN}
    moment = Mock(wraps=datetime, now=lambda tz: clock.now())  # rule 1
    with patch("jwt.api_jwt.datetime", moment):
        async with FakeTeams(**of(clock), **own, **options) as fake, _doorstep(fake, clock, tenants, anonymous) as made:
            yield made


@asynccontextmanager
async def _doorstep(
    fake: FakeTeams, clock: MovableClock, tenants: Sequence[str], anonymous: bool
) -> AsyncIterator[Doorstep]:
    access = Access(
        app_id=fake.app_id,
        password=None if anonymous else "sesame",
        tenants=(fake.tenant, *tenants),
        anonymous=anonymous,
        keys_url=fake.openid_url,
        login_url=fake.origin,
    )
    made = Doorstep(fake, clock, access)
    application = web.Application()
    application.add_routes(made.door.routes())
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    fake.bot_url = f"http://127.0.0.1:{runner.addresses[0][1]}{PATH}"
    try:
        yield made
    finally:
        await runner.cleanup()
        await made.door.stop()
        await made.way.close()
