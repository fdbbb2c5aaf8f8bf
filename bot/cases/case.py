"""The case and its life, as a table.

Rule 1. Every change of a case's status is a cell of `MOVES`; a trigger without a cell changes nothing.
Rule 2. A case exists from the first message, as a draft that nobody at work sees.
Rule 3. From *opened* on it has exactly one owner: who took it; before that, whoever is asked on the current rung.
Rule 4. An alert that arrived makes *alerted*; whoever takes the case makes *acknowledged*; the first task done makes
        *in progress*; the first check-in with the employee makes *follow-up*; only then, or before, it may be closed.
Rule 5. Silence, an overdue task, a "no" in a check-in make *escalated* from everywhere but draft and the two ends.
        Help comes beside the owner: who took the case keeps it, and the playbook, until somebody takes it. Whoever
        takes an escalated case brings it to *acknowledged*; an owner who does all that was overdue, to *in progress*.
Rule 6. A handed-over case waits, with its old owner, until somebody takes it.
Rule 7. The reporter may withdraw from anywhere but a closed case. Nothing leads out of *withdrawn*.
Rule 8. A closed case is reopened when the employee says that it goes on.
Rule 9. Who cannot take a case is `recused`: out of it for good, as if involved.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.core.ids import CaseId, SessionId
from bot.core.levels import Level
from bot.core.people import PersonId, Role
from bot.core.session import Session


class Status(StrEnum):
    DRAFT = "draft"
    OPENED = "opened"
    ALERTED = "alerted"
    ACKNOWLEDGED = "acknowledged"
    IN_PROGRESS = "in_progress"
    FOLLOW_UP = "follow_up"
    ESCALATED = "escalated"
    HANDED_OVER = "handed_over"
    REOPENED = "reopened"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Trigger(StrEnum):
    OPEN = "open"
    ARRIVED = "arrived"
    TAKEN = "taken"
    ACTED = "acted"
    CHECKED_IN = "checked_in"
    SILENCE = "silence"
    MENDED = "mended"
    HANDED = "handed"
    CLOSE = "close"
    WITHDRAW = "withdraw"
    REOPEN = "reopen"


S, T = Status, Trigger
MOVES: Mapping[Status, Mapping[Trigger, Status]] = {
    S.DRAFT: {T.OPEN: S.OPENED, T.WITHDRAW: S.WITHDRAWN},
    S.OPENED: {
        T.ARRIVED: S.ALERTED,
        T.TAKEN: S.ACKNOWLEDGED,
        T.SILENCE: S.ESCALATED,
        T.HANDED: S.HANDED_OVER,
        T.WITHDRAW: S.WITHDRAWN,
    },
    S.ALERTED: {
        T.TAKEN: S.ACKNOWLEDGED,
        T.SILENCE: S.ESCALATED,
        T.HANDED: S.HANDED_OVER,
        T.WITHDRAW: S.WITHDRAWN,
    },
    S.ACKNOWLEDGED: {
        T.ACTED: S.IN_PROGRESS,
        T.CHECKED_IN: S.FOLLOW_UP,
        T.SILENCE: S.ESCALATED,
        T.HANDED: S.HANDED_OVER,
        T.CLOSE: S.CLOSED,
        T.WITHDRAW: S.WITHDRAWN,
    },
    S.IN_PROGRESS: {
        T.CHECKED_IN: S.FOLLOW_UP,
        T.SILENCE: S.ESCALATED,
        T.HANDED: S.HANDED_OVER,
        T.CLOSE: S.CLOSED,
        T.WITHDRAW: S.WITHDRAWN,
    },
    S.FOLLOW_UP: {
        T.SILENCE: S.ESCALATED,
        T.HANDED: S.HANDED_OVER,
        T.CLOSE: S.CLOSED,
        T.WITHDRAW: S.WITHDRAWN,
    },
    S.ESCALATED: {
        T.TAKEN: S.ACKNOWLEDGED,
        T.SILENCE: S.ESCALATED,
        T.MENDED: S.IN_PROGRESS,
        T.HANDED: S.HANDED_OVER,
        T.WITHDRAW: S.WITHDRAWN,
    },
    S.HANDED_OVER: {
        T.TAKEN: S.ACKNOWLEDGED,
        T.SILENCE: S.ESCALATED,
        T.HANDED: S.HANDED_OVER,
        T.WITHDRAW: S.WITHDRAWN,
    },
    S.REOPENED: {
        T.ARRIVED: S.ALERTED,
        T.TAKEN: S.ACKNOWLEDGED,
        T.SILENCE: S.ESCALATED,
        T.HANDED: S.HANDED_OVER,
        T.WITHDRAW: S.WITHDRAWN,
    },
    S.CLOSED: {T.REOPEN: S.REOPENED},
    S.WITHDRAWN: {},
}

#: What begins a want that is overdue work; its task follows.
TASK = "task:"
#: Nobody at work waits for these.
AT_REST = frozenset({Status.DRAFT, Status.CLOSED, Status.WITHDRAWN})
#: Somebody was alerted and has not taken the case yet, though it may have an owner who keeps it meanwhile.
UNTAKEN = frozenset({Status.OPENED, Status.ALERTED, Status.ESCALATED, Status.HANDED_OVER, Status.REOPENED})


def move(status: Status, trigger: Trigger) -> Status | None:
    """The status after a trigger, or None where the table has no cell for it."""
    return MOVES[status].get(trigger)


@dataclass(frozen=True, slots=True)
class Consent:
    """Who may know, as the reporter ticked it: roles, and persons added later by name.

    `manager` and `deputy` are those who were shown by name when it was ticked, whatever the chart says later.
    `readers` may read what the reporter told, each with a yes of the reporter, and have no other part in the case.
    """

    roles: frozenset[Role] = frozenset()
    manager: PersonId | None = None
    persons: frozenset[PersonId] = frozenset()
    without_name: bool = False
    deputy: PersonId | None = None
    readers: frozenset[PersonId] = frozenset()


@dataclass(frozen=True, slots=True)
class ReaderAsked:
    """The reporter was asked whether this person may read what was told, as `by` wished; see `reading.py`.

    `why` is kept until the reporter has answered.
    """

    person: PersonId
    by: PersonId
    why: str = field(default="", repr=False)
    open: bool = True


class Call(StrEnum):
    """Why somebody is alerted."""

    FIRST = "first"
    AGAIN = "again"
    RAISED = "raised"
    NO_HELP = "no_help"
    HELP = "help"
    HANDED = "handed"
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True)
class Alerted:
    """Who has an alert of this case on the screen, and of which rung: that is what it is. Why, and where it arrived."""

    person: PersonId
    rung: int
    call: Call = field(default=Call.FIRST, compare=False)
    platform: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class NameAsked:
    """Somebody who may know asks for the name of a reporter without one; see `identity.py`. `number` counts these."""

    number: int
    by: PersonId
    reason: str = field(repr=False)
    asked: tuple[PersonId, ...] = ()  # who may agree
    second: PersonId | None = None  # who agreed


@dataclass(frozen=True, slots=True)
class Case:
    """One case. All times are UTC. `rung` counts the alerts that went up the ladder, from 1.

    While somebody else is asked beside an owner who keeps the case, `kept` is the rung it stood on before, `helper` is
    who is asked now, and `wants` is why: `task:ID` for what is overdue, or a kind that only taking the case answers.
    """

    id: CaseId
    reference: str
    reporter: PersonId
    created: datetime
    revision: int = 0
    status: Status = Status.DRAFT
    level: Level = Level.LOW
    affected: PersonId | None = None
    witness: PersonId | None = None  # who began the report before it was given to whoever it happened to
    accused: frozenset[PersonId] = frozenset()
    accused_unresolved: bool = False
    partners: frozenset[PersonId] = frozenset()  # of those accused, as they were declared since
    consent: Consent = field(default_factory=Consent)
    owner: PersonId | None = None
    kept: int = 0
    helper: PersonId | None = None
    wants: frozenset[str] = frozenset()
    handing: PersonId | None = None  # whom it would be handed to, if the reporter agrees
    handing_by: PersonId | None = None  # who would, or did, hand it over
    handing_asked: int = 0  # the revision of the question about it that is open, or was answered last
    sure_asked: int = 0  # the revision at which the reporter was asked whether nobody is meant, while that is open
    recused: frozenset[PersonId] = frozenset()
    rung: int = 0
    alerted: tuple[Alerted, ...] = ()
    tried: tuple[PersonId, ...] = ()  # whom the ladder passes over: alerted or not reachable
    asked: tuple[PersonId, ...] = ()  # whom the reporter was asked about, beyond those ticked
    told: tuple[Alerted, ...] = ()  # fallbacks who were told that it has no owner, each with the last rung
    ownerless: int = 0  # how often the fallback was told that nobody who may know has taken it
    pages: int = 0
    paged: tuple[PersonId, ...] = ()
    called_by: PersonId | None = None  # who answered a page
    helped: tuple[PersonId, ...] = ()  # who was asked to help with a task
    read_by: frozenset[PersonId] = frozenset()  # who at work has seen what was told
    narrowed: frozenset[PersonId] = frozenset()  # who had heard of it, and was left out later by the reporter
    name_asked: NameAsked | None = None  # is being decided
    names_asked: int = 0
    name_told: frozenset[PersonId] = frozenset()  # who was told the name of a reporter without one, and nobody else
    readers_asked: tuple[ReaderAsked, ...] = ()  # about whom the reporter was asked, in order: the first is number 1
    last_word: datetime | None = None  # of the reporter, while it is a draft
    night: int = 0  # the rung on which whoever is on call was called first, outside the site's hours
    alike: frozenset[CaseId] = frozenset()  # cases that share a link or a sender with it
    seated: frozenset[PersonId] = frozenset()  # in whose list of cases it stands, beside the reporter's
    acknowledge_by: datetime | None = None
    opened: datetime | None = None
    taken: datetime | None = None
    closed: datetime | None = None
    checked: bool = False  # the employee was asked once more how it goes, after the end
    unreached: bool = False  # the reporter left, and the owner knows

    @property
    def waited_for(self) -> PersonId | None:
        """Whose answer the current rung waits for."""
        return self.helper if self.helper is not None else self.owner

    @property
    def gap(self) -> bool:
        """Its owner is a fallback, who knows only that there is a case."""
        return self.ownerless > 0 and not self.kept


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case with all its talks: what one turn reads, locks and writes."""

    case: Case
    sessions: Mapping[SessionId, Session] = field(default_factory=dict)
