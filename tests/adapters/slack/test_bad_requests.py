"""Whatever is sent to the bot's address: the right status, no trace in the log, no state changed, and it works on."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Mapping
from io import BytesIO, StringIO

import pytest

from tests.adapters.slack.damaged import SlackDamage
from tests.adapters.slack.house import SlackHouse, slack_house
from tests.adapters.slack.trapped import START, TO_FORM, asked_now, counts, said, talk
from tests.runtime.making import settings
from tests.soak import SOAK, keep

MANY = 20_000 if SOAK else 500
SEEDS = range(2) if SOAK else range(1)
#: A turn that was taken would leave one of these.
TOLD = ("cases", "sessions", "timers")


@pytest.fixture
async def house(log: StringIO) -> AsyncIterator[SlackHouse]:
    assert log.getvalue() == ""
    async with slack_house(settings(), START, "http") as made:
        yield made


async def recorded(house: SlackHouse) -> None:
    """One request of each kind, and more of those with much in them."""
    ana = await talk(house, "Ana", *TO_FORM, "{closed}", "{kinds: threat | story: He writes}")
    await ana.click("files")
    await house.quiet()
    await ana.submit({"files": [house.fake.new_file(ana.uid, "letter.pdf", b"%PDF-1.7")]})
    await house.quiet()
    await talk(house, "Ana", "(file letter.pdf)")
    await ana.home()
    await ana.command("/bistand", "cases")
    await ana.shortcut("report_incident")
    await ana.shortcut("report_message", next(m for m in ana.ch["messages"] if m["user"] == ana.uid))
    await ana.post(house.fake.add_channel("general", members=[ana.uid]), "@bot hello")
    changed = {"type": "user_change", "user": dict(ana.rec)}
    outer = {"type": "event_callback", "team_id": house.fake.team["id"], "event_id": "Ev0U"}
    await house.fake.deliver("events_api", {**outer, "event": changed})
    await house.quiet()


def told(house: SlackHouse) -> Mapping[str, int]:
    found = counts(house.store)
    return {name: number for name, number in found.items() if name in TOLD}


async def works(house: SlackHouse) -> None:
    """A talk of somebody who was not there yet."""
    bo = await talk(house, "Bo", "report")
    assert len(said(bo)) == 2
    assert await asked_now(house, "Bo") == ["report.danger"]


@pytest.mark.soak
@pytest.mark.parametrize("seed", SEEDS)
async def test_damaged_requests(house: SlackHouse, log: StringIO, seed: int) -> None:
    await recorded(house)
    damage = SlackDamage(house.fake, list(house.fake.requests), seed)
    before, seen = told(house), Counter[str]()
    house.fake.requests.clear()
    for number in range(MANY):
        one = damage.one()
        log.seek(0)
        log.truncate()
        answer = await house.fake.post_raw(one.body, one.headers)
        seen[f"{one.how} {answer['status']}"] += 1
        if one.signed:  # a file that is not Slack's any more cannot be had
            right = (200, 400, 404, *([500] if "NotFetched" in log.getvalue() else []))
        else:
            right = (401,)
        assert answer["status"] in right, (number, one, answer)
        assert '"at":' not in log.getvalue(), (number, one, log.getvalue()[-2000:])
        assert "ERROR" not in log.getvalue(), (number, one, log.getvalue()[-2000:])
        if number % 50 == 0:
            await house.quiet()
    await house.quiet()
    assert told(house) == before
    await works(house)
    assert {"200", "400", "401", "404"} <= {status.rpartition(" ")[2] for status in seen}
    keep("slack_bad_requests", seed, dict(seen))


async def test_what_is_not_signed_or_not_now_changes_nothing(house: SlackHouse) -> None:
    await recorded(house)
    damage = SlackDamage(house.fake, list(house.fake.requests), 7)
    before = counts(house.store)
    for good in list(house.fake.requests):
        one = damage.signature(good)
        assert (await house.fake.post_raw(one.body, one.headers))["status"] == 401, one
    await house.quiet()
    assert counts(house.store) == before
    assert all((await house.fake.probe()).values())
    await works(house)


async def test_what_is_replayed_byte_for_byte_changes_nothing(house: SlackHouse) -> None:
    """A press of a form is opened again; nothing else comes of it."""
    await recorded(house)
    before = counts(house.store)
    words = said(house.actor(house.stage().person("Ana")))
    for good in list(house.fake.requests):
        assert (await house.fake.replay(good))["status"] == 200
    await house.quiet()
    assert counts(house.store) == before
    assert said(house.actor(house.stage().person("Ana"))) == words


@pytest.mark.parametrize(
    ("method", "path", "size", "status"),
    [
        ("GET", "", 0, 405),
        ("PUT", "", 10, 405),
        ("DELETE", "", 0, 405),
        ("POST", "/more", 10, 404),
        ("POST", "", 2 << 20, 413),
        ("POST", "", 0, 401),
    ],
)
async def test_requests_of_another_kind(house: SlackHouse, method: str, path: str, size: int, status: int) -> None:
    body = b"x" * size
    headers = house.fake.sign(body) if status == 413 else {}
    async with house.fake.http.request(
        method, f"{house.fake.bot_url}{path}", data=BytesIO(body), headers=headers
    ) as answer:
        assert answer.status == status
    await works(house)


async def test_bolts_own_stumbling_is_no_fault_of_ours(house: SlackHouse, log: StringIO) -> None:
    for body in (b"[" * 100_000, b"\xff\xfe", b"null", b'{"type": "block_actions", "team": "x", "actions": 1}'):
        answer = await house.fake.post_raw(body, house.fake.sign(body))
        assert answer["status"] in (400, 404)
    assert "ERROR" not in log.getvalue()
    assert '"at":' not in log.getvalue()
