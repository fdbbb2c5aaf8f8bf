"""What the fake Slack sends: signatures, raw and repeated requests, sockets, farewells, shared channels."""

from __future__ import annotations

import json

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError

from tests.fakes.slack_world import World, world


async def test_bolt_keeps_the_protocol(by_http: World) -> None:
    assert all((await by_http.fake.probe()).values()), await by_http.fake.probe()


async def test_raw_requests_with_good_and_bad_signatures(by_http: World) -> None:
    fake = by_http.fake
    body = json.dumps({"type": "url_verification", "token": "t", "challenge": "c"})
    old = int(fake.signed_at()) - 301
    assert (await fake.post_raw(body, fake.sign(body)))["status"] == 200
    assert (await fake.post_raw(body))["status"] == 401
    assert (await fake.post_raw(body + " ", fake.sign(body)))["status"] == 401
    assert (await fake.post_raw(body, fake.sign(body, old)))["status"] == 401
    for broken in ('{"type": ', "[]", "{}", "\0"):
        assert (await fake.post_raw(broken, fake.sign(broken)))["status"] is not None, broken


async def test_a_request_can_be_repeated_byte_for_byte(by_http: World) -> None:
    fake, ana = by_http.fake, by_http.ana
    await ana.dm("hello")
    await by_http.settle()
    mine = next(r for r in fake.requests if b'"text": "hello"' in r.body)
    assert (await fake.replay(mine))["ok"]
    await by_http.settle()
    assert ana.screen().count("You said: hello") == 2  # nothing is deduplicated by Bolt


async def test_a_socket_is_asked_to_come_again() -> None:
    async with world("socket") as slack:
        old = slack.fake.sockets[0]
        await slack.fake.socket_refresh()
        await slack.fake.wait_for(lambda: slack.fake.sockets and slack.fake.sockets[0] is not old)
        await slack.ana.dm("still there?")
        await slack.settle()
        assert "You said: still there?" in slack.ana.screen()


async def test_sockets_are_cut_without_a_word(alone: World) -> None:
    url = (await alone.client.apps_connections_open(app_token=alone.fake.app_token))["url"]
    async with aiohttp.ClientSession() as s:
        ws = await s.ws_connect(url)
        assert (await ws.receive_json())["type"] == "hello"
        assert alone.fake.cut_sockets() == 1
        assert (await ws.receive()).type in (aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.ERROR)
        assert ws.close_code == aiohttp.WSCloseCode.ABNORMAL_CLOSURE
        await alone.fake.wait_for(lambda: not alone.fake.sockets)
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await s.ws_connect(url)  # a ticket works once


async def test_an_ack_that_takes_nothing_is_a_mistake(alone: World) -> None:
    url = (await alone.client.apps_connections_open(app_token=alone.fake.app_token))["url"]
    async with aiohttp.ClientSession() as s, s.ws_connect(url) as ws:
        await ws.receive_json()
        await ws.send_json({"envelope_id": "unknown"})
        await alone.fake.wait_for(lambda: alone.fake.lints)
        assert "unknown or expired envelope_id" in alone.fake.lints[0]


@pytest.mark.parametrize(("uninstalled", "error"), [(False, "token_revoked"), (True, "account_inactive")])
async def test_tokens_are_taken_back_and_given_again(slack: World, uninstalled: bool, error: str) -> None:
    fake = slack.fake
    await slack.ana.dm("hello")  # Bolt has asked who it is: without, it would drop the farewell
    await slack.settle()
    fake.revoke(uninstalled=uninstalled)
    await slack.settle()
    with pytest.raises(SlackApiError, match=error):
        await slack.client.chat_postMessage(channel=slack.ana.ch["id"], text="x")
    assert slack.seen["revoked"] == {"oauth": [], "bot": [fake.bot_user]}
    assert slack.seen.get("uninstalled", False) is uninstalled
    await slack.ana.dm("unheard")
    await slack.settle()
    assert "not_installed" in [e["kind"] for e in fake.log]
    await slack.ana.click("start")
    assert "shows an error (not_installed" in slack.ana.screen()
    fake.restore()
    await slack.ana.dm("heard")
    await slack.settle()
    assert "You said: heard" in slack.ana.screen() and "You said: unheard" not in slack.ana.screen()


async def test_whoever_writes_from_another_workspace_is_named(alone: World) -> None:
    fake, far = alone.fake, alone.fake.add_user("far", team_id="T0OTHER")
    cid = fake.add_channel("both", ["ana", "far"])
    await far.post(cid, "hello")
    await alone.ana.post(cid, "hello")
    sent = [e["payload"] for e in fake.log if e["kind"] == "deliver" and not e["attempt"]]
    theirs, ours = sent
    assert theirs["is_ext_shared_channel"] and ours["is_ext_shared_channel"]
    assert (theirs["team_id"], theirs["authorizations"][0]["team_id"]) == ("T0OTHER", fake.team["id"])
    assert (theirs["event"]["user_team"], theirs["event"]["source_team"]) == ("T0OTHER", "T0OTHER")
    assert ours["team_id"] == fake.team["id"] and "user_team" not in ours["event"]
