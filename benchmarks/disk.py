"""The disk that is measured: what it is, and what it takes to make something durable at this moment."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter


def sync_cost(folder: Path, count: int = 200) -> float:
    """Microseconds that this disk takes to make 16 KB durable."""
    block, times = os.urandom(16384), []
    with tempfile.NamedTemporaryFile(dir=folder) as file:
        for _ in range(count):
            file.write(block)
            file.flush()
            began = perf_counter()
            os.fdatasync(file.fileno())
            times.append(perf_counter() - began)
    return median(times) * 1e6


def filesystem(folder: Path) -> str:
    """What the folder lies on, as the system names it; a benchmark in memory (tmpfs) says nothing about a disk."""
    try:
        mounts = [line.split()[1:3] for line in Path("/proc/mounts").read_text(encoding="utf-8").splitlines()]
    except OSError:
        return "unknown"
    holding = [(place, kind) for place, kind in mounts if folder.resolve().is_relative_to(place)]
    return max(holding, key=lambda found: len(found[0]))[1] if holding else "unknown"
