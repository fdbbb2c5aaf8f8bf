"""What an operator is told of the way to Teams: each thing that can be wrong, with its remedy, and no secret."""

from __future__ import annotations

import pytest
from aiohttp import ClientSession

from adapters.teams.doctor import address_check, keys_check, login_check
from adapters.teams.keys import Keys
from adapters.teams.tokens import Tokens
from tests.adapters.teams.tenant import Leaping, tenant
from tests.fakes.graph import APP, SECRET, TENANT
from tests.fakes.teams.tenant import FakeTeams


async def test_a_login_that_works() -> None:
    async with tenant() as world:
        found = await login_check(world.tokens)
    assert str(found) == "ok: Entra takes teams.app_id and teams.app_password for the tenant teams.tenant_id."


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (None, "Entra does not take teams.app_password. Entra makes one under App registrations"),
        ('{"error_codes": [7000222]}', "teams.app_password has run out."),
        ('{"error_codes": [53003]}', "Entra does not let the app log in: AADSTS53003."),
        ("<html>", "Entra or Microsoft Graph does not answer (login_503). Can this machine call teams.login_url"),
    ],
)
async def test_a_login_that_fails(fault: str | None, said: str) -> None:
    async with tenant() as world:
        secret = "wrong" if fault is None else SECRET
        if fault is not None:
            world.fake.fault("/token", 503, body=fault)
        tokens = Tokens(world.session, world.fake.url, TENANT, APP, secret, world.clock)
        found = await login_check(tokens)
    assert not found.well
    assert found.text.startswith(said)
    assert secret not in found.text


async def test_the_keys_that_teams_signs_with() -> None:
    async with FakeTeams() as fake, ClientSession() as session:
        keys = Keys(session, fake.openid_url, Leaping())
        assert str(await keys_check(keys, fake.openid_url)) == "ok: Microsoft tells the keys that Teams signs with."
        fake.fault(op="keys", status=503)
        keys = Keys(session, fake.openid_url, Leaping())
        found = await keys_check(keys, fake.openid_url)
    assert not found.well
    assert found.text.startswith(f"127.0.0.1:{fake.port} does not tell the keys that Teams signs with")


def test_the_address_is_told() -> None:
    found = address_check("127.0.0.1", 8080)
    assert found.well
    assert "https://YOUR-NAME/api/messages, which must lead to http://127.0.0.1:8080/api/messages here" in found.text
