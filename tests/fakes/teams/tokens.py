"""The token endpoint (bot-framework-rest-connector-authentication.md): client credentials for the connector's scope."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from tests.fakes.teams.tenant import FakeTeams

SCOPE = "https://api.botframework.com/.default"
LIFETIME = 3599  # seconds


async def token(teams: FakeTeams, request: web.Request) -> web.StreamResponse:
    teams.fetches["token"] += 1
    if fault := teams.faulty.take("token", None):
        await teams.activity.rest(fault.latency)
        if fault.answers:
            return fault.strike(request)
    form = await request.post()
    asked = (form.get("grant_type"), form.get("client_id"), form.get("scope"))
    good = asked == ("client_credentials", teams.app_id, SCOPE)
    teams.record("token", ok=good, client_id=form.get("client_id"), scope=form.get("scope"))
    if not good:
        return web.json_response({"error": "invalid_client"}, status=401)
    granted = {"token_type": "Bearer", "expires_in": LIFETIME, "access_token": teams.require_token or "fake"}
    return web.json_response(granted)
