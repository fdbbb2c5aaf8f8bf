"""What people and phones send that no flow expects: a kind answer each time, nothing lost, nothing shown of others."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.cases.permissions import Engine
from bot.cli.rehearse import Rehearsal, rehearsal
from bot.core.events import Chose, Command, Commanded, Submitted
from bot.core.ids import Token
from bot.core.people import PersonId
from bot.settings import load
from bot.simulation.screens import PLATFORM
from bot.simulation.stage import Stage
from bot.simulation.text import one_line

ROOT = Path(__file__).parent.parent
MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
ACCUSED_OF = ("report", "[No]", "[Tell what has happened and get help]", "[It is about me]", "[A colleague]")
OPENED = (
    *("report", "[No]", "[Tell what has happened and get help]", "[It is about me]"),
    *("[A customer, a citizen or somebody else from outside]", "[My manager]"),
    *("{kinds: lies | story: Canary in the coal mine.}", "skip", "[None of these]", "1", "[No]", "skip", "skip"),
)


@pytest.fixture
async def made(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Rehearsal]:
    if Path("/dev/shm").is_dir():
        monkeypatch.setattr(tempfile, "tempdir", "/dev/shm")
    async with rehearsal(load(ROOT / "app.yaml", {}), MONDAY) as found:
        yield found


async def say(stage: Stage, name: str, *lines: str) -> list[str]:
    """What a person reads after the last of these lines."""
    person = stage.person(name)
    since = 0
    for line in lines:
        since = len(stage.screens.news)
        await stage.line(person, line)
    return [one_line(m) for who, sign, m in stage.screens.news[since:] if who == person and sign == "<"]


def read_by(stage: Stage, name: str) -> str:
    person = stage.person(name)
    return "\n".join(one_line(shown.message) for shown in stage.screens.of(person))


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(lambda: "x" * 100_000, id="100 kB"),
        pytest.param(lambda: "😡" * 3000, id="emoji storm"),
        pytest.param(lambda: "\u202eהוא כתב לי שוב\u202c \u2066مرحبا\u2069", id="right to left"),
        pytest.param(lambda: "a\x00b\x1b[31mred\x07\u200b\ufeff", id="control characters"),
        pytest.param(lambda: "\x00\u200b\u202e", id="nothing that can be seen"),
        pytest.param(lambda: "**bold** <!channel> <@U1> [link](https://x.example) `code`", id="markup"),
        pytest.param(lambda: "e" + "\u0301" * 500, id="marks upon marks"),
        pytest.param(lambda: "'; DROP TABLE cases; --", id="another language"),
    ],
)
async def test_odd_words_are_answered_and_the_question_stays(made: Rehearsal, words: Callable[[], str]) -> None:
    stage = made.stage()
    await say(stage, "ana", "report", "[No]")
    answer = await say(stage, "ana", words())
    assert len(answer) == 2
    assert answer[-1].startswith("What would you like?")
    assert (await say(stage, "ana", "[Tell what has happened and get help]"))[-1].startswith("Is it about you")


async def test_a_story_in_odd_letters_is_kept_to_the_letter(made: Rehearsal) -> None:
    story = "Han skrev 😡 og \u05e9\u05dc\u05d5\u05dd, *ikke* [her](x)"
    stage = made.stage()
    await say(stage, "ana", *OPENED[:6], f"{{story: {story}}}", *OPENED[7:], "[Yes, send it]")
    case = None
    async with made.store.begin() as tx:
        for found in await tx.cases_of(stage.person("ana")):
            case = await tx.load(found, Engine.LOOK_AFTER)
    assert case is not None
    kept = [given.answer for talk in case.sessions.values() for name, given in talk.answers.items() if "story" in name]
    assert [getattr(answer, "text", None) for answer in kept] == [story]
    assert "😡" not in read_by(stage, "luis")


async def test_a_press_on_somebody_elses_case_does_nothing_and_shows_nothing(made: Rehearsal) -> None:
    stage = made.stage()
    await say(stage, "ana", *OPENED)
    ana, bo = stage.person("ana"), stage.person("bo")
    tokens = [shown.message.token for shown in stage.screens.of(ana) if shown.message.token is not None]
    before = read_by(stage, "ana")
    for number, token in enumerate(tokens):
        await stage.take(Chose(f"foreign:{number}", MONDAY, bo, PLATFORM, token, ("confirm",)))
        await stage.take(Submitted(f"form:{number}", MONDAY, bo, PLATFORM, token, {"story": ("mine",)}))
        await stage.take(Commanded(f"read:{number}", MONDAY, bo, PLATFORM, Command.READ, token))
        await stage.quiet()
    assert read_by(stage, "ana") == before
    seen = {one_line(shown.message) for shown in stage.screens.of(bo)}
    assert seen == {"Den knap gør ikke længere noget her. Skriv chikane, hvis der er noget nyt."}


async def test_a_press_on_somebody_elses_alert_does_nothing(made: Rehearsal) -> None:
    stage = made.stage()
    await say(stage, "ana", *OPENED, "[Yes, send it]")
    luis, bo = stage.person("luis"), stage.person("bo")
    alert = next(shown.message.token for shown in stage.screens.of(luis) if shown.message.token is not None)
    stands = await made.case()
    for option in ("take", "decline"):
        await stage.take(Chose(f"foreign:{option}", MONDAY, bo, PLATFORM, alert, (option,)))
    await stage.quiet()
    assert await made.case() == stands
    assert "…" not in read_by(stage, "bo")
    assert {one_line(shown.message) for shown in stage.screens.of(bo)} == {
        "Den knap gør ikke længere noget her. Skriv chikane, hvis der er noget nyt."
    }


async def test_one_press_that_comes_twice_counts_once(made: Rehearsal) -> None:
    stage = made.stage()
    await say(stage, "ana", "report")
    ana = stage.person("ana")
    token = next(s.message.token for s in reversed(stage.screens.of(ana)) if s.message.token is not None)
    press = Chose("press:1", MONDAY, ana, PLATFORM, token, ("no",))
    await stage.take(press)
    await stage.take(press)  # the platform resends
    await stage.quiet()
    assert [m for m in read_by(stage, "ana").splitlines() if m.startswith("What would you like?")]
    await stage.take(Chose("press:2", MONDAY, ana, PLATFORM, token, ("no",)))  # a second finger
    await stage.quiet()
    assert "That button belongs to an earlier question." in read_by(stage, "ana")


async def test_a_press_that_names_no_case_or_no_option_is_answered(made: Rehearsal) -> None:
    stage = made.stage()
    await say(stage, "ana", "report")
    ana = stage.person("ana")
    token = next(s.message.token for s in reversed(stage.screens.of(ana)) if s.message.token is not None)
    await stage.take(Chose("odd:1", MONDAY, ana, PLATFORM, token, ("no", "now", "nwo")))
    await stage.take(Chose("odd:2", MONDAY, ana, PLATFORM, Token(token.case, token.session, "x.y", 0), ("no",)))
    await stage.quiet()
    assert "Are you or anybody else in danger" in one_line(stage.screens.of(ana)[-1].message)


async def test_an_answer_to_a_case_that_is_gone_is_answered(made: Rehearsal) -> None:
    stage = made.stage()
    await say(stage, "ana", "report", "[No]")
    ana: PersonId = stage.person("ana")
    token = next(s.message.token for s in reversed(stage.screens.of(ana)) if s.message.token is not None)
    await say(stage, "ana", "delete", "[Yes]")
    before = len(stage.screens.news)
    await stage.take(Chose("late:1", MONDAY, ana, PLATFORM, token, ("report",)))
    await stage.quiet()
    assert "That button does nothing here any more" in one_line(stage.screens.news[before][2])


async def test_hide_leaves_none_of_the_bots_messages_however_often_a_question_was_shown(made: Rehearsal) -> None:
    stage = made.stage()
    await say(stage, "ana", "report", "emergency", "help", "who can see this?", "[No]", "pause", "resume", "dansk")
    await say(stage, "ana", "gem")
    (left,) = await say(stage, "ana", "skjul")
    assert [one_line(s.message) for s in stage.screens.of(stage.person("ana")) if not s.removed] == [left]
    assert left.startswith("Jeg har fjernet mine beskeder her.")
