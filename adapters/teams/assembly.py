"""The Teams adapter, put together: its way out, and its door.

Rule 1. The way out is made first: the bot is made with it, and the door is made with the bot.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import ClientSession, TCPConnector, web

from adapters.teams.access import Access
from adapters.teams.app import PATH, Door, by_http
from adapters.teams.attaching import Attaching
from adapters.teams.channel import TeamsChannel
from adapters.teams.connector import Connector
from adapters.teams.courtesy import Courtesy
from adapters.teams.evidence import Evidence
from adapters.teams.gate import Gate
from adapters.teams.invokes import Invokes
from adapters.teams.keys import Keys
from adapters.teams.messages import Messages
from adapters.teams.ports import Bot
from adapters.teams.replies import Replies
from adapters.teams.roster import Roster
from adapters.teams.showing import Showing
from adapters.teams.tokens import Tokens
from adapters.teams.transport import Transport
from adapters.teams.who import Who
from bot.core.people import PersonId
from bot.runtime.accounts import Account
from bot.runtime.ports import Clock
from bot.runtime.view import Setting

#: Requests to Teams that are under way at once.
AT_ONCE = 100


class TeamsWay:
    """The way out, and what of it is needed before there is a bot."""

    def __init__(
        self,
        access: Access,
        clock: Clock,
        setting: Callable[[], Setting],
        place_of: Callable[[PersonId], str],
        is_here: Callable[[str], bool],
    ) -> None:
        """`setting` and `place_of` are asked when something is sent: there may be no bot yet."""
        self.access = access
        self.is_here = is_here
        self._setting = setting
        self.session = ClientSession(connector=TCPConnector(limit=AT_ONCE), auto_decompress=True)
        secret = access.password
        self.tokens = (
            Tokens(self.session, access.login_url, access.tenant, access.app_id, secret, clock)
            if secret is not None
            else None
        )
        self.connector = Connector(self.session, access, self.tokens)
        self.channel = TeamsChannel(self.connector, access.tenant, self.language, self.name, place_of)

    def language(self, person: PersonId) -> str:
        return self._setting().language_of(person)

    def name(self, person: str) -> str:
        found = self._setting().people.get(PersonId(person))
        return found.name if found is not None else ""

    async def close(self) -> None:
        """Once nothing is sent any more."""
        await self.session.close()


class TeamsDoor:
    def __init__(
        self,
        way: TeamsWay,
        bot: Bot,
        setting: Callable[[], Setting],
        clock: Clock,
        learned: Callable[[Account], None],
        look: Callable[[], Awaitable[None]],
    ) -> None:
        """`learned` takes accounts that are seen in chats; `look` lets the people look at them."""
        self._way = way
        replies = Replies(way.connector)
        courtesy = Courtesy(replies, setting, clock)
        who = Who(lambda: setting().people)
        roster = Roster(way.connector, clock, way.access.tenant, learned, look)
        self._gate = Gate(who, bot, way.channel, roster, courtesy, clock, way.language, way.access.tenants)
        evidence = Evidence(way.session, way.connector, lambda: setting().files.most, way.is_here)
        messages = Messages(self._gate, bot, replies, courtesy, Attaching(bot, evidence))
        showing = Showing(way.session, way.connector, bot, replies, way.is_here)
        invokes = Invokes(self._gate, bot, showing, way.name)
        self._keys = Keys(way.session, way.access.keys_url, clock)
        self._transport = Transport(way.access, self._keys, way.is_here)
        self._door = Door(self._gate, messages, invokes)

    def routes(self) -> list[web.RouteDef]:
        return [web.post(PATH, by_http(self._transport, self._door))]

    async def start(self) -> None:
        """Teams calls; nothing is to be begun."""

    async def quiet(self) -> None:
        """Return when nothing is under way behind what was acknowledged."""
        await self._gate.quiet()

    async def stop(self) -> None:
        await self._gate.stop()
        await self._keys.stop()
