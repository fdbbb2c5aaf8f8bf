"""A strict fake of Microsoft Graph and of Entra's token endpoint, on loopback: what the bot asks of them, and no more.

Each rule has its source: a page of Microsoft's documentation by its file name, or CHOSEN where we found none.

G1.  A token is posted for as a form: client_credentials, the app's id and secret, and one scope, `{graph}/.default` or
     that of the bot's connector. expires_in is seconds. (auth-v2-service.md)
G2.  What is wrong with that is 400 or 401 with `error` and `error_codes`. (reference-error-codes.md; which number
     is which, from memory: 7000215 wrong secret, 700016 no such app, 90002 no such tenant, 1002012 no such scope)
G3.  Every question needs a Bearer token of Graph's scope that has not run out: else 401 InvalidAuthenticationToken.
     (errors.md; the code CHOSEN)
G4.  /users/delta needs User.Read.All: else 403 Authorization_RequestDenied. (user-delta.md, json-batching.md)
G5 to G10 are the tenant's: tests/fakes/graph_tenant.py.
G11. /users/{id}/manager is the manager, else 404 Request_ResourceNotFound. (user-list-manager.md; the code CHOSEN)
G12. /users/{id}/mailboxSettings needs MailboxSettings.Read: else 403 ErrorAccessDenied, also for a mailbox that a policy
     keeps back; without a mailbox 404 MailboxNotEnabledForRESTAPI. (user-get-mailboxsettings.md; codes CHOSEN)
G13. $batch takes 20 questions with ids of their own and relative addresses, and answers in any order, each with its
     status and headers. (json-batching.md)
G14. Asked too much, Graph answers 429 with Retry-After in seconds, also within a batch. (throttling.md, json-batching.md)
G15. /users takes `$top` and `$select`. (user-list.md)
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

from aiohttp import web

from tests.fakes.graph_tenant import Answer, FakeTenant, error

TENANT = "11111111-1111-4111-8111-111111111111"
APP = "22222222-2222-4222-8222-222222222222"
SECRET = "fake~secret+with/odd=signs"
CONNECTOR = "https://api.botframework.com/.default"
USERS, MAILBOXES = "User.Read.All", "MailboxSettings.Read"


@dataclass
class Fault:
    """The next `times` calls of `what`, after `after` others, get this; in a batch as one of its answers."""

    what: str
    status: int
    times: int = 1
    after: int = 0
    retry_after: str | None = None
    code: str = "serviceNotAvailable"
    body: str | None = None
    drop: bool = False
    location: str = ""


class FakeGraph(FakeTenant):
    """Use as `async with`; `url` is Graph's and Entra's address."""

    def __init__(self, now: Callable[[], datetime], page: int = 3) -> None:
        super().__init__(now, page)
        self.permissions = {USERS, MAILBOXES}
        self.managers: dict[str, str] = {}
        self.mailboxes: dict[str, dict[str, Any]] = {}
        self.kept_back: set[str] = set()
        self.secret = SECRET
        self.lasts = 3599
        self.calls: list[str] = []
        self.faults: list[Fault] = []
        self.tokens: dict[str, tuple[str, datetime]] = {}
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._serve)
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._runner is not None
        await self._runner.cleanup()

    # --- what a test does ------------------------------------------------------------------------------------------

    def replies(self, id_: str, status: str, start: str = "", end: str = "", zone: str = "UTC", own: str = "") -> None:
        """Automatic replies; `own` is the mailbox's time zone."""
        self.mailboxes[id_] = {
            "automaticRepliesSetting": {
                "status": status,
                "internalReplyMessage": "<p>ZYKLAMEN</p>",
                "scheduledStartDateTime": {"dateTime": start, "timeZone": zone},
                "scheduledEndDateTime": {"dateTime": end, "timeZone": zone},
            },
            "timeZone": own,
        }

    def fault(self, what: str, status: int = 503, **more: Any) -> None:
        self.faults.append(Fault(what, status, **more))

    def revoke(self) -> None:
        """No token is taken any more, until another is fetched."""
        self.tokens.clear()

    def asked(self, what: str) -> int:
        return sum(1 for call in self.calls if what in call)

    # --- what Microsoft does ---------------------------------------------------------------------------------------

    async def _serve(self, request: web.Request) -> web.Response:
        target = request.raw_path
        self.calls.append(target)
        if (fault := self._fault(target)) is not None:
            if fault.drop and request.transport is not None:
                request.transport.close()
            return self._faulty(fault)
        if target.endswith("/oauth2/v2.0/token"):
            answer = self._token(request, await request.text())
        elif not self._knows(request.headers.get("Authorization", "")):
            answer = error(401, "InvalidAuthenticationToken")
        elif target == "/v1.0/$batch" and request.method == "POST":
            answer = self._batch(await request.json())
        elif target.startswith("/v1.0/") and request.method == "GET":
            answer = self._answer(target.removeprefix("/v1.0"))
        else:
            answer = error(400, "BadRequest")
        return web.json_response(answer.body, status=answer.status, headers=answer.headers)

    def _fault(self, target: str) -> Fault | None:
        for fault in self.faults:
            if fault.what in target:
                if fault.after:
                    fault.after -= 1
                elif fault.times:
                    fault.times -= 1
                    return fault
        return None

    def _faulty(self, fault: Fault) -> web.Response:
        headers = {"Retry-After": fault.retry_after} if fault.retry_after is not None else {}
        headers |= {"Location": fault.location} if fault.location else {}
        body = fault.body if fault.body is not None else json.dumps(error(fault.status, fault.code).body)
        return web.Response(status=fault.status, text=body, headers=headers, content_type="application/json")

    def _token(self, request: web.Request, text: str) -> Answer:
        """G1, G2."""

        def wrong(number: int, name: str, status: int = 400) -> Answer:
            told = {"error": name, "error_codes": [number], "error_description": f"AADSTS{number}: about {APP}."}
            return Answer(status, told)

        form = {key: values[0] for key, values in parse_qs(text, strict_parsing=True).items()}
        if request.method != "POST" or request.content_type != "application/x-www-form-urlencoded":
            return wrong(900144, "invalid_request")
        if request.path.split("/")[1] != TENANT:
            return wrong(90002, "invalid_request")
        if form.get("grant_type") != "client_credentials":
            return wrong(70003, "unsupported_grant_type")
        if form.get("client_id") != APP:
            return wrong(700016, "unauthorized_client")
        if form.get("client_secret") != self.secret:
            return wrong(7000215, "invalid_client", 401)
        if form.get("scope") not in (f"{self.url}/.default", CONNECTOR):
            return wrong(1002012, "invalid_scope")
        token = f"token-{len(self.calls)}"
        self.tokens[token] = (form["scope"], self.now() + timedelta(seconds=self.lasts))
        return Answer(200, {"token_type": "Bearer", "expires_in": self.lasts, "access_token": token})

    def _knows(self, header: str) -> bool:
        """G3."""
        kind, _, token = header.partition(" ")
        scope, until = self.tokens.get(token, ("", self.now()))
        return kind == "Bearer" and scope == f"{self.url}/.default" and self.now() < until

    def _batch(self, body: Any) -> Answer:
        """G13."""
        requests = body.get("requests") if isinstance(body, dict) else None
        if not isinstance(requests, list) or not 0 < len(requests) <= 20:
            return error(400, "BadRequest")
        ids = [str(one.get("id", "")).lower() for one in requests]
        if len(set(ids)) < len(ids) or any(one.get("method") != "GET" or "://" in one["url"] for one in requests):
            return error(400, "BadRequest")
        return Answer(200, {"responses": [self._single(one) for one in reversed(requests)]})

    def _single(self, one: dict[str, Any]) -> dict[str, Any]:
        self.calls.append(one["url"])
        answer = self._answer(one["url"])
        if (fault := self._fault(one["url"])) is not None:
            wait = {"Retry-After": fault.retry_after} if fault.retry_after is not None else {}
            answer = error(fault.status, fault.code, wait)
        return {"id": one["id"], "status": answer.status, "headers": dict(answer.headers), "body": answer.body}

    def _answer(self, target: str) -> Answer:
        parts = urlsplit(target)
        match parts.path.strip("/").split("/"):
            case ["users", "delta"]:
                return self._delta(parts.query) if USERS in self.permissions else self._denied()
            case ["users"]:
                return self._list(parts.query) if USERS in self.permissions else self._denied()
            case ["users", id_, "manager"]:
                return self._manager(id_) if USERS in self.permissions else self._denied()
            case ["users", id_, "mailboxSettings"]:
                return self._mailbox(id_)
            case _:
                return error(400, "BadRequest")

    def _denied(self) -> Answer:
        return error(403, "Authorization_RequestDenied")

    def _list(self, query: str) -> Answer:
        """G15."""
        asked = parse_qs(query, strict_parsing=True)
        if asked.keys() != {"$top", "$select"} or asked["$select"] != ["id"]:
            return error(400, "BadRequest")
        found = [{"id": id_} for id_ in self.users if id_ not in self.deleted]
        return Answer(200, {"value": found[: int(asked["$top"][0])]})

    def _manager(self, id_: str) -> Answer:
        """G11."""
        if id_ not in self.managers:
            return error(404, "Request_ResourceNotFound")
        return Answer(200, {"@odata.type": "#microsoft.graph.user", "id": self.managers[id_]})

    def _mailbox(self, id_: str) -> Answer:
        """G12."""
        if MAILBOXES not in self.permissions or id_ in self.kept_back:
            return error(403, "ErrorAccessDenied")
        if id_ not in self.mailboxes:
            return error(404, "MailboxNotEnabledForRESTAPI")
        return Answer(200, self.mailboxes[id_])
