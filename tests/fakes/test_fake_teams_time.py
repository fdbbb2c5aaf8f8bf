"""The fake Teams' limits, faults and time: nothing waits for real, the test moves the clock."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import aiohttp
import pytest

from bot.runtime.clocks import MovableClock as HouseClock
from tests.fakes.slack.clock import of
from tests.fakes.slack_world import at_once
from tests.fakes.teams.limits import Limits
from tests.fakes.teams.tenant import FakeTeams
from tests.fakes.teams_bot import Got, says
from tests.fakes.teams_world import World, teams_world

HI = says("a")


async def heard(teams: World, activities: int) -> None:
    await teams.fake.wait_for(lambda: len(teams.bot.heard) == activities)


async def burst(teams: World, calls: int) -> list[int]:
    return [(await teams.send(teams.erin, HI)).status for _ in range(calls)]


async def test_sending_is_limited_by_conversation(teams: World) -> None:
    assert await burst(teams, 8) == [201] * 7 + [429]  # seven in one second
    refused = await teams.send(teams.erin, HI)
    assert refused.code == (429, "Throttled") and refused.headers["Retry-After"] == "1"
    teams.clock.move(1.01)
    assert await burst(teams, 2) == [201, 429]  # eight in two
    assert (await teams.send(teams.max, HI)).status == 201
    sent = 8
    while sent < 60:
        teams.clock.move(2.01)
        sent += (await burst(teams, 8)).count(201)
    assert sent == 60 and await burst(teams, 1) == [429]  # sixty in thirty
    teams.clock.move(30)
    assert await burst(teams, 1) == [201]


async def test_an_hour_and_a_tenant_have_limits_too() -> None:
    async with teams_world(limits=Limits(send=((3600, 2),), tenant=((1, 3),))) as teams:
        assert await burst(teams, 3) == [201, 201, 429]
        assert (await teams.send(teams.max, HI)).status == 201
        assert (await teams.chat(teams.max, "GET", "pagedmembers")).code == (429, "Throttled")  # the fourth of all
        teams.clock.move(1)
        assert (await teams.chat(teams.max, "GET", "pagedmembers")).status == 200
        refused = await teams.send(teams.erin, HI)
        assert refused.status == 429 and refused.headers["Retry-After"] == "3599"


async def test_members_have_a_limit_of_their_own(teams: World) -> None:
    await burst(teams, 7)
    asked = [(await teams.chat(teams.erin, "GET", "pagedmembers")).status for _ in range(15)]
    assert asked == [200] * 14 + [429]


async def test_people_take_their_time(teams: World) -> None:
    for _ in range(20):
        await teams.erin.say("hello")
    assert "throttled" not in [e["dir"] for e in teams.fake.log] and len(teams.erin.texts()) == 20


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (429, "Throttled"),
        (412, "PreconditionFailed"),
        (403, "BotNotInConversationRoster"),
        (401, "BotNotRegistered"),
        (500, "ServiceError"),
    ],
)
async def test_a_fault_has_its_code(teams: World, status: int, code: str) -> None:
    teams.fake.fault(op="send", status=status)
    assert (await teams.send(teams.erin, HI)).code == (status, code) and teams.erin.texts() == []
    assert (await teams.send(teams.erin, HI)).status == 201
    teams.fake.fault(op="send", status=status, code="Own")
    assert (await teams.send(teams.erin, HI)).code == (status, "Own")


async def test_faults(teams: World) -> None:
    fake, erin = teams.fake, teams.erin
    fake.fault(op="send", status=429, retry_after=2)
    assert (await teams.send(erin, HI)).headers["Retry-After"] == "2"
    fake.fault(op="send", status=502, html=True, after=True)
    page = await teams.send(erin, HI)
    assert page.status == 502 and "<html>" in page.body and erin.texts() == ["a"]  # done, and yet an error
    for after in (False, True):
        fake.fault(op="send", drop=True, after=after)
        with pytest.raises(aiohttp.ClientError):
            await teams.send(erin, HI)
        assert len(erin.texts()) == 1 + after
    assert [e["dir"] for e in fake.log] == ["fault"] * 4


async def test_a_fault_is_of_one_operation_and_one_person(teams: World) -> None:
    lasting = teams.fake.fault(op="members", user="max", status=500, times=-1)
    for path in ("pagedmembers", f"members/{teams.max.aad}"):
        assert (await teams.chat(teams.max, "GET", path)).status == 500
    assert (await teams.chat(teams.erin, "GET", "pagedmembers")).status == 200
    assert (await teams.send(teams.max, HI)).status == 201
    lasting.times = 0
    assert (await teams.chat(teams.max, "GET", "pagedmembers")).status == 200


async def test_what_fails_by_itself_is_not_failed_after(teams: World) -> None:
    teams.fake.fault(status=500, after=True)
    teams.erin.state = "blocked"
    assert (await teams.send(teams.erin, HI)).code == (403, "ConversationBlockedByUser")


async def test_a_slow_answer_comes_when_the_clock_moves(teams: World) -> None:
    fault = teams.fake.fault(op="send", latency=30)
    asked: asyncio.Task[Got] = asyncio.ensure_future(teams.send(teams.erin, HI))
    await teams.fake.wait_for(lambda: fault.times == 0)
    await teams.settle()
    assert not asked.done() and teams.erin.texts() == []
    teams.clock.move(30)
    assert (await asked).status == 201


async def test_what_is_still_slow_holds_up_no_end() -> None:
    async with teams_world() as teams:
        fault = teams.fake.fault(op="send", latency=30)
        asked: asyncio.Task[Got] = asyncio.ensure_future(teams.send(teams.erin, HI))
        await teams.fake.wait_for(lambda: fault.times == 0)
    with pytest.raises((aiohttp.ClientError, RuntimeError)):
        await asked


async def test_an_invoke_without_an_answer_comes_twice_again() -> None:
    async with teams_world(limits=Limits(invoke_retries=2)) as teams:
        await teams.erin.say("card")
        teams.bot.heard.clear()
        teams.bot.held = asyncio.Event()
        pressing = asyncio.ensure_future(teams.erin.execute("Approve"))
        for tries in (1, 2, 3):
            await heard(teams, tries)
            teams.clock.move(5)
        done = await pressing
        assert done.status is None and done.elapsed == 5.0 and done.error == "TimeoutError"
        assert len({a["id"] for a in teams.bot.heard}) == 1 and len(teams.bot.heard) == 3
        assert "no answer to invoke adaptiveCard/action within 5 s" in teams.fake.lints[-1]
        teams.bot.held.set()


async def test_a_message_without_an_answer_does_not(teams: World) -> None:
    teams.bot.held = asyncio.Event()
    talking = asyncio.ensure_future(teams.erin.say("hello"))
    await teams.fake.wait_for(lambda: teams.bot.heard)
    teams.clock.move(14.9)
    await asyncio.sleep(0)
    assert not talking.done()
    teams.clock.move(0.1)
    assert (await talking).status is None and len(teams.bot.heard) == 1
    assert "no answer to message within 15 s" in teams.fake.lints[-1]
    teams.bot.held.set()


async def test_nobody_is_there(teams: World) -> None:
    teams.fake.bot_url = "http://127.0.0.1:9/none"
    assert (await teams.erin.say("hello")).error == "ClientConnectorError"
    assert "no answer" in teams.fake.lints[-1]


async def test_an_answer_that_is_an_error_is_noted(teams: World) -> None:
    teams.fake.bot_url += "/elsewhere"
    assert (await teams.erin.say("hello")).status == 404
    assert teams.fake.lints == ["bot answered HTTP 404 to message"]


async def test_teams_and_the_bot_may_live_by_one_clock() -> None:
    clock = HouseClock(datetime(2026, 11, 23, 8, tzinfo=UTC))
    async with FakeTeams(**of(clock)) as fake:
        erin = fake.add_user("erin", state="installed")
        await erin.say("hello")
        await fake.settle(bot=at_once)
        assert erin.messages()[0].id == "1795420800000"
        assert erin.messages()[0].activity["timestamp"] == "2026-11-23T08:00:00.000Z"
        assert erin.messages()[0].activity["localTimestamp"] == "2026-11-23T09:00:00.000+01:00"
