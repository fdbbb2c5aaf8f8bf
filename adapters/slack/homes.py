"""The app's home: what can be begun, and the person's cases as they are now.

Rule 1. It is made anew whenever it is opened, and again when its person was written to: so it holds nothing of a case
        that its person may see no more.
Rule 2. Only a home that was opened since the start is kept up to date.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.channel import FAILURES
from adapters.slack.verdicts import verdict
from bot.core.people import PersonId

log = structlog.get_logger(__name__)
View = Mapping[str, object]


class Homes:
    def __init__(self, client: AsyncWebClient, view: Callable[[PersonId | None], Awaitable[View]]) -> None:
        """`view` makes a home as it is now: a person's, or a stranger's."""
        self._client = client
        self._view = view
        self._people: dict[str, PersonId | None] = {}
        self._shown: dict[str, str] = {}
        self._stale: dict[str, None] = {}
        self._task: asyncio.Task[None] | None = None

    def opened(self, person: PersonId | None, account: str) -> None:
        """An account opened its home: a person's of ours, or a stranger's (None)."""
        self._people[account] = person
        self._shown.pop(account, None)
        self._mark(account)

    def changed(self, person: PersonId) -> None:
        """This person's home may have changed."""
        for account, whose in self._people.items():
            if whose == person:
                self._mark(account)

    def _mark(self, account: str) -> None:
        self._stale[account] = None
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._publish(), name="slack homes")

    async def quiet(self) -> None:
        """Return when every home stands as it should."""
        while self._task is not None and not self._task.done():
            await asyncio.shield(self._task)

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _publish(self) -> None:
        while self._stale:
            account = next(iter(self._stale))
            del self._stale[account]
            try:
                view = await self._view(self._people[account])
                stands = json.dumps(view, sort_keys=True)
                if self._shown.get(account) != stands:
                    await self._client.views_publish(user_id=account, view=dict(view))
                    self._shown[account] = stands
            except FAILURES as error:
                self._shown.pop(account, None)  # the next time it is opened, it is made anew
                log.warning("home_not_shown", reason=str(verdict(error)))
            except Exception:
                self._shown.pop(account, None)
                log.exception("home_failed")
