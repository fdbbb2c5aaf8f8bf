"""Files that people send: asked about before anything is kept, kept where the talk that wants them lies, then told.

Rule 1. A file that may not be kept is never written anywhere: the person is told why instead.
Rule 2. A file that nobody asked for is not kept either: the talk says so.
Rule 3. The same event keeps the same file: a resent one keeps nothing twice.
Rule 4. A file is opened for whoever may read the answer that it stands in. For all others it was never there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from bot.cases.permissions import Action, Asked
from bot.core.answers import FileRef
from bot.core.answers import Files as Told
from bot.core.events import Uploaded
from bot.core.files import TELLING, refused, sentence
from bot.core.ids import CaseId, SessionId
from bot.core.languages import phrases
from bot.core.people import PersonId
from bot.core.texts import clean
from bot.flow.interpret import asks_for_files
from bot.runtime.find import focused
from bot.runtime.ports import Clock, Store
from bot.runtime.talks import stands_for
from bot.runtime.view import Setting, facts_for
from bot.runtime.warrants import for_talk


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file as it came from a platform; `media_type` is what the platform says."""

    name: str = field(repr=False)
    media_type: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class NotKept:
    """The files were not kept: `text` says why, in the person's language."""

    text: str


class Files:
    def __init__(self, store: Store, setting: Callable[[], Setting], clock: Clock) -> None:
        self._store = store
        self._setting = setting
        self._clock = clock

    async def keep(
        self, event_id: str, at: datetime, person: PersonId, platform: str, attached: tuple[Attachment, ...]
    ) -> Uploaded | NotKept:
        """Keep a person's files; returns the event that tells of them. One that may not be kept refuses all."""
        setting = self._setting()
        wanted, language = await self._wanted(person, platform)
        for file in attached:
            why = refused(setting.files, len(file.data), file.media_type, file.data[:TELLING])
            if why is not None:
                return NotKept(sentence(why, setting.files, phrases(language)))
        refs = tuple(_ref(event_id, number, file) for number, file in enumerate(attached))
        if wanted is None:
            return Uploaded(event_id, at, person, platform, refs)
        session, case = wanted
        for file, ref in zip(attached, refs, strict=True):
            await self._store.put_file(case, file.data, ref)
        return Uploaded(event_id, at, person, platform, refs, meant_for=session)

    async def opened(self, person: PersonId, case: CaseId, name: str) -> Attachment | None:
        """A file of the case, called as this reader may know; None where there is none for this person."""
        setting, now = self._setting(), self._clock.now()
        mine = Asked(person, Action.READ, setting.people)
        async with self._store.begin() as tx:
            file = await tx.load(case, mine)
        if file is None:
            return None
        facts = facts_for(file, stands_for(case, person, setting.language_of(person)), setting, now)
        answers = (given.answer for talk in facts.told for given in talk.values())
        told = (ref for answer in answers if isinstance(answer, Told) for ref in answer.files)
        ref = next((ref for ref in told if ref.id == name), None)
        data = await self._store.file(case, name, mine) if ref is not None else None
        return Attachment(ref.name, ref.media_type, data) if ref is not None and data is not None else None

    async def _wanted(self, person: PersonId, platform: str) -> tuple[tuple[SessionId, CaseId] | None, str]:
        """The talk that asks this person for files, with its case; and the person's language."""
        setting, now = self._setting(), self._clock.now()
        asked = Uploaded("", now, person, platform, ())
        async with self._store.begin() as tx:
            session, file = await focused(tx, asked, for_talk(asked, setting.people))
        if session is None or file is None:
            return None, setting.language_of(person)
        talk = file.sessions[session]
        asks = asks_for_files(setting.flows, talk, facts_for(file, talk, setting, now))
        return ((session, file.case.id) if asks else None), talk.language


def _ref(event_id: str, number: int, file: Attachment) -> FileRef:
    name = hashlib.sha256(f"{event_id}:{number}".encode()).hexdigest()[:16]
    return FileRef(name, clean(file.name), len(file.data), file.media_type, hashlib.sha256(file.data).hexdigest())
