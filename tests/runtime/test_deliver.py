"""What is owed goes out: in order, once in effect, whatever the platform does."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.core.events import Started
from bot.core.messages import Message
from bot.core.people import PersonId
from bot.errors import PersonUnreachable, PlatformError
from bot.runtime.owed import Outcome, Owed
from bot.runtime.retries import LONGEST_PAUSE, Retries, pause
from bot.simulation.screens import PLATFORM
from tests.runtime.channels import Wire
from tests.runtime.conftest import Houses
from tests.runtime.making import START, House, setting
from tests.runtime.talks import REPORT, talk


def person(name: str) -> PersonId:
    return next(p.id for p in setting().people if p.first_name == name)


async def begin(house: House, number: int = 1, name: str = "Ana") -> None:
    await house.service.take(Started(f"e{number}", house.clock.now(), person(name), PLATFORM, "report"))
    await house.service.quiet()


async def owed(house: House, name: str = "Ana") -> list[Owed]:
    return list(await house.store.owed(f"chat:{PLATFORM}:{person(name)}", 99))


def failing(times: int, error: Exception) -> Wire:
    left = [times]

    def weather(_: Owed) -> None:
        if left[0]:
            left[0] -= 1
            raise error

    return Wire(before=weather)


def test_pauses_double_up_to_five_minutes() -> None:
    assert [pause(n).total_seconds() for n in range(4)] == [2, 4, 8, 16]
    assert pause(8) == pause(10_000) == LONGEST_PAUSE


def test_what_failed_rests_longer_each_time_until_it_is_done() -> None:
    retries: Retries[str] = Retries()
    first = retries.failed("a", START)
    assert retries.rests("a", START)
    assert not retries.rests("a", first)
    assert not retries.rests("b", START)
    second = retries.failed("a", first)
    assert second - first == 2 * (first - START)
    assert retries.next(START) == second
    assert retries.next(second) is None
    retries.done("a")
    assert len(retries) == 0
    assert retries.failed("a", START) == first


async def test_a_failing_platform_pauses_the_lane_keeps_its_order_and_loses_nothing(houses: Houses) -> None:
    wire = failing(3, PlatformError("502"))
    house = await houses(wire)
    await begin(house)
    assert wire.keys() == []
    assert len(await owed(house)) == 2
    for seconds in (2, 4, 8):
        await house.wait(timedelta(seconds=seconds - 1))
        assert wire.keys() == []
        await house.wait(timedelta(seconds=1))
    assert [row.id for row in wire.arrived] == sorted(row.id for row in wire.arrived)
    assert len(wire.keys()) == 2
    assert await owed(house) == []


async def test_a_platform_that_names_a_time_is_obeyed(houses: Houses) -> None:
    wire = failing(1, PlatformError("429", retry_after=90))
    house = await houses(wire)
    await begin(house)
    (first, *_) = await owed(house)
    assert first.not_before == START + timedelta(seconds=90)
    assert first.attempts == 1


async def test_a_fault_of_ours_pauses_the_lane_and_what_arrived_stays_settled(houses: Houses) -> None:
    failed: list[str] = []

    def weather(row: Owed) -> None:
        if row.key.endswith(":1") and not failed:
            failed.append(row.key)
            raise ZeroDivisionError

    wire = Wire(before=weather)
    house = await houses(wire)
    await begin(house)
    assert len(wire.keys()) == 1
    assert [row.attempts for row in await owed(house)] == [1]
    await house.wait(timedelta(seconds=2))
    assert len(wire.keys()) == len(set(wire.keys())) == 2
    assert await owed(house) == []


async def test_lost_receipts_are_looked_for_not_sent_again(houses: Houses, monkeypatch: pytest.MonkeyPatch) -> None:
    wire = Wire()
    house = await houses(wire)
    settle, left = house.store.settle, [1]

    async def failing_settle(outcomes: list[Outcome], at: datetime) -> None:
        if left[0]:
            left[0] -= 1
            raise PlatformError("busy")
        await settle(outcomes, at)

    monkeypatch.setattr(house.store, "settle", failing_settle)
    await begin(house)
    assert len(wire.keys()) == 2
    assert len(await owed(house)) == 2
    await house.wait(timedelta(seconds=2))
    assert wire.asked_again == wire.keys()
    assert len(wire.keys()) == len(set(wire.keys())) == 2
    assert await owed(house) == []


async def test_one_person_that_cannot_be_reached_holds_up_nobody(houses: Houses) -> None:
    def weather(row: Owed) -> None:
        if row.to == person("Ana"):
            raise PersonUnreachable("not_installed")

    wire = Wire(before=weather)
    house = await houses(wire)
    await begin(house, 1, "Ana")
    await begin(house, 2, "Bo")
    assert {row.to for row in wire.arrived} == {person("Bo")}
    assert await owed(house, "Ana") == []


async def test_an_alert_that_cannot_be_delivered_goes_to_the_next_rung(
    houses: Houses, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = await houses()
    send = house.channel.send

    async def blocked_by_luis(row: Owed, chat: str, handle: str | None, *, again: bool) -> str:
        if row.to == person("Luis"):
            raise PersonUnreachable("blocked")
        return await send(row, chat, handle, again=again)

    monkeypatch.setattr(house.channel, "send", blocked_by_luis)
    await talk(house.stage(), person("Ana"), REPORT)
    (file,) = await house.files()
    assert file.case.owner == person("Kim")
    assert [message.choices[0].id for message in seen(house, "Kim")] == ["take"]
    assert seen(house, "Luis") == []


def seen(house: House, name: str) -> list[Message]:
    return [shown.message for shown in house.screens.of(person(name))]


async def test_a_kicked_lane_goes_on_after_a_restart(houses: Houses) -> None:
    house = await houses(failing(1, PlatformError("502")))
    await begin(house)
    await house.service.drop()
    wire = Wire()
    house = await houses(wire)
    await house.wait(timedelta(seconds=2))
    assert len(wire.keys()) == 2
    assert wire.asked_again == wire.keys()


async def test_a_peaceful_stop_does_not_wait_for_a_lane_that_rests(houses: Houses) -> None:
    house = await houses(failing(9, PlatformError("502")))
    await begin(house)
    await house.service.stop()
    wire = Wire()
    house = await houses(wire)
    await house.wait(timedelta(minutes=5))
    assert len(wire.keys()) == 2


async def test_a_batch_is_one_commit(houses: Houses, monkeypatch: pytest.MonkeyPatch) -> None:
    wire = Wire()
    house = await houses(wire)
    settled: list[int] = []
    settle = house.store.settle

    async def counting(outcomes: list[Outcome], at: datetime) -> None:
        settled.append(len(outcomes))
        await settle(outcomes, at)

    monkeypatch.setattr(house.store, "settle", counting)
    await begin(house)
    assert settled == [2]
