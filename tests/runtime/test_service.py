"""The running bot: starts where it stopped, stops in peace, takes what waits, tries again what failed."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from io import StringIO

import pytest

from bot.cases.case import Status
from bot.core.events import Delivered, Event, Started
from bot.core.people import PersonId
from bot.core.replies import Nothing, Reply
from bot.errors import PlatformError
from bot.runtime.owed import Owed
from bot.runtime.service import Service
from bot.simulation.screens import PLATFORM
from tests.runtime.channels import Wire
from tests.runtime.conftest import Houses
from tests.runtime.making import START, House, setting
from tests.runtime.talks import REPORT, talk


async def reported(house: House) -> PersonId:
    stage = house.stage()
    await talk(stage, stage.person("Ana"), REPORT)
    return stage.person("Ana")


async def test_quiet_means_that_the_deliveries_are_taken_too(houses: Houses) -> None:
    house = await houses()
    await reported(house)
    (file,) = await house.files()
    assert file.case.status is Status.ALERTED
    assert await house.store.arrived() == []


async def test_a_delivery_that_could_not_be_taken_is_taken_later_and_holds_up_no_other(
    houses: Houses, log: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = await houses()
    take, left = house.service._turns.take, [1]

    async def failing(event: Event) -> Reply:
        if isinstance(event, Delivered) and left[0]:
            left[0] -= 1
            raise PlatformError("busy")
        return await take(event)

    monkeypatch.setattr(house.service._turns, "take", failing)
    await reported(house)
    (file,) = await house.files()
    assert file.case.status is Status.OPENED
    assert "inbox_failed" in log.getvalue()
    await house.wait(timedelta(seconds=2))
    (file,) = await house.files()
    assert file.case.status is Status.ALERTED
    assert await house.store.arrived() == []


async def test_a_delivery_noted_before_a_crash_is_taken_at_the_start(
    houses: Houses, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = await houses()
    monkeypatch.setattr(house.service, "_pump", lambda: None)
    house.service._deliveries._answered = lambda: None
    await reported(house)
    (file,) = await house.files()
    assert file.case.status is Status.OPENED
    await house.service.drop()
    house = await houses()
    (file,) = await house.files()
    assert file.case.status is Status.ALERTED


async def test_a_peaceful_stop_finishes_what_is_being_sent(houses: Houses) -> None:
    sending, go = asyncio.Event(), asyncio.Event()
    wire = Wire()

    class Slow:
        platform = PLATFORM
        needs_proof = False

        async def send(self, owed: Owed, chat: str, handle: str | None, *, again: bool) -> str:
            sending.set()
            await go.wait()
            return await wire.send(owed, chat, handle, again=again)

    house = await houses(Slow())
    ana = next(p.id for p in setting().people if p.first_name == "Ana")
    await house.service.take(Started("e1", START, ana, PLATFORM, "report"))
    await sending.wait()
    stopping = asyncio.ensure_future(house.service.stop())
    await asyncio.sleep(0)
    go.set()
    await stopping
    assert len(wire.keys()) == 1
    after = Wire()
    house = await houses(after)
    await house.service.quiet()
    assert len(after.keys()) == 1
    assert set(after.keys()).isdisjoint(wire.keys())


async def test_a_stop_that_cannot_wait_keeps_the_receipts_of_what_arrived(
    houses: Houses, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.runtime.service.STOP_WITHIN", 0.01)
    arrived = asyncio.Event()
    wire = Wire()

    class Hangs:
        platform = PLATFORM
        needs_proof = False

        async def send(self, owed: Owed, chat: str, handle: str | None, *, again: bool) -> str:
            if wire.arrived:
                arrived.set()
                await asyncio.Event().wait()
            return await wire.send(owed, chat, handle, again=again)

    house = await houses(Hangs())
    ana = next(p.id for p in setting().people if p.first_name == "Ana")
    await house.service.take(Started("e1", START, ana, PLATFORM, "report"))
    await arrived.wait()
    await house.service.stop()
    after = Wire()
    house = await houses(after)
    await house.service.quiet()
    assert [row.key for row in after.arrived] == [f"{row.case}:1:1" for row in wire.arrived]


async def test_a_drop_in_the_middle_of_everything_loses_nothing(houses: Houses) -> None:
    house = await houses()
    ana = next(p.id for p in setting().people if p.first_name == "Ana")
    for number in range(6):
        taking = asyncio.ensure_future(house.service.take(Started("e1", START, ana, PLATFORM, "report")))
        for _ in range(number):
            await asyncio.sleep(0)
        await house.service.drop()
        await asyncio.gather(taking, return_exceptions=True)
        house = await houses()
    assert await house.service.take(Started("e1", START, ana, PLATFORM, "report")) == Nothing()
    await house.service.quiet()
    assert len(house.screens.of(ana)) == 2
    assert len(await house.files()) == 1


async def test_stopping_twice_is_no_harm(houses: Houses) -> None:
    house = await houses()
    await house.service.stop()
    await house.service.stop()
    assert isinstance(house.service, Service)
