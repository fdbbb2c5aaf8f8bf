"""`python -m benchmarks`: the pure step, the durable turn, what Slack waits for, what is seen; with seed and commit."""

from __future__ import annotations

import argparse
import os
import platform
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import mean, median

from benchmarks import acked, durable, pure, seen
from benchmarks.disk import filesystem, sync_cost

ROOT = Path(__file__).parent.parent


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="How long a turn takes.")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--runs", type=int, default=5, help="alternating runs of bot and baseline")
    parser.add_argument("--reporters", type=int, default=12, help="people who report, at once")
    parser.add_argument("--turns", type=int, default=600, help="at most so many turns a run")
    parser.add_argument("--folder", type=Path, default=ROOT / "var", help="a folder on the disk that is measured")
    parser.add_argument("--only", choices=("pure", "durable", "acked", "seen"))
    return parser.parse_args()


def commit() -> str:
    """The commit that is measured; `+` where files differ from it."""

    def git(*words: str) -> str:
        return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()

    return (git("rev-parse", "--short", "HEAD") or "unknown") + ("+" if git("status", "--porcelain") else "")


def print_pure(seed: int) -> None:
    found = pure.measure(seed)
    print("\nThe pure step, microseconds of processor time a turn")
    print(f"  {'steps':>6}{'beginning':>12}{'middle':>12}{'end':>12}")
    for steps in pure.SIZES:
        print(f"  {steps:>6}" + "".join(f"{found[steps, place]:>12.0f}" for place in ("beginning", "middle", "end")))
    short, long = (median(found[n, p] for p in ("beginning", "middle", "end")) for n in (10, 1000))
    print(f"  1,000 steps / 10 steps: {long / short:.2f}")


def print_durable(bench: durable.Bench, runs: int) -> None:
    figures = durable.run(bench, runs)
    a_turn = figures.turns
    print(f"\nThe durable turn, {runs} alternating runs of {a_turn} turns of {bench.reporters} reports")
    counts = (figures.transactions / a_turn, figures.statements / a_turn, figures.sends / a_turn)
    print("  a turn: {:.2f} commits, {:.1f} writing statements, {:.2f} sends".format(*counts))
    print(f"  {'milliseconds a turn, mean (median)':<36}{'bot':>14}{'off the loop':>14}{'blocking':>14}")
    for number, run in enumerate(zip(figures.bot, figures.off_loop, figures.blocking, strict=True), 1):
        cells = "".join(f"{mean(one.turns) * 1e3:>7.2f} ({median(one.turns) * 1e3:.2f})" for one in run)
        about = f"run {number}, load {figures.loads[number - 1]:.1f}, sync {figures.syncs[number - 1]:.0f} us"
        print(f"  {about:<36}{cells}")
    kinds = (figures.bot, figures.off_loop, figures.blocking)
    work = "".join(f"{median(run.work for run in runs) * 1e3:>14.2f}" for runs in kinds)
    print(f"  {'processor time, median':<36}{work}")
    more = median(mean(a.turns) - mean(b.turns) for a, b in zip(figures.bot, figures.off_loop, strict=True))
    print(f"  the bot takes {more * 1e3:.2f} ms a turn more than the bare transactions off the loop")
    for name, others in (("off the loop", figures.off_loop), ("blocking the loop", figures.blocking)):
        ratios = sorted(mean(b.turns) / mean(a.turns) for a, b in zip(figures.bot, others, strict=True))
        spread = f"min {ratios[0]:.2f}, median {median(ratios):.2f}, max {ratios[-1]:.2f}"
        print(f"  ratio to the baseline, {name}: {spread}")


def main() -> int:
    given = arguments()
    given.folder.mkdir(parents=True, exist_ok=True)
    print(f"commit {commit()}, seed {given.seed}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}")
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {filesystem(given.folder)}: ", end="")
    print(f"16 KB to the disk in {sync_cost(given.folder):.0f} microseconds")
    if given.only in (None, "pure"):
        print_pure(given.seed)
    if given.only in (None, "durable"):
        with tempfile.TemporaryDirectory(dir=given.folder, prefix="bench-") as folder:
            print_durable(durable.Bench(Path(folder), given.seed, given.reporters, given.turns), given.runs)
    if given.only in (None, "acked"):
        with tempfile.TemporaryDirectory(dir=given.folder, prefix="bench-") as folder:
            acked.print_acked(Path(folder), given.seed, given.runs)
    if given.only in (None, "seen"):
        seen.print_seen()
    return 0


if __name__ == "__main__":
    sys.exit(main())
