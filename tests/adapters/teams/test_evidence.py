"""What people attach: fetched at once, from Microsoft's own storage, and the bot's token goes nowhere else."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from aiohttp import ClientSession

from adapters.teams.access import Access
from adapters.teams.connector import Connector
from adapters.teams.evidence import SERVICES, STORAGE, Evidence, NotFetched
from adapters.teams.parse import Sent
from adapters.teams.words import words
from bot.core.files import FileRules
from bot.markdown import plain
from bot.runtime.files import Attachment
from tests.adapters.teams.doorstep import Doorstep, doorstep
from tests.fakes.teams import activities
from tests.fakes.teams.files import attach

FAILED = plain(words("en").files_failed)


@pytest.fixture
async def world() -> AsyncIterator[Doorstep]:
    async with doorstep() as made:
        yield made


async def test_a_file_comes_without_a_token_and_a_picture_with_it(world: Doorstep) -> None:
    assert (await world.erin.upload("letter.pdf", b"%PDF-1.7", "see here")).status == 200
    assert (await world.erin.paste(b"PNG")).status == 200
    assert world.bot.attached == [
        Attachment("letter.pdf", "application/pdf", b"%PDF-1.7"),
        Attachment("picture", "image/png", b"PNG"),
    ]
    assert len(world.bot.events) == 1  # the words
    await world.quiet()
    assert world.fake.lints == []
    assert (FAILED in world.erin.texts()) is False


async def not_fetched(world: Doorstep, status: int | None) -> None:
    await world.quiet()
    assert status == 200
    assert world.bot.attached == []
    assert [plain(text) for text in world.erin.texts()] == [FAILED]


@pytest.mark.parametrize(
    "fault",
    [{"status": 404}, {"status": 503}, {"status": 302}, {"drop": True, "times": 2}, {"status": 200, "html": True}],
    ids=["404", "503", "302", "drop", "login page"],
)
async def test_a_file_that_cannot_be_fetched_is_told_to_its_sender(
    world: Doorstep, log: StringIO, fault: dict[str, Any]
) -> None:
    world.fake.fault(op="download", **fault)
    await not_fetched(world, (await world.erin.upload("letter.pdf", b"%PDF-1.7")).status)
    assert '"at":' not in log.getvalue()
    assert "letter" not in log.getvalue()
    assert (await world.erin.upload("letter.pdf", b"%PDF-1.7")).status == 200
    assert len(world.bot.attached) == 1


@pytest.mark.parametrize("fault", [{"op": "picture", "status": 500}, {"op": "token", "status": 503}], ids=str)
async def test_a_picture_that_cannot_be_fetched_is_told_too(world: Doorstep, fault: dict[str, Any]) -> None:
    world.fake.fault(**fault)
    await not_fetched(world, (await world.erin.paste(b"PNG")).status)


async def test_an_address_that_is_over_is_told_too(world: Doorstep) -> None:
    sent = activities.said(world.erin, "") | {"attachments": [attach(world.erin, "letter.pdf", b"%PDF-1.7")]}
    await world.clock.move(timedelta(minutes=10))
    await not_fetched(world, (await world.fake.to_bot(sent)).status)


async def test_what_is_written_with_a_file_is_taken_all_the_same(world: Doorstep) -> None:
    world.fake.fault(op="download", status=404)
    await world.erin.upload("letter.pdf", b"%PDF-1.7", "see here")
    assert len(world.bot.events) == 1


async def test_a_page_that_is_evidence_is_no_login(world: Doorstep) -> None:
    sent = activities.said(world.erin, "") | {"attachments": [attach(world.erin, "chat.html", b"<p>He writes")]}
    for file in world.fake.files.values():
        file.kind = "text/html"
    assert (await world.fake.to_bot(sent)).status == 200
    assert world.bot.attached == [Attachment("chat.html", "text/html", b"<p>He writes")]


async def test_what_is_too_large_is_not_fetched_to_its_end(world: Doorstep) -> None:
    world.changes(files=FileRules(most=100_000))
    await world.erin.upload("film.mp4", bytes(5_000_000))
    (film,) = world.bot.attached
    assert 100_000 < len(film.data) < 1_000_000


@pytest.mark.parametrize(
    ("url", "pasted", "known"),
    [
        ("https://contoso-my.sharepoint.com/personal/a/_layouts/15/download.aspx?UniqueId=1", False, True),
        ("https://contoso.sharepoint.us/a", False, True),
        ("https://southcentralus1-mediap.svc.ms/a", False, True),
        ("https://smba.trafficmanager.net/emea/v3/attachments/1/views/original", True, True),
        ("https://smba.infra.gov.teams.microsoft.us/v3/attachments/1/views/original", True, True),
        ("https://contoso.sharepoint.com/a", True, False),  # no token goes there
        ("https://smba.trafficmanager.net/a", False, False),
        ("https://evil.trafficmanager.net/a", True, False),
        ("https://evilsmba.trafficmanager.net/a", True, False),
        ("https://sharepoint.com.evil.example/a", False, False),
        ("https://evilsharepoint.com/a", False, False),
        ("https://evil.example/.sharepoint.com", False, False),
        ("https://evil.example#.sharepoint.com", False, False),
        ("https://a@contoso.sharepoint.com/a", False, False),
        ("http://contoso.sharepoint.com/a", False, False),
        ("https://127.0.0.1/a", False, False),
        ("http://127.0.0.1/a", False, False),
        ("file:///etc/passwd", False, False),
        ("https://[/a", False, False),
        ("", True, False),
    ],
)
async def test_where_files_and_pictures_lie(url: str, *, pasted: bool, known: bool) -> None:
    """Whoever writes to the bot by a program of theirs may name any address."""
    async with ClientSession() as session:
        evidence = Evidence(session, Connector(session, Access("app"), None), lambda: 1, lambda _url: False)
        assert evidence._known(url, SERVICES if pasted else STORAGE) is known
        if not known:
            with pytest.raises(NotFetched, match="file_elsewhere"):
                await evidence.fetch([Sent("a", url, pasted=pasted)])
