from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from io import StringIO
from pathlib import Path

import pytest
import structlog

from bot.observe import configure
from bot.runtime.ports import Channel
from tests.runtime.making import House, new_store

Houses = Callable[..., Awaitable[House]]


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new, empty store, made once: copies of it spare each test the migrations."""
    return asyncio.run(new_store(tmp_path_factory.mktemp("empty")))


@pytest.fixture(autouse=True)
def log() -> Iterator[StringIO]:
    """What is logged, at debug level."""
    written = StringIO()
    configure("debug", written)
    yield written
    structlog.reset_defaults()


@pytest.fixture
async def houses(empty: Path, tmp_path: Path) -> AsyncIterator[Houses]:
    """Opens houses over one database, one after the other, and closes the last."""
    opened: list[House] = []
    folder = Path(shutil.copytree(empty, tmp_path / "house"))

    async def open_one(channel: Channel | None = None, *, timers: bool = False) -> House:
        before = opened[-1] if opened else None
        kept = {"clock": before.clock, "screens": before.screens} if before is not None else {}
        made = House(folder, channel=channel, **kept)  # type: ignore[arg-type]
        opened.append(await made.open(timers=timers))
        return made

    yield open_one
    for house in opened[-1:]:
        await house.service.drop()
