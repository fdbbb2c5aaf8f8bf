"""The fake Slack lived through with a Bolt bot, over signed HTTP and over Socket Mode."""

from __future__ import annotations

import hashlib

import pytest
from slack_sdk.errors import SlackApiError

from tests.fakes.slack.console import command
from tests.fakes.slack.errors import ClientBlocked
from tests.fakes.slack_bot import form
from tests.fakes.slack_world import World, at_once, world


async def test_a_report_from_the_first_word_to_the_manager(slack: World) -> None:
    fake, ana, boss = slack.fake, slack.ana, slack.boss
    await ana.dm("help <me> & co")
    await slack.settle()
    assert "You said: help <me> & co" in ana.screen() and "[ Start ](start)" in ana.screen()
    await ana.click("start")
    with pytest.raises(ClientBlocked):
        await ana.submit({"what": "short"})  # severity is required
    assert [o["value"] for o in await ana.suggest("who.v", "bo")] == ["0", "1", "2"]
    proof = fake.new_file(ana.uid, "shot.png", b"\x89PNG")
    await ana.submit({"what": "short", "sev": "high", "when": "2026-03-01", "files": [proof]})
    assert "! Please write a little more." in ana.screen()
    await ana.submit({"what": "He shouts at me every day."})
    assert "MODAL Check (view 2 of max 3)" in ana.screen()
    await ana.submit()
    await slack.settle()
    assert ana.modal() is None and "A report about work" in boss.screen() and "summary.txt" in boss.screen()
    assert {n for n, _ in fake.who_sees("A report about work")} == {"boss"} and slack.mallory.screen() == ""
    await boss.click("I have seen it")
    await slack.settle()
    assert "Seen (edited)" in boss.screen() and "Thank you." in boss.screen()
    assert fake.lints == []


async def test_the_ways_in(slack: World) -> None:
    fake, ana, mallory = slack.fake, slack.ana, slack.mallory
    await ana.home()
    await slack.settle()
    assert "## Your reports" in ana.screen()
    await ana.click("New")
    assert ana.modal()["callback_id"] == "form"
    await ana.close()
    assert ana.modal() is None and slack.seen["closed"] is False
    bad, _ = mallory._say(fake.im(ana.uid, mallory.uid), "you idiot")  # a DM the bot is not in
    await ana.shortcut("report_message", bad)
    assert ana.modal()["state"]["values"]["what"]["v"]["value"] == "you idiot"
    await ana.close(everything=True)
    assert slack.seen["closed"] is True
    await ana.shortcut("report")
    await ana.close()
    await ana.command("/report", "now")
    assert "Opening..." in ana.screen() and "Use the button" in ana.screen()
    cid = fake.add_channel("general", ["ana"])
    await ana.post(cid, "hey @bot")
    await slack.settle()
    assert "write to me in private" in ana.screen()
    await ana.upload("shot.png", b"PNGDATA", "see this")
    await slack.settle()
    assert slack.seen["digests"] == [hashlib.sha256(b"PNGDATA").hexdigest()]
    assert fake.lints == []


async def test_a_view_may_close_all_that_lie_beneath(slack: World) -> None:
    fake, ana = slack.fake, slack.ana
    await slack.client.views_open(trigger_id=fake.trigger(ana.uid), view=form())
    pushed = form(clear_on_close=True)
    await slack.client.views_push(trigger_id=fake.trigger(ana.uid, ana.modal()["id"]), view=pushed)
    await ana.close()
    assert ana.modal() is None and slack.seen["closed"] is True
    told = [e["payload"]["type"] for e in fake.log if e["kind"] == "deliver"]
    assert told == ["view_closed"] * 2


async def test_text_from_slack_is_escaped_already(slack: World) -> None:
    await slack.ana.dm("a < b & c")
    await slack.settle()
    sent = [e["payload"]["event"] for e in slack.fake.log if e["kind"] == "deliver"]
    assert next(e for e in sent if e["user"] == slack.ana.uid)["text"] == "a &lt; b &amp; c"


async def test_the_bot_hears_its_own_message(alone: World) -> None:
    first = alone.fake.event({"type": "message", "channel": alone.ana.ch["id"], "text": "x"}, "message.im")
    assert first is not None and (await first)["reason"] == "no_connection"
    await alone.client.chat_postMessage(channel=alone.ana.ch["id"], text="mine")
    own = await alone.fake.wait_for(
        lambda: [e for e in alone.fake.log if e["kind"] == "deliver" and e["payload"]["event"].get("bot_id")]
    )
    assert own[0]["payload"]["event"]["user"] == alone.fake.bot_user


async def test_a_bot_that_cannot_be_asked_is_waited_for() -> None:
    async with world("http", before=False) as slack:
        await slack.ana.dm("hello")
        await slack.fake.settle()
        assert "You said: hello" in slack.ana.screen()
        await slack.ana.dm("again")
        await slack.fake.settle(until=lambda: "You said: again" in slack.ana.screen())


async def test_waiting_ends_when_it_never_holds(alone: World) -> None:
    with pytest.raises(TimeoutError):
        await alone.fake.settle(timeout=0.01, until=lambda: False)
    with pytest.raises(TimeoutError):
        await alone.fake.wait_for(lambda: None, timeout=0.01)
    alone.fake.activity.begin()
    with pytest.raises(TimeoutError):
        await alone.fake.settle(timeout=0.01, bot=at_once)


async def test_what_the_manifest_does_not_declare_is_refused() -> None:
    manifest = {
        "features": {"slash_commands": [{"command": "/other"}], "shortcuts": [{"callback_id": "other"}]},
        "settings": {"event_subscriptions": {"bot_events": ["app_mention"]}},
        "oauth_config": {"scopes": {"bot": ["chat:write"]}},
    }
    async with world("http", manifest=manifest) as slack:
        with pytest.raises(ClientBlocked, match="valid command"):
            await slack.ana.command("/report")
        with pytest.raises(ClientBlocked, match="not declared"):
            await slack.ana.shortcut("report")
        await slack.ana.dm("hello")
        assert [e["event"] for e in slack.fake.log if e["kind"] == "not_subscribed"] == ["message.im"]
        with pytest.raises(SlackApiError, match="missing_scope"):
            await slack.client.users_list()


async def test_the_console(by_http: World) -> None:
    fake = by_http.fake
    assert "slash command" in await command(fake, "help") and await command(fake, "lints") == "(none)"
    assert "You said: hello" in await command(fake, "ana: hello")
    assert "MODAL Report" in await command(fake, "ana click start")
    assert "MODAL Check" in await command(fake, "ana submit what=ten letters at least; sev=high")
    assert "MODAL" not in await command(fake, "ana close all")
    assert "ClientBlocked" in await command(fake, "ana close")
    assert await command(fake, "fault chat.* error error=fatal_error") == "ok" and fake.faults
