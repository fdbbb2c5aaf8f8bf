"""`take`: one event, one transaction; the same event twice changes nothing."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.events import CaseChanged, Chose, PersonEvent, Said, Started, Submitted
from bot.core.ids import CaseId
from bot.core.replies import CloseForm, FormErrors, Nothing, Reply
from bot.core.session import Status
from bot.simulation.screens import PLATFORM
from storage.tx import SqliteTx
from tests.runtime.conftest import Houses
from tests.runtime.making import START, House
from tests.runtime.talks import REPORT, talk


async def everything(house: House) -> tuple[object, ...]:
    return await house.files(), list(house.screens.delivered), await house.store.next_timer()


async def test_an_event_that_comes_twice_changes_nothing(houses: Houses) -> None:
    house = await houses()
    stage = house.stage()
    taken: list[PersonEvent] = []
    take = stage.take

    async def keeping(event: PersonEvent) -> Reply:
        taken.append(event)
        return await take(event)

    stage.take = keeping
    await talk(stage, stage.person("Ana"), REPORT)
    await talk(stage, stage.person("Luis"), ("[I will take this]", "[Later]"))
    before = await everything(house)
    for event in taken:
        assert await house.service.take(event) == Nothing()
    await house.service.quiet()
    assert await everything(house) == before
    await house.again()
    for event in taken:
        assert await house.service.take(event) == Nothing()
    await house.service.quiet()
    assert await everything(house) == before


async def test_the_same_event_many_times_at_once_is_taken_once(houses: Houses) -> None:
    house = await houses()
    ana = house.stage().person("Ana")
    event = Started("e1", START, ana, PLATFORM, "report")
    await asyncio.gather(*(house.service.take(event) for _ in range(5)))
    await house.service.quiet()
    (file,) = await house.files()
    assert file.case.revision == 1
    assert len(house.screens.of(ana)) == 2


async def test_a_turn_that_fails_leaves_nothing_and_can_be_taken_again(
    houses: Houses, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = await houses()
    ana = house.stage().person("Ana")
    event = Started("e1", START, ana, PLATFORM, "report")

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr("bot.runtime.turn.compose", broken)
        with pytest.raises(ZeroDivisionError):
            await house.service.take(event)
    assert await house.files() == []
    await house.service.take(event)
    await house.service.quiet()
    assert len(await house.files()) == 1


async def test_a_form_with_mistakes_leaves_nothing_and_its_event_can_come_again(houses: Houses) -> None:
    house = await houses()
    stage = house.stage()
    ana = stage.person("Ana")
    await talk(stage, ana, REPORT[:6])
    token = stage.form(ana).token
    before = await everything(house)
    wrong = Submitted("view1:wrong", START, ana, PLATFORM, token, {"kinds": ("threat",), "last_time": ("2030-01-01",)})
    mended = replace(wrong, id="view1:mended", values={"kinds": ("threat",)})
    for _ in range(2):
        assert isinstance(await house.service.take(wrong), FormErrors)
    assert await everything(house) == before
    assert await house.service.take(mended) == CloseForm()
    assert await house.service.take(mended) == Nothing()
    assert await house.service.take(wrong) == CloseForm()  # it belongs to nothing that waits any more
    await house.service.quiet()
    (file,) = await house.files()
    assert [given for talk in file.sessions.values() for given in talk.answers if given == "report.kinds"] != []


async def test_whoever_waits_may_go_away_just_after_the_commit_and_the_message_still_goes_out(
    houses: Houses, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = await houses()
    ana = house.stage().person("Ana")
    finish = house.store._finish
    task: list[asyncio.Task[object]] = []
    loop = asyncio.get_running_loop()

    def committed(tx: SqliteTx) -> None:
        finish(tx)
        loop.call_soon_threadsafe(task[0].cancel)

    monkeypatch.setattr(house.store, "_finish", committed)
    task.append(asyncio.ensure_future(house.service.take(Started("e1", START, ana, PLATFORM, "report"))))
    await asyncio.gather(*task, return_exceptions=True)
    await house.service.quiet()
    assert len(house.screens.of(ana)) == 2


async def test_words_that_were_meant_for_another_case_are_handed_there_and_kept(houses: Houses) -> None:
    house = await houses()
    stage = house.stage()
    ana = stage.person("Ana")
    to_the_phone = (
        *REPORT[:7],
        "skip",
        "[None of these]",
        "skip",
        "[No]",
        "skip",
        "[By phone]",
    )
    await talk(stage, ana, to_the_phone)
    await house.clock.move(timedelta(minutes=1))
    await talk(stage, ana, ("report", "[Begin a new one]"))
    first, second = await house.files()
    assert [s.asking for s in first.sessions.values()] == ["report.phone_number"]
    words = CaseChanged(
        "h:1", START, first.case.id, Said("s:1", START, ana, PLATFORM, "+45 12345678", next(iter(first.sessions)))
    )
    await house.service.take(words)
    await house.service.take(words)
    await house.service.quiet()
    first, _ = await house.files()
    (talk_,) = first.sessions.values()
    assert "report.phone_number" in talk_.answers
    assert second.case.id != first.case.id


async def test_a_second_report_is_a_case_of_its_own_and_two_presses_begin_one(houses: Houses) -> None:
    house = await houses()
    stage = house.stage()
    ana = stage.person("Ana")
    await talk(stage, ana, ("report", "[No]", "report"))
    token = stage.screens.of(ana)[-1].message.token
    assert token is not None
    for number in range(2):
        await house.service.take(Chose(f"p{number}", START, ana, PLATFORM, token, ("start_new",)))
        await house.service.quiet()
    files = await house.files()
    assert [len(file.sessions) for file in files] == [1, 1]
    assert stage.screens.of(ana)[-1].message.choices[0].id == "go_on"


async def test_a_new_report_that_was_asked_for_before_a_crash_begins_after_it(
    houses: Houses, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = await houses()
    stage = house.stage()
    ana = stage.person("Ana")
    await talk(stage, ana, ("report", "[No]", "report"))
    monkeypatch.setattr(house.service, "_pump", lambda: None)
    await stage.line(ana, "[Begin a new one]")
    assert len(await house.files()) == 1
    await house.again()
    assert len(await house.files()) == 2


async def test_what_happens_to_a_case_that_is_not_there_is_nothing(houses: Houses) -> None:
    house = await houses()
    ana = house.stage().person("Ana")
    said = Said("s", START, ana, PLATFORM, "hello")
    assert await house.service.take(CaseChanged("h", START, CaseId("gone"), said)) == Nothing()
    assert await house.files() == []


async def test_the_focus_follows_the_person_and_stays_after_a_restart(houses: Houses) -> None:
    house = await houses()
    stage = house.stage()
    ana = stage.person("Ana")
    await talk(stage, ana, ("report", "[No]"))
    await house.again()
    await stage.line(ana, "1")
    (file,) = await house.files()
    (talk_,) = file.sessions.values()
    assert talk_.status is Status.LIVE
    assert talk_.asking == "report.about"
