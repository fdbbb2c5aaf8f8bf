"""Cases to come: no turn waits for a key, no id is given twice, and what a kill leaves does no harm."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import replace
from io import StringIO
from typing import Any

import pytest

from bot.cases.case import CaseFile
from bot.core.events import Started
from bot.core.ids import CaseId
from bot.core.people import PersonId, Role
from bot.flow.model import Flows
from bot.runtime.spares import MOST
from bot.simulation.screens import PLATFORM
from storage.vault import answer_class
from tests.runtime.conftest import Houses
from tests.runtime.making import START, House, setting

AT_ONCE = 5 * MOST


def spares(house: House) -> list[CaseId]:
    return list(house.service._spares._ready)


def kinds(house: House, case: str) -> set[str]:
    """The classes of a case that have a key, as the disk has them."""
    found = house.store._vault.keys._connection.execute("SELECT class FROM keys WHERE case_id = ?", (case,))
    return {kind for (kind,) in found}


def cases_with_keys(house: House) -> set[str]:
    found = house.store._vault.keys._connection.execute("SELECT DISTINCT case_id FROM keys WHERE case_id != ''")
    return {case for (case,) in found}


def no_keys_in_turns(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    async def never(wanted: Sequence[tuple[str, str]]) -> None:
        pytest.fail(f"a turn waits for {wanted}")

    monkeypatch.setattr(house.store, "_new_keys", never)


async def begin(house: House, numbers: Iterable[int]) -> None:
    """So many people begin a report in the same moment."""
    events = [Started(f"e{n}", START, PersonId(f"p{n}"), PLATFORM, "report") for n in numbers]
    await asyncio.gather(*map(house.service.take, events))
    await house.service.quiet()


def ids(files: Iterable[CaseFile]) -> list[CaseId]:
    return [file.case.id for file in files]


async def test_cases_that_begin_at_once_share_no_id_and_wait_for_no_key(
    houses: Houses, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = await houses()
    no_keys_in_turns(house, monkeypatch)
    await begin(house, range(AT_ONCE))
    begun = ids(await house.files())
    assert len(set(begun)) == AT_ONCE
    assert set(begun).isdisjoint(spares(house))
    assert cases_with_keys(house) == {*begun, *spares(house)}
    assert MOST // 2 < len(spares(house)) <= MOST


async def test_no_turn_waits_for_spares(houses: Houses, monkeypatch: pytest.MonkeyPatch) -> None:
    house = await houses()
    prepare, go = house.store.prepare, asyncio.Event()

    async def slow(*what: Any) -> None:
        await go.wait()
        await prepare(*what)

    monkeypatch.setattr(house.store, "prepare", slow)
    for number in range(MOST + 1):  # with the last one there is no spare left
        await house.service.take(Started(f"e{number}", START, PersonId(f"p{number}"), PLATFORM, "report"))
    assert spares(house) == []
    go.set()
    await house.service.quiet()
    assert len(set(ids(await house.files()))) == MOST + 1
    assert len(spares(house)) > 0


async def test_a_kill_between_making_and_use_loses_nothing(houses: Houses) -> None:
    house = await houses()
    left, begun = set(spares(house)), set[CaseId]()
    for life in range(3):
        await begin(house, [life])
        before = len(begun)
        begun.update(ids(await house.files()))
        assert len(begun) == before + 1
        await house.again()
        left.update(spares(house))
    # what earlier lives left is in nobody's way, is not taken up, and is little
    assert set(ids(await house.files())) == begun
    assert begun.isdisjoint(spares(house))
    assert cases_with_keys(house) == left
    assert len(left) <= 4 * MOST


async def test_an_erased_case_stays_erased_among_spares(houses: Houses) -> None:
    house = await houses()
    stage = house.stage()
    ana = stage.person("Ana")
    await stage.line(ana, "report")
    (case,) = ids(await house.files())
    await stage.line(ana, "delete")
    await stage.line(ana, "[Yes]")
    assert await house.files() == []
    left = spares(house)
    await house.again()
    assert house.store._vault.keys.destroyed() == {case}
    assert cases_with_keys(house) == {*left, *spares(house)}


async def test_lists_of_readers_that_are_published_have_their_keys_at_once(
    houses: Houses, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = await houses()
    fresh = spares(house)[-1]
    known = {answer_class(readers) for readers in setting().flows.readers()}
    assert known < kinds(house, fresh)
    new = answer_class([Role.ON_CALL])
    assert new not in kinds(house, fresh)
    flows = setting().flows
    changed = replace(flows.current["advice"], visible_to=(Role.ON_CALL,))
    monkeypatch.setattr(house.service._spares, "_flows", lambda: Flows({**flows.current, "advice": changed}))
    await begin(house, [1])
    assert new in kinds(house, fresh)
    assert fresh in spares(house)


async def test_without_spares_a_turn_makes_its_keys_itself(
    houses: Houses, monkeypatch: pytest.MonkeyPatch, log: StringIO
) -> None:
    house = await houses()
    ready = spares(house)

    async def full(*_: object) -> None:
        raise OSError("no room")

    with monkeypatch.context() as patch:
        patch.setattr(house.store, "prepare", full)
        await begin(house, range(MOST + 2))
        assert "spares_failed" in log.getvalue()
        assert spares(house) == []
    begun = ids(await house.files())
    assert begun[:MOST] == ready
    assert len(set(begun)) == MOST + 2
    await begin(house, [MOST + 2])
    assert len(spares(house)) == MOST
