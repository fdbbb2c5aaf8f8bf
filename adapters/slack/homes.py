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
    def __init__(self, client: AsyncWebClient, view: Callable[[PersonId], Awaitable[View]]) -> None:
        """`view` makes a person's home as it is now."""
        self._client = client
        self._view = view
        self._accounts: dict[PersonId, str] = {}
        self._shown: dict[PersonId, str] = {}
        self._stale: dict[PersonId, None] = {}
        self._task: asyncio.Task[None] | None = None

    def opened(self, person: PersonId, account: str) -> None:
        self._accounts[person] = account
        self._shown.pop(person, None)
        self.changed(person)

    def changed(self, person: PersonId) -> None:
        """This person's home may have changed."""
        if person in self._accounts:
            self._stale[person] = None
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
            person = next(iter(self._stale))
            del self._stale[person]
            try:
                view = await self._view(person)
                stands = json.dumps(view, sort_keys=True)
                if self._shown.get(person) != stands:
                    await self._client.views_publish(user_id=self._accounts[person], view=dict(view))
                    self._shown[person] = stands
            except FAILURES as error:
                self._shown.pop(person, None)  # the next time it is opened, it is made anew
                log.warning("home_not_shown", reason=str(verdict(error)))
            except Exception:
                self._shown.pop(person, None)
                log.exception("home_failed")
