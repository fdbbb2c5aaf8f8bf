"""Opening a database: the lock, the layout, the key, the kind, and what a crash left unfinished, in this order."""

from __future__ import annotations

import hmac
import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from bot.errors import SettingsError
from storage import erasure, migrate
from storage.keys import Keystore, keystore_file
from storage.master import MasterKey
from storage.sealed import blinded
from storage.sqlite import FileLock, connect, database_file, private
from storage.vault import Vault

Kind: TypeAlias = Literal["simulation", "production"]


@dataclass(frozen=True, slots=True)
class Opened:
    """A database ready for use. The lock is held unless it was opened without."""

    path: Path
    kind: Kind
    writer: sqlite3.Connection
    vault: Vault
    lock: FileLock


def open_database(url: str, key: MasterKey, *, kind: Kind, lock: bool) -> Opened:
    """Open, and make or upgrade first; see `SqliteStore.open` for what it raises."""
    path = database_file(url)
    private(path)
    held = FileLock(path)
    upgrades = migrate.state(url) is not migrate.State.CURRENT
    if lock or upgrades:
        held.take()
    try:
        if upgrades:
            migrate.upgrade(url)
        # Without patience: the store waits for its turn without holding up the event loop.
        writer = connect(path, patience=0)
        try:
            vault = _unlock(writer, path, key, kind)
            if lock:
                _finish(writer, vault)
        except BaseException:
            writer.close()
            raise
    except BaseException:
        held.release()
        raise
    if not lock:
        held.release()
    return Opened(path, kind, writer, vault, held)


def _finish(writer: sqlite3.Connection, vault: Vault) -> None:
    try:
        erasure.finish(writer, vault.keys)
    except BaseException:
        vault.keys.close()
        raise


def _unlock(writer: sqlite3.Connection, path: Path, key: MasterKey, kind: Kind) -> Vault:
    check = blinded(key.derive("check"), "meta.key_check")
    found = writer.execute("SELECT kind, store, key_check FROM meta").fetchone()
    if found is None:
        store = _adopt(keystore_file(path)) or os.urandom(16).hex()
        keys = Keystore.open(keystore_file(path), key, store=store, new=True)
        writer.execute("INSERT INTO meta (id, kind, store, key_check) VALUES (1, ?, ?, ?)", (kind, store, check))
        return Vault(keys, key.derive("index"))
    made_for, store, known = found
    if made_for != kind:
        raise SettingsError(
            f"storage.url names a database made for {made_for}; it cannot be used for {kind}. Name another file."
        )
    if not hmac.compare_digest(known, check):
        raise SettingsError(
            "storage.key is not the key that this database was made with. Restore the right key. If this database was "
            "only for trying out, name another one as storage.url."
        )
    return Vault(Keystore.open(keystore_file(path), key, store=store, new=False), key.derive("index"))


def _adopt(path: Path) -> str | None:
    """The keystore's own word whose it is, where a crash left it without its database's."""
    if not path.exists():
        return None
    connection = connect(path)
    try:
        found = connection.execute("SELECT store FROM about").fetchone()
    except sqlite3.OperationalError:
        found = None
    finally:
        connection.close()
    return str(found[0]) if found is not None else None
