"""`bistand run`: the running bot, with the doors of its platforms, and its health on a port of its own.

Rule 1. Doors open last and close first: what comes in finds a bot that can take it. The lines out close last of all:
        what is being sent when the bot stops is not sent again.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Sequence
from datetime import UTC, datetime

import structlog
from aiohttp import web

from bot import ways, wiring
from bot.cli.admin import PATIENCE, admin
from bot.errors import FlowError
from bot.observe import configure
from bot.runtime.clocks import MovableClock, SystemClock
from bot.runtime.ids import RandomIds
from bot.runtime.people import Sync
from bot.runtime.ports import Clock
from bot.runtime.service import Service
from bot.settings import Settings

log = structlog.get_logger(__name__)


async def serve(settings: Settings) -> None:
    """Run until SIGTERM or SIGINT; ends within 20 s."""
    configure(settings.log.level)
    key = wiring.master_key(settings)
    clock: Clock = MovableClock(datetime.now(UTC), running=True) if settings.testing else SystemClock()
    people = wiring.joined_directory(settings, key)
    out = ways.ways(
        settings,
        clock,
        people,
        lambda: service.setting(),  # noqa: PLW0108  it is made below
        lambda person, platform: service.place(person, platform),  # noqa: PLW0108
    )
    store = await wiring.open_store(settings, key, simulation=False)
    sync = Sync(people, out.accounts, store, clock)
    await sync.recall()
    try:
        await wiring.publish(store, settings.flows.path, settings.organisation.languages, clock.now())
    except FlowError as error:
        # what was published last stays current: a broken file never stops a talk
        log.warning("flows_have_problems", count=len(error.problems))
    settled = wiring.Settled(settings, key, people, await wiring.load_published(store))
    service = Service(store, out.channels, settled.setting, clock, RandomIds(), sync.look, out.alarms)
    doors = out.doors(service, clock, sync.look)
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    await sync.look()  # whoever writes first is known already
    await service.start()
    runners = [await admin(settings, service.down, clock)]
    try:
        for door in doors:
            await door.start()
        runners += await _served(settings, doors)
        log.info("started", admin_port=settings.http.admin_port)
        if not doors:
            log.warning("nobody_can_write", why="no platform is set up", see="docs/slack.md")
        await stopped.wait()
    finally:
        for runner in reversed(runners):
            await runner.cleanup()
        for door in doors:
            await door.stop()
        await service.stop()
        await out.close()
        log.info("stopped")


async def _served(settings: Settings, doors: Sequence[ways.Door]) -> list[web.AppRunner]:
    """What platforms call by HTTP; where none does, no port is opened."""
    routes = [route for door in doors for route in door.routes()]
    if not routes:
        return []
    application = web.Application(client_max_size=LARGEST)
    application.add_routes(routes)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=PATIENCE)
    await runner.setup()
    await web.TCPSite(runner, settings.http.host, settings.http.port).start()
    return [runner]


#: Bytes of one request: a form with everything in it has less.
LARGEST = 4 * 1024 * 1024
