"""Bolt, by HTTP and by Socket Mode: the door to `events` and `presses`.

Rule 1. The whole of a turn comes before the acknowledgement (`process_before_response`). Whether Slack has sent it
        before is seen by its id, never by a header: Socket Mode counts its first delivery as retry 0.
Rule 2. Bolt asks Slack nothing while a request waits: who the bot is, is known.
Rule 3. What fails is answered with a status, never with words; what was in it is logged nowhere.
Rule 4. A signature in letters that no signature has, and a moment that is none, are refused here: they would be errors
        further in. So is what Bolt itself stumbles over: it looks into a payload before any of ours does.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus

import structlog
from aiohttp import web
from slack_bolt import BoltResponse
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.error import BoltUnhandledRequestError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.events import Events
from adapters.slack.payloads import BadPayload
from adapters.slack.presses import Answer, Presses
from adapters.slack.workspace import Workspace

log = structlog.get_logger(__name__)
SIGNATURE, TIMESTAMP = "X-Slack-Signature", "X-Slack-Request-Timestamp"
_MOMENT = re.compile(r"\d{1,12}", re.ASCII)
ANY = re.compile(".*", re.DOTALL)
Take = Callable[[object], Awaitable[None]]
AnswerTo = Callable[[object], Awaitable[Answer]]


class Listeners:
    """Each kind of request, and who takes it."""

    def __init__(self, events: Events, presses: Presses) -> None:
        self._events = events
        self._presses = presses

    def listen(self, app: AsyncApp) -> None:
        events, presses = self._events, self._presses
        app.event("message")(_taking(events.message))
        app.event("app_mention")(_taking(events.mentioned))
        app.event("app_home_opened")(_taking(events.home_opened))
        app.event(ANY)(_taking(events.other))
        app.action(ANY)(_taking(presses.pressed))
        app.view_submission(ANY)(_answering(presses.submitted))
        app.view_closed(ANY)(_taking(presses.closed))
        app.shortcut(ANY)(_taking(presses.called))
        app.command(ANY)(_answering(presses.typed))
        app.options(ANY)(_answering(presses.suggest))


class NotTaken(Exception):
    """Raised where one of ours failed: Slack is to send it again. All other failures are Bolt's, at a payload."""


@contextmanager
def _ours() -> Iterator[None]:
    try:
        yield
    except BadPayload:
        raise
    except Exception as error:
        log.warning("slack_not_taken", error=type(error).__name__)
        raise NotTaken from error


def _taking(take: Take) -> Callable[..., Awaitable[None]]:
    async def listener(ack: AsyncAck, body: dict[str, object]) -> None:
        with _ours():
            await take(body)
        await ack()

    return listener


def _answering(answer: AnswerTo) -> Callable[..., Awaitable[None]]:
    async def listener(ack: AsyncAck, body: dict[str, object]) -> None:
        with _ours():
            given = await answer(body)
        await (ack(dict(given)) if given is not None else ack())

    return listener


def bolt(client: AsyncWebClient, signing_secret: str | None, workspace: Workspace, listeners: Listeners) -> AsyncApp:
    """The app. Without a signing secret, which only HTTP has, requests are not to reach it by HTTP."""

    async def authorize() -> AuthorizeResult:
        known = workspace.identity
        return AuthorizeResult(
            enterprise_id=known.enterprise if known is not None else None,
            team_id=known.team if known is not None else None,
            bot_token=client.token,
            bot_id=known.bot_id if known is not None else None,
            bot_user_id=known.bot_user if known is not None else None,
        )

    app = AsyncApp(
        name="bistand",  # else it looks through the whole stack for one
        signing_secret=signing_secret or "",
        request_verification_enabled=signing_secret is not None,
        client=AsyncWebClient(base_url=client.base_url),
        authorize=authorize,
        process_before_response=True,
        raise_error_for_unhandled_request=True,
    )
    app.error(_failed)
    listeners.listen(app)
    return app


async def _failed(error: Exception) -> BoltResponse:
    """Rule 3. What Slack sends again comes again; a payload that is none of Slack's never will be one."""
    match error:
        case NotTaken():
            return BoltResponse(status=HTTPStatus.INTERNAL_SERVER_ERROR)
        case BoltUnhandledRequestError():
            return BoltResponse(status=HTTPStatus.NOT_FOUND)
        case _:
            log.warning("slack_unreadable", error=type(error).__name__)
            return BoltResponse(status=HTTPStatus.BAD_REQUEST)


def by_http(app: AsyncApp) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """What answers `POST /slack/events`."""

    async def handle(request: web.Request) -> web.StreamResponse:
        if not request.headers.get(SIGNATURE, "").isascii():
            return web.Response(status=HTTPStatus.UNAUTHORIZED)
        if not _MOMENT.fullmatch(request.headers.get(TIMESTAMP, "0")):
            return web.Response(status=HTTPStatus.UNAUTHORIZED)
        await request.read()  # what is too large is refused here
        try:
            asked = await to_bolt_request(request)
            answer = await app.async_dispatch(asked)
        except Exception as error:  # noqa: BLE001  whatever Bolt stumbles over; ours are NotTaken
            log.warning("slack_unreadable", error=type(error).__name__)
            return web.Response(status=HTTPStatus.BAD_REQUEST)
        return await to_aiohttp_response(answer)

    return handle
