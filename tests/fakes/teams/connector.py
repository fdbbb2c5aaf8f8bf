"""The Bot Connector: what a bot calls at its serviceUrl (rest-api/bot-framework-rest-connector-api-reference.md).

Rule 1. The service URL has a path and a trailing slash, as the real one; who joins it wrongly gets 404 and a lint.
Rule 2. Faults come first, then limits, then the call itself. A fault with `after` answers in the place of a success.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from aiohttp import web

from tests.fakes.teams import conversations, files, members
from tests.fakes.teams.conversations import Answer, Call
from tests.fakes.teams.errors import ConnectorError
from tests.fakes.teams.faults import Fault, Operation
from tests.fakes.teams.wire import obj

if TYPE_CHECKING:
    from tests.fakes.teams.tenant import FakeTeams

Handler = Callable[["FakeTeams", Call], Answer]


CHAT, ID = "/v3/conversations/([^/]+)", "([^/]+)"


@dataclass(frozen=True, slots=True)
class Route:
    method: str
    path: str  # a pattern; its groups are the call's ids
    op: Operation
    handler: Handler


def _picture(teams: FakeTeams, call: Call) -> Answer:
    return Answer(200, picture=files.picture(teams, call))


ROUTES = (
    Route("POST", "/v3/conversations", "create", conversations.create),
    Route("POST", f"{CHAT}/activities", "send", conversations.send),
    Route("POST", f"{CHAT}/activities/{ID}", "send", conversations.send),
    Route("PUT", f"{CHAT}/activities/{ID}", "update", conversations.update),
    Route("DELETE", f"{CHAT}/activities/{ID}", "delete", conversations.delete),
    Route("GET", f"{CHAT}/(?:members|activities/[^/]+/members)", "members_all", members.everybody),
    Route("GET", f"{CHAT}/pagedmembers", "members_paged", members.page),
    Route("GET", f"{CHAT}/members/{ID}", "members_one", members.one),
    Route("GET", f"/v3/attachments/{ID}/views/original", "picture", _picture),
)


async def serve(teams: FakeTeams, request: web.Request) -> web.StreamResponse:
    path, op = request.rel_url.raw_path, "?"
    body = _parsed(await request.read())
    fault: Fault | None = None
    headers: Mapping[str, str] = {}
    try:
        tenant, route, ids = _found(teams, request.method, path)
        op = route.op
        _authorised(teams, request, route.op)
        if fault := teams.faulty.take(route.op, _whose(teams, ids)):
            await teams.activity.rest(fault.latency)
            if fault.answers and not fault.after:
                return _fail(teams, request, fault, op, body)
        answer = _called(teams, route, Call(tenant, ids, obj(body), request.query), whole=isinstance(body, dict))
    except ConnectorError as e:
        answer, headers = Answer(e.status, e.body), e.headers
    if fault and fault.answers and answer.status < 300:
        return _fail(teams, request, fault, op, body)
    what = {"op": op, "method": request.method, "path": unquote(path), "request": body}
    teams.record("bot->teams", **what, status=answer.status, body=answer.body)
    if answer.picture:
        return web.Response(body=answer.picture[0], content_type=answer.picture[1])
    if answer.body is None:
        return web.Response(status=answer.status, headers=headers)
    return web.json_response(answer.body, status=answer.status, headers=headers)


def _parsed(raw: bytes) -> object:
    try:
        return json.loads(raw) if raw else None
    except ValueError:
        return None


def _found(teams: FakeTeams, method: str, path: str) -> tuple[str, Route, tuple[str, ...]]:
    """The tenant, the call that is meant, and the ids in its path. Raises ConnectorError."""
    at = re.fullmatch(r"/amer/([^/]+)(/.*)", path)
    tenant = at[1] if at and at[1] in teams.tenants() else None
    for route in ROUTES:
        m = re.fullmatch(route.path, at[2].rstrip("/")) if at and tenant else None
        if m and tenant and method == route.method:
            return tenant, route, tuple(unquote(g) for g in m.groups())
    if "//" in path or tenant is None:
        teams.lint(f"bot joined the service URL wrongly: {method} {path}")
    raise ConnectorError(404, "NotFound", f"No resource at {path}")


def _authorised(teams: FakeTeams, request: web.Request, op: Operation) -> None:
    """Pictures are for nobody but the bot, whatever the test asks of other calls. Raises ConnectorError."""
    sent = request.headers.get("Authorization", "")
    bare = op == "picture" and not sent.startswith("Bearer ")
    if bare or (teams.require_token and sent != f"Bearer {teams.require_token}"):
        raise ConnectorError(401, "Unauthorized", "Authorization has been denied for this request.")


def _whose(teams: FakeTeams, ids: tuple[str, ...]) -> str | None:
    user = teams.by_conversation.get(ids[0]) if ids else None
    return user.key if user else None


def _called(teams: FakeTeams, route: Route, call: Call, *, whole: bool) -> Answer:
    """`whole`: the body is a JSON object."""
    if refused := teams.throttle.take(route.op, call.tenant, call.ids[0] if call.ids else None):
        teams.record("throttled", key=refused.what, window=refused.window)
        raise ConnectorError(429, "Throttled", "Too many requests", {"Retry-After": str(refused.retry_after)})
    if route.method in ("POST", "PUT") and not whole:
        raise ConnectorError(400, "BadSyntax", "Request body is not a JSON object")
    return route.handler(teams, call)


def _fail(teams: FakeTeams, request: web.Request, fault: Fault, op: str, body: object) -> web.Response:
    what = {"op": op, "method": request.method, "path": unquote(request.path), "request": body}
    teams.record("fault", **what, fault=asdict(fault))
    return fault.strike(request)
