"""The people change while the bot runs: cases hear, whoever has left loses them, and nothing more happens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Unpack

import pytest

from bot.cases.case import CaseFile, Status
from bot.cases.permissions import Engine
from bot.core.people import Office, People, PersonId, Role
from bot.core.session import Status as TalkStatus
from bot.runtime.people import fingerprint
from bot.simulation.screens import PLATFORM
from tests.changes import PersonChange
from tests.runtime import making
from tests.runtime.conftest import Houses
from tests.runtime.making import House
from tests.runtime.staff import REAL, people, without
from tests.runtime.talks import REPORT, talk

Change = Callable[[People], None]


@pytest.fixture
def change(monkeypatch: pytest.MonkeyPatch) -> Change:
    """Gives the house other people."""

    def changed(now: People) -> None:
        other = replace(REAL(), people=now)
        monkeypatch.setattr(making, "setting", lambda *_, **__: other)

    return changed


async def in_progress(house: House) -> CaseFile:
    stage = house.stage()
    await talk(stage, stage.person("Ana"), REPORT)
    await talk(stage, stage.person("Luis"), ("[I will take this]", "[Done]", "{safe_now: yes}"))
    (file,) = await house.files()
    assert file.case.status is Status.IN_PROGRESS
    return file


async def restarted(house: House) -> CaseFile:
    await house.again()
    (file,) = await house.files()
    return file


async def test_a_change_while_the_bot_was_down_is_heard_at_the_next_start(houses: Houses, change: Change) -> None:
    house = await houses()
    before = await in_progress(house)
    change(without("Luis"))
    after = await restarted(house)
    kim = next(p.id for p in people() if p.first_name == "Kim")
    assert (after.case.owner, after.case.status) == (kim, Status.ESCALATED)
    playbook = next(t for t in after.sessions.values() if t.person == before.case.owner)
    assert playbook.status is not TalkStatus.ENDED, "it waits for whoever takes the case"


async def test_the_same_people_change_nothing(houses: Houses, change: Change) -> None:
    house = await houses()
    before = await in_progress(house)
    lines = await house.store.audit(before.case.id, Engine.LOOK_AFTER)
    news = len(house.screens.news)
    titled = People({p.id: replace(p, title="Else", language="da") for p in people()})
    for now in (titled, without("Omar"), people()):
        change(now)
        after = await restarted(house)
        assert after == before
    assert await house.store.audit(before.case.id, Engine.LOOK_AFTER) == lines
    assert len(house.screens.news) == news


async def test_talks_of_whoever_left_end_and_nothing_is_owed_for_ever(houses: Houses, change: Change) -> None:
    house = await houses()
    await in_progress(house)
    change(without("Ana", "Luis", "Kim"))
    after = await restarted(house)
    ana = next(p.id for p in people() if p.first_name == "Ana")
    assert {t.status for t in after.sessions.values() if t.person == ana} == {TalkStatus.ENDED}
    assert after.case.status is Status.ESCALATED
    for _ in range(6):
        await house.wait(timedelta(days=4))
        await house.service.fire_due()
        await house.service.quiet()
    assert await house.store.lanes() == []


async def test_many_cases_hear_in_batches(houses: Houses, change: Change, monkeypatch: pytest.MonkeyPatch) -> None:
    house = await houses()
    stage = house.stage()
    for name in ("Ana", "Bo", "Eva"):
        person = stage.person(name)
        lines = (
            REPORT
            if name != "Bo"
            else (
                "chikane",
                "nej",
                "1",
                "[Det handler om mig]",
                "1",
                "1",
                "{kinds: threat}",
                *("spring over", "[Intet af det]", "3", "[Nej]", "spring over", "[Her i chatten]", "1"),
            )
        )
        await talk(stage, person, lines)
    monkeypatch.setattr("bot.runtime.people.BATCH", 1)
    change(without("Luis"))
    await house.again()
    kim = next(p.id for p in people() if p.first_name == "Kim")
    owners = [file.case.owner for file in await house.files() if file.case.opened]
    assert owners == [kim, kim, kim]


def test_what_has_a_say_makes_the_fingerprint() -> None:
    one = next(iter(people()))
    others = [p.id for p in people() if p.id != one.id]

    def with_(**changed: Unpack[PersonChange]) -> str:
        return fingerprint(People({**people().by_id, one.id: replace(one, **changed)}))

    same = fingerprint(people())
    assert same == with_(title="x", language="da", offices=frozenset({Office.AUDITOR}), site="x")
    assert same == fingerprint(People(dict(reversed(people().by_id.items()))))
    told: list[PersonChange] = [
        {"manager": others[0]},
        {"deputy": others[2]},
        {"roles": frozenset({Role.HR})},
        {"conflicts": frozenset({others[0]})},
        {"addresses": ()},
    ]
    assert len({same, *(with_(**changed) for changed in told)}) == len(told) + 1


def test_the_sample_has_a_person_of_each_name_here() -> None:
    assert {p.first_name for p in people()} >= {"Ana", "Luis", "Kim", "Omar"}
    assert all(p.addresses[0].platform == PLATFORM for p in people())
    assert PersonId("nobody") not in people().by_id
