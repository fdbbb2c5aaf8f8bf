"""Kill it anywhere, and it goes on: nothing lost, nothing twice, every case owned (DESIGN, "What must always be true")."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest

from bot.cases.case import AT_REST
from tests.kills.proof import faults
from tests.kills.talk import Outcome, Talk
from tests.soak import SOAK, keep

#: Twenty kills, or three hundred.
SEEDS, KILLS, STEPS = (25, 12, 110) if SOAK else (4, 5, 80)


async def talk(empty: Path, folder: Path, seed: int, kills: int, steps: int = STEPS) -> Outcome:
    shutil.copytree(empty, folder)
    return await Talk(folder, seed, steps=steps, kills=kills).run()


@pytest.mark.parametrize("point", ["key_made", "begun", "saved", "commit"])
async def test_a_kill_between_making_keys_of_a_case_and_using_them(
    point: str, empty_store: Path, tmp_path: Path
) -> None:
    whole = await talk(empty_store, tmp_path / "whole", 1, 0, 12)
    folder = tmp_path / "killed"
    shutil.copytree(empty_store, folder)
    killing = Talk(folder, 1, steps=12, kills=0)
    killing.armed = point  # of the first life: once spares are made, or in the turn that takes the first one
    killed = await killing.run()
    assert killed.where == {point: 1}
    assert whole.state.files
    assert faults(killed, whole) == []


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(SEEDS))
async def test_a_killed_talk_ends_as_an_unkilled_one(seed: int, empty_store: Path, tmp_path: Path) -> None:
    begun = time.monotonic()
    whole = await talk(empty_store, tmp_path / "whole", seed, 0)
    killed = await talk(empty_store, tmp_path / "killed", seed, KILLS)
    found = faults(killed, whole)
    cases = [file.case for file in killed.state.files.values()]
    keep(
        "kills",
        seed,
        {
            "kills": killed.kills,
            "where": killed.where,
            "events": len(killed.acknowledged),
            "messages": len(killed.rows),
            "cases": len(cases),
            "cases_open": sum(case.status not in AT_REST for case in cases),
            "timers_pending": len(killed.state.timers),
            "faults": len(found),
            "seconds": round(time.monotonic() - begun, 1),
        },
    )
    assert found == []
    assert killed.kills >= KILLS
