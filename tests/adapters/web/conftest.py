"""What every test of the simulator begins with: flows of its own, and whatever is opened is closed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from io import StringIO
from pathlib import Path

import pytest

from bot.settings import Settings
from tests.runtime.making import settings


@pytest.fixture(autouse=True)
def logged(log: StringIO) -> None:
    """What is logged is kept quiet."""


@pytest.fixture
def own(tmp_path: Path) -> Settings:
    """Settings with a flow folder of the test's own."""
    flows = tmp_path / "flows"
    flows.mkdir()
    for path in settings().flows.path.rglob("*.yaml"):
        copy = flows / path.relative_to(settings().flows.path)
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes(path.read_bytes())
    return settings().model_copy(update={"flows": settings().flows.model_copy(update={"path": flows})})


@pytest.fixture
async def stack() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as opened:
        yield opened
