"""Timers fire once, in the order of their times, whatever fails or restarts."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import cast

import pytest

from bot.cases.case import Status
from bot.cases.permissions import Engine
from bot.core.events import Event, TimerFired
from bot.core.ids import CaseId
from bot.runtime.ports import Clock, DueTimer, Store
from bot.runtime.timers import BATCH, Timers
from bot.simulation.stage import Stage
from tests.runtime.conftest import Houses
from tests.runtime.making import START, House
from tests.runtime.talks import REPORT, talk


class Rows:
    """A store's timers, for the poll alone."""

    def __init__(self, *keys: str) -> None:
        self.rows = [timer(key) for key in keys]

    async def due(self, now: datetime, limit: int) -> list[DueTimer]:
        return [row for row in self.rows if row.at <= now][:limit]

    async def next_timer(self) -> datetime | None:
        return min((row.at for row in self.rows), default=None)


def timer(key: str) -> DueTimer:
    return DueTimer(CaseId("c1"), key, START, timedelta(minutes=15))


class Taker:
    """Takes what fires; `bad` keys fail."""

    def __init__(self, rows: Rows, *bad: str) -> None:
        self.rows, self.bad = rows, set(bad)
        self.fired: list[str] = []

    async def __call__(self, event: Event) -> None:
        assert isinstance(event, TimerFired)
        if event.key in self.bad:
            raise ZeroDivisionError
        self.fired.append(event.key)
        self.rows.rows = [row for row in self.rows.rows if row.key != event.key]


def polling(rows: Rows, take: Taker, clock: Clock) -> Timers:
    return Timers(cast("Store", rows), take, clock)  # it asks the store for its timers, and for nothing else


async def test_a_timer_that_fails_holds_up_no_other_however_many_fail(houses: Houses) -> None:
    bad = [f"a{n:03}" for n in range(BATCH + 5)]
    rows = Rows(*bad, "z")
    take = Taker(rows, *bad)
    clock = (await houses()).clock
    await polling(rows, take, clock).fire_due()
    assert take.fired == ["z"]


async def test_a_timer_that_failed_fires_later_by_itself(houses: Houses) -> None:
    rows = Rows("a")
    take = Taker(rows, "a")
    house = await houses()
    timers = polling(rows, take, house.clock)
    timers.start()
    await settle()
    take.bad.clear()
    await house.clock.move(timedelta(seconds=1))
    await settle()
    assert take.fired == []
    await house.clock.move(timedelta(seconds=1))
    await settle()
    assert take.fired == ["a"]
    await timers.stop()


async def settle() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


async def reported(house: House) -> Stage:
    stage = house.stage()
    await talk(stage, stage.person("Ana"), REPORT)
    return stage


async def test_a_rung_fires_by_itself_when_the_clock_has_moved(houses: Houses) -> None:
    house = await houses(timers=True)
    await reported(house)
    (file,) = await house.files()
    owner = file.case.owner
    await house.clock.move(timedelta(hours=1, seconds=1))
    for _ in range(200):
        (file,) = await house.files()
        if file.case.owner != owner:
            break
        await asyncio.sleep(0.005)
    assert file.case.status is Status.ESCALATED
    assert file.case.owner not in (None, owner)


async def test_a_timer_that_was_cancelled_or_moved_in_between_changes_nothing(houses: Houses) -> None:
    house = await houses()
    stage = await reported(house)
    (due,) = [t for t in await house.store.due(START + timedelta(days=30), 99) if t.key.startswith("rung:")]
    await stage.line(stage.person("Luis"), "[I will take this]")
    (before,) = await house.files()
    await house.service.take(TimerFired("t:late", due.at, due.case, due.key, due.at))
    (after,) = await house.files()
    assert after == before


async def test_a_timer_fires_once_whoever_saw_it(houses: Houses) -> None:
    house = await houses()
    await reported(house)
    await house.clock.move(timedelta(hours=2))
    (due,) = [t for t in await house.store.due(house.clock.now(), 99) if t.key.startswith("rung:")]
    event = TimerFired(f"t:{due.key}", due.at, due.case, due.key, due.at)
    await asyncio.gather(*(house.service.take(event) for _ in range(3)), house.service.fire_due())
    await house.service.quiet()
    assert [line.kind for line in await house.store.audit(due.case, Engine.LOOK_AFTER)].count("escalated") == 1


async def test_after_a_standstill_missed_reminders_are_one(houses: Houses) -> None:
    house = await houses()
    stage = await reported(house)
    luis = stage.person("Luis")
    for line in ("[I will take this]", "[Later]", "[Later]"):
        await stage.line(luis, line)
    count = len(stage.screens.of(luis))
    await house.service.drop()
    house = await houses()
    await house.clock.move(timedelta(days=3))
    await house.service.fire_due()
    await house.service.quiet()
    new = [shown.message.text for shown in house.screens.of(luis)[count:]]
    assert sum("While I was away" in text for text in new) == 1
    assert not any(text.startswith("A reminder") for text in new)


@pytest.mark.parametrize("restart", [False, True])
async def test_a_timer_due_while_the_bot_was_down_fires_at_the_start(houses: Houses, restart: bool) -> None:
    house = await houses()
    await reported(house)
    await house.service.drop()
    house = await houses(timers=True)
    await house.clock.move(timedelta(hours=2))
    if restart:
        await house.service.drop()
        house = await houses(timers=True)
    for _ in range(200):
        (file,) = await house.files()
        if file.case.status is Status.ESCALATED:
            break
        await asyncio.sleep(0.005)
    assert file.case.status is Status.ESCALATED
