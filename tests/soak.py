"""The long versions: whether this is one, and the figures that it leaves in var/soak."""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOAK = os.environ.get("BISTAND_SOAK") == "1"


def keep(name: str, seed: int, figures: Mapping[str, object]) -> None:
    """Put the figures of one seed into var/soak/NAME.json, beside those of the others, with the commit."""
    if not SOAK:
        return
    folder = ROOT / "var" / "soak"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{name}.json").open("a+", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        known = json.loads(file.read() or "{}")
        known = known if known.get("commit") == commit() else {"commit": commit(), "seeds": {}}
        known["seeds"][str(seed)] = dict(figures)
        known["total"] = _sums(known["seeds"])
        file.truncate(0)
        file.write(json.dumps(known, indent=1, sort_keys=True) + "\n")


def _sums(seeds: Mapping[str, Mapping[str, object]]) -> dict[str, float]:
    sums: dict[str, float] = {"seeds": len(seeds)}
    for figures in seeds.values():
        for name, value in figures.items():
            if isinstance(value, int | float):
                sums[name] = round(sums.get(name, 0) + value, 3)
    return sums


def commit() -> str:
    found = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False)
    return found.stdout.strip() or "unknown"
