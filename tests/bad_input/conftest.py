"""A house that is told odd things."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.runtime.making import House


@pytest.fixture
async def house(store_folder: Path) -> AsyncIterator[House]:
    made = await House(store_folder).open()
    yield made
    await made.service.drop()
