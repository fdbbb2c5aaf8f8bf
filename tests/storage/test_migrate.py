from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text
from sqlalchemy.schema import CreateTable

from bot.errors import SettingsError
from storage import migrate
from storage.migrate import State
from storage.tables import metadata
from tests.storage.making import url

upgrade_to = command.upgrade


def sql(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
        connection.commit()


def parts(statement: str) -> list[str]:
    """The lines of a CREATE TABLE; constraints may stand in any order, and a table made anew has its name in quotes."""
    return sorted(line.strip(" \t,") for line in statement.strip().replace('"', "").splitlines())


def test_migrations_give_exactly_the_tables(tmp_path: Path) -> None:
    assert migrate.upgrade(url(tmp_path)) is None
    engine = create_engine(f"sqlite:///{tmp_path}/bistand.sqlite")
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'table'"))
        made = {row.name: str(row.sql) for row in rows}
    engine.dispose()
    # What a comparison does not see: WITHOUT ROWID, AUTOINCREMENT, names of constraints.
    for table in metadata.sorted_tables:
        assert parts(made[table.name]) == parts(str(CreateTable(table).compile(engine)))


def test_the_newest_migration_is_known_by_name() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrate.__file__).parent / "migrations"))
    scripts = ScriptDirectory.from_config(config)
    assert scripts.get_current_head() == migrate.HEAD
    assert [script.revision for script in scripts.walk_revisions()][::-1] == list(migrate.LAYOUTS)


def test_an_empty_database_is_brought_up_and_then_current(tmp_path: Path) -> None:
    assert migrate.state(url(tmp_path)) is State.NEW
    migrate.upgrade(url(tmp_path))
    assert migrate.state(url(tmp_path)) is State.CURRENT
    assert migrate.upgrade(url(tmp_path)) is None
    path = tmp_path / "bistand.sqlite"
    assert path.stat().st_mode & 0o077 == 0


def test_an_older_database_is_copied_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    migrate.upgrade(url(tmp_path))
    sql(tmp_path / "bistand.sqlite", "INSERT INTO erased VALUES ('c1')")
    monkeypatch.setattr(migrate, "LAYOUTS", (*migrate.LAYOUTS, "9999"))
    monkeypatch.setattr(migrate, "HEAD", "9999")
    assert migrate.state(url(tmp_path)) is State.OLDER
    copy = migrate.upgrade(url(tmp_path))
    assert copy is not None
    assert copy.stat().st_mode & 0o077 == 0
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT case_id FROM erased").fetchall() == [("c1",)]


def test_what_was_owed_in_the_first_layout_is_owed_in_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as older:
        older.setattr(command, "upgrade", lambda config, _: upgrade_to(config, "0001"))
        migrate.upgrade(url(tmp_path))
    path = tmp_path / "bistand.sqlite"
    row = "41, 'c1:1:0', 'c1', 'alert:1', 'post', x'01', x'02', 1, 3, NULL, x'03'"
    sql(path, f"INSERT INTO outbox VALUES ({row})")
    assert migrate.state(url(tmp_path)) is State.OLDER
    migrate.upgrade(url(tmp_path))
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute("SELECT id, key, awaited, attempts, detour, nudged, contents FROM outbox").fetchall()
        assert found == [(41, "c1:1:0", 1, 3, None, 0, b"\x03")]
        connection.execute("DELETE FROM outbox")
        again = row.replace("41", "NULL", 1).replace("NULL, x'03'", "NULL, NULL, 0, x'03'")
        names = "id, key, case_id, slot, wish, lane, place, awaited, attempts, not_before, detour, nudged, contents"
        connection.execute(f"INSERT INTO outbox ({names}) VALUES ({again})")
        assert connection.execute("SELECT id FROM outbox").fetchone() == (42,), "an id is never given twice"


def test_a_newer_database_is_left_alone(tmp_path: Path) -> None:
    migrate.upgrade(url(tmp_path))
    sql(tmp_path / "bistand.sqlite", "UPDATE alembic_version SET version_num = '9999'")
    assert migrate.state(url(tmp_path)) is State.NEWER
    with pytest.raises(SettingsError, match="newer"):
        migrate.upgrade(url(tmp_path))


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    sql(tmp_path / "bistand.sqlite", "CREATE TABLE notes (text)")
    with pytest.raises(SettingsError, match="another program"):
        migrate.state(url(tmp_path))


@pytest.mark.parametrize("wrong", ["", "words", "sqlite+aiosqlite://", "sqlite:///:memory:", "mysql://host/db"])
def test_a_wrong_url_is_a_mistake_of_the_settings(wrong: str) -> None:
    with pytest.raises(SettingsError, match=r"storage\.url"):
        migrate.state(wrong)
