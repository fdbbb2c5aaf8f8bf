"""A whole talk, with kills or without: the parent is the platform, which sends again what was not acknowledged.

Rule 1. An event is sent again, under its id, until it was acknowledged.
Rule 2. Each next act waits until the bot has nothing more to say: only so is a killed talk the same as an unkilled one.
"""

from __future__ import annotations

import multiprocessing
from dataclasses import dataclass, field
from datetime import datetime
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from random import Random

from bot.runtime.owed import Owed
from tests.kills import child
from tests.kills.child import Arm, Look, State, Stop, Take, Until
from tests.kills.people import Crowd
from tests.kills.points import POINTS
from tests.kills.sink import read_with_handles
from tests.runtime.making import START

_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload(["tests.kills.preload"])
#: Passed only by a life that begins.
AT_BIRTH = ("opened", "started")
#: So many steps a named point has to be passed in.
LONGEST_WAIT = 6
#: A life that says nothing for so many seconds hangs.
PATIENCE = 60.0


class Killed(Exception):
    """Raised when the life at the other end is over."""


@dataclass
class Outcome:
    state: State
    rows: list[Owed]
    acknowledged: list[str]
    kills: int = 0
    lives: int = 1
    where: dict[str, int] = field(default_factory=dict)


class Talk:
    def __init__(self, folder: Path, seed: int, *, steps: int, kills: int) -> None:
        self.folder, self.seed, self.steps = folder, seed, steps
        self.random = Random(f"kills:{seed}")
        self.wanted, self.due, self.since = kills, 0, 0
        self.plan = sorted(self.random.sample(range(1, steps), kills))
        self.crowd = Crowd(seed)
        self.acknowledged: list[str] = []
        self.seen: list[Owed] = []
        self.read = 0
        self.kills, self.lives = 0, 0
        self.where: dict[str, int] = {}
        self.armed, self.delay = "", -1.0
        self.pending: str | None = None
        self.process: ForkServerProcess
        self.pipe: Connection

    async def run(self) -> Outcome:
        self._born()
        for step in range(1, self.steps + 1):
            self._next_kill(step)
            await self._do(self.crowd.next(self._now()))
            await self._watch()
        while self.kills < self.wanted:
            self.armed, self.delay = "", 0.0
            self._order(Until(self._now()))
        self.armed, self.delay = "", -1.0
        self._order(Arm(""))
        state = self._order(Look())
        assert isinstance(state, State)
        self._order(Stop())
        self.process.join(PATIENCE)
        assert self.process.exitcode == 0
        return Outcome(state, self.seen, self.acknowledged, self.kills, self.lives, self.where)

    # --- lives ---

    def _born(self) -> None:
        """Begin a life; it may be killed before it has come up."""
        while True:
            self.pipe, theirs = _PROCESSES.Pipe()
            self.lives += 1
            self.process = _PROCESSES.Process(target=child.run, args=(str(self.folder), self.seed, self.armed, theirs))
            self.process.start()
            theirs.close()
            try:
                self._hear()
            except Killed:
                continue
            return

    def _plan_kill(self) -> None:
        """The next kill: at a named point, at any moment, or both, one after the other."""
        kind = self.random.random()
        point = f"{self.random.choice(POINTS)}:{self.random.randint(1, 3)}"
        self.since = 0
        if kind < 0.5 and not point.startswith(AT_BIRTH):
            self.armed = point
            self._order(Arm(point))
        elif kind < 0.7:
            self.armed, self.delay = "", self.random.uniform(0.0, 0.02)
        else:  # and the life that comes after it has a point of its own
            self.armed, self.delay = point, self.random.uniform(0.0, 0.01)

    def _next_kill(self, step: int) -> None:
        """Plan what is due; a point that is not passed for long becomes any moment."""
        while self.plan and self.plan[0] <= step:
            self.plan.pop(0)
            self.due += 1
        if self.armed or self.delay >= 0:
            self.since += 1
            if self.since > LONGEST_WAIT and self.delay < 0:
                self.armed, self.delay = "", 0.0
        elif self.due:
            self.due -= 1
            self._plan_kill()

    def _buried(self) -> None:
        self.process.join(PATIENCE)
        assert self.process.exitcode == -9, f"a life ended by itself: {self.process.exitcode}"
        self.pipe.close()
        self.kills += 1
        where = self.armed.partition(":")[0] or "any moment"
        if self.delay >= 0:
            where = "any moment"
        self.where[where] = self.where.get(where, 0) + 1
        # a kill in the middle of going on after a kill is planned by what is still armed
        if self.delay >= 0 and self.armed:
            self.delay = -1.0
        else:
            self.armed, self.delay = "", -1.0

    def _hear(self) -> object:
        try:
            if self.delay >= 0 and not self.pipe.poll(self.delay):
                self.process.kill()
                self._buried()
                raise Killed
            assert self.pipe.poll(PATIENCE), "a life hangs"
            return self.pipe.recv()
        except (EOFError, ConnectionResetError):
            self._buried()
            raise Killed from None

    def _tell(self, order: object) -> None:
        try:
            self.pipe.send(order)
        except (BrokenPipeError, ConnectionResetError):
            self._buried()
            raise Killed from None

    def _order(self, order: object) -> object:
        """Give an order and hear the answer, in as many lives as it takes."""
        while True:
            try:
                self._tell(order)
                return self._hear()
            except Killed:
                self._born()

    # --- the talk ---

    async def _do(self, act: Take | Until) -> None:
        if isinstance(act, Until):
            self._order(act)
            return
        while True:
            try:
                self._tell(act)
                self._hear()
                self.acknowledged.extend(event.id for event in act.events)
                break
            except Killed:
                self._born()
        try:
            self._hear()
        except Killed:
            self._born()

    def _now(self) -> datetime:
        kept = self.folder / "clock"
        return datetime.fromisoformat(kept.read_text()) if kept.exists() else START

    async def _watch(self) -> None:
        rows, self.read = read_with_handles(self.folder / "sink", self.read)
        for owed, handle in rows:
            await self.crowd.show(owed, handle)
            self.seen.append(owed)
