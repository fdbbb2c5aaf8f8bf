from __future__ import annotations

import asyncio
import shutil
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from bot.cases.permissions import Engine
from bot.errors import PlatformError, SettingsError
from bot.runtime.ports import Saved
from storage.master import MasterKey
from storage.opening import Kind
from storage.store import SqliteStore
from tests.storage.conftest import Opener
from tests.storage.making import CASE, KEY, a_case, load, moved, save, url, words


async def test_a_new_store_is_for_its_owner_only(tmp_path: Path) -> None:
    store = await SqliteStore.open(url(tmp_path / "new" / "folder"), KEY, kind="production")
    async with store.begin() as tx:
        await tx.save(Saved(a_case(), None))
    files = list((tmp_path / "new" / "folder").iterdir())
    assert len(files) >= 5
    assert not [file.name for file in files if stat.S_IMODE(file.stat().st_mode) & 0o077]
    await store.close()


async def test_a_second_bot_is_kept_out_until_the_first_has_ended(folder: Path, store: SqliteStore) -> None:
    with pytest.raises(SettingsError, match="Another Bistand is running"):
        await SqliteStore.open(url(folder), KEY, kind="simulation")
    beside = await SqliteStore.open(url(folder), KEY, kind="simulation", lock=False)
    async with beside.begin() as tx:
        await tx.save(Saved(a_case(), None))
    await beside.close()
    async with store.begin() as tx:
        assert await tx.load(CASE, Engine.LOOK_AFTER) == a_case()
    await store.close()
    again = await SqliteStore.open(url(folder), KEY, kind="simulation")
    await again.close()


async def test_two_processes_take_turns(folder: Path, store: SqliteStore) -> None:
    beside = await SqliteStore.open(url(folder), KEY, kind="simulation", lock=False)
    asked = asyncio.Event()
    beside._writer.set_trace_callback(lambda _: asked.set())

    async def turn() -> None:
        async with beside.begin() as tx:
            before = await tx.load(CASE, Engine.LOOK_AFTER)
            assert before == a_case()
            await tx.save(Saved(moved(before), before))

    async with store.begin() as tx:
        waiting = asyncio.create_task(turn())
        await asked.wait()
        await tx.save(Saved(a_case(), None))
    await waiting
    await beside.close()
    async with store.begin() as tx:
        assert await tx.load(CASE, Engine.LOOK_AFTER) == moved(a_case())


async def test_a_process_that_holds_the_database_for_good_is_named(
    folder: Path, store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.store.PATIENCE", -1)
    beside = await SqliteStore.open(url(folder), KEY, kind="simulation", lock=False)
    async with store.begin() as tx:
        await tx.save(Saved(a_case(), None))
        with pytest.raises(PlatformError, match="another process"):
            async with beside.begin():
                pass
    await beside.close()
    async with store.begin() as tx:
        assert await tx.load(CASE, Engine.LOOK_AFTER) == a_case()


@pytest.mark.parametrize(("made", "asked"), [("simulation", "production"), ("production", "simulation")])
async def test_a_store_never_becomes_the_other_kind(tmp_path: Path, made: Kind, asked: Kind) -> None:
    await (await SqliteStore.open(url(tmp_path), KEY, kind=made)).close()
    with pytest.raises(SettingsError, match=f"made for {made}.*used for {asked}"):
        await SqliteStore.open(url(tmp_path), KEY, kind=asked)
    await (await SqliteStore.open(url(tmp_path), KEY, kind=made)).close()


async def test_another_key_is_refused_at_once(folder: Path, reopen: Opener) -> None:
    with pytest.raises(SettingsError, match=r"storage\.key"):
        await SqliteStore.open(url(folder), MasterKey(b"x" * 32), kind="simulation")
    await (await reopen()).close()


async def test_a_newer_database_and_a_missing_keystore_are_refused(folder: Path, reopen: Opener) -> None:
    keystore = folder / "bistand.sqlite.keys.sqlite"
    shutil.move(keystore, folder / "aside")
    with pytest.raises(SettingsError, match="missing"):
        await reopen()
    shutil.move(folder / "aside", keystore)
    with closing(sqlite3.connect(folder / "bistand.sqlite")) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
        raw.commit()
    with pytest.raises(SettingsError, match="newer"):
        await reopen()


async def test_a_keystore_left_by_a_crash_before_its_database_is_taken_over(folder: Path, reopen: Opener) -> None:
    with closing(sqlite3.connect(folder / "bistand.sqlite")) as raw:
        raw.execute("DELETE FROM meta")
        raw.commit()
    store = await reopen()
    file = await save(store, Saved(a_case(story=words("It goes on.")), None))
    await store.close()
    again = await reopen()
    assert await load(again) == file
    await again.close()


async def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bistand.sqlite").write_bytes(b"words" * 1000)
    with pytest.raises(SettingsError, match="cannot be used as a database"):
        await SqliteStore.open(url(tmp_path), KEY, kind="simulation")


async def test_a_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SettingsError, match=r"storage\.url: cannot write"):
        await SqliteStore.open(url(tmp_path / "file"), KEY, kind="simulation")
