"""Whatever is pressed: a kind answer, nothing lost, nothing shown that is not theirs."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bot.core.events import Chose, Command, Commanded, Left, Opened, Said, Submitted
from bot.core.ids import CaseId, SessionId, Token
from bot.core.languages import phrases
from bot.simulation.screens import PLATFORM
from tests.bad_input.making import EN, take, texts, the_talk, token_of
from tests.runtime.making import START, House
from tests.runtime.talks import REPORT, talk


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
