"""A strict fake Slack workspace on loopback.

It serves the Web API, Socket Mode, files and response_urls a bot uses, checks every payload against Slack's documented
types and limits, and lets a test (or a person) act as named users.

    fake = await FakeSlack(bot_url="http://127.0.0.1:3000/slack/events").start()   # HTTP mode
    fake = await FakeSlack().start()                                               # Socket Mode
    AsyncWebClient(token=fake.bot_token, base_url=fake.api_url)                    # point the bot here
    ana = fake.add_user("ana", manager="boss")
    await ana.dm("I want to report something"); await fake.settle(); print(ana.screen())
    await ana.click("start_report"); await ana.submit({"what": "..."}); assert not fake.lints

Rule 1. The rules are those of docs.slack.dev (Block Kit, views, Web API methods, Events API, Socket Mode, signatures);
        each stands with its source. Where Slack documents nothing the comment says ASSUMED.
Rule 2. Time comes from `now` and `sleep`. With a `MovableClock` nothing waits for real: a test moves the clock.
Rule 3. Requests are signed at `signed_at` (the machine's time, unless the bot's own clock is another).
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Iterator, Mapping
from functools import partial
from types import TracebackType
from typing import Any, Self

import aiohttp
from aiohttp import web

from tests.fakes.slack import response_urls, web_api, web_api_auth, web_api_files, web_api_views
from tests.fakes.slack.actor import Actor
from tests.fakes.slack.clock import Now, Sleep
from tests.fakes.slack.console import command
from tests.fakes.slack.delivery import Delivery, Request
from tests.fakes.slack.errors import Json
from tests.fakes.slack.faults import Faults, RateLimits
from tests.fakes.slack.records import Records
from tests.fakes.slack.sight import Shown, Sight
from tests.fakes.slack.socket_mode import SocketMode

Page = Callable[["FakeSlack", web.Request], Awaitable[web.StreamResponse]]


class FakeSlack(Records):
    def __init__(
        self,
        *,
        bot_url: str | None = None,
        interactivity_url: str | None = None,
        port: int = 0,
        signing_secret: str = "fake-signing-secret",
        bot_token: str = "xoxb-fake-bot",
        app_token: str = "xapp-1-fake",
        manifest: Json | None = None,
        scopes: Iterable[str] | None = None,
        time_scale: float = 1.0,
        ack_timeout: float = 3.0,
        trigger_ttl: float = 3.0,
        enforce_rate_limits: bool = False,
        post_burst: int = 1,
        enterprise_id: str | None = None,
        transcript: str | None = None,
        now: Now = time.time,
        sleep: Sleep = asyncio.sleep,
        signed_at: Now = time.time,
    ) -> None:
        super().__init__(now, sleep, bot_token, manifest or {}, scopes, transcript)
        self.bot_url, self.interactivity_url, self.port = bot_url, interactivity_url or bot_url, port
        self.signing_secret, self.app_token, self.signed_at = signing_secret, app_token, signed_at
        self.time_scale, self.ack_timeout, self.trigger_ttl = time_scale, ack_timeout, trigger_ttl
        self.enforce_rate_limits, self.post_burst, self.enterprise_id = enforce_rate_limits, post_burst, enterprise_id
        self.origin = self.api_url = ""
        self.actors: dict[str, Actor] = {}
        self.faulty, self.limits = Faults(), RateLimits(now)
        self.delivery, self.socket_mode, self.sight = Delivery(self), SocketMode(self), Sight(self)
        self._tasks: set[asyncio.Task[Any]] = set()

    # Life cycle
    async def start(self) -> Self:
        app = web.Application(client_max_size=1 << 28)
        for path, page in {
            "/api/{method}": web_api.call,
            "/upload/v1/{token}": web_api_files.upload,
            "/files-pri/{rest:.*}": web_api_files.download,
            "/login": web_api_files.login,
            "/actions/{token}": response_urls.answer,
            "/oauth/v2/authorize": web_api_auth.authorize,
        }.items():
            app.router.add_route("*", path, partial(self._busily, page))
        app.router.add_get("/link/", partial(self.socket_mode.connect, self))
        app.router.add_post("/_fake/cmd", self._control)
        app.router.add_get("/_fake/transcript", self._transcript)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()
        self.port = self._runner.addresses[0][1]
        self.origin = f"http://127.0.0.1:{self.port}"
        self.api_url = self.origin + "/api/"
        self.http = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=None))
        return self

    async def stop(self) -> None:
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for ws in list(self.sockets):
            await ws.close()
        await self.http.close()
        await self._runner.cleanup()
        if self._file:
            self._file.close()

    __aenter__ = start

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def _busily(self, page: Page, request: web.Request) -> web.StreamResponse:
        with self.activity.busy():
            return await page(self, request)

    async def _control(self, request: web.Request) -> web.Response:
        return web.Response(text=await command(self, (await request.text()).strip()))

    async def _transcript(self, request: web.Request) -> web.Response:
        return web.json_response(self.log)

    def spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    @staticmethod
    def drop(request: web.Request) -> None:
        """Cut this request's connection."""
        if request.transport is not None:
            request.transport.abort()

    # People and places
    def add_user(
        self,
        name: str,
        *,
        real_name: str | None = None,
        email: str | None = None,
        manager: str | None = None,
        uid: str | None = None,
        **over: Any,
    ) -> Actor:
        """`over`: deleted, is_restricted, is_ultra_restricted, is_stranger, team_id, locale, tz, ..."""
        uid = uid or self.new_id("U")
        record = self.user_record(uid, name, real_name or name.title(), email or f"{name}@example.com", **over)
        self.users[uid] = record
        if manager:
            record["profile"]["fields"]["Xf0MANAGER"] = {"value": self.uid(manager), "alt": ""}
        self.actors[name] = Actor(self, uid)
        return self.actors[name]

    def uid(self, who: str) -> str:
        return who if who in self.users else self.actors[who].uid

    def user(self, name: str) -> Actor:
        return self.actors[name] if name in self.actors else self.add_user(name)

    def add_channel(self, name: str, members: Iterable[str] = (), private: bool = False, bot: bool = True) -> str:
        """Returns its id. With somebody of another workspace in it, it is shared by Slack Connect."""
        cid = self.new_id("C")
        inside = {self.uid(m) for m in members} | ({self.bot_user} if bot else set())
        self.new_channel(cid, name, "group" if private else "channel", inside)
        return cid

    def new_file(
        self,
        owner: str,
        name: str,
        data: bytes | None = None,
        size: int | None = None,
        mimetype: str | None = None,
        filetype: str | None = None,
    ) -> Json:
        return web_api_files.create(self, owner, name, data, size, mimetype, filetype)

    # Faults
    @property
    def faults(self) -> list[Json]:
        return self.faulty.waiting

    def fault(
        self,
        method: str = "*",
        kind: str = "error",
        *,
        times: int = 1,
        after: int = 0,
        where: Callable[[Json], bool] | None = None,
        **data: Any,
    ) -> None:
        """kind: error(error=), ratelimit(retry_after=), http(status=), latency(seconds=), drop(applied=bool)."""
        self.faulty.add(method, kind, times, after, where, data)

    @property
    def installed(self) -> bool:
        return any(t["state"] == "ok" for t in self.tokens.values())

    def revoke(self, *, uninstalled: bool = False, token: str | None = None) -> None:
        """Take the bot's tokens (or one) back, and tell it.

        Then the Web API says token_revoked; of an app that was uninstalled account_inactive
        (docs.slack.dev/reference/events/tokens_revoked, .../app_uninstalled: their order is not guaranteed).
        """
        for held in [self.tokens[token]] if token else list(self.tokens.values()):
            held["state"] = "account_inactive" if uninstalled else "token_revoked"
        if uninstalled:
            self.event({"type": "app_uninstalled", "event_ts": self.ts()}, "app_uninstalled")
        gone = {"oauth": [], "bot": [self.bot_user]}
        self.event({"type": "tokens_revoked", "tokens": gone, "event_ts": self.ts()}, "tokens_revoked")

    def restore(self) -> None:
        """Installed again, with the same tokens."""
        for held in self.tokens.values():
            held["state"] = "ok"

    # Delivery to the bot
    def event(self, event: Json, subscription: str, **outer: object) -> asyncio.Future[Json] | None:
        return self.delivery.event(event, subscription, **outer)

    async def deliver(self, kind: str, payload: Json, attempt: int = 0, reason: str | None = None) -> Json:
        """kind: events_api, interactive, slash_commands. Returns {ok, status, body, reason, no_retry, ms}."""
        return await self.delivery.deliver(kind, payload, attempt, reason)

    def sign(self, body: str | bytes, ts: int | None = None) -> dict[str, str]:
        """The headers of a signed request; `ts` in seconds since 1970."""
        return self.delivery.sign(body, ts)

    async def post_raw(
        self, body: str | bytes, headers: Mapping[str, str] | None = None, url: str | None = None
    ) -> Json:
        """Send the bot whatever this is; unsigned, unless the headers are those of `sign`."""
        return await self.delivery.raw(body, headers, url)

    @property
    def requests(self) -> list[Request]:
        """All that was sent to the bot by HTTP."""
        return self.delivery.requests

    async def replay(self, request: Request | None = None) -> Json:
        """Send a request (the last one) once more, byte for byte."""
        return await self.delivery.replay(request or self.requests[-1])

    async def probe(self) -> dict[str, bool]:
        """Protocol checks of an HTTP bot: signature, age, url_verification, ssl_check. Every value should be True."""
        return await self.delivery.probe()

    async def socket_refresh(self, reason: str = "refresh_requested") -> None:
        """Ask every connection to reconnect, as Slack does from time to time."""
        await self.socket_mode.refresh(reason)

    def cut_sockets(self) -> int:
        """Break every connection off without a word. Returns how many there were."""
        return self.socket_mode.cut()

    def trigger(self, uid: str, view_id: str | None = None) -> str:
        """A new trigger_id; `view_id`: it came from within that modal."""
        return web_api_views.new_trigger(self, uid, view_id)

    def make_response_url(self, uid: str, ch: Json, ts: str | None = None, ephemeral: bool = False) -> str:
        return response_urls.make(self, uid, ch, ts, ephemeral=ephemeral)

    # Who sees what
    def visible(self, uid: str) -> Iterator[Shown]:
        """(where, text) of everything this person can look at now."""
        return self.sight.now(uid)

    def ever_shown(self, uid: str) -> list[Shown]:
        """(where, text) of everything that ever stood before this person, deleted and edited things too."""
        return self.sight.ever(uid)

    def who_sees(self, needle: str, *, now: bool = False) -> set[tuple[str, str]]:
        """(name, where) of everybody who can have read this; `now`: who can read it now."""
        look = self.visible if now else self.ever_shown
        people = [u for u in self.users if u != self.bot_user]
        return {(self.users[u]["name"], where) for u in people for where, text in look(u) if needle in text}
