"""The database's layout and how it moves on.

Rule 1. An empty database is brought to today's layout, an older one too, after a copy of it was put beside it.
Rule 2. A database of a newer version is left alone.
Rule 3. A migration is one transaction: it happens wholly or not at all.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from enum import StrEnum
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, event
from sqlalchemy.pool import NullPool

from bot.errors import SettingsError
from storage.sqlite import connect, database_file, private

#: The newest layout: the revision of the last file in `migrations/versions`.
HEAD: Final = "0004"
#: All layouts, oldest first.
LAYOUTS: Final = ("0001", "0002", "0003", HEAD)


class State(StrEnum):
    NEW = "new"
    OLDER = "older"
    CURRENT = "current"
    NEWER = "newer"


def state(url: str) -> State:
    """How the database's layout stands to the code's. A file that is not there is new.

    Raises:
        SettingsError: the URL or the file is no SQLite database, or not one of ours.
    """
    path = database_file(url)
    if not path.exists():
        return State.NEW
    with closing(connect(path, reads_only=True)) as connection:
        return _state(connection)


def upgrade(url: str) -> Path | None:
    """Bring a database to today's layout; returns the copy that was made of an older one.

    Raises:
        SettingsError: it was written by a newer version.
    """
    path = database_file(url)
    private(path)
    with closing(connect(path)) as connection:
        found = _state(connection)
        if found is State.NEWER:
            raise SettingsError("The database was written by a newer Bistand. Install that one, or restore a backup.")
        if found is State.CURRENT:
            return None
        copy = _copy(connection, path) if found is State.OLDER else None
    _run(path)
    return copy


def _state(connection: sqlite3.Connection) -> State:
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if "alembic_version" not in tables:
        if tables - {"sqlite_sequence"}:
            raise SettingsError("storage.url names a database of another program.")
        return State.NEW
    found = [row[0] for row in connection.execute("SELECT version_num FROM alembic_version")]
    if not found:
        return State.NEW
    if found == [HEAD]:
        return State.CURRENT
    return State.OLDER if found[0] in LAYOUTS else State.NEWER


def _copy(connection: sqlite3.Connection, path: Path) -> Path:
    (layout,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    copy = path.with_name(f"{path.name}.before-{HEAD}-from-{layout}")
    private(copy)
    with closing(sqlite3.connect(copy)) as target:
        connection.backup(target)
    return copy


def _run(path: Path) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    engine = create_engine("sqlite://", creator=lambda: connect(path), poolclass=NullPool)
    # The driver is in autocommit mode: begin by hand, so that DDL is part of the transaction.
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
