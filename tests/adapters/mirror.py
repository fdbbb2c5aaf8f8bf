"""What houses of every platform share: a way out that is written down on screens, too, and a bot that is overheard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.core.events import Event
from bot.core.ids import CaseId
from bot.core.messages import Message
from bot.core.people import PersonId
from bot.core.replies import Reply
from bot.errors import ChannelDown
from bot.runtime.files import Attachment, NotKept
from bot.runtime.owed import Owed
from bot.runtime.ports import Channel
from bot.runtime.service import Service
from bot.simulation.screens import PLATFORM as STAGE
from bot.simulation.screens import Screens, StageChannel


class Mirror:
    """The way out to a platform; what has arrived there is put on the screens, too."""

    needs_proof = False

    def __init__(self, real: Channel, screens: Screens, handles: dict[str, str]) -> None:
        """`handles` are the platform's names of messages, by the key that the screens know them by."""
        self.platform = real.platform
        self._real = real
        self._shadow = StageChannel(screens)
        self._handles = handles

    async def send(self, owed: Owed, chat: str, handle: str | None, *, again: bool) -> str:
        name = await self._real.send(owed, chat, handle, again=again)
        known = next((key for key, one in self._handles.items() if one == (handle or name)), None)
        shown = await self._shadow.send(replace(owed, platform=STAGE), chat, known, again=known is not None)
        self._handles.setdefault(shown, name)
        return name


class Heard:
    """The bot as a door knows it; what it replies is kept for the test."""

    def __init__(self, service: Service, replies: list[Reply]) -> None:
        self._service = service
        self._replies = replies

    async def take(self, event: Event) -> Reply:
        reply = await self._service.take(event)
        self._replies.append(reply)
        return reply

    async def attach(
        self, event_id: str, at: datetime, person: PersonId, platform: str, attached: tuple[Attachment, ...]
    ) -> Reply | NotKept:
        return await self._service.attach(event_id, at, person, platform, attached)

    async def file(self, person: PersonId, case: CaseId, name: str) -> Attachment | None:
        return await self._service.file(person, case, name)

    async def cases(self, person: PersonId) -> Sequence[Message]:
        return await self._service.cases(person)

    async def installed(self, person: PersonId, platform: str) -> None:
        await self._service.installed(person, platform)

    async def removed(self, person: PersonId, platform: str) -> None:
        await self._service.removed(person, platform)

    async def moved(self, person: PersonId, platform: str, place: str) -> None:
        await self._service.moved(person, platform, place)

    def lost(self, platform: str, error: ChannelDown) -> None:
        self._service.lost(platform, error)

    def found(self, platform: str) -> None:
        self._service.found(platform)
