"""What reaches a case from outside a talk: presses on its own messages, deliveries, the time."""

from __future__ import annotations

from dataclasses import dataclass

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
    """The reporter lets one more person know, or with None nobody for now."""

    person: PersonId | None


@dataclass(frozen=True, slots=True)
class MayHandOver:
    """The reporter's word on the person whom the owner would hand the case to."""

    yes: bool


@dataclass(frozen=True, slots=True)
class Look:
    """The case is looked over: does anybody have it, and is anything waited for?

    `waits` says whether its rung has a timer, or an alert on its way.
    """

    waits: bool


@dataclass(frozen=True, slots=True)
class Arrived:
    """The alert of a rung was delivered."""

    rung: int


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


CaseInput = (
    Take
    | Decline
    | NoteFallback
    | TakeCall
    | Widen
    | MayHandOver
    | Look
    | Arrived
    | Failed
    | RungOver
    | PageOver
    | StartDue
    | NewPeople
)
