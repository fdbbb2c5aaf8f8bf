"""The keystore: a file of its own beside the database, so that its backups can be shorter-lived.

Rule 1. A data key belongs to one case and one visibility class; it is random, and wrapped under the master key
        (AES-256-GCM, bound to its id, case and class).
Rule 2. A new key is on the disk before anything sealed with it is.
Rule 3. Destroying a case's keys leaves its id, so that the keys of a restored backup are destroyed again, and the
        rows of a restored database are deleted again.
Rule 4. The audit pepper of a case is wrapped under a key of its own and dies with the data keys.
Rule 5. Keys may be of a case that never came: made ahead for a process that died. They seal nothing and say nothing,
        so nobody looks for them; to tell them from the keys of a case that a restored database lost would be a guess.
"""

from __future__ import annotations

import os
import sqlite3
from collections import OrderedDict
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import RLock
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.errors import Invariant, SettingsError
from storage.master import MasterKey
from storage.sealed import KEY_ID, NONCE, DataKey
from storage.sqlite import connect, private, truncate

PEPPER: Final = "pepper"
#: How many cases' keys stay unwrapped in memory.
KEPT: Final = 512
LAYOUT: Final = 1
_TABLES: Final = """
BEGIN IMMEDIATE;
CREATE TABLE about (store TEXT NOT NULL);
CREATE TABLE keys (
    id BLOB PRIMARY KEY, case_id TEXT NOT NULL, class TEXT NOT NULL, wrapped BLOB NOT NULL, UNIQUE (case_id, class)
) WITHOUT ROWID;
CREATE TABLE destroyed (case_id TEXT PRIMARY KEY) WITHOUT ROWID;
PRAGMA user_version = 1;
COMMIT;
"""


@dataclass(slots=True)
class _Ring:
    """A case's keys, unwrapped."""

    keys: dict[str, DataKey] = field(default_factory=dict)
    pepper: bytes | None = field(default=None, repr=False)


def keystore_file(database: Path) -> Path:
    return database.with_name(database.name + ".keys.sqlite")


class Keystore:
    """Data keys by case and class, or by id. Reading is safe from every thread; writing is for one at a time."""

    def __init__(self, connection: sqlite3.Connection, master: MasterKey) -> None:
        self._connection = connection
        self._wrap = AESGCM(master.derive("wrap"))
        self._pepper_wrap = AESGCM(master.derive("audit pepper"))
        self._rings: OrderedDict[str, _Ring] = OrderedDict()
        self._homes: dict[bytes, str] = {}
        self._memory = RLock()

    @classmethod
    def open(cls, path: Path, master: MasterKey, *, store: str, new: bool) -> Keystore:
        """Open the keystore of a database; with `new`, make it.

        Raises:
            SettingsError: it is missing, belongs to another database, or was written by a newer version.
        """
        if not new and not path.exists():
            raise SettingsError(f"The keystore {path} is missing: without it nothing can be read. Restore it.")
        private(path)
        connection = connect(path)
        try:
            _prepare(connection, path, store=store, new=new)
        except BaseException:
            connection.close()
            raise
        return cls(connection, master)

    def close(self) -> None:
        with suppress(sqlite3.Error):
            truncate(self._connection)
        self._connection.close()

    def get(self, case: str, kind: str) -> DataKey | None:
        """The key of a case's class, or None where there is none."""
        return self._ring(case).keys.get(kind)

    def pepper(self, case: str) -> bytes | None:
        return self._ring(case).pepper

    def find(self, key: bytes) -> DataKey:
        """A key by its id.

        Raises:
            Invariant: it was destroyed.
        """
        with self._memory:
            case = self._homes.get(key)
            if case is None:
                row = self._connection.execute("SELECT case_id FROM keys WHERE id = ?", (key,)).fetchone()
                case = str(row[0]) if row is not None else ""
                self._forget(case)
            for found in self._ring(case).keys.values():
                if found.id == key:
                    return found
        raise Invariant("A value cannot be opened: its key was destroyed.")

    def missing(self, wanted: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        """Those of the cases' classes that have no key yet."""
        return [(case, kind) for case, kind in dict.fromkeys(wanted) if not self._has(case, kind)]

    def create(self, wanted: Iterable[tuple[str, str]]) -> None:
        """Make keys for cases' classes and bring them to the disk, in one transaction.

        Raises:
            Invariant: the case was erased.
        """
        rows = [self._new(case, kind) for case, kind in wanted]
        cases = dict.fromkeys(row[1] for row in rows)
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            self._refuse_destroyed(cases)
            self._connection.executemany("INSERT OR IGNORE INTO keys VALUES (?, ?, ?, ?)", rows)
            self._connection.execute("COMMIT")
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        for case in cases:
            self._forget(case)

    def destroy(self, case: str, kind: str | None = None) -> None:
        """Destroy a case's keys for good, or those of one class."""
        if kind is None:
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.execute("DELETE FROM keys WHERE case_id = ?", (case,))
            self._connection.execute("INSERT OR IGNORE INTO destroyed VALUES (?)", (case,))
            self._connection.execute("COMMIT")
        else:
            self._connection.execute("DELETE FROM keys WHERE case_id = ? AND class = ?", (case, kind))
        truncate(self._connection)
        self._forget(case)

    def holds(self, case: str) -> bool:
        """Whether any key of a case is there."""
        ring = self._ring(case)
        return bool(ring.keys) or ring.pepper is not None

    def destroyed(self) -> frozenset[str]:
        """Cases whose keys were destroyed."""
        return frozenset(row[0] for row in self._connection.execute("SELECT case_id FROM destroyed"))

    def _refuse_destroyed(self, cases: Iterable[str]) -> None:
        for case in cases:
            if self._connection.execute("SELECT 1 FROM destroyed WHERE case_id = ?", (case,)).fetchone():
                raise Invariant("An erased case gets no new keys.")

    def _has(self, case: str, kind: str) -> bool:
        ring = self._ring(case)
        return ring.pepper is not None if kind == PEPPER else kind in ring.keys

    def _ring(self, case: str) -> _Ring:
        with self._memory:
            ring = self._rings.get(case)
            if ring is None:
                ring = self._rings[case] = self._unwrapped(case)
                if len(self._rings) > KEPT:
                    self._forget(next(iter(self._rings)))
            else:
                self._rings.move_to_end(case)
            return ring

    def _unwrapped(self, case: str) -> _Ring:
        ring = _Ring()
        rows = self._connection.execute("SELECT id, class, wrapped FROM keys WHERE case_id = ?", (case,)).fetchall()
        for key, kind, wrapped in rows:
            secret = self._unwrap(key, case, kind, wrapped)
            if kind == PEPPER:
                ring.pepper = secret
            else:
                ring.keys[kind] = DataKey(key, AESGCM(secret))
                self._homes[key] = case
        return ring

    def _forget(self, case: str) -> None:
        with self._memory:
            ring = self._rings.pop(case, None)
            for key in ring.keys.values() if ring is not None else ():
                self._homes.pop(key.id, None)

    def _new(self, case: str, kind: str) -> tuple[bytes, str, str, bytes]:
        key, nonce = os.urandom(KEY_ID), os.urandom(NONCE)
        wrapped = self._wrapper(kind).encrypt(nonce, AESGCM.generate_key(256), _bound(key, case, kind))
        return key, case, kind, nonce + wrapped

    def _unwrap(self, key: bytes, case: str, kind: str, wrapped: bytes) -> bytes:
        try:
            return self._wrapper(kind).decrypt(wrapped[:NONCE], wrapped[NONCE:], _bound(key, case, kind))
        except InvalidTag:
            pass
        raise Invariant("A data key does not open: the keystore was changed.")

    def _wrapper(self, kind: str) -> AESGCM:
        return self._pepper_wrap if kind == PEPPER else self._wrap


def _prepare(connection: sqlite3.Connection, path: Path, *, store: str, new: bool) -> None:
    (layout,) = connection.execute("PRAGMA user_version").fetchone()
    if layout > LAYOUT:
        raise SettingsError(f"The keystore {path} was written by a newer Bistand. Install that one.")
    if layout == 0:
        connection.executescript(_TABLES)
    found = connection.execute("SELECT store FROM about").fetchone()
    if found is None and new:
        connection.execute("INSERT INTO about (store) VALUES (?)", (store,))
    elif found is None or found[0] != store:
        raise SettingsError(f"The keystore {path} belongs to another database. Restore the right one.")


def _bound(key: bytes, case: str, kind: str) -> bytes:
    return key + f"{len(case)}:{case}{len(kind)}:{kind}".encode()
