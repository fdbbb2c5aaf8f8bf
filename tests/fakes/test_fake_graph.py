"""The fake of Graph keeps its own rules: what it would let pass, Microsoft might not."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiohttp import ClientSession
from yarl import URL

from bot.runtime.clocks import MovableClock
from tests.fakes.graph import APP, CONNECTOR, MAILBOXES, SECRET, TENANT, USERS, FakeGraph
from tests.fakes.graph_tenant import LASTS

SELECT = "/v1.0/users/delta?$select=id,mail"


class World:
    """Somebody who calls the fake by hand."""

    def __init__(self, fake: FakeGraph, session: ClientSession, clock: MovableClock) -> None:
        self.fake = fake
        self.session = session
        self.clock = clock
        self.token = ""

    async def login(self, path: str = TENANT, **changed: str) -> tuple[int, Any]:
        form = {"grant_type": "client_credentials", "client_id": APP, "client_secret": SECRET, **changed}
        form.setdefault("scope", f"{self.fake.url}/.default")
        async with self.session.post(f"{self.fake.url}/{path}/oauth2/v2.0/token", data=form) as answer:
            body = await answer.json()
        self.token = body.get("access_token", self.token)
        return answer.status, body

    async def get(self, url: str, **more: Any) -> tuple[int, Any]:
        target = URL(url if url.startswith("http") else self.fake.url + url, encoded=True)
        headers = {"Authorization": f"Bearer {self.token}"}
        method = "POST" if more else "GET"
        async with self.session.request(method, target, headers=headers, **more) as answer:
            return answer.status, await answer.json()

    async def batch(self, *requests: dict[str, str]) -> tuple[int, Any]:
        return await self.get("/v1.0/$batch", json={"requests": requests})

    async def changes(self, link: str) -> tuple[list[Any], str]:
        found: list[Any] = []
        while True:
            status, body = await self.get(link)
            assert status == 200
            found += body["value"]
            if "@odata.deltaLink" in body:
                assert "@odata.nextLink" not in body
                return found, body["@odata.deltaLink"]
            link = body["@odata.nextLink"]


@pytest.fixture
async def world() -> AsyncIterator[World]:
    clock = MovableClock(datetime(2026, 3, 2, tzinfo=UTC))
    async with FakeGraph(clock.now, page=2) as fake, ClientSession() as session:
        made = World(fake, session, clock)
        await made.login()
        yield made


def code(answer: tuple[int, Any]) -> tuple[int, str]:
    return answer[0], answer[1]["error"]["code"]


@pytest.mark.parametrize(
    ("changed", "number"),
    [
        ({"path": "other"}, 90002),
        ({"grant_type": "password"}, 70003),
        ({"client_id": "x"}, 700016),
        ({"client_secret": "x"}, 7000215),
        ({"scope": "https://graph.microsoft.com/.default"}, 1002012),
    ],
)
async def test_a_login_by_its_rules(world: World, changed: dict[str, str], number: int) -> None:
    status, body = await world.login(**changed)
    assert (status, body["error_codes"]) == (401 if number == 7000215 else 400, [number])
    async with world.session.get(f"{world.fake.url}/{TENANT}/oauth2/v2.0/token", data={"scope": "x"}) as answer:
        assert answer.status == 400


async def test_a_token_is_of_one_scope_and_runs_out(world: World) -> None:
    assert (await world.get(SELECT))[0] == 200
    await world.clock.move(timedelta(seconds=world.fake.lasts))
    assert code(await world.get(SELECT)) == (401, "InvalidAuthenticationToken")
    await world.login(scope=CONNECTOR)
    assert code(await world.get(SELECT)) == (401, "InvalidAuthenticationToken")
    await world.login()
    assert (await world.get(SELECT))[0] == 200
    world.fake.revoke()
    assert (await world.get(SELECT))[0] == 401


@pytest.mark.parametrize(
    "path",
    [
        "/v1.0/users/delta",
        "/v1.0/users/delta?$select=id&$top=5",
        "/v1.0/users/delta?$select=id,skills",
        "/v1.0/users/delta?$deltatoken=made-up",
        "/v1.0/users?$top=1",
        "/v1.0/me",
        "/beta/users/delta?$select=id",
    ],
)
async def test_questions_that_graph_does_not_take(world: World, path: str) -> None:
    assert (await world.get(path))[0] == 400


async def test_a_list_and_its_changes(world: World) -> None:
    ana, bo, eva = (world.fake.add(name) for name in ("ana", "bo", "eva"))
    world.fake.change(bo, mail=None)
    world.fake.delete(eva)
    found, link = await world.changes(SELECT)
    assert found == [
        {"id": ana, "mail": "ana@example.org"},
        {"id": bo},
        {"id": eva, "@removed": {"reason": "changed"}},
    ]
    assert (await world.changes(link))[0] == []
    world.fake.change(ana, userType="Guest")
    world.fake.change(ana, mail="a@example.org")
    world.fake.change(ana, mail=None)
    world.fake.restore(eva)
    world.fake.delete(bo, for_good=True)
    found, link = await world.changes(link)
    assert found == [
        {"id": ana, "mail": None},
        {"id": ana, "mail": None},
        {"id": eva, "mail": "eva@example.org"},
        {"id": bo, "@removed": {"reason": "deleted"}},
    ]
    world.fake.replays = True
    assert (await world.changes(link))[0] == found[-1:]


async def test_a_link_is_called_as_it_is(world: World) -> None:
    for name in ("ana", "bo", "eva"):
        world.fake.add(name)
    _, body = await world.get(SELECT)
    link = body["@odata.nextLink"]
    assert (await world.get(link + "&$select=id"))[0] == 400
    assert (await world.get(link.replace("%2B", "+")))[0] == 400
    assert (await world.get(link))[0] == 200


async def test_a_link_runs_out(world: World) -> None:
    _, link = await world.changes(SELECT)
    await world.clock.move(LASTS)
    await world.login()
    assert code(await world.get(link)) == (400, "syncStateNotFound")
    _, link = await world.changes(SELECT)
    world.fake.reset()
    assert code(await world.get(link)) == (410, "resyncRequired")


async def test_permissions(world: World) -> None:
    ana = world.fake.add("ana")
    world.fake.permissions.clear()
    for path in (SELECT, "/v1.0/users?$top=1&$select=id", f"/v1.0/users/{ana}/manager"):
        assert code(await world.get(path)) == (403, "Authorization_RequestDenied")
    assert code(await world.get(f"/v1.0/users/{ana}/mailboxSettings")) == (403, "ErrorAccessDenied")
    world.fake.permissions |= {USERS, MAILBOXES}
    assert (await world.get("/v1.0/users?$top=1&$select=id")) == (200, {"value": [{"id": ana}]})
    assert code(await world.get(f"/v1.0/users/{ana}/manager")) == (404, "Request_ResourceNotFound")
    assert code(await world.get(f"/v1.0/users/{ana}/mailboxSettings")) == (404, "MailboxNotEnabledForRESTAPI")
    world.fake.kept_back.add(ana)
    assert (await world.get(f"/v1.0/users/{ana}/mailboxSettings"))[0] == 403


def question(number: int, url: str = "/users/x/manager", method: str = "GET") -> dict[str, str]:
    return {"id": str(number), "method": method, "url": url}


async def test_a_batch(world: World) -> None:
    boss, ana = world.fake.add("boss"), world.fake.add("ana")
    world.fake.managers[ana] = boss
    world.fake.fault(f"{boss}/manager", 429, retry_after="7")
    status, body = await world.batch(question(1, f"/users/{ana}/manager"), question(2, f"/users/{boss}/manager"))
    second, first = body["responses"]
    assert (status, first["id"], first["status"], first["body"]["id"]) == (200, "1", 200, boss)
    assert (second["status"], second["headers"]) == (429, {"Retry-After": "7"})


@pytest.mark.parametrize(
    "requests",
    [
        [],
        [question(number) for number in range(21)],
        [question(1), question(1)],
        [question(1, method="POST")],
        [question(1, "https://graph.microsoft.com/v1.0/users/x/manager")],
    ],
)
async def test_a_batch_that_graph_does_not_take(world: World, requests: list[dict[str, str]]) -> None:
    assert (await world.batch(*requests))[0] == 400
    assert (await world.get("/v1.0/$batch", json=[]))[0] == 400


async def test_faults_come_when_they_are_told_to(world: World) -> None:
    world.fake.fault("/delta", 429, after=1, retry_after="3")
    assert [(await world.get(SELECT))[0] for _ in range(3)] == [200, 429, 200]
    assert world.fake.asked("/delta") == 3
