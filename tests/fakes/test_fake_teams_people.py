"""People of all kinds in the fake Teams, and how they are picked on cards."""

from __future__ import annotations

import pytest

from tests.fakes.teams.cards import check_card
from tests.fakes.teams.errors import ClientRefused
from tests.fakes.teams_bot import Json, card, says, with_card
from tests.fakes.teams_world import World, teams_world

PEOPLE = "graph.microsoft.com/users"
ELSEWHERE = "99999999-2222-3333-4444-555555555555"


def picker(dataset: object = PEOPLE, **more: object) -> Json:
    query = {"type": "Data.Query", "dataset": dataset}
    asked = {"type": "Input.ChoiceSet", "id": "who", "label": "Who", "choices": [], "choices.data": query, **more}
    return card(asked, actions=[{"type": "Action.Submit", "title": "S"}])


async def picked(teams: World, content: Json, who: str | list[str]) -> str:
    await teams.send(teams.erin, with_card(content))
    await teams.erin.submit("S", {"who": who})
    value: str = teams.bot.heard[-1]["value"]["who"]
    return value


async def test_an_id_of_the_directory_is_sent(teams: World) -> None:
    assert await picked(teams, picker(), "Max Manager") == teams.max.aad  # as people find them
    assert await picked(teams, picker(), teams.max.aad) == teams.max.aad
    both = await picked(teams, picker(isMultiSelect=True), ["Erin Employee", "Max Manager"])
    assert both == f"{teams.erin.aad},{teams.max.aad}" and teams.fake.lints == []


async def test_whom_the_picker_does_not_find(teams: World) -> None:
    teams.fake.add_user("olga", "Olga Outside", tenant=ELSEWHERE)
    for who in ("Olga Outside", "Nobody", "max@example.com", teams.max.mri):
        with pytest.raises(ClientRefused, match="no choice"):
            await picked(teams, picker(), who)


async def test_two_of_one_name(teams: World) -> None:
    other = teams.fake.add_user("max2", "Max Manager")
    with pytest.raises(ClientRefused, match="several are called"):
        await picked(teams, picker(), "Max Manager")
    assert await picked(teams, picker(), other.aad) == other.aad


async def test_only_members_of_the_chat(teams: World) -> None:
    members = picker(f"{PEOPLE}?scope=currentContext")
    assert await picked(teams, members, "Erin Employee") == teams.erin.aad
    with pytest.raises(ClientRefused, match="no choice"):
        await picked(teams, members, "Max Manager")


async def test_choices_beside_the_people(teams: World) -> None:
    somebody = picker(choices=[{"title": "Somebody else", "value": "other"}])
    assert await picked(teams, somebody, "Somebody else") == "other"


async def test_somebody_is_preset(teams: World) -> None:
    preset = picker(value=teams.max.aad)
    await teams.send(teams.erin, with_card(preset))
    assert "{Who: Max Manager}" in teams.erin.screen() and teams.max.aad not in teams.erin.screen()
    await teams.erin.submit("S")
    assert teams.bot.heard[-1]["value"] == {"who": teams.max.aad}


async def test_a_list_to_search(teams: World) -> None:
    choices = [{"title": "At work", "value": "a"}, {"title": "Elsewhere", "value": "b"}]
    asked = {"type": "Input.ChoiceSet", "id": "who", "label": "Where", "style": "filtered", "choices": choices}
    filtered = card(asked, actions=[{"type": "Action.Submit", "title": "S"}])
    assert await picked(teams, filtered, "Elsewhere") == "b"
    with pytest.raises(ClientRefused, match="no choice"):
        await picked(teams, filtered, "Somewhere")


@pytest.mark.parametrize(
    "broken",
    [
        picker()
        | {"body": [{"type": "Input.ChoiceSet", "id": "a", "label": "l", "choices.data": {"dataset": PEOPLE}}]},
        picker(None),
        picker(value="Max Manager"),
        picker(value="max@example.com"),
    ],
)
async def test_a_broken_picker_is_refused(teams: World, broken: Json) -> None:
    assert (await teams.send(teams.erin, with_card(broken))).code == (400, "BadSyntax")


def test_another_data_set_is_noted() -> None:
    (problem,) = check_card(picker("cities"))
    assert problem.level == "lint" and "does not know" in problem.text


async def test_a_guest(teams: World) -> None:
    guest = teams.fake.add_user("gus", "Gus Guest", email="gus@contoso.com", guest=True, state="installed")
    (member,) = (await teams.chat(guest, "GET", "pagedmembers")).body["members"]
    assert member["userRole"] == "guest" and member["email"] == "gus@contoso.com"
    assert member["userPrincipalName"] == "gus_contoso.com#EXT#@fake.onmicrosoft.com"
    assert member["tenantId"] == teams.fake.tenant
    assert (await teams.chat(guest, "GET", "members/gus%40contoso.com")).status == 404
    (plain,) = (await teams.chat(teams.erin, "GET", "pagedmembers")).body["members"]
    assert plain["userRole"] == "user"


async def test_who_has_no_mail(teams: World) -> None:
    quiet = teams.fake.add_user("quinn", email="", state="installed")
    (member,) = (await teams.chat(quiet, "GET", "pagedmembers")).body["members"]
    assert "email" not in member and member["userPrincipalName"] == "quinn@fake.onmicrosoft.com"


async def test_somebody_of_another_tenant(teams: World) -> None:
    olga = teams.fake.add_user("olga", tenant=ELSEWHERE, state="installed")
    await olga.say("hello")
    a = teams.bot.heard[-1]
    assert a["conversation"]["tenantId"] == a["channelData"]["tenant"]["id"] == ELSEWHERE
    assert a["serviceUrl"].endswith(f"/amer/{ELSEWHERE}/") and olga.texts() == ["echo hello"]
    (member,) = (await teams.chat(olga, "GET", "pagedmembers")).body["members"]
    assert member["tenantId"] == ELSEWHERE
    wrong = f"{teams.fake.service_url}v3/conversations/{olga.conversation}/activities"
    assert (await teams.bot.raw("POST", wrong, says("a"))).code == (404, "ConversationNotFound")
    made = {"members": [{"id": olga.mri}], "tenantId": teams.fake.tenant}
    assert (await teams.call("POST", "/v3/conversations", made)).code == (400, "BadArgument")
    here = f"{olga.service_url}v3/conversations"
    assert (await teams.bot.raw("POST", here, made)).code == (400, "BadArgument")
    right = await teams.bot.raw("POST", here, made | {"tenantId": ELSEWHERE})
    assert right.body == {"id": olga.conversation} and teams.fake.lints == []


async def test_welcome_and_farewell() -> None:
    async with teams_world(installed=False) as teams:
        await teams.erin.install()
        assert teams.erin.texts() == ["welcome"]
        await teams.erin.uninstall()
        assert (await teams.send(teams.erin, says("still there?"))).code == (403, "BotNotInConversationRoster")
        await teams.erin.install()
        assert [a["type"] for a in teams.bot.heard[-2:]] == ["conversationUpdate", "installationUpdate"]
        assert teams.erin.texts() == ["welcome", "welcome"]
        assert len({a["conversation"]["id"] for a in teams.bot.heard}) == 1  # the same chat as before


async def test_the_same_activity_twice(teams: World) -> None:
    await teams.erin.say("hello")
    first = teams.bot.heard[-1]
    await teams.fake.to_bot(first)
    assert teams.bot.heard == [first, first] and teams.erin.texts() == ["echo hello"] * 2
    assert [m.by for m in teams.erin.messages()] == ["erin", "bot", "bot"]  # said but once
