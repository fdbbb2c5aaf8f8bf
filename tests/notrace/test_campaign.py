"""Reports that share a link belong together (`bot/cases/traces.py`), for those who may see both: for nobody else.

Rule 1. Whoever handles one of them, and must not know of the other, sees nothing of it: no word, no group, no line in the
        chain of their own case, and no number of turns in its buttons.
Rule 2. Whoever reports the same link learns nothing either. Their own turn hands the link on, one row for each such
        case; what follows is that case's own turn. Nothing else is different.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from tests.notrace.pair import compare
from tests.notrace.scenes import Scene, two
from tests.notrace.script import DAY, HOUR
from tests.notrace.secret import FORM
from tests.runtime.talks import REPORT

#: What a report adds for another that shares a link with it: a row handed to it, and then a turn of the other case.
HANDED_ON = {
    "BEGIN": 1,
    "INSERT inbox": 2,
    "SELECT inbox": 2,
    "SELECT cases": 2,
    "UPDATE inbox": 1,
    "UPDATE cases": 1,
    "COMMIT": 1,
}
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
        *written, send = OWN
        await pair.says(*written)
        first, second = [
            await side.does(lambda stage, person: stage.line(person, send), pair.person) for side in pair.sides
        ]
        more = Counter(first.pop("statements"))
        more.subtract(Counter(second.pop("statements")))
        compare(send, first, second)
        assert +Counter(_kind(statement) for statement in more.elements()) == Counter(HANDED_ON)
        assert min(more.values()) >= 0
        await pair.says("cases", "[Open]", "who can see this?")
        await pair.passes(DAY)
        await pair.says("cases", "[Open]")
        pair.ends()


def _kind(statement: str) -> str:
    """The verb, and the table that it is about."""
    table = re.search(r"(?:FROM|INTO|UPDATE) (\w+)", statement)
    verb = statement.split(maxsplit=1)[0]
    return f"{verb} {table[1]}" if table is not None else verb
