"""Nobody whom a case is about, and nobody who stands by them, can tell that it is there (DESIGN.md, 2).

Two deployments, alike but for that case: whatever the person does in any position, and whatever time brings, is the
same in both, in words and in number. What is masked stands in `masked.py`, and nowhere else.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.notrace.scenes import SCENES, Scene, two
from tests.notrace.script import ALL, HOUR, everything, looks

#: Each word and each forged button is tried in every so many-th of the positions; all of them in the first.
PARTS, WHOLE = 6, 1
POSITIONS = [(scene, slice(n % PARTS, None, PARTS) if n >= WHOLE else ALL) for n, scene in enumerate(SCENES.values())]


@pytest.mark.parametrize(("scene", "part"), POSITIONS, ids=list(SCENES))
async def test_no_trace(scene: Scene, part: slice, empty_store: Path, tmp_path: Path) -> None:
    async with two(empty_store, tmp_path, scene) as (pair, secret):
        await secret.is_told(scene.accused)
        await everything(pair, secret, part)


async def test_no_trace_while_it_is_written(empty_store: Path, tmp_path: Path) -> None:
    """From the first word on: begun, the person named, sent, taken back, told anew."""
    scene = SCENES["manager"]
    async with two(empty_store, tmp_path, scene) as (pair, secret):
        await secret.is_told(scene.accused, "change who may know", "{who: hr}", "withdraw", "yes")
        await looks(pair, secret)
        await secret.is_told(scene.accused, "who can see this?")
        await looks(pair, secret)


async def test_no_trace_of_a_call_for_help(empty_store: Path, tmp_path: Path) -> None:
    """On call hears of somebody in danger, by pager too; whom it is about hears nothing."""
    scene = SCENES["manager"]
    async with two(empty_store, tmp_path, scene) as (pair, secret):
        await secret.is_in_danger(scene.accused)
        await looks(pair, secret)
        await pair.passes(3 * HOUR)
        await secret.lives(pair.person, 2)
        await pair.passes(30 * HOUR)
        await looks(pair, secret)
        pair.ends()
