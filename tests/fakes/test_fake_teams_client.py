"""What a Teams client sends for a person, and what it does not let them do."""

from __future__ import annotations

import pytest

from tests.fakes.teams.errors import ClientRefused
from tests.fakes.teams_bot import Json, card, text_block, with_card
from tests.fakes.teams_world import World, teams_world

FORM = card(
    {"type": "Input.Text", "id": "n", "label": "n", "isRequired": True, "errorMessage": "e", "maxLength": 3},
    {"type": "Input.ChoiceSet", "id": "k", "label": "k", "value": "a", "choices": [{"title": "A", "value": "a"}]},
    {"type": "Input.Toggle", "id": "g", "title": "g"},
    {"type": "Input.Text", "id": "o", "label": "o"},
    {"type": "Input.Date", "id": "d", "label": "d", "min": "2026-01-01", "max": "2026-12-31"},
    {"type": "Input.Time", "id": "t", "label": "t"},
    {"type": "Input.Number", "id": "i", "label": "i", "min": 1, "max": 9},
    {"type": "Input.Text", "id": "r", "label": "r", "regex": "^[0-9]+$"},
    refresh={"action": {"type": "Action.Execute", "verb": "look", "title": "R"}, "userIds": ["x"]},
    actions=[
        {"type": "Action.Submit", "title": "S", "data": {"x": 1}},
        {
            "type": "Action.Submit",
            "title": "MB",
            "data": {"msteams": {"type": "messageBack", "text": "t", "value": '{"y": 2}'}},
        },
        {"type": "Action.Submit", "title": "IM", "data": {"msteams": {"type": "imBack", "value": "card"}}},
        {"type": "Action.Submit", "title": "No", "associatedInputs": "none", "data": {"x": 2}},
        {"type": "Action.Execute", "title": "E", "verb": "v", "data": {"z": 1}},
    ],
)
SENT = {"n": "ab", "k": "a", "g": "false"}


@pytest.fixture
async def form(teams: World) -> World:
    await teams.send(teams.erin, with_card(FORM))
    return teams


def heard(teams: World) -> Json:
    return teams.bot.heard[-1]


async def test_an_installation_is_two_activities() -> None:
    async with teams_world(installed=False) as teams:
        erin, bot = teams.erin, teams.bot
        await erin.install()
        met, added = bot.heard
        assert (met["type"], added["type"]) == ("conversationUpdate", "installationUpdate")
        assert met["membersAdded"] == [{"id": teams.fake.bot_id}, {"id": erin.mri, "aadObjectId": erin.aad}]
        assert "locale" not in met and met["conversation"]["tenantId"] == teams.fake.tenant
        assert added["action"] == "add" and added["channelData"]["tenant"]["id"] == teams.fake.tenant
        await erin.uninstall()
        assert heard(teams)["action"] == "remove" and erin.state == "uninstalled"


async def test_the_envelope(teams: World) -> None:
    erin = teams.erin
    await erin.say("1 < 2")
    a = heard(teams)
    assert a["from"] == {"id": erin.mri, "name": "Erin Employee", "aadObjectId": erin.aad}
    assert a["channelId"] == "msteams" and a["serviceUrl"] == teams.fake.service_url and a["locale"] == "en-US"
    assert a["channelData"]["tenant"]["id"] == teams.fake.tenant and a["recipient"]["id"] == teams.fake.bot_id
    assert a["text"] == "1 < 2" and a["attachments"] == [{"contentType": "text/html", "content": "<p>1 &lt; 2</p>"}]
    assert a["conversation"]["id"] == erin.conversation and a["conversation"]["conversationType"] == "personal"


async def test_a_submit_is_a_message_without_text(form: World) -> None:
    await form.erin.submit("S", {"n": "ab"})
    a = heard(form)
    assert a["value"] == {"x": 1, **SENT} and a["replyToId"] == form.erin.last_card().id and "text" not in a


async def test_inputs_are_strings(form: World) -> None:
    said = {"n": "ab", "g": "true", "d": "2026-05-01", "t": "08:30", "i": "3", "r": "12"}
    await form.erin.submit("S", said)
    assert heard(form)["value"] == {"x": 1, "k": "a", **said}


async def test_empty_inputs_are_sent_by_some_clients(form: World) -> None:
    form.erin.sends_empty_inputs = True
    await form.erin.submit("MB", {"n": "ab"})
    a = heard(form)
    assert a["text"] == "t" and a["value"]["y"] == 2 and a["value"]["o"] == "" and "msteams" not in a["value"]


async def test_other_buttons(form: World) -> None:
    await form.erin.submit("No")  # without inputs: the required one stops nobody
    assert heard(form)["value"] == {"x": 2}
    await form.send(form.erin, with_card(FORM))
    await form.erin.submit("IM", {"n": "ab"})
    assert heard(form)["text"] == "card" and "value" not in heard(form)


async def test_an_execute_is_an_invoke(form: World) -> None:
    await form.erin.execute(None, {"n": "q"})  # the first on the card: not that of the refresh
    a = heard(form)
    data = {"z": 1, **SENT, "n": "q"}
    assert a["value"] == {
        "action": {"type": "Action.Execute", "title": "E", "verb": "v", "data": data},
        "trigger": "manual",
    }
    assert a["name"] == "adaptiveCard/action" and a["replyToId"] == form.erin.bot_messages()[0].id


async def test_a_refresh_is_one_too(form: World) -> None:
    await form.erin.refresh()
    a = heard(form)["value"]
    assert a["trigger"] == "automatic" and a["action"] == {
        "type": "Action.Execute",
        "title": "R",
        "verb": "look",
        "data": {},
    }
    with pytest.raises(ClientRefused, match="does not refresh"):  # the answer has taken its place
        await form.erin.refresh()


async def test_several_choices_are_joined(teams: World) -> None:
    several = {"type": "Input.ChoiceSet", "id": "k", "label": "k", "isMultiSelect": True}
    several["choices"] = [{"title": v.upper(), "value": v} for v in "abc"]
    await teams.send(teams.erin, with_card(card(several, actions=[{"type": "Action.Submit", "title": "S"}])))
    with pytest.raises(ClientRefused, match="no choice"):
        await teams.erin.submit("S", {"k": ["a", "z"]})
    await teams.erin.submit("S", {"k": ["a", "c"]})
    assert heard(teams)["value"] == {"k": "a,c"}


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({}, "n is required: e"),
        ({"n": "long!"}, "longer than 3"),
        ({"n": "a", "k": "zz"}, "no choice"),
        ({"n": "a", "nope": "1"}, "no input"),
        ({"n": "a", "d": "1.5.2026"}, "is no Input.Date"),
        ({"n": "a", "d": "2027-05-01"}, "out of range"),
        ({"n": "a", "d": "2025-05-01"}, "out of range"),
        ({"n": "a", "t": "8:30"}, "is no Input.Time"),
        ({"n": "a", "i": "ten"}, "is no Input.Number"),
        ({"n": "a", "i": "10"}, "out of range"),
        ({"n": "a", "r": "x"}, "does not match"),
    ],
)
async def test_the_client_sends_nothing(form: World, said: dict[str, str], why: str) -> None:
    with pytest.raises(ClientRefused, match=why):
        await form.erin.submit("S", said)
    assert form.bot.heard == []


async def test_a_button_sends_the_inputs_around_it(teams: World) -> None:
    def asks(name: str) -> Json:
        return {"type": "Input.Text", "id": name, "label": name, "isRequired": True, "errorMessage": "e"}

    def more(name: str) -> Json:
        inner = card(asks(name), actions=[{"type": "Action.Submit", "title": f"Send {name}"}])
        return {"type": "Action.ShowCard", "title": name, "card": inner}

    outer = card(asks("a"), actions=[{"type": "Action.Submit", "title": "Send a"}, more("b"), more("c")])
    for title, said in (("Send a", {"a": "1"}), ("Send b", {"a": "1", "b": "2"})):
        await teams.send(teams.erin, with_card(outer))
        await teams.erin.submit(title, said)
        assert heard(teams)["value"] == said
    await teams.send(teams.erin, with_card(outer))
    with pytest.raises(ClientRefused, match="no input"):
        await teams.erin.submit("Send b", {"a": "1", "b": "2", "c": "3"})


async def test_a_toggle_that_must_be_on(teams: World) -> None:
    toggle = {"type": "Input.Toggle", "id": "g", "title": "g", "isRequired": True, "errorMessage": "e"}
    await teams.send(teams.erin, with_card(card(toggle, actions=[{"type": "Action.Submit", "title": "S"}])))
    with pytest.raises(ClientRefused, match="g is required"):
        await teams.erin.submit("S")
    await teams.erin.submit("S", {"g": "true"})
    assert heard(teams)["value"] == {"g": "true"}


async def test_what_is_not_there_cannot_be_pressed(teams: World) -> None:
    with pytest.raises(ClientRefused, match="sees no card"):
        await teams.erin.submit("S")
    await teams.send(teams.erin, with_card(card(text_block("a"))))
    with pytest.raises(ClientRefused, match="no Action"):
        await teams.erin.execute("S")
    with pytest.raises(ClientRefused, match="does not refresh"):
        await teams.erin.refresh()
