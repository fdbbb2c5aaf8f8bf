"""Files from Slack: whole, once, and from Slack alone; what cannot be had now is not acknowledged."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from adapters.slack.evidence import Evidence
from adapters.slack.payloads import FileSeen
from adapters.slack.words import words
from bot.core.answers import Files
from bot.core.files import MEBIBYTE
from bot.runtime.files import Attachment
from tests.adapters.slack.house import SlackHouse, slack_house
from tests.adapters.slack.trapped import MODES, START, TO_FILES, counts, said, talk, until, wait, whispered
from tests.fakes.slack.actor import Actor
from tests.fakes.slack.web_api_files import LOGIN, public_file
from tests.runtime.making import settings

EN = words("en")
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
async def house() -> AsyncIterator[SlackHouse]:
    async with slack_house(settings(), START, "http") as made:
        yield made


@pytest.fixture
async def ana(house: SlackHouse) -> Actor:
    """She is asked for files."""
    return await talk(house, "Ana", *TO_FILES)


async def upload(
    house: SlackHouse, actor: Actor, data: bytes = PNG + b"picture", name: str = "letter.png", **told: Any
) -> dict[str, Any]:
    """Drop a file in the chat; `told` is what Slack says of it."""
    file = house.fake.new_file(actor.uid, name, data)
    file["ims"].append(actor.ch["id"])
    file.update(told)
    _, event = actor._say(actor.ch, "", "file_share", files=[public_file(file)], upload=False)
    await actor._tell(event, "message.im")
    await house.quiet()
    return file


def stored(house: SlackHouse) -> int:
    return counts(house.store)["files"]


async def kept(house: SlackHouse) -> list[str]:
    """Names of what stands in the report."""
    (file,) = await house.files()
    given = [talk_.answers.get("report.evidence") for talk_ in file.sessions.values()]
    return [ref.name for one in given if one is not None and isinstance(one.answer, Files) for ref in one.answer.files]


def events(house: SlackHouse) -> list[Any]:
    """What became of each delivery of a file."""
    log = (e for e in house.fake.log if e["kind"] == "deliver" and e["envelope"] == "events_api")
    return [e["result"]["status"] for e in log if e["payload"]["event"].get("subtype") == "file_share"]


async def comes_later(house: SlackHouse, actor: Actor, file: dict[str, Any], **well: Any) -> None:
    """It was not taken, twice; its owner was told once; then all is well, and it is kept once."""
    assert events(house) == [500, 500]
    assert stored(house) == 0
    assert whispered(actor) == [EN.files_late]
    house.fake.faults.clear()
    file.update(well)
    await wait(house, 60)
    assert events(house) == [500, 500, 200]
    assert await kept(house) == ["letter.png"]
    assert stored(house) == 1
    assert whispered(actor).count(EN.files_late) == 1
    await wait(house, 300)
    assert len(events(house)) == 3


async def test_a_login_page_is_not_evidence(house: SlackHouse, ana: Actor) -> None:
    """Not even one that is as long as the file."""
    file = await upload(house, ana, PNG.ljust(len(LOGIN), b"x"), _login=True)
    assert any(e["kind"] == "download" and e["authorised"] for e in house.fake.log)
    await comes_later(house, ana, file, _login=False)


async def test_half_a_file_is_not_evidence(house: SlackHouse, ana: Actor) -> None:
    file = await upload(house, ana, _data=PNG)
    await comes_later(house, ana, file, _data=PNG + b"picture")


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "http", "status": 503},
        {"kind": "drop"},
        {"kind": "http", "status": 404},
        {"kind": "http", "status": 502, "body": PNG + b"whoever"},  # as long as the file
    ],
)
async def test_a_file_that_cannot_be_had_now_comes_again(house: SlackHouse, ana: Actor, fault: Any) -> None:
    house.fake.fault("files.download", times=10**9, **fault)
    await comes_later(house, ana, await upload(house, ana))


async def test_a_token_that_may_not_read_files_keeps_none(house: SlackHouse, ana: Actor) -> None:
    house.fake.tokens[house.fake.bot_token]["scopes"].discard("files:read")
    file = await upload(house, ana)
    house.fake.tokens[house.fake.bot_token]["scopes"].add("files:read")
    await comes_later(house, ana, file)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("large.png", PNG + bytes(26 * MEBIBYTE)),
        ("photo.png", b"MZ\x90\x00 a program"),
        ("empty.png", b""),
        ("page.html", b"<script>"),
    ],
    ids=["too large", "wrong type", "empty", "unlisted"],
)
async def test_a_file_that_may_not_be_kept_is_refused_with_a_reason(
    house: SlackHouse, ana: Actor, name: str, data: bytes
) -> None:
    await upload(house, ana, data, name)
    assert events(house) == [200]
    assert stored(house) == 0
    assert await kept(house) == []
    assert len(whispered(ana)) == 1
    await upload(house, ana)
    assert await kept(house) == ["letter.png"]


@pytest.mark.parametrize("mode", MODES)
async def test_what_comes_again_while_it_is_fetched_is_fetched_once(mode: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async with slack_house(settings(), START, mode) as house:
        ana = await talk(house, "Ana", *TO_FILES)
        evidence, going = house.door._attaching._evidence, asyncio.Event()
        get, fetched = evidence._get, []

        async def slow(file: FileSeen) -> Attachment:
            fetched.append(file.id)
            await going.wait()
            return await get(file)

        monkeypatch.setattr(evidence, "_get", slow)
        uploading = asyncio.create_task(upload(house, ana))
        await house.fake.wait_for(lambda: fetched)
        await until(house, lambda: len(events(house)) == 2, 3)  # Slack gave up waiting, twice
        assert len(fetched) == 1
        going.set()
        await house.fake.wait_for(lambda: "Files kept so far" in "".join(said(ana)))
        await until(house, lambda: len(events(house)) == 3, 60)
        await uploading
        await house.quiet()
        assert await kept(house) == ["letter.png"]
        assert stored(house) == 1
        assert len([text for text in said(ana) if text.startswith("Files kept so far")]) == 1


async def test_what_slack_connect_tells_only_half_of_is_asked_for(house: SlackHouse, ana: Actor) -> None:
    await ana.upload("letter.png", PNG + b"picture", file_access="check_file_info")
    await house.quiet()
    assert len(house.fake.calls("files.info")) == 1
    assert await kept(house) == ["letter.png"]


async def test_the_token_goes_to_slack_alone(house: SlackHouse, ana: Actor) -> None:
    asked: list[str] = []

    async def thief(request: web.Request) -> web.Response:
        asked.append(request.headers.get("Authorization", ""))
        return web.Response(body=PNG + b"picture", content_type="image/png")

    application = web.Application()
    application.router.add_get("/{rest:.*}", thief)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        elsewhere = f"http://127.0.0.1:{runner.addresses[0][1]}/letter.png"
        await upload(house, ana, url_private=elsewhere, url_private_download=elsewhere)
    finally:
        await runner.cleanup()
    assert asked == []
    assert stored(house) == 0
    assert whispered(ana) == [EN.files_late]


@pytest.mark.parametrize(
    ("url", "slack"),
    [
        ("https://files.slack.com/files-pri/T1-F1/a.png", True),
        ("https://slack.com/files/a.png", True),
        ("https://a.slack-edge.com/a.png", True),
        ("http://files.slack.com/a.png", False),
        ("https://files.slack.com.example.org/a.png", False),
        ("https://slack.com@example.org/a.png", False),
        ("https://example.org/slack.com", False),
        ("https://notslack.com/a.png", False),
        ("http://localhost/a.png", False),
        ("ftp://files.slack.com/a.png", False),
        ("https://[slack.com/a.png", False),
        ("", False),
    ],
)
async def test_which_addresses_are_slacks(house: SlackHouse, url: str, *, slack: bool) -> None:
    assert Evidence(house.way.client, lambda: 1)._of_slack(url) is slack


async def open_dialog(house: SlackHouse, ana: Actor) -> None:
    box = next(m for m in reversed(ana.ch["messages"]) if '"files"' in str(m.get("blocks", "")).replace("'", '"'))
    await ana.click("files", ts=box["ts"])
    await house.quiet()


async def test_a_dialog_for_files_waits_two_seconds_and_stays_open(
    house: SlackHouse, ana: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The fetch goes on meanwhile; sent once more, it keeps them once."""
    await open_dialog(house, ana)
    view = ana.modal()
    assert view is not None
    file = house.fake.new_file(ana.uid, "letter.png", PNG + b"picture")
    evidence, going = house.door._attaching._evidence, asyncio.Event()
    get = evidence._get

    async def slow(seen: FileSeen) -> Attachment:
        await going.wait()
        return await get(seen)

    monkeypatch.setattr(evidence, "_get", slow)
    sending = asyncio.create_task(ana.submit({"files": [file]}))
    await house.fake.wait_for(lambda: evidence._fetching)
    await until(house, sending.done, 1)
    assert view["_errors"] == {"files": EN.files_late_form}
    assert stored(house) == 0
    going.set()
    await ana.submit()
    await house.quiet()
    assert ana.modal() is None
    assert await kept(house) == ["letter.png"]
    assert stored(house) == 1
