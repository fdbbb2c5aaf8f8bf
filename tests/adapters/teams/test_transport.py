"""What comes from Teams and goes there, where botbuilder by itself loses, doubles or holds up (B1-B8 of `transport`)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from io import StringIO
from typing import get_args

import pytest

from adapters.teams.connector import NoAnswer, Refused
from adapters.teams.keys import FRESH, MOST_A_MINUTE, USABLE, Keys
from adapters.teams.place import Place, unpacked
from bot.core.events import Said
from bot.core.people import PersonId
from bot.core.replies import Tell
from bot.errors import ChannelDown
from tests.adapters.teams.doorstep import Doorstep, doorstep
from tests.fakes.teams import activities
from tests.fakes.teams.signing import Forgery
from tests.fakes.teams.user import TeamsUser

HELLO = {"type": "message", "text": "hello"}
FORGERIES: Sequence[Forgery] = get_args(Forgery)


@pytest.fixture
async def world() -> AsyncIterator[Doorstep]:
    async with doorstep() as made:
        yield made


def place(user: TeamsUser) -> Place:
    return Place(user.service_url, user.conversation, user.tenant)


def words(world: Doorstep) -> list[str]:
    return [event.text for event in world.bot.events if isinstance(event, Said)]


# --- B3: who is let in


@pytest.mark.parametrize("invoke", [False, True], ids=["message", "invoke"])
@pytest.mark.parametrize("how", FORGERIES)
async def test_what_does_not_prove_that_it_is_from_teams_is_refused(
    world: Doorstep, log: StringIO, how: Forgery, *, invoke: bool
) -> None:
    await world.erin.say("before")
    told = world.bot.told()
    sent = (
        activities.invoked(world.erin, "task/fetch", {"data": {}}, None)
        if invoke
        else activities.said(world.erin, "zyklamen")
    )
    answer = await world.fake.to_bot_forged(sent, how)
    await world.quiet()
    assert (answer.status, answer.body) == (401, None)
    assert world.bot.told() == told
    assert world.calls("send", "members_one") == []
    assert "zyklamen" not in log.getvalue()
    assert '"at":' not in log.getvalue()
    assert (await world.erin.say("after")).status == 200
    assert words(world) == ["before", "after"]


@pytest.mark.parametrize("change", [{"channelId": "webchat"}, {"channelId": None}], ids=str)
async def test_a_token_of_teams_is_for_teams_alone(world: Doorstep, change: dict[str, object]) -> None:
    sent = activities.said(world.erin, "hello") | change
    assert (await world.fake.to_bot(sent)).status == 401
    assert world.bot.told() == ((), (), (), ())


async def test_a_token_is_over_when_it_says_so(world: Doorstep) -> None:
    """Clocks may differ by five minutes."""
    sent = activities.said(world.erin, "hello")
    world.fake.bot_auth = world.fake.signer.header(sent)
    await world.clock.move(timedelta(hours=1, seconds=299))
    assert (await world.fake.to_bot(sent)).status == 200
    await world.clock.move(timedelta(seconds=2))
    assert (await world.fake.to_bot(sent)).status == 401


# --- B3, B4: keys


async def test_keys_are_fetched_once(world: Doorstep) -> None:
    for _ in range(3):
        await world.erin.say("hello")
    assert world.fake.fetches == {"openid": 1, "keys": 1}


async def test_a_new_key_is_known_within_one_request(world: Doorstep) -> None:
    await world.erin.say("before")
    world.fake.rollover()
    assert (await world.erin.say("after")).status == 200
    assert words(world) == ["before", "after"]
    assert world.fake.fetches["keys"] == 2


async def test_a_slow_list_of_keys_holds_up_nobody_who_needs_no_new_one(world: Doorstep) -> None:
    await world.erin.say("before")
    slow = world.fake.fault(op="keys", latency=9)
    sent = activities.said(world.max, "made up")
    stranger = asyncio.create_task(world.fake.to_bot_forged(sent, "unknown kid"))
    await world.fake.wait_for(lambda: slow.times == 0)
    assert (await world.erin.say("meanwhile")).status == 200
    assert not stranger.done()
    await world.clock.move(timedelta(seconds=9))
    assert (await stranger).status == 401
    assert words(world) == ["before", "meanwhile"]


async def test_many_who_wait_for_the_first_keys_wait_for_one_answer(world: Doorstep) -> None:
    slow = world.fake.fault(op="openid", latency=9)
    said = [asyncio.create_task(world.erin.say("hello")) for _ in range(20)]
    await world.fake.wait_for(lambda: slow.times == 0)
    await world.clock.move(timedelta(seconds=9))
    assert [one.status for one in await asyncio.gather(*said)] == [200] * 20
    assert world.fake.fetches == {"openid": 1, "keys": 1}


@pytest.mark.parametrize(
    "fault",
    [
        {"op": "openid", "status": 503},
        {"op": "keys", "status": 502, "html": True},
        {"op": "keys", "status": 200, "html": True},
        {"op": "keys", "status": 200},
        {"op": "openid", "drop": True},
    ],
    ids=lambda fault: " ".join(str(part) for part in fault.values()),
)
async def test_without_keys_teams_is_told_to_come_again(
    world: Doorstep, log: StringIO, fault: dict[str, object]
) -> None:
    broken = world.fake.fault(times=-1, **fault)
    assert (await world.erin.say("early")).status == 503
    assert world.bot.told() == ((), (), (), ())
    broken.times = 0
    assert (await world.erin.say("late")).status == 200
    assert words(world) == ["late"]
    assert '"at":' not in log.getvalue()


async def keys_of(world: Doorstep) -> Keys:
    return Keys(world.way.session, world.fake.openid_url, world.clock)


async def test_keys_that_cannot_be_had_anew_count_for_another_day(world: Doorstep) -> None:
    keys, kid = await keys_of(world), world.fake.signer.kid
    assert await keys.get(kid) is not None
    world.fake.fault(op="openid", status=503, times=-1)
    await world.clock.move(FRESH)
    assert await keys.get(kid) is not None  # fetched behind it, and that fails
    await world.fake.wait_for(lambda: world.fake.fetches["openid"] == 2)
    await world.clock.move(USABLE - FRESH)
    with pytest.raises(ChannelDown):
        await keys.get(kid)
    await keys.stop()


async def test_old_keys_are_fetched_anew_behind_whoever_asks(world: Doorstep) -> None:
    keys, kid = await keys_of(world), world.fake.signer.kid
    assert await keys.get(kid) is not None
    world.fake.rollover()
    await world.clock.move(FRESH)
    assert await keys.get(kid) is not None
    await world.fake.wait_for(lambda: world.fake.fetches["keys"] == 2)
    await world.fake.wait_for(lambda: world.fake.signer.kid in keys._known)
    assert kid not in keys._known
    await keys.stop()


async def test_names_that_are_made_up_fetch_no_more_than_so_often(world: Doorstep) -> None:
    keys = await keys_of(world)
    for number in range(3 * MOST_A_MINUTE):
        assert await keys.get(f"made up {number}") is None
    assert world.fake.fetches["keys"] == MOST_A_MINUTE
    world.fake.rollover()
    await world.clock.move(timedelta(minutes=1))
    assert await keys.get(world.fake.signer.kid) is not None
    await keys.stop()


async def test_a_key_that_cannot_be_read_is_passed_over(world: Doorstep, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = world.fake.signer.keys()
    kid = world.fake.signer.kid
    good = listed["keys"][0]
    odd = [None, "x", {}, {"kid": "a"}, {"kid": "b", "kty": "EC"}, {**good, "kid": "c", "n": "ø"}, {**good, "n": ""}]
    monkeypatch.setattr(world.fake.signer, "keys", lambda: {"keys": [*odd, {**good, "kid": "d", "e": 1}, good]})
    keys = await keys_of(world)
    found = await keys.get(kid)
    assert found is not None and found.endorsements == ("msteams",)
    await keys.stop()


# --- B1: invokes


async def test_an_invoke_is_answered_with_its_body_as_it_is(world: Doorstep) -> None:
    world.bot.reply = Tell(())
    opened = await world.erin.invoke("task/fetch", {"data": {"bistand": {"act": "cases"}}})
    assert opened.status == 200
    assert opened.answer["task"]["type"] == "continue"
    assert opened.answer["task"]["value"]["card"]["content"]["type"] == "AdaptiveCard"
    value = {"action": {"type": "Action.Execute", "data": {"bistand": {"act": "command", "ids": ["help"]}}}}
    pressed = await world.erin.invoke("adaptiveCard/action", value)
    assert (pressed.status, pressed.answer["statusCode"]) == (200, 200)
    nothing = await world.erin.invoke("composeExtension/submitAction", {})
    assert (nothing.status, nothing.body) == (200, {})


async def test_a_message_that_wants_its_replies_in_the_answer_is_one_as_any_other(world: Doorstep) -> None:
    sent = activities.said(world.erin, "hello") | {"deliveryMode": "expectReplies"}
    answer = await world.fake.to_bot(sent)
    assert (answer.status, answer.body) == (200, None)
    assert words(world) == ["hello"]


# --- B2: tokens


async def test_turns_fetch_no_token_and_many_sends_fetch_one(world: Doorstep) -> None:
    for number in range(10):
        await world.erin.say(f"line {number}")
    await world.quiet()
    assert world.fake.fetches["token"] == 0
    assert len(words(world)) == 10
    users = [world.person(f"user{number}") for number in range(40)]
    await asyncio.gather(*(world.way.connector.send(place(user), HELLO) for user in users))
    await world.clock.move(timedelta(seconds=1))  # as many as Teams takes
    for user in users:
        await world.way.connector.send(place(user), HELLO)
    assert world.fake.fetches["token"] == 1
    assert all(user.texts() == ["hello"] * 2 for user in users)
    await world.clock.move(timedelta(hours=1))
    await world.way.connector.send(place(world.erin), HELLO)
    assert world.fake.fetches["token"] == 2


async def test_a_token_that_is_over_is_fetched_once_for_all_who_send(world: Doorstep) -> None:
    users = [world.person(f"user{number}") for number in range(20)]
    await world.way.connector.send(place(world.erin), HELLO)
    world.fake.require_token = "second"
    await asyncio.gather(*(world.way.connector.send(place(user), HELLO) for user in users))
    assert world.fake.fetches["token"] == 2


# --- B5: at once


async def test_forty_are_written_to_at_once(world: Doorstep) -> None:
    world.fake.fault(op="send", latency=5, times=40)
    users = [world.person(f"user{number}") for number in range(40)]
    sending = asyncio.gather(*(world.way.connector.send(place(user), HELLO) for user in users))
    await world.fake.wait_for(lambda: world.fake.in_flight == 40)
    assert (await world.erin.say("meanwhile")).status == 200
    await world.clock.move(timedelta(seconds=5))
    assert all(await sending)
    assert world.fake.most_in_flight == 40
    assert all(user.texts() == ["hello"] for user in users)


# --- B6, B7: what failed, and yet may have been done


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("how", [{"status": 502, "html": True}, {"drop": True}], ids=["page", "drop"])
@pytest.mark.parametrize("again", [False, True], ids=["first", "kept connection"])
async def test_a_send_that_fails_is_tried_by_nobody_but_the_outbox(
    world: Doorstep, how: dict[str, object], *, after: bool, again: bool
) -> None:
    if again:
        await world.way.connector.send(place(world.erin), HELLO)
    world.fake.fault(op="send", after=after, **how)
    with pytest.raises((Refused, NoAnswer)) as failed:
        await world.way.connector.send(place(world.max), HELLO)
    assert len(world.max.texts()) == after
    assert len(world.calls("send")) == 1 + again
    if isinstance(failed.value, Refused):
        assert failed.value.status == 502
    await world.way.connector.send(place(world.max), HELLO)
    assert len(world.max.texts()) == 1 + after


@pytest.mark.parametrize("op", ["update", "delete"])
async def test_a_page_in_the_place_of_an_answer_keeps_its_status(world: Doorstep, op: str) -> None:
    message = await world.way.connector.send(place(world.erin), HELLO)
    world.fake.fault(op=op, status=503, html=True, retry_after=7)
    connector, where = world.way.connector, place(world.erin)
    asked = connector.update(where, message, HELLO) if op == "update" else connector.delete(where, message)
    with pytest.raises(Refused) as failed:
        await asked
    assert (failed.value.status, failed.value.retry_after) == (503, 7.0)
    assert len(world.calls(op)) == 1


# --- B8: the tenant


async def test_the_tenant_is_kept_on_its_way_in_and_out(world: Doorstep) -> None:
    await world.erin.say("hello")
    known = unpacked(world.bot.places[PersonId("erin")])
    assert known == place(world.erin)
    await world.way.connector.send(known, HELLO)
    (sent,) = world.calls("send")
    assert sent["request"]["channelData"] == {"tenant": {"id": world.fake.tenant}}
    assert sent["request"]["conversation"] == {"id": world.erin.conversation, "tenantId": world.fake.tenant}
    assert world.fake.lints == []


async def test_the_tenant_is_told_in_either_of_two_places(world: Doorstep) -> None:
    sent = activities.said(world.erin, "hello")
    del sent["conversation"]["tenantId"]  # only `channelData` tells it
    assert (await world.fake.to_bot(sent)).status == 200
    sent = activities.said(world.erin, "hello")
    sent["channelData"] = None
    assert (await world.fake.to_bot(sent)).status == 200
    assert len(words(world)) == 2
