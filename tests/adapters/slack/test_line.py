"""Socket Mode: the line stands again by itself, and what was written meanwhile is taken."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from tests.adapters.slack import house as houses
from tests.adapters.slack.house import SlackHouse, slack_house
from tests.adapters.slack.trapped import START, asked_now, said, talk, until
from tests.fakes.slack.workspace import FakeSlack
from tests.runtime.making import settings

FOREVER = 10**9


@pytest.fixture
async def house() -> AsyncIterator[SlackHouse]:
    async with slack_house(settings(), START, "socket") as made:
        yield made


def lines(house: SlackHouse) -> int:
    return len([one for one in house.fake.sockets if not one.closed])


async def stands(house: SlackHouse, number: int = 1) -> None:
    await house.fake.wait_for(lambda: lines(house) == number)


async def test_a_line_that_breaks_in_the_middle_of_a_talk_is_opened_again(house: SlackHouse) -> None:
    ana = await talk(house, "Ana", "report")
    assert house.fake.cut_sockets() == 1
    await stands(house, 0)
    await ana.dm("no")  # Slack finds nobody, at once and once more
    assert await asked_now(house, "Ana") == ["report.danger"]
    await until(house, lambda: lines(house) == 1)
    await until(house, lambda: len(said(ana)) == 3, 10)
    await house.quiet()
    assert await asked_now(house, "Ana") == ["report.wish"]
    assert len(said(ana)) == 3


async def test_a_line_that_stood_for_long_is_opened_again_at_once(house: SlackHouse) -> None:
    ana = await talk(house, "Ana", "report")
    await house.clock.move(timedelta(minutes=1))
    house.fake.cut_sockets()
    await house.fake.wait_for(lambda: len(house.fake.calls("apps.connections.open")) == 2)
    await stands(house)
    await ana.dm("no")
    await house.quiet()
    assert await asked_now(house, "Ana") == ["report.wish"]


async def test_a_line_that_slack_wants_renewed_loses_nothing(house: SlackHouse) -> None:
    await talk(house, "Ana", "report")
    for _ in range(3):
        await house.fake.socket_refresh()
        await stands(house)
    await talk(house, "Ana", "[No]")
    assert await asked_now(house, "Ana") == ["report.wish"]
    assert len(house.fake.calls("apps.connections.open")) == 4
    assert house.fake.lints == []


@pytest.mark.parametrize("reason", ["link_disabled", "too_many_websockets"])
async def test_a_line_that_slack_does_not_want_is_not_asked_for_without_rest(house: SlackHouse, reason: str) -> None:
    await house.fake.socket_refresh(reason)
    await stands(house, 0)
    for _ in range(50):
        await asyncio.sleep(0)
    assert len(house.fake.calls("apps.connections.open")) == 1
    await until(house, lambda: lines(house) == 1)


@pytest.mark.parametrize("method", ["apps.connections.open", "auth.test"])
@pytest.mark.parametrize("kind", ["http", "drop", "ratelimit"])
async def test_slack_that_cannot_be_reached_at_the_start_is_reached_later(
    method: str, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The start does not wait for it; all that was written meanwhile is taken."""

    class Away(FakeSlack):
        async def start(self) -> Away:
            await super().start()
            # the people were asked for first, and are known from before
            self.fault(method, kind, times=FOREVER, after=method == "auth.test", status=503, retry_after=30)
            return self

        __aenter__ = start

    monkeypatch.setattr(houses, "FakeSlack", Away)
    async with asyncio.timeout(20), slack_house(settings(), START, "socket") as house:
        ana = house.actor(house.stage().person("Ana"))
        told = asyncio.create_task(ana.dm("report"))
        await until(house, told.done, 1)
        assert await asked_now(house, "Ana") == []
        house.fake.faults.clear()
        await until(house, lambda: len(said(ana)) == 2, 10)
        assert await asked_now(house, "Ana") == ["report.danger"]


async def test_each_attempt_has_a_ticket_of_its_own(house: SlackHouse) -> None:
    """A ticket that was used, or got old, opens nothing, however often it is tried."""
    house.fake.cut_sockets()
    await stands(house, 0)
    tickets = house.fake.tickets

    class Void(dict[str, float]):
        def __setitem__(self, ticket: str, until: float) -> None:
            pass

    house.fake.tickets = Void()
    await until(house, lambda: len(house.fake.calls("apps.connections.open")) == 3)
    house.fake.tickets = tickets
    await until(house, lambda: lines(house) == 1)
    await talk(house, "Ana", "report")
    assert await asked_now(house, "Ana") == ["report.danger"]
