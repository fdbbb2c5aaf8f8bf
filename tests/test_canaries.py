"""Words stay ours: what people write rests sealed, and is in no log and no exception (DESIGN, rule 3)."""

from __future__ import annotations

import asyncio
import base64
import json
import logging
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
import structlog

from bot.core.events import Chose, Said, Submitted
from bot.errors import PersonUnreachable, PlatformError
from bot.observe import configure
from bot.runtime.owed import Owed, Post
from bot.simulation.screens import PLATFORM
from bot.simulation.stage import Stage
from tests.runtime.making import House
from tests.runtime.talks import REPORT, talk

#: One for each place in which people write. Words that stand nowhere else, with signs of two and four bytes.
CANARIES = {
    "story": "zyklamen hvisker blåt 🐤 vandrer",
    "links": "https://kanarie.example/qvist-fjeder-ørn",
    "typed": "papegøjeblad drypper langsomt i kælderen",
    "number": "+45 98 70 61 52 43",
    "file_name": "undulatnoter-søvnløs.pdf",
    "file": "finkekvidder i filens indhold æøå",
    "reason": "stæreflok over havnen gør det unødigt",
    "record": "lærkesang noteret i stolpediagrammet",
    "doubt": "gråspurvetælling på loftet hos farmor",
    "note": "Vivianna Kanariefuglesen-Østerbro",
}


#: Shorter words may stand in a file by chance.
LONG = 10


def shapes(text: str) -> Iterator[tuple[str, bytes]]:
    """A text as it may lie in a file: as it is, in other codings, escaped, whole or in its longest word."""
    word = max(text.split(), key=len)
    for piece in dict.fromkeys((text, word if len(word) >= LONG else text)):
        yield "utf-8", piece.encode()
        yield "utf-16-le", piece.encode("utf-16-le")
        yield "utf-16-be", piece.encode("utf-16-be")
        yield "json", json.dumps(piece).strip('"').encode()
        yield "repr", ascii(piece).strip("'").encode()
        yield "markdown", "".join(f"\\{c}" if c in "-.:/+" else c for c in piece).encode()
        for start in range(3):  # base64 differs with where in the data it begins
            coded = base64.b64encode(b"\0" * start + piece.encode())
            yield "base64", coded[4 if start else 0 : -4]
        yield "hex", piece.encode().hex().encode()


def found(data: bytes) -> list[str]:
    folded = data.lower()
    return [
        f"{name} as {shape}"
        for name, text in CANARIES.items()
        for shape, written in shapes(text)
        if written in data or written.lower() in folded
    ]


@pytest.fixture
def log() -> Iterator[StringIO]:
    written = StringIO()
    configure("debug", written)
    yield written
    structlog.reset_defaults()


@pytest.fixture
async def house(store_folder: Path) -> House:
    return await House(store_folder).open()


def files_of(house: House) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in house.folder.iterdir()}


async def tell(house: House, stage: Stage) -> None:
    """A report and the beginning of its playbook, with a canary wherever somebody writes."""
    ana, luis = stage.person("Ana"), stage.person("Luis")
    stage.files[CANARIES["file_name"]] = b"%PDF-1.7\n" + CANARIES["file"].encode()
    await talk(
        stage,
        ana,
        (
            CANARIES["note"],
            "report",
            "[No]",
            "[Tell what has happened and get help]",
            "[It is about me]",
            "[A customer, a citizen or somebody else from outside]",
            "[My manager]",
            CANARIES["typed"],
            f"{{kinds: threat | story: {CANARIES['story']} {CANARIES['typed']} | links: {CANARIES['links']}}}",
            f"(file {CANARIES['file_name']})",
            "[That is all]",
            "[None of these]",
            "[3]",
            "[No]",
            "skip",
            "[By phone]",
            CANARIES["doubt"],
            f"{{phone_number: {CANARIES['number']}}}",
            "[Yes, send it]",
            "report",
            CANARIES["note"],
        ),
    )
    await talk(
        stage,
        luis,
        (
            "[I will take this]",
            "[Later]",
            CANARIES["doubt"],
            "[Done]",
            "{state: 1}",
            "[Done]",
            f"{{next_talk: {CANARIES['record']}}}",
            "{next_talk: 2026-11-22 10:00}",
            "[Not relevant]",
            f"{{reason: {CANARIES['reason']}}}",
        ),
    )


async def test_no_canary_rests_in_a_file_or_a_log(house: House, log: StringIO) -> None:
    stage = house.stage()
    await tell(house, stage)
    logging.getLogger("asyncio").warning("from elsewhere: %s", CANARIES["story"])
    (file, *_) = await house.files()
    kept = repr(file).encode()
    assert "report.story" in {q for talk_ in file.sessions.values() for q in talk_.answers}
    assert found(kept) == []
    running = files_of(house)
    assert {"bistand.sqlite", "bistand.sqlite-wal", "bistand.sqlite-shm", "bistand.sqlite.keys.sqlite"} <= set(running)
    assert len(running["bistand.sqlite-wal"]) > 100_000
    assert {name: found(data) for name, data in running.items() if found(data)} == {}
    await house.service.drop()
    dropped = files_of(house)
    assert {name: found(data) for name, data in dropped.items() if found(data)} == {}
    assert found(log.getvalue().encode()) == []
    assert "asyncio" in log.getvalue()


async def test_what_was_written_can_be_read_by_whoever_holds_the_key(house: House) -> None:
    """So that the search above cannot pass on a talk that kept nothing."""
    stage = house.stage()
    await tell(house, stage)
    for _ in range(2):
        words = {
            getattr(given.answer, "text", "")
            for file in await house.files()
            for talk_ in file.sessions.values()
            for given in talk_.answers.values()
        }
        for name in ("links", "number", "reason"):
            assert CANARIES[name] in words, name
        assert any(CANARIES["story"] in text for text in words)
        await house.again()
    await house.service.drop()


async def test_erased_words_leave_no_bytes_either(house: House) -> None:
    stage = house.stage()
    ana = stage.person("Ana")
    await talk(stage, ana, ("report", "[No]", CANARIES["typed"], "delete", "[Yes]"))
    assert found(b"".join(files_of(house).values())) == []
    await house.service.drop()
    assert found(b"".join(files_of(house).values())) == []


async def test_no_exception_takes_a_canary_into_the_log(
    house: House, log: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = house.stage()
    ana = stage.person("Ana")
    words = " ".join(CANARIES.values())
    await talk(stage, ana, REPORT)
    errors: list[Exception] = [PlatformError(words), RuntimeError(words), PersonUnreachable(words)]
    send = house.channel.send

    async def failing(row: Owed, chat: str, handle: str | None, *, again: bool) -> str:
        if errors:
            raise errors.pop(0)
        return await send(row, chat, handle, again=again)

    monkeypatch.setattr(house.channel, "send", failing)
    await stage.line(ana, "emergency")
    for _ in range(4):
        await house.wait(timedelta(minutes=5))
    assert errors == []

    async def broken(_: object) -> object:
        raise PlatformError(words) from ValueError(words)

    with monkeypatch.context() as patch:
        patch.setattr(house.service._turns, "take", broken)
        patch.setattr(house.service._timers, "_take", broken)
        await house.clock.move(timedelta(days=60))
        await house.service.fire_due()
        asyncio.get_running_loop().call_exception_handler({"message": words, "exception": ValueError(words)})
    told = log.getvalue()
    assert "send_failed" in told
    assert "send_broke" in told
    assert "given_up" in told
    assert "timer_failed" in told
    assert found(told.encode()) == []
    await house.service.drop()


async def test_no_exception_of_ours_quotes_what_somebody_wrote(house: House) -> None:
    stage = house.stage()
    ana = stage.person("Ana")
    await stage.line(ana, "report")
    (file,) = await house.files()
    token = stage.screens.of(ana)[-1].message.token
    assert token is not None
    words = " ".join(CANARIES.values())
    events = (
        Said("a", house.clock.now(), ana, PLATFORM, words),
        Submitted("b", house.clock.now(), ana, PLATFORM, token, {"story": (words,)}),
        Chose("c", house.clock.now(), ana, PLATFORM, token, ("no",)),
    )

    def broken(*_: object) -> None:
        raise KeyError(file.case.id)

    for event in events:
        assert found(repr(event).encode()) == []
    for row in (Post(stage.screens.of(ana)[-1].message),):
        assert found(repr(row).encode()) == []
    await house.service.take(events[0])
    await house.service.quiet()
    errors: list[BaseException] = []
    house.service._turns._bell = broken
    for event in events[1:]:
        try:
            await house.service.take(event)
        except KeyError as error:
            errors.append(error)
    assert found(" ".join(str(error) for error in errors).encode()) == []
    await house.service.drop()


@pytest.mark.parametrize("name", CANARIES)
def test_the_search_finds_what_it_looks_for(name: str) -> None:
    assert found(b"nothing here") == []
    for shape, written in shapes(CANARIES[name]):
        assert f"{name} as {shape}" in found(b"\x00\xff" + written + b"\x00")
    for before in range(3):
        coded = base64.b64encode(b"x" * before + CANARIES[name].encode() + b"yz")
        assert any(name in what for what in found(coded))
