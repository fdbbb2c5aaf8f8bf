"""What the core wants done, in the imperative. The core returns these, it never does them.

Rule 1. Effects carry no ids: the runtime names them `case:revision:index`, so that a repeated turn repeats no effect.
Rule 2. Sends of one person keep their order; an alert has a lane of its own, and it alone may go beside the chat.
Rule 3. A case command changes the case and is decided by `bot.cases`; nothing else changes a case.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.core.durations import Duration
from bot.core.ids import SessionId, Slot
from bot.core.levels import Level
from bot.core.messages import Fact, FieldError, Form, Message
from bot.core.people import PersonId, Role


class Lane(StrEnum):
    CHAT = "chat"
    ALERT = "alert"


class Beside(StrEnum):
    """Ways beside the chat that say that something waits there, and nothing of what."""

    MAIL = "mail"
    PAGER = "pager"


@dataclass(frozen=True, slots=True)
class Send:
    """Write to a person. With `awaited`, its arrival or failure comes back as an event.

    `beside` are ways that are taken at once, where there are such, and not only when the chat is down.
    """

    to: PersonId
    message: Message
    slot: Slot
    lane: Lane = Lane.CHAT
    awaited: bool = False
    beside: tuple[Beside, ...] = ()


@dataclass(frozen=True, slots=True)
class Update:
    """Show another message in the place of the last one with this slot; without one there, nothing is shown."""

    to: PersonId
    message: Message
    slot: Slot
    lane: Lane = Lane.CHAT


@dataclass(frozen=True, slots=True)
class Delete:
    """Take away what the bot wrote to this person: one slot, or with None everything of this case in the chat."""

    to: PersonId
    slot: Slot | None = None


@dataclass(frozen=True, slots=True)
class SetTimer:
    """Fire `key` at `at` (UTC); one with the same key is replaced. Past `grace` it asks whether it is still needed."""

    key: str
    at: datetime
    grace: timedelta = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class CancelTimer:
    key: str


@dataclass(frozen=True, slots=True)
class Begin:
    """Start another talk of the same case."""

    flow: str
    person: PersonId


@dataclass(frozen=True, slots=True)
class BeginPlaybook:
    """Start the one playbook that fits the case, or hand the running one to this person."""

    person: PersonId


@dataclass(frozen=True, slots=True)
class CloseCards:
    """This person's open cards and forms of the case lose their buttons, and show this text."""

    person: PersonId
    text: str


@dataclass(frozen=True, slots=True)
class EndTalks:
    """End every talk of the case but this person's own."""

    but: PersonId


@dataclass(frozen=True, slots=True)
class CloseTalks:
    """Take the talks of these persons from them; a playbook waits for whoever takes the case."""

    of: frozenset[PersonId]


@dataclass(frozen=True, slots=True)
class TellWhoSees:
    """Tell this talk's person who can see the case."""


@dataclass(frozen=True, slots=True)
class AskWhoMayKnow:
    """Let the reporter change who may know of a report that was sent."""


@dataclass(frozen=True, slots=True)
class HandAway:
    """What was typed belongs to another talk: hand it to that talk's case."""

    to: SessionId
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class NoteRead:
    """This person has read what was told: that is written down."""

    person: PersonId


@dataclass(frozen=True, slots=True)
class StartAnew:
    """Begin this flow in a case of its own."""

    flow: str


@dataclass(frozen=True, slots=True)
class Erase:
    """Delete the draft: its words, keys and timers."""


# --- case commands -------------------------------------------------------------------------------------------------


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
class WriteNote:
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class CloseCase:
    pass


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
    | WriteNote
    | CloseCase
    | WithdrawCase
    | TaskDone
    | TaskDropped
    | AskForHelp
)
Effect = (
    Send
    | Update
    | Delete
    | SetTimer
    | CancelTimer
    | Begin
    | BeginPlaybook
    | CloseCards
    | EndTalks
    | CloseTalks
    | TellWhoSees
    | AskWhoMayKnow
    | HandAway
    | NoteRead
    | StartAnew
    | Erase
    | CaseCommand
)


# --- replies, given in the same request and never queued -----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OpenForm:
    form: Form


@dataclass(frozen=True, slots=True)
class FormErrors:
    """The form stays open; the mended one counts."""

    errors: tuple[FieldError, ...]


@dataclass(frozen=True, slots=True)
class Show:
    """What was told, to read now: it is shown in answer to the request and never rests in the chat."""

    title: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Tell:
    """Messages to read now, such as a list of cases: answered to the request, and kept nowhere."""

    messages: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class CloseForm:
    pass


@dataclass(frozen=True, slots=True)
class Nothing:
    pass


Reply = OpenForm | FormErrors | Show | Tell | CloseForm | Nothing
