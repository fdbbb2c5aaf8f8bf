"""A platform for the kills: what arrived stands in a file, as a chat's history outlives the bot.

Rule 1. A line is on the disk when `send` returns; a torn last line has not arrived.
Rule 2. Asked to send again, it looks first whether the key stands there, as Slack's metadata lets us look.
"""

from __future__ import annotations

import base64
import os
import pickle
from pathlib import Path

from bot.runtime.owed import Owed
from bot.simulation.screens import PLATFORM
from tests.kills.points import Points


class Sink:
    platform = PLATFORM
    needs_proof = False

    def __init__(self, path: Path, points: Points) -> None:
        self._path = path
        self._points = points
        self._descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    async def send(self, owed: Owed, chat: str, handle: str | None, *, again: bool) -> str:
        self._points.pass_("send")
        if again and any(row.key == owed.key for row in read(self._path)):
            return handle or owed.key
        os.write(self._descriptor, base64.b64encode(pickle.dumps((owed, handle))) + b"\n")
        os.fsync(self._descriptor)
        self._points.pass_("sent")
        return handle or owed.key


def read_with_handles(path: Path, since: int = 0) -> tuple[list[tuple[Owed, str | None]], int]:
    """What arrived behind the byte `since`, and where the next reading begins."""
    if not path.exists():
        return [], 0
    with path.open("rb") as file:
        file.seek(since)
        data = file.read()
    whole = data[: data.rfind(b"\n") + 1]
    return [pickle.loads(base64.b64decode(line)) for line in whole.splitlines()], since + len(whole)


def read(path: Path) -> list[Owed]:
    return [owed for owed, _ in read_with_handles(path)[0]]
