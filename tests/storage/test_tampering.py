"""Rows changed by hand do not open, and what they held is not told."""

from __future__ import annotations

import sqlite3
import traceback
from contextlib import closing
from pathlib import Path

import pytest

from bot.cases.permissions import Engine
from bot.errors import Invariant
from bot.runtime.owed import Receipt
from bot.runtime.ports import Saved
from storage.store import SqliteStore
from tests.storage.conftest import Opener
from tests.storage.making import ANNA, CASE, LANE, NOW, a_case, owe, words

CHANGES = [
    "UPDATE answers SET contents = (SELECT o.contents FROM answers o WHERE o.question <> answers.question LIMIT 1)",
    "UPDATE answers SET question = question || 'x'",
    "UPDATE answers SET session_id = 's2', case_id = 'c2'",
    "UPDATE answers SET contents = substr(contents, 1, length(contents) - 1)",
    "UPDATE cases SET contents = zeroblob(100)",
    "UPDATE sessions SET contents = x'01'",
    "DELETE FROM answers WHERE question = 'report.story'",
    "UPDATE cases SET contents = (SELECT o.contents FROM cases o WHERE o.id <> cases.id)",
    "UPDATE sessions SET contents = (SELECT o.contents FROM sessions o WHERE o.id <> sessions.id)",
]
LETTERS = [
    "UPDATE outbox SET contents = (SELECT o.contents FROM outbox o WHERE o.id <> outbox.id LIMIT 1)",
    "UPDATE outbox SET slot = 's1:other'",
    "UPDATE outbox SET wish = 'remove'",
    "UPDATE outbox SET case_id = 'c2'",
]


async def fill(store: SqliteStore) -> None:
    async with store.begin() as tx:
        first = a_case(story=words("canary-1"), more=words("canary-2"))
        await tx.save(Saved(first, None, owed=[owe(1), owe(2, slot="s1:b")]))
        await tx.save(Saved(a_case("c2", "s2"), None))


def change(folder: Path, statement: str) -> None:
    with closing(sqlite3.connect(folder / "bistand.sqlite")) as connection:
        connection.execute(statement)
        connection.commit()


@pytest.mark.parametrize("statement", CHANGES)
async def test_a_case_changed_by_hand_does_not_open(reopen: Opener, folder: Path, statement: str) -> None:
    store = await reopen()
    await fill(store)
    await store.close()
    change(folder, statement)
    store = await reopen()
    with pytest.raises(Invariant) as raised:
        async with store.begin() as tx:
            await tx.load(CASE, Engine.LOOK_AFTER)
    assert "canary" not in "".join(traceback.format_exception(raised.value))
    await store.close()


@pytest.mark.parametrize("statement", LETTERS)
async def test_a_message_changed_by_hand_is_not_sent(store: SqliteStore, folder: Path, statement: str) -> None:
    await fill(store)
    change(folder, statement)
    with pytest.raises(Invariant):
        await store.owed(LANE, 10)


async def test_a_handle_moved_by_hand_does_not_open(store: SqliteStore, folder: Path) -> None:
    await fill(store)
    other, moved = await store.owed(LANE, 10)
    await store.settle([Receipt(other, "h1"), Receipt(moved, "h2")], NOW)
    change(folder, "UPDATE posted SET handle = (SELECT o.handle FROM posted o WHERE o.slot <> posted.slot)")
    with pytest.raises(Invariant):
        await store.handle(CASE, moved.slot, ANNA, "terminal")
