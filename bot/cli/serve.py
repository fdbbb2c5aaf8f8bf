"""`bistand run`: the running bot, with its health on a port of its own."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Mapping
from http import HTTPStatus

import structlog
from aiohttp import web

from bot import ways, wiring
from bot.errors import FlowError
from bot.observe import configure
from bot.runtime.clocks import SystemClock
from bot.runtime.detour import BESIDE
from bot.runtime.ids import RandomIds
from bot.runtime.owed import Down
from bot.runtime.people import Sync
from bot.runtime.service import Service
from bot.settings import Settings

log = structlog.get_logger(__name__)


async def serve(settings: Settings) -> None:
    """Run until SIGTERM or SIGINT; ends within 20 s."""
    configure(settings.log.level)
    key = wiring.master_key(settings)
    clock = SystemClock()
    channels = ways.channels(settings, clock)
    people = wiring.joined_directory(settings, key)
    store = await wiring.open_store(settings, key, simulation=False)
    sync = Sync(people, (), store, clock)  # each adapter brings its platform's accounts
    await sync.recall()
    try:
        await wiring.publish(store, settings.flows.path, settings.organisation.languages, clock.now())
    except FlowError as error:
        # what was published last stays current: a broken file never stops a talk
        log.warning("flows_have_problems", count=len(error.problems))
    settled = wiring.Settled(settings, key, people, await wiring.load_published(store))
    service = Service(store, channels, settled.setting, clock, RandomIds(), sync.look)
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    await service.start()
    runner = await _health(settings, service.down)
    log.info("started", admin_port=settings.http.admin_port)
    try:
        await stopped.wait()
    finally:
        await service.stop()
        await runner.cleanup()
        log.info("stopped")


async def _health(settings: Settings, down: Callable[[], Mapping[str, Down]]) -> web.AppRunner:
    """`/healthz` says that the process lives; `/readyz` is red while a platform on which people talk is down."""

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
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, settings.http.host, settings.http.admin_port).start()
    return runner
