"""The admin port: health, readiness, and in tests a clock that can be moved.

Rule 1. `/healthz` says that the process lives; `/readyz` is red while a platform on which people talk is down.
Rule 2. `POST /_clock {"advance": "4h"}` is there under BISTAND_TESTING=1 alone, which real tokens refuse.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from http import HTTPStatus
from json import JSONDecodeError

from aiohttp import web

from bot.runtime.clocks import MovableClock
from bot.runtime.detour import BESIDE
from bot.runtime.owed import Down
from bot.settings import Settings

#: Seconds that requests which are under way get when the bot stops.
PATIENCE = 5.0
UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


async def admin(settings: Settings, down: Callable[[], Mapping[str, Down]], clock: object = None) -> web.AppRunner:
    """Serve the admin port. A `clock` that can be moved is, where the settings are a test's."""

    async def well(_request: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})

    async def ready(_request: web.Request) -> web.Response:
        found = {name: {"since": each.since.isoformat(), "reason": each.reason} for name, each in down().items()}
        red = any(name not in BESIDE for name in found)
        answer = {"status": "down" if red else "ok", **({"down": found} if found else {})}
        return web.json_response(answer, status=HTTPStatus.SERVICE_UNAVAILABLE if red else HTTPStatus.OK)

    application = web.Application()
    application.router.add_get("/healthz", well)
    application.router.add_get("/readyz", ready)
    if settings.testing and isinstance(clock, MovableClock):
        application.router.add_post("/_clock", _moving(clock))
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=PATIENCE)
    await runner.setup()
    await web.TCPSite(runner, settings.http.host, settings.http.admin_port).start()
    return runner


def _moving(clock: MovableClock) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def move(request: web.Request) -> web.Response:
        try:
            by = _length((await request.json())["advance"])
        except (JSONDecodeError, KeyError, TypeError):
            by = None
        if by is None:
            return web.json_response({"error": 'write {"advance": "4h"}: a number and s, m, h or d'}, status=400)
        await clock.move(by)
        return web.json_response({"now": clock.now().isoformat()})

    return move


def _length(text: object) -> timedelta | None:
    found = re.fullmatch(r"(\d{1,6})\s*([smhd])", text) if isinstance(text, str) else None
    return timedelta(**{UNITS[found[2]]: int(found[1])}) if found is not None else None
