"""Web API: tokens, OAuth, the team (docs.slack.dev/reference/methods)."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from aiohttp import web

from tests.fakes.slack.errors import Json, SlackError
from tests.fakes.slack.methods import method

if TYPE_CHECKING:
    from tests.fakes.slack.workspace import FakeSlack

TWELVE_HOURS = 43200


@method("auth.test", (), 600)
def auth_test(slack: FakeSlack, a: Json) -> Json:
    return {
        "url": f"https://{slack.team['domain']}.slack.com/",
        "team": slack.team["name"],
        "team_id": slack.team["id"],
        "user": "reportbot",
        "user_id": slack.bot_user,
        "bot_id": slack.bot_id,
        "is_enterprise_install": False,
    } | ({"enterprise_id": slack.enterprise_id} if slack.enterprise_id else {})


@method("auth.revoke", (), 50)
def auth_revoke(slack: FakeSlack, a: Json) -> Json:
    slack.revoke(token=a["token"])
    return {"revoked": True}


@method("apps.connections.open", (), 50)
def apps_connections_open(slack: FakeSlack, a: Json) -> Json:
    ticket = secrets.token_hex(12)
    slack.tickets[ticket] = slack.now() + 30
    return {"url": f"ws://127.0.0.1:{slack.port}/link/?ticket={ticket}&app_id={slack.app_id}"}


@method("oauth.v2.access", (), 600)
def oauth_v2_access(slack: FakeSlack, a: Json) -> Json:
    if a.get("client_id") != slack.client_id:
        raise SlackError("invalid_client_id")
    if a.get("client_secret") != slack.client_secret:
        raise SlackError("bad_client_secret")
    refreshing = a.get("grant_type") == "refresh_token"
    pool, given = (slack.refresh, a.get("refresh_token")) if refreshing else (slack.oauth_codes, a.get("code"))
    if given not in pool:
        raise SlackError("invalid_refresh_token" if refreshing else "invalid_code")
    pool.remove(given)  # a code and a refresh token work once
    token, refresh = "xoxe.xoxb-" + secrets.token_hex(8), "xoxe-1-" + secrets.token_hex(8)
    scopes = set(slack.tokens[slack.bot_token]["scopes"])
    slack.tokens[token] = {"state": "ok", "scopes": scopes, "expires": slack.now() + TWELVE_HOURS}
    slack.refresh.add(refresh)
    return {
        "access_token": token,
        "token_type": "bot",
        "scope": ",".join(sorted(scopes)),
        "bot_user_id": slack.bot_user,
        "app_id": slack.app_id,
        "expires_in": TWELVE_HOURS,
        "refresh_token": refresh,
        "team": {"id": slack.team["id"], "name": slack.team["name"]},
        "is_enterprise_install": False,
        "enterprise": None,
        "authed_user": {"id": next((actor.uid for actor in slack.actors.values()), "U0")},
    }


async def authorize(slack: FakeSlack, request: web.Request) -> web.Response:
    """The page where somebody installs the app: here everybody agrees at once."""
    code = secrets.token_hex(8)
    slack.oauth_codes.add(code)
    query = urlencode({"code": code, "state": request.query.get("state", "")})
    raise web.HTTPFound(request.query["redirect_uri"] + "?" + query)


@method("team.info", ("team:read",), 50)
def team_info(slack: FakeSlack, a: Json) -> Json:
    return {"team": slack.team | {"email_domain": "example.com", "enterprise_id": slack.enterprise_id}}


@method("team.profile.get", ("users.profile:read",), 50)
def team_profile_get(slack: FakeSlack, a: Json) -> Json:
    manager: Json = {
        "id": "Xf0MANAGER",
        "ordering": 0,
        "label": "Manager",
        "hint": "",
        "type": "user",
        "possible_values": None,
        "options": None,
        "is_hidden": False,
    }
    return {"profile": {"fields": [manager]}}


@method("bots.info", ("users:read",), 50)
def bots_info(slack: FakeSlack, a: Json) -> Json:
    bot = {"id": slack.bot_id, "app_id": slack.app_id, "user_id": slack.bot_user, "name": "reportbot"}
    return {"bot": bot}
