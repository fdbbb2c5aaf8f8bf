"""What the fake Teams' connector takes and refuses."""

from __future__ import annotations

import pytest

from tests.fakes.teams.user import State
from tests.fakes.teams_bot import Json, says, with_card
from tests.fakes.teams_world import World, teams_world


def new_chat(teams: World, **over: object) -> Json:
    members = [{"id": teams.erin.mri}]
    return {
        "isGroup": False,
        "bot": {"id": teams.fake.bot_id},
        "members": members,
        "tenantId": teams.fake.tenant,
        **over,
    }


async def test_a_token_is_asked_for_where_the_test_wants_one() -> None:
    async with teams_world(require_token="T") as teams:
        assert (await teams.send(teams.erin, says("a"))).status == 201
        teams.bot.token = "other"
        assert (await teams.send(teams.erin, says("a"))).code == (401, "Unauthorized")
        teams.bot.token = None
        assert (await teams.send(teams.erin, says("a"))).code == (401, "Unauthorized")


async def test_the_token_endpoint(teams: World) -> None:
    scope = "https://api.botframework.com/.default"
    good = {"grant_type": "client_credentials", "client_id": teams.fake.app_id, "scope": scope}
    url = f"{teams.fake.origin}/{teams.fake.tenant}/oauth2/v2.0/token"
    for form, status in ((good, 200), (good | {"client_id": "x"}, 401), (good | {"scope": "x"}, 401)):
        async with teams.bot.http.post(url, data=form) as r:
            assert r.status == status and ("access_token" in await r.json()) == (status == 200)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"type": "message"}, (400, "BadSyntax")),
        ({"type": "message", "text": ""}, (400, "BadSyntax")),
        ({"type": "dance"}, (400, "BadSyntax")),
        (says("z" * 60000), (413, "MessageSizeTooBig")),
        (says("a") | {"textFormat": "html"}, (400, "BadSyntax")),
        (says("a") | {"attachments": [{"contentType": "x/y"}]}, (400, "BadSyntax")),
        (says("a") | {"attachments": ["x"]}, (400, "BadSyntax")),
        ([], (400, "BadSyntax")),
    ],
)
async def test_what_a_bot_must_not_send(teams: World, body: Json, code: tuple[int, str]) -> None:
    assert (await teams.send(teams.erin, body)).code == code
    assert teams.erin.messages() == []


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"type": "event"}, "must not send 'event'"),
        ({"from": {"id": "29:someone"}}, "is not the bot"),
        ({"conversation": {"id": "a:elsewhere"}}, "not a known conversation"),
        ({"suggestedActions": {"actions": [{"type": "openUrl"}]}}, "imBack only"),
        ({"suggestedActions": {"actions": [{"type": "imBack"}] * 7}}, "at most six"),
        (with_card({"type": "AdaptiveCard", "version": "1.5"}, summary=None, text=None), "Sent a card"),
    ],
)
async def test_what_is_unwise_to_send(teams: World, more: Json, said: str) -> None:
    assert (await teams.send(teams.erin, says("a") | more)).status == 201
    assert said in "\n".join(teams.fake.lints)


async def test_a_body_of_another_chat_is_noted(teams: World) -> None:
    await teams.send(teams.erin, says("a") | {"conversation": {"id": teams.max.conversation}})
    assert teams.fake.lints == ["conversation.id of the body differs from the URL"]


async def test_a_body_that_is_no_json(teams: World) -> None:
    url = f"{teams.fake.service_url}v3/conversations/{teams.erin.conversation}/activities"
    async with teams.bot.http.post(url, data=b"{type: message}") as r:
        assert r.status == 400 and "not a JSON object" in (await r.json())["error"]["message"]


async def test_chats_that_are_not(teams: World) -> None:
    none, mangled = "/v3/conversations/a:1none/activities", "/v3/conversations/xx/activities"
    assert (await teams.call("POST", none, says("a"))).code == (404, "ConversationNotFound")
    assert (await teams.call("POST", mangled, says("a"))).code == (400, "BadArgument")


@pytest.mark.parametrize(
    ("state", "code"),
    [
        ("blocked", "ConversationBlockedByUser"),
        ("uninstalled", "BotNotInConversationRoster"),
        ("admin", "BotDisabledByAdmin"),
        ("never", "BotNotInConversationRoster"),
    ],
)
async def test_who_cannot_be_reached(teams: World, state: State, code: str) -> None:
    teams.erin.state = state
    assert (await teams.send(teams.erin, says("a"))).code == (403, code)
    assert (await teams.chat(teams.erin, "GET", "pagedmembers")).code == (403, code)
    assert (await teams.call("POST", "/v3/conversations", new_chat(teams))).code == (403, code)
    assert (await teams.send(teams.max, says("a"))).status == 201


@pytest.mark.parametrize(
    ("over", "code"),
    [
        ({"tenantId": None}, "BadSyntax"),
        ({"isGroup": True}, "BadSyntax"),
        ({"members": []}, "BadSyntax"),
        ({"members": [{"id": "29:a"}, {"id": "29:b"}]}, "BadSyntax"),
        ({"members": ["29:a"]}, "BadSyntax"),
        ({"members": [{"id": "erin@example.com"}]}, "BadArgument"),
        ({"tenantId": "other"}, "BadArgument"),
    ],
)
async def test_a_chat_that_cannot_be_made(teams: World, over: Json, code: str) -> None:
    assert (await teams.call("POST", "/v3/conversations", new_chat(teams, **over))).code == (400, code)


async def test_the_same_chat_comes_back_each_time(teams: World) -> None:
    erin = teams.erin
    in_data = new_chat(teams, tenantId=None, channelData={"tenant": {"id": teams.fake.tenant}})
    for body in (new_chat(teams), new_chat(teams, members=[{"id": erin.aad}]), in_data):
        made = await teams.call("POST", "/v3/conversations", body)
        assert (made.status, made.body) == (201, {"id": erin.conversation})
    first = await teams.call("POST", "/v3/conversations", new_chat(teams, activity={"text": "hello"}))
    assert erin.texts() == ["hello"] and first.body["activityId"] == erin.messages()[0].id
    assert teams.fake.lints == []
    await teams.call("POST", "/v3/conversations", new_chat(teams, bot={"id": "28:other"}))
    assert teams.fake.lints == ["bot.id '28:other' is not this bot"]


async def test_only_its_own_messages_and_only_while_they_stand(teams: World) -> None:
    erin, mid = teams.erin, (await teams.send(teams.erin, says("v1"))).body["id"]
    updated = await teams.chat(erin, "PUT", f"activities/{mid}", says("v2"))
    assert (updated.status, updated.body) == (200, {"id": mid}) and erin.texts() == ["v2"]
    assert (await teams.chat(erin, "PUT", f"activities/{mid}", says(""))).code == (400, "BadSyntax")
    assert (await teams.chat(erin, "DELETE", f"activities/{mid}")).status == 200 and erin.texts() == []
    for method in ("PUT", "DELETE"):
        gone = await teams.chat(erin, method, f"activities/{mid}", says("v3"))
        assert gone.code == (404, "ActivityNotFoundInConversation")
    await erin.say("mine")
    own = next(m.id for m in erin.messages() if m.by == "erin")
    assert (await teams.chat(erin, "PUT", f"activities/{own}", says("x"))).code == (403, "NotEnoughPermissions")


async def test_members(teams: World) -> None:
    erin = teams.erin
    (me,) = (await teams.chat(erin, "GET", "pagedmembers")).body["members"]
    assert me["email"] == "erin@example.com" and me["aadObjectId"] == erin.aad and me["tenantId"] == teams.fake.tenant
    for by in (erin.mri, erin.aad, erin.email):
        assert (await teams.chat(erin, "GET", f"members/{by}")).body == me
    assert (await teams.chat(erin, "GET", "members/29:zz")).code == (404, "MemberNotFoundInConversation")
    assert teams.fake.lints == []
    assert (await teams.chat(erin, "GET", "pagedmembers?pageSize=x")).code == (400, "BadSyntax")
    await teams.chat(erin, "GET", "pagedmembers?pageSize=5")
    assert (await teams.chat(erin, "GET", "members")).body == [me]
    assert ["50..500" in teams.fake.lints[0], "deprecated" in teams.fake.lints[1]] == [True, True]


async def test_a_service_url_joined_wrongly(teams: World) -> None:
    assert (await teams.call("POST", "//v3/conversations", new_chat(teams))).code == (404, "NotFound")
    assert (await teams.bot.raw("POST", f"{teams.fake.origin}/v3/conversations", {})).code == (404, "NotFound")
    assert len(teams.fake.lints) == 2 and all("joined the service URL wrongly" in said for said in teams.fake.lints)
    assert (await teams.call("GET", "/v3/nothing")).code == (404, "NotFound") and len(teams.fake.lints) == 2
