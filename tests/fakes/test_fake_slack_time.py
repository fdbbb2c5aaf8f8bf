"""The fake Slack's time: nothing waits for real, the test moves the clock."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.runtime.clocks import MovableClock as HouseClock
from tests.fakes.slack.clock import of
from tests.fakes.slack.workspace import FakeSlack
from tests.fakes.slack_bot import Json, form
from tests.fakes.slack_world import World, at_once


async def test_an_event_comes_again_at_once_after_a_minute_and_after_five(slack: World) -> None:
    fake, clock, ana = slack.fake, slack.clock, slack.ana
    heard: list[tuple[Any, Any, str]] = []
    release = asyncio.Event()

    @slack.app.middleware
    async def stuck(req: Any, next: Callable[[], Awaitable[None]]) -> None:  # noqa: A002  Bolt's name for it
        if req.body.get("event", {}).get("text") == "boom":
            number, why = (req.headers.get(f"x-slack-retry-{k}", [None])[0] for k in ("num", "reason"))
            heard.append((number, why, req.body["event_id"]))
            await release.wait()
        await next()

    typing = asyncio.ensure_future(ana.dm("boom"))
    await fake.wait_for(lambda: len(heard) == 1)
    clock.move(3)
    await typing
    await fake.wait_for(lambda: len(heard) == 2)
    clock.move(3)
    await slack.settle()
    for wait, number in ((60, 3), (300, 4)):
        clock.move(wait - 1)
        await slack.settle()
        assert len(heard) == number - 1
        clock.move(1)
        await fake.wait_for(lambda number=number: len(heard) == number)
        clock.move(3)
        await slack.settle()
    assert any("given up after 3 retries" in lint for lint in fake.lints)
    http = fake.bot_url is not None
    assert [n for n, _, _ in heard] == ([None, "1", "2", "3"] if http else ["0", "1", "2", "3"])
    assert heard[1][1] == ("http_timeout" if http else "timeout") and len({e for _, _, e in heard}) == 1
    release.set()
    await fake.wait_for(lambda: ana.screen().count("You said: boom") == 4)  # not deduplicated: Bolt answers all


async def test_no_retry_is_waited_for_while_the_clock_stands(by_http: World) -> None:
    by_http.fake.bot_url = "http://127.0.0.1:9"  # nobody is there
    await by_http.ana.dm("hello")
    await by_http.settle()
    reasons = [e["result"]["reason"] for e in by_http.fake.log if e["kind"] == "deliver"]
    assert reasons == ["connection_failed"] * 2  # the first, and at once


async def test_a_trigger_lives_three_seconds_and_works_once(alone: World) -> None:
    ana, client = alone.ana, alone.client
    late = alone.fake.trigger(ana.uid)
    alone.clock.move(3.01)
    with pytest.raises(SlackApiError, match="expired_trigger_id"):
        await client.views_open(trigger_id=late, view=form())
    t = alone.fake.trigger(ana.uid)
    alone.clock.move(2.99)
    await client.views_open(trigger_id=t, view=form())
    with pytest.raises(SlackApiError, match="exchanged_trigger_id"):
        await client.views_open(trigger_id=t, view=form())


async def test_three_views_and_a_hash(alone: World) -> None:
    ana, client = alone.ana, alone.client

    def within() -> str:
        return alone.fake.trigger(ana.uid, ana.modal()["id"])

    await client.views_open(trigger_id=alone.fake.trigger(ana.uid), view=form())
    for _ in range(2):
        await client.views_push(trigger_id=within(), view=form())
    with pytest.raises(SlackApiError, match="push_limit_reached"):
        await client.views_push(trigger_id=within(), view=form())
    v = ana.modal()
    ana.fill({"what": "kept"})
    await client.views_update(view_id=v["id"], hash=v["hash"], view=form())
    with pytest.raises(SlackApiError, match="hash_conflict"):
        await client.views_update(view_id=v["id"], hash=v["hash"], view=form())


async def test_a_response_url_answers_five_times_in_thirty_minutes(alone: World) -> None:
    async def answer(s: aiohttp.ClientSession, url: str) -> int:
        async with s.post(url, json={"text": "x"}) as r:
            return r.status

    async with aiohttp.ClientSession() as s:
        used = alone.fake.make_response_url(alone.ana.uid, alone.ana.ch)
        assert [await answer(s, used) for _ in range(6)] == [200] * 5 + [404]
        old = alone.fake.make_response_url(alone.ana.uid, alone.ana.ch)
        alone.clock.move(1801)
        assert await answer(s, old) == 404


async def test_limits_open_again_with_time(alone: World) -> None:
    dm, fake = alone.ana.ch["id"], alone.fake
    fake.enforce_rate_limits = True
    await alone.client.chat_postMessage(channel=dm, text="1")
    with pytest.raises(SlackApiError, match="ratelimited") as e:
        await alone.client.chat_postMessage(channel=dm, text="2")
    assert e.value.response.status_code == 429 and e.value.response.headers["Retry-After"] == "1"
    await alone.client.chat_postMessage(channel=alone.boss.ch["id"], text="another channel")
    alone.clock.move(1)
    await alone.client.chat_postMessage(channel=dm, text="2")
    for _ in range(20):
        await alone.client.users_list()
    with pytest.raises(SlackApiError, match="ratelimited") as e:
        await alone.client.users_list()
    alone.clock.move(int(e.value.response.headers["Retry-After"]))
    await alone.client.users_list()


async def test_a_slow_answer_comes_when_the_clock_moves(alone: World) -> None:
    alone.fake.fault("auth.test", "latency", seconds=30)
    asked = asyncio.ensure_future(alone.client.auth_test())
    await alone.fake.wait_for(lambda: alone.fake.faults[0]["times"] == 0)
    await alone.settle()
    assert not asked.done()
    alone.clock.move(30)
    assert (await asked)["ok"]


async def test_a_planned_message_comes_at_its_time(alone: World) -> None:
    dm, now = alone.ana.ch, int(alone.clock.now())
    with pytest.raises(SlackApiError, match="time_in_past"):
        await alone.client.chat_scheduleMessage(channel=dm["id"], post_at=now - 1, text="x")
    await alone.client.chat_scheduleMessage(channel=dm["id"], post_at=now + 600, text="later")
    alone.clock.move(500)
    await alone.settle()
    assert dm["messages"] == []
    alone.clock.move(101)
    await alone.fake.wait_for(lambda: dm["messages"])


async def test_a_rotated_token_ends_after_twelve_hours(alone: World) -> None:
    fake = alone.fake
    fake.oauth_codes.add("c")
    ours: Json = {"client_id": fake.client_id, "client_secret": fake.client_secret}
    asked = alone.client.api_call  # oauth_v2_access uses what aiohttp has given up
    got = await asked("oauth.v2.access", params={**ours, "code": "c"})
    rotated = AsyncWebClient(token=got["access_token"], base_url=fake.api_url)
    await rotated.auth_test()
    alone.clock.move(43201)
    with pytest.raises(SlackApiError, match="token_expired"):
        await rotated.auth_test()
    again: Json = {"grant_type": "refresh_token", "refresh_token": got["refresh_token"]}
    await asked("oauth.v2.access", params={**ours, **again})
    with pytest.raises(SlackApiError, match="invalid_refresh_token"):
        await asked("oauth.v2.access", params={**ours, **again})


async def test_slack_and_the_bot_may_live_by_one_clock() -> None:
    clock = HouseClock(datetime(2026, 11, 23, 8, tzinfo=UTC))
    async with FakeSlack(**of(clock)) as fake:
        ana = fake.add_user("ana")
        await ana.dm("hello")
        await fake.settle(bot=at_once)
        assert len(ana.ch["messages"]) == 1 and ana.ch["messages"][0]["ts"].startswith("1795420800.")
        tried = [e["attempt"] for e in fake.log if e["kind"] == "deliver"]
        await clock.move(timedelta(seconds=60))
        await fake.wait_for(lambda: [e["attempt"] for e in fake.log if e["kind"] == "deliver"] == [*tried, 2])
