"""What Slack sends to the bot: events with their retries, interactions, commands; signed over HTTP or by Socket Mode.

Rule 1. Events are sent again at once, after one minute, after five, unless the bot answers 2xx within three seconds or
        says X-Slack-No-Retry: 1 (docs.slack.dev/apis/events-api). Interactions and commands are sent once.
Rule 2. v0=HMAC-SHA256("v0:timestamp:body") (docs.slack.dev/authentication/verifying-requests-from-slack).
Rule 3. Nothing but app_uninstalled and tokens_revoked reaches an app that is not installed; whoever presses a button of
        it reads of an error. ASSUMED for a revoked token.
Rule 4. In a conversation shared by Slack Connect the outer `team_id` is that of whoever acts, `authorizations` hold ours
        (payloads recorded in bolt-python, test_events_shared_channels). ASSUMED: `context_team_id` is ours, and
        `user_team`, `source_team`, `user_profile` stand in messages of others.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlencode

import aiohttp

from tests.fakes.slack.errors import Json

if TYPE_CHECKING:
    from tests.fakes.slack.workspace import FakeSlack

RETRY_DELAYS = (0, 60, 300)  # Events API: at once, after 1 minute, after 5 minutes
FAREWELLS = ("app_uninstalled", "tokens_revoked")
AGENT = "Slackbot 1.0 (+https://api.slack.com/robots)"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Request:
    """What was sent to the bot, byte for byte."""

    url: str
    body: bytes
    headers: Mapping[str, str]


class Delivery:
    def __init__(self, slack: FakeSlack) -> None:
        self.slack = slack
        self.requests: list[Request] = []

    def event(self, event: Json, subscription: str, **outer: object) -> asyncio.Future[Json] | None:
        """Send an event; None: the bot does not get it. The future holds what came of the first attempt."""
        slack = self.slack
        event = {k: v for k, v in event.items() if v is not None}
        if slack.subscribed is not None and subscription not in slack.subscribed:
            slack.record("not_subscribed", event=subscription)
            return None
        if not slack.installed and event["type"] not in FAREWELLS:
            slack.record("not_installed", event=subscription)
            return None
        ch = slack.channels.get(event.get("channel", ""))
        if event["type"] == "message" and ch and slack.bot_user not in ch["members"]:
            return None
        first: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        slack.activity.begin()
        task = slack.spawn(self._send(self._envelope(event, ch) | outer, first))
        task.add_done_callback(partial(self._ended, first))
        return first

    def _ended(self, first: asyncio.Future[Json], _: asyncio.Task[None]) -> None:
        first.cancel()  # of no effect once it is known
        self.slack.activity.end()

    def _envelope(self, event: Json, ch: Json | None) -> Json:
        slack = self.slack
        ours = slack.team["id"]
        shared = ch is not None and slack.shared(ch)
        actor = slack.users.get(event.get("user", ""), {"team_id": ours})
        if shared and actor["team_id"] != ours:
            profile = {"team": actor["team_id"], "name": actor["name"], "real_name": actor["real_name"]}
            event |= {"user_team": actor["team_id"], "source_team": actor["team_id"], "user_profile": profile}
        authorization = {
            "enterprise_id": slack.enterprise_id,
            "team_id": ours,
            "user_id": slack.bot_user,
            "is_bot": True,
            "is_enterprise_install": False,
        }
        return {
            "token": "verification-token",
            "team_id": actor["team_id"] if shared else ours,
            "context_team_id": ours,
            "api_app_id": slack.app_id,
            "event": event,
            "type": "event_callback",
            "event_id": slack.new_id("Ev"),
            "event_time": int(slack.now()),
            "is_ext_shared_channel": shared,
            "event_context": "4-" + secrets.token_hex(6),
            "authorizations": [authorization],
        }

    async def _send(self, payload: Json, first: asyncio.Future[Json]) -> None:
        reason = None
        for attempt in range(1 + len(RETRY_DELAYS)):
            if attempt:
                await self.slack.activity.rest(RETRY_DELAYS[attempt - 1] * self.slack.time_scale)
            res = await self.deliver("events_api", payload, attempt, reason)
            if not first.done():
                first.set_result(res)
            if res["ok"] or res.get("no_retry"):
                return
            reason = res["reason"]
        self.slack.lint(f"event {payload['event']['type']} was given up after 3 retries ({reason})")

    async def deliver(self, kind: str, payload: Json, attempt: int = 0, reason: str | None = None) -> Json:
        """kind: events_api, interactive, slash_commands. Returns {ok, status, body, reason, no_retry, ms}."""
        start = time.perf_counter()
        with self.slack.activity.busy():
            if kind != "events_api" and not self.slack.installed:
                res: Json = {"ok": False, "status": None, "body": None, "reason": "not_installed"}
            else:
                send = self.http if self.slack.bot_url else self.slack.socket_mode.deliver
                res = await send(kind, payload, attempt, reason)
            res["ms"] = round(1000 * (time.perf_counter() - start), 1)
            self.slack.record(
                "deliver", envelope=kind, attempt=attempt, retry_reason=reason, payload=payload, result=res
            )
        return res

    async def in_time(self, work: Coroutine[Any, Any, T]) -> T:
        """The work's outcome. Raises TimeoutError when the fake's clock passes the three seconds first."""
        task = asyncio.ensure_future(work)
        alarm = asyncio.ensure_future(self.slack.sleep(self.slack.ack_timeout))
        try:
            await asyncio.wait({task, alarm}, return_when=asyncio.FIRST_COMPLETED)
            if task.done():
                return task.result()
            raise TimeoutError
        finally:
            task.cancel()
            alarm.cancel()
            await asyncio.gather(task, alarm, return_exceptions=True)

    def sign(self, body: str | bytes, ts: int | None = None) -> dict[str, str]:
        stamp = str(int(self.slack.signed_at()) if ts is None else ts)
        raw = body.encode() if isinstance(body, str) else body
        mac = hmac.new(self.slack.signing_secret.encode(), f"v0:{stamp}:".encode() + raw, hashlib.sha256)
        return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": "v0=" + mac.hexdigest()}

    async def http(
        self,
        kind: str,
        payload: Json,
        attempt: int = 0,
        reason: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Json:
        if kind == "events_api":
            url, body, content_type = self.slack.bot_url, json.dumps(payload), "application/json"
        else:
            form = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
            url, body = self.slack.interactivity_url, urlencode(form)
            content_type = "application/x-www-form-urlencoded"
        head = {"Content-Type": content_type, "User-Agent": AGENT, **self.sign(body)}
        if attempt:
            head |= {"X-Slack-Retry-Num": str(attempt), "X-Slack-Retry-Reason": reason or ""}
        request = Request(url or "", body.encode(), {**head, **(headers or {})})
        self.requests.append(request)
        return await self.post(request)

    async def post(self, request: Request) -> Json:
        try:
            return await self.in_time(self._post(request))
        except TimeoutError:
            return {"ok": False, "status": None, "body": None, "reason": "http_timeout"}
        except aiohttp.TooManyRedirects:
            return {"ok": False, "status": None, "body": None, "reason": "too_many_redirects"}
        except aiohttp.ClientError as e:
            return {"ok": False, "status": None, "body": str(e), "reason": "connection_failed"}

    async def _post(self, request: Request) -> Json:
        async with self.slack.http.post(request.url, data=request.body, headers=request.headers, max_redirects=2) as r:
            answer = await r.text()
            ok = 200 <= r.status < 300
            try:
                parsed = json.loads(answer) if answer.strip() else None
            except ValueError:
                parsed = answer
            return {
                "ok": ok,
                "status": r.status,
                "body": parsed,
                "reason": None if ok else "http_error",
                "no_retry": r.headers.get("X-Slack-No-Retry") == "1",
            }

    async def raw(self, body: str | bytes, headers: Mapping[str, str] | None, url: str | None) -> Json:
        """Send whatever this is, with these headers alone."""
        head = {"Content-Type": "application/json", **(headers or {})}
        raw = body.encode() if isinstance(body, str) else body
        with self.slack.activity.busy():
            res = await self.post(Request(url or self.slack.bot_url or "", raw, head))
            self.slack.record("raw", headers=head, result=res)
        return res

    async def replay(self, request: Request) -> Json:
        with self.slack.activity.busy():
            res = await self.post(request)
            self.slack.record("replay", result=res)
        return res

    async def probe(self) -> dict[str, bool]:
        """Protocol checks of an HTTP bot: signature, age, url_verification, ssl_check. Every value should be True."""
        asked = {"type": "url_verification", "token": "t", "challenge": secrets.token_hex(8)}
        body, now = json.dumps(asked), int(self.slack.signed_at())
        good = await self.http("events_api", asked)
        echoed = good["body"] in (asked["challenge"], {"challenge": asked["challenge"]})
        out = {"url_verification": good["ok"] and echoed}
        wrong = {
            "wrong_signature": {"X-Slack-Signature": "v0=" + "0" * 64},
            "stale_timestamp": self.sign(body, now - 301),
            "future_timestamp": self.sign(body, now + 301 + 5),  # the bot's second may be a later one
        }
        for name, head in wrong.items():
            answer = await self.http("events_api", asked, headers=head)
            out[f"rejects_{name}"] = answer["status"] in (400, 401, 403)
        out["ssl_check"] = (await self.http("slash_commands", {"ssl_check": "1", "token": "t"}))["ok"]
        out["rejects_unsigned"] = (await self.raw(body, None, None))["status"] in (400, 401, 403)
        return out
