"""The tokens that the fake Teams sends, and those that a bot must refuse."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import AsyncIterator
from typing import get_args

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from tests.fakes.teams import activities
from tests.fakes.teams.signing import Forgery
from tests.fakes.teams_bot import Json, says
from tests.fakes.teams_world import World, teams_world


@pytest.fixture
async def signed() -> AsyncIterator[World]:
    async with teams_world(signed=True) as teams:
        yield teams


def read(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def number(part: str) -> int:
    return int.from_bytes(read(part), "big")


async def published(teams: World) -> list[Json]:
    openid = (await teams.bot.raw("GET", teams.fake.openid_url)).body
    assert openid["issuer"] == "https://api.botframework.com"
    assert openid["id_token_signing_alg_values_supported"] == ["RS256"]
    keys: list[Json] = (await teams.bot.raw("GET", openid["jwks_uri"])).body["keys"]
    return keys


async def refusal(teams: World, auth: str | None, service_url: str) -> str | None:
    """What a careful bot has against this Authorization, read by the book; None: nothing."""
    if not auth or not auth.startswith("Bearer ") or auth.count(".") != 2:
        return "no token"
    head_, claims_, signature = auth.removeprefix("Bearer ").split(".")
    try:
        head, claims = json.loads(read(head_)), json.loads(read(claims_))
    except ValueError:
        return "garbage"
    key = next((k for k in await published(teams) if k["kid"] == head.get("kid")), None)
    if head["alg"] != "RS256" or key is None or "msteams" not in key["endorsements"]:
        return "no such key"
    public = rsa.RSAPublicNumbers(number(key["e"]), number(key["n"])).public_key()
    try:
        public.verify(read(signature), f"{head_}.{claims_}".encode(), padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature:
        return "bad signature"
    now = teams.clock.now()
    good = claims["iss"] == "https://api.botframework.com" and claims["aud"] == teams.fake.app_id
    good = good and claims.get("serviceurl") == service_url and claims["nbf"] - 300 <= now <= claims["exp"] + 300
    return None if good else "bad claims"


async def test_what_teams_signs_holds(signed: World) -> None:
    await signed.erin.say("hello")
    assert await refusal(signed, signed.bot.auths[-1], signed.fake.service_url) is None
    assert signed.erin.texts() == ["echo hello"] and signed.fake.lints == []


async def test_without_the_wish_nothing_is_sent(teams: World) -> None:
    await teams.erin.say("hello")
    teams.fake.bot_auth = "Bearer own"
    await teams.erin.say("hello")
    teams.fake.bot_auth = lambda: "Bearer made"
    await teams.erin.say("hello")
    assert teams.bot.auths == [None, "Bearer own", "Bearer made"]


@pytest.mark.parametrize("how", get_args(Forgery))
async def test_what_must_be_refused(signed: World, how: Forgery) -> None:
    said = activities.said(signed.erin, "hello")
    await signed.fake.to_bot_forged(said, how)
    assert signed.bot.heard == [said]  # this bot does not look
    assert await refusal(signed, signed.bot.auths[-1], signed.fake.service_url) is not None
    assert signed.fake.lints == [] and "forged->bot" in [e["dir"] for e in signed.fake.log]


async def test_a_token_lives_an_hour(signed: World) -> None:
    await signed.erin.say("hello")
    signed.clock.move(3600 + 299)  # clocks may differ by five minutes
    assert await refusal(signed, signed.bot.auths[0], signed.fake.service_url) is None
    signed.clock.move(2)
    assert await refusal(signed, signed.bot.auths[0], signed.fake.service_url) == "bad claims"


async def test_keys_roll_over(signed: World) -> None:
    fake = signed.fake
    await signed.erin.say("before")
    first = {k["kid"] for k in await published(signed)}
    fake.rollover()
    await signed.erin.say("after")
    second = {k["kid"] for k in await published(signed)}
    assert len(first & second) == 1  # that of the other channel
    before, after = signed.bot.auths
    assert await refusal(signed, before, fake.service_url) == "no such key"
    assert await refusal(signed, after, fake.service_url) is None


async def test_fetches_are_counted_and_can_be_slow(signed: World) -> None:
    fake = signed.fake
    await published(signed)
    assert fake.fetches == {"openid": 1, "keys": 1}
    fake.fault(op="any", status=500)
    await published(signed)  # `any` means the connector
    fake.fault(op="keys", status=503)
    assert (await signed.bot.raw("GET", f"{fake.origin}/v1/.well-known/keys")).status == 503
    slow = fake.fault(op="keys", latency=10)
    asked = asyncio.ensure_future(published(signed))
    await fake.wait_for(lambda: slow.times == 0)
    await signed.settle()
    assert not asked.done()
    signed.clock.move(10)
    assert len(await asked) == 2 and fake.fetches["keys"] == 4


async def test_the_token_endpoint_can_fail(teams: World) -> None:
    teams.fake.fault(op="token", status=503)
    url = f"{teams.fake.origin}/{teams.fake.tenant}/oauth2/v2.0/token"
    assert (await teams.bot.raw("POST", url)).status == 503 and teams.fake.fetches == {"token": 1}
    assert (await teams.send(teams.erin, says("a"))).status == 201
