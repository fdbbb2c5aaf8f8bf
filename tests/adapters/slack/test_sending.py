"""What goes out to Slack: once, in its order, as soon as Slack takes it; nothing is dropped."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from adapters.slack.channel import PLATFORM
from bot.core.people import PersonId
from tests.adapters.slack.house import SlackHouse, slack_house
from tests.adapters.slack.trapped import START, TO_SEND, said, talk, wait
from tests.fakes.slack.actor import Actor
from tests.runtime.making import settings

FOREVER = 10**9


@pytest.fixture
async def house() -> AsyncIterator[SlackHouse]:
    async with slack_house(settings(), START, "http") as made:
        yield made


async def alone(house: SlackHouse) -> list[str]:
    """What the bot says to somebody who writes `report` while all is well."""
    return said(await talk(house, "Eva", "report"))


def keys(actor: Actor) -> list[str]:
    return [m["metadata"]["event_payload"]["key"] for m in actor.ch["messages"] if "metadata" in m]


@pytest.mark.parametrize("applied", [True, False], ids=["after", "before"])
async def test_a_connection_that_drops_costs_and_doubles_no_message(house: SlackHouse, *, applied: bool) -> None:
    expected = await alone(house)
    house.fake.fault("chat.postMessage", "drop", applied=applied)
    ana = await typed(house, "Ana", "report")
    assert len(said(ana)) == applied
    assert [*house.down()] == [PLATFORM]
    await wait(house, 4)
    assert said(ana) == expected
    assert len(set(keys(ana))) == len(keys(ana)) == 2
    assert [*house.down()] == []
    assert bool(house.fake.calls("conversations.history")) is True  # looked up by its key


async def test_an_answer_that_does_not_come_in_time_doubles_no_message(
    house: SlackHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Slack has posted it; the client has given up waiting."""
    expected = await alone(house)
    post, times = house.way.client.chat_postMessage, [None]

    async def slow(**asked: object) -> object:
        answer = await post(**asked)  # type: ignore[arg-type]  # as it came
        if times:
            times.pop()
            raise TimeoutError
        return answer

    monkeypatch.setattr(house.way.client, "chat_postMessage", slow)
    ana = await typed(house, "Ana", "report")
    assert [*house.down()] == [PLATFORM]
    await wait(house, 4)
    assert said(ana) == expected


async def test_where_slack_says_to_wait_it_is_waited_for(house: SlackHouse) -> None:
    expected = await alone(house)
    house.fake.fault("chat.postMessage", "ratelimit", retry_after=30)
    ana = await typed(house, "Ana", "report")
    assert said(ana) == []
    assert [*house.down()] == []  # it is about one message, not about Slack
    calls = len(house.fake.calls("chat.postMessage"))
    await wait(house, 29)
    assert said(ana) == []
    assert len(house.fake.calls("chat.postMessage")) == calls
    await wait(house, 1)
    assert said(ana) == expected


async def test_five_minutes_without_slack_lose_nothing_and_keep_the_order(house: SlackHouse) -> None:
    expected = await alone(house)
    more = said(await talk(house, "Eva", "[No]"))[len(expected) :]
    house.fake.fault("chat.*", "http", times=FOREVER, status=503)
    ana, bo = await typed(house, "Ana", "report"), await typed(house, "Bo", "report")
    assert [*house.down()] == [PLATFORM]
    for _ in range(10):
        await wait(house, 30)
        assert [*house.down()] == [PLATFORM]
    assert said(ana) == said(bo) == []
    await typed(house, "Ana", "no")
    house.fake.faults.clear()
    await wait(house, 300)
    assert [*house.down()] == []
    assert len(said(bo)) == len(expected)
    told = said(ana)
    assert told[0] == expected[0]
    assert told[-1] == more[-1]
    assert len(set(keys(ana))) == len(keys(ana))


async def typed(house: SlackHouse, who: str, words: str) -> Actor:
    """Somebody writes; what becomes of the answer is the test's."""
    actor = house.actor(house.stage().person(who))
    await actor.dm(words)
    await house.quiet()
    return actor


async def test_a_token_that_was_revoked_drops_nothing(house: SlackHouse) -> None:
    """A send is the first to hear of it; nothing came of the event."""
    expected = await alone(house)
    ana = await typed(house, "Ana", "")  # nothing yet
    before = said(ana)
    for held in house.fake.tokens.values():
        held["state"] = "token_revoked"
    event = {"type": "message", "user": ana.uid, "text": "report", "channel": ana.ch["id"], "channel_type": "im"}
    sent = {"team_id": house.fake.team["id"], "event_id": "Ev0R", "type": "event_callback", "event": event}
    assert (await house.fake.deliver("events_api", sent))["ok"]
    await house.quiet()
    assert [*house.down()] == [PLATFORM]
    await wait(house, 400)
    assert [*house.down()] == [PLATFORM]
    house.fake.restore()
    await wait(house, 400)
    assert said(ana) == [*before, *expected]
    assert [*house.down()] == []


@pytest.mark.parametrize("uninstalled", [False, True], ids=["revoked", "uninstalled"])
@pytest.mark.parametrize("mode", ["http", "socket"])
async def test_slack_says_itself_that_the_bot_is_out(mode: str, *, uninstalled: bool) -> None:
    async with slack_house(settings(), START, mode) as house:
        house.fake.revoke(uninstalled=uninstalled)
        await house.quiet()
        assert house.fake.calls("chat.postMessage") == []
        assert [*house.down()] == [PLATFORM]
        assert house.fake.lints == []
        house.fake.restore()
        await house.clock.move(timedelta(minutes=1))
        await house.fake.wait_for(lambda: not house.down())
        assert len(said(await talk(house, "Ana", "report"))) == 2


async def test_an_account_that_is_gone_is_about_that_person_and_the_next_is_asked(house: SlackHouse) -> None:
    await talk(house, "Ana", *TO_SEND)
    luis = house.actor(house.stage().person("Luis"))
    house.fake.fault(
        "chat.postMessage", "error", times=FOREVER, error="user_disabled", where=lambda a: a["channel"] == luis.uid
    )
    await talk(house, "Ana", "[Yes, send it]")
    assert [*house.down()] == []
    assert said(luis) == []
    refused = [
        answer["error"] for asked, answer in house.fake.calls("chat.postMessage") if asked["channel"] == luis.uid
    ]
    assert refused
    assert "Kim Dahl" in said(house.actor(house.stage().person("Ana")))[-1]
    reached = {house.people().by_id[person].first_name for person in people_told(house)}
    assert "Luis" not in reached
    assert {"Ana", "Kim"} <= reached


def people_told(house: SlackHouse) -> set[PersonId]:
    people = house.people()
    return {
        one.id for one in people if any(a.platform == PLATFORM for a in one.addresses) and said(house.actor(one.id))
    }


async def test_blocks_that_slack_refuses_go_out_as_plain_text(house: SlackHouse) -> None:
    expected = await alone(house)
    house.fake.fault("chat.postMessage", "error", error="invalid_blocks")
    ana = await typed(house, "Ana", "report")
    assert said(ana) == expected
    first, second = (m for m in ana.ch["messages"] if m["user"] == house.fake.bot_user)
    assert "blocks" not in first
    assert "blocks" in second
    assert [*house.down()] == []


async def test_text_that_slack_refuses_too_is_tried_again(house: SlackHouse) -> None:
    """Then it is about that message; the others of the chat wait behind it."""
    house.fake.fault("chat.postMessage", "error", times=2, error="invalid_blocks")
    ana = await typed(house, "Ana", "report")
    assert said(ana) == []
    await wait(house, 2)
    assert len(said(ana)) == 2


async def test_every_new_message_keeps_the_pace_of_its_chat(house: SlackHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[str] = []

    async def turn(chat: str) -> None:
        kept.append(chat)

    monkeypatch.setattr(house.way.channel._pace, "turn", turn)
    ana = await talk(house, "Ana", "report", "[No]")
    assert kept == [ana.uid] * len(said(ana))
