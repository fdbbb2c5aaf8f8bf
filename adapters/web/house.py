"""What the simulator needs of the bot behind it; `bot.cli` builds it. It can be dropped and opened at any moment."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from bot.cases.case import CaseFile
from bot.core.events import PersonEvent
from bot.core.ids import CaseId
from bot.core.people import PersonId
from bot.core.replies import Reply
from bot.errors import Problem
from bot.runtime.clocks import MovableClock
from bot.runtime.files import Attachment, NotKept
from bot.runtime.ports import AuditLine, DueTimer
from bot.runtime.view import Setting
from bot.simulation.cast import Speakers


class House(Protocol):
    """A bot on a simulation store, with a clock that moves. Timers fire only when asked."""

    clock: MovableClock
    speakers: Speakers

    async def open(self) -> None: ...

    async def drop(self) -> None:
        """Stop as a killed process does."""

    async def clear(self) -> None:
        """Drop it, and all that it keeps."""

    async def take(self, event: PersonEvent) -> Reply: ...

    async def attach(
        self, event_id: str, at: datetime, person: PersonId, platform: str, attached: tuple[Attachment, ...]
    ) -> Reply | NotKept: ...

    async def file(self, person: PersonId, case: CaseId, name: str) -> Attachment | None:
        """A file that this person may read; None for all else, as if there were none."""

    async def quiet(self) -> None: ...

    async def fire_due(self) -> int: ...

    async def next_timer(self) -> datetime | None: ...

    def down(self) -> Collection[str]:
        """The platforms that take no messages now."""

    def setting(self) -> Setting: ...

    async def files(self) -> Sequence[CaseFile]:
        """Every case in which anything was said, the newest first."""

    async def speaks(self, person: PersonId, language: str) -> None:
        """As if this person had asked for the language."""

    async def talks_with(self, person: PersonId) -> bool:
        """Whether a talk with this person goes on."""

    async def timers(self) -> Sequence[DueTimer]:
        """All that is to come, the next first."""

    async def audit(self, case: CaseId) -> tuple[Sequence[AuditLine], Mapping[str, PersonId]]:
        """A case's chain, and who stands behind its peppered persons."""

    async def publish(self) -> Sequence[Problem] | None:
        """Take the flows as they are on the disk: their problems, or None where nothing has changed."""

    async def source(self, flow: str, structure: str) -> tuple[str, str]:
        """The file of a flow and its text, of the newest version with this structure."""

    @property
    def tests(self) -> Path:
        """Where talks are kept as tests."""
