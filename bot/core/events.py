"""What can happen, in the past tense: everything that comes in by the one door.

Rule 1. Every event has an id of its own, given by its source, so that a resent one is known again.
Rule 2. `at` is UTC. What people typed never shows in a repr.
Rule 3. An event of a person names the person and the platform; an event of ours names the case.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.core.answers import FileRef
from bot.core.ids import CaseId, SessionId, Slot, Token
from bot.core.people import PersonId


class Command(StrEnum):
    """What everybody can always say, in every language, at every step."""

    BACK = "back"
    SKIP = "skip"
    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"
    DELETE = "delete"
    HELP = "help"
    LANGUAGE = "language"
    WHO_SEES = "who_sees"
    WHO_MAY_KNOW = "who_may_know"
    READ = "read"
    HIDE = "hide"
    EMERGENCY = "emergency"
    WITHDRAW = "withdraw"
    HAND_OVER = "hand_over"
    RECUSE = "recuse"
    CASES = "cases"
    NOT_OVER = "not_over"


@dataclass(frozen=True, slots=True)
class Started:
    """A person asked for a flow: by word, command or shortcut. `words` are what was told along with it."""

    id: str
    at: datetime
    person: PersonId
    platform: str
    flow: str
    words: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Said:
    """A person typed into the chat. `meant_for` is set when the bot asked which talk it belongs to."""

    id: str
    at: datetime
    person: PersonId
    platform: str
    text: str = field(repr=False)
    meant_for: SessionId | None = None


@dataclass(frozen=True, slots=True)
class Chose:
    """A person pressed a button or ticked options of the message that `token` names."""

    id: str
    at: datetime
    person: PersonId
    platform: str
    token: Token
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Commanded:
    """A person pressed one of a message's commands, or used a platform's own way to give one."""

    id: str
    at: datetime
    person: PersonId
    platform: str
    command: Command
    token: Token | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """A person pressed *Open form*."""

    id: str
    at: datetime
    person: PersonId
    platform: str
    token: Token


@dataclass(frozen=True, slots=True)
class Submitted:
    """A person sent a form; values as the platform gave them, by field."""

    id: str
    at: datetime
    person: PersonId
    platform: str
    token: Token
    values: Mapping[str, tuple[str, ...]] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A person attached files; they are checked and stored already, in the case of the talk they are `meant_for`."""

    id: str
    at: datetime
    person: PersonId
    platform: str
    files: tuple[FileRef, ...]
    meant_for: SessionId | None = None


@dataclass(frozen=True, slots=True)
class Left:
    """A person closed a form without sending it."""

    id: str
    at: datetime
    person: PersonId
    platform: str
    token: Token


@dataclass(frozen=True, slots=True)
class TimerFired:
    """A timer came due at `due`; it may fire much later than that, after a standstill."""

    id: str
    at: datetime
    case: CaseId
    key: str
    due: datetime


@dataclass(frozen=True, slots=True)
class Delivered:
    """A message that somebody waits for has arrived, on this platform."""

    id: str
    at: datetime
    case: CaseId
    slot: Slot
    to: PersonId
    platform: str = ""


@dataclass(frozen=True, slots=True)
class DeliveryFailed:
    """A message was given up for this person: not installed, blocked, gone."""

    id: str
    at: datetime
    case: CaseId
    slot: Slot
    to: PersonId
    reason: str


@dataclass(frozen=True, slots=True)
class Alike:
    """Another case shares a link or a sender with this one; `seated` are those at work who may see that one."""

    case: CaseId
    seated: frozenset[PersonId]


@dataclass(frozen=True, slots=True)
class CaseChanged:
    """Another case, `source`, hands something over: the only way from case to case."""

    id: str
    at: datetime
    case: CaseId
    what: Said | Started | Alike
    source: CaseId | None = None


@dataclass(frozen=True, slots=True)
class PeopleChanged:
    """The people have changed: somebody came, left, has another manager, role or partner."""

    id: str
    at: datetime
    case: CaseId


@dataclass(frozen=True, slots=True)
class LookedAt:
    """An open case is looked over. In its turn `waits` says whether anything will come of its rung by itself."""

    id: str
    at: datetime
    case: CaseId
    waits: bool = False


PersonEvent = Started | Said | Chose | Commanded | Opened | Submitted | Uploaded | Left
CaseEvent = TimerFired | Delivered | DeliveryFailed | CaseChanged | PeopleChanged | LookedAt
Event = PersonEvent | CaseEvent
