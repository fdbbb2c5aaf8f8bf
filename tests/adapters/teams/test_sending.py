"""What goes out to Teams: where it goes, and whom a failure is about. Nothing is tried again here but a token."""

from __future__ import annotations

from collections.abc import AsyncIterator
from io import StringIO
from typing import Any

import pytest

from adapters.teams.channel import TeamsChannel
from adapters.teams.place import Place, unpacked
from bot.core.ids import CaseId, Slot
from bot.core.messages import Choice, Message
from bot.core.people import PersonId
from bot.errors import ChannelDown, Invariant, PersonUnreachable, PlatformError
from bot.runtime.owed import Change, Nudge, Owed, Post, Remove, Wish
from tests.adapters.teams.doorstep import Doorstep, doorstep
from tests.fakes.teams import activities
from tests.fakes.teams.user import State, TeamsUser

HELLO = Message("Hello **there**", choices=(Choice("a", "One way"), Choice("b", "Another")))
NOWHERE = "http://127.0.0.1:9/amer/"
OTHER_TENANT = "99999999-2222-3333-4444-555555555555"


@pytest.fixture
async def world() -> AsyncIterator[Doorstep]:
    """Somebody of ours has written once: it is known where our tenant is reached."""
    async with doorstep() as made:
        await made.erin.say("hello")
        yield made


async def send(world: Doorstep, user: TeamsUser, wish: Wish | None = None, handle: str | None = None) -> str:
    wish = wish or Post(HELLO)
    owed = Owed(1, "c:1:0", "lane", CaseId("c"), Slot("s"), PersonId(user.key), "teams", wish, awaited=False)
    return await world.way.channel.send(owed, user.aad, handle, again=False)


async def error(world: Doorstep, user: TeamsUser, wish: Wish | None = None, handle: str | None = None) -> PlatformError:
    with pytest.raises(PlatformError) as failed:
        await send(world, user, wish, handle)
    return failed.value


def cards(user: TeamsUser) -> list[str]:
    return [str(message.card) for message in user.bot_messages() if message.card is not None]


# --- where it goes


async def test_a_message_is_a_card_where_its_reader_was_seen_last(world: Doorstep) -> None:
    handle = await send(world, world.erin)
    (shown,) = world.erin.bot_messages()
    assert (shown.id, shown.text) == (handle, "")
    assert "One way" in str(shown.card)
    assert shown.activity["summary"]
    assert world.calls("create") == []
    assert world.fake.lints == []


async def test_what_is_still_to_be_sent_goes_out_when_the_door_is_closed(world: Doorstep) -> None:
    """The bot stops: cut off now, a message that has arrived would be sent once more after the next start."""
    await world.door.stop()
    await send(world, world.erin)
    assert len(cards(world.erin)) == 1


async def test_who_was_not_seen_yet_is_written_to_in_the_chat_that_teams_opens(world: Doorstep) -> None:
    await send(world, world.max)
    await send(world, world.max)
    assert len(cards(world.max)) == 2
    (created,) = world.calls("create")
    assert created["request"] == {
        "isGroup": False,
        "bot": {"id": world.fake.bot_id},
        "members": [{"id": world.max.aad}],
        "tenantId": world.fake.tenant,
        "channelData": {"tenant": {"id": world.fake.tenant}},
    }
    assert world.fake.lints == []


async def test_the_chat_is_the_same_each_time_that_it_is_opened(world: Doorstep) -> None:
    found = [await world.way.connector.open(world.fake.service_url, world.fake.tenant, world.max.aad) for _ in range(2)]
    await world.max.say("hello")
    assert found == [unpacked(world.bot.places[PersonId("max")])] * 2


async def test_the_newest_address_counts(world: Doorstep) -> None:
    moved = activities.said(world.erin, "from elsewhere") | {"serviceUrl": NOWHERE}
    assert (await world.fake.to_bot(moved)).status == 200
    assert str(await error(world, world.erin)) == "no_answer"
    await world.erin.say("back again")
    await send(world, world.erin)
    assert len(cards(world.erin)) == 1


async def test_the_newest_address_counts_for_chats_that_were_opened_too(world: Doorstep) -> None:
    await send(world, world.max)
    moved = activities.said(world.erin, "from elsewhere") | {"serviceUrl": NOWHERE}
    await world.fake.to_bot(moved)
    assert str(await error(world, world.max)) == "no_answer"
    await world.erin.say("back again")
    await send(world, world.max)
    assert len(cards(world.max)) == 2


async def test_another_tenant_of_ours_does_not_say_where_our_own_is_reached() -> None:
    async with doorstep(tenants=(OTHER_TENANT,)) as world:
        zoe = world.person("zoe", tenant=OTHER_TENANT)
        await world.erin.say("hello")
        await zoe.say("hello")
        await send(world, world.max)
        await send(world, zoe)
        assert len(cards(world.max)) == len(cards(zoe)) == 1


# --- about one person, for good


@pytest.mark.parametrize("seen", [True, False], ids=["seen", "not seen"])
@pytest.mark.parametrize(
    ("state", "kind"),
    [
        ("never", "not_installed"),
        ("uninstalled", "not_installed"),
        ("blocked", "blocked"),
        ("admin", "disabled_by_admin"),
    ],
)
async def test_a_chat_that_is_closed_is_about_its_person(
    world: Doorstep, state: State, kind: str, *, seen: bool
) -> None:
    user = world.erin if seen else world.max
    user.state = state
    failed = await error(world, user)
    assert isinstance(failed, PersonUnreachable)
    assert failed.reason == kind
    user.state = "installed"
    await send(world, user)


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [(403, "Whatever", "forbidden"), (403, "", "forbidden"), (404, "ConversationNotFound", "no_chat")],
)
async def test_other_refusals_of_a_chat(world: Doorstep, status: int, code: str, kind: str) -> None:
    world.fake.fault(op="send", status=status, code=code or None, html=not code)
    failed = await error(world, world.erin)
    assert isinstance(failed, PersonUnreachable)
    assert failed.reason == kind


async def test_a_chat_that_is_no_more_is_about_its_person(world: Doorstep) -> None:
    world.bot.places[PersonId("max")] = Place(world.fake.service_url, "a:gone", world.fake.tenant).packed()
    failed = await error(world, world.max)
    assert isinstance(failed, PersonUnreachable)
    assert failed.reason == "no_chat"


async def test_an_account_of_elsewhere_is_about_its_person(world: Doorstep) -> None:
    """400, as it cannot be read for this bot."""
    failed = await error(world, world.stranger("zoe", tenant=OTHER_TENANT))
    assert isinstance(failed, PersonUnreachable)
    assert failed.reason == "no_account"


# --- about all, for now


@pytest.mark.parametrize("op", ["send", "create"])
@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ({"status": 500}, "failed_500"),
        ({"status": 502, "html": True}, "failed_502"),
        ({"status": 503, "retry_after": 12}, "failed_503"),
        ({"status": 504}, "failed_504"),
        ({"drop": True}, "no_answer"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_what_fails_at_teams_is_about_all(world: Doorstep, op: str, fault: dict[str, Any], kind: str) -> None:
    world.fake.fault(op=op, **fault)
    failed = await error(world, world.max)
    assert isinstance(failed, ChannelDown)
    assert (failed.reason, failed.retry_after) == (kind, fault.get("retry_after"))
    assert len(world.calls(op)) == 1
    await send(world, world.max)
    assert len(cards(world.max)) == 1


async def test_an_opened_chat_without_a_name_is_none(world: Doorstep) -> None:
    """A page in the place of the answer, as of a network that wants a login."""
    world.fake.fault(op="create", status=200, html=True)
    assert isinstance(await error(world, world.max), ChannelDown)
    await send(world, world.max)
    assert len(cards(world.max)) == 1


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
async def test_what_was_posted_and_yet_failed_comes_once_more_and_no_more(world: Doorstep, *, after: bool) -> None:
    """Teams cannot be asked what stands in a chat."""
    world.fake.fault(op="send", status=502, html=True, after=after)
    assert isinstance(await error(world, world.erin), ChannelDown)
    await send(world, world.erin)
    assert len(cards(world.erin)) == 1 + after
    assert len(world.calls("send")) == 2


async def test_a_token_that_is_taken_no_more_is_fetched_once_anew(world: Doorstep) -> None:
    await send(world, world.erin)
    world.fake.require_token = "second"
    await send(world, world.erin)
    assert len(cards(world.erin)) == 2
    assert world.fake.fetches["token"] == 2


async def test_a_bot_that_teams_does_not_know_is_about_all(world: Doorstep) -> None:
    world.fake.fault(op="send", status=401, times=2)
    failed = await error(world, world.erin)
    assert isinstance(failed, ChannelDown)
    assert failed.reason == "unauthorized"
    assert len(world.calls("send")) == world.fake.fetches["token"] == 2
    await send(world, world.erin)
    assert world.fake.fetches["token"] == 2


@pytest.mark.parametrize(
    ("fault", "kind"), [({"status": 503}, "login_503"), ({"drop": True}, "no_answer")], ids=["503", "drop"]
)
async def test_without_a_token_nothing_can_be_sent(world: Doorstep, fault: dict[str, Any], kind: str) -> None:
    world.fake.fault(op="token", **fault)
    failed = await error(world, world.erin)
    assert isinstance(failed, ChannelDown)
    assert failed.reason == kind
    assert world.calls("send") == []
    await send(world, world.erin)


# --- about one message, for now


@pytest.mark.parametrize("wait", [None, 3])
@pytest.mark.parametrize("status", [412, 429])
async def test_what_comes_too_soon_is_about_one_message(world: Doorstep, status: int, wait: int | None) -> None:
    world.fake.fault(op="send", status=status, retry_after=wait)
    failed = await error(world, world.erin)
    assert type(failed) is PlatformError
    assert failed.retry_after == wait
    assert len(world.calls("send")) == 1
    await send(world, world.erin)


async def test_what_nobody_knows_is_about_one_message(world: Doorstep) -> None:
    world.fake.fault(op="send", status=418)
    assert type(await error(world, world.erin)) is PlatformError
    world.fake.fault(op="send", status=404, html=True)
    assert type(await error(world, world.erin)) is PlatformError
    await send(world, world.erin)


@pytest.mark.parametrize(("status", "code"), [(413, "MessageSizeTooBig"), (400, "BadSyntax")])
@pytest.mark.parametrize("op", ["send", "update"])
async def test_a_card_that_is_refused_goes_out_as_plain_text(
    world: Doorstep, log: StringIO, op: str, status: int, code: str
) -> None:
    handle = await send(world, world.erin) if op == "update" else None
    world.fake.fault(op=op, status=status, code=code)
    await send(world, world.erin, Change(HELLO) if op == "update" else Post(HELLO), handle)
    (shown,) = world.erin.bot_messages()
    assert shown.text == "Hello **there**\n\n- One way\n- Another"
    assert shown.card is None
    assert "card_refused" in log.getvalue()
    assert "One way" not in log.getvalue()


async def test_plain_text_that_is_refused_too_is_tried_again(world: Doorstep) -> None:
    world.fake.fault(op="send", status=413, times=2)
    assert type(await error(world, world.erin)) is PlatformError
    assert len(world.calls("send")) == 2


# --- what stands there already


async def test_a_message_is_changed_and_removed(world: Doorstep) -> None:
    handle = await send(world, world.erin)
    assert await send(world, world.erin, Change(Message("Other words")), handle) == handle
    assert "Other words" in cards(world.erin)[0]
    assert await send(world, world.erin, Remove(), handle) == handle
    assert world.erin.bot_messages() == []


@pytest.mark.parametrize("wish", [Change(HELLO), Remove()], ids=["change", "remove"])
async def test_what_is_gone_needs_no_change_and_no_removal(world: Doorstep, wish: Wish) -> None:
    handle = await send(world, world.erin)
    await send(world, world.erin, Remove(), handle)
    assert await send(world, world.erin, wish, handle) == handle
    assert world.erin.bot_messages() == []


@pytest.mark.parametrize("op", ["update", "delete"])
async def test_a_change_that_fails_is_tried_again(world: Doorstep, op: str) -> None:
    handle = await send(world, world.erin)
    wish: Wish = Change(Message("Other words")) if op == "update" else Remove()
    world.fake.fault(op=op, status=503)
    assert isinstance(await error(world, world.erin, wish, handle), ChannelDown)
    world.erin.state = "blocked"
    assert isinstance(await error(world, world.erin, wish, handle), PersonUnreachable)
    world.erin.state = "installed"
    await send(world, world.erin, wish, handle)
    assert "One way" not in str(cards(world.erin))


async def test_a_nudge_never_goes_into_the_chat(world: Doorstep) -> None:
    with pytest.raises(Invariant):
        await send(world, world.erin, Nudge("en"))


def test_a_place_that_cannot_be_read_is_none() -> None:
    assert [unpacked(text) for text in ("", "x", "{}", "[]", '["a","b"]', '["a","b",1]')] == [None] * 6


def test_the_way_out_is_teams() -> None:
    assert (TeamsChannel.platform, TeamsChannel.needs_proof) == ("teams", True)
