"""Socket Mode: Slack is called, and sends what happens down the line. No address of ours is open to the internet.

Rule 1. A line stands for as long as the bot runs, however often Slack closes it or cannot be reached. The bot's start
        waits for one attempt only. Each attempt has a ticket of its own: a ticket opens one line.
Rule 2. A line that Slack is about to close is read to its end while the next one stands already.
Rule 3. What was not taken is not acknowledged: Slack sends its events again.
Slack's own client waits for each of these by a clock of its own, and tries a used ticket again for ever.
"""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from http import HTTPStatus

import structlog
from aiohttp import ClientSession, ClientWebSocketResponse
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest

from adapters.slack.access import PATIENCE, new_client
from adapters.slack.channel import FAILURES
from adapters.slack.payloads import BadPayload, Envelope, read
from adapters.slack.verdicts import verdict
from bot.runtime.ports import Clock
from bot.runtime.retries import pause

log = structlog.get_logger(__name__)
PING_EVERY = 10.0
#: A line that stood so long was a good one: the next is opened at once.
STOOD = timedelta(minutes=1)
#: Why Slack closes a line that is well: it wants another in its place.
RENEWED = ("warning", "refresh_requested")
#: Seconds that what is being taken gets when the bot stops.
STOP_WITHIN = 3.0


class Socket:
    def __init__(self, app: AsyncApp, app_token: str, api_url: str, clock: Clock) -> None:
        self._app = app
        self._token = app_token
        self._client = new_client(None, api_url)
        self._clock = clock
        self._session: ClientSession | None = None
        self._tried = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._lines: set[asyncio.Task[None]] = set()
        self._taking: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Open the line; where that fails, go on trying behind."""
        self._session = ClientSession()
        self._task = asyncio.create_task(self._keep(self._session), name="slack socket")
        await self._tried.wait()

    async def stop(self) -> None:
        """Take what has come already, for a moment, and acknowledge it."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        if self._taking:
            await asyncio.wait(self._taking, timeout=STOP_WITHIN)
        standing = [*self._lines, *self._taking]
        for task in standing:
            task.cancel()
        await asyncio.gather(*standing, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    async def _keep(self, session: ClientSession) -> None:
        """Rule 1."""
        failures = 0
        while True:
            if failures:
                await self._clock.wait_until(self._clock.now() + pause(failures - 1))
            socket = await self._tried_to_open(session)
            self._tried.set()
            failures = 0 if socket is not None and await self._stands(socket) else failures + 1

    async def _tried_to_open(self, session: ClientSession) -> ClientWebSocketResponse | None:
        try:
            return await self._opened(session)
        except FAILURES as error:
            log.warning("socket_not_open", reason=str(verdict(error)))
        except Exception:
            log.exception("socket_broke")
        return None

    async def _opened(self, session: ClientSession) -> ClientWebSocketResponse:
        """A line on which Slack has said hello."""
        answer = await self._client.apps_connections_open(app_token=self._token)
        async with asyncio.timeout(PATIENCE):
            socket = await session.ws_connect(str(answer["url"]), heartbeat=PING_EVERY, proxy=self._client.proxy)
            hello = await socket.receive()
        if _envelope(hello.data).type != "hello":
            await socket.close()
            raise BadPayload("hello")
        log.info("socket_open")
        return socket

    async def _stands(self, socket: ClientWebSocketResponse) -> bool:
        """Return when another line is needed: whether at once."""
        over: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        line = asyncio.create_task(self._listen(socket, over), name="slack line")
        self._lines.add(line)
        line.add_done_callback(self._lines.discard)
        return await over

    async def _listen(self, socket: ClientWebSocketResponse, over: asyncio.Future[bool]) -> None:
        since = self._clock.now()
        try:
            async for message in socket:
                self._heard(socket, message.data, over)
        finally:
            if not over.done():
                over.set_result(self._clock.now() - since >= STOOD)
            await socket.close()

    def _heard(self, socket: ClientWebSocketResponse, data: object, over: asyncio.Future[bool]) -> None:
        try:
            envelope = _envelope(data)
        except BadPayload:
            log.warning("socket_odd_message")
            return
        if envelope.type == "disconnect" and not over.done():
            over.set_result(envelope.reason in RENEWED)  # rule 2
        elif envelope.envelope_id:
            task = asyncio.create_task(self._take(socket, envelope), name="slack envelope")
            self._taking.add(task)
            task.add_done_callback(self._taking.discard)

    async def _take(self, socket: ClientWebSocketResponse, envelope: Envelope) -> None:
        try:
            asked = AsyncBoltRequest(mode="socket_mode", body=dict(envelope.payload))
            answer = await self._app.async_dispatch(asked)
        except Exception:
            log.exception("socket_not_taken")
            return
        if answer.status != HTTPStatus.OK:
            return  # rule 3
        told: dict[str, object] = {"envelope_id": envelope.envelope_id}
        if answer.body and envelope.accepts_response_payload:
            told["payload"] = json.loads(answer.body)
        try:
            await socket.send_json(told)
        except ConnectionError:
            log.warning("socket_gone")


def _envelope(data: object) -> Envelope:
    """Raises BadPayload."""
    try:
        return read(Envelope, json.loads(data) if isinstance(data, str) else None)
    except ValueError:
        raise BadPayload(Envelope.__name__) from None
