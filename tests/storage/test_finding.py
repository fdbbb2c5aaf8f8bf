"""The contract of the port `Store`: who is found by what. For every store there is."""

from __future__ import annotations

from dataclasses import replace

from bot.cases.case import CaseFile
from bot.cases.case import Status as CaseStatus
from bot.cases.permissions import Engine
from bot.core.ids import CaseId, SessionId
from bot.core.people import PersonId
from bot.core.session import Status
from bot.runtime.ports import Saved
from storage.store import SqliteStore
from tests.storage.making import ANNA, BO, CASE, TALK, a_case, moved, save


async def test_who_is_accused_follows_the_case_and_is_blind(store: SqliteStore) -> None:
    file = await save(store, Saved(a_case(), None))
    known: list[set[bytes]] = []
    for accused in ({ANNA, BO}, {BO}, set[PersonId]()):
        after = CaseFile(replace(file.case, accused=frozenset(accused)), file.sessions)
        file = await save(store, Saved(after, file))
        known.append({row[0] for row in store._reader.execute("SELECT person FROM accused WHERE case_id = ?", (CASE,))})
    assert [len(rows) for rows in known] == [2, 1, 0]
    assert known[1] < known[0]
    (reporter,) = store._reader.execute("SELECT reporter FROM cases").fetchone()
    assert reporter not in known[0]


async def test_talks_are_those_that_go_on_the_newest_last(store: SqliteStore) -> None:
    first = await save(store, Saved(a_case("c1", "s1"), None))
    second = await save(store, Saved(a_case("c2", "s2"), None))
    await save(store, Saved(a_case("c3", "s3", BO), None))
    async with store.begin() as tx:
        assert await tx.talks(ANNA) == [("s1", "c1"), ("s2", "c2")]
        assert await tx.cases_of(ANNA) == ["c1", "c2"]
        assert await tx.case_of(SessionId("s3")) == "c3"
        assert (await tx.load(CASE, Engine.LOOK_AFTER), await tx.load(CaseId("c2"), Engine.LOOK_AFTER)) == (
            first,
            second,
        )
        paused = replace(first.sessions[TALK], status=Status.PAUSED)
        await tx.save(Saved(CaseFile(first.case, {TALK: paused}), first))
        ended = replace(second.sessions[SessionId("s2")], status=Status.ENDED)
        closed = replace(second.case, status=CaseStatus.CLOSED)
        await tx.save(Saved(CaseFile(closed, {SessionId("s2"): ended}), second))
        assert await tx.talks(ANNA) == [("s1", "c1")]
        assert await tx.cases_of(ANNA) == ["c1"]


async def test_a_talk_that_is_handed_over_is_found_with_its_new_person(store: SqliteStore) -> None:
    file = await save(store, Saved(a_case(), None))
    handed = replace(file.sessions[TALK], person=BO)
    async with store.begin() as tx:
        await tx.load(CASE, Engine.LOOK_AFTER)
        await tx.save(Saved(CaseFile(file.case, {TALK: handed}), file))
        assert await tx.talks(BO) == [(TALK, CASE)]
        assert await tx.talks(ANNA) == []


async def test_focus_is_kept_by_person_and_platform(store: SqliteStore) -> None:
    file = await save(store, Saved(a_case(), None, focus={(ANNA, "slack"): TALK, (ANNA, "teams"): TALK}))
    async with store.begin() as tx:
        assert await tx.load(CASE, Engine.LOOK_AFTER) == file
        await tx.save(Saved(moved(file), file, focus={(ANNA, "slack"): None, (ANNA, "teams"): SessionId("s2")}))
    async with store.begin() as tx:
        assert await tx.focus(ANNA, "slack") is None
        assert await tx.focus(ANNA, "teams") == "s2"
        assert await tx.focus(BO, "teams") is None


async def test_seats_follow_the_case_are_blind_and_go_with_it(store: SqliteStore) -> None:
    file = await save(store, Saved(a_case(), None))
    for seated in ({ANNA, BO}, {BO}, set[PersonId]()):
        file = await save(store, Saved(CaseFile(replace(file.case, seated=frozenset(seated)), file.sessions), file))
        async with store.begin() as tx:
            assert [bool(await tx.seats(person)) for person in (ANNA, BO)] == [ANNA in seated, BO in seated]
    file = await save(store, Saved(CaseFile(replace(file.case, seated=frozenset({BO})), file.sessions), file))
    (blind,) = store._reader.execute("SELECT person FROM seats").fetchone()
    assert store._vault.blind("accused.person", BO) != blind != store._vault.blind("cases.reporter", BO)
    await save(store, Saved(file, file, erase=True))
    assert store._reader.execute("SELECT count(*) FROM seats").fetchone() == (0,)
