"""Socket Mode: Slack is called, and sends what happens down the line. No address of ours is open to the internet.

Rule 1. The line is opened again for as long as the bot runs, however often Slack closes it or cannot be reached.
"""

from __future__ import annotations

import asyncio

import structlog
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.channel import FAILURES
from adapters.slack.verdicts import verdict
from bot.runtime.ports import Clock
from bot.runtime.retries import pause

log = structlog.get_logger(__name__)
PING_EVERY = 10.0


class Socket:
    def __init__(self, app: AsyncApp, app_token: str, api_url: str, clock: Clock) -> None:
        self._handler = AsyncSocketModeHandler(
            app, app_token, web_client=AsyncWebClient(base_url=api_url, retry_handlers=[]), ping_interval=PING_EVERY
        )
        self._clock = clock
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Open the line; where that fails, go on trying behind."""
        if not await self._opened(0):
            self._task = asyncio.create_task(self._open(), name="slack socket")

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        await self._handler.close_async()  # type: ignore[no-untyped-call]  # Bolt's

    async def _open(self) -> None:
        attempts = 1
        while not await self._opened(attempts):
            attempts += 1

    async def _opened(self, attempts: int) -> bool:
        if attempts:
            await self._clock.wait_until(self._clock.now() + pause(attempts))
        try:
            await self._handler.connect_async()  # type: ignore[no-untyped-call]  # Bolt's
        except FAILURES as error:
            log.warning("socket_not_open", reason=str(verdict(error)))
            return False
        return True
