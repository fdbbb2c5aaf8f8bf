"""What a turn costs on the disk, as counts that hold on every machine: whole talks through the whole bot.

Rule 1. A turn is one transaction; the receipts of its messages are one more. Each commit is one fsync, and there is no
        third, in neither file: not even in the very first turn of a new store, nor in one that begins a case.
Rule 2. Keys of cases to come are commits of their own between turns, one for several cases.
Rule 3. No network in a turn: nothing is sent while a transaction is open, and no socket is opened.
"""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from benchmarks import baseline
from benchmarks.durable import Bench
from benchmarks.organisation import Bot
from benchmarks.record import Part, Sends, Tape, listen
from benchmarks.workload import Talkers
from bot.runtime.spares import MOST
from storage import sqlite

#: So many reports that spares are made anew.
SEED, REPORTERS = 7, 5
#: Statements of one transaction, reading too. A first alert or a new playbook does the most.
MOST_STATEMENTS, USUAL_STATEMENTS = 40, 16


@dataclass
class Seen:
    turns: list[str]
    waited_for: list[Sequence[tuple[str, str]]]
    statements: list[int]
    sent_within: int
    synchronous: list[int]


def shape(parts: tuple[Part, ...]) -> str:
    """A turn as letters: k for a commit of keys, d for one of the database, s for messages sent."""
    return "".join("s" if isinstance(part, Sends) else part.where[0] for part in parts)


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """Reports in a new store, and what the managers do with them, to the end."""
    with pytest.MonkeyPatch.context() as patch:
        return asyncio.run(talked(tmp_path_factory.mktemp("bench"), patch))


async def talked(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Seen:
    bench = Bench(folder, SEED, 1, 100)
    await bench.prepare()
    bot = Bot(bench.fresh("bot"), bench.people)
    await bot.open()
    writer = bot.store._writer
    told: list[str] = []
    writer.set_trace_callback(told.append)
    tape, within = Tape(), 0
    listen(bot.store, bot.chats, tape)

    def sent() -> None:
        nonlocal within
        within += writer.in_transaction
        tape.sent()

    bot.chats.told = sent
    monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("a turn opened a socket"))
    new_keys, waited_for = bot.store._new_keys, list[Sequence[tuple[str, str]]]()

    async def in_a_turn(wanted: Sequence[tuple[str, str]]) -> None:
        waited_for.append(wanted)
        await new_keys(wanted)

    monkeypatch.setattr(bot.store, "_new_keys", in_a_turn)
    await talk(bot, range(REPORTERS), SEED, tape)
    writer.set_trace_callback(None)
    synchronous = [c.execute("PRAGMA synchronous").fetchone()[0] for c in (writer, bot.store._vault.keys._connection)]
    await bot.service.stop()
    return Seen([shape(turn) for turn in tape.plan], waited_for, per_transaction(told), within, synchronous)


async def talk(bot: Bot, reporters: range, seed: int, tape: Tape) -> None:
    for event in Talkers(bot.chats, bot.directory.people(), reporters, seed).events():
        await bot.service.take(event)
        await bot.service.quiet()
        tape.end_turn()


def per_transaction(told: list[str]) -> list[int]:
    whole = "\n".join(statement.split(None, 1)[0] for statement in told)
    return [one.count("\n") - 1 for one in re.findall(r"BEGIN\n(?:(?!BEGIN)\w+\n)*COMMIT\n?", whole + "\n")]


def test_a_turn_with_its_deliveries_is_two_commits(seen: Seen) -> None:
    assert len(seen.turns) >= 20 * REPORTERS
    assert seen.synchronous == [2, 2]
    for turn in seen.turns:
        # what a delivered alert brings is a turn of its own
        assert re.fullmatch(r"d(sd(d(sd)?)?)?", turn.replace("k", "")), turn
    alone = [turn for turn in seen.turns if turn in ("d", "dsd")]
    assert len(alone) > 0.9 * len(seen.turns)


def test_no_turn_makes_keys(seen: Seen) -> None:
    assert seen.waited_for == []


def test_keys_of_several_cases_are_one_commit_after_the_turn_that_took_a_spare(seen: Seen) -> None:
    with_keys = [number for number, turn in enumerate(seen.turns) if "k" in turn]
    assert with_keys == [MOST // 2 - 1]
    (turn,) = (seen.turns[number] for number in with_keys)
    assert turn[0] == "d"
    assert turn.count("k") == 1


def test_a_turn_has_few_statements(seen: Seen) -> None:
    counts = sorted(seen.statements)
    assert counts[-1] <= MOST_STATEMENTS
    assert counts[len(counts) // 2] <= USUAL_STATEMENTS


def test_nothing_is_sent_within_a_transaction(seen: Seen) -> None:
    assert seen.sent_within == 0


def test_the_baseline_writes_as_the_store_does(tmp_path: Path) -> None:
    """What the bot is measured beside is as durable as the bot, and pays for it as the bot does."""
    names = sorted({pragma.split()[1] for pragma in (*baseline.PRAGMAS, *sqlite._PRAGMAS)})
    with closing(baseline.connect(tmp_path / "a")) as bare, closing(sqlite.connect(tmp_path / "b")) as own:
        for name in (*names, "cache_size", "page_size", "mmap_size"):
            assert bare.execute(f"PRAGMA {name}").fetchone() == own.execute(f"PRAGMA {name}").fetchone(), name
