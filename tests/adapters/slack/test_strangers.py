"""Who comes in: people of ours in a workspace of ours. Nobody else leaves a trace; whoever is lost is told where help is."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from datetime import timedelta
from typing import Any

import pytest

from adapters.slack.words import words
from bot.markdown import plain
from tests.adapters.slack.house import SlackHouse, slack_house
from tests.adapters.slack.trapped import MODES, START, TO_SEND, counts, payloads, said, talk, whispered
from tests.runtime.making import settings

NUMBER = "112"
KINDS: Mapping[str, Mapping[str, Any]] = {
    "nobody's": {},
    "guest": {"is_restricted": True},
    "single-channel guest": {"is_ultra_restricted": True},
    "deactivated": {"deleted": True},
    "connect": {"team_id": "T0OTHER01"},
    "bot": {"is_bot": True},
}


@pytest.fixture(params=MODES)
async def house(request: pytest.FixtureRequest) -> AsyncIterator[SlackHouse]:
    async with slack_house(settings(), START, request.param) as made:
        yield made


@pytest.mark.parametrize("kind", KINDS)
async def test_a_stranger_gets_a_kind_word_and_leaves_no_trace(house: SlackHouse, kind: str) -> None:
    await talk(house, "Ana", "report")
    before = counts(house.store)
    mallory = house.fake.add_user("mallory", **KINDS[kind])
    for _ in range(2):
        await mallory.dm("report")
        await mallory.upload("letter.pdf", b"%PDF-1.7")
        await mallory.home()
        await mallory.shortcut("report_incident")
        await house.quiet()
    assert counts(house.store) == before
    assert said(mallory) == []
    (word,) = whispered(mallory)
    assert NUMBER in word
    assert word == plain(house.door._courtesy.for_stranger(guest="guest" in kind))
    answer = await mallory.command("/bistand", "report")
    assert NUMBER in answer["body"]["text"]
    await house.clock.move(timedelta(hours=12))
    await mallory.dm("report")
    await house.quiet()
    assert len([text for text in whispered(mallory) if text == word]) == 2
    assert counts(house.store) == before
    assert house.fake.banners == {}


@pytest.mark.parametrize("kind", ["nobody's", "connect"])
async def test_a_press_of_a_strangers_does_nothing(house: SlackHouse, kind: str) -> None:
    """The payload of somebody who may, with the account of somebody who may not."""
    ana = await talk(house, "Ana", "report", "[No]")
    before, words_ = counts(house.store), said(ana)
    mallory = house.fake.add_user("mallory", **KINDS[kind])
    (pressed, *_) = payloads(house, "interactive")
    forged = {**pressed, "user": {**pressed["user"], "id": mallory.uid}}
    forged["container"] = {**forged["container"], "channel_id": mallory.ch["id"]}
    for _ in range(2):
        assert (await house.fake.deliver("interactive", forged))["ok"]
        await house.quiet()
    assert counts(house.store) == before
    assert said(ana) == words_
    (word,) = whispered(mallory)
    assert NUMBER in word


async def test_a_workspace_that_is_not_ours_gets_nothing(house: SlackHouse) -> None:
    """Not even with an account that is somebody's here."""
    ana = await talk(house, "Ana", "report", "[No]")
    await ana.command("/bistand", "help")
    await house.quiet()
    before, words_, whispers = counts(house.store), said(ana), whispered(ana)
    for kind in ("events_api", "interactive", "slash_commands"):
        payload = dict(payloads(house, kind)[0])
        for key in ("team_id", "context_team_id"):
            payload |= {key: "T0OTHER01"} if key in payload else {}
        payload |= {"team": {"id": "T0OTHER01", "domain": "other"}} if "team" in payload else {}
        payload |= {"event_id": "Ev0OTHER"} if "event_id" in payload else {}
        payload |= {"trigger_id": house.fake.trigger(ana.uid)} if "trigger_id" in payload else {}
        if "authorizations" in payload:
            payload["authorizations"] = [{**payload["authorizations"][0], "team_id": "T0OTHER01"}]
        if "actions" in payload:
            payload["actions"] = [{**payload["actions"][0], "action_ts": house.fake.ts()}]
        assert (await house.fake.deliver(kind, payload))["ok"]
        await house.quiet()
    assert counts(house.store) == before
    assert said(ana) == words_
    assert whispered(ana) == whispers


async def test_bots_are_not_answered(house: SlackHouse) -> None:
    ana = await talk(house, "Ana", "report")
    before = counts(house.store)
    for more in ({"bot_id": "B0OTHER01"}, {"bot_id": house.fake.bot_id, "user": house.fake.bot_user}):
        event = {"type": "message", "user": ana.uid, "text": "report", "channel": ana.ch["id"], "ts": house.fake.ts()}
        event |= {"channel_type": "im", **more}
        house.fake.event(event, "message.im")
        house.fake.event({**event, "subtype": "bot_message"}, "message.im")
        house.fake.event({**event, "type": "app_mention"}, "app_mention")
    await house.quiet()
    assert counts(house.store) == before
    assert whispered(ana) == []
    assert len(said(ana)) == 2


async def test_what_is_changed_or_deleted_is_no_new_word(house: SlackHouse) -> None:
    await talk(house, "Ana", "report")
    ana = house.actor(house.stage().person("Ana"))
    message = await ana.dm("help")
    await house.quiet()
    before, words_ = counts(house.store), said(ana)
    await ana.edit(message, "emergency")
    await ana.delete(message)
    for subtype in ("message_changed", "message_deleted", "message_replied", "reminder_add"):
        house.fake.event({**message, "channel": ana.ch["id"], "channel_type": "im", "subtype": subtype}, "message.im")
    await house.quiet()
    assert counts(house.store) == before
    assert said(ana) == words_


async def test_what_is_written_with_me_is_somebodys_words(house: SlackHouse) -> None:
    ana = house.actor(house.stage().person("Ana"))
    message = await ana.dm("nothing yet")
    event = {**message, "text": "report", "ts": house.fake.ts(), "channel": ana.ch["id"], "channel_type": "im"}
    house.fake.event({**event, "subtype": "me_message", "event_ts": event["ts"]}, "message.im")
    await house.quiet()
    assert "Are you or anybody else in danger right now?" in ana.screen()


async def test_a_list_that_is_typed_for_is_told_in_one_piece(house: SlackHouse) -> None:
    await talk(house, "Ana", *TO_SEND, "[Yes, send it]")
    ana = await talk(house, "Ana", "cases")
    (told,) = whispered(ana)
    assert told == "What you have told me:"
    assert "Open" in ana.screen()


async def test_a_mention_is_answered_to_that_person_alone(house: SlackHouse) -> None:
    stage = house.stage()
    ana, luis = (house.actor(stage.person(name)) for name in ("Ana", "Luis"))
    channel = house.fake.add_channel("general", members=[ana.uid, luis.uid])
    before = counts(house.store)
    await ana.post(channel, "@bot report")
    await house.quiet()
    assert whispered(ana) == [plain(words("en").only_private)]
    assert whispered(luis) == []
    assert [m["user"] for m in house.fake.channels[channel]["messages"]] == [ana.uid]
    assert counts(house.store) == before
    assert house.fake.lints == []


async def test_a_stranger_of_a_shared_channel_is_told_as_much(house: SlackHouse) -> None:
    mallory = house.fake.add_user("mallory", **KINDS["connect"])
    ana = house.actor(house.stage().person("Ana"))
    channel = house.fake.add_channel("shared", members=[ana.uid, mallory.uid])
    before = counts(house.store)
    await mallory.post(channel, "@bot report")
    await house.quiet()
    (word,) = whispered(mallory)
    assert NUMBER in word
    assert whispered(ana) == []
    assert counts(house.store) == before
