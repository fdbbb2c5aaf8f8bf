"""Whatever comes in: a kind answer, nothing lost, nothing shown that is not theirs (issue: "Bad input")."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.cases.permissions import Engine
from bot.core.answers import Files, Words
from bot.core.effects import CloseForm, FormErrors
from bot.core.events import Chose, Command, Commanded, Left, Opened, PersonEvent, Said, Submitted
from bot.core.ids import CaseId, SessionId, Token
from bot.core.languages import phrases
from bot.core.messages import Message
from bot.core.people import PersonId
from bot.core.session import Session
from bot.runtime.files import Attachment, NotKept
from bot.simulation.screens import PLATFORM
from bot.simulation.stage import Stage
from tests.runtime.making import START, House, setting
from tests.runtime.talks import REPORT, talk

EN = phrases("en")
TO_STORY = REPORT[:6]


@pytest.fixture
async def house(store_folder: Path) -> AsyncIterator[House]:
    made = await House(store_folder).open()
    yield made
    await made.service.drop()


def texts(house: House, person: PersonId) -> list[str]:
    return [shown.message.text for shown in house.screens.of(person)]


async def the_talk(house: House) -> Session:
    (file,) = await house.files()
    (session,) = file.sessions.values()
    return session


def token_of(house: House, person: PersonId) -> Token:
    return next(shown.message.token for shown in reversed(house.screens.of(person)) if shown.message.token is not None)


async def take(house: House, event: PersonEvent) -> list[str]:
    """What the person reads after an event, beside what was there before; mistakes in a form too."""
    before = len(texts(house, event.person))
    reply = await house.service.take(event)
    await house.service.quiet()
    mistakes = [error.text for error in reply.errors] if isinstance(reply, FormErrors) else []
    return mistakes + texts(house, event.person)[before:]


# --- words ---------------------------------------------------------------------------------------------------------
LONG = "Han skriver hver nat og det bliver ved. " * 2500


@pytest.mark.parametrize(
    "words",
    [
        LONG,
        "👩🏽‍💻🔥😱" * 3000,
        "\u202eerutangis\u202c \u2066skjult\u2069 almindelig",
        "\x00\x07\x1b[31mrød\x1b[0m \x7f tekst\x85",
        "en halv \ud83d her og en \udc00 der",
        "*fed* _kursiv_ [link](https://x) <b>tag</b> {reporter.name} {{x}} %s `code` @everyone",
        "z̷̢̛a̸̡͝l̶̨̛g̵̢͠o̸̧͝ " * 400,
        "ﷺ﷽" * 2000 + " שלום مرحبا",
    ],
    ids=["100 kB", "emoji", "right to left", "control", "surrogates", "markup", "combining", "ligatures"],
)
async def test_any_words_are_taken_and_kept(house: House, words: str) -> None:
    stage = house.stage()
    ana = stage.person("Ana")
    await talk(stage, ana, TO_STORY)
    assert await take(house, Said("w1", START, ana, PLATFORM, words))
    form = next(shown.message.form for shown in reversed(stage.screens.of(ana)) if shown.message.form is not None)
    kept = {field.id: field.initial for field in form.fields}["story"]
    reply = await house.service.take(
        Submitted("w2", START, ana, PLATFORM, form.token, {"story": (words,), "kinds": ("threat",)})
    )
    assert reply == CloseForm()
    await house.service.quiet()
    await house.again()
    answer = (await the_talk(house)).answers["report.story"].answer
    assert isinstance(answer, Words)
    assert visible(answer.text) == visible(words)
    assert visible("".join(kept)) == visible(words)
    assert not any(sign in "".join(texts(house, ana)) for sign in ("\u202e", "\x1b", "\x00"))


def visible(text: str) -> str:
    return "".join(c for c in text if c.isprintable() and c not in "\u202e\u202c\u2066\u2069").strip()


async def test_words_that_are_too_long_for_one_piece_are_refused_with_a_word(house: House) -> None:
    stage = house.stage()
    ana = stage.person("Ana")
    await talk(stage, ana, TO_STORY)
    new = await take(house, Said("w1", START, ana, PLATFORM, "x" * 300_000))
    assert new[0] == EN.too_long
    assert (await the_talk(house)).asking == "report.what"
    reply = await house.service.take(
        Submitted("w2", START, ana, PLATFORM, token_of(house, ana), {"story": ("x" * 300_000,)})
    )
    assert isinstance(reply, FormErrors)
    assert [error.field for error in reply.errors] == ["story"]


@pytest.mark.parametrize("words", ["", "   ", "\n\t \n", "\u202e\u200f", "\x00", "\ud800"])
async def test_nothing_at_all_is_answered_kindly(house: House, words: str) -> None:
    stage = house.stage()
    ana = stage.person("Ana")
    first = await take(house, Said("w0", START, ana, PLATFORM, words))
    assert len(first) == 1
    await stage.line(ana, "report")
    new = await take(house, Said("w1", START, ana, PLATFORM, words))
    assert new[0] == EN.words_wanted
    assert (await the_talk(house)).asking == "report.danger"


# --- presses -------------------------------------------------------------------------------------------------------


async def test_two_answers_at_once_make_one_answer_and_one_kind_word(house: House) -> None:
    stage = house.stage()
    ana = stage.person("Ana")
    await stage.line(ana, "report")
    token = token_of(house, ana)
    before = len(texts(house, ana))
    await asyncio.gather(
        house.service.take(Chose("p1", START, ana, PLATFORM, token, ("no",))),
        house.service.take(Chose("p2", START, ana, PLATFORM, token, ("now",))),
    )
    await house.service.quiet()
    session = await the_talk(house)
    assert [visit.question for visit in session.trail] == ["report.danger"]
    assert session.asking == "report.wish"
    new = texts(house, ana)[before:]
    assert EN.stale in new
    assert new.count("What would you like?") == 2  # asked, and shown again behind the word


async def test_a_stale_press_changes_nothing_and_shows_where_we_are(house: House) -> None:
    stage = house.stage()
    ana = stage.person("Ana")
    await stage.line(ana, "report")
    old = token_of(house, ana)
    await talk(stage, ana, ("[No]", "1"))
    before = (await the_talk(house)).answers
    for number in range(3):
        new = await take(house, Chose(f"p{number}", START, ana, PLATFORM, old, ("now",)))
        assert new[0] == EN.stale
        assert new[1] == "Is it about you or a colleague?"
    assert (await the_talk(house)).answers == before


async def test_a_press_on_somebody_elses_case_shows_nothing_of_it(house: House) -> None:
    stage = house.stage()
    ana, bo = stage.person("Ana"), stage.person("Bo")
    await talk(stage, ana, REPORT)
    (before,) = await house.files()
    hers = len(texts(house, ana))
    tokens = [shown.message.token for shown in stage.screens.of(ana) if shown.message.token is not None]
    tokens += [replace(tokens[0], session=None, step=step) for step in ("alert", "page", "fallback", "ask_more")]
    for number, token in enumerate(tokens):
        for kind, event in (
            ("c", Chose(f"c{number}", START, bo, PLATFORM, token, ("take",))),
            ("o", Opened(f"o{number}", START, bo, PLATFORM, token)),
            ("s", Submitted(f"s{number}", START, bo, PLATFORM, token, {"story": ("x",)})),
            ("b", Commanded(f"b{number}", START, bo, PLATFORM, Command.WHO_SEES, token)),
        ):
            assert await take(house, event) == [phrases("da").not_yours], (kind, token.step)
    after, own = await house.files()
    assert after == before
    assert (own.case.reporter, own.sessions) == (bo, {})  # the answer hangs on nothing of hers
    assert len(texts(house, ana)) == hers
    reference = before.case.reference
    assert not any(reference in text or "Ana" in text for text in texts(house, bo))


def made_up(real: Token) -> list[Token]:
    return [
        replace(real, case=CaseId("0123456789abcdef")),
        replace(real, session=SessionId("nobody.1")),
        replace(real, step="report.nowhere"),
        replace(real, step="nowhere"),
        replace(real, step=""),
        replace(real, revision=10**9),
        replace(real, revision=-1),
        Token(CaseId(""), None, "", 0),
        Token(CaseId("x" * 5000), SessionId("ø\u202e"), "start", 0),
        replace(real, session=None, step="start"),
        replace(real, session=None, step="which-talk"),
    ]


@pytest.mark.parametrize("number", range(11))
async def test_a_press_with_a_made_up_token_gets_an_answer(house: House, number: int) -> None:
    stage = house.stage()
    ana = stage.person("Ana")
    await stage.line(ana, "report")
    token = made_up(token_of(house, ana))[number]
    asking = (await the_talk(house)).asking
    for kind, event in (
        ("chose", Chose("p1", START, ana, PLATFORM, token, ("nowhere",))),
        ("opened", Opened("p2", START, ana, PLATFORM, token)),
        ("submitted", Submitted("p3", START, ana, PLATFORM, token, {"nowhere": ("x",)})),
        ("commanded", Commanded("p4", START, ana, PLATFORM, Command.BACK, token)),
    ):
        assert await take(house, event), kind
    assert await take(house, Left("p5", START, ana, PLATFORM, token)) == []
    talks = [session for file in await house.files() for session in file.sessions.values()]
    assert [talk_.asking for talk_ in talks] == [asking]


@pytest.mark.parametrize(
    "options", [("nowhere",), (), ("no", "now"), ("no", "no"), ("NO",), ("\ud800",), ("x" * 10000,)]
)
async def test_an_option_that_is_not_there_is_no_answer(house: House, options: tuple[str, ...]) -> None:
    stage = house.stage()
    ana = stage.person("Ana")
    await stage.line(ana, "report")
    assert await take(house, Chose("p1", START, ana, PLATFORM, token_of(house, ana), options))
    session = await the_talk(house)
    assert session.asking in ("report.danger", "report.wish")
    assert session.asking == "report.danger" or options in (("no", "no"), ("NO",))


async def test_an_old_button_of_a_report_that_was_deleted_gets_an_answer(house: House) -> None:
    stage = house.stage()
    ana = stage.person("Ana")
    await stage.line(ana, "report")
    token = token_of(house, ana)
    await talk(stage, ana, ("delete", "[Yes]"))
    assert [len(file.sessions) for file in await house.files()] == []
    assert await take(house, Chose("p1", START, ana, PLATFORM, token, ("no",))) == [EN.not_yours]


async def test_an_answer_to_a_closed_case_is_answered_and_changes_nothing(house: House) -> None:
    stage = house.stage()
    ana, luis = stage.person("Ana"), stage.person("Luis")
    await talk(stage, ana, REPORT)
    alert = token_of(house, luis)
    await stage.line(luis, "[I will take this]")
    task = token_of(house, luis)
    await talk(stage, ana, ("withdraw", "[Yes]"))
    (before,) = await house.files()
    for number, event in enumerate(
        (
            Chose("p0", START, luis, PLATFORM, task, ("done",)),
            Submitted("p1", START, luis, PLATFORM, task, {"safe_now": ("yes",)}),
            Opened("p2", START, luis, PLATFORM, task),
            Chose("p3", START, luis, PLATFORM, alert, ("take",)),
            Said("p4", START, luis, PLATFORM, "I have called her now"),
        )
    ):
        assert await take(house, event), number
    after = next(file for file in await house.files() if file.case.id == before.case.id)
    assert after.case.status == before.case.status
    assert {s.id: s.answers for s in after.sessions.values()} == {s.id: s.answers for s in before.sessions.values()}


# --- files ---------------------------------------------------------------------------------------------------------


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
