"""SQLite as the store wants it: the file, its connections, its lock.

Rule 1. Files are made with mode 600; SQLite gives its WAL the mode of the database.
Rule 2. A commit is on the disk when it returns (`synchronous=FULL`); deleted bytes are overwritten (`secure_delete`).
Rule 3. A checkpoint costs fsyncs of its own: it comes every few hundred turns, not with every one.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
from pathlib import Path
from typing import Final

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from bot.errors import SettingsError

#: How long another process (a command, a backup) may hold the writer's lock, in milliseconds.
PATIENCE: Final = 10_000
_PRAGMAS: Final = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",
    "PRAGMA foreign_keys = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA wal_autocheckpoint = 4000",
)


def database_file(url: str) -> Path:
    """The file that `storage.url` names.

    Raises:
        SettingsError: it is no URL of a SQLite file.
    """
    try:
        parsed = make_url(url)
    except ArgumentError:
        parsed = None
    if parsed is None or parsed.get_backend_name() != "sqlite":
        raise SettingsError("storage.url must look like sqlite+aiosqlite:///path/to/bistand.sqlite")
    if not parsed.database or parsed.database == ":memory:":
        raise SettingsError("storage.url names no file. Write: sqlite+aiosqlite:///path/to/bistand.sqlite")
    return Path(parsed.database)


def private(path: Path) -> None:
    """Make the file, empty and for its owner only, if it is not there."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    except OSError as error:
        raise SettingsError(f"storage.url: cannot write {path}: {error.strerror}") from None


def connect(path: Path, *, reads_only: bool = False, patience: int = PATIENCE) -> sqlite3.Connection:
    """A connection in autocommit mode; transactions are begun by hand.

    Raises:
        SettingsError: the file is no SQLite database, or cannot be used.
    """
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, cached_statements=256)
    try:
        connection.execute(f"PRAGMA busy_timeout = {PATIENCE}")
        for pragma in _PRAGMAS:
            connection.execute(pragma).fetchall()
        if reads_only:
            connection.execute("PRAGMA query_only = ON")
        connection.execute(f"PRAGMA busy_timeout = {patience}")
    except sqlite3.Error as error:
        connection.close()
        raise SettingsError(f"storage.url: {path} cannot be used as a database: {error}") from None
    return connection


def truncate(connection: sqlite3.Connection) -> bool:
    """Bring everything from the WAL into the database and empty it; False if a reader stood in the way for long."""
    (patience,) = connection.execute("PRAGMA busy_timeout").fetchone()
    connection.execute(f"PRAGMA busy_timeout = {PATIENCE}")
    busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    connection.execute(f"PRAGMA busy_timeout = {patience}")
    return bool(busy == 0)


def is_busy(error: sqlite3.OperationalError) -> bool:
    return (error.sqlite_errorcode & 0xFF) == sqlite3.SQLITE_BUSY


class FileLock:
    """Held by the one process that drains the outbox. It falls with the process, however that ends."""

    def __init__(self, database: Path) -> None:
        self._path = database.with_name(database.name + ".lock")
        self._descriptor: int | None = None

    def take(self) -> None:
        """Raises:
        SettingsError: another process holds it.
        """
        private(self._path)
        descriptor = os.open(self._path, os.O_RDWR | os.O_CLOEXEC)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(descriptor)
            raise SettingsError(
                "Another Bistand is running on this database. Stop it first, or give this one a storage.url of its own."
            ) from None
        self._descriptor = descriptor

    def release(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
