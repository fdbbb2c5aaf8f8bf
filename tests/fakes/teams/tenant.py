"""A strict fake of Microsoft Teams on loopback: one tenant, the Bot Connector, and people who act in personal chats.

    async with FakeTeams(bot_url="http://127.0.0.1:3978/api/messages") as fake:
        erin = fake.add_user("erin", "Erin Employee")
        await erin.install(); await erin.say("hello"); print(erin.screen())
        await erin.submit("Send", {"note": "..."}); assert not fake.lints

Rule 1. The rules are those of MicrosoftDocs/msteams-docs; each stands with its source, a page by file name. CHOSEN marks
        our own, stricter choice: where Teams is lenient and real tenants then show a broken card, the fake refuses.
Rule 2. Time comes from `now` and `sleep`. With a `MovableClock` nothing waits for real: a test moves the clock.
Rule 3. What is legal but unwise is in `lints`; every exchange is in `log`, and in the transcript (JSON lines).
Rule 4. With `signed` the bot gets the Bot Connector's tokens (`signing`); files are in `files`, commands on messages of other
        chats in `extension`. Not in it: bots in groups and channels, mentions, single sign-on, true races (412: use a fault).
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import time
import uuid
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from types import TracebackType
from typing import Any, Self

import aiohttp
from aiohttp import web

from tests.fakes.slack.clock import Now, Sleep
from tests.fakes.teams import connector, extension, files, judging, signing, tokens
from tests.fakes.teams.console import command
from tests.fakes.teams.delivery import Delivery, deliver, impersonate
from tests.fakes.teams.extension import Context, Elsewhere
from tests.fakes.teams.faults import Fault, Faults
from tests.fakes.teams.limits import Limits
from tests.fakes.teams.records import Message, Records
from tests.fakes.teams.sight import Sight
from tests.fakes.teams.signing import Forgery, Signer
from tests.fakes.teams.throttling import Throttle
from tests.fakes.teams.user import State, TeamsUser
from tests.fakes.teams.wire import Json

Page = Callable[["FakeTeams", web.Request], Awaitable[web.StreamResponse]]


class FakeTeams(Records):
    def __init__(
        self,
        *,
        bot_url: str = "http://127.0.0.1:9/nobody",
        port: int = 0,
        tenant: str = "11111111-2222-3333-4444-555555555555",
        app_id: str = "00000000-0000-0000-0000-000000000b07",
        bot_name: str = "Bot",
        limits: Limits | None = None,
        strict: bool = True,
        supports_files: bool = True,
        commands: Mapping[str, Sequence[Context]] | None = None,
        require_token: str | None = None,
        bot_auth: str | Callable[[], str] | None = None,
        signed: bool = False,
        human_pause: float = 2.0,
        transcript: str | None = None,
        now: Now = time.time,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        """`require_token`: what the bot must send. `bot_auth`: the Authorization that it is sent; with `signed`, tokens as
        the Bot Connector's. `human_pause` in seconds. `commands`: those of the manifest and where they work; None: any."""
        super().__init__(now, sleep, transcript)
        self.bot_url, self.port, self.tenant = bot_url, port, tenant
        self.app_id, self.bot_id, self.bot_name = app_id, f"28:{app_id}", bot_name
        self.limits, self.strict, self.supports_files = limits or Limits(), strict, supports_files
        self.commands = commands
        self.files: dict[str, files.File] = {}
        self.require_token, self.bot_auth, self.signed = require_token, bot_auth, signed
        self.signer = Signer(self)
        self.fetches: Counter[str] = Counter()  # openid, keys, token: how often the bot asked
        self.sight = Sight(self)
        self.in_flight = self.most_in_flight = 0  # calls of the connector, at once
        self.users: dict[str, TeamsUser] = {}
        self.by_conversation: dict[str, TeamsUser] = {}
        self.faulty, self.throttle = Faults(), Throttle(self.limits, now, human_pause)
        self.origin = self.service_url = self.openid_url = ""
        self.elsewhere: set[str] = set()  # conversations that the bot is not in

    # Life cycle
    async def start(self) -> Self:
        app = web.Application(client_max_size=64 << 20)
        app.router.add_post("/_fake/cmd", self._control)
        app.router.add_get("/_fake/transcript", self._transcript)
        for page in ("openidconfiguration", "keys"):
            app.router.add_get(f"/v1/.well-known/{page}", partial(self._busily, signing.publish))
        app.router.add_post("/{tenant}/oauth2/v2.0/token", partial(self._busily, tokens.token))
        for method in ("GET", "PUT"):
            app.router.add_route(method, "/storage/{id}", partial(self._busily, files.storage))
        app.router.add_route("*", "/{tail:.*}", partial(self._busily, self._connector))
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()
        self.port = self._runner.addresses[0][1]
        self.origin = f"http://127.0.0.1:{self.port}"
        self.service_url = self.service_url_of(self.tenant)
        self.openid_url = f"{self.origin}/v1/.well-known/openidconfiguration"
        self.http = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=None))
        return self

    async def stop(self) -> None:
        await self.http.close()
        await self._runner.cleanup()
        self.close()

    __aenter__ = start

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def _busily(self, page: Page, request: web.Request) -> web.StreamResponse:
        with self.activity.busy():
            return await page(self, request)

    async def _connector(self, _: FakeTeams, request: web.Request) -> web.StreamResponse:
        self.in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        try:
            return await connector.serve(self, request)
        finally:
            self.in_flight -= 1

    async def _control(self, request: web.Request) -> web.Response:
        return web.Response(text=await command(self, (await request.text()).strip()))

    async def _transcript(self, request: web.Request) -> web.Response:
        return web.json_response(self.log)

    # People
    def opaque(self, value: str) -> str:
        """An id that says nothing, the same for the same value and bot."""
        digest = hashlib.sha512(f"{self.app_id}{value}".encode()).digest()
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")

    def add_user(
        self,
        key: str,
        name: str | None = None,
        *,
        email: str | None = None,
        state: State = "never",
        tenant: str | None = None,
        **over: Any,
    ) -> TeamsUser:
        """`email`: "" is none. `tenant`: another than ours. `over`: guest, locale, timezone, sends_empty_inputs."""
        home = tenant or self.tenant
        aad = str(uuid.uuid5(uuid.NAMESPACE_DNS, f"{home}/{key}"))
        mri, conversation = f"29:1{self.opaque(aad)}", f"a:1{self.opaque('c' + aad)}"
        mail = f"{key}@example.com" if email is None else email
        user = TeamsUser(self, key, name or key.title(), aad, mri, conversation, mail, state, home, **over)
        self.users[key] = self.by_conversation[conversation] = user
        return user

    def tenants(self) -> set[str]:
        return {self.tenant, *(u.tenant for u in self.users.values())}

    def service_url_of(self, tenant: str) -> str:
        """Where the bot writes to people of this tenant: with a path and a trailing slash, as the real one."""
        return f"{self.origin}/amer/{tenant}/"

    def names(self) -> dict[str, str]:
        """People's names, by their ids in the directory."""
        return {u.aad: u.name for u in self.users.values()}

    def posted(self, user: TeamsUser, message: Message) -> None:
        """A person wrote this into their chat."""
        self.messages[user.conversation].append(message)
        self.sight.message(user, message)

    def post_elsewhere(
        self, by: TeamsUser | str, text: str, *, chat: str = "19:a1b2c3d4e5f60718293a4b5c6d7e8f90@thread.v2"
    ) -> Elsewhere:
        """A message in a chat without the bot, of a person or of an app of this name."""
        return extension.post(self, by, text, chat)

    def who_sees(self, needle: str, *, now: bool = False) -> set[tuple[str, str]]:
        """(key, where) of everybody who can have read this; `now`: who can read it in their chat now."""
        look = self.sight.now if now else self.sight.ever
        return {(u.key, where) for u in self.users.values() for where, text in look(u) if needle in text}

    # Between the bot and its users
    def fault(self, **what: Any) -> Fault:
        """Let something go wrong; `what`: the fields of `Fault`."""
        fault = Fault(**what)
        self.faulty.waiting.append(fault)
        return fault

    async def to_bot(self, activity: Json) -> Delivery:
        """Send the bot what a user did, or send it once more."""
        self.throttle.user_acted()
        return await deliver(self, activity)

    async def to_bot_forged(self, activity: Json, how: Forgery) -> Delivery:
        """Send the bot what it must refuse: an activity whose Authorization does not hold."""
        return await impersonate(self, activity, self.signer.forged(activity, how))

    def rollover(self) -> None:
        """Sign with a new key; the old one is no longer published."""
        self.signer.rollover()

    def judge_answer(self, card: object, where: str) -> None:
        """Note what is wrong with a card in the answer to an invoke."""
        judging.judge_answer(self, card, where)
