"""How an activity comes to the bot.

Rule 1. The bot answers a message within 15 s (bot-builder-howto-long-operations-guidance.md), an invoke within 5 s
        (respond-to-task-module-submit.md). A message's answer is 200, 201 or 202; an invoke's is read.
Rule 2. An invoke without an answer is sent again, as often as the limits say. A message never is: no rule was found.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import aiohttp

from tests.fakes.teams.wire import Json, obj

if TYPE_CHECKING:
    from tests.fakes.teams.tenant import FakeTeams


@dataclass(frozen=True, slots=True)
class Delivery:
    """What the bot answered."""

    status: int | None  # None: nothing, in time
    body: object = None
    elapsed: float = 0.0  # seconds on the fake's clock
    error: str = ""

    @property
    def answer(self) -> Json:
        """The body, if it is an object."""
        return obj(self.body)


async def deliver(teams: FakeTeams, activity: Json) -> Delivery:
    """Send this to the bot, as Teams does; returns its last answer."""
    invoke = activity["type"] == "invoke"
    limit = teams.limits.invoke_timeout if invoke else teams.limits.message_timeout
    done = Delivery(None)
    with teams.activity.busy():
        for attempt in range(1 + (teams.limits.invoke_retries if invoke else 0)):
            done = await _attempt(teams, activity, _authorization(teams, activity), limit)
            came = {"status": done.status, "body": done.body, "error": done.error, "elapsed": round(done.elapsed, 3)}
            teams.record("teams->bot", attempt=attempt, activity=activity, **came)
            if done.status is not None:
                break
    what = f"{activity['type']} {activity.get('name', '')}".strip()
    if done.status is None:
        teams.lint(f"bot gave no answer to {what} within {limit:g} s ({done.error})")
    elif not invoke and done.status not in (200, 201, 202):
        teams.lint(f"bot answered HTTP {done.status} to {what}")
    return done


async def impersonate(teams: FakeTeams, activity: Json, authorization: str | None) -> Delivery:
    """Send this to the bot, as somebody else may; whatever it answers is no lint."""
    with teams.activity.busy():
        done = await _attempt(teams, activity, authorization, teams.limits.message_timeout)
    teams.record("forged->bot", activity=activity, status=done.status, body=done.body, error=done.error)
    return done


def _authorization(teams: FakeTeams, activity: Json) -> str | None:
    if teams.bot_auth is None:
        return teams.signer.header(activity) if teams.signed else None
    return teams.bot_auth() if callable(teams.bot_auth) else teams.bot_auth


async def _attempt(teams: FakeTeams, activity: Json, auth: str | None, limit: float) -> Delivery:
    start = teams.now()
    try:
        status, body = await _in_time(teams, _post(teams, activity, auth), limit)
    except (TimeoutError, aiohttp.ClientError, OSError, ValueError) as e:
        return Delivery(None, None, teams.now() - start, type(e).__name__)
    return Delivery(status, body, teams.now() - start)


async def _post(teams: FakeTeams, activity: Json, auth: str | None) -> tuple[int, object]:
    head = {"Content-Type": "application/json; charset=utf-8"} | ({"Authorization": auth} if auth else {})
    async with teams.http.post(teams.bot_url, data=json.dumps(activity).encode(), headers=head) as r:
        raw = await r.text()
        return r.status, json.loads(raw) if raw and "json" in r.content_type else raw or None


async def _in_time(
    teams: FakeTeams, work: Coroutine[Any, Any, tuple[int, object]], seconds: float
) -> tuple[int, object]:
    """The work's outcome. Raises TimeoutError when the fake's clock passes so many seconds first."""
    task = asyncio.ensure_future(work)
    alarm = asyncio.ensure_future(teams.sleep(seconds))
    try:
        await asyncio.wait({task, alarm}, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            return task.result()
        raise TimeoutError
    finally:
        task.cancel()
        alarm.cancel()
        await asyncio.gather(task, alarm, return_exceptions=True)
