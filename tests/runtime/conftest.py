from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from io import StringIO
from pathlib import Path

import pytest

from bot.runtime.ports import Channel
from bot.simulation.screens import PLATFORM
from tests.runtime.channels import Wire
from tests.runtime.making import House
from tests.runtime.town import SECOND, Screen, Sky, Town, Towns

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
        clock, screens = (before.clock, before.screens) if before is not None else (None, None)
        made = House(store_folder, channel=channel, others=others, clock=clock, screens=screens)
        opened.append(await made.open(timers=timers))
        return made

    yield open_one
    for house in opened[-1:]:
        await house.service.drop()


@pytest.fixture
def town(houses: Houses) -> Towns:
    async def build(*ways: str, sky: Sky | None = None, needs_proof: bool = False) -> Town:
        sky = sky or Sky()
        screen = Screen(before=sky.over(PLATFORM))
        wires = {
            way: Wire(before=sky.over(way), platform=way, needs_proof=needs_proof and way == SECOND) for way in ways
        }
        others: Mapping[str, Channel] = dict(wires)
        house = await houses(screen, others=others)
        screen.house = house
        return Town(house, sky, {PLATFORM: screen, **wires}, house.stage())

    return build
