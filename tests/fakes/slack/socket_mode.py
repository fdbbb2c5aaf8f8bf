"""Socket Mode: tickets, connections, envelopes and their acks (docs.slack.dev/apis/events-api/using-socket-mode).

Rule 1. A ticket of apps.connections.open opens one connection, within thirty seconds.
Rule 2. At most ten connections; each envelope goes to one of them (slackapi/node-slack-sdk#1654).
Rule 3. The ack carries a payload only where the envelope says so.
"""

from __future__ import annotations

import asyncio
import secrets
from typing import TYPE_CHECKING, Any

import aiohttp
from aiohttp import web

from tests.fakes.slack.errors import Json

if TYPE_CHECKING:
    from tests.fakes.slack.workspace import FakeSlack

CONNECTIONS = 10
GRACE = 0.3  # real seconds in which a client may reconnect before its connection is closed
NO_CONNECTION: Json = {"ok": False, "status": None, "body": None, "reason": "no_connection"}


class SocketMode:
    def __init__(self, slack: FakeSlack) -> None:
        self.slack = slack
        self._requests: dict[web.WebSocketResponse, web.Request] = {}

    async def connect(self, slack: FakeSlack, request: web.Request) -> web.StreamResponse:
        if slack.tickets.pop(request.query.get("ticket", ""), 0) < slack.now():
            return web.Response(status=401)
        ws = web.WebSocketResponse()
        await ws.prepare(request)
        if len(slack.sockets) >= CONNECTIONS:
            await ws.send_json({"type": "disconnect", "reason": "too_many_websockets", "debug_info": {}})
            await ws.close()
            return ws
        slack.sockets.append(ws)
        self._requests[ws] = request
        try:
            await self._listen(ws)
        finally:
            slack.sockets.remove(ws)
            del self._requests[ws]
            slack.record("socket", event="closed", connections=len(slack.sockets))
        return ws

    async def _listen(self, ws: web.WebSocketResponse) -> None:
        slack = self.slack
        hello = {
            "type": "hello",
            "num_connections": len(slack.sockets),
            "connection_info": {"app_id": slack.app_id},
            "debug_info": {"host": "fake", "build_number": 1, "approximate_connection_time": 18060},
        }
        await ws.send_json(hello)
        slack.record("socket", event="open", connections=len(slack.sockets))
        async for m in ws:
            if m.type == aiohttp.WSMsgType.TEXT:
                self._acked(m.json())

    def _acked(self, data: Any) -> None:
        waiting = self.slack.pending.get(data.get("envelope_id"))
        if waiting is None:
            self.slack.lint("Socket Mode ack for an unknown or expired envelope_id")
        elif not waiting.done():
            waiting.set_result(data.get("payload"))

    async def deliver(self, kind: str, payload: Json, attempt: int, reason: str | None) -> Json:
        slack = self.slack
        live = [w for w in slack.sockets if not w.closed]
        if not live:
            return dict(NO_CONNECTION)
        eid = "-".join(secrets.token_hex(n) for n in (4, 2, 2, 2, 6))
        takes = kind == "slash_commands" or payload.get("type") in ("view_submission", "block_suggestion")
        envelope = {"envelope_id": eid, "type": kind, "payload": payload, "accepts_response_payload": takes}
        if kind == "events_api":
            why = {"http_timeout": "timeout"}.get(reason or "", reason) or ""
            envelope |= {"retry_attempt": attempt, "retry_reason": why}
        acked = slack.pending[eid] = asyncio.get_running_loop().create_future()
        try:
            await live[next(slack.numbers) % len(live)].send_json(envelope)
            body = await slack.delivery.in_time(_outcome(acked))
        except (TimeoutError, ConnectionError):
            return {"ok": False, "status": None, "body": None, "reason": "timeout"}
        finally:
            slack.pending.pop(eid, None)
        if body and not takes:
            slack.lint(f"Socket Mode ack carries a payload but {payload.get('type')} does not accept one")
        return {"ok": True, "status": 200, "body": body, "reason": None}

    async def refresh(self, reason: str) -> None:
        """Ask every connection to reconnect, as Slack does from time to time."""
        for ws in list(self.slack.sockets):
            if reason == "refresh_requested":
                await ws.send_json({"type": "disconnect", "reason": "warning", "debug_info": {"host": "fake"}})
            await ws.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "fake"}})
            end = asyncio.get_running_loop().time() + GRACE
            while ws in self.slack.sockets and (left := end - asyncio.get_running_loop().time()) > 0:
                await self.slack.activity.changed(left)
            await ws.close()

    def cut(self) -> int:
        """Break every connection off without a word, as a lost network does. Returns how many there were."""
        for request in self._requests.values():
            self.slack.drop(request)
        return len(self._requests)


async def _outcome(waiting: asyncio.Future[Any]) -> Any:
    return await waiting
