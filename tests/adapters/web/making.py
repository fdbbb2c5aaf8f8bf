"""A simulator on a port of its own, and somebody who uses its door without a browser."""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aiohttp import ClientSession

from adapters.web.app import listen
from adapters.web.chats import Chats
from adapters.web.simulator import Simulator
from bot.cli.house import PlayHouse
from bot.runtime.clocks import MovableClock
from bot.settings import Settings
from storage.journal import Journal
from storage.master import LENGTH, MasterKey

MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)
KEY = MasterKey(bytes(LENGTH))
OURS = {"X-Bistand": "1"}
#: What a page is sent: it takes it as it comes.
Json = dict[str, Any]


@asynccontextmanager
async def serving(settings: Settings, folder: Path, start: datetime = MONDAY) -> AsyncIterator[tuple[Simulator, str]]:
    """A simulator over a folder; its address ends with a slash."""
    clock = MovableClock(start)
    journal = Journal(folder / "play.chats", KEY)
    chats = Chats(journal, clock)
    if chats.latest is not None:
        await clock.move(chats.latest - clock.now())
    house = PlayHouse(settings, folder / "play.sqlite", KEY, clock, chats)
    simulator = Simulator(house, chats)
    await simulator.start()
    runner, address = await listen(simulator, 0)
    try:
        yield simulator, address
    finally:
        await simulator.stop()
        await runner.cleanup()
        await house.stop()
        journal.close()


@dataclass
class Tab:
    """What a page knows: it hears the events, and sends what is done."""

    session: ClientSession
    address: str
    language: str = "en"
    chats: dict[str, dict[int, Json]] = field(default_factory=dict)
    stage: Json = field(default_factory=dict)
    begun: int = 0
    _reading: asyncio.Task[None] | None = None
    _changed: asyncio.Event = field(default_factory=asyncio.Event)

    async def open(self) -> None:
        self._reading = asyncio.create_task(self._read())
        begun = self.begun
        await self.until(lambda: self.begun > begun)

    async def cut(self) -> None:
        """The event stream is gone."""
        assert self._reading is not None
        self._reading.cancel()
        await asyncio.gather(self._reading, return_exceptions=True)

    async def until(self, holds: Callable[[], object]) -> None:
        async with asyncio.timeout(20):
            while not holds():
                self._changed.clear()
                await self._changed.wait()

    async def _read(self) -> None:
        async with self.session.get(f"{self.address}events?lang={self.language}", timeout=None) as response:
            assert response.status == 200
            kind = ""
            async for raw in response.content:
                line = raw.decode().rstrip("\n")
                if line.startswith("event: "):
                    kind = line.removeprefix("event: ")
                elif line.startswith("data: "):
                    self._heard(kind, json.loads(line.removeprefix("data: ")))

    def _heard(self, kind: str, data: Json) -> None:
        match kind:
            case "all":
                self.begun += 1
                self._all(data)
            case "chat":
                for item in data["items"]:
                    self.chats.setdefault(str(data["person"]), {})[item["id"]] = item
            case "stage":
                self.stage = data
            case _:
                pass
        self._changed.set()

    def _all(self, data: Json) -> None:
        self.stage = data["stage"]
        self.chats = {person: {item["id"]: item for item in items} for person, items in data["chats"].items()}

    # --- what is done ---

    async def do(self, what: str, /, request: str | None = None, **body: object) -> Json:
        sent = {"id": request or str(uuid.uuid4()), **body}
        async with self.session.post(
            f"{self.address}do/{what}?lang={self.language}", json=sent, headers=OURS
        ) as response:
            answer: Json = await response.json()
            assert response.status == 200, answer
        await self._catch_up()
        return answer

    async def _catch_up(self) -> None:
        """What was done is seen, however late the stream brings it: a look at everything."""
        async with self.session.get(f"{self.address}events?lang={self.language}", timeout=None) as response:
            async for raw in response.content:
                line = raw.decode().rstrip("\n")
                if line.startswith("data: "):
                    self._all(json.loads(line.removeprefix("data: ")))
                    return

    async def act(self, person: str, kind: str, request: str | None = None, **body: object) -> Json:
        return await self.do("act", request, person=person, kind=kind, **body)

    def person(self, first: str) -> str:
        return next(str(person["id"]) for person in self.stage["people"] if person["first"] == first)

    def shown(self, first: str) -> list[Json]:
        """What stands in a person's chat."""
        items = self.chats.get(self.person(first), {})
        return [item for _, item in sorted(items.items()) if not item.get("gone")]

    def texts(self, first: str) -> list[str]:
        return [flat(item["text"]) for item in self.shown(first)]

    async def press(self, first: str, label: str, request: str | None = None) -> Json:
        """Press the newest button of this name, as soon as it stands there."""
        try:
            await self.until(lambda: self._button(first, label))
        except TimeoutError:
            raise AssertionError(f"no button {label!r}: {self.texts(first)[-3:]}") from None
        kind, item, option = self._button(first, label) or ("", {}, "")
        pressed = {"options": [option]} if kind == "chose" else {"command": option}
        return await self.act(self.person(first), kind, request, token=item["token"], **pressed)

    def _button(self, first: str, label: str) -> tuple[str, Json, str] | None:
        """What pressing it does, the item that has it, and what it stands for."""
        for item in reversed(self.shown(first)):
            for kind, done in (("choices", "chose"), ("commands", "commanded")):
                for choice in item.get(kind, []):
                    if choice["label"] == label:
                        return done, item, choice["id"]
        return None

    async def say(self, first: str, text: str) -> Json:
        return await self.act(self.person(first), "said", text=text)


def flat(nodes: object) -> str:
    if isinstance(nodes, str):
        return nodes
    if isinstance(nodes, dict):
        return flat(nodes["c"])
    assert isinstance(nodes, list)
    return "".join(flat(node) for node in nodes)


async def opened(stack: AsyncExitStack, own: Settings, folder: Path) -> tuple[Simulator, Tab]:
    simulator, address = await stack.enter_async_context(serving(own, folder))
    return simulator, await another(stack, address)


def as_sent(made: object) -> Json:
    """What a page gets of it."""
    found: Json = json.loads(json.dumps(made))
    return found


async def another(stack: AsyncExitStack, address: str, language: str = "en") -> Tab:
    tab = Tab(await stack.enter_async_context(ClientSession()), address, language)
    await tab.open()
    stack.push_async_callback(tab.cut)
    return tab


async def to_the_form(tab: Tab) -> Json:
    """Ana's report for her manager as far as its form, which is returned."""
    await tab.act(tab.person("Ana"), "started", flow="report")
    await tab.press("Ana", "No")
    await tab.press("Ana", "Tell what has happened and get help")
    await tab.press("Ana", "It is about me")
    await tab.press("Ana", "A customer, a citizen or somebody else from outside")
    asked = tab.shown("Ana")[-1]
    await tab.act(tab.person("Ana"), "chose", token=asked["token"], options=["manager"])
    return tab.shown("Ana")[-1]


async def reported(tab: Tab) -> None:
    """Ana's report, as short as it can be, for her manager."""
    await to_the_form(tab)
    for _ in range(12):
        if any(choice["id"] == "confirm" for item in tab.shown("Ana") for choice in item.get("choices", [])):
            break
        await tab.say("Ana", "skip")
    asked = next(i for i in reversed(tab.shown("Ana")) if any(c["id"] == "confirm" for c in i["choices"]))
    await tab.act(tab.person("Ana"), "chose", token=asked["token"], options=["confirm"])
    await tab.until(lambda: tab.shown("Luis"))
