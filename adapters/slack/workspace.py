"""Who the bot is in its workspace, and whether its token still works: Slack's own word for it.

Rule 1. Slack is asked once at the start. Until it has answered, nothing that comes in is known to be ours.
Rule 2. While the platform is down it is asked again every minute, and every ten minutes while it is up: a token that
        was revoked is seen though nobody is written to.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.channel import FAILURES
from adapters.slack.verdicts import verdict
from bot.errors import ChannelDown
from bot.runtime.clocks import nap
from bot.runtime.ports import Clock

log = structlog.get_logger(__name__)
WHILE_DOWN, WHILE_UP = timedelta(minutes=1), timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Identity:
    """What `auth.test` says: `team` is the workspace."""

    team: str
    bot_user: str
    bot_id: str
    enterprise: str | None = None


class Workspace:
    def __init__(
        self,
        client: AsyncWebClient,
        clock: Clock,
        down: Callable[[ChannelDown], None],
        up: Callable[[], None],
    ) -> None:
        """`down` and `up` are told what Slack says of the token."""
        self._client = client
        self._clock = clock
        self._down = down
        self._up = up
        self._task: asyncio.Task[None] | None = None
        self._well = True
        self._turned = asyncio.Event()
        self.identity: Identity | None = None

    async def start(self) -> None:
        await self.look()
        self._task = asyncio.create_task(self._watch(), name="slack workspace")

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def look(self) -> None:
        """Ask Slack who the bot is, and tell whether it answered."""
        try:
            answer = await self._client.auth_test()
        except FAILURES as error:
            found = verdict(error)
            if isinstance(found, ChannelDown):
                self._turn(well=False)
                self._down(found)
            return
        self.identity = Identity(
            team=str(answer["team_id"]),
            bot_user=str(answer["user_id"]),
            bot_id=str(answer.get("bot_id") or ""),
            enterprise=answer.get("enterprise_id"),
        )
        if not self._well:
            self._turn(well=True)
            self._up()

    def _turn(self, *, well: bool) -> None:
        """The watch looks sooner, or later, from now on."""
        if self._well is not well:
            self._well = well
            self._turned.set()

    async def _watch(self) -> None:
        while True:
            self._turned.clear()
            known = self._well and self.identity is not None
            until = self._clock.now() + (WHILE_UP if known else WHILE_DOWN)
            await nap(self._clock, until, self._turned)
            if self._clock.now() >= until:
                await self.look()
