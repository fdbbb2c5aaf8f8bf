"""`bistand run`: the running bot, with its health on a port of its own."""

from __future__ import annotations

import asyncio
import signal

import structlog
from aiohttp import web

from bot import wiring
from bot.errors import FlowError
from bot.observe import configure
from bot.runtime.clocks import SystemClock
from bot.runtime.ids import RandomIds
from bot.runtime.people import Sync
from bot.runtime.service import Service
from bot.settings import Settings

log = structlog.get_logger(__name__)


async def serve(settings: Settings) -> None:
    """Run until SIGTERM or SIGINT; ends within 20 s."""
    configure(settings.log.level)
    key = wiring.master_key(settings)
    channels = wiring.channels(settings)
    people = wiring.joined_directory(settings, key)
    store = await wiring.open_store(settings, key, simulation=False)
    clock = SystemClock()
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
    runner = await _health(settings)
    log.info("started", admin_port=settings.http.admin_port)
    try:
        await stopped.wait()
    finally:
        await service.stop()
        await runner.cleanup()
        log.info("stopped")


async def _health(settings: Settings) -> web.AppRunner:
    async def well(_request: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})

    application = web.Application()
    application.router.add_get("/healthz", well)
    application.router.add_get("/readyz", well)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, settings.http.host, settings.http.admin_port).start()
    return runner
