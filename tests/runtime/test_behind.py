"""What nobody waits for, and what is done once in a while."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from io import StringIO

from bot.runtime import once
from bot.runtime.behind import Behind
from bot.runtime.clocks import MovableClock
from bot.runtime.once import Once
from tests.runtime.making import START


async def test_what_fails_behind_is_logged_and_stops_nobody(log: StringIO) -> None:
    behind, done = Behind("slack"), asyncio.Event()

    async def fails() -> None:
        raise RuntimeError

    async def works() -> None:
        done.set()

    behind.after(fails())
    behind.after(works())
    await behind.quiet()
    assert done.is_set()
    assert log.getvalue().count("behind_failed") == 1


async def test_at_the_stop_what_is_under_way_ends() -> None:
    behind, done, gate = Behind("teams"), asyncio.Event(), asyncio.Event()

    async def slow() -> None:
        await gate.wait()
        done.set()

    behind.after(slow())
    stopping = asyncio.create_task(behind.stop())
    await asyncio.sleep(0)
    gate.set()
    await stopping
    assert done.is_set()


async def test_once_in_a_while() -> None:
    clock = MovableClock(START)
    said = Once(clock, timedelta(hours=12))
    assert said.first("ana", "typed")
    assert said.first("ana", "attached")
    assert not said.first("ana", "typed")
    await clock.move(timedelta(hours=12))
    assert said.first("ana", "typed")


async def test_what_was_long_ago_is_forgotten_first() -> None:
    said = Once(MovableClock(START), timedelta(hours=12))
    for number in range(once.REMEMBERED + 1):
        assert said.first(str(number))
    assert said.first("0")
    assert not said.first(str(once.REMEMBERED))
