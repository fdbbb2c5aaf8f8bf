"""The bare transaction beside which the durable turn is measured: the same rows, the same sends, nothing else.

It seals nothing, decides nothing, reads nothing and checks nothing: it knows beforehand what each turn writes.
See README.md for why this is a fair thing to stand beside, and what it leaves out.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter, process_time

from benchmarks.record import Plan, Sends, Transaction

PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",
    "PRAGMA foreign_keys = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA wal_autocheckpoint = 4000",
)
Run = Callable[[Transaction], None]


def connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, cached_statements=256)
    for pragma in PRAGMAS:
        connection.execute(pragma).fetchall()
    return connection


def write(connection: sqlite3.Connection, transaction: Transaction) -> None:
    """One transaction, on the disk when this returns."""
    connection.execute("BEGIN IMMEDIATE")
    for statement in transaction.statements:
        if len(statement.many) == 1:
            connection.execute(statement.sql, statement.many[0])
        else:
            connection.executemany(statement.sql, statement.many)
    connection.execute("COMMIT")


class Outgoing:
    """The same chat in memory as the bot's: it takes a message and gives it a name."""

    def __init__(self) -> None:
        self.sent = 0

    async def send(self) -> str:
        self.sent += 1
        return f"m{self.sent}"


@dataclass
class Times:
    """Seconds of each turn, and the mean processor time of a turn, all threads together."""

    turns: list[float] = field(default_factory=list)
    work: float = 0.0

    def add(self, began: float, worked: float) -> None:
        """A turn that began at these readings of `perf_counter` and `process_time` is over."""
        self.turns.append(perf_counter() - began)
        self.work += (process_time() - worked - self.work) / len(self.turns)


async def run(database: Path, keystore: Path, plan: Plan, *, off_loop: bool) -> Times:
    """With `off_loop` the whole transaction runs in a thread, as a server must do it."""
    connections = {"database": connect(database), "keystore": connect(keystore)}
    loop, out = asyncio.get_running_loop(), Outgoing()
    times = Times()
    with ThreadPoolExecutor(1) as thread:
        for turn in plan:
            began, worked = perf_counter(), process_time()
            for part in turn:
                if isinstance(part, Sends):
                    for _ in range(part.count):
                        await out.send()
                elif off_loop:
                    await loop.run_in_executor(thread, write, connections[part.where], part)
                else:
                    write(connections[part.where], part)
            times.add(began, worked)
    for connection in connections.values():
        connection.close()
    return times
