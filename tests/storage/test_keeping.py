"""The contract of the port `Store`: timers, files, the audit chain, flow versions. For every store there is."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, given, settings

from bot.cases.permissions import Engine
from bot.core.answers import FileRef
from bot.core.ids import CaseId
from bot.runtime.ports import Entry, FlowVersion, NewTimer, Saved
from storage import audit
from storage.store import SqliteStore
from tests.storage.making import (
    ANNA,
    CASE,
    NOW,
    a_case,
    load,
    moved,
    save,
    spans,
)


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
        assert await tx.load(CASE, Engine.LOOK_AFTER) == file
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
    assert await store.file(CASE, "f1", Engine.LOOK_AFTER) == data
    assert await store.file(CASE, "f2", Engine.LOOK_AFTER) is None
    assert await store.file(CaseId("c2"), "f1", Engine.LOOK_AFTER) is None


async def test_the_audit_chain_goes_on_from_turn_to_turn(store: SqliteStore) -> None:
    file = await save(store, Saved(a_case(), None, entries=[Entry(NOW, "began", ANNA), Entry(NOW, "shown", None)]))
    await save(store, Saved(a_case("c2", "s2"), None, entries=[Entry(NOW, "began", ANNA)]))
    file = await save(store, Saved(moved(file), file))
    await save(store, Saved(moved(file), file, entries=[Entry(NOW, "answered", ANNA, "report.kinds")]))
    lines = await store.audit(CASE, Engine.LOOK_AFTER)
    assert [(line.number, line.kind, line.detail) for line in lines] == [
        (1, "began", ""),
        (2, "shown", ""),
        (3, "answered", "report.kinds"),
    ]
    assert lines[0].person == lines[2].person != ""
    assert lines[1].person == ""
    assert ANNA not in lines[0].person
    assert lines[0].person != (await store.audit(CaseId("c2"), Engine.LOOK_AFTER))[0].person
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
