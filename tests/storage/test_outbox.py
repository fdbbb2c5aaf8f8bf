"""The contract of the port `Store`: what is owed and what became of it. For every store there is."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.events import Delivered, DeliveryFailed
from bot.core.ids import Slot
from bot.core.messages import Message
from bot.core.reach import EVERYWHERE, Reach
from bot.errors import Invariant
from bot.runtime.detour import nudge_key
from bot.runtime.owed import Change, Elsewhere, GivenUp, Later, NewOwed, Nudge, Owed, Post, Receipt, Remove, Wish
from bot.runtime.ports import Saved
from storage.store import SqliteStore
from tests.storage.making import (
    ANNA,
    BO,
    CASE,
    LANE,
    NOW,
    a_case,
    load,
    moved,
    owe,
    save,
    wishes,
)


async def posted(store: SqliteStore) -> list[str]:
    async with store.begin() as tx:
        return sorted(await tx.posted(CASE, ANNA, "terminal"))


# --- the outbox ------------------------------------------------------------------------------------------------------
async def test_a_lane_gives_its_rows_in_order(store: SqliteStore) -> None:
    assert await store.newest_owed() == 0
    alert = replace(owe(9, to=BO, awaited=True), lane="alert:bo")
    await save(store, Saved(a_case(), None, owed=[owe(2), owe(1), alert, owe(3)]))
    assert await store.lanes() == [LANE, "alert:bo"]
    rows = await store.owed(LANE, 2)
    assert [row.key for row in rows] == ["c1:2:0", "c1:1:0"]
    assert [row.wish for row in rows] == [Post(Message("Message 2")), Post(Message("Message 1"))]
    (row,) = await store.owed("alert:bo", 10)
    expected = Owed(row.id, alert.key, alert.lane, CASE, alert.slot, BO, "terminal", alert.wish, awaited=True)
    assert row == expected
    assert await store.newest_owed() == max(r.id for r in (*await store.owed(LANE, 9), row))
    assert not await store.owed("chat:nobody:terminal", 10)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(wishes=st.lists(wishes, min_size=1, max_size=3))
def test_every_wish_comes_back_as_it_was(examples: tuple[asyncio.Runner, SqliteStore], wishes: list[Wish]) -> None:
    runner, store = examples

    async def check() -> None:
        before = await load(store)
        done = before.case.revision if before is not None else 0
        rows = [owe(done * 10 + index, wish) for index, wish in enumerate(wishes)]
        await save(store, Saved(moved(before or a_case()), before, owed=rows))
        found = await store.owed(LANE, 10)
        assert [row.wish for row in found] == wishes
        await store.settle([Receipt(row, "h") for row in found], NOW)
        assert not await store.lanes()

    runner.run(check())


async def test_a_message_is_owed_once(store: SqliteStore) -> None:
    file = await save(store, Saved(a_case(), None, owed=[owe(1)]))
    with pytest.raises(Invariant):
        await save(store, Saved(moved(file), file, owed=[owe(1)]))
    assert await load(store) == file


async def test_what_arrived_is_known_by_its_handle(store: SqliteStore) -> None:
    file = await save(store, Saved(a_case(), None, owed=[owe(1, awaited=True)]))
    (row,) = await store.owed(LANE, 10)
    await store.settle([Receipt(row, "D024:1700.01")], NOW)
    assert not await store.lanes()
    assert await store.handle(CASE, row.slot, ANNA, "terminal") == "D024:1700.01"
    assert await store.handle(CASE, row.slot, BO, "terminal") is None
    assert await store.handle(CASE, row.slot, ANNA, "slack") is None
    assert await store.arrived() == [Delivered("d:c1:1:0", NOW, CASE, row.slot, ANNA, "terminal")]

    changes: list[NewOwed] = [owe(2, Change(Message("Other")))]
    await save(store, Saved(moved(file), file, owed=changes))
    (row,) = await store.owed(LANE, 10)
    await store.settle([Receipt(row, "")], NOW)
    assert await store.handle(CASE, row.slot, ANNA, "terminal") == "D024:1700.01"
    await save(store, Saved(moved(moved(file)), moved(file), owed=[owe(3, Change(Message("Third")))]))
    (row,) = await store.owed(LANE, 10)
    await store.settle([Receipt(row, "D024:1700.02")], NOW)
    assert await store.handle(CASE, row.slot, ANNA, "terminal") == "D024:1700.02"


async def test_a_change_without_a_message_makes_none(store: SqliteStore) -> None:
    await save(store, Saved(a_case(), None, owed=[owe(1, Change(Message("Other")))]))
    (row,) = await store.owed(LANE, 10)
    await store.settle([Receipt(row, "h")], NOW)
    assert await store.handle(CASE, row.slot, ANNA, "terminal") is None
    assert not await posted(store)


async def test_later_is_counted_and_keeps_its_place(store: SqliteStore) -> None:
    await save(store, Saved(a_case(), None, owed=[owe(1), owe(2)]))
    first, second = await store.owed(LANE, 10)
    await store.settle([Later(first, NOW + timedelta(seconds=5))], NOW)
    again, _ = await store.owed(LANE, 10)
    assert again == replace(first, attempts=1, not_before=NOW + timedelta(seconds=5))
    await store.settle([Receipt(again, "h"), Later(second, NOW)], NOW)
    assert [row.attempts for row in await store.owed(LANE, 10)] == [1]


async def test_what_was_given_up_is_told_if_somebody_waits(store: SqliteStore) -> None:
    await save(store, Saved(a_case(), None, owed=[owe(1), owe(2, slot="s1:b", awaited=True)]))
    rows = await store.owed(LANE, 10)
    await store.settle([GivenUp(row, "blocked") for row in rows], NOW)
    assert not await store.lanes()
    assert await store.arrived() == [DeliveryFailed("f:c1:2:0", NOW, CASE, Slot("s1:b"), ANNA, "blocked")]
    assert not await posted(store)


async def test_settling_twice_tells_once(store: SqliteStore) -> None:
    await save(store, Saved(a_case(), None, owed=[owe(1, awaited=True)]))
    (row,) = await store.owed(LANE, 10)
    await store.settle([Receipt(row, "a")], NOW)
    await store.settle([Receipt(row, "b"), GivenUp(row, "gone")], NOW)
    assert len(await store.arrived()) == 1
    assert await store.handle(CASE, row.slot, ANNA, "terminal") == "a"


async def test_posted_is_what_stands_or_will_stand(store: SqliteStore) -> None:
    file = await save(store, Saved(a_case(), None, owed=[owe(1, slot="a"), owe(2, slot="b"), owe(3, slot="x", to=BO)]))
    assert await posted(store) == ["a", "b"]
    first, second = await store.owed(LANE, 10)
    await store.settle([Receipt(first, "h1"), Receipt(second, "h2")], NOW)
    assert await posted(store) == ["a", "b"]
    later = await save(store, Saved(moved(file), file, owed=[owe(4, Remove(), slot="a"), owe(5, slot="c")]))
    assert await posted(store) == ["b", "c"]
    gone, _ = await store.owed(LANE, 10)
    await store.settle([Receipt(gone, "")], NOW)
    assert await posted(store) == ["b", "c"]
    assert await store.handle(CASE, Slot("a"), ANNA, "terminal") is None
    await save(store, Saved(moved(later), later, owed=[owe(6, slot="a")]))
    assert await posted(store) == ["a", "b", "c"]


# --- other ways ------------------------------------------------------------------------------------------------------
DETOUR = NOW + timedelta(minutes=10)


def alert(number: int) -> NewOwed:
    return replace(owe(number, slot="alert:1", awaited=True), lane="alert:terminal:anna-4711", detour=DETOUR)


def nudge_for(new: NewOwed | Owed, way: str) -> NewOwed:
    key = nudge_key(new.key, way)
    return NewOwed(key, f"{way}:{new.to}", new.slot, new.to, way, Nudge("da"), awaited=False, detour=DETOUR)


async def test_when_it_may_go_another_way_is_kept(store: SqliteStore) -> None:
    await save(store, Saved(a_case(), None, owed=[alert(1), replace(alert(2), nudged=True)]))
    first, second = await store.owed(alert(1).lane, 9)
    assert (first.detour, first.nudged) == (DETOUR, False)
    assert (second.detour, second.nudged) == (DETOUR, True)


async def test_an_alert_that_moves_is_owed_in_its_new_place_only(store: SqliteStore) -> None:
    await save(store, Saved(a_case(), None, owed=[alert(1)]))
    (row,) = await store.owed(alert(1).lane, 9)
    new = replace(alert(1), lane="alert:other:anna-4711", platform="other")
    await store.settle([Elsewhere(row, new)], NOW)
    assert await store.lanes() == [new.lane]
    (moved_row,) = await store.owed(new.lane, 9)
    assert (moved_row.key, moved_row.wish, moved_row.detour) == (row.key, row.wish, DETOUR)
    assert moved_row.id > row.id
    async with store.begin() as tx:
        assert await tx.posted(CASE, ANNA, "terminal") == []
        assert await tx.posted(CASE, ANNA, "other") == [row.slot]
    await store.settle([Elsewhere(row, new)], NOW)  # settled before: nothing more
    assert len(await store.owed(new.lane, 9)) == 1
    assert not await store.arrived()


async def test_a_nudge_stands_beside_its_alert_and_goes_when_that_arrives(store: SqliteStore) -> None:
    await save(store, Saved(a_case(), None, owed=[alert(1)]))
    (row,) = await store.owed(alert(1).lane, 9)
    await store.settle([Elsewhere(row, nudge_for(row, "mail"), stays=True)], NOW)
    (row,) = await store.owed(alert(1).lane, 9)
    assert row.nudged
    (mail,) = await store.owed(f"mail:{ANNA}", 9)
    assert mail.wish == Nudge("da")
    await store.settle([Elsewhere(mail, nudge_for(mail, "pager"))], NOW)
    assert await store.lanes() == [row.lane, f"pager:{ANNA}"]
    await store.settle([Receipt(row, "h")], NOW)
    assert await store.lanes() == []


async def test_a_nudge_that_was_sent_leaves_nothing(store: SqliteStore) -> None:
    await save(store, Saved(a_case(), None, owed=[nudge_for(alert(1), "mail")]))
    (mail,) = await store.owed(f"mail:{ANNA}", 9)
    await store.settle([Receipt(mail, "<id>")], NOW)
    assert await store.lanes() == []
    assert await store.handle(CASE, mail.slot, ANNA, "mail") is None
    assert not await store.arrived()


async def test_a_closed_alert_hushes_its_nudges_and_no_others(store: SqliteStore) -> None:
    other = replace(nudge_for(owe(2, slot="alert:2"), "mail"))
    file = await save(store, Saved(a_case(), None, owed=[nudge_for(alert(1), "mail"), other, alert(1)]))
    await save(store, Saved(moved(file), file, hushed=[Slot("alert:1")]))
    assert [row.slot for row in await store.owed(f"mail:{ANNA}", 9)] == ["alert:2"]
    assert len(await store.owed(alert(1).lane, 9)) == 1


async def test_who_is_barred_gets_nothing_new_and_loses_what_stands(store: SqliteStore) -> None:
    rows = [alert(1), owe(2, Change(Message("gone"))), owe(3, to=BO), nudge_for(alert(4), "mail")]
    file = await save(store, Saved(a_case(), None, owed=rows))
    last = owe(5, Change(Message("closed")))
    await save(store, Saved(moved(file), file, owed=[last], barred=[(ANNA, "terminal"), (ANNA, "mail")]))
    assert [row.key for row in await store.owed(LANE, 9)] == ["c1:2:0", "c1:5:0"]
    assert await store.lanes() == [LANE, owe(3, to=BO).lane]


# --- reaching people -------------------------------------------------------------------------------------------------
async def test_what_is_known_of_reaching_people_is_kept(store: SqliteStore) -> None:
    assert await store.reaches() == []
    anna = Reach(ANNA, "teams", installed=NOW)
    await store.put_reaches([anna, Reach(ANNA, "slack", delivered=NOW), Reach(BO, "teams", failed=NOW)])
    newer = replace(anna, failed=NOW + timedelta(hours=1))
    await store.put_reaches([newer])
    found = {(reach.person, reach.platform): reach for reach in await store.reaches()}
    assert len(found) == 3
    assert found[ANNA, "teams"] == newer
    assert found[BO, "teams"] == Reach(BO, "teams", failed=NOW)


async def test_a_language_is_kept_with_the_turn_in_which_it_was_asked_for(store: SqliteStore) -> None:
    file = await save(store, Saved(a_case(), None, spoken={ANNA: "da"}))
    assert await store.reaches() == [Reach(ANNA, EVERYWHERE, language="da")]
    await save(store, Saved(moved(file), file, spoken={ANNA: "en"}))
    assert await store.reaches() == [Reach(ANNA, EVERYWHERE, language="en")]


async def test_who_is_reached_where_rests_sealed(store: SqliteStore) -> None:
    await store.put_reaches([Reach(ANNA, "teams", delivered=NOW)])
    ((place, contents),) = store._reader.execute("SELECT place, contents FROM reach").fetchall()
    for telling in (ANNA.encode(), b"teams"):
        assert telling not in place + contents
