"""Listens to what the bot writes: the plan that the baseline follows, transaction by transaction, send by send.

Rule 1. Statements are kept as they were sent, with their values: sealed values are random bytes already.
Rule 2. Reading is left out, so that the baseline is not charged for how the bot finds its case.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, cast

from benchmarks.workload import Chats
from storage.store import SqliteStore

Values = Mapping[str, Any] | Sequence[Any]
Where = Literal["database", "keystore"]


@dataclass(frozen=True, slots=True)
class Statement:
    """`many` holds the rows of a batch; a single statement is a batch of one."""

    sql: str
    many: tuple[Values, ...]


@dataclass(frozen=True, slots=True)
class Transaction:
    where: Where
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Sends:
    """So many messages in a row."""

    count: int


Part = Transaction | Sends
Plan = list[tuple[Part, ...]]


@dataclass
class Tape:
    """What one turn did so far, and the turns before it."""

    plan: Plan = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)

    def sent(self) -> None:
        last = self.parts[-1] if self.parts else None
        if isinstance(last, Sends):
            self.parts[-1] = Sends(last.count + 1)
        else:
            self.parts.append(Sends(1))

    def end_turn(self) -> None:
        self.plan.append(tuple(self.parts))
        self.parts = []


class Listening:
    """A connection that notes what is written through it."""

    def __init__(self, connection: sqlite3.Connection, tape: Tape, where: Where) -> None:
        self._connection = connection
        self._tape = tape
        self._where: Where = where
        self._open: list[Statement] = []

    @property
    def in_transaction(self) -> bool:
        return self._connection.in_transaction

    def execute(self, sql: str, values: Values = ()) -> sqlite3.Cursor:
        found = self._connection.execute(sql, values)
        match sql.split(None, 1)[0]:
            case "BEGIN":
                self._open = []
            case "COMMIT":
                self._tape.parts.append(Transaction(self._where, tuple(self._open)))
            case "SELECT" | "ROLLBACK":
                pass
            case _:
                self._open.append(Statement(sql, (values,)))
        return found

    def executemany(self, sql: str, many: Sequence[Values]) -> sqlite3.Cursor:
        rows = tuple(many)
        self._open.append(Statement(sql, rows))
        return self._connection.executemany(sql, rows)

    def __getattr__(self, name: str) -> object:
        return getattr(self._connection, name)


def listen(store: SqliteStore, chats: Chats, tape: Tape) -> None:
    """Put the tape between the bot and its two files, and let the chats tell it what they were sent."""
    keys = store._vault.keys
    store._writer = cast("sqlite3.Connection", Listening(store._writer, tape, "database"))
    keys._connection = cast("sqlite3.Connection", Listening(keys._connection, tape, "keystore"))
    chats.told = tape.sent
