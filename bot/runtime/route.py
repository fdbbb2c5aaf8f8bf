"""Which case and which talk an event goes to, read in the turn's transaction.

Rule 1. A button carries its case and talk. Typed words go to the talk in focus; without one to the newest that waits.
Rule 2. Whoever is alerted, and writes what is none of the above, sees the cases that wait: they are not greeted.
Rule 3. A button of a case that is gone, or not its presser's, leads to their empty draft: somebody answers.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.cases.case import Case, CaseFile
from bot.cases.permissions import Action, Asked, Engine
from bot.core.events import (
    Alike,
    CaseChanged,
    Chose,
    Command,
    Commanded,
    Delivered,
    DeliveryFailed,
    Event,
    Left,
    LookedAt,
    Opened,
    PeopleChanged,
    PersonEvent,
    Said,
    Started,
    Submitted,
    TimerFired,
    Uploaded,
)
from bot.core.ids import CaseId, SessionId, Token
from bot.core.people import PersonId
from bot.flow.commands import command_in
from bot.flow.interpret import answers_exactly
from bot.runtime.find import alerts_meant, alerts_of, ended, focused, just_begun, over
from bot.runtime.focus import says_not_over, start_word, told_at_the_door, unfinished
from bot.runtime.ports import Ids, Tx
from bot.runtime.view import Setting, facts_for
from bot.runtime.warrants import for_press, for_talk

_ENGINE = {
    TimerFired: Engine.FIRE,
    Delivered: Engine.DELIVER,
    DeliveryFailed: Engine.DELIVER,
    PeopleChanged: Engine.PEOPLE,
}
#: What is looked for where a talk is nobody's: a talk that never was costs as much as one of a hidden case.
NO_CASE = CaseId("")


class Router:
    """Finds the way of events; `ids` name what is made for those that lead nowhere yet."""

    def __init__(self, ids: Ids) -> None:
        self._ids = ids

    async def route(
        self, tx: Tx, event: Event, setting: Setting, now: datetime
    ) -> tuple[CaseFile | None, SessionId | None, Event]:
        match event:
            case TimerFired() | Delivered() | DeliveryFailed() | PeopleChanged():
                return await tx.load(event.case, _ENGINE[type(event)]), None, event
            case LookedAt(case=case):
                file = await tx.load(case, Engine.LOOK_AFTER)
                waits = file is not None and await tx.waits(case, file.case.rung)
                return file, None, replace(event, waits=waits)
            case CaseChanged(case=case, what=what, source=source):
                if isinstance(what, Alike):
                    return await tx.load(case, Engine.HAND_ON), None, event
                if isinstance(what, Started):
                    # pressed twice: what was begun a moment ago is offered, and nothing more begun
                    begun = await just_begun(tx, what, source, for_talk(what, setting.people))
                    return begun or self._draft(what.person, now, case), None, what
                return await tx.load(case, for_talk(what, setting.people)), what.meant_for, event
            case Left(token=token):
                return await tx.load(token.case, for_talk(event, setting.people)), token.session, event
            case Chose(token=token) | Opened(token=token) | Submitted(token=token):
                return await self._pressed(tx, event, token, setting, now)
            case Commanded(token=token) if token is not None:
                return await self._pressed(tx, event, token, setting, now)
            case Started():
                return await self._started(tx, event, setting, now), None, event
            case Said() | Uploaded() | Commanded():
                return await self._spoken(tx, event, setting, now)

    async def alerts_meant(self, tx: Tx, event: Event, setting: Setting, now: datetime) -> list[Chose]:
        """Presses that typed words stand for which are on an alert's buttons, unless they answer the talk in focus."""
        meant = await alerts_meant(tx, event, setting)
        if meant and isinstance(event, Said):
            session, file = await focused(tx, event, for_talk(event, setting.people))
            if file is not None and session is not None and self._offers(file, session, event, setting, now):
                return []
        return meant

    async def _pressed(
        self, tx: Tx, event: PersonEvent, token: Token, setting: Setting, now: datetime
    ) -> tuple[CaseFile, SessionId | None, Event]:
        """The case of a button; of one that is gone, or not theirs, the person's empty draft: somebody answers."""
        file = await tx.load(token.case, for_press(event, token, setting.people))
        if file is not None:
            return file, token.session, event
        return await self._empty_draft(tx, for_talk(event, setting.people), now), None, event

    async def _started(self, tx: Tx, event: Started, setting: Setting, now: datetime) -> CaseFile:
        """The case in which this flow waits unfinished, an empty draft, or a new one."""
        mine = for_talk(event, setting.people)
        for _, case in reversed(await tx.talks(event.person)):
            file = await tx.load(case, mine)
            if file is not None and unfinished(file, event):
                return file
        return await self._empty_draft(tx, mine, now)

    async def _empty_draft(self, tx: Tx, mine: Asked, now: datetime) -> CaseFile:
        for case in reversed(await tx.cases_of(mine.person)):
            file = await tx.load(case, mine)
            if file is not None and not file.sessions:
                return file
            break
        return self._draft(mine.person, now, self._ids.case())

    def _draft(self, person: PersonId, now: datetime, case: CaseId) -> CaseFile:
        return CaseFile(Case(case, self._ids.reference(), person, now))

    async def _spoken(
        self, tx: Tx, event: Said | Uploaded | Commanded, setting: Setting, now: datetime
    ) -> tuple[CaseFile | None, SessionId | None, Event]:
        mine = for_talk(event, setting.people)
        session, file = await focused(tx, event, mine)
        if says_not_over(event):
            closed, talk = await over(tx, event, mine)
            session, file = (talk, closed) if closed is not None else (session, file)
        if isinstance(event, Uploaded) and event.meant_for is not None and event.meant_for != session:
            case = await tx.case_of(event.meant_for)  # the focus has moved since the file was kept
            file = await tx.load(case or NO_CASE, mine)
            session = event.meant_for
        started = start_word(event, setting)
        if started is not None and not (
            file is not None and session is not None and self._offers(file, session, event, setting, now)
        ):
            return await self._started(tx, started, setting, now), None, started
        if file is not None and session is not None:
            return file, session, event
        for rests in (ended, over):
            file, session = await rests(tx, event, mine)
            if file is not None:
                return file, session, event
        told = told_at_the_door(event, setting)
        if told is not None:
            return await self._started(tx, told, setting, now), None, told
        if isinstance(event, Said) and command_in(event.text) is None and await self._is_alerted(tx, event, setting):
            return None, None, Commanded(event.id, event.at, event.person, event.platform, Command.CASES)
        return await self._empty_draft(tx, mine, now), None, event

    async def _is_alerted(self, tx: Tx, event: Said, setting: Setting) -> bool:
        return bool(await alerts_of(tx, Asked(event.person, Action.TAKE, setting.people)))

    def _offers(self, file: CaseFile, session: SessionId, event: PersonEvent, setting: Setting, now: datetime) -> bool:
        talk = file.sessions[session]
        facts = facts_for(file, talk, setting, now)
        return isinstance(event, Said) and answers_exactly(setting.flows, talk, facts, event.text)
