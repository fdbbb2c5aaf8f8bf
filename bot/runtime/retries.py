"""Rests after failures: what failed is tried again, later each time, and holds up nobody else meanwhile."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import datetime, timedelta
from typing import Generic, TypeVar

FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=2), timedelta(minutes=5)

K = TypeVar("K", bound=Hashable)


def pause(attempts: int) -> timedelta:
    """How long to rest after that many failures in a row before this one."""
    return min(LONGEST_PAUSE, FIRST_PAUSE * (1 << min(attempts, 10)))


class Retries(Generic[K]):
    """What failed, how often, and when it may be tried again. Times are UTC."""

    def __init__(self) -> None:
        self._until: dict[K, tuple[int, datetime]] = {}

    def __len__(self) -> int:
        return len(self._until)

    def failed(self, key: K, now: datetime) -> datetime:
        """Note a failure; returns when to try again."""
        attempts, _ = self._until.get(key, (0, now))
        at = now + pause(attempts)
        self._until[key] = attempts + 1, at
        return at

    def done(self, key: K) -> None:
        self._until.pop(key, None)

    def rests(self, key: K, now: datetime) -> bool:
        return key in self._until and self._until[key][1] > now

    def next(self, now: datetime) -> datetime | None:
        """When the first of those that rest may be tried again."""
        return min((at for _, at in self._until.values() if at > now), default=None)
