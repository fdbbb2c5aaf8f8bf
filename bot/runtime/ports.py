"""What the runtime needs of the outside, as protocols. Only `bot.wiring` knows who stands behind them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from bot.cases.case import CaseFile
from bot.cases.permissions import Engine, Warrant
from bot.core.answers import FileRef
from bot.core.events import CaseChanged, CaseEvent
from bot.core.ids import CaseId, SessionId, Slot
from bot.core.people import People, PersonId, Role
from bot.core.reach import Reach
from bot.runtime.accounts import PeopleStore
from bot.runtime.owed import Alarm, NewOwed, Outcome, Owed


@dataclass(frozen=True, slots=True)
class NewTimer:
    key: str
    at: datetime
    grace: timedelta


@dataclass(frozen=True, slots=True)
class DueTimer:
    case: CaseId
    key: str
    at: datetime
    grace: timedelta


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the case's audit chain: ids and kinds only, never words. `person` is peppered before it is written."""

    at: datetime
    kind: str
    person: PersonId | None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Saved:
    """Everything that one turn changes in one case, written in one go.

    What is owed as a nudge for one of the `hushed` slots is owed no more, nor any message that was owed before to those
    `barred` by now, each with a platform; taking one away still is.
    """

    file: CaseFile
    before: CaseFile | None
    owed: Sequence[NewOwed] = ()
    hushed: Sequence[Slot] = ()
    barred: Sequence[tuple[PersonId, str]] = ()
    timers: Sequence[NewTimer] = ()
    cancelled: Sequence[str] = ()
    entries: Sequence[Entry] = ()
    handed: Sequence[CaseChanged] = ()
    focus: Mapping[tuple[PersonId, str], SessionId | None] = field(default_factory=dict)
    spoken: Mapping[PersonId, str] = field(default_factory=dict)  # the language that somebody asked for
    traces: frozenset[str] = field(default=frozenset(), repr=False)  # what a case that is opened shares with others
    erase: bool = False


class Tx(Protocol):
    """One transaction: the writer's lock is held until it ends."""

    async def first_time(self, event_id: str, kind: str, at: datetime) -> bool:
        """Note an event; False when it was noted before."""

    async def case_of(self, session: SessionId) -> CaseId | None: ...

    async def focus(self, person: PersonId, platform: str) -> SessionId | None:
        """The talk that this person's typed words go to."""

    async def talks(self, person: PersonId) -> Sequence[tuple[SessionId, CaseId]]:
        """This person's talks that have not ended, the newest last."""

    async def cases_of(self, person: PersonId) -> Sequence[CaseId]:
        """Cases that this person reported and that have not ended, the newest last."""

    async def over_of(self, person: PersonId) -> CaseId | None:
        """The newest case that this person reported and that has ended, while it is kept."""

    async def alike(self, traces: frozenset[str], since: datetime) -> Sequence[CaseId]:
        """Open cases that were opened since a moment and share a trace with these."""

    async def seats(self, person: PersonId) -> Sequence[CaseId]:
        """Open cases in which this person has a part at work, the oldest first."""

    async def load(self, case: CaseId, warrant: Warrant) -> CaseFile | None:
        """Open a case, if there is one and the permissions table allows it: one answer for both."""

    async def posted(self, case: CaseId, to: PersonId, platform: str) -> Sequence[Slot]:
        """Slots of this case that were written, or are owed, to this person on this platform and stand there."""

    async def save(self, saved: Saved) -> None: ...

    async def waits(self, case: CaseId, rung: int) -> bool:
        """Whether something comes of this rung by itself: a timer, an alert on its way, or one that arrived."""

    async def drop_timer(self, case: CaseId, key: str, at: datetime) -> bool:
        """Remove a timer that fires; False when it was cancelled or moved meanwhile."""


class Store(PeopleStore, Protocol):
    """Durable state. Every read and write of a case goes through it."""

    def begin(self) -> AbstractAsyncContextManager[Tx]:
        """A transaction: commits when its block ends well, else rolls back."""

    async def prepare(self, cases: Sequence[CaseId], readers: Collection[frozenset[Role]]) -> None:
        """Make ready what turns of cases to come would wait for: their keys, for answers with these readers too."""

    async def lanes(self) -> Sequence[str]:
        """Lanes with owed rows, whatever their `not_before`."""

    async def owed(self, lane: str, limit: int) -> Sequence[Owed]:
        """The lane's oldest rows, in order."""

    async def newest_owed(self) -> int:
        """The highest outbox id there is, 0 without any: rows up to it may have been sent before a crash."""

    async def handle(self, case: CaseId, slot: Slot, to: PersonId, platform: str) -> str | None:
        """The platform's name of the message that stands in a slot."""

    async def settle(self, outcomes: Sequence[Outcome], at: datetime) -> None:
        """Write what became of a batch of rows in one transaction; awaited ones leave an inbox row each.

        An awaited one that arrived needs no nudge that is still owed for it.
        """

    async def reaches(self) -> Sequence[Reach]:
        """What is known of reaching people, for each person and platform of whom anything is."""

    async def put_reaches(self, reaches: Sequence[Reach]) -> None:
        """Keep these instead of what was known before of the same persons and platforms."""

    async def arrived(self) -> Sequence[CaseEvent]:
        """Events of ours that wait in the inbox, oldest first: deliveries, hand-overs between cases.

        `Tx.first_time` with such an event's id takes it: its payload goes in the same transaction.
        """

    async def prune(self, before: datetime) -> None:
        """Forget ids of events noted before a moment: no platform resends after days."""

    async def due(self, now: datetime, limit: int) -> Sequence[DueTimer]: ...

    async def next_timer(self) -> datetime | None: ...

    async def put_file(self, case: CaseId, data: bytes, ref: FileRef) -> None:
        """Keep a file that an answer will name, sealed under the case's key of its own class."""

    async def file(self, case: CaseId, file: str, warrant: Warrant) -> bytes | None:
        """A file that was kept; None where there is none, or it is not to be opened for this."""

    async def cases(self, warrant: Warrant) -> Sequence[CaseId]:
        """Every case that still has its words and may be opened for this, the oldest first."""

    async def open_cases(self, warrant: Engine) -> Sequence[CaseId]:
        """Every case that somebody at work waits for, the oldest first."""

    async def audit(self, case: CaseId, warrant: Warrant) -> Sequence[AuditLine]:
        """A case's chain; nothing where there is none, or it is not to be seen for this."""

    async def publish(self, version: FlowVersion) -> None:
        """Keep a version of a flow and make it the current one of its name."""

    async def flow_versions(self) -> Sequence[FlowVersion]:
        """All versions, oldest first."""

    async def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class AuditLine:
    """A written line of a case's chain: each one's hash covers the one before it."""

    number: int
    at: datetime
    kind: str
    person: str  # peppered; equal for the same person within one case
    detail: str
    hash: bytes


@dataclass(frozen=True, slots=True)
class FlowVersion:
    """One published version of a flow: its files by name, as they were written."""

    name: str
    structure: str
    content: str
    files: Mapping[str, str]
    published: datetime
    current: bool


class Channel(Protocol):
    """One platform's way out. Rendering is pure; only sending touches the network.

    On a platform with `needs_proof` a person counts from when a message arrived, or the bot was installed, there.
    """

    platform: str
    needs_proof: bool

    async def send(self, owed: Owed, chat: str, handle: str | None, *, again: bool) -> str:
        """Show, change or remove a message; returns its handle. With `again`, look first whether it arrived before.

        Raises:
            PersonUnreachable: this person, for good. ChannelDown: nobody, for now. PlatformError: this message, for
                now; tried again.
        """


class Directory(Protocol):
    """The organisation, kept in sync in the background: a turn never waits for it."""

    def people(self) -> People: ...


class Alarms(Protocol):
    """A way to the operators beside every chat."""

    async def alarm(self, alarm: Alarm, chat: str, language: str) -> None:
        """Tell one operator at this address; in full or not at all. Raises PlatformError and its kinds."""


class Clock(Protocol):
    def now(self) -> datetime:
        """The time, in UTC."""

    async def wait_until(self, moment: datetime) -> None:
        """Return when it is `moment` (UTC) or later; a moved clock counts."""


class Ids(Protocol):
    """Fresh ids and case references: random, so that nobody reads order or number from them."""

    def case(self) -> CaseId: ...

    def reference(self) -> str: ...


#: Rung after a commit with what was written: somebody may have to send, to wait, to take.
Bell = Callable[[Saved], None]
