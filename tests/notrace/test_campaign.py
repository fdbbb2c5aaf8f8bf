"""Reports that share a link belong together (`bot/cases/traces.py`), for those who may see both: for nobody else.

Rule 1. Whoever handles one of them, and must not know of the other, sees nothing of it: no word, no group, no line in the
        chain of their own case, and no number of turns in its buttons.
Rule 2. Whoever reports the same link learns nothing either: their own turns are the same, statement by statement.
"""

from __future__ import annotations

from pathlib import Path

from tests.notrace.scenes import Scene, two
from tests.notrace.script import DAY, HOUR
from tests.notrace.secret import FORM
from tests.runtime.talks import REPORT

OWN = tuple(FORM if line.startswith("{kinds") else line for line in REPORT)


async def test_whoever_has_a_case_with_the_same_link_sees_nothing(empty_store: Path, tmp_path: Path) -> None:
    scene = Scene("luis", "Luis Berg", report=OWN)
    async with two(empty_store, tmp_path, scene) as (pair, secret):
        await pair.says("cases", "[Open]", "[Done]")
        await secret.is_told(scene.accused)
        await pair.says("cases", "[Open]", "[Read]", "who can see this?")
        await secret.lives(pair.person, 2)
        await pair.says("cases", "[Open]", "[Done]", "hand over")
        await pair.passes(2 * HOUR)
        await pair.starts_again()
        await pair.passes(DAY)
        await pair.says("cases", "[Open]", "read")
        pair.ends()


async def test_whoever_reports_the_same_link_sees_nothing(empty_store: Path, tmp_path: Path) -> None:
    scene = Scene("luis", "Luis Berg")
    async with two(empty_store, tmp_path, scene) as (pair, secret):
        await secret.is_told(scene.accused)
        await pair.says(*OWN)
        await pair.says("cases", "[Open]", "who can see this?")
        await pair.passes(DAY)
        await pair.says("cases", "[Open]")
        pair.ends()
