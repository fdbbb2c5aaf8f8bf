"""`take`: the one door in. One event, one transaction, no network in it; the caller acknowledges after it returned.

Rule 1. An event that was noted before changes nothing: platforms resend.
Rule 2. A case's words, timers, audit and owed messages are written in one go, or not at all.
Rule 3. Effects are named `case:revision:index`: the outbox takes each name once.
Rule 4. A form with mistakes leaves nothing behind, its event's id neither: sent again as it is, it is answered again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.cases.case import CaseFile
from bot.core.effects import CancelTimer, Delete, HandAway, Lane, Send, SetTimer, Speak, StartAnew, Update
from bot.core.events import (
    CaseChanged,
    Event,
    PeopleChanged,
    PersonEvent,
    TimerFired,
)
from bot.core.ids import Slot
from bot.core.people import PersonId
from bot.core.replies import FormErrors, Nothing, Reply, Tell
from bot.runtime import linking
from bot.runtime.case_turn import CaseTurn
from bot.runtime.compose import compose
from bot.runtime.detour import BESIDE
from bot.runtime.door import tidy
from bot.runtime.find import listed_for, others_of
from bot.runtime.focus import (
    focus_after,
    shown_again,
    wants_cases,
)
from bot.runtime.owe import Owing, barred, handed_on, rung_once
from bot.runtime.owed import NewOwed
from bot.runtime.ports import Bell, Clock, Entry, Ids, NewTimer, Saved, Store, Tx
from bot.runtime.route import Router
from bot.runtime.view import Setting


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
        self._router = Router(ids)

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
                event = tidy(event)
                meant = await self._router.alerts_meant(tx, event, setting, now)
                if len(meant) > 1:
                    return Tell(await listed_for(tx, meant[0].person, setting, now))
                file, target, event = await self._router.route(tx, meant[0] if meant else event, setting, now)
                if isinstance(event, PersonEvent) and wants_cases(event):
                    return Tell(await listed_for(tx, event.person, setting, now))
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
        except Exception:
            saved = replace(saved, spoken={}) if saved is not None else None  # it may not be on the disk
            raise
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

    # --- what is written ---

    async def _saved(self, tx: Tx, before: CaseFile, turn: CaseTurn, event: Event, now: datetime) -> Saved:
        file = turn.file
        spoken = {effect.person: effect.language for effect in turn.effects if isinstance(effect, Speak)}
        owing = Owing(tx, before, file, event, self._setting().speaking(spoken), now, self._channels)
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
            spoken=spoken,
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
