"""A tenant with a fake Graph, and what the bot reads it with."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from aiohttp import ClientSession

from adapters.teams.graph import Graph
from adapters.teams.people import TeamsAccounts
from adapters.teams.tokens import Tokens
from bot.runtime.accounts import Account, Standing
from bot.runtime.clocks import MovableClock
from tests.fakes.graph import APP, SECRET, TENANT, FakeGraph

START = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


class Leaping(MovableClock):
    """Moves on by itself when somebody waits; it says how long each of them waited."""

    def __init__(self) -> None:
        super().__init__(START)
        self.waits: list[float] = []

    async def wait_until(self, moment: datetime) -> None:
        self.waits.append((moment - self.now()).total_seconds())
        await self.move(moment - self.now())


@dataclass
class Tenant:
    fake: FakeGraph
    clock: Leaping
    session: ClientSession
    tokens: Tokens
    graph: Graph
    source: TeamsAccounts
    wanted: set[str] = field(default_factory=set)
    relied_on: set[str] = field(default_factory=set)
    standing: list[Standing] = field(default_factory=list)

    def again(self, graph: Graph | None) -> TeamsAccounts:
        """Accounts that nothing was asked of yet."""
        return TeamsAccounts(
            graph, TENANT, self.clock, lambda: self.wanted, lambda: self.relied_on, lambda: self.standing
        )

    async def told(self) -> dict[str, Account]:
        return {one.id: one for one in await self.source.accounts()}

    async def more(self) -> dict[str, Account]:
        return {one.id: one for one in await self.source.more()}


@asynccontextmanager
async def tenant() -> AsyncIterator[Tenant]:
    clock = Leaping()
    async with FakeGraph(clock.now) as fake, ClientSession() as session:
        tokens = Tokens(session, fake.url, TENANT, APP, SECRET, clock)
        graph = Graph(session, fake.url, tokens, clock)
        made = Tenant(fake, clock, session, tokens, graph, TeamsAccounts(graph, TENANT, clock))
        made.source = made.again(graph)
        yield made
