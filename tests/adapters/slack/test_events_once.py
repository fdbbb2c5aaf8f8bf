"""An event is taken once, however often it comes; what was not taken comes again."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.core.events import Event
from bot.core.replies import Reply
from tests.adapters.slack.house import SlackHouse, slack_house
from tests.adapters.slack.trapped import MODES, START, asked_now, counts, payloads, said, talk, wait
from tests.runtime.making import settings


def breaks(
    house: SlackHouse, monkeypatch: pytest.MonkeyPatch, times: int, *, behind: bool
) -> asyncio.Queue[RuntimeError]:
    """The next turns end in an error: before they are committed, or right behind it. Each is told of."""
    take, told, left = house.service.take, asyncio.Queue[RuntimeError](), times

    async def broken(event: Event) -> Reply:
        nonlocal left
        breaks_now, left = left > 0, left - 1
        if breaks_now and not behind:
            told.put_nowait(RuntimeError())
            raise RuntimeError
        reply = await take(event)
        if breaks_now:
            told.put_nowait(RuntimeError())
            raise RuntimeError
        return reply

    monkeypatch.setattr(house.service, "take", broken)
    return told


async def unheard(house: SlackHouse, told: asyncio.Queue[RuntimeError], times: int) -> None:
    """So many deliveries fail; down the line silence is a no, after three seconds."""
    for _ in range(times):
        await told.get()
        if house.mode == "socket":
            await house.clock.move(timedelta(seconds=3))


@pytest.mark.parametrize("mode", MODES)
async def test_fifty_times_the_same_event_is_one_turn(mode: str) -> None:
    async with slack_house(settings(), START, mode) as house:
        ana = await talk(house, "Ana", "report")
        (event,) = [one for one in payloads(house, "events_api") if one["event"].get("text") == "report"]
        before, words = counts(house.store), said(ana)
        again = [await house.fake.deliver("events_api", dict(event), attempt=n % 4) for n in range(25)]
        again += await asyncio.gather(*(house.fake.deliver("events_api", dict(event)) for _ in range(25)))
        await house.quiet()
        assert {one["status"] for one in again} == {200}
        assert counts(house.store) == before
        assert said(ana) == words


@pytest.mark.parametrize("mode", MODES)
async def test_a_new_event_that_comes_fifty_times_at_once_is_one_turn(mode: str) -> None:
    async with slack_house(settings(), START, mode) as house:
        ana = await talk(house, "Ana", "help")
        (help_,) = [one for one in payloads(house, "events_api") if one["event"].get("text") == "help"]
        event = {**help_, "event_id": "Ev0NEW", "event": {**help_["event"], "text": "report"}}
        before = len(said(ana))
        await asyncio.gather(*(house.fake.deliver("events_api", event) for _ in range(50)))
        await house.quiet()
        assert await asked_now(house, "Ana") == ["report.danger"]
        assert len(said(ana)) == before + 2


async def test_the_retry_that_socket_mode_counts_from_zero_is_no_retry() -> None:
    """Slack's first delivery down the line says `retry_attempt: 0`: it is taken as any other, by its id."""
    async with slack_house(settings(), START, "socket") as house:
        ana = await talk(house, "Ana", "report")
        assert len(said(ana)) == 2
        delivered = [one for one in house.fake.log if one["kind"] == "deliver" and one["envelope"] == "events_api"]
        assert {one["attempt"] for one in delivered} == {0}


@pytest.mark.parametrize("number", ["0", "1", "3"])
async def test_no_header_makes_a_first_delivery_a_known_one(number: str) -> None:
    async with slack_house(settings(), START, "http") as house:
        ana = await talk(house, "Ana", "help")
        (help_,) = [one for one in payloads(house, "events_api") if one["event"].get("text") == "help"]
        event = {**help_, "event_id": "Ev0NEW", "event": {**help_["event"], "text": "report"}}
        headers = {"X-Slack-Retry-Num": number, "X-Slack-Retry-Reason": "http_timeout"}
        answer = await house.fake.delivery.http("events_api", event, headers=headers)
        await house.quiet()
        assert answer["status"] == 200
        assert await asked_now(house, "Ana") == ["report.danger"]
        assert said(ana)


@pytest.mark.parametrize("behind", [False, True], ids=["before", "behind"])
@pytest.mark.parametrize("mode", MODES)
async def test_a_turn_that_fails_is_not_acknowledged_and_comes_again(
    mode: str, behind: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with slack_house(settings(), START, mode) as house:
        told = breaks(house, monkeypatch, 1, behind=behind)
        ana, _ = await asyncio.gather(talk(house, "Ana", "report"), unheard(house, told, 1))
        first, second = [one["result"] for one in house.fake.log if one["kind"] == "deliver"][:2]
        if mode == "http":
            assert (first["ok"], first["status"]) == (False, 500)
        else:
            assert (first["ok"], first["status"]) == (False, None)
        assert second["ok"]
        assert await asked_now(house, "Ana") == ["report.danger"]
        assert len(said(ana)) == 2
        assert house.fake.lints == []


@pytest.mark.parametrize("behind", [False, True], ids=["before", "behind"])
@pytest.mark.parametrize("mode", MODES)
async def test_whoever_is_killed_before_the_answer_takes_the_event_when_it_comes_again(
    mode: str, behind: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with slack_house(settings(), START, mode) as house:
        told = breaks(house, monkeypatch, 2, behind=behind)  # the first delivery, and the one that follows at once
        ana = house.actor(house.stage().person("Ana"))
        await asyncio.gather(ana.dm("report"), unheard(house, told, 2))
        await house.quiet()
        await house.drop()
        monkeypatch.undo()
        await house.open()
        await house.quiet()
        assert await asked_now(house, "Ana") == (["report.danger"] if behind else [])
        await wait(house, 60)
        deliveries = [one for one in house.fake.log if one["kind"] == "deliver" and one["payload"]["event"].get("text")]
        mine = [one for one in deliveries if one["payload"]["event"].get("user") == ana.uid]
        assert [one["result"]["ok"] for one in mine] == [False, False, True]
        assert await asked_now(house, "Ana") == ["report.danger"]
        assert len(said(ana)) == 2
