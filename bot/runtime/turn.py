"""`take`: the one door in. One event, one transaction, no network in it; the caller acknowledges after it returned.

Rule 1. An event that was noted before changes nothing: platforms resend.
Rule 2. A case's words, timers, audit and owed messages are written in one go, or not at all.
Rule 3. A button carries its case and talk. Typed words go to the talk in focus; without one to the newest that waits.
Rule 4. Effects are named `case:revision:index`: the outbox takes each name once.
Rule 5. A form with mistakes leaves nothing behind, its event's id neither: sent again as it is, it is answered again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.cases.case import Case, CaseFile
from bot.cases.permissions import Asked, Engine
from bot.core.effects import CancelTimer, Delete, HandAway, Lane, Send, SetTimer, StartAnew, Update
from bot.core.events import (
    Alike,
    CaseChanged,
    Chose,
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
from bot.core.ids import CaseId, SessionId, Slot, Token
from bot.core.people import PersonId
from bot.core.replies import FormErrors, Nothing, Reply, Tell
from bot.flow.interpret import answers_exactly
from bot.runtime import linking
from bot.runtime.case_turn import CaseTurn
from bot.runtime.compose import compose
from bot.runtime.detour import BESIDE
from bot.runtime.door import tidy
from bot.runtime.find import ended, focused, just_begun, listed_for, others_of, over
from bot.runtime.focus import (
    focus_after,
    says_not_over,
    shown_again,
    start_word,
    told_at_the_door,
    unfinished,
    wants_cases,
)
from bot.runtime.owe import Owing, barred, handed_on, rung_once
from bot.runtime.owed import NewOwed
from bot.runtime.ports import Bell, Clock, Entry, Ids, NewTimer, Saved, Store, Tx
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


class _Rejected(Exception):  # it undoes the transaction on its way out
    def __init__(self, errors: FormErrors) -> None:
        self.errors = errors


class Turns:
    """Takes events, one transaction each."""

    def __init__(
        self,
        store: Store,
        setting: Callable[[], Setting],
        clock: Clock,
        ids: Ids,
        bell: Bell,
        channels: frozenset[str] = frozenset(),
    ) -> None:
        """`channels` are the platforms that there are, with those beside the chat."""
        self._store = store
        self._channels = channels
        self._setting = setting
        self._clock = clock
        self._ids = ids
        self._bell = bell

    async def take(self, event: Event) -> Reply:
        """Take an event; when this returns, it is committed, and may be acknowledged."""
        if isinstance(event, PersonEvent) and wants_cases(event):
            return await self._cases(event, self._setting())
        saved: Saved | None = None
        try:
            async with self._store.begin() as tx:
                # only now: what changed while another turn had the store counts for this one
                setting, now = self._setting(), self._clock.now()
                new = await tx.first_time(event.id, type(event).__name__, event.at)
                if isinstance(event, TimerFired):
                    # its row goes with its turn: that alone tells whether it has fired
                    new = await tx.drop_timer(event.case, event.key, event.due)
                if not new:
                    return Nothing()
                file, target, event = await self._route(tx, tidy(event), setting, now)
                if file is None:
                    return Nothing()
                others = await others_of(tx, event, target, setting)
                turn = _good(compose(file, event, target, setting, now, others))
                if isinstance(event, PeopleChanged) and _is_as_before(file, turn):
                    return Nothing()
                saved = await self._saved(tx, file, turn, event, now)
                await tx.save(saved)
        except _Rejected as rejected:
            return rejected.errors
        finally:
            # whoever waits may have gone away just after the commit; a bell too many finds nothing
            if saved is not None:
                self._bell(saved)
        return turn.reply

    async def _cases(self, event: PersonEvent, setting: Setting) -> Reply:
        """The list of a person's cases: answered at once, and kept nowhere."""
        async with self._store.begin() as tx:
            if not await tx.first_time(event.id, type(event).__name__, event.at):
                return Nothing()
            return Tell(await listed_for(tx, event.person, setting, self._clock.now()))

    async def cases(self, person: PersonId) -> Tell:
        """The same for a place where it stands until it is made anew, as a platform's home."""
        async with self._store.begin() as tx:
            return Tell(await listed_for(tx, person, self._setting(), self._clock.now()))

    # --- which case, which talk ---

    async def _route(
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
        return await self._empty_draft(tx, mine, now), None, event

    def _offers(self, file: CaseFile, session: SessionId, event: PersonEvent, setting: Setting, now: datetime) -> bool:
        talk = file.sessions[session]
        facts = facts_for(file, talk, setting, now)
        return isinstance(event, Said) and answers_exactly(setting.flows, talk, facts, event.text)

    # --- what is written ---

    async def _saved(self, tx: Tx, before: CaseFile, turn: CaseTurn, event: Event, now: datetime) -> Saved:
        file = turn.file
        owing = Owing(tx, before, file, event, self._setting(), now, self._channels)
        owed: list[NewOwed] = []
        hushed: list[Slot] = []
        timers: dict[str, NewTimer] = {}
        cancelled: list[str] = []
        handed: list[CaseChanged] = []
        shared: frozenset[str] = frozenset()
        for index, effect in enumerate(turn.effects):
            key = f"{file.case.id}:{file.case.revision}:{index}"
            match effect:
                case Send() | Update():
                    if (again := shown_again(effect)) is not None:
                        owed.extend(await owing.removals(f"{key}.again", again))
                    owed.extend(await owing.message(key, effect))
                    if effect.lane is Lane.ALERT and isinstance(effect, Update):
                        hushed.append(effect.slot)
                case Delete():
                    owed.extend(await owing.removals(key, effect))
                case SetTimer(key=name, at=at, grace=grace):
                    timers[name] = NewTimer(name, at, grace)
                case CancelTimer(key=name):
                    timers.pop(name, None)
                    cancelled.append(name)
                case HandAway() | StartAnew():
                    handed.extend(await handed_on(tx, key, effect, event, file.case.id, self._ids))
                case _:
                    pass
        if before.case.opened is None and file.case.opened is not None:
            shared = linking.traces_of(file, self._setting().flows)
            timers[linking.LINK] = linking.planned(now)
        if linking.is_due(event, file.case):
            file, words = await linking.linked(tx, file, self._setting().flows, now)
            handed.extend(words)
        return Saved(
            file=file,
            traces=shared,
            before=before if before.case.revision else None,  # a draft made in this turn stands nowhere yet
            owed=rung_once(owed),
            hushed=tuple(dict.fromkeys(hushed)) if not self._channels.isdisjoint(BESIDE) else (),
            barred=barred(file, self._setting().people),
            timers=tuple(timers.values()),
            cancelled=cancelled,
            entries=[Entry(now, noted.kind, noted.person, noted.detail) for noted in turn.noted],
            handed=handed,
            focus=focus_after(before, file, event),
            erase=turn.erased,
        )


def _good(turn: CaseTurn) -> CaseTurn:
    """The turn, unless it leaves a form open."""
    if isinstance(turn.reply, FormErrors):
        raise _Rejected(turn.reply)
    return turn


def _is_as_before(file: CaseFile, turn: CaseTurn) -> bool:
    case = replace(turn.file.case, revision=file.case.revision)
    return not turn.effects and not turn.noted and (case, turn.file.sessions) == (file.case, file.sessions)
