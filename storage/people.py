"""Which people the cases have heard of, and the platforms' accounts.

Rule 1. `chart` has one row: which people there are (blind), the number of that change, and up to which case it was
        handed round; NULL when all have heard. A new change begins at the first case again.
Rule 2. An event's id is the change's number and the case: handed round twice, it is taken once.
Rule 3. Accounts say who somebody is on a platform: sealed under the store's own key `people`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from bot.core.events import PeopleChanged
from bot.core.ids import CaseId
from bot.runtime.accounts import Standing
from storage import statements as sql
from storage.rows import waiting_row
from storage.sealed import Codec
from storage.vault import PEOPLE, Vault

_STANDING: Final = Codec(Standing)
_COLUMN: Final = "accounts.contents"


def note(connection: sqlite3.Connection, vault: Vault, fingerprint: str) -> None:
    people = vault.blind("chart.people", fingerprint)
    known = connection.execute(sql.CHART).fetchone()
    if known is None or known[0] != people:
        number = 1 if known is None else known[1] + 1
        connection.execute(sql.PUT_CHART, {"id": 1, "people": people, "number": number, "heard": 0})


def hand_round(connection: sqlite3.Connection, vault: Vault, at: datetime, most: int) -> int:
    """One batch; returns how many cases it was."""
    people, number, heard = connection.execute(sql.CHART).fetchone() or (b"", 0, None)
    if heard is None:
        return 0
    cases = connection.execute(sql.CASES_AT_WORK, {"heard": heard, "most": most}).fetchall()
    for _, case in cases:
        event = PeopleChanged(f"p:{number}:{case}", at, CaseId(case))
        connection.execute(sql.NOTE_EVENT, waiting_row(vault, event))
    last = cases[-1][0] if len(cases) == most else None
    connection.execute(sql.PUT_CHART, {"id": 1, "people": people, "number": number, "heard": last})
    return len(cases)


def standings(connection: sqlite3.Connection, vault: Vault) -> list[Standing]:
    rows = connection.execute(sql.ACCOUNTS).fetchall()
    return [_STANDING.load(vault.unseal(_COLUMN, (str(number),), contents)) for number, contents in rows]


def put_standings(connection: sqlite3.Connection, vault: Vault, kept: Iterable[Standing]) -> None:
    connection.execute(sql.DROP_ACCOUNTS)
    rows = [
        {"number": number, "contents": vault.seal(PEOPLE, _COLUMN, (str(number),), _STANDING.dump(one))}
        for number, one in enumerate(kept, 1)
    ]
    connection.executemany(sql.NEW_ACCOUNT, rows)
