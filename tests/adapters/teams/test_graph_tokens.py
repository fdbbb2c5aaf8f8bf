"""Tokens: one for all who ask, kept while it lasts, and never shown."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from adapters.teams.tokens import EARLY, Tokens
from bot.errors import ChannelDown
from tests.adapters.teams.tenant import Tenant, tenant
from tests.fakes.graph import APP, CONNECTOR, SECRET, TENANT

TOKEN = "/token"


@pytest.fixture
async def world() -> AsyncIterator[Tenant]:
    async with tenant() as made:
        yield made


async def test_a_token_is_kept_until_shortly_before_it_expires(world: Tenant) -> None:
    first = await world.tokens.token(CONNECTOR)
    await world.clock.move(timedelta(seconds=world.fake.lasts) - EARLY - timedelta(seconds=1))
    assert await world.tokens.token(CONNECTOR) == first
    await world.clock.move(timedelta(seconds=1))
    assert await world.tokens.token(CONNECTOR) != first
    assert world.fake.asked(TOKEN) == 2


async def test_all_who_ask_at_once_get_the_same_one(world: Tenant) -> None:
    found = await asyncio.gather(*(world.tokens.token(CONNECTOR) for _ in range(20)))
    assert len(set(found)) == world.fake.asked(TOKEN) == 1
    assert await world.tokens.token(f"{world.fake.url}/.default") not in found
    assert world.fake.asked(TOKEN) == 2


async def test_all_who_ask_at_once_hear_of_the_same_error(world: Tenant) -> None:
    world.fake.fault(TOKEN, 503)
    found = await asyncio.gather(*(world.tokens.token(CONNECTOR) for _ in range(5)), return_exceptions=True)
    assert {str(one) for one in found} == {"login_503"}
    assert await world.tokens.token(CONNECTOR)
    assert world.fake.asked(TOKEN) == 2


async def test_one_who_gives_up_takes_it_from_nobody_else(world: Tenant) -> None:
    impatient = asyncio.create_task(world.tokens.token(CONNECTOR))
    patient = asyncio.create_task(world.tokens.token(CONNECTOR))
    await asyncio.sleep(0)
    impatient.cancel()
    assert await patient
    with pytest.raises(asyncio.CancelledError):
        await impatient
    assert world.fake.asked(TOKEN) == 1


async def test_a_token_that_was_forgotten_is_fetched_anew(world: Tenant) -> None:
    first = await world.tokens.token(CONNECTOR)
    world.tokens.forget("another scope")
    assert await world.tokens.token(CONNECTOR) == first
    world.tokens.forget(CONNECTOR)
    assert await world.tokens.token(CONNECTOR) != first


async def test_one_that_expires_at_once_is_used_once(world: Tenant) -> None:
    world.fake.lasts = 60
    assert await world.tokens.token(CONNECTOR) != await world.tokens.token(CONNECTOR)


@pytest.mark.parametrize(
    ("place", "value", "said"),
    [
        (2, "not-ours", "aadsts90002"),
        (3, "33333333-3333-4333-8333-333333333333", "aadsts700016"),
        (4, "ZYKLAMEN", "aadsts7000215"),
    ],
)
async def test_entra_says_what_is_wrong_by_number(world: Tenant, place: int, value: str, said: str) -> None:
    given: list[Any] = [world.session, world.fake.url + "/", TENANT, APP, SECRET, world.clock]
    given[place] = value
    tokens = Tokens(*given)
    with pytest.raises(ChannelDown, match=f"^{said}$") as raised:
        await tokens.token(CONNECTOR)
    assert raised.value.__cause__ is None
    assert "ZYKLAMEN" not in repr(raised.value) + repr(tokens)


async def test_a_scope_that_entra_does_not_know(world: Tenant) -> None:
    with pytest.raises(ChannelDown, match=r"^aadsts1002012$"):
        await world.tokens.token("https://example.org/.default")


@pytest.mark.parametrize(
    ("fault", "said", "wait"),
    [
        ({"status": 429, "retry_after": "7"}, "login_429", 7.0),
        ({"status": 400, "body": '{"error": "invalid_grant"}'}, "invalid_grant", None),
        ({"status": 400, "body": '{"error": "Dear Ana"}'}, "login_400", None),
        ({"status": 502, "body": "<html>Bad gateway"}, "login_502", None),
        ({"status": 302, "body": ""}, "login_302", None),
        ({"status": 200, "body": "<html>Please log in"}, "token_unreadable", None),
        ({"status": 200, "body": '{"access_token": "x"}'}, "token_unreadable", None),
        ({"status": 200, "drop": True}, "no_answer", None),
    ],
)
async def test_whatever_answers_is_an_error_of_a_kind(
    world: Tenant, fault: dict[str, Any], said: str, wait: float | None
) -> None:
    world.fake.fault(TOKEN, **fault)
    with pytest.raises(ChannelDown, match=f"^{said}$") as raised:
        await world.tokens.token(CONNECTOR)
    assert raised.value.retry_after == wait
    assert await world.tokens.token(CONNECTOR)


async def test_the_secret_is_shown_nowhere(world: Tenant) -> None:
    token = await world.tokens.token(CONNECTOR)
    shown = repr(world.tokens) + repr(vars(world.tokens)["_kept"])
    assert SECRET not in shown
    assert token not in shown
    assert not any(SECRET in call for call in world.fake.calls)
