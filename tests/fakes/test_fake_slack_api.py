"""The fake Slack's Web API: refusals, people, messages, files."""

from __future__ import annotations

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncConnectionErrorRetryHandler
from slack_sdk.http_retry.builtin_interval_calculators import FixedValueRetryIntervalCalculator
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.slack_bot import Json, mk
from tests.fakes.slack_world import World


@pytest.mark.parametrize(
    ("args", "error"),
    [
        ({"channel": "C404", "text": "x"}, "channel_not_found"),
        ({"text": "x", "blocks": [{"type": "header", "text": mk("x")}]}, "invalid_blocks"),
        ({"text": "x", "blocks": [{"type": "section", "text": mk("a" * 2900)}] * 5}, "msg_blocks_too_long"),
        ({"markdown_text": "x", "text": "y"}, "markdown_text_conflict"),
        ({"text": "x", "metadata": {"event_type": "a"}}, "invalid_metadata_format"),
        ({"text": "x", "thread_ts": "1.1"}, "thread_not_found"),
        ({"text": "x", "token": "xoxb-other"}, "invalid_auth"),
        ({"text": "x", "token": "xapp-1-fake"}, "not_allowed_token_type"),
    ],
)
async def test_messages_that_slack_refuses(alone: World, args: Json, error: str) -> None:
    with pytest.raises(SlackApiError, match=error):
        await alone.client.chat_postMessage(**{"channel": alone.ana.ch["id"], **args})


async def test_only_its_own_messages_are_the_bots_to_change(alone: World) -> None:
    dm = alone.ana.ch["id"]
    with pytest.raises(SlackApiError, match="message_not_found"):
        await alone.client.chat_update(channel=dm, ts="1.1", text="x")
    msg, _ = alone.ana._say(alone.ana.ch, "mine")
    with pytest.raises(SlackApiError, match="cant_update_message"):
        await alone.client.chat_update(channel=dm, ts=msg["ts"], text="x")
    with pytest.raises(SlackApiError, match="cant_delete_message"):
        await alone.client.chat_delete(channel=dm, ts=msg["ts"])


async def test_blocks_are_validated_with_a_pointer(alone: World) -> None:
    await alone.client.api_call("blocks.validate", json={"blocks": [{"type": "divider"}]})
    with pytest.raises(SlackApiError, match="invalid_blocks") as e:
        await alone.client.api_call("blocks.validate", json={"blocks": [{"type": "header", "text": mk("x")}]})
    assert e.value.response["errors"][0]["pointer"] == "/0/text/type"
    with pytest.raises(SlackApiError, match="no_text"):
        await alone.client.api_call("chat.postMessage", json={"channel": alone.ana.ch["id"]})
    with pytest.raises(SlackApiError, match="unknown_method"):
        await alone.client.api_call("nope.nope")


async def test_metadata_is_returned_to_those_who_ask_for_it(alone: World) -> None:
    dm, mark = alone.ana.ch["id"], {"event_type": "turn", "event_payload": {"id": "7"}}
    sent = await alone.client.chat_postMessage(channel=dm, text="x", metadata=mark)
    assert "metadata" not in (await alone.client.conversations_history(channel=dm))["messages"][0]
    told = await alone.client.conversations_history(channel=dm, include_all_metadata=True)
    assert told["messages"][0]["metadata"] == mark
    for asked in (False, True):
        thread = await alone.client.conversations_replies(channel=dm, ts=sent["ts"], include_all_metadata=asked)
        assert ("metadata" in thread["messages"][0]) is asked


async def test_a_message_whose_answer_was_lost_stands_twice(alone: World) -> None:
    dm = alone.ana.ch
    patient = AsyncWebClient(token=alone.fake.bot_token, base_url=alone.fake.api_url, retry_handlers=[])
    alone.fake.fault("chat.postMessage", "drop", applied=True)
    with pytest.raises(aiohttp.ClientError):
        await patient.chat_postMessage(channel=dm["id"], text="once")
    assert [m["text"] for m in dm["messages"]] == ["once"]
    at_once = AsyncConnectionErrorRetryHandler(interval_calculator=FixedValueRetryIntervalCalculator(0))
    hasty = AsyncWebClient(token=alone.fake.bot_token, base_url=alone.fake.api_url, retry_handlers=[at_once])
    alone.fake.fault("chat.postMessage", "drop", applied=True)
    await hasty.chat_postMessage(channel=dm["id"], text="twice?")
    assert [m["text"] for m in dm["messages"]] == ["once", "twice?", "twice?"]
    alone.fake.fault("chat.postMessage", "drop", applied=False)
    with pytest.raises(aiohttp.ClientError):
        await patient.chat_postMessage(channel=dm["id"], text="never")
    assert len(dm["messages"]) == 3


async def test_faults_come_when_they_were_asked_for(alone: World) -> None:
    dm, fake = alone.ana.ch["id"], alone.fake
    fake.fault("chat.*", "error", error="fatal_error", after=1, where=lambda a: a["text"] == "x")
    fake.fault("chat.postMessage", "http", status=503, where=lambda a: a["text"] == "y")
    await alone.client.chat_postMessage(channel=dm, text="x")
    with pytest.raises(SlackApiError, match="503"):
        await alone.client.chat_postMessage(channel=dm, text="y")
    with pytest.raises(SlackApiError, match="fatal_error"):
        await alone.client.chat_postMessage(channel=dm, text="x")
    await alone.client.chat_postMessage(channel=dm, text="x")


async def test_people_come_in_pages(alone: World) -> None:
    fake = alone.fake
    fake.add_user("left", deleted=True)
    fake.add_user("guest", is_restricted=True)
    fake.add_user("visitor", is_restricted=True, is_ultra_restricted=True)
    fake.add_user("far", team_id="T0OTHER")
    names, pages, cursor = [], 0, ""
    while pages == 0 or cursor:
        told = await alone.client.users_list(limit=2, cursor=cursor)
        names += [u["name"] for u in told["members"]]
        pages, cursor = pages + 1, told["response_metadata"]["next_cursor"]
    assert sorted(names) == ["ana", "boss", "guest", "left", "mallory", "reportbot", "visitor"] and pages == 4
    with pytest.raises(SlackApiError, match="invalid_cursor"):
        await alone.client.users_list(cursor="nonsense")
    visitor = (await alone.client.users_info(user=fake.uid("visitor")))["user"]
    assert visitor["is_restricted"] and visitor["is_ultra_restricted"] and "fields" not in visitor["profile"]
    with pytest.raises(SlackApiError, match="user_disabled"):
        await alone.client.conversations_open(users=fake.uid("left"))
    with pytest.raises(SlackApiError, match="users_not_found"):
        await alone.client.users_lookupByEmail(email="left@example.com")


async def test_the_email_address_needs_its_scope(alone: World) -> None:
    alone.fake.tokens[alone.fake.bot_token]["scopes"].discard("users:read.email")
    assert "email" not in (await alone.client.users_info(user=alone.ana.uid))["user"]["profile"]
    with pytest.raises(SlackApiError, match="missing_scope") as e:
        await alone.client.users_lookupByEmail(email="ana@example.com")
    assert e.value.response["needed"] == "users:read.email"


async def test_a_stranger_becomes_somebody_in_a_shared_channel(alone: World) -> None:
    fake, far = alone.fake, alone.fake.add_user("far", team_id="T0OTHER")
    told = (await alone.client.users_info(user=far.uid))["user"]
    assert told["team_id"] == "T0OTHER" and told["is_stranger"]
    with pytest.raises(SlackApiError, match="user_not_visible"):
        await alone.client.conversations_open(users=far.uid)
    cid = fake.add_channel("both", ["ana", "far"])
    assert not (await alone.client.users_info(user=far.uid))["user"]["is_stranger"]
    assert "far" in [u["name"] for u in (await alone.client.users_list())["members"]]
    assert (await alone.client.conversations_info(channel=cid))["channel"]["is_ext_shared"]
    assert "is_stranger" not in (await alone.client.users_info(user=alone.ana.uid))["user"]


async def test_files_need_the_token_and_may_lie(alone: World) -> None:
    fake = alone.fake
    f = fake.new_file(alone.ana.uid, "x.png", b"%PDF-1.7", mimetype="image/png")
    f["ims"].append(alone.ana.ch["id"])
    ours = {"Authorization": f"Bearer {fake.bot_token}"}
    async with aiohttp.ClientSession() as s:
        async with s.get(f["url_private"]) as r:  # no token: a login page with status 200
            assert r.status == 200 and r.content_type == "text/html" and fake.lints
        async with s.get(f["url_private"], headers=ours) as r:
            assert await r.read() == b"%PDF-1.7" and r.content_type == "image/png"
        f["_login"] = True
        async with s.get(f["url_private"], headers=ours) as r:
            assert r.status == 200 and r.content_type == "text/html" and "Sign in" in await r.text()
        del f["_login"]
        fake.fault("files.download", "http", status=500)
        async with s.get(f["url_private"], headers=ours) as r:
            assert r.status == 500
        fake.fault("files.download", "drop", times=2)  # aiohttp asks once more when a kept connection breaks
        with pytest.raises(aiohttp.ClientError):
            await s.get(f["url_private"], headers=ours)
    told = (await alone.client.files_info(file=f["id"]))["file"]
    assert told["mimetype"] == "image/png" and "_data" not in told
