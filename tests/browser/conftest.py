"""One Chromium for all tests of a process, and for each test a simulator and windows of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from tests.browser.desk import Desk
from tests.browser.window import browser


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A browser lives in the loop that started it: all of its tests run in that one."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium() -> AsyncIterator[Browser]:
    async with browser() as started:
        yield started


@pytest_asyncio.fixture(loop_scope="session")
async def desk(chromium: Browser, tmp_path: Path) -> AsyncIterator[Desk]:
    """A simulator with its windows, all closed at the end."""
    async with AsyncExitStack() as opened:
        yield Desk(opened, chromium, tmp_path)
