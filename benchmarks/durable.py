"""The durable turn: the whole bot over its store, in alternation with the bare transaction on the same folder.

Rule 1. A turn is timed from the event until it is committed, its messages are sent and their receipts committed.
Rule 2. Every run starts from a copy of one prepared folder.
Rule 3. The first run of the bot is thrown away: it warms the machine up and writes the baseline's plan.
"""

from __future__ import annotations

import asyncio
import gc
import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter, process_time

from benchmarks import baseline
from benchmarks.baseline import Times
from benchmarks.disk import sync_cost
from benchmarks.organisation import DATABASE, Bot, write_people
from benchmarks.record import Plan, Sends, Tape, Transaction, listen
from benchmarks.workload import Talkers
from storage.keys import keystore_file

PEOPLE = 60


@dataclass
class Figures:
    """Times, run by run; before each, the machine's load and what the disk took for a sync, in microseconds."""

    turns: int
    transactions: int
    statements: int
    sends: int
    loads: list[float] = field(default_factory=list)
    syncs: list[float] = field(default_factory=list)
    bot: list[Times] = field(default_factory=list)
    off_loop: list[Times] = field(default_factory=list)
    blocking: list[Times] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Bench:
    """`folder` is on the disk that is measured."""

    folder: Path
    seed: int
    reporters: int
    most: int

    @property
    def people(self) -> Path:
        return self.folder / "people.yaml"

    async def prepare(self) -> None:
        """A store with its flows published, and nobody's talk in it."""
        write_people(self.people, PEOPLE, self.seed)
        bot = Bot(self._made(), self.people)
        await bot.open()
        await bot.service.stop()

    def _made(self) -> Path:
        made = self.folder / "made"
        made.mkdir(exist_ok=True)
        return made

    def fresh(self, name: str) -> Path:
        """A copy of the prepared folder, the one before it gone."""
        own = self.folder / name
        shutil.rmtree(own, ignore_errors=True)
        return Path(shutil.copytree(self._made(), own))

    async def bot(self, tape: Tape | None = None) -> Times:
        bot = Bot(self.fresh("bot"), self.people)
        await bot.open()
        if tape is not None:
            listen(bot.store, bot.chats, tape)
        talkers = Talkers(bot.chats, bot.directory.people(), range(self.reporters), self.seed)
        times = Times()
        for event in talkers.events():
            if len(times.turns) == self.most:
                break
            began, worked = perf_counter(), process_time()
            await bot.service.take(event)
            await bot.service.quiet()
            times.add(began, worked)
            if tape is not None:
                tape.end_turn()
        await bot.service.stop()
        return times

    async def baseline(self, plan: Plan, *, off_loop: bool) -> Times:
        database = self.fresh("baseline") / DATABASE
        return await baseline.run(database, keystore_file(database), plan, off_loop=off_loop)


async def measure(bench: Bench, runs: int) -> Figures:
    await bench.prepare()
    tape = Tape()
    await bench.bot(tape)
    parts = [part for turn in tape.plan for part in turn]
    sends = sum(part.count for part in parts if isinstance(part, Sends))
    written = [part for part in parts if isinstance(part, Transaction)]
    statements = sum(len(transaction.statements) for transaction in written)
    figures = Figures(len(tape.plan), len(written), statements, sends)
    # one of each is thrown away: what warms the bot up warms its baselines up too
    await bench.baseline(tape.plan, off_loop=True)
    await bench.baseline(tape.plan, off_loop=False)
    for number in range(runs):
        figures.loads.append(os.getloadavg()[0])
        figures.syncs.append(sync_cost(bench.folder))
        # who goes first changes from round to round: what one leaves to be written falls on another each time
        for turn in range(3):
            gc.collect()
            os.sync()
            match (number + turn) % 3:
                case 0:
                    figures.bot.append(await bench.bot())
                case 1:
                    figures.off_loop.append(await bench.baseline(tape.plan, off_loop=True))
                case _:
                    figures.blocking.append(await bench.baseline(tape.plan, off_loop=False))
        if len(figures.bot[-1].turns) != len(tape.plan):
            raise SystemExit("this round had other turns than the recorded one: it cannot be compared")
    return figures


def run(bench: Bench, runs: int) -> Figures:
    return asyncio.run(measure(bench, runs))
