"""What the doctor tells of the app in Entra and Graph."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from adapters.teams.graph import Graph
from adapters.teams.people import TeamsAccounts
from adapters.teams.tokens import Tokens
from tests.adapters.teams.tenant import Tenant, tenant
from tests.fakes.graph import APP, MAILBOXES, SECRET, TENANT, USERS

SOMEBODY = "33333333-3333-4333-8333-333333333333"


@pytest.fixture
async def world() -> AsyncIterator[Tenant]:
    async with tenant() as made:
        made.fake.replies(made.fake.add("ana"), "disabled")
        yield made


async def told(world: Tenant) -> list[str]:
    return [str(one) for one in await world.source.check()]


async def test_all_is_permitted(world: Tenant) -> None:
    assert await told(world) == [
        "ok: Entra lets the app log in, and Microsoft Graph tells it who works here.",
        "ok: Microsoft Graph tells who is away, by their automatic replies.",
    ]
    world.fake.mailboxes.clear()
    assert len(await told(world)) == 2, "whoever has no mailbox is no fault"


async def test_what_is_not_permitted_is_told_with_what_is_missed(world: Tenant) -> None:
    world.fake.permissions.discard(MAILBOXES)
    people, mailboxes = await told(world)
    assert people.startswith("ok: ")
    assert mailboxes.startswith("ok: it may not read who is away: only absences of the people file count.")
    assert "MailboxSettings.Read" in mailboxes
    world.fake.permissions.discard(USERS)
    (people,) = await told(world)
    assert people.startswith("ok: Entra lets the app log in. It may not read who works here")
    assert "User.Read.All" in people


@pytest.mark.parametrize(
    ("app", "tenant_id", "secret", "said"),
    [
        (APP, TENANT, "wrong", "Entra does not take teams.app_password. Entra makes one under App registrations"),
        (SOMEBODY, TENANT, SECRET, "Entra knows no app teams.app_id in the tenant teams.tenant_id."),
        (APP, SOMEBODY, SECRET, "Entra knows no tenant teams.tenant_id."),
    ],
)
async def test_a_login_that_fails(world: Tenant, app: str, tenant_id: str, secret: str, said: str) -> None:
    tokens = Tokens(world.session, world.fake.url, tenant_id, app, secret, world.clock)
    graph = Graph(world.session, world.fake.url, tokens, world.clock)
    (found,) = await TeamsAccounts(graph, TENANT, world.clock).check()
    assert not found.well
    assert found.text.startswith(said)
    assert secret not in found.text


@pytest.mark.parametrize(
    ("what", "status", "code", "said"),
    [
        ("/token", 503, "x", "Entra or Microsoft Graph does not answer (login_503). Can this machine call "),
        ("/token", 400, '{"error_codes": [53003]}', "Entra does not let the app log in: AADSTS53003."),
        ("/users", 503, "x", "Entra or Microsoft Graph does not answer (status_503). Can this machine call "),
        ("/users", 400, "BadRequest", "Microsoft Graph does not tell who works here: BadRequest."),
        ("/mailbox", 400, "BadRequest", "Microsoft Graph does not tell who is away: BadRequest."),
        ("/mailbox", 503, "x", "Microsoft Graph does not tell who is away: status_503."),
    ],
)
async def test_other_refusals_have_their_code(world: Tenant, what: str, status: int, code: str, said: str) -> None:
    body = code if code.startswith("{") else None
    world.fake.fault(what, status, code=code, body=body)
    found = (await world.source.check())[-1]
    assert not found.well
    assert found.text.startswith(said)


async def test_a_tenant_without_people_has_no_mailbox_to_look_at(world: Tenant) -> None:
    world.fake.users.clear()
    assert len(await told(world)) == 1
