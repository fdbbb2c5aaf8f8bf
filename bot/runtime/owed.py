"""What is owed to people, and what became of it: the values of the outbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.core.ids import CaseId, Slot
from bot.core.messages import Message
from bot.core.people import PersonId


@dataclass(frozen=True, slots=True)
class Post:
    """Show this message, said in this language; empty: the reader's own."""

    message: Message
    language: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """Show this message in the place of the one posted under the row's slot; `language` as in a post."""

    message: Message
    language: str = ""


@dataclass(frozen=True, slots=True)
class Remove:
    """Take away the message posted under the row's slot."""


@dataclass(frozen=True, slots=True)
class Nudge:
    """Say beside the chat, in this language, that something waits there: it holds no word of what, so none can leak."""

    language: str


Wish = Post | Change | Remove | Nudge


@dataclass(frozen=True, slots=True)
class Owed:
    """A row of the outbox. `key` is `case:revision:index`, unique for ever; `id` orders the lane.

    An alert may go another way from `detour` on (UTC); a row without waits for its chat. `nudged` is one of which
    something was said beside the chat.
    """

    id: int
    key: str
    lane: str
    case: CaseId
    slot: Slot
    to: PersonId
    platform: str
    wish: Wish
    awaited: bool
    attempts: int = 0
    not_before: datetime | None = None
    detour: datetime | None = None
    nudged: bool = False


@dataclass(frozen=True, slots=True)
class NewOwed:
    """An outbox row to be written in the turn."""

    key: str
    lane: str
    slot: Slot
    to: PersonId
    platform: str
    wish: Wish
    awaited: bool
    detour: datetime | None = None
    nudged: bool = False


@dataclass(frozen=True, slots=True)
class Receipt:
    """A message arrived; `handle` is the platform's own name of it."""

    owed: Owed
    handle: str


@dataclass(frozen=True, slots=True)
class Later:
    """Not now: try again at `at`."""

    owed: Owed
    at: datetime


@dataclass(frozen=True, slots=True)
class GivenUp:
    """This person cannot be reached there; `reason` is a kind."""

    owed: Owed
    reason: str


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """It goes another way: `new` is owed in its stead or, where it `stays`, beside it, and it is `nudged` then."""

    owed: Owed
    new: NewOwed
    stays: bool = False


Outcome = Receipt | Later | GivenUp | Elsewhere


@dataclass(frozen=True, slots=True)
class Down:
    """A platform that takes no messages: since when (UTC) and why, as a kind."""

    since: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Alarm:
    """For the operators: a platform is down, or up again since `over` (UTC)."""

    platform: str
    down: Down
    over: datetime | None = None
