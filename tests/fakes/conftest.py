"""A fake for each test: of Slack, with a bot by HTTP and by Socket Mode, or alone; of Teams, with a bot."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.fakes import teams_world
from tests.fakes.slack_world import World, world


@pytest.fixture(params=["http", "socket"])
async def slack(request: pytest.FixtureRequest) -> AsyncIterator[World]:
    async with world(request.param) as made:
        yield made


@pytest.fixture
async def by_http() -> AsyncIterator[World]:
    async with world("http") as made:
        yield made


@pytest.fixture
async def alone() -> AsyncIterator[World]:
    """No bot: the test calls the Web API itself."""
    async with world("none") as made:
        yield made


@pytest.fixture
async def teams() -> AsyncIterator[teams_world.World]:
    async with teams_world.teams_world() as made:
        yield made
