"""What the Teams adapter needs of the running bot. Only `bot.wiring` knows who stands behind it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.core.events import Event
from bot.core.ids import CaseId
from bot.core.messages import Message
from bot.core.people import PersonId
from bot.core.replies import Reply
from bot.errors import ChannelDown
from bot.runtime.files import Attachment, NotKept


class Bot(Protocol):
    async def take(self, event: Event) -> Reply: ...

    async def attach(
        self, event_id: str, at: datetime, person: PersonId, platform: str, attached: tuple[Attachment, ...]
    ) -> Reply | NotKept: ...

    async def file(self, person: PersonId, case: CaseId, name: str) -> Attachment | None: ...

    async def cases(self, person: PersonId) -> Sequence[Message]:
        """The list of a person's cases, as it is now; it is noted nowhere."""

    async def installed(self, person: PersonId, platform: str) -> None:
        """This person has the bot now, and counts."""

    async def removed(self, person: PersonId, platform: str) -> None:
        """This person has the bot no more."""

    async def moved(self, person: PersonId, platform: str, place: str) -> None:
        """What the platform must be told to write to this person there."""

    def lost(self, platform: str, error: ChannelDown) -> None:
        """The platform has said by itself that it takes nothing from us."""

    def found(self, platform: str) -> None:
        """It takes messages again."""
