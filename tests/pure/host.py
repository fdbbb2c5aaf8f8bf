"""Everything around the pure core, held in memory: screens, timers, inbox, focus. Quick enough for thousands of turns.

Rule 1. The real `Turns` routes and composes; only the store is another. Nothing here waits, so a turn is a plain call.
Rule 2. A case lives as JSON between two turns.
Rule 3. What is sent arrives at once, or with some luck not at all; whoever waits for it hears of it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar, cast, get_args

from pydantic import TypeAdapter

from bot.cases.case import CaseFile, Status
from bot.cases.permissions import Warrant, allows
from bot.core.effects import Effect
from bot.core.events import CaseEvent, Delivered, DeliveryFailed, Event, TimerFired
from bot.core.ids import CaseId, SessionId, Slot
from bot.core.messages import Message
from bot.core.people import PersonId
from bot.core.replies import Reply
from bot.core.session import Status as TalkStatus
from bot.runtime.case_turn import CaseTurn
from bot.runtime.owed import Change, NewOwed, Post, Remove
from bot.runtime.ports import Saved, Store, Tx
from bot.runtime.turn import Turns
from bot.runtime.view import Setting
from tests.pure.organisations import NOW

T = TypeVar("T")
FILES = TypeAdapter(CaseFile)
MESSAGES = TypeAdapter(Message)
#: By type: an effect's type is known from its column, never guessed from its fields.
EFFECTS = {kind: TypeAdapter(kind) for kind in get_args(Effect)}
#: What a case event makes of other case events: more in a row would be a loop.
MOST_AT_ONCE = 400


@dataclass
class Shown:
    """A message on a screen."""

    case: CaseId
    slot: Slot
    platform: str
    message: Message
    removed: bool = False


@dataclass(frozen=True)
class Happened:
    """One turn, for whoever watches. `owed` are its messages."""

    before: CaseFile
    after: CaseFile
    turn: CaseTurn
    owed: Sequence[NewOwed]
    event: Event
    now: datetime
    setting: Setting


Watcher = Callable[[Happened], None]


class Clock:
    def __init__(self, now: datetime) -> None:
        self.at = now

    def now(self) -> datetime:
        return self.at

    async def wait_until(self, moment: datetime) -> None:
        self.at = max(self.at, moment)


class Counted:
    """Ids that are the same in every run."""

    def __init__(self) -> None:
        self.count = 0

    def _next(self) -> int:
        self.count += 1
        return self.count

    def case(self) -> CaseId:
        return CaseId(f"c{self._next()}")

    def reference(self) -> str:
        return f"K7Q-{self._next():04}"


class Watched(Turns):
    """Turns that show what each of them made."""

    shown: CaseTurn

    async def _saved(self, tx: Tx, before: CaseFile, turn: CaseTurn, event: Event, now: datetime) -> Saved:
        self.shown = turn
        self.came_from = before
        return await super()._saved(tx, before, turn, event, now)


@dataclass
class Memory:
    """The store as dictionaries; it is its own transaction."""

    cases: dict[CaseId, str] = field(default_factory=dict)
    opened: dict[CaseId, CaseFile] = field(default_factory=dict)
    timers: dict[tuple[CaseId, str], datetime] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    focused: dict[tuple[PersonId, str], SessionId | None] = field(default_factory=dict)
    screens: dict[PersonId, list[Shown]] = field(default_factory=dict)
    traces: dict[CaseId, tuple[frozenset[str], datetime]] = field(default_factory=dict)
    saved: Saved | None = None

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Memory]:
        yield self

    async def first_time(self, event_id: str, _kind: str, _at: datetime) -> bool:
        new = event_id not in self.seen
        self.seen.add(event_id)
        return new

    async def case_of(self, session: SessionId) -> CaseId | None:
        return next((case for case, file in self.opened.items() if session in file.sessions), None)

    async def focus(self, person: PersonId, platform: str) -> SessionId | None:
        return self.focused.get((person, platform))

    async def talks(self, person: PersonId) -> Sequence[tuple[SessionId, CaseId]]:
        return [
            (talk.id, case)
            for case, file in self.opened.items()
            for talk in file.sessions.values()
            if talk.person == person and talk.status is not TalkStatus.ENDED
        ]

    async def cases_of(self, person: PersonId) -> Sequence[CaseId]:
        over = (Status.CLOSED, Status.WITHDRAWN)
        files = self.opened.items()
        return [case for case, file in files if file.case.reporter == person and file.case.status not in over]

    async def over_of(self, person: PersonId) -> CaseId | None:
        over = (Status.CLOSED, Status.WITHDRAWN)
        files = reversed(self.opened.items())
        return next((c for c, file in files if file.case.reporter == person and file.case.status in over), None)

    async def seats(self, person: PersonId) -> Sequence[CaseId]:
        return [case for case, file in self.opened.items() if person in file.case.seated]

    async def alike(self, traces: frozenset[str], since: datetime) -> Sequence[CaseId]:
        return [case for case, (found, at) in self.traces.items() if traces & found and at >= since]

    async def load(self, case: CaseId, warrant: Warrant) -> CaseFile | None:
        file = self.opened.get(case)
        return file if file is not None and allows(file, warrant) else None

    async def posted(self, case: CaseId, to: PersonId, platform: str) -> Sequence[Slot]:
        return list(
            dict.fromkeys(
                s.slot for s in self.screens.get(to, ()) if (s.case, s.platform) == (case, platform) and not s.removed
            )
        )

    async def drop_timer(self, case: CaseId, key: str, at: datetime) -> bool:
        return self.timers.get((case, key)) == at and self.timers.pop((case, key)) == at

    async def save(self, saved: Saved) -> None:
        case = saved.file.case.id
        self.saved = saved
        self.focused |= saved.focus
        for key in saved.cancelled:
            self.timers.pop((case, key), None)
        for timer in saved.timers:
            self.timers[case, timer.key] = timer.at
        if saved.erase:
            del self.opened[case], self.cases[case]
            self.timers = {key: at for key, at in self.timers.items() if key[0] != case}
            return
        if saved.traces and saved.file.case.opened is not None:
            self.traces[case] = saved.traces, saved.file.case.opened
        # through JSON, and what is read again is what was written
        self.cases[case] = FILES.dump_json(saved.file).decode()
        self.opened[case] = FILES.validate_json(self.cases[case])
        assert self.opened[case] == saved.file


class Host:
    """An organisation that talks with the bot."""

    def __init__(self, setting: Setting, now: datetime = NOW, watch: Sequence[Watcher] = ()) -> None:
        self.setting = setting
        self.clock = Clock(now)
        self.memory = Memory()
        self.watch = tuple(watch)
        self.inbox: deque[CaseEvent] = deque()
        self.blocked: set[PersonId] = set()
        self.turns_taken = 0
        self._turns = Watched(
            cast("Store", self.memory), lambda: self.setting, self.clock, Counted(), lambda saved: None
        )
        self._count = 0

    @property
    def now(self) -> datetime:
        return self.clock.at

    @property
    def files(self) -> Mapping[CaseId, CaseFile]:
        return self.memory.opened

    def screen(self, person: PersonId) -> list[Shown]:
        """What stands on a person's screen, the newest last."""
        return [shown for shown in self.memory.screens.get(person, ()) if not shown.removed]

    def fresh(self) -> str:
        """An id for an event."""
        self._count += 1
        return f"e{self._count}"

    def take(self, event: Event) -> Reply:
        """One event, and all that comes of it by itself."""
        reply = self._one(event)
        for _ in range(MOST_AT_ONCE):
            if not self.inbox:
                return reply
            self._one(self.inbox.popleft())
        raise AssertionError("case events make case events without an end")

    def pass_time(self, by: timedelta) -> int:
        """Let time pass; timers fire in their order, each at its own time. Returns how many fired."""
        until, fired = self.now + by, 0
        while True:
            due = min(((at, *key) for key, at in self.memory.timers.items()), default=None)
            if due is None or due[0] > until or fired >= MOST_AT_ONCE:
                break
            at, case, key = due
            self.clock.at = max(self.now, at)
            self.take(TimerFired(f"t:{case}:{key}:{at.timestamp()}", self.now, case, key, at))
            fired += 1
        self.clock.at = max(self.now, until)
        return fired

    def next_timer(self) -> datetime | None:
        return min(self.memory.timers.values(), default=None)

    def _one(self, event: Event) -> Reply:
        self.memory.saved = None
        reply = done(self._turns.take(event))
        saved = self.memory.saved
        self.turns_taken += 1
        if saved is None:
            return reply
        turn = self._turns.shown
        self.inbox.extend(saved.handed)
        happened = Happened(self._turns.came_from, saved.file, turn, saved.owed, event, self.now, self.setting)
        for watcher in self.watch:
            watcher(happened)
        for owed in saved.owed:
            self._deliver(saved.file.case.id, owed)
        return reply

    def _deliver(self, case: CaseId, owed: NewOwed) -> None:
        person = self.setting.people.get(owed.to)
        there = person is not None and any(a.platform == owed.platform for a in person.addresses)
        arrives = there and owed.to not in self.blocked
        if owed.awaited and arrives:
            self.inbox.append(Delivered(f"d:{owed.key}", self.now, case, owed.slot, owed.to))
        elif owed.awaited:
            self.inbox.append(DeliveryFailed(f"d:{owed.key}", self.now, case, owed.slot, owed.to, "blocked"))
        if not arrives:
            return
        screen = self.memory.screens.setdefault(owed.to, [])
        standing = [s for s in screen if (s.case, s.slot, s.platform) == (case, owed.slot, owed.platform)]
        match owed.wish:
            case Post(message):
                screen.append(Shown(case, owed.slot, owed.platform, message))
            case Change(message) if standing and not standing[-1].removed:
                standing[-1].message = message
            case Remove():
                for shown in standing:
                    shown.removed = True
            case _:
                pass


def done(work: Coroutine[object, object, T]) -> T:
    """The result of a coroutine that never waits."""
    try:
        work.send(None)
    except StopIteration as stop:
        return cast("T", stop.value)
    raise AssertionError("a turn in memory waited for something")
