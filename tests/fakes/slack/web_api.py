"""The Web API's door: tokens, scopes, faults and limits before a method answers (docs.slack.dev/apis/web-api)."""

from __future__ import annotations

import base64
import inspect
import json
import secrets
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.fakes.slack import (
    web_api_auth,
    web_api_conversations,
    web_api_files,
    web_api_messages,
    web_api_users,
    web_api_views,
)
from tests.fakes.slack.errors import Json, SlackError
from tests.fakes.slack.methods import METHODS

if TYPE_CHECKING:
    from tests.fakes.slack.workspace import FakeSlack

FAMILIES = (web_api_auth, web_api_conversations, web_api_files, web_api_messages, web_api_users, web_api_views)
JSON_ARGUMENTS = ("blocks", "attachments", "view", "metadata", "files", "prompts", "message")
SECRET = ("client_secret", "code", "refresh_token", "access_token")


async def call(slack: FakeSlack, request: web.Request) -> web.StreamResponse:
    """One call over HTTP."""
    method = request.match_info["method"]
    try:
        args, token = await _arguments(request)
    except (ValueError, TypeError):
        return web.json_response({"ok": False, "error": "invalid_json"})
    fault = slack.faulty.take(method, args) or {"kind": "none"}
    if fault["kind"] == "latency":
        await slack.activity.rest(fault["seconds"])
    if fault["kind"] == "drop" and not fault.get("applied"):
        slack.record("api", method=method, args=args, fault="drop")
        slack.drop(request)
        return web.Response()
    if fault["kind"] == "http":
        slack.record("api", method=method, args=args, fault=fault["status"])
        return web.Response(status=fault["status"], text="upstream error")
    headers = {"X-Slack-Req-Id": secrets.token_hex(8)}
    status, body = await _answer(slack, method, args, token, fault, headers)
    slack.api_calls.append((method, args, body))
    slack.record("api", method=method, args=_hidden(args), status=status, response=_hidden(body))
    if fault["kind"] == "drop":
        slack.drop(request)
    return web.json_response(body, status=status, headers=headers)


async def _arguments(request: web.Request) -> tuple[Json, str | None]:
    """The call's arguments and its token. Raises ValueError, TypeError for a body that is no JSON object."""
    args: Json = dict(request.query)
    if request.content_type == "application/json":
        args.update(await request.json())
    elif request.can_read_body:
        args.update(await request.post())
    auth = request.headers.get("Authorization", "")
    token = auth[7:] if auth.startswith("Bearer ") else args.get("token")
    if auth.startswith("Basic "):
        client, _, secret = base64.b64decode(auth[6:]).decode().partition(":")
        args |= {"client_id": client, "client_secret": secret}
    args.pop("token", None)
    return args, token


async def _answer(
    slack: FakeSlack, method: str, args: Json, token: str | None, fault: Json, headers: dict[str, str]
) -> tuple[int, Json]:
    wait = fault["retry_after"] if fault["kind"] == "ratelimit" else _limited(slack, method, args)
    if wait is not None:
        headers["Retry-After"] = str(wait)
        return 429, {"ok": False, "error": "ratelimited"}
    if fault["kind"] == "error":
        return 200, {"ok": False, "error": fault["error"]}
    try:
        return 200, {"ok": True} | (await _call(slack, method, _decoded(args), token, headers) or {})
    except SlackError as e:
        return 200, e.body


def _limited(slack: FakeSlack, method: str, args: Json) -> int | None:
    if not slack.enforce_rate_limits or method not in METHODS:
        return None
    if method == "chat.postMessage":
        return slack.limits.wait((method, args.get("channel")), slack.post_burst, 1.0)
    return slack.limits.wait(method, METHODS[method].per_minute, 60.0)


def _hidden(d: Json) -> Json:
    return {k: "***" if k in SECRET else v for k, v in d.items()}


def _decoded(args: Json) -> Json:
    """Forms carry JSON and truth as text."""
    out = dict(args)
    for k in JSON_ARGUMENTS:
        if isinstance(out.get(k), str):
            try:
                out[k] = json.loads(out[k])
            except ValueError:
                error = "invalid_blocks_format" if k == "blocks" else "invalid_arguments"
                raise SlackError(error, [f"{k} is not valid JSON [json-pointer:/{k}]"]) from None
    for k, v in out.items():
        if v in ("true", "1", "false", "0") and k not in ("text", "ts", "channel", "limit"):
            out[k] = v in ("true", "1")
    return out


async def _call(slack: FakeSlack, name: str, a: Json, token: str | None, headers: dict[str, str]) -> Any:
    method = METHODS.get(name)
    if method is None:
        raise SlackError("unknown_method", req_method=name)
    if name == "apps.connections.open":
        if token != slack.app_token:
            raise SlackError("not_allowed_token_type" if token in slack.tokens else "invalid_auth")
    elif name != "oauth.v2.access":
        held = _held(slack, token)
        headers["X-OAuth-Scopes"] = scopes = ",".join(sorted(held["scopes"]))
        headers["X-Accepted-OAuth-Scopes"] = needed = ",".join(method.scopes)
        if method.scopes and not held["scopes"] & set(method.scopes):
            raise SlackError("missing_scope", needed=needed, provided=scopes)
    result = method.answer(slack, {**a, "token": token})
    return await result if inspect.isawaitable(result) else result


def _held(slack: FakeSlack, token: str | None) -> Json:
    """The token as the workspace knows it. Raises SlackError."""
    if not token:
        raise SlackError("not_authed")
    if token == slack.app_token:
        raise SlackError("not_allowed_token_type")
    held = slack.tokens.get(token)
    if held is None:
        raise SlackError("invalid_auth")
    if held["state"] != "ok":
        raise SlackError(held["state"])  # account_inactive, token_revoked, ...
    if held["expires"] and held["expires"] < slack.now():
        raise SlackError("token_expired")
    return held
