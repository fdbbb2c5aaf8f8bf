"""What a talk asks of its case. `bot.cases` decides it; nothing else changes a case."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.core.durations import Duration
from bot.core.levels import Level
from bot.core.people import PersonId, Role


@dataclass(frozen=True, slots=True)
class SetConsent:
    """Who may know, as ticked. Consents add up; `roles` without any means nobody."""

    roles: frozenset[Role]
    without_name: bool


@dataclass(frozen=True, slots=True)
class SetAccused:
    """Who did it, as far as it is somebody inside; `unresolved` is an insider who was not named."""

    persons: frozenset[PersonId]
    unresolved: bool


@dataclass(frozen=True, slots=True)
class SetAffected:
    """Whom it happened to, if not the reporter."""

    person: PersonId | None


@dataclass(frozen=True, slots=True)
class OpenCase:
    pass


@dataclass(frozen=True, slots=True)
class PageOnCall:
    pass


@dataclass(frozen=True, slots=True)
class RaiseLevel:
    to: Level


@dataclass(frozen=True, slots=True)
class Escalate:
    """Somebody further up the ladder is needed; `reason` is a kind, never words of a person; `task` what is overdue."""

    reason: str
    task: str = ""


@dataclass(frozen=True, slots=True)
class StartFlow:
    flow: str
    role: Role
    after: Duration | None


@dataclass(frozen=True, slots=True)
class AskAffected:
    """Whoever it happened to is asked first, by this flow: from now on the report is theirs."""

    flow: str


@dataclass(frozen=True, slots=True)
class HandOver:
    """Somebody else is to take the case over: this person, or with None the next one on the ladder."""

    to: PersonId | None = None


@dataclass(frozen=True, slots=True)
class Recuse:
    """The owner cannot have the case any longer, and is to know nothing more."""


@dataclass(frozen=True, slots=True)
class Share:
    """This person is wanted as one more reader of what was told: the reporter is asked, and reads what for."""

    to: PersonId | None
    why: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class WriteNote:
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class CloseCase:
    pass


@dataclass(frozen=True, slots=True)
class Reopen:
    """The employee says of a closed case that it is not over."""


@dataclass(frozen=True, slots=True)
class WithdrawCase:
    pass


@dataclass(frozen=True, slots=True)
class TaskDone:
    """The owner has acted."""

    task: str


@dataclass(frozen=True, slots=True)
class TaskDropped:
    """The owner has marked a task as not relevant."""

    task: str


@dataclass(frozen=True, slots=True)
class AskForHelp:
    """The owner wants a second person on this task."""

    task: str


CaseCommand = (
    SetConsent
    | SetAccused
    | SetAffected
    | OpenCase
    | PageOnCall
    | RaiseLevel
    | Escalate
    | StartFlow
    | AskAffected
    | HandOver
    | Recuse
    | Share
    | WriteNote
    | CloseCase
    | Reopen
    | WithdrawCase
    | TaskDone
    | TaskDropped
    | AskForHelp
)
