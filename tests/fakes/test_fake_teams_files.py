"""Files and pictures in the fake Teams, in both directions."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from tests.fakes.teams.errors import ClientRefused
from tests.fakes.teams.files import PIECE
from tests.fakes.teams_bot import Json, says
from tests.fakes.teams_world import World, teams_world

CONSENT = "application/vnd.microsoft.teams.card.file.consent"
SHOWN = "application/vnd.microsoft.teams.card.file.info"


async def get(teams: World, url: str, **head: str) -> tuple[int, bytes]:
    async with teams.bot.http.get(url, headers=head) as r:
        return r.status, await r.read()


async def put(teams: World, url: str, data: bytes, said: str | None, **head: str) -> int:
    headers = head | ({"Content-Range": said} if said else {})
    async with teams.bot.http.put(url, data=data, headers=headers) as r:
        return r.status


def attached(teams: World) -> Json:
    first: Json = teams.bot.heard[-1]["attachments"][0]
    return first


def consent(**over: object) -> Json:
    content = {"description": "Your report", "sizeInBytes": 5, "acceptContext": {"case": 7}, "declineContext": {}}
    return {"type": "message", "attachments": [{"contentType": CONSENT, "name": "r.txt", "content": content | over}]}


def shown(info: Json, **over: object) -> Json:
    content = {"uniqueId": info["uniqueId"], "fileType": info["fileType"]}
    card = {"contentType": SHOWN, "contentUrl": info["contentUrl"], "name": info["name"], "content": content}
    return {"type": "message", "attachments": [card | over]}


async def allowed(teams: World, **over: object) -> Json:
    """What the bot is told when it may upload."""
    await teams.send(teams.erin, consent(**over))
    await teams.erin.allow()
    info: Json = teams.bot.heard[-1]["value"]["uploadInfo"]
    return info


async def test_a_file_is_fetched_without_a_token(teams: World) -> None:
    await teams.erin.upload("proof.png", b"\x89PNG", "see this")
    a, file = teams.bot.heard[-1], attached(teams)
    assert file["contentType"] == "application/vnd.microsoft.teams.file.download.info" and a["text"] == "see this"
    assert file["name"] == "proof.png" and file["content"]["fileType"] == "png" and a["attachments"][1:]
    assert await get(teams, file["content"]["downloadUrl"]) == (200, b"\x89PNG")
    assert "<file proof.png>" in teams.erin.screen() and teams.fake.lints == []
    await get(teams, file["content"]["downloadUrl"], Authorization="Bearer T")
    assert teams.fake.lints == ["the bot sent its token to a person's storage"]


async def test_its_url_ends_after_minutes_and_cannot_be_guessed(teams: World) -> None:
    await teams.erin.upload("proof.txt", b"words")
    url = attached(teams)["content"]["downloadUrl"]
    assert "text" not in teams.bot.heard[-1]
    assert (await get(teams, url.partition("?")[0]))[0] == (await get(teams, url + "x"))[0] == 404
    teams.clock.move(299)
    assert (await get(teams, url))[0] == 200
    teams.clock.move(1)
    assert (await get(teams, url))[0] == 404


async def test_storage_can_fail(teams: World) -> None:
    await teams.erin.upload("proof.txt", b"words")
    url = attached(teams)["content"]["downloadUrl"]
    teams.fake.fault(op="download", user="erin", status=503)
    assert [(await get(teams, url))[0] for _ in range(2)] == [503, 200]


async def test_what_is_in_a_file_is_seen(teams: World) -> None:
    await teams.erin.upload("proof.txt", b"in the file")
    assert teams.fake.who_sees("in the file") == teams.fake.who_sees("proof.txt") == {("erin", "chat")}


async def test_an_app_without_files() -> None:
    async with teams_world(supports_files=False) as teams:
        with pytest.raises(ClientRefused, match="does not support files"):
            await teams.erin.upload("a.txt", b"a")


async def test_a_pasted_picture_needs_the_bots_token() -> None:
    async with teams_world(require_token="T") as teams:
        await teams.erin.paste(b"\x89PNG", "look")
        picture = attached(teams)
        assert picture["contentType"] == "image/*" and picture["contentUrl"].startswith(teams.fake.service_url)
        assert (await get(teams, picture["contentUrl"]))[0] == 401
        assert (await get(teams, picture["contentUrl"], Authorization="Bearer other"))[0] == 401
        assert await get(teams, picture["contentUrl"], Authorization="Bearer T") == (200, b"\x89PNG")
        assert "<picture>" in teams.erin.screen()


async def test_a_picture_is_never_for_all(teams: World) -> None:
    await teams.erin.paste(b"\x89PNG")
    url = attached(teams)["contentUrl"]
    assert (await get(teams, url))[0] == 401
    assert (await get(teams, url, Authorization="Bearer any"))[0] == 200
    none = url.replace("attachments/", "attachments/0")
    assert (await get(teams, none, Authorization="Bearer any"))[0] == 404
    teams.fake.fault(op="picture", status=502, html=True)
    assert (await get(teams, url, Authorization="Bearer any"))[0] == 502


async def test_a_file_from_the_bot(teams: World) -> None:
    await teams.send(teams.erin, consent())
    assert "<file r.txt, 5 bytes> Your report" in teams.erin.screen() and "[Allow] [Decline]" in teams.erin.screen()
    await teams.erin.allow()
    a = teams.bot.heard[-1]
    assert a["name"] == "fileConsent/invoke" and a["value"]["action"] == "accept" and a["replyToId"]
    assert a["value"]["context"] == {"case": 7}
    info = a["value"]["uploadInfo"]
    assert await put(teams, info["uploadUrl"], b"words", "bytes 0-4/5") == 201
    assert (await teams.send(teams.erin, shown(info))).status == 201
    assert teams.erin.files() == {"r.txt": b"words"} and "<file r.txt>" in teams.erin.screen()
    assert teams.fake.who_sees("words") == {("erin", "chat")} and teams.fake.lints == []


async def test_who_declines_gives_no_url(teams: World) -> None:
    await teams.send(teams.erin, consent())
    await teams.erin.decline()
    assert teams.bot.heard[-1]["value"] == {"type": "fileUpload", "action": "decline", "context": {}}
    await teams.send(teams.erin, says("a"))
    with pytest.raises(ClientRefused, match="does not ask"):
        await teams.erin.allow()


async def test_a_large_file_comes_in_pieces(teams: World) -> None:
    info = await allowed(teams, sizeInBytes=PIECE + 5)
    url, data = info["uploadUrl"], bytes(PIECE + 5)
    assert await put(teams, url, data[:100], f"bytes 0-99/{PIECE + 5}") == 400  # no multiple of 320 KiB
    assert await put(teams, url, data[PIECE:], f"bytes {PIECE}-{PIECE + 4}/{PIECE + 5}") == 416  # out of order
    assert await put(teams, url, data[:PIECE], f"bytes 0-{PIECE - 1}/{PIECE + 5}") == 202
    assert (await teams.send(teams.erin, shown(info))).code == (400, "BadSyntax")  # not whole yet
    assert await put(teams, url, data[PIECE:], f"bytes {PIECE}-{PIECE + 4}/{PIECE + 5}") == 201
    assert (await teams.send(teams.erin, shown(info))).status == 201
    assert hashlib.sha256(teams.erin.files()["r.txt"]).digest() == hashlib.sha256(data).digest()


@pytest.mark.parametrize(
    ("said", "head", "status"),
    [
        (None, {}, 400),
        ("bytes 0-3/4", {}, 400),
        ("bytes */5", {}, 400),
        ("bytes 0-4/5", {"Authorization": "Bearer T"}, 401),
        ("bytes 1-5/6", {}, 416),
    ],
)
async def test_an_upload_that_is_refused(teams: World, said: str | None, head: dict[str, str], status: int) -> None:
    info = await allowed(teams)
    assert await put(teams, info["uploadUrl"], b"words", said, **head) == status
    assert await put(teams, info["uploadUrl"], b"words", "bytes 0-4/5") == 201
    assert await put(teams, info["uploadUrl"], b"words", "bytes 0-4/5") == 409


async def test_an_upload_url_ends(teams: World) -> None:
    info = await allowed(teams)
    teams.clock.move(900)
    assert await put(teams, info["uploadUrl"], b"words", "bytes 0-4/5") == 404


@pytest.mark.parametrize(
    "broken",
    [
        consent(sizeInBytes=0),
        consent(sizeInBytes="5"),
        consent(sizeInBytes=True),
        {"type": "message", "attachments": [{"contentType": CONSENT, "content": {"sizeInBytes": 5}}]},
        shown({"uniqueId": "none", "fileType": "txt", "contentUrl": "https://x.example/", "name": "r.txt"}),
    ],
)
async def test_a_card_of_a_file_that_makes_no_sense(teams: World, broken: Json) -> None:
    assert (await teams.send(teams.erin, broken)).code == (400, "BadSyntax")


async def test_what_is_unwise(teams: World) -> None:
    await teams.send(teams.erin, consent(description=""))
    info = await allowed(teams)
    await put(teams, info["uploadUrl"], b"words", "bytes 0-4/5")
    elsewhere: Any = {"contentUrl": "https://elsewhere.example/r.txt"}
    assert (await teams.send(teams.erin, shown(info, **elsewhere))).status == 400
    await teams.send(teams.erin, shown(info | {"fileType": "pdf"}))
    teams.bot.status = 500
    await teams.send(teams.erin, consent())
    await teams.erin.decline()
    assert [said.split()[-3:] for said in teams.fake.lints] == [
        ["say", "what", "for"],
        ["that", "of", "'r.txt'"],
        ["answered", "HTTP", "500"],
    ]
