"""What the core wants done, in the imperative. The core returns these, it never does them.

Rule 1. Effects carry no ids: the runtime names them `case:revision:index`, so that a repeated turn repeats no effect.
Rule 2. Sends of one person keep their order; an alert has a lane of its own, and it alone may go beside the chat.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.core.case_commands import CaseCommand
from bot.core.ids import SessionId, Slot
from bot.core.messages import Message
from bot.core.people import PersonId


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
class Speak:
    """This person wants to be written to in this language from now on, in every talk and about every case."""

    person: PersonId
    language: str


@dataclass(frozen=True, slots=True)
class StartAnew:
    """Begin this flow in a case of its own, with what was told before it."""

    flow: str
    words: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Erase:
    """Delete the draft: its words, keys and timers."""


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
    | Speak
    | StartAnew
    | Erase
    | CaseCommand
)
