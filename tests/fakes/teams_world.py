"""A fake Teams whose clock the test moves, and a bot in it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
from aiohttp import web

from tests.fakes.slack.clock import MovableClock
from tests.fakes.slack_world import at_once
from tests.fakes.teams.tenant import FakeTeams
from tests.fakes.teams.user import TeamsUser
from tests.fakes.teams_bot import Got, Json, TeamsBot


@dataclass
class World:
    fake: FakeTeams
    clock: MovableClock
    bot: TeamsBot
    erin: TeamsUser
    max: TeamsUser

    async def settle(self) -> None:
        await self.fake.settle(bot=at_once)

    # The connector, called by hand
    async def call(self, method: str, path: str, body: object = None) -> Got:
        return await self.bot.raw(method, self.fake.service_url.rstrip("/") + path, body)

    async def chat(self, user: TeamsUser, method: str, path: str, body: object = None) -> Got:
        return await self.bot.call(self._from(user), method, path, body)

    async def send(self, user: TeamsUser, body: Json) -> Got:
        return await self.chat(user, "POST", "activities", body)

    def _from(self, user: TeamsUser) -> Json:
        return {"serviceUrl": user.service_url, "conversation": {"id": user.conversation}}


@asynccontextmanager
async def teams_world(*, installed: bool = True, **options: Any) -> AsyncIterator[World]:
    """`installed`: for both of its users already; the bot has heard nothing of it."""
    clock = MovableClock()
    async with FakeTeams(now=clock.now, sleep=clock.sleep, **options) as fake, aiohttp.ClientSession() as http:
        state: Any = "installed" if installed else "never"
        bot = TeamsBot(http, token=options.get("require_token"))
        made = World(
            fake,
            clock,
            bot,
            fake.add_user("erin", "Erin Employee", state=state),
            fake.add_user("max", "Max Manager", state=state),
        )
        app = web.Application()
        app.router.add_post("/api/messages", bot.messages)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        fake.bot_url = f"http://127.0.0.1:{runner.addresses[0][1]}/api/messages"
        try:
            yield made
        finally:
            await runner.cleanup()
