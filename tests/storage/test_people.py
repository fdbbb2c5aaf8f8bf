"""Which people the cases have heard of, in batches, over crashes; and accounts, sealed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.cases.case import Status
from bot.core.events import PeopleChanged
from bot.core.ids import CaseId
from bot.core.people import Absence, PersonId
from bot.runtime.accounts import Held, Standing
from bot.runtime.ports import Saved
from storage.sealed import Codec
from storage.store import SqliteStore
from tests.storage.conftest import Opener
from tests.storage.making import NOW, a_case, save

WORKING = ("c1", "c2", "c3", "c4", "c5")


async def filled(store: SqliteStore) -> None:
    """Five cases at work, and between them some at rest."""
    for number, status in enumerate((Status.OPENED, *Status), 1):
        file = a_case(f"r{number}", f"r{number}.1")
        at_rest = status in (Status.DRAFT, Status.CLOSED, Status.WITHDRAWN)
        await save(
            store, Saved(replace(file, case=replace(file.case, status=status if at_rest else Status.CLOSED)), None)
        )
    for case in WORKING:
        file = a_case(case, f"{case}.1")
        await save(store, Saved(replace(file, case=replace(file.case, status=Status.ALERTED)), None))


async def waiting(store: SqliteStore) -> list[tuple[str, CaseId]]:
    return [(event.id, event.case) for event in await store.arrived() if isinstance(event, PeopleChanged)]


async def take_all(store: SqliteStore) -> None:
    for event, _ in await waiting(store):
        async with store.begin() as tx:
            assert await tx.first_time(event, "PeopleChanged", NOW)


async def test_nobody_has_noted_anything(store: SqliteStore) -> None:
    assert await store.hand_round(NOW, 10) == 0


async def test_every_case_at_work_hears_once(store: SqliteStore) -> None:
    await filled(store)
    await store.note_people("a")
    assert [await store.hand_round(NOW, 2) for _ in range(4)] == [2, 2, 1, 0]
    assert await waiting(store) == [(f"p:1:{case}", case) for case in WORKING]
    await take_all(store)
    await store.note_people("a")
    assert await store.hand_round(NOW, 10) == 0
    assert await waiting(store) == []


async def test_after_a_crash_the_rest_hears(reopen: Opener) -> None:
    store = await reopen()
    await filled(store)
    await store.note_people("a")
    await store.hand_round(NOW, 2)
    await take_all(store)
    await store.close()
    store = await reopen()
    await store.note_people("a")
    assert await store.hand_round(NOW, 10) == 3
    assert [case for _, case in await waiting(store)] == list(WORKING[2:])
    await store.close()


async def test_another_change_begins_anew_and_the_same_people_again_are_another_change(store: SqliteStore) -> None:
    await filled(store)
    await store.note_people("a")
    await store.hand_round(NOW, 2)
    await take_all(store)
    for number, people in ((2, "b"), (3, "a")):
        await store.note_people(people)
        assert await store.hand_round(NOW, 10) == 5
        assert await waiting(store) == [(f"p:{number}:{case}", case) for case in WORKING]
        await take_all(store)


async def test_accounts_come_back_and_lie_sealed(reopen: Opener, folder: Path) -> None:
    kept = [
        Standing("slack", "T1", "UZYKLAMEN", PersonId("p1"), "zyklamen@example.org", NOW),
        Standing(
            "teams", "t", "b", PersonId("p2"), "", NOW, away=(Absence(NOW), Absence(NOW, NOW + timedelta(days=1)))
        ),
        Standing("slack", "T1", "UBEGONIE", PersonId("p1"), "x@y", NOW, NOW + timedelta(days=1)),
        Standing("teams", "t", "a", None, "", NOW, held=Held.TWO_PERSONS),
    ]
    store = await reopen()
    assert await store.standings() == []
    await store.put_standings([*kept, *kept])
    await store.put_standings(kept)
    await store.close()
    store = await reopen()
    assert await store.standings() == kept
    await store.close()
    for file in folder.iterdir():
        assert b"yklamen" not in file.read_bytes().lower()


def test_in_what_an_older_version_kept_nobody_is_away() -> None:
    now = Standing("teams", "t", "a", PersonId("p1"), "ana@example.org", NOW)
    older = Codec(Standing, exclude={"away"}).dump(now)
    assert b"away" not in older
    assert Codec(Standing).load(older) == now
