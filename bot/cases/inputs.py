"""What reaches a case from outside a talk: presses on its own messages, deliveries, the time."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from bot.core.ids import CaseId
from bot.core.people import PersonId, Role


@dataclass(frozen=True, slots=True)
class Take:
    """Somebody who was alerted takes the case."""

    person: PersonId


@dataclass(frozen=True, slots=True)
class Decline:
    """Somebody who was alerted cannot take it: from then on it is not theirs to know."""

    person: PersonId


@dataclass(frozen=True, slots=True)
class NoteFallback:
    """The fallback has seen that a case has no owner."""

    person: PersonId


@dataclass(frozen=True, slots=True)
class TakeCall:
    """Somebody on call answers the page."""

    person: PersonId


@dataclass(frozen=True, slots=True)
class Widen:
    """The reporter lets one more person know, or with None nobody for now. `asked` is the rung of the question."""

    person: PersonId | None
    asked: int


@dataclass(frozen=True, slots=True)
class MayHandOver:
    """The reporter's word on the person whom the case would be handed to. `asked` is the revision of the question."""

    yes: bool
    asked: int


@dataclass(frozen=True, slots=True)
class AnswerReader:
    """The reporter's word on one more reader. `number` counts those asked about, from 1."""

    number: int
    yes: bool


@dataclass(frozen=True, slots=True)
class Look:
    """The case is looked over: does anybody have it, and is anything waited for?

    `waits` says whether its rung has a timer, or an alert on its way.
    """

    waits: bool


@dataclass(frozen=True, slots=True)
class Arrived:
    """The alert of a rung was delivered, on this platform."""

    rung: int
    platform: str = ""


@dataclass(frozen=True, slots=True)
class Failed:
    """The alert of a rung cannot reach its person."""

    rung: int
    to: PersonId


@dataclass(frozen=True, slots=True)
class RungOver:
    """A rung's time is over."""

    rung: int


@dataclass(frozen=True, slots=True)
class Halfway:
    """Half of a rung's time is over."""

    rung: int


@dataclass(frozen=True, slots=True)
class PageOver:
    """A page was not answered in time."""

    number: int


@dataclass(frozen=True, slots=True)
class StartDue:
    """The time of a flow that was to be started later."""

    flow: str
    role: Role


@dataclass(frozen=True, slots=True)
class NewPeople:
    """The people have changed since the case was looked at."""


@dataclass(frozen=True, slots=True)
class ChangeConsent:
    """Who may know from now on, as the reporter chose: roles, and of the persons added by name those who stay.

    `sure` when the reporter was asked whether it is meant that nobody may know. `readers` are, of those
    whom the reporter was asked about as readers, those who may read.
    """

    roles: frozenset[Role]
    persons: frozenset[PersonId]
    without_name: bool
    sure: bool = False
    readers: frozenset[PersonId] = frozenset()


@dataclass(frozen=True, slots=True)
class AskName:
    """Somebody who may know asks for the name of a reporter without one."""

    person: PersonId
    reason: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class AgreeToName:
    """A second person agrees to ask for the name, or does not. `number` is the question's."""

    person: PersonId
    agrees: bool
    number: int


@dataclass(frozen=True, slots=True)
class NameQuestionCame:
    """The reporter was told that two ask for the name, or cannot be told."""

    number: int


@dataclass(frozen=True, slots=True)
class AnswerName:
    """The reporter tells those two the name, or does not. `number` is the question's."""

    tells: bool
    number: int


@dataclass(frozen=True, slots=True)
class NameOver:
    """The reporter has not answered in time."""

    number: int


@dataclass(frozen=True, slots=True)
class DraftOver:
    """A draft has rested for long. `holds` whether there is something in it to go on with; `due` is UTC."""

    due: datetime
    holds: bool
    last: bool  # the reporter was told that it goes


@dataclass(frozen=True, slots=True)
class KeepDraft:
    """The reporter wants a draft kept."""


@dataclass(frozen=True, slots=True)
class FoundAlike:
    """Another case seems to belong to the same campaign."""

    case: CaseId
    seated: frozenset[PersonId]


CaseInput = (
    Take
    | Decline
    | NoteFallback
    | TakeCall
    | Widen
    | MayHandOver
    | AnswerReader
    | Look
    | Arrived
    | Failed
    | RungOver
    | Halfway
    | PageOver
    | StartDue
    | ChangeConsent
    | AskName
    | AgreeToName
    | NameQuestionCame
    | AnswerName
    | NameOver
    | DraftOver
    | KeepDraft
    | NewPeople
    | FoundAlike
)
