"""`bistand play`: the simulator in the browser, until it is interrupted; the next one goes on from there."""

from __future__ import annotations

import asyncio
import signal
from datetime import UTC, datetime
from pathlib import Path

import typer

from adapters.web.app import listen
from adapters.web.chats import Chats
from adapters.web.simulator import Simulator
from bot.cli.house import PlayHouse, remove
from bot.errors import SettingsError
from bot.observe import configure
from bot.runtime.clocks import MovableClock
from bot.settings import Settings
from storage.journal import Journal
from storage.master import development_key


async def simulate(settings: Settings, *, store: Path, fresh: bool, port: int) -> None:
    """Serve the page on this machine until SIGINT or SIGTERM. Raises SettingsError."""
    store.parent.mkdir(parents=True, exist_ok=True)
    configure("error")
    key = development_key(store.parent / "play.key")
    clock = MovableClock(datetime.now(UTC), running=True)
    journal = Journal(store.with_name(f"{store.stem}.chats"), key)
    if fresh:  # not before the journal is ours: another process may be running on this store
        remove(store)
        journal.clear()
    chats = Chats(journal, clock)
    if chats.latest is not None and chats.latest > clock.now():
        await clock.move(chats.latest - clock.now())  # time was moved before: it does not go back
    house = PlayHouse(settings, store, key, clock, chats)
    simulator = Simulator(house, chats)
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    await simulator.start()
    try:
        try:
            runner, address = await listen(simulator, port)
        except OSError as error:
            raise SettingsError(f"--port {port}: {error.strerror or 'cannot be used'}") from None
        typer.echo(f"Bistand, simulated: {settings.organisation.name}. Nothing leaves this machine.\n\n  {address}\n")
        typer.echo("Open the address in a browser. Ctrl-C ends it; the next one goes on from here.")
        await stopped.wait()
        await simulator.stop()
        await runner.cleanup()
    finally:
        await simulator.stop()
        await house.stop()
        journal.close()
