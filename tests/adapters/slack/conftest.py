"""A workspace, and a clock that nobody waits for."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.access import new_client
from tests.fakes.slack.workspace import FakeSlack

START = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


class Leaping:
    """A clock that is already there when somebody waits; it says how long each of them would have waited."""

    def __init__(self) -> None:
        self.at = START
        self.waits: list[float] = []

    def now(self) -> datetime:
        return self.at

    async def wait_until(self, moment: datetime) -> None:
        self.waits.append((moment - self.at).total_seconds())
        self.at = max(self.at, moment)

    def leap(self, by: timedelta) -> None:
        self.at += by


@pytest.fixture
def clock() -> Leaping:
    return Leaping()


@pytest.fixture
async def fake(clock: Leaping) -> AsyncIterator[FakeSlack]:
    async with FakeSlack(now=lambda: clock.now().timestamp(), enforce_rate_limits=True) as made:
        yield made


@pytest.fixture
def client(fake: FakeSlack) -> AsyncWebClient:
    return new_client(fake.bot_token, fake.api_url)
