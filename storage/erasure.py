"""Erasing a case: its rows, its keys, and the bytes that they leave.

Rule 1. Rows go in the turn's transaction; keys go right after its commit; then the WAL is brought in and emptied.
Rule 2. What a crash left between these is finished when the store is opened: `erased` and the keystore each know.
Rule 3. The audit chain stays, peppered with a value that is gone.
Rule 4. Messages that the erasing turn still owes, and handles of those that it changes or removes, are sealed anew
        under the store's own key. New timers of it are not set.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from bot.core.ids import CaseId
from bot.runtime.owed import Change, NewOwed, Remove
from storage import statements as sql
from storage.keys import Keystore
from storage.rows import Row, place, read_handle, seal_handle
from storage.sqlite import truncate
from storage.vault import PARTING, Vault


def parting_handles(connection: sqlite3.Connection, vault: Vault, case: CaseId, owed: Sequence[NewOwed]) -> list[Row]:
    """The handles that owed changes and removals still need, sealed anew."""
    wanted = {
        (new.slot, place(vault, case, new.to, new.platform)) for new in owed if isinstance(new.wish, Change | Remove)
    }
    if not wanted:
        return []
    standing = connection.execute(sql.ALL_POSTED, {"the_case_id": case}).fetchall()
    return [
        seal_handle(vault, PARTING, (case, slot, where), read_handle(vault, case, slot, where, handle))
        for slot, where, handle in standing
        if (slot, where) in wanted
    ]


def erase_rows(connection: sqlite3.Connection, case: CaseId) -> None:
    for statement in sql.ERASE:
        connection.execute(statement, {"the_case_id": case})
    connection.execute(sql.NOTE_ERASED, {"case_id": case})


def destroy_keys(connection: sqlite3.Connection, keys: Keystore, cases: Sequence[CaseId]) -> None:
    """After the commit: destroy the keys of erased cases, and let no deleted byte rest in the WAL."""
    for case in cases:
        keys.destroy(case)
    truncate(connection)


def finish(connection: sqlite3.Connection, keys: Keystore) -> None:
    """Finish what a crash or a restored backup left unfinished."""
    gone = keys.destroyed()
    erased = {CaseId(row[0]) for row in connection.execute(sql.ERASED)}
    for case in erased:
        if case not in gone or keys.holds(case):
            keys.destroy(case)
    back = [CaseId(row[0]) for row in connection.execute(sql.REMAINS) if row[0] in gone]
    if back:
        connection.execute("BEGIN IMMEDIATE")
        for case in back:
            erase_rows(connection, case)
        connection.execute("COMMIT")
    truncate(connection)
