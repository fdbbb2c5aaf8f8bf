"""Accounts that are nobody's yet: looked up once, answered kindly in their own chat, and nothing is taken from them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest

from adapters.teams.courtesy import AGAIN as TOLD_AGAIN
from adapters.teams.roster import AGAIN as ASKED_AGAIN
from bot.core.events import Said
from bot.core.people import PersonId
from bot.runtime.accounts import Account, AccountKind
from tests.adapters.teams.doorstep import Doorstep, doorstep
from tests.fakes.teams import activities


@pytest.fixture
async def world() -> AsyncIterator[Doorstep]:
    async with doorstep() as made:
        yield made


def is_kind(text: str) -> bool:
    return "could not find you" in text and "112" in text


async def test_a_stranger_is_answered_and_nothing_is_taken(world: Doorstep) -> None:
    sam = world.stranger("sam")
    assert (await sam.say("He writes every night")).status == 200
    await world.quiet()
    (text,) = sam.texts()
    assert is_kind(text)
    assert world.bot.told() == ((), (), (), ())
    assert world.learned == [
        Account("teams", world.fake.tenant, sam.aad, ("sam@example.com",), AccountKind.MEMBER, home=True)
    ]
    assert world.fake.lints == []


async def test_a_stranger_is_not_answered_again_and_again(world: Doorstep) -> None:
    sam = world.stranger("sam")
    for _ in range(5):
        await sam.say("hello?")
    await world.quiet()
    assert len(sam.texts()) == len(world.calls("members_one")) == 1
    await world.clock.move(ASKED_AGAIN)
    await sam.say("hello?")
    await world.quiet()
    assert (len(sam.texts()), len(world.calls("members_one"))) == (1, 2)
    await world.clock.move(TOLD_AGAIN)
    await sam.say("hello?")
    await world.quiet()
    assert len(sam.texts()) == 2


async def test_who_is_found_is_let_in_by_the_same_message(world: Doorstep) -> None:
    kim = world.stranger("kim")
    world.news = lambda: world.joins(kim)
    await kim.say("hello")
    await world.quiet()
    (event,) = world.bot.events
    assert isinstance(event, Said)
    assert event.person == PersonId("kim")
    assert kim.texts() == []


async def test_a_guest_is_known_for_one(world: Doorstep) -> None:
    guest = world.stranger("gus", guest=True)
    await guest.say("hello")
    (account,) = world.learned
    assert account.kind is AccountKind.GUEST


@pytest.mark.parametrize("fault", [{"status": 500}, {"status": 429}, {"drop": True, "times": 2}], ids=str)
async def test_who_cannot_be_looked_up_is_a_stranger_for_now(
    world: Doorstep, log: StringIO, fault: dict[str, Any]
) -> None:
    world.fake.fault(op="members_one", **fault)
    kim = world.stranger("kim")
    world.news = lambda: world.joins(kim)
    assert (await kim.say("zyklamen")).status == 200
    await world.quiet()
    assert world.bot.told() == ((), (), (), ())
    assert world.learned == []
    assert is_kind(kim.texts()[0])
    assert '"at":' not in log.getvalue()
    assert "zyklamen" not in log.getvalue()
    await world.clock.move(ASKED_AGAIN)
    await kim.say("hello")
    assert len(world.bot.events) == 1


async def test_an_account_without_an_id_is_nobodys(world: Doorstep) -> None:
    sent = activities.said(world.stranger("sam"), "hello")
    del sent["from"]["aadObjectId"]
    assert (await world.fake.to_bot(sent)).status == 200
    await world.quiet()
    assert world.bot.told() == ((), (), (), ())
    assert world.calls("members_one") == []


async def test_a_stranger_may_press_what_they_like(world: Doorstep) -> None:
    sam = world.stranger("sam")
    for name in ("task/fetch", "adaptiveCard/action", "fileConsent/invoke", "application/search"):
        answer = await sam.invoke(name, {"data": {"bistand": {"act": "cases"}}})
        assert (answer.status, answer.body) == (200, None)
    assert world.bot.told() == ((), (), (), ())


async def test_in_a_chat_of_others_a_stranger_is_told_nothing(world: Doorstep) -> None:
    """The app's command is there in every chat; who reads along must not learn that it was used."""
    sent = activities.invoked(
        world.stranger("sam"), "composeExtension/fetchTask", {"commandId": "report_incident"}, None
    )
    sent["conversation"] |= {"conversationType": "groupChat"}
    assert (await world.fake.to_bot(sent)).status == 200
    await world.quiet()
    assert world.calls("send", "members_one") == []
    assert world.bot.told() == ((), (), (), ())


async def test_what_is_said_in_a_chat_of_others_is_not_for_the_bot(world: Doorstep) -> None:
    for kind in ("groupChat", "channel"):
        sent = activities.said(world.erin, "@bot report")
        sent["conversation"]["conversationType"] = kind
        assert (await world.fake.to_bot(sent)).status == 200
    assert world.bot.told() == ((), (), (), ())


async def test_a_command_in_a_chat_of_others_moves_nobody_there(world: Doorstep) -> None:
    sent = activities.invoked(world.erin, "composeExtension/fetchTask", {"commandId": "report_incident"}, None)
    sent["conversation"]["conversationType"] = "groupChat"
    assert (await world.fake.to_bot(sent)).status == 200
    assert len(world.bot.events) == 1
    assert world.bot.places == {}


async def test_who_installs_it_has_it_and_who_removes_it_has_it_no_more(world: Doorstep) -> None:
    await world.erin.install()
    assert (PersonId("erin"), True) in world.bot.has_it
    assert len(world.bot.events) == 1  # greeted once
    await world.erin.uninstall()
    assert world.bot.has_it[-1] == (PersonId("erin"), False)


async def test_what_is_under_way_behind_a_turn_ends_before_the_bot_stops(world: Doorstep) -> None:
    world.fake.fault(op="send", latency=1)
    sam = world.stranger("sam")
    await sam.say("hello")
    await world.fake.wait_for(lambda: world.fake.in_flight == 1)
    await world.clock.move(timedelta(seconds=1))
    await world.door.stop()
    assert len(sam.texts()) == 1
