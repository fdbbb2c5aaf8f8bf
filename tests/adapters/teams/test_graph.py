"""Questions to Graph: waited for where it asks to, refused in its own words, and sent nowhere else."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientSession

from adapters.teams.asking import Refused, call, items, mapping, seconds, text
from adapters.teams.graph import AT_ONCE, Graph
from bot.errors import ChannelDown, Invariant, PlatformError
from tests.adapters.teams.tenant import Tenant, tenant

ONE = "/users?$top=1&$select=id"


@pytest.fixture
async def world() -> AsyncIterator[Tenant]:
    async with tenant() as made:
        yield made


@pytest.mark.parametrize(
    ("fault", "kind", "said"),
    [
        ({"status": 503}, ChannelDown, "status_503"),
        ({"status": 500, "retry_after": "soon"}, ChannelDown, "status_500"),
        ({"status": 503, "retry_after": "30", "times": 9}, ChannelDown, "status_503"),
        ({"status": 200, "drop": True, "times": 9}, ChannelDown, "no_answer"),
        ({"status": 401, "times": 9}, ChannelDown, "unauthorized"),
        ({"status": 429, "retry_after": "30", "times": 9, "code": "TooManyRequests"}, Refused, "TooManyRequests"),
        ({"status": 429, "retry_after": "3600", "code": "TooManyRequests"}, Refused, "TooManyRequests"),
        ({"status": 400, "code": "Request_BadRequest"}, Refused, "Request_BadRequest"),
        ({"status": 404, "code": "Dear Ana, whom we miss"}, Refused, "status_404"),
        ({"status": 302, "body": ""}, Refused, "status_302"),
    ],
)
async def test_a_refusal_has_a_code_and_no_words(world: Tenant, fault: dict[str, Any], kind: type, said: str) -> None:
    world.fake.fault("/users", **fault)
    with pytest.raises(PlatformError, match=f"^{said}$") as raised:
        await world.graph.get(ONE)
    assert type(raised.value) is kind
    assert raised.value.__cause__ is None
    world.fake.faults.clear()
    assert await world.graph.get(ONE) == {"value": []}


async def test_graph_is_waited_for_by_the_clock(world: Tenant) -> None:
    world.fake.fault("/users", 429, retry_after="12", times=2)
    world.fake.fault("/users", 503, retry_after="0")
    await world.graph.get(ONE)
    assert world.clock.waits == [12.0, 12.0, 0.0]


async def test_entra_is_waited_for_too(world: Tenant) -> None:
    world.fake.fault("/token", 429, retry_after="5")
    await world.graph.get(ONE)
    assert world.clock.waits == [5.0]


async def test_a_token_that_is_not_taken_is_fetched_anew(world: Tenant) -> None:
    await world.graph.get(ONE)
    world.fake.revoke()
    await world.graph.get(ONE)
    assert world.fake.asked("/token") == 2
    assert world.clock.waits == []


@pytest.mark.parametrize(
    "link",
    [
        "https://evil.example.org/v1.0/users/delta",
        "{url}.example.org/v1.0/users/delta",
        "{url}@evil.example.org/",
        "//evil.example.org/",
        "",
    ],
)
async def test_the_token_goes_to_graph_only(world: Tenant, link: str) -> None:
    with pytest.raises(PlatformError):
        await world.graph.page(link.format(url=world.fake.url))
    assert not [one for one in world.fake.calls if "token" not in one and "v1.0//evil" not in one]


@pytest.mark.parametrize(
    "body",
    [
        "{}",
        '{"value": []}',
        '{"value": {}, "@odata.nextLink": "x"}',
        '{"@odata.deltaLink": "x"}',
        "[]",
        "<html>",
        '{"value": [], "@odata.deltaLink": 1}',
    ],
)
async def test_what_is_no_page(world: Tenant, body: str) -> None:
    world.fake.fault("/users/delta", 200, body=body)
    with pytest.raises(PlatformError, match=r"^unreadable$"):
        await world.graph.page("/users/delta?$select=id")


async def test_many_questions_have_their_own_answers_in_order(world: Tenant) -> None:
    boss = world.fake.add("boss")
    everybody = [world.fake.add(f"u{number}") for number in range(AT_ONCE)]
    world.fake.managers = dict.fromkeys(everybody[::2], boss)
    world.fake.fault(everybody[5], 429, retry_after="9")
    found = await world.graph.each([f"/users/{id_}/manager?$select=id" for id_ in everybody])
    assert [one.status for one in found] == [200 if n % 2 == 0 else 429 if n == 5 else 404 for n in range(AT_ONCE)]
    assert found[0].body["id"] == boss
    assert (found[5].retry_after, found[1].code) == (9.0, "Request_ResourceNotFound")
    assert boss not in repr(found)
    with pytest.raises(Invariant):
        await world.graph.each(["/users"] * (AT_ONCE + 1))


@pytest.mark.parametrize("body", ["{}", '{"responses": [{"id": "0"}, 1]}', '{"responses": {"id": "0"}}', "no"])
async def test_a_question_without_an_answer_failed(world: Tenant, body: str) -> None:
    world.fake.fault("$batch", 200, body=body)
    (found,) = await world.graph.each(["/users/x/manager"])
    assert (found.status, found.code) == (500, "status_500")


@pytest.mark.parametrize("what", ["/token", "/users"])
async def test_no_redirect_is_followed(world: Tenant, what: str) -> None:
    """Neither the secret nor a token goes where an answer says."""
    world.fake.fault(what, 307, location=f"{world.fake.url}/elsewhere")
    with pytest.raises(PlatformError):
        await world.graph.get(ONE)
    assert world.fake.asked("elsewhere") == 0


async def test_a_national_cloud_has_its_own_scope(world: Tenant) -> None:
    assert await Graph(world.session, f"{world.fake.url}/", world.tokens, world.clock).get(ONE) == {"value": []}


async def test_nobody_there() -> None:
    async with ClientSession() as session:
        with pytest.raises(ChannelDown, match=r"^no_answer$"):
            await call(session, "http://127.0.0.1:9/")


def test_other_than_expected_is_empty() -> None:
    assert (text(1), mapping([]), items({}), items([1]), seconds(3), seconds("-1")) == ("", {}, [], [{}], None, None)
