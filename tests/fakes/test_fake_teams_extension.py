"""The message extension of the fake Teams: commands on a message, and where one is composed."""

from __future__ import annotations

import pytest

from tests.fakes.teams.errors import ClientRefused
from tests.fakes.teams_bot import ADAPTIVE, Json, card, says, text_block
from tests.fakes.teams_world import World, teams_world

FETCH, SUBMIT = "composeExtension/fetchTask", "composeExtension/submitAction"
FORM = card(
    {"type": "Input.Text", "id": "why", "label": "Why"},
    actions=[{"type": "Action.Submit", "title": "Report", "data": {"a": 1}}],
)


def dialog(content: object = FORM, **more: object) -> Json:
    shown = {"title": "A heading", "card": {"contentType": ADAPTIVE, "content": content}, **more}
    return {"task": {"type": "continue", "value": shown}}


def result(**over: object) -> Json:
    attached = [{"contentType": ADAPTIVE, "content": card(text_block("for the box"))}]
    return {"composeExtension": {"type": "result", "attachmentLayout": "list", "attachments": attached, **over}}


async def test_a_message_is_brought_to_the_bot(teams: World) -> None:
    teams.bot.answers[FETCH] = dialog()
    bad = teams.fake.post_elsewhere(teams.max, "you <idiot>")
    done = await teams.erin.command("report", on=bad)
    a = teams.bot.heard[-1]
    assert (a["type"], a["name"]) == ("invoke", FETCH) and a["from"]["aadObjectId"] == teams.erin.aad
    assert a["conversation"]["id"] == bad.chat and a["conversation"]["conversationType"] == "groupChat"
    assert a["value"]["commandId"] == "report" and a["value"]["commandContext"] == "message"
    brought = a["value"]["messagePayload"]
    assert brought["body"] == {"contentType": "html", "content": "<p>you &lt;idiot&gt;</p>"}
    assert brought["from"]["user"]["id"] == teams.max.aad and brought["from"]["user"]["displayName"] == "Max Manager"
    assert brought["createdDateTime"].endswith("Z") and brought["linkToMessage"].endswith(f"/{bad.chat}/{bad.id}")
    assert done.answer["task"]["type"] == "continue" and teams.fake.lints == []
    assert teams.fake.who_sees("A heading") == {("erin", "dialog")}


async def test_an_apps_message_has_no_user(teams: World) -> None:
    teams.bot.answers[FETCH] = dialog()
    await teams.erin.command("report", on=teams.fake.post_elsewhere("Polly", "vote"))
    who = teams.bot.heard[-1]["value"]["messagePayload"]["from"]
    assert who["user"] is None and who["application"]["displayName"] == "Polly"


async def test_the_bot_is_not_in_that_chat(teams: World) -> None:
    bad = teams.fake.post_elsewhere(teams.max, "a")
    path = f"/v3/conversations/{bad.chat}/activities"
    assert (await teams.call("POST", path, says("a"))).code == (403, "BotNotInConversationRoster")


async def test_a_command_where_one_composes(teams: World) -> None:
    teams.bot.answers[FETCH] = dialog()
    await teams.erin.command("report")
    a = teams.bot.heard[-1]
    assert a["value"]["commandContext"] == "compose" and "messagePayload" not in a["value"]
    assert a["conversation"]["id"] == teams.erin.conversation and a["channelData"]["source"] == {"name": "compose"}


async def test_what_the_dialog_sends(teams: World) -> None:
    bad = teams.fake.post_elsewhere(teams.max, "a")
    await teams.erin.submit_command("report", FORM, "Report", {"why": "it hurts"}, on=bad)
    value = teams.bot.heard[-1]["value"]
    assert teams.bot.heard[-1]["name"] == SUBMIT and value["data"] == {"a": 1, "why": "it hurts"}
    assert value["commandContext"] == "message" and "messagePayload" not in value
    await teams.erin.submit_command("report", FORM, on=bad, brings_message=True)
    assert teams.bot.heard[-1]["value"]["messagePayload"]["id"] == bad.id and teams.fake.lints == []
    with pytest.raises(ClientRefused, match="no input"):
        await teams.erin.submit_command("report", FORM, inputs={"who": "x"})


async def test_only_what_the_manifest_names() -> None:
    async with teams_world(commands={"report": ("message",)}) as teams:
        teams.bot.answers[FETCH] = dialog()
        with pytest.raises(ClientRefused, match="in the context 'compose'"):
            await teams.erin.command("report")
        with pytest.raises(ClientRefused, match="no command 'other'"):
            await teams.erin.command("other", on=teams.fake.post_elsewhere(teams.max, "a"))
        await teams.erin.command("report", on=teams.fake.post_elsewhere(teams.max, "a"))
        assert len(teams.bot.heard) == 1


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({}, "needs a task"),
        ({"task": {"type": "continue", "value": {"title": "a"}}}, "needs a card or a url"),
        (dialog(card({"type": "Bogus"})), "unknown or misplaced"),
        (dialog(height="huge"), "height 'huge'"),
        ({"task": {"type": "message", "value": {}}}, "bad answer to a dialog"),
    ],
)
async def test_a_bad_answer_to_a_command(teams: World, answer: Json, said: str) -> None:
    teams.bot.answers[FETCH] = answer
    await teams.erin.command("report")
    assert said in "\n".join(teams.fake.lints)


@pytest.mark.parametrize(
    "answer",
    [
        {},
        dialog(height=300, width="medium"),
        {"task": {"type": "message", "value": "Thank you"}},
        result(),
        {"composeExtension": {"type": "message", "text": "Thank you"}},
        {"composeExtension": {"type": "auth", "suggestedActions": {"actions": [{"type": "openUrl"}]}}},
        {
            "composeExtension": {
                "type": "botMessagePreview",
                "activityPreview": {"type": "message", "attachments": [{"contentType": ADAPTIVE, "content": card()}]},
            }
        },
    ],
)
async def test_a_good_answer_to_what_was_sent(teams: World, answer: Json) -> None:
    teams.bot.answers[SUBMIT] = answer
    assert (await teams.erin.submit_command("report", FORM)).status == 200 and teams.fake.lints == []


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (result(attachments=[]), "a result needs attachments"),
        (result(attachmentLayout="pile"), "a result needs attachments"),
        (result(attachments=[{"contentType": ADAPTIVE, "content": card({"type": "Bogus"})}]), "unknown or misplaced"),
        ({"composeExtension": {"type": "botMessagePreview"}}, "exactly one Adaptive Card"),
        ({"composeExtension": {"type": "message"}}, "needs a text"),
        ({"composeExtension": {"type": "config"}}, "needs suggestedActions"),
        ({"composeExtension": {"type": "dance"}}, "unknown composeExtension"),
        ({"composeExtension": "x"}, "unknown composeExtension"),
    ],
)
async def test_a_bad_answer_to_what_was_sent(teams: World, answer: Json, said: str) -> None:
    teams.bot.answers[SUBMIT] = answer
    await teams.erin.submit_command("report", FORM)
    assert said in "\n".join(teams.fake.lints)


async def test_no_message_from_the_command_box(teams: World) -> None:
    content = {"type": "message", "attachments": [{"contentType": ADAPTIVE, "content": card()}]}
    teams.bot.answers[SUBMIT] = {"composeExtension": {"type": "botMessagePreview", "activityPreview": content}}
    await teams.erin.submit_command("report", FORM, context="commandBox")
    assert teams.bot.heard[-1]["value"]["commandContext"] == "commandbox"
    assert teams.fake.lints == ["no message can be sent from the command box"]


async def test_cards_for_the_compose_box_are_seen(teams: World) -> None:
    teams.bot.answers[SUBMIT] = result()
    await teams.erin.submit_command("report", FORM)
    assert teams.fake.who_sees("for the box") == {("erin", "dialog")}
