"""What erasing leaves: nothing that can be read, and nothing of what cannot."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot.cases.case import CaseFile
from bot.cases.permissions import Engine
from bot.core.answers import FileRef
from bot.core.events import CaseChanged, Said
from bot.core.ids import CaseId, Slot
from bot.core.messages import Message
from bot.core.session import Doubt
from bot.errors import Invariant
from bot.runtime.owed import Change, Receipt, Remove
from bot.runtime.ports import Entry, NewTimer, Saved
from storage import audit
from storage.store import SqliteStore
from tests.storage.conftest import Opener
from tests.storage.making import ANNA, BO, CASE, LANE, NOW, TALK, a_case, erasing, moved, owe, save, words

CANARIES = [f"canary-{number}-{'æ' * number}" for number in range(10)]


def raw(folder: Path) -> bytes:
    """Every byte on the disk: database, WAL, index of the WAL, keystore."""
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()))


def sealed_values(folder: Path, case: str) -> list[bytes]:
    """Everything sealed that hangs on a case, and its wrapped keys."""
    found: list[bytes] = []
    with closing(sqlite3.connect(folder / "bistand.sqlite")) as connection:
        for table in ("answers", "sessions", "files", "outbox", "inbox"):
            rows = connection.execute(f"SELECT contents FROM {table} WHERE case_id = ? AND contents NOT NULL", (case,))
            found += [row[0] for row in rows]
        found += [row[0] for row in connection.execute("SELECT contents FROM cases WHERE id = ?", (case,))]
        found += [row[0] for row in connection.execute("SELECT handle FROM posted WHERE case_id = ?", (case,))]
    with closing(sqlite3.connect(folder / "bistand.sqlite.keys.sqlite")) as connection:
        found += [row[0] for row in connection.execute("SELECT wrapped FROM keys WHERE case_id = ?", (case,))]
    return found


async def filled(store: SqliteStore) -> CaseFile:
    """A case with a canary wherever words can stand."""
    file = a_case(story=words(CANARIES[0]), more=replace(words(CANARIES[1]), kept=True))
    talk = replace(file.sessions[TALK], doubt=Doubt("report.who", ("a", "b"), CANARIES[2]))
    file = CaseFile(replace(file.case, accused=frozenset({BO}), owner=BO), {TALK: talk})
    async with store.begin() as tx:
        await tx.save(
            Saved(
                file,
                None,
                owed=[owe(1, slot="s1:a"), owe(2, replace_text(CANARIES[3]), slot="s1:b", awaited=True)],
                timers=[NewTimer("s1:remind", NOW, NOW - NOW)],
                entries=[Entry(NOW, "began", ANNA)],
                handed=[CaseChanged("h1", NOW, CASE, Said("m1", NOW, ANNA, "terminal", CANARIES[4]))],
                focus={(ANNA, "terminal"): TALK},
            )
        )
    first, second = await store.owed(LANE, 10)
    await store.settle([Receipt(first, CANARIES[5]), Receipt(second, CANARIES[6])], NOW)
    await save(store, Saved(moved(file), file, owed=[owe(3, replace_text(CANARIES[7]), slot="s1:c")]))
    ref = FileRef("f1", CANARIES[9], 10, "text/plain", "0" * 64)
    await store.put_file(CASE, CANARIES[8].encode() * 1000, ref)
    return moved(file)


def replace_text(text: str) -> Change:
    return Change(Message(text, hint=text))


async def test_words_and_persons_are_nowhere_in_the_clear(folder: Path, store: SqliteStore) -> None:
    await filled(store)
    assert (folder / "bistand.sqlite-wal").stat().st_size > 0
    for _ in range(2):
        found = raw(folder)
        assert not [word for word in (*CANARIES, ANNA, BO, LANE) if word.encode() in found]
        assert CASE.encode() in found
        await store.close()


async def test_erasing_leaves_no_byte(folder: Path, store: SqliteStore) -> None:
    other = a_case("c2", "s2", story=words("He goes on."))
    await save(store, Saved(other, None))
    file = await filled(store)
    secrets = sealed_values(folder, CASE)
    assert len(secrets) > 10
    before = raw(folder)
    assert all(secret[20:60] in before for secret in secrets)
    await save(store, replace(erasing(file), entries=[Entry(NOW, "erased", ANNA)]))
    found = raw(folder)
    assert not [secret for secret in secrets if secret[20:60] in found]
    await store.close()
    found = raw(folder)
    assert not [secret for secret in secrets if secret[20:60] in found]


async def test_an_erased_case_is_nowhere_but_in_its_chain(store: SqliteStore) -> None:
    file = await filled(store)
    await save(store, replace(erasing(file), entries=[Entry(NOW, "erased", ANNA)]))
    async with store.begin() as tx:
        assert await tx.load(CASE, Engine.LOOK_AFTER) is None
        assert await tx.case_of(TALK) is None
        assert not await tx.talks(ANNA)
        assert not await tx.cases_of(ANNA)
        assert await tx.focus(ANNA, "terminal") is None
        assert not await tx.posted(CASE, ANNA, "terminal")
        assert not await tx.first_time("h1", "changed", NOW)
    assert not await store.lanes()
    assert not await store.arrived()
    assert await store.next_timer() is None
    assert await store.file(CASE, "f1", Engine.LOOK_AFTER) is None
    assert await store.handle(CASE, Slot("s1:a"), ANNA, "terminal") is None
    lines = await store.audit(CASE, Engine.LOOK_AFTER)
    assert [line.kind for line in lines] == ["began", "erased"]
    assert audit.verify(CASE, lines) is None
    assert store._vault.keys.pepper(CASE) is None


async def test_an_erased_case_does_not_come_back(store: SqliteStore) -> None:
    file = await filled(store)
    await save(store, erasing(file))
    with pytest.raises(Invariant, match="erased"):
        await save(store, Saved(file, None))


async def test_an_erasure_that_is_rolled_back_did_not_happen(store: SqliteStore) -> None:
    file = await filled(store)

    async def turn() -> None:
        async with store.begin() as tx:
            assert await tx.load(CASE, Engine.LOOK_AFTER) == file
            await tx.save(erasing(file))
            assert await tx.load(CASE, Engine.LOOK_AFTER) is None
            raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError, match="in the middle"):
        await turn()
    store._recent.drop(CASE)
    async with store.begin() as tx:
        assert await tx.load(CASE, Engine.LOOK_AFTER) == file


async def test_the_last_words_are_sent_and_messages_taken_away(reopen: Opener) -> None:
    store = await reopen()
    file = await filled(store)
    last = [owe(8, Remove(), slot="s1:a"), owe(9, slot="s1:bye", awaited=True)]
    await save(store, erasing(file, *last))
    await store.close()
    store = await reopen()
    assert await store.lanes() == [LANE]
    gone, bye = await store.owed(LANE, 10)
    assert (gone.wish, bye.wish) == (last[0].wish, last[1].wish)
    assert await store.handle(CASE, gone.slot, ANNA, "terminal") == CANARIES[5]
    await store.settle([Receipt(gone, ""), Receipt(bye, "h9")], NOW)
    assert await store.handle(CASE, gone.slot, ANNA, "terminal") is None
    assert await store.handle(CASE, bye.slot, ANNA, "terminal") is None
    assert not await store.lanes()
    assert not await store.arrived()
    await store.close()


async def test_a_message_on_its_way_while_its_case_is_erased_leaves_nothing(store: SqliteStore) -> None:
    file = await filled(store)
    (row,) = await store.owed(LANE, 10)
    await save(store, erasing(file))
    await store.settle([Receipt(replace(row, awaited=True), "h")], NOW)
    assert not await store.arrived()
    assert await store.handle(CASE, row.slot, ANNA, "terminal") is None
    assert not store._vault.keys.holds(CASE)


async def test_another_case_is_not_touched(store: SqliteStore) -> None:
    other = a_case("c2", "s2", story=words("He goes on."))
    await save(store, Saved(other, None, owed=[owe(1, case="c2", to=BO)], timers=[NewTimer("t", NOW, NOW - NOW)]))
    file = await filled(store)
    await save(store, erasing(file))
    store._recent.drop(CaseId("c2"))
    async with store.begin() as tx:
        assert await tx.load(CaseId("c2"), Engine.LOOK_AFTER) == other
        assert await tx.posted(CaseId("c2"), BO, "terminal") == ["s1:danger"]
    assert await store.next_timer() == NOW


async def test_keys_that_a_crash_left_are_destroyed_at_the_next_start(
    reopen: Opener, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = await reopen()
    file = await filled(store)
    with monkeypatch.context() as crash:
        crash.setattr("storage.erasure.destroy_keys", lambda *_: None)
        await save(store, erasing(file))
    assert store._vault.keys.holds(CASE)
    await store.close()
    store = await reopen()
    assert not store._vault.keys.holds(CASE)
    await store.close()


@pytest.mark.parametrize("restored", ["bistand.sqlite", "bistand.sqlite.keys.sqlite"])
async def test_a_restored_backup_does_not_bring_a_case_back(
    reopen: Opener, folder: Path, tmp_path: Path, restored: str
) -> None:
    store = await reopen()
    file = await filled(store)
    await store.close()
    shutil.copy(folder / restored, tmp_path / "backup")
    store = await reopen()
    await save(store, erasing(file))
    await store.close()
    shutil.copy(tmp_path / "backup", folder / restored)
    store = await reopen()
    async with store.begin() as tx:
        assert await tx.load(CASE, Engine.LOOK_AFTER) is None
    assert not await store.lanes()
    assert not store._vault.keys.holds(CASE)
    await store.close()
