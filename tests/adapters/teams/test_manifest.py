"""The manifest and the package: what it declares is what the bot hears and does, in each language."""

from __future__ import annotations

import json
import re
import struct
import zlib
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.teams.app import PATH
from adapters.teams.manifest import ACCENT, COLOR, OUTLINE, Publisher, manifest, translations
from adapters.teams.manifest_texts import TEXTS
from adapters.teams.package import ICONS, package
from adapters.teams.parse import called
from adapters.teams.payloads import Activity, read
from bot.core.events import Command, Started
from bot.core.languages import LANGUAGES
from bot.core.people import PersonId
from bot.flow.commands import command_in
from bot.settings.load import known_keys
from tests.fakes.graph import MAILBOXES, USERS
from tests.fakes.teams.errors import ClientRefused
from tests.fakes.teams_world import teams_world
from tests.runtime.making import ROOT, library

APP = "22222222-2222-4222-8222-222222222222"
PUBLISHER = Publisher(
    name="Nordby Kommune", website="https://a.org", privacy="https://a.org/p", terms="https://a.org/t"
)


def made(**more: Any) -> Any:
    return manifest(APP, "1.2.3", PUBLISHER, **more)


def commands() -> dict[str, Any]:
    (extension,) = made()["composeExtensions"]
    return {one["id"]: one["context"] for one in extension["commands"]}


def test_it_asks_for_private_chats_and_files_and_nothing_else() -> None:
    shown = made()
    (bot,) = shown["bots"]
    assert shown["id"] == bot["botId"] == shown["composeExtensions"][0]["botId"] == APP
    assert bot["scopes"] == ["personal"]
    assert bot["supportsFiles"]
    assert shown["validDomains"] == []
    assert not shown.keys() & {"permissions", "devicePermissions", "authorization", "webApplicationInfo"}
    assert shown["developer"] == {
        "name": "Nordby Kommune",
        "websiteUrl": "https://a.org",
        "privacyUrl": "https://a.org/p",
        "termsOfUseUrl": "https://a.org/t",
    }


@given(st.text(min_size=1, max_size=30), st.text(max_size=60))
def test_teams_limits_hold(name: str, publisher: str) -> None:
    """The lengths are those of Microsoft's own schema, against which `schema` holds the whole."""
    shown: Any = manifest(APP, "1.2.3", Publisher(name=publisher, website="", privacy="", terms=""), name)
    assert shown["name"] == {"short": name, "full": name}
    assert len(shown["developer"]["name"]) <= 32


@pytest.mark.parametrize("language", list(TEXTS))
def test_texts_are_short_enough(language: str) -> None:
    texts = TEXTS[language]
    assert len(texts.short) <= 80
    assert len(texts.full) <= 4000
    for one in (*texts.chat, texts.report_message, texts.report_incident):
        assert len(one.title) <= 32
        assert len(one.description) <= 128


def test_each_language_that_the_bot_speaks_has_every_text() -> None:
    assert sorted(TEXTS) == sorted(LANGUAGES)
    (danish,) = translations().values()
    shown = made()
    there = {key for key in danish if "commands" in key}
    assert there == {
        f"{place}.commands[{number}].{key}"
        for place, each in (
            ("bots[0].commandLists[0]", shown["bots"][0]["commandLists"][0]["commands"]),
            ("composeExtensions[0]", shown["composeExtensions"][0]["commands"]),
        )
        for number in range(len(each))
        for key in ("title", "description")
    }
    assert danish["composeExtensions[0].commands[0].title"] == TEXTS["da"].report_message.title


@pytest.mark.parametrize("language", list(TEXTS))
def test_what_a_command_writes_into_the_chat_is_understood(language: str) -> None:
    report, advice, cases, help_ = (one.title for one in TEXTS[language].chat)
    assert command_in(cases) is Command.CASES
    assert command_in(help_) is Command.HELP
    flows = library().flows
    for flow, word in (("report", report), ("advice", advice)):
        start = flows[flow].start
        assert start is not None
        assert word in (start.command, *start.words)


async def test_its_commands_are_those_that_the_bot_takes() -> None:
    by = (PersonId("p1"), datetime(2026, 3, 2, tzinfo=UTC))
    async with teams_world(commands=commands()) as world:
        message = world.fake.post_elsewhere("max", "you will regret this")
        await world.erin.command("report_message", on=message)
        await world.erin.command("report_incident")
        begun = [called(read(Activity, one), by) for one in world.bot.heard]
        with pytest.raises(ClientRefused):
            await world.erin.command("report_incident", on=message)
    first, second = begun
    assert isinstance(first, Started)
    assert isinstance(second, Started)
    assert "you will regret this" in first.words
    assert first.flow == second.flow == "report"


def test_the_package_holds_all_that_the_manifest_names() -> None:
    shown = made()
    with ZipFile(BytesIO(package(shown, translations()))) as zipped:
        held = {name: zipped.read(name) for name in zipped.namelist()}
    assert list(held) == ["manifest.json", "da.json", COLOR, OUTLINE]
    assert json.loads(held["manifest.json"]) == shown
    named = [one["file"] for one in shown["localizationInfo"]["additionalLanguages"]]
    assert held.keys() == {"manifest.json", *named, *shown["icons"].values()}
    assert package(shown, translations()) == package(shown, translations())


def test_the_color_icon_fills_its_square() -> None:
    width, height, pixels = _png((ICONS / COLOR).read_bytes())
    assert (width, height) == (192, 192)
    corners = [pixels[0][0], pixels[0][-1], pixels[-1][0], pixels[-1][-1]]
    assert {bytes(one[:3]).hex() for one in corners} == {ACCENT.removeprefix("#")}
    assert all(one[3:] in {b"", b"\xff"} for line in pixels for one in line), "nothing shines through"
    ground = pixels[0][0]
    beside = [line[x] for y, line in enumerate(pixels) for x in range(192) if not (36 <= x < 156 and 36 <= y < 156)]
    assert set(beside) == {ground}, "the sign stands within 120 x 120"


def test_the_outline_icon_is_white_on_nothing() -> None:
    width, height, pixels = _png((ICONS / OUTLINE).read_bytes())
    assert (width, height) == (32, 32)
    seen = [one for line in pixels for one in line if one[3]]
    assert {one[:3] for one in seen} == {b"\xff\xff\xff"}
    assert 100 < len(seen) < 32 * 32 / 2


def test_the_docs_name_what_is_asked_for_and_how_it_is_set() -> None:
    told = (ROOT / "docs" / "teams.md").read_text(encoding="utf-8")
    table = [line.split("|")[1].strip(" `") for line in told.splitlines() if line.startswith("| `") and "Read" in line]
    assert table == [USERS, MAILBOXES]
    assert f"https://YOUR-NAME{PATH}" in told
    for key in re.findall(r"BISTAND_(\w+)", told):
        assert tuple(key.lower().split("__")) in known_keys(), key


def _png(data: bytes) -> tuple[int, int, list[list[bytes]]]:
    """Width, height, and lines of pixels (RGB or RGBA) of a PNG that is not interlaced."""
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    width, height, depth, kind, *_, interlaced = struct.unpack(">IIBBBBB", data[16:29])
    assert (depth, interlaced) == (8, 0)
    size = {2: 3, 6: 4}[kind]
    packed, place = b"", 8
    while place < len(data):
        (length,) = struct.unpack(">I", data[place : place + 4])
        if data[place + 4 : place + 8] == b"IDAT":
            packed += data[place + 8 : place + 8 + length]
        place += 12 + length
    raw, step, above = zlib.decompress(packed), width * size, bytes(width * size)
    lines = []
    for y in range(height):
        start = y * (step + 1)
        above = _unfiltered(raw[start], raw[start + 1 : start + 1 + step], above, size)
        lines.append([above[x : x + size] for x in range(0, step, size)])
    return width, height, lines


def _unfiltered(filter_: int, line: bytes, above: bytes, size: int) -> bytes:
    made = bytearray()
    for x, value in enumerate(line):
        left, up = made[x - size] if x >= size else 0, above[x]
        corner = above[x - size] if x >= size else 0
        guess = min((left, up, corner), key=lambda one: abs(left + up - corner - one))
        made.append((value + (0, left, up, (left + up) // 2, guess)[filter_]) % 256)
    return bytes(made)
