"""A fake Slack whose clock the test moves, and a bot in it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.slack.actor import Actor
from tests.fakes.slack.clock import MovableClock
from tests.fakes.slack.workspace import FakeSlack
from tests.fakes.slack_bot import listen


async def at_once() -> None:
    """This bot does all its work before it answers Slack, so it is quiet whenever Slack is."""


@dataclass
class World:
    fake: FakeSlack
    clock: MovableClock
    client: AsyncWebClient
    app: AsyncApp
    mode: str = "none"
    seen: dict[str, Any] = field(default_factory=dict)

    async def settle(self) -> None:
        await self.fake.settle(bot=at_once)

    @property
    def ana(self) -> Actor:
        return self.fake.user("ana")

    @property
    def boss(self) -> Actor:
        return self.fake.user("boss")

    @property
    def mallory(self) -> Actor:
        return self.fake.user("mallory")


@asynccontextmanager
async def world(mode: str, *, before: bool = True, **options: Any) -> AsyncIterator[World]:
    """mode: http, socket, none (no bot). `before`: the bot works before it answers Slack, else after."""
    clock = MovableClock()
    async with FakeSlack(now=clock.now, sleep=clock.sleep, **options) as fake:
        client = AsyncWebClient(token=fake.bot_token, base_url=fake.api_url)
        app = AsyncApp(signing_secret=fake.signing_secret, client=client, process_before_response=before)
        made = World(fake, clock, client, app, mode)
        listen(app, made.seen)
        fake.add_user("boss")
        fake.add_user("ana", manager="boss")
        fake.add_user("mallory")
        async with {"http": _http, "socket": _socket, "none": _none}[mode](made):
            yield made


@asynccontextmanager
async def _none(w: World) -> AsyncIterator[None]:
    yield


@asynccontextmanager
async def _http(w: World) -> AsyncIterator[None]:
    runner = web.AppRunner(w.app.web_app(path="/slack/events"), shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    w.fake.bot_url = w.fake.interactivity_url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    try:
        yield
    finally:
        await runner.cleanup()


@asynccontextmanager
async def _socket(w: World) -> AsyncIterator[None]:
    handler = AsyncSocketModeHandler(w.app, w.fake.app_token, ping_interval=1)
    await handler.connect_async()
    await w.fake.wait_for(lambda: w.fake.sockets)
    try:
        yield
    finally:
        await handler.close_async()
