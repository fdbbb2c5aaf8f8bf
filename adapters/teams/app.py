"""The door: `POST /api/messages`.

Rule 1. The whole of a turn comes before the answer. What fails is answered with a status, never with words; what was
        in it is logged nowhere.
Rule 2. A foreign tenant is refused; whoever is a stranger in ours is answered in the chat.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from http import HTTPStatus

import structlog
from aiohttp import web

from adapters.teams.gate import Gate
from adapters.teams.invokes import Invokes
from adapters.teams.messages import Messages
from adapters.teams.payloads import Activity, BadPayload, read
from adapters.teams.transport import INVOKE, Answer, Json, Transport

log = structlog.get_logger(__name__)
PATH = "/api/messages"


class Door:
    def __init__(self, gate: Gate, messages: Messages, invokes: Invokes) -> None:
        self._gate = gate
        self._messages = messages
        self._invokes = invokes

    async def take(self, sent: Json) -> Answer:
        """An activity that is proved to come from Teams."""
        try:
            activity = read(Activity, sent)
        except BadPayload:
            return Answer(HTTPStatus.BAD_REQUEST)
        if not self._gate.admits(activity):
            log.warning("foreign_tenant")
            return Answer(HTTPStatus.FORBIDDEN)
        if not activity.personal and activity.type != INVOKE:
            return Answer()  # the app is for personal chats: what is said elsewhere is not for the bot
        try:
            if activity.type == INVOKE:
                return await self._invokes.take(activity)
            await self._messages.take(activity)
        except BadPayload:
            return Answer(HTTPStatus.BAD_REQUEST)
        return Answer()


def by_http(transport: Transport, door: Door) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """What answers `POST /api/messages`."""

    async def handle(request: web.Request) -> web.StreamResponse:
        raw = await request.read()  # what is too large is refused here
        try:
            answer = await transport.receive(request.headers.get("Authorization"), raw, door.take)
        except Exception as error:  # noqa: BLE001  Teams is told that it was not taken
            log.warning("teams_not_taken", error=type(error).__name__)
            answer = Answer(HTTPStatus.INTERNAL_SERVER_ERROR)
        if answer.body is None:
            return web.Response(status=answer.status)
        return web.json_response(dict(answer.body), status=answer.status)

    return handle
