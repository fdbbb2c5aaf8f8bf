"""The contract of the port `Store`: events, each counted once. For every store there is."""

from __future__ import annotations

from datetime import timedelta

from bot.core.events import CaseChanged, Said
from bot.core.ids import CaseId, SessionId
from bot.runtime.ports import Saved
from storage.store import SqliteStore
from tests.storage.making import ANNA, NOW, a_case, load, save


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
