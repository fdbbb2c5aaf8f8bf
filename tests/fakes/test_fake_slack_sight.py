"""Who sees what in the fake Slack, and who ever saw it."""

from __future__ import annotations

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError

from tests.fakes.slack_bot import Json, actions, button, form, pt, section
from tests.fakes.slack_world import World


def names(w: World, needle: str, **more: bool) -> set[str]:
    return {n for n, _ in w.fake.who_sees(needle, **more)}


async def test_an_ephemeral_message_is_for_one(alone: World) -> None:
    cid = alone.fake.add_channel("team", ["ana", "boss"])
    await alone.client.chat_postEphemeral(channel=cid, user=alone.ana.uid, text="only for ana")
    assert names(alone, "only for ana") == {"ana"} and "only for ana" not in alone.boss.screen()
    with pytest.raises(SlackApiError, match="user_not_in_channel"):
        await alone.client.chat_postEphemeral(channel=cid, user=alone.mallory.uid, text="x")


async def test_what_was_edited_or_deleted_has_been_read(alone: World) -> None:
    cid = alone.fake.add_channel("team", ["ana", "boss"])
    ts = (await alone.client.chat_postMessage(channel=cid, text="first words"))["ts"]
    await alone.client.chat_update(channel=cid, ts=ts, text="second words")
    await alone.client.chat_delete(channel=cid, ts=ts)
    for said in ("first words", "second words"):
        assert names(alone, said) == {"ana", "boss"} and names(alone, said, now=True) == set()


async def test_an_answer_to_a_response_url_counts(alone: World) -> None:
    url = alone.fake.make_response_url(alone.ana.uid, alone.ana.ch)
    async with aiohttp.ClientSession() as s:
        await s.post(url, json={"text": "an answer"})
    assert names(alone, "an answer") == {"ana"}


async def test_homes_and_modals_count_when_they_are_gone(alone: World) -> None:
    ana, boss = alone.ana, alone.boss
    home: Json = {"type": "home", "blocks": [section("in her home")]}
    await alone.client.views_publish(user_id=ana.uid, view=home)
    await alone.client.views_publish(user_id=ana.uid, view={"type": "home", "blocks": []})
    view = form(title=pt("A title"))
    view["blocks"][0]["element"]["initial_value"] = "as it was written"
    await alone.client.views_open(trigger_id=alone.fake.trigger(boss.uid), view=view)
    await boss.close()
    assert names(alone, "in her home") == {"ana"} and names(alone, "in her home", now=True) == set()
    assert names(alone, "A title") == names(alone, "as it was written") == {"boss"}


async def test_a_files_name_and_its_text_count(alone: World) -> None:
    await alone.client.files_upload_v2(
        channel=alone.boss.ch["id"], content="written within", filename="secret-name.txt", title="A heading"
    )
    for shown in ("secret-name", "written within", "A heading"):
        assert names(alone, shown) == {"boss"}


async def test_the_small_print_counts_and_what_the_client_keeps_does_not(alone: World) -> None:
    sure = {"title": pt("Sure?"), "text": pt("in the confirmation"), "confirm": pt("Yes"), "deny": pt("No")}
    pressed = button("Go", "go", value="kept-by-the-client", url="https://example.com/where") | {"confirm": sure}
    many = [{"text": pt(f"option {i}"), "value": f"v{i}"} for i in range(12)]
    select = {"type": "static_select", "action_id": "s", "options": many, "placeholder": pt("a hint")}
    await alone.client.chat_postMessage(
        channel=alone.ana.ch["id"],
        text="for the notification",
        blocks=[section("shown"), actions(pressed, select)],
        attachments=[{"text": "attached"}],
    )
    for shown in (
        "for the notification",
        "in the confirmation",
        "option 11",
        "a hint",
        "example.com/where",
        "attached",
    ):
        assert names(alone, shown) == {"ana"}, shown
    assert names(alone, "kept-by-the-client") == set()


async def test_what_people_write_to_each_other(alone: World) -> None:
    msg, _ = alone.mallory._say(alone.fake.im(alone.ana.uid, alone.mallory.uid), "between two")
    assert names(alone, "between two") == {"ana", "mallory"}
    mine = await alone.ana.dm("a slip")
    await alone.ana.edit(mine, "mended")
    await alone.ana.delete(mine)
    assert [text.split("\n")[0] for where, text in alone.fake.ever_shown(alone.ana.uid) if where.startswith("im")][
        1:
    ] == [
        "a slip",
        "mended",
    ]
    assert msg["text"] == "between two"
