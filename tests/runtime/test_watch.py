"""No case is forgotten: what a look finds climbs, each case by itself, and the figures say what was seen."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from io import StringIO

from bot.cases.case import Case, CaseFile, Status
from bot.cases.permissions import Engine
from bot.cases.watch import Trouble, Watched
from bot.core.events import Event, LookedAt
from bot.core.ids import CaseId
from bot.core.people import Absence, People
from bot.runtime.ports import Saved
from bot.runtime.view import Setting
from bot.runtime.watch import EVERY, Watch
from bot.simulation.stage import Stage
from tests.runtime.conftest import Houses
from tests.runtime.making import House, setting
from tests.runtime.talks import REPORT, talk


async def reported(house: House, who: str = "Ana", count: int = 0) -> Stage:
    stage = house.stage()
    stage.count = count
    await talk(stage, stage.person(who), REPORT)
    return stage


def watch(
    house: House, people: People | None = None, take: Callable[[Event], Awaitable[object]] | None = None
) -> Watch:
    here = replace(setting(), people=people or setting().people)

    def as_it_is() -> Setting:
        return here

    return Watch(house.store, take or house.service.take, as_it_is, house.clock)


async def forget(house: House, change: Callable[[Case], Case]) -> CaseFile:
    """Nothing is waited for any more, as after a mistake of ours."""
    (file,) = await house.files()
    changed = CaseFile(change(replace(file.case, revision=file.case.revision + 1)), file.sessions)
    async with house.store.begin() as tx:
        loaded = await tx.load(file.case.id, Engine.LOOK_AFTER)
        await tx.save(Saved(changed, loaded, cancelled=[f"rung:{file.case.rung}"]))
    return changed


async def test_a_case_in_order_is_only_counted(houses: Houses) -> None:
    house = await houses()
    await reported(house)
    (before,) = await house.files()
    looked = watch(house)
    assert await looked.look() == 0
    assert looked.counts == Watched(1, 0, dict.fromkeys(Trouble, 0))
    assert await house.files() == [before]


async def test_an_alert_on_its_way_is_waited_for(houses: Houses) -> None:
    house = await houses()
    await reported(house)
    (file,) = await house.files()
    async with house.store.begin() as tx:
        assert await tx.waits(file.case.id, 1)
        assert not await tx.waits(file.case.id, 2)
        assert not await tx.waits(CaseId("other"), 1)


async def test_what_nobody_waits_for_climbs(houses: Houses) -> None:
    house = await houses()
    await reported(house)
    forgotten = await forget(house, lambda case: case)
    looked = watch(house)
    assert await looked.look() == 1
    await house.service.quiet()
    (after,) = await house.files()
    assert after.case.owner != forgotten.case.owner
    assert after.case.status is Status.ESCALATED
    assert looked.counts.mended[Trouble.STILL] == 1
    assert await looked.look() == 0


async def test_a_case_that_only_a_fallback_has_is_counted(houses: Houses) -> None:
    house = await houses()
    await reported(house)
    vera = house.stage().person("Vera")
    (file,) = await house.files()
    async with house.store.begin() as tx:
        loaded = await tx.load(file.case.id, Engine.LOOK_AFTER)
        gap = replace(file.case, owner=vera, ownerless=1, revision=file.case.revision + 1)
        await tx.save(Saved(CaseFile(gap, file.sessions), loaded))
    looked = watch(house)
    await looked.look()
    assert (looked.counts.open, looked.counts.without_owner) == (1, 1)


async def test_drafts_and_cases_at_rest_are_not_looked_at(houses: Houses) -> None:
    house = await houses()
    stage = await reported(house)
    await stage.line(stage.person("Bo"), "chikane")
    await stage.line(stage.person("Ana"), "withdraw")
    await stage.line(stage.person("Ana"), "[Yes]")
    assert await house.store.open_cases(Engine.LOOK_AFTER) == []


async def test_one_look_that_fails_holds_up_no_other_and_is_done_again(houses: Houses, log: StringIO) -> None:
    house = await houses()
    await reported(house)
    await forget(house, lambda case: case)
    await reported(house, "Eva", 100)

    async def fails(event: Event) -> None:
        raise ZeroDivisionError

    looked = watch(house, take=fails)
    assert await looked.look() == 0
    assert looked.counts.open == 2
    assert "look_failed" in log.getvalue()
    assert await watch(house).look() == 1


async def test_a_look_that_comes_late_changes_nothing(houses: Houses) -> None:
    house = await houses()
    await reported(house)
    (before,) = await house.files()
    await house.service.take(LookedAt("l:late", house.clock.now(), before.case.id))
    (after,) = await house.files()
    assert replace(after.case, revision=before.case.revision) == before.case
    await house.service.take(LookedAt("l:gone", house.clock.now(), CaseId("gone")))


async def test_it_looks_by_itself_every_few_minutes(houses: Houses) -> None:
    house = await houses(timers=True)
    stage = await reported(house)
    await stage.line(stage.person("Luis"), "[I will take this]")
    async with asyncio.timeout(60):
        while not house.service.watched.open:
            await house.wait(EVERY)
    assert (house.service.watched.open, house.service.watched.without_owner) == (1, 0)


async def test_asked_by_hand_it_looks_no_more_often_than_that(houses: Houses) -> None:
    house = await houses()
    await reported(house)
    assert await house.service.fire_due() == 0
    await forget(house, lambda case: case)
    await house.clock.move(timedelta(minutes=4))
    assert await house.service.fire_due() == 0
    await house.clock.move(timedelta(minutes=1))
    assert await house.service.fire_due() == 2  # and the report looks for others like it


async def test_whoever_goes_on_leave_is_stood_in_for(houses: Houses) -> None:
    house = await houses()
    stage = await reported(house)
    luis = stage.person("Luis")
    await stage.line(luis, "[I will take this]")
    now = house.clock.now()
    people = setting().people
    leave = replace(people.by_id[luis], away=(Absence(now, now + timedelta(days=3)),))
    away = People({**people.by_id, luis: leave})
    taken: list[Event] = []

    async def notes(event: Event) -> None:
        taken.append(event)

    looked = watch(house, away, notes)
    assert await looked.look() == 1
    assert looked.counts.mended == {Trouble.LOST: 0, Trouble.STILL: 0, Trouble.AWAY: 1}
    assert isinstance(taken[0], LookedAt)


async def test_whoever_cannot_have_a_case_has_no_part_in_it(houses: Houses) -> None:
    house = await houses()
    stage = await reported(house)
    luis, kim = stage.person("Luis"), stage.person("Kim")
    await stage.line(luis, "[I will take this]")
    card = stage.screens.of(luis)[-1].message
    await stage.line(luis, "I cannot have this case")
    await stage.line(luis, "{note: }")
    count, shown = len(stage.screens.news), [s.message for s in stage.screens.of(luis)]
    assert not [message for message in shown if message.token is not None or message.choices]
    await stage.line(kim, "[Jeg tager sagen]")
    await stage.wait(timedelta(days=4))
    assert [message for person, _, message in stage.screens.news[count:] if person == luis] == []
    assert card.token is not None
    (file,) = await house.files()
    assert (file.case.recused, file.case.owner == luis) == ({luis}, False)
