"""What a turn costs, as counts: they hold on every machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from bot.cases.permissions import Action, Asked, Engine
from bot.core.answers import FileRef
from bot.core.events import CaseChanged, Started
from bot.core.ids import CaseId
from bot.core.people import People, PersonId, Role
from bot.runtime.owed import Receipt
from bot.runtime.ports import Entry, NewTimer, Saved
from storage.store import SqliteStore
from tests.storage.making import ANNA, CASE, NOW, TALK, a_case, erasing, moved, owe, save, words


@contextmanager
def traced(store: SqliteStore) -> Iterator[tuple[list[str], list[str]]]:
    """Statements that reach the database and the keystore."""
    told: tuple[list[str], list[str]] = ([], [])
    store._writer.set_trace_callback(told[0].append)
    store._vault.keys._connection.set_trace_callback(told[1].append)
    yield told
    store._writer.set_trace_callback(None)
    store._vault.keys._connection.set_trace_callback(None)


async def turn(store: SqliteStore, number: int) -> None:
    async with store.begin() as tx:
        assert await tx.first_time(f"e{number}", "said", NOW)
        assert await tx.focus(ANNA, "terminal") == TALK
        assert await tx.case_of(TALK) == CASE
        file = await tx.load(CASE, Engine.LOOK_AFTER)
        assert file is not None
        after = moved(file, **{f"q{number}": words("sad")})
        await tx.save(
            Saved(
                after,
                file,
                owed=[owe(number)],
                timers=[NewTimer("s1:idle", NOW, timedelta(0))],
                entries=[Entry(NOW, "answered", ANNA)],
            )
        )


async def test_a_turn_is_one_transaction_of_few_statements(store: SqliteStore) -> None:
    async with store.begin() as tx:
        await tx.save(Saved(a_case(), None, focus={(ANNA, "terminal"): TALK}))
    await turn(store, 1)
    with traced(store) as (database, keystore):
        await turn(store, 2)
    verbs = [statement.split()[0] for statement in database]
    assert verbs.count("BEGIN") == verbs.count("COMMIT") == 1
    assert verbs.count("SELECT") == 3
    assert verbs.count("INSERT") == 5
    assert verbs.count("UPDATE") == 2
    assert len(verbs) == 12
    assert keystore == []


async def test_what_is_denied_costs_the_same_statements_as_what_is_not_there(store: SqliteStore) -> None:
    async with store.begin() as tx:
        await tx.save(Saved(a_case(a=words("x")), None))
    stranger = Asked(PersonId("somebody"), Action.SEE_CASE, People({}))
    told = []
    for case in (CASE, CaseId("never")):
        with traced(store) as (database, keystore):
            async with store.begin() as tx:
                assert await tx.load(case, stranger) is None
        told.append(([statement.replace(case, "") for statement in database], keystore))
    assert told[0] == told[1]
    assert sum(statement.startswith("SELECT") for statement in told[0][0]) == 4


def commits(statements: list[str]) -> int:
    return statements.count("COMMIT")


async def test_a_turn_that_begins_a_case_is_one_transaction_too(store: SqliteStore) -> None:
    begun = a_case(a=words("x"), b=words("y", Role.HR), c=words("z"))
    with traced(store) as (database, keystore):
        await store.prepare([CASE, CaseId("c2")], [given.readers for given in begun.sessions[TALK].answers.values()])
    assert (commits(database), commits(keystore)) == (0, 1)
    with traced(store) as (database, keystore):
        async with store.begin() as tx:
            await tx.save(Saved(begun, None))
    assert (commits(database), commits(keystore)) == (1, 0)
    with traced(store) as (database, keystore):
        await store.put_file(CASE, b"a file", FileRef("f1", "letter.pdf", 6, "application/pdf", "0" * 64))
    assert (commits(database), commits(keystore)) == (1, 0)


async def test_a_turn_that_hands_on_to_a_case_to_come_is_one_transaction(store: SqliteStore) -> None:
    await store.prepare([CASE, CaseId("c2")], [])
    started = Started("e1", NOW, ANNA, "terminal", "report")
    with traced(store) as (database, keystore):
        async with store.begin() as tx:
            await tx.save(Saved(a_case(), None, handed=[CaseChanged("h1", NOW, CaseId("c2"), started, CASE)]))
    assert (commits(database), commits(keystore)) == (1, 0)


async def test_an_erasing_turn_destroys_keys_after_its_one_transaction(store: SqliteStore) -> None:
    """The one turn with more fsyncs: what was deleted is gone from both files before anybody is told so."""
    await store.prepare([CASE], [])
    file = await save(store, Saved(a_case(), None))
    with traced(store) as (database, keystore):
        async with store.begin() as tx:
            await tx.load(CASE, Engine.LOOK_AFTER)
            await tx.save(erasing(file, owe(1)))
            assert not [statement for statement in keystore if not statement.startswith("SELECT")]
    assert (commits(database), commits(keystore)) == (1, 1)


async def test_what_is_ready_is_not_made_again(store: SqliteStore) -> None:
    for wanted in (0, 1):
        with traced(store) as (_, keystore):
            await store.prepare([CASE], [frozenset({Role.HR})])
        assert commits(keystore) == 1 - wanted


async def test_keys_that_nobody_made_ahead_are_one_more_transaction_before_it(store: SqliteStore) -> None:
    with traced(store) as (database, keystore):
        async with store.begin() as tx:
            await tx.save(Saved(a_case(a=words("x"), b=words("y"), c=words("z")), None))
    assert (commits(database), commits(keystore)) == (1, 1)


async def test_a_batch_of_deliveries_is_one_transaction(store: SqliteStore) -> None:
    async with store.begin() as tx:
        await tx.save(Saved(a_case(), None, owed=[owe(number) for number in range(20)]))
    rows = await store.owed(f"chat:{ANNA}:terminal", 50)
    with traced(store) as (database, keystore):
        await store.settle([Receipt(row, "h") for row in rows], NOW)
    assert database.count("COMMIT") == 1
    assert len(database) == 2 * len(rows) + 2
    assert keystore == []


async def test_every_commit_is_on_the_disk(store: SqliteStore) -> None:
    for connection in (store._writer, store._vault.keys._connection):
        settings = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")]
        assert settings == ["wal", 2]
        assert connection.execute("PRAGMA secure_delete").fetchone() == (1,)
        assert connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
