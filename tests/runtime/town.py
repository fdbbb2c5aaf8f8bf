"""A house with several ways out, and the weather over them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from bot.cases.case import Status
from bot.core.people import PersonId
from bot.errors import ChannelDown, PersonUnreachable
from bot.runtime.owed import Owed
from bot.simulation.screens import StageChannel
from bot.simulation.stage import Stage
from tests.runtime.channels import Wire
from tests.runtime.making import House, setting
from tests.runtime.talks import REPORT, talk

SECOND = "second"
MINUTE = timedelta(minutes=1)


def person(name: str) -> PersonId:
    return next(p.id for p in setting().people if p.first_name == name)


ANA, LUIS, KIM, VERA = (person(name) for name in ("Ana", "Luis", "Kim", "Vera"))


@dataclass
class Sky:
    """The weather of several platforms: which are down, who cannot be reached where, and what was tried."""

    down: dict[str, Exception] = field(default_factory=dict)
    blocked: set[tuple[PersonId, str]] = field(default_factory=set)
    tried: list[tuple[str, PersonId]] = field(default_factory=list)

    def over(self, platform: str) -> Callable[[Owed], None]:
        def weather(row: Owed) -> None:
            self.tried.append((platform, row.to))
            if platform in self.down:
                raise self.down[platform]
            if (row.to, platform) in self.blocked:
                raise PersonUnreachable("blocked")

        return weather


@dataclass
class Town:
    """A house with several ways out, and a screen for the first."""

    house: House
    sky: Sky
    wires: Mapping[str, Wire]
    stage: Stage

    def got(self, platform: str, to: PersonId) -> list[Owed]:
        return [row for row in self.wires[platform].arrived if row.to == to]

    def shut(self, *platforms: str) -> None:
        self.sky.down.update({platform: ChannelDown("failed_503") for platform in platforms})

    async def wait(self, minutes: int) -> None:
        for _ in range(minutes):
            await self.house.wait(MINUTE)
            while await self.house.service.fire_due():
                await self.house.service.quiet()

    async def case(self) -> tuple[Status, PersonId | None, int]:
        *_, file = await self.house.files()
        return file.case.status, file.case.owner, file.case.rung


class Screen(Wire):
    """A wire that shows on the stage's screens, too."""

    house: House

    async def send(self, owed: Owed, chat: str, handle: str | None, *, again: bool) -> str:
        await super().send(owed, chat, handle, again=again)
        return await StageChannel(self.house.screens).send(owed, chat, handle, again=again)


Towns = Callable[..., Awaitable[Town]]


async def report(town: Town) -> None:
    """Ana's report, up to the last press: her own platform works until then."""
    await talk(town.stage, ANA, REPORT[:-1])


async def send_it(town: Town) -> None:
    await town.stage.line(ANA, REPORT[-1])


def alerts(rows: list[Owed]) -> list[Owed]:
    return [row for row in rows if row.awaited]
