from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from bot.cases.permissions import Engine
from storage import audit
from tests.storage.conftest import Opener
from tests.storage.killed import TURNS
from tests.storage.making import CASE, LANE, NOW


def kill_inside(folder: Path) -> list[str]:
    """What the process told before it was killed within a transaction."""
    root = Path(__file__).parents[2]
    command = [sys.executable, "-m", "tests.storage.killed", str(folder)]
    told: list[str] = []
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        while "inside" not in told:
            line = process.stdout.readline().strip()
            assert line, "the process ended by itself"
            told.append(line)
        process.kill()
    return told


async def test_kill_9_within_a_transaction_loses_what_was_in_it_and_nothing_else(folder: Path, reopen: Opener) -> None:
    told = kill_inside(folder)
    assert told == [*map(str, range(TURNS)), "inside"]

    store = await reopen()
    async with store.begin() as tx:
        file = await tx.load(CASE, Engine.LOOK_AFTER)
        assert file is not None
        assert file.case.revision == TURNS
        (talk,) = file.sessions.values()
        assert list(talk.answers) == [f"report.q{number}" for number in range(TURNS)]
        assert [await tx.first_time(f"e{number}", "said", NOW) for number in range(TURNS + 1)] == [False] * TURNS + [
            True
        ]
    assert [row.key for row in await store.owed(LANE, 99)] == [f"c1:{n}:0" for n in range(TURNS)]
    lines = await store.audit(CASE, Engine.LOOK_AFTER)
    assert len(lines) == TURNS
    assert audit.verify(CASE, lines) is None
    await store.close()
