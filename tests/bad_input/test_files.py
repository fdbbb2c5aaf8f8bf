"""Whatever is attached: a kind answer, nothing kept that may not be, nothing twice."""

from __future__ import annotations

from bot.cases.permissions import Engine
from bot.core.answers import Files
from bot.core.messages import Message
from bot.core.people import PersonId
from bot.runtime.files import Attachment, NotKept
from bot.simulation.screens import PLATFORM
from bot.simulation.stage import Stage
from tests.bad_input.making import EN, the_talk
from tests.runtime.making import START, House, setting
from tests.runtime.talks import REPORT, talk


async def attach(house: House, stage: Stage, person: PersonId, name: str, data: bytes) -> list[Message]:
    stage.files[name] = data
    before = len(stage.screens.of(person))
    await stage.line(person, f"(file {name})")
    return [shown.message for shown in stage.screens.of(person)[before:]]


def stored(house: House) -> int:
    (count,) = house.store._reader.execute("SELECT count(*) FROM files").fetchone()
    return int(count)


PNG = b"\x89PNG\r\n\x1a\n"
TO_FILES = REPORT[:7]


async def test_a_file_that_may_not_be_kept_is_refused_before_it_is_stored(house: House) -> None:
    stage = house.stage()
    ana = stage.person("Ana")
    await talk(stage, ana, TO_FILES)
    limit = setting().files.most
    for name, data, reason in (
        ("large.png", PNG + bytes(limit), "too large"),
        ("empty.png", b"", "nothing in it"),
        ("program.exe", b"MZ\x90\x00", "that kind"),
        ("photo.png", b"MZ\x90\x00", "that kind"),
        ("page.html", b"<script>", "that kind"),
        ("unknown", b"?", "that kind"),
    ):
        (message,) = await attach(house, stage, ana, name, data)
        assert reason in message.text
        assert stored(house) == 0
    assert (await the_talk(house)).asking == "report.evidence"
    assert len(await attach(house, stage, ana, "good.png", PNG + b"picture")) == 2
    assert stored(house) == 1
    (file,) = await house.files()
    answer = (await the_talk(house)).answers["report.evidence"].answer
    assert isinstance(answer, Files)
    assert await house.store.file(file.case.id, answer.files[0].id, Engine.LOOK_AFTER) == PNG + b"picture"


async def test_one_bad_file_among_several_keeps_none(house: House) -> None:
    stage = house.stage()
    bo = stage.person("Bo")
    files = (Attachment("a.png", "image/png", PNG + b"1"), Attachment("b.exe", "application/x-dosexec", b"MZ"))
    answer = await house.service.attach("f1", START, bo, PLATFORM, files)
    assert isinstance(answer, NotKept)
    assert answer.text.startswith("Den fil kunne jeg ikke gemme")
    assert stored(house) == 0


async def test_a_file_that_nobody_asked_for_is_not_kept(house: House) -> None:
    stage = house.stage()
    ana = stage.person("Ana")
    await stage.line(ana, "report")
    first, _ = await attach(house, stage, ana, "early.png", PNG + b"x")
    assert first.text == EN.nothing_to_attach
    assert stored(house) == 0
    await stage.line(stage.person("Eva"), "(file lone.png)")
    assert stored(house) == 0


async def test_a_file_that_comes_twice_is_kept_once(house: House) -> None:
    stage = house.stage()
    ana = stage.person("Ana")
    await talk(stage, ana, TO_FILES)
    files = (Attachment("a.png", "image/png", PNG + b"1"),)
    for _ in range(2):
        await house.service.attach("f1", START, ana, PLATFORM, files)
    await house.service.quiet()
    answer = (await the_talk(house)).answers["report.evidence"].answer
    assert isinstance(answer, Files)
    assert len(answer.files) == stored(house) == 1


async def test_a_file_goes_where_it_was_asked_for_when_the_focus_moves_meanwhile(house: House) -> None:
    stage = house.stage()
    ana = stage.person("Ana")
    await talk(stage, ana, TO_FILES)
    files = (Attachment("a.png", "image/png", PNG + b"1"),)
    kept = await house.service._files.keep("f1", START, ana, PLATFORM, files)
    assert not isinstance(kept, NotKept)
    await talk(stage, ana, ("report", "[Begin a new one]"))
    await house.service.take(kept)
    await house.service.quiet()
    first, _ = await house.files()
    (session,) = first.sessions.values()
    assert "report.evidence" in session.answers
    assert await house.store.file(first.case.id, kept.files[0].id, Engine.LOOK_AFTER) == PNG + b"1"
