"""A case is opened for a reason, or the call does not even pass the types."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_a_store_call_without_a_permission_does_not_pass_the_types(tmp_path: Path) -> None:
    call = tmp_path / "call.py"
    call.write_text(
        "from bot.core.ids import CaseId\n"
        "from bot.runtime.ports import Store, Tx\n"
        "async def look(store: Store, tx: Tx, case: CaseId) -> None:\n"
        "    await tx.load(case)\n"
        "    await store.file(case, 'f')\n"
        "    await store.audit(case)\n"
        "    await store.cases()\n",
        encoding="utf-8",
    )
    found = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", str(call)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert [line.split(":")[1] for line in found.stdout.splitlines()] == ["4", "5", "6", "7"], found.stdout
    assert found.stdout.count('Missing positional argument "warrant"') == 4
