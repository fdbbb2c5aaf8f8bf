from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from io import StringIO
from pathlib import Path

import pytest

from bot.runtime.ports import Channel
from tests.runtime.making import House

Houses = Callable[..., Awaitable[House]]


@pytest.fixture(autouse=True)
def logged(log: StringIO) -> None:
    """What is logged can be looked at."""


@pytest.fixture
async def houses(store_folder: Path) -> AsyncIterator[Houses]:
    """Opens houses over one database, one after the other, and closes the last."""
    opened: list[House] = []

    async def open_one(
        channel: Channel | None = None, *, timers: bool = False, others: Mapping[str, Channel] | None = None
    ) -> House:
        before = opened[-1] if opened else None
        kept = {"clock": before.clock, "screens": before.screens} if before is not None else {}
        made = House(store_folder, channel=channel, others=others, **kept)  # type: ignore[arg-type]
        opened.append(await made.open(timers=timers))
        return made

    yield open_one
    for house in opened[-1:]:
        await house.service.drop()
