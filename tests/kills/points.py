"""Named moments at which a life can end: around what the product does, never inside it.

Rule 1. A life ends by SIGKILL from within, so that not one more instruction runs.
Rule 2. The environment variable `BISTAND_KILL`, or an order of the parent, holds `point:n`: the n-th passing is the last.
"""

from __future__ import annotations

import os
import signal
import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from bot.core.ids import CaseId
from bot.runtime.owed import Outcome
from bot.runtime.ports import Saved
from storage.store import SqliteStore
from storage.tx import SqliteTx

#: Every point, in the order in which a turn passes them; the last ones are passed at a start and at an erasure.
POINTS = (
    "take",
    "begun",
    "key_made",
    "saving",
    "saved",
    "commit",
    "committed",
    "ack",
    "send",
    "sent",
    "settle",
    "settled",
    "clock",
    "opened",
    "started",
    "destroy",
    "destroyed",
)


class Points:
    """Where this life is to end, if anywhere."""

    def __init__(self, armed: str = "") -> None:
        self.point, self.left = "", 0
        self.arm(armed)

    def arm(self, armed: str) -> None:
        self.point, _, count = armed.partition(":")
        self.left = int(count or 1)

    def pass_(self, point: str) -> None:
        if point == self.point:
            self.left -= 1
            if self.left <= 0:
                os.kill(os.getpid(), signal.SIGKILL)


class Writer:
    """The writer's connection with a point on each side of its commits."""

    def __init__(self, connection: sqlite3.Connection, points: Points) -> None:
        self._connection = connection
        self._points = points

    def execute(self, statement: str, *rest: Any) -> sqlite3.Cursor:
        if statement != "COMMIT":
            return self._connection.execute(statement, *rest)
        self._points.pass_("commit")
        done = self._connection.execute(statement)
        self._points.pass_("committed")
        return done

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


class Watched(SqliteStore):
    """The product's store with points around what it does."""

    def watch(self, points: Points) -> None:
        self.points = points
        self._writer = Writer(self._writer, points)  # type: ignore[assignment]
        keys = self._vault.keys
        create, destroy = keys.create, keys.destroy

        def created(wanted: Sequence[tuple[str, str]]) -> None:
            create(wanted)
            points.pass_("key_made")

        def destroyed(case: str, kind: str | None = None) -> None:
            points.pass_("destroy")
            destroy(case, kind)
            points.pass_("destroyed")

        keys.create = created  # type: ignore[method-assign,assignment]
        keys.destroy = destroyed  # type: ignore[method-assign]

    @asynccontextmanager
    async def _begin(self) -> AsyncIterator[SqliteTx]:
        async with super()._begin() as tx:
            self.points.pass_("begun")
            save = tx.save

            async def saved(what: Saved) -> None:
                self.points.pass_("saving")
                await save(what)
                self.points.pass_("saved")

            tx.save = saved  # type: ignore[method-assign]
            yield tx

    async def settle(self, outcomes: Sequence[Outcome], at: datetime) -> None:
        self.points.pass_("settle")
        await super().settle(outcomes, at)
        self.points.pass_("settled")

    def every_case(self) -> list[CaseId]:
        return [CaseId(row[0]) for row in self._reader.execute("SELECT id FROM cases ORDER BY id")]

    def every_id(self) -> frozenset[CaseId]:
        """Every id that was ever given to a case, or promised to one that is to begin."""
        asked = "SELECT id FROM cases UNION SELECT case_id FROM erased UNION SELECT case_id FROM inbox"
        return frozenset(CaseId(row[0]) for row in self._reader.execute(asked) if row[0] is not None)

    def every_chain(self) -> list[CaseId]:
        return [CaseId(row[0]) for row in self._reader.execute("SELECT DISTINCT case_id FROM audit ORDER BY 1")]

    def every_timer(self) -> list[tuple[str, str, int]]:
        return list(self._reader.execute("SELECT case_id, key, at FROM timers ORDER BY 1, 2"))

    def every_event(self) -> list[tuple[str, bytes]]:
        return sorted(self._reader.execute("SELECT kind, event FROM inbox"))
