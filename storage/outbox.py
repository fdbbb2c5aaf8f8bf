"""The outbox: what is owed, what arrived, what is given up.

Rule 1. A batch's outcomes are one transaction.
Rule 2. A row that is gone by now (its case was erased, or it was settled before) leaves nothing behind.
Rule 3. A message of an erased case leaves no handle and wakes nobody.
Rule 4. A row that stands as this process wrote it needs not be opened to be sent.
"""

from __future__ import annotations

import sqlite3
from collections import OrderedDict
from collections.abc import Sequence
from datetime import datetime

from bot.core.events import Delivered, DeliveryFailed
from bot.core.ids import CaseId, Slot
from bot.runtime.detour import BESIDE, nudge_key
from bot.runtime.owed import Change, Elsewhere, GivenUp, Later, NewOwed, Nudge, Outcome, Owed, Post, Receipt, Remove
from storage import statements as sql
from storage.rows import (
    OwedRow,
    Row,
    lane,
    owed_row,
    place,
    read_handle,
    read_letter,
    read_owed,
    seal_handle,
    waiting_row,
)
from storage.sealed import micros
from storage.vault import OUTBOX, Vault


def lanes(connection: sqlite3.Connection, vault: Vault) -> list[str]:
    rows = connection.execute(sql.LANES).fetchall()
    return [read_letter(vault, tuple(where), contents).lane for *where, contents in rows]


class Written:
    """Messages that this process has committed and not yet sent, by key."""

    def __init__(self, most: int = 512) -> None:
        self._most = most
        self._messages: OrderedDict[str, tuple[Row, NewOwed]] = OrderedDict()

    def put(self, messages: Sequence[tuple[Row, NewOwed]]) -> None:
        for row, message in messages:
            self._messages[message.key] = (row, message)
        while len(self._messages) > self._most:
            self._messages.popitem(last=False)

    def get(self, found: OwedRow) -> NewOwed | None:
        """What a row was made of; None where anything in it is other than it was written."""
        _, key, case, slot, wish, awaited, *_, contents = found
        row, message = self._messages.get(key, ({}, None))
        written = (row.get(name) for name in ("case_id", "slot", "wish", "awaited", "contents"))
        return message if tuple(written) == (case, slot, wish, awaited, contents) else None

    def drop(self, key: str) -> None:
        self._messages.pop(key, None)

    def clear(self) -> None:
        self._messages.clear()


def owed(connection: sqlite3.Connection, vault: Vault, written: Written, name: str, limit: int) -> list[Owed]:
    rows = connection.execute(sql.OWED, {"the_lane": lane(vault, name), "most": limit}).fetchall()
    return [read_owed(vault, row, written.get(row)) for row in rows]


def handle(connection: sqlite3.Connection, vault: Vault, case: CaseId, slot: Slot, where: bytes) -> str | None:
    """The handle of what stands in a slot; `where` is the blind place."""
    found = connection.execute(sql.HANDLE, {"the_case_id": case, "the_slot": slot, "the_place": where}).fetchone()
    return read_handle(vault, case, slot, where, found[0]) if found is not None else None


def settle(connection: sqlite3.Connection, vault: Vault, outcomes: Sequence[Outcome], at: datetime) -> None:
    """Note what became of messages; rule 2."""
    for outcome in outcomes:
        _settle(connection, vault, outcome, at)


def _settle(connection: sqlite3.Connection, vault: Vault, outcome: Outcome, at: datetime) -> None:
    row = outcome.owed
    if isinstance(outcome, Later):
        connection.execute(sql.DEFER, {"the_id": row.id, "until": micros(outcome.at)})
        return
    if isinstance(outcome, Elsewhere):
        gone = connection.execute(sql.MARK_NUDGED if outcome.stays else sql.DROP_OWED, {"the_id": row.id})
        if gone.rowcount and vault.keys.get(row.case, OUTBOX) is not None:
            connection.execute(sql.NEW_OWED, owed_row(vault, row.case, outcome.new, (row.case, OUTBOX)))
        return
    if not connection.execute(sql.DROP_OWED, {"the_id": row.id}).rowcount:
        return
    if vault.keys.get(row.case, OUTBOX) is None:
        connection.execute(sql.DROP_POSTED, _where(vault, row))
        return
    match outcome:
        case Receipt(handle=name):
            _stands(connection, vault, row, name)
            if row.awaited:
                arrived = Delivered(f"d:{row.key}", at, row.case, row.slot, row.to, row.platform)
                connection.execute(sql.NOTE_EVENT, waiting_row(vault, arrived))
                if row.nudged:
                    for way in BESIDE:
                        connection.execute(sql.HUSH_KEY, {"the_key": nudge_key(row.key, way)})
        case GivenUp(reason=reason):
            if row.awaited:
                failed = DeliveryFailed(f"f:{row.key}", at, row.case, row.slot, row.to, reason)
                connection.execute(sql.NOTE_EVENT, waiting_row(vault, failed))


def _stands(connection: sqlite3.Connection, vault: Vault, row: Owed, name: str) -> None:
    """Note what stands in the row's slot now."""
    where = _where(vault, row)
    match row.wish:
        case Post():
            connection.execute(sql.PUT_POSTED, _sealed(vault, row, name))
        case Change() if name:
            connection.execute(sql.MOVE_POSTED, where | {"handle": _sealed(vault, row, name)["handle"]})
        case Change() | Nudge():
            pass
        case Remove():
            connection.execute(sql.DROP_POSTED, where)


def _sealed(vault: Vault, row: Owed, name: str) -> dict[str, str | int | bytes | None]:
    where = place(vault, row.case, row.to, row.platform)
    return seal_handle(vault, (row.case, OUTBOX), (row.case, row.slot, where), name)


def _where(vault: Vault, row: Owed) -> dict[str, str | bytes]:
    where = place(vault, row.case, row.to, row.platform)
    return {"the_case_id": row.case, "the_slot": row.slot, "the_place": where}
