"""The Slack adapter, put together: its way out, and its door by HTTP or Socket Mode.

Rule 1. The way out is made first: the bot is made with it, and the door is made with the bot.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from aiohttp import web

from adapters.slack.access import Access, new_client
from adapters.slack.app import Listeners, bolt, by_http
from adapters.slack.attaching import Attaching
from adapters.slack.channel import PLATFORM, SlackChannel
from adapters.slack.courtesy import Courtesy
from adapters.slack.events import Events
from adapters.slack.evidence import Evidence
from adapters.slack.gate import Gate
from adapters.slack.home import home_view, stranger_home
from adapters.slack.homes import Homes
from adapters.slack.manifest import PATH
from adapters.slack.pace import Pace
from adapters.slack.ports import Bot
from adapters.slack.presses import Presses
from adapters.slack.replies import Replies
from adapters.slack.showing import Showing
from adapters.slack.socket import Socket
from adapters.slack.who import Who
from adapters.slack.workspace import Workspace
from bot.core.people import PersonId
from bot.runtime.ports import Clock
from bot.runtime.view import Setting


class SlackWay:
    """The way out, and what of it is needed before there is a bot."""

    def __init__(self, access: Access, setting: Callable[[], Setting], pace: Pace | None = None) -> None:
        """`setting` is asked for when something is sent: there may be none yet."""
        self.access = access
        self.client = new_client(access.bot_token, access.api_url)
        self._wrote: Callable[[PersonId], None] = lambda _person: None
        self._setting = setting
        self.channel = SlackChannel(self.client, self.language, self.name, self._written, pace)

    def language(self, person: PersonId) -> str:
        return self._setting().language_of(person)

    def name(self, person: str) -> str:
        found = self._setting().people.get(PersonId(person))
        return found.name if found is not None else ""

    def _written(self, person: PersonId) -> None:
        self._wrote(person)

    def tells(self, wrote: Callable[[PersonId], None]) -> None:
        """From now on this is called with whoever was written to."""
        self._wrote = wrote


class SlackDoor:
    def __init__(
        self,
        way: SlackWay,
        bot: Bot,
        setting: Callable[[], Setting],
        clock: Clock,
        people_changed: Callable[[str], None],
    ) -> None:
        access, client = way.access, way.client
        self._access = access
        self._clock = clock
        self._bot = bot
        self._setting = setting
        self.workspace = Workspace(client, clock, lambda error: bot.lost(PLATFORM, error), lambda: bot.found(PLATFORM))
        replies = Replies(client, way.name, clock)
        courtesy = self._courtesy = Courtesy(client, replies, setting, clock)
        who = Who(lambda: setting().people)
        self._gate = Gate(who, self.workspace, courtesy, clock, way.language, access.teams)
        self._homes = Homes(client, self._home)
        self._attaching = Attaching(bot, Evidence(client, lambda: setting().files.most), clock)
        events = Events(
            self._gate, bot, replies, courtesy, self._attaching, self._homes, self.workspace.look, people_changed
        )
        presses = Presses(self._gate, bot, replies, courtesy, self._attaching, Showing(client, bot, replies))
        self._app = bolt(client, access.signing_secret, self.workspace, Listeners(events, presses))
        self._socket: Socket | None = None
        way.tells(self._homes.changed)

    def routes(self) -> list[web.RouteDef]:
        """What is served by HTTP; nothing in Socket Mode."""
        return [web.post(PATH, by_http(self._app))] if self._access.signing_secret is not None else []

    async def start(self) -> None:
        await self.workspace.start()
        if self._access.signing_secret is None and self._access.app_token is not None:
            self._socket = Socket(self._app, self._access.app_token, self._access.api_url, self._clock)
            await self._socket.start()

    async def quiet(self) -> None:
        """Return when nothing is under way behind what was acknowledged."""
        await self._gate.quiet()
        await self._homes.quiet()

    async def stop(self) -> None:
        if self._socket is not None:
            await self._socket.stop()
        await self.workspace.stop()
        await self._gate.stop()
        await self._homes.stop()
        await self._attaching.stop()

    async def _home(self, person: PersonId | None) -> Mapping[str, object]:
        setting = self._setting()
        if person is None:
            return stranger_home(self._courtesy.for_stranger())
        language = setting.language_of(person)
        begun = [flow for flow in reversed(setting.flows.in_order()) if flow.start.command is not None]  # as in a chat
        starts = [(flow.name, flow.say(flow.title, language)) for flow in begun]
        return home_view(await self._bot.cases(person), starts, language)
