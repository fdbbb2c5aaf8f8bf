from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from pathlib import Path

import pytest

from storage.store import SqliteStore
from tests.storage.making import KEY, url

Opener = Callable[[], Coroutine[None, None, SqliteStore]]


@pytest.fixture
def folder(store_folder: Path) -> Path:
    """Where the test's store lies."""
    return store_folder


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
