"""Whatever is sent to the bot's address: the right status, no trace in the log, nothing taken, and it works on."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from io import BytesIO, StringIO
from typing import Any

import pytest

from adapters.teams.place import unpacked
from bot.core.events import Chose, Commanded, Opened, Said, Started, Submitted
from bot.core.people import PersonId
from tests.adapters.teams.damaged import TeamsDamage
from tests.adapters.teams.doorstep import Doorstep, doorstep
from tests.fakes.teams import activities
from tests.fakes.teams.files import attach, paste
from tests.soak import SOAK, keep

MANY = 20_000 if SOAK else 500
SEEDS = range(2) if SOAK else range(1)
OF_PEOPLE = (Chose, Commanded, Opened, Said, Started, Submitted)
OTHER_TENANT = "99999999-2222-3333-4444-555555555555"
TOKEN = ["c1", "s1", "q.kinds", 1]


@pytest.fixture
async def world(log: StringIO) -> AsyncIterator[Doorstep]:
    assert log.getvalue() == ""
    async with doorstep() as made:
        yield made


def good(world: Doorstep) -> list[Any]:
    """An activity of each kind, and more of those with much in them."""
    erin = world.erin

    def invoke(name: str, value: dict[str, Any]) -> Any:
        return activities.invoked(erin, name, value, "1700000000000")

    def ours(act: str, **more: object) -> Any:
        return {"bistand": {"act": act, **more}}

    file, picture = attach(erin, "letter.pdf", b"%PDF-1.7"), paste(erin, b"PNG", "image/png")
    message = {"id": "1", "body": {"content": "<p>He <b>writes</b></p>"}, "from": {"user": {"displayName": "Bo"}}}
    form = ours("form", token=TOKEN) | {"field:kinds": "threat", "field:when#": "2026-11-23", "field:when#time": "9:00"}
    upload = {"uploadUrl": f"{world.fake.origin}/storage/x", "uniqueId": "x", "fileType": "pdf", "name": "letter.pdf"}
    return [
        activities.said(erin, "report"),
        activities.said(erin, "He writes every night, and I do not know what to do about it."),
        {**activities.said(erin, "see"), "attachments": [file, picture]},
        *activities.installed(erin),
        activities.activity(erin, "installationUpdate", action="remove"),
        activities.reacted(erin, "1", "like", removed=False),
        invoke("adaptiveCard/action", {"action": {"data": ours("choose", token=TOKEN, ids=["threat"])}}),
        invoke(
            "adaptiveCard/action", {"action": {"data": ours("send", token=TOKEN) | {"picked": "a,b", "person": "p"}}}
        ),
        invoke("adaptiveCard/action", {"action": {"data": ours("open_file", ids=["c1", "f1"])}}),
        invoke("task/fetch", {"data": ours("form", token=TOKEN), "context": {"theme": "dark"}}),
        invoke("task/fetch", {"data": ours("page", token=TOKEN, ids=["read", "2"])}),
        invoke("task/submit", {"data": form}),
        invoke("composeExtension/fetchTask", {"commandId": "report_message", "messagePayload": message}),
        invoke("composeExtension/fetchTask", {"commandId": "report_incident"}),
        invoke("fileConsent/invoke", {"action": "accept", "context": {"case": "c", "file": "f"}, "uploadInfo": upload}),
        invoke("fileConsent/invoke", {"action": "decline", "context": {}}),
    ]


async def post(world: Doorstep, body: bytes, headers: Mapping[str, str]) -> int:
    async with world.fake.http.post(world.fake.bot_url, data=body, headers=headers) as answer:
        await answer.read()
        return answer.status


def right(body: bytes) -> set[int]:
    """What may be answered to a body that comes with a good token."""
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError):
        return {400}
    found = {200, 400, 401, 403}
    if isinstance(sent, dict) and sent.get("type") == "invoke":
        found.add(501)  # an invoke of a name that nobody knows
    return found


async def works(world: Doorstep) -> None:
    world.bot.events.clear()
    assert (await world.erin.say("still there?")).status == 200
    (event,) = world.bot.events
    assert isinstance(event, Said)
    assert (event.text, event.person) == ("still there?", PersonId("erin"))


async def test_the_good_ones_are_good(world: Doorstep) -> None:
    for sent in good(world):
        assert (await world.fake.to_bot(sent)).status == 200, sent
    await world.quiet()
    assert {type(event) for event in world.bot.events} == set(OF_PEOPLE)
    assert len(world.bot.attached) == 2
    assert world.bot.has_it == [(PersonId("erin"), True)] * 2 + [(PersonId("erin"), False)]


@pytest.mark.soak
@pytest.mark.parametrize("seed", SEEDS)
async def test_damaged_requests(world: Doorstep, log: StringIO, seed: int) -> None:
    damage, seen = TeamsDamage(world.fake, good(world), seed), Counter[str]()
    for number in range(MANY):
        one, before = damage.one(), world.bot.told()
        log.seek(0)
        log.truncate()
        status = await post(world, one.body, one.headers)
        seen[f"{one.how} {status}"] += 1
        assert status in (right(one.body) if one.signed else {401}), (number, one, status)
        if status in (401, 403):
            assert world.bot.told() == before, (number, one)
        elif status != 200:  # somebody of ours was there, with something that is nothing of ours
            assert world.bot.told()[:3] == before[:3], (number, one)
        if number % 50 == 0:
            await world.quiet()
        assert '"at":' not in log.getvalue(), (number, one, log.getvalue()[-2000:])
        assert "ERROR" not in log.getvalue(), (number, one, log.getvalue()[-2000:])
        if number % 1000 == 0:
            world.bot.events.clear()
    await world.quiet()
    assert all(isinstance(event, OF_PEOPLE) and event.person == PersonId("erin") for event in world.bot.events)
    place = unpacked(world.bot.places[PersonId("erin")])
    assert place is not None
    assert (place.service_url, place.tenant) == (world.fake.service_url, world.fake.tenant)
    await works(world)
    assert {"200", "400", "401", "403"} <= {status.rpartition(" ")[2] for status in seen}
    keep("teams_bad_requests", seed, dict(seen))


@pytest.mark.parametrize(
    "name", ["recipient", "attachments", "locale", "entities", "channelData", "membersAdded", "value"]
)
async def test_what_is_null_is_not_there(world: Doorstep, name: str) -> None:
    assert (await world.fake.to_bot(activities.said(world.erin, "hello") | {name: None})).status == 200
    sent = activities.said(world.erin, "hello")
    sent["channelData"]["tenant"] = sent["attachments"][0]["content"] = None  # `conversation` tells it, too
    sent["recipient"]["aadObjectId"] = None
    assert (await world.fake.to_bot(sent)).status == 200
    assert len(world.bot.events) == 2


async def test_half_a_sign_costs_nobody_their_words(world: Doorstep) -> None:
    """As where a client cuts a text within a sign: nothing could keep it, or write it into an address."""
    assert (await world.erin.say("He writes \ud83d")).status == 200
    (event,) = world.bot.events
    assert isinstance(event, Said)
    assert event.text == "He writes ?"


@pytest.mark.parametrize(
    ("method", "path", "size", "status"),
    [
        ("GET", "", 0, 405),
        ("PUT", "", 10, 405),
        ("DELETE", "", 0, 405),
        ("POST", "/more", 10, 404),
        ("POST", "", 2 << 20, 413),
        ("POST", "", 0, 400),
    ],
)
async def test_requests_of_another_kind(world: Doorstep, method: str, path: str, size: int, status: int) -> None:
    url = f"{world.fake.bot_url}{path}"
    async with world.fake.http.request(method, url, data=BytesIO(b"x" * size)) as answer:
        assert answer.status == status
    await works(world)


async def test_what_fails_is_told_to_teams_and_to_nobody_else(
    world: Doorstep, log: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(event: object) -> None:
        raise RuntimeError("zyklamen")

    monkeypatch.setattr(world.bot, "take", fails)
    answer = await world.erin.say("zyklamen")
    assert (answer.status, answer.body) == (500, None)
    assert '"error": "RuntimeError"' in log.getvalue()
    assert "zyklamen" not in log.getvalue()


# --- without a token


async def test_without_a_token_nobody_is_let_in(world: Doorstep) -> None:
    for sent in good(world):
        assert (await world.fake.to_bot_forged(sent, "no header")).status == 401
    await world.quiet()
    assert world.bot.told() == ((), (), (), ())


@pytest.mark.parametrize(
    "url",
    [
        "https://smba.trafficmanager.net/teams/",
        "http://localhost.evil.example/",
        "http://127.0.0.1@evil.example/",
        "http://evil.example/#@127.0.0.1/",
        "http://10.0.0.1/",
        "127.0.0.1",
        "",
        None,
        ["http://127.0.0.1/"],
        "http://[",
    ],
    ids=str,
)
async def test_a_test_lets_nobody_in_from_elsewhere(log: StringIO, url: object) -> None:
    async with doorstep(anonymous=True) as world:
        sent = activities.said(world.erin, "hello") | {"serviceUrl": url}
        assert (await world.fake.to_bot(sent)).status in ({401} if isinstance(url, str) else {400, 401})
        assert world.bot.told() == ((), (), (), ())
        await works(world)


@pytest.mark.parametrize("header", ["Bearer", "Bearer x", "Basic x", "x", "Bearer a.b.c"])
async def test_a_test_takes_no_bad_token(header: str) -> None:
    async with doorstep(anonymous=True) as world:
        world.fake.bot_auth = header
        assert (await world.erin.say("hello")).status == 401
        sent = activities.said(world.erin, "hello")
        for how in ("forged", "unknown kid", "expired", "wrong audience", "alg none"):
            assert (await world.fake.to_bot_forged(sent, how)).status == 401
        assert world.bot.told() == ((), (), (), ())
        world.fake.bot_auth = None
        await works(world)


# --- of another tenant


async def test_a_foreign_tenant_gets_nothing(world: Doorstep, log: StringIO) -> None:
    zoe = world.person("zoe", tenant=OTHER_TENANT)  # even where the account is somebody's
    for sent in (
        activities.said(zoe, "zyklamen"),
        *activities.installed(zoe),
        activities.invoked(zoe, "task/fetch", {"data": {}}, None),
    ):
        answer = await world.fake.to_bot(sent)
        assert (answer.status, answer.body) == (403, None)
    await world.quiet()
    assert world.bot.told() == ((), (), (), ())
    assert world.calls("send", "create", "members_one") == []
    assert "zyklamen" not in log.getvalue()
    await works(world)


async def test_a_tenant_that_is_not_told_is_foreign(world: Doorstep) -> None:
    sent = activities.said(world.erin, "hello")
    del sent["channelData"], sent["conversation"]["tenantId"]
    assert (await world.fake.to_bot(sent)).status == 403
    assert world.bot.told() == ((), (), (), ())
