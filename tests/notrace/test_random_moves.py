"""Anybody, in any position, does anything in any order: the same holds. Each seed is one story; a failure names its own.

A move of the extra case (somebody works on it, the reporter takes it back or tells another) happens in the first only.
"""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bot.simulation.found import NoSuchButton
from tests.notrace.moves import OWN, PRESSES, forged, mixed, words
from tests.notrace.pair import Pair
from tests.notrace.scenes import SCENES, Scene, two
from tests.notrace.script import moved
from tests.notrace.secret import Secret
from tests.soak import SOAK, keep

SEEDS, MOVES = (60, 80) if SOAK else (20, 15)
WAITS = tuple(timedelta(minutes=minutes) for minutes in (10, 60, 300, 1440))


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(SEEDS))
async def test_no_trace_whatever_is_done(seed: int, empty_store: Path, tmp_path: Path) -> None:
    dice = random.Random(f"no trace {seed}")
    name = dice.choice(sorted(SCENES))
    scene = SCENES[name]
    async with two(empty_store, tmp_path, scene) as (pair, secret):
        story = Story(dice, scene, pair, secret)
        await secret.is_told(scene.accused)
        for _ in range(MOVES):
            await story.goes_on()
        pair.ends()
        keep("no_trace", seed, {"moves": MOVES, "statements": pair.statements, "sends": pair.sends})


class Story:
    def __init__(self, dice: random.Random, scene: Scene, pair: Pair, secret: Secret) -> None:
        self._dice, self._scene, self._pair, self._secret = dice, scene, pair, secret
        self._words = words(pair.more.house.setting.flows)
        self._own: list[str] = []
        self._moves: tuple[tuple[int, Callable[[], Awaitable[None]]], ...] = (
            (6, self.speaks),
            (4, self.presses),
            (6, self.forges),
            (8, self.tells),
            (3, self.waits),
            (1, pair.starts_again),
            (1, self.people_change),
            (4, self.case_lives),
            (1, self.case_ends),
        )

    async def goes_on(self) -> None:
        (move,) = self._dice.choices([move for _, move in self._moves], [weight for weight, _ in self._moves])
        await move()

    async def speaks(self) -> None:
        await self._pair.says(self._dice.choice(self._words))

    async def presses(self) -> None:
        await self._pair.says(self._dice.choice(PRESSES))

    async def forges(self) -> None:
        every = (*forged(self._secret, self._pair.more.house.setting.flows), *mixed(self._secret))
        await self._pair.does(*self._dice.choice(every))

    async def tells(self) -> None:
        """A few lines of a report of their own; whatever came between them came between them."""
        self._own = self._own or list(OWN)
        for _ in range(min(len(self._own), 5)):
            await self._pair.says(self._own.pop(0))

    async def waits(self) -> None:
        await self._pair.passes(self._dice.choice(WAITS))

    async def people_change(self) -> None:
        somebody = self._dice.choice(sorted(person.id for person in self._pair.more.people))
        await self._pair.has_people(moved(self._pair.more.people, somebody))

    async def case_lives(self) -> None:
        await self._secret.lives(self._pair.person, self._dice.randint(1, 3))

    async def case_ends(self) -> None:
        """The reporter takes it back, and may tell it anew."""
        try:
            for line in ("withdraw", "yes"):
                await self._secret.stage.line(self._secret.reporter, line)
            await self._secret.is_told(self._scene.accused)
        except NoSuchButton:
            return  # something else was asked first
