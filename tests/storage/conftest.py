from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from pathlib import Path

import pytest

from storage.store import SqliteStore
from tests.storage.making import KEY, url

Opener = Callable[[], Coroutine[None, None, SqliteStore]]


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new, empty store, made once: copies of it spare each test the migrations."""
    folder = tmp_path_factory.mktemp("empty")

    async def make() -> None:
        await (await SqliteStore.open(url(folder), KEY, kind="simulation")).close()

    asyncio.run(make())
    return folder


@pytest.fixture
def folder(empty: Path, tmp_path: Path) -> Path:
    """Where the test's store lies."""
    return Path(shutil.copytree(empty, tmp_path / "store"))


@pytest.fixture(params=["sqlite"])
def reopen(request: pytest.FixtureRequest, folder: Path) -> Opener:
    """Opens the test's store, as often as wanted, once at a time."""
    assert request.param == "sqlite"
    return lambda: SqliteStore.open(url(folder), KEY, kind="simulation")


@pytest.fixture
def examples(reopen: Opener) -> Iterator[tuple[asyncio.Runner, SqliteStore]]:
    """An open store and a loop for tests that run many examples in it."""
    with asyncio.Runner() as runner:
        store = runner.run(reopen())
        yield runner, store
        runner.run(store.close())


@pytest.fixture
async def store(reopen: Opener) -> AsyncIterator[SqliteStore]:
    opened = await reopen()
    yield opened
    await opened.close()
