"""The contract of the port `Store`, for every store there is."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.cases.case import CaseFile
from bot.cases.case import Status as CaseStatus
from bot.core.answers import FileRef
from bot.core.events import CaseChanged, Delivered, DeliveryFailed, Said
from bot.core.ids import CaseId, SessionId, Slot
from bot.core.messages import Message
from bot.core.session import Status
from bot.errors import Invariant
from bot.runtime.ports import (
    Change,
    Entry,
    FlowVersion,
    GivenUp,
    Later,
    NewOwed,
    NewTimer,
    Owed,
    Post,
    Receipt,
    Remove,
    Saved,
    Wish,
)
from storage import audit
from storage.store import SqliteStore
from storage.tx import SqliteTx
from tests.storage.conftest import Opener
from tests.storage.making import ANNA, BO, CASE, NOW, TALK, a_case, case_files, moved, owe, spans, wishes, words

LANE = f"chat:{ANNA}:terminal"


async def save(store: SqliteStore, saved: Saved) -> CaseFile:
    async with store.begin() as tx:
        await tx.save(saved)
    return saved.file


async def load(store: SqliteStore, case: str = CASE) -> CaseFile | None:
    async with store.begin() as tx:
        return await tx.load(CaseId(case))


async def posted(store: SqliteStore) -> list[str]:
    async with store.begin() as tx:
        return sorted(await tx.posted(CASE, ANNA, "terminal"))


def order(file: CaseFile | None) -> list[tuple[str, list[str]]]:
    assert file is not None
    return sorted((session.id, list(session.answers)) for session in file.sessions.values())


# --- the case --------------------------------------------------------------------------------------------------------
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(files=st.lists(case_files, min_size=1, max_size=4))
def test_a_case_comes_back_from_disk_as_it_was_saved_whatever_changed(
    examples: tuple[asyncio.Runner, SqliteStore], files: list[CaseFile]
) -> None:
    runner, store = examples

    async def check() -> None:
        before = await load(store)
        for file in files:
            await save(store, Saved(file, before))
            warm = await load(store)
            store._recent.drop(CASE)
            cold = await load(store)
            assert warm == cold == file
            assert order(warm) == order(cold) == order(file)
            before = cold

    runner.run(check())


async def test_an_unknown_case_is_none(store: SqliteStore) -> None:
    assert await load(store, "nobody") is None
    async with store.begin() as tx:
        assert await tx.case_of(SessionId("nobody")) is None
        assert await tx.focus(ANNA, "terminal") is None
        assert not await tx.talks(ANNA)
        assert not await tx.cases_of(ANNA)


async def test_a_case_outlives_its_store(reopen: Opener) -> None:
    store = await reopen()
    file = await save(store, Saved(a_case(story=words("He shouted.")), None))
    await store.close()
    again = await reopen()
    assert await load(again) == file
    await again.close()


async def test_what_is_rolled_back_leaves_nothing(store: SqliteStore) -> None:
    file = await save(store, Saved(a_case(), None))

    async def turn() -> None:
        async with store.begin() as tx:
            assert await tx.first_time("e1", "said", NOW)
            await tx.save(
                Saved(
                    moved(file, story=words("Lost")),
                    file,
                    owed=[owe(1)],
                    timers=[NewTimer("t", NOW, timedelta(0))],
                    entries=[Entry(NOW, "answered", ANNA)],
                    focus={(ANNA, "terminal"): TALK},
                )
            )
            raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError, match="in the middle"):
        await turn()
    assert await load(store) == file
    assert not await store.lanes()
    assert not await store.audit(CASE)
    assert await store.next_timer() is None
    async with store.begin() as tx:
        assert await tx.first_time("e1", "said", NOW)
        assert await tx.focus(ANNA, "terminal") is None


async def test_a_turn_that_started_from_an_older_case_is_refused(store: SqliteStore) -> None:
    file = await save(store, Saved(a_case(), None))
    with pytest.raises(Invariant):
        await save(store, Saved(a_case(), None))
    with pytest.raises(Invariant):
        await save(store, Saved(a_case("c2"), a_case("c2")))
    assert await load(store) == file


async def test_many_tasks_take_turns(store: SqliteStore) -> None:
    await save(store, Saved(a_case(), None))

    async def turn(number: int) -> None:
        async with store.begin() as tx:
            file = await tx.load(CASE)
            assert file is not None
            await asyncio.sleep(0)
            await tx.save(Saved(moved(file, **{f"q{number}": words(str(number))}), file))

    await asyncio.gather(*(turn(number) for number in range(20)))
    file = await load(store)
    assert file is not None
    assert file.case.revision == 20
    assert len(file.sessions[TALK].answers) == 20


async def test_one_transaction_may_save_twice(store: SqliteStore) -> None:
    file = a_case()
    async with store.begin() as tx:
        await tx.save(Saved(file, None, entries=[Entry(NOW, "began", ANNA)]))
        assert await tx.load(CASE) == file
        await tx.save(Saved(moved(file), file, entries=[Entry(NOW, "answered", ANNA)]))
    assert await load(store) == moved(file)
    assert audit.verify(CASE, await store.audit(CASE)) is None


async def test_a_cancelled_turn_leaves_nothing_and_lets_the_next_one_in(store: SqliteStore) -> None:
    inside = asyncio.Event()

    async def turn() -> None:
        async with store.begin() as tx:
            await tx.save(Saved(a_case(), None))
            inside.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(turn())
    await inside.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await load(store) is None


async def test_a_turn_cancelled_at_its_commit_is_whole(store: SqliteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    committing, go = asyncio.Event(), threading.Event()
    loop, finish = asyncio.get_running_loop(), store._finish

    def slowly(tx: SqliteTx) -> None:
        loop.call_soon_threadsafe(committing.set)
        go.wait()
        finish(tx)

    monkeypatch.setattr(store, "_finish", slowly)
    task = asyncio.create_task(save(store, Saved(a_case(), None)))
    await committing.wait()
    task.cancel()
    loop.call_soon(go.set)
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await load(store) == a_case()


# --- finding ---------------------------------------------------------------------------------------------------------
async def test_talks_are_those_that_go_on_the_newest_last(store: SqliteStore) -> None:
    first = await save(store, Saved(a_case("c1", "s1"), None))
    second = await save(store, Saved(a_case("c2", "s2"), None))
    await save(store, Saved(a_case("c3", "s3", BO), None))
    async with store.begin() as tx:
        assert await tx.talks(ANNA) == [("s1", "c1"), ("s2", "c2")]
        assert await tx.cases_of(ANNA) == ["c1", "c2"]
        assert await tx.case_of(SessionId("s3")) == "c3"
        paused = replace(first.sessions[TALK], status=Status.PAUSED)
        await tx.save(Saved(CaseFile(first.case, {TALK: paused}), first))
        ended = replace(second.sessions[SessionId("s2")], status=Status.ENDED)
        closed = replace(second.case, status=CaseStatus.CLOSED)
        await tx.save(Saved(CaseFile(closed, {SessionId("s2"): ended}), second))
        assert await tx.talks(ANNA) == [("s1", "c1")]
        assert await tx.cases_of(ANNA) == ["c1"]


async def test_focus_is_kept_by_person_and_platform(store: SqliteStore) -> None:
    file = await save(store, Saved(a_case(), None, focus={(ANNA, "slack"): TALK, (ANNA, "teams"): TALK}))
    async with store.begin() as tx:
        await tx.save(Saved(moved(file), file, focus={(ANNA, "slack"): None, (ANNA, "teams"): SessionId("s2")}))
    async with store.begin() as tx:
        assert await tx.focus(ANNA, "slack") is None
        assert await tx.focus(ANNA, "teams") == "s2"
        assert await tx.focus(BO, "teams") is None


# --- events ----------------------------------------------------------------------------------------------------------
async def test_an_event_counts_once_until_it_is_forgotten(store: SqliteStore) -> None:
    async with store.begin() as tx:
        assert await tx.first_time("e1", "said", NOW)
        assert not await tx.first_time("e1", "said", NOW)
    async with store.begin() as tx:
        assert not await tx.first_time("e1", "said", NOW)
        assert await tx.first_time("e2", "said", NOW + timedelta(days=2))
    await store.prune(NOW + timedelta(days=1))
    async with store.begin() as tx:
        assert await tx.first_time("e1", "said", NOW)
        assert not await tx.first_time("e2", "said", NOW)


async def test_what_is_handed_over_waits_until_it_is_taken(store: SqliteStore) -> None:
    said = Said("m1", NOW, ANNA, "terminal", "It was him.", meant_for=SessionId("s2"))
    handed = CaseChanged("h:c1:1", NOW, CaseId("c2"), said)
    await save(store, Saved(a_case("c2", "s2"), None))
    await save(store, Saved(a_case(), None, handed=[handed]))
    assert await store.arrived() == [handed]
    await store.prune(NOW + timedelta(days=1))
    assert await store.arrived() == [handed]
    async with store.begin() as tx:
        assert await tx.first_time(handed.id, "changed", NOW)
        assert not await tx.first_time(handed.id, "changed", NOW)
    assert not await store.arrived()


async def test_what_is_handed_to_an_erased_case_is_dropped(store: SqliteStore) -> None:
    other = await save(store, Saved(a_case("c2", "s2"), None))
    await save(store, Saved(other, other, erase=True))
    handed = CaseChanged("h1", NOW, CaseId("c2"), Said("m1", NOW, ANNA, "terminal", "Too late."))
    file = await save(store, Saved(a_case(), None, handed=[handed]))
    assert await load(store) == file
    assert not await store.arrived()


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
    assert await store.arrived() == [Delivered("d:c1:1:0", NOW, CASE, row.slot, ANNA)]

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


# --- timers ----------------------------------------------------------------------------------------------------------
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(grace=spans)
def test_timers_keep_their_times_exactly(examples: tuple[asyncio.Runner, SqliteStore], grace: timedelta) -> None:
    runner, store = examples

    async def check() -> None:
        before = await load(store)
        timer = NewTimer("s1:remind", NOW + grace, grace)
        await save(store, Saved(moved(before or a_case()), before, timers=[timer]))
        (due,) = await store.due(timer.at, 10)
        assert (due.case, due.key, due.at, due.grace) == (CASE, timer.key, timer.at, grace)

    runner.run(check())


async def test_timers_come_due_in_order_and_fire_once(store: SqliteStore) -> None:
    hour = timedelta(hours=1)
    timers = [NewTimer("b", NOW + hour, hour), NewTimer("a", NOW, hour), NewTimer("c", NOW + 2 * hour, hour)]
    file = await save(store, Saved(a_case(), None, timers=timers))
    assert await store.next_timer() == NOW
    assert [timer.key for timer in await store.due(NOW + hour, 10)] == ["a", "b"]
    assert [timer.key for timer in await store.due(NOW + hour, 1)] == ["a"]
    async with store.begin() as tx:
        assert await tx.drop_timer(CASE, "a", NOW)
        assert not await tx.drop_timer(CASE, "a", NOW)
        await tx.save(Saved(moved(file), file, timers=[NewTimer("b", NOW + 3 * hour, hour)], cancelled=["c", "d"]))
        assert not await tx.drop_timer(CASE, "b", NOW + hour)
    assert await store.next_timer() == NOW + 3 * hour
    assert [timer.key for timer in await store.due(NOW + 9 * hour, 10)] == ["b"]


# --- files, audit, flows ---------------------------------------------------------------------------------------------
async def test_files_are_kept_whole(store: SqliteStore) -> None:
    data = bytes(range(256)) * 5000
    ref = FileRef("f1", "screenshot.png", len(data), "image/png", "0" * 64)
    await save(store, Saved(a_case(), None))
    await store.put_file(CASE, data, ref)
    await store.put_file(CASE, data, ref)
    assert await store.file(CASE, "f1") == data
    assert await store.file(CASE, "f2") is None
    assert await store.file(CaseId("c2"), "f1") is None


async def test_the_audit_chain_goes_on_from_turn_to_turn(store: SqliteStore) -> None:
    file = await save(store, Saved(a_case(), None, entries=[Entry(NOW, "began", ANNA), Entry(NOW, "shown", None)]))
    await save(store, Saved(a_case("c2", "s2"), None, entries=[Entry(NOW, "began", ANNA)]))
    file = await save(store, Saved(moved(file), file))
    await save(store, Saved(moved(file), file, entries=[Entry(NOW, "answered", ANNA, "report.kinds")]))
    lines = await store.audit(CASE)
    assert [(line.number, line.kind, line.detail) for line in lines] == [
        (1, "began", ""),
        (2, "shown", ""),
        (3, "answered", "report.kinds"),
    ]
    assert lines[0].person == lines[2].person != ""
    assert lines[1].person == ""
    assert ANNA not in lines[0].person
    assert lines[0].person != (await store.audit(CaseId("c2")))[0].person
    assert audit.verify(CASE, lines) is None


async def test_the_last_published_version_is_the_current_one(store: SqliteStore) -> None:
    first = FlowVersion(
        "report", "abc", "one", {"report.yaml": "bistand: 1\n", "report.da.yaml": "æøå"}, NOW, current=True
    )
    second = replace(first, content="two", published=NOW + timedelta(hours=1))
    other = replace(first, name="respond")
    for version in (first, second, other):
        await store.publish(version)
    assert await store.flow_versions() == [replace(first, current=False), second, other]
    await store.publish(first)
    assert await store.flow_versions() == [first, replace(second, current=False), other]
