"""The contract of the port `Store`: the case, as it was saved. For every store there is."""

from __future__ import annotations

import asyncio
import threading
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.cases.case import CaseFile
from bot.cases.permissions import Engine
from bot.core.ids import CaseId, SessionId
from bot.errors import Invariant
from bot.runtime.ports import Entry, NewTimer, Saved
from storage import audit
from storage.changes import compare
from storage.store import SqliteStore
from storage.tx import Recent, SqliteTx
from storage.writes import Head, write
from tests.storage.conftest import Opener
from tests.storage.making import ANNA, CASE, NOW, TALK, a_case, case_files, load, moved, owe, save, words


def order(file: CaseFile | None) -> list[tuple[str, list[str]]]:
    assert file is not None
    return sorted((session.id, list(session.answers)) for session in file.sessions.values())


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
            assert await tx.load(CASE, Engine.LOOK_AFTER) == file
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
    assert not await store.audit(CASE, Engine.LOOK_AFTER)
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
    with pytest.raises(Invariant):
        await save(store, Saved(moved(moved(file)), moved(file)))
    with pytest.raises(Invariant):
        async with store.begin() as tx:
            await tx.save(Saved(moved(file), file))
    assert await load(store) == file


async def test_many_tasks_take_turns(store: SqliteStore) -> None:
    await save(store, Saved(a_case(), None))

    async def turn(number: int) -> None:
        async with store.begin() as tx:
            file = await tx.load(CASE, Engine.LOOK_AFTER)
            assert file is not None
            await asyncio.sleep(0)
            await tx.save(Saved(moved(file, **{f"q{number}": words(str(number))}), file))

    await asyncio.gather(*(turn(number) for number in range(20)))
    file = await load(store)
    assert file is not None
    assert file.case.revision == 20
    assert len(file.sessions[TALK].answers) == 20


async def test_a_version_that_moved_meanwhile_is_seen(store: SqliteStore) -> None:
    file = await save(store, Saved(a_case(), None))
    changes = compare(file, moved(file))
    with pytest.raises(Invariant, match="somebody else"):
        write(store._writer, store._vault, Saved(moved(file), file), changes, Head(7, 0, b""))


async def test_few_cases_stay_in_memory() -> None:
    recent = Recent(most=2)
    for number, case in enumerate("abc"):
        recent.put(CaseId(case), number, a_case(case))
    assert [recent.get(CaseId(case), number) is None for number, case in enumerate("abc")] == [True, False, False]
    assert recent.get(CaseId("c"), 9) is None


async def test_one_transaction_may_save_twice(store: SqliteStore) -> None:
    file = a_case()
    async with store.begin() as tx:
        await tx.save(Saved(file, None, entries=[Entry(NOW, "began", ANNA)]))
        assert await tx.load(CASE, Engine.LOOK_AFTER) == file
        await tx.save(Saved(moved(file), file, entries=[Entry(NOW, "answered", ANNA)]))
    assert await load(store) == moved(file)
    assert audit.verify(CASE, await store.audit(CASE, Engine.LOOK_AFTER)) is None


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
