"""The language that somebody asked for: in every talk, after a kill too, and only when it is on the disk."""

from __future__ import annotations

import sqlite3

import pytest

from bot.core.events import Chose
from bot.core.people import PersonId
from bot.simulation.screens import PLATFORM
from storage.tx import SqliteTx
from tests.runtime.conftest import Houses
from tests.runtime.making import House
from tests.runtime.talks import REPORT, talk

TAKE = "[I will take this]"


def language(house: House, person: PersonId) -> str:
    return house.service.setting().language_of(person)


async def test_a_talk_about_another_case_is_in_it_too(houses: Houses) -> None:
    house = await houses()
    stage = house.stage()
    luis = stage.person("Luis")
    for _ in range(2):
        await talk(stage, stage.person("Ana"), REPORT)
        await talk(stage, luis, (TAKE,))
    await talk(stage, luis, ("dansk",))  # in the talk about the second
    await house.again()
    assert language(house, luis) == "da"
    files = await house.files()
    first = min(files, key=lambda file: file.case.created)
    (task,) = [one for one in first.sessions.values() if one.person == luis]
    assert task.language == "en"
    token = next(shown.message.token for shown in house.screens.of(luis) if _is_task(shown.message.token, task.id))
    assert token is not None
    await house.service.take(Chose("e-later", house.clock.now(), luis, PLATFORM, token, ("later",)))
    await house.service.quiet()
    after = next(file for file in await house.files() if file.case.id == first.case.id)
    assert after.sessions[task.id].language == "da"


def _is_task(token: object, session: str) -> bool:
    return getattr(token, "session", None) == session


async def test_what_is_not_on_the_disk_does_not_count(houses: Houses, monkeypatch: pytest.MonkeyPatch) -> None:
    house = await houses()
    stage = house.stage()
    ana = stage.person("Ana")

    async def fails(*_: object) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    with monkeypatch.context() as broken:
        broken.setattr(SqliteTx, "save", fails)
        with pytest.raises(sqlite3.OperationalError):
            await stage.take(stage.event(ana, "dansk"))
    assert language(house, ana) == "en"
    assert await house.store.reaches() == []


async def test_it_is_there_after_a_kill_and_the_newest_counts(houses: Houses) -> None:
    house = await houses()
    stage = house.stage()
    ana = stage.person("Ana")
    for said, code in (("dansk", "da"), ("english", "en"), ("dansk", "da")):
        await talk(stage, ana, (said,))
        assert language(house, ana) == code
        await house.again()
        assert language(house, ana) == code
