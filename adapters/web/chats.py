"""Everybody's chat: what the bot wrote, what the person wrote, and what happened on the stage, in order.

Rule 1. It stands for the platform: it outlives the bot, and what it has confirmed is kept (`Journal`).
Rule 2. An item has a number for ever; a later word about it changes or removes it.
Rule 3. The script is the same talk as lines of a test, written as it happens. An item and its lines are one entry of
        the journal: a kill leaves both or neither.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal, Protocol

from pydantic import Field, TypeAdapter, ValidationError

from bot.core.ids import Slot
from bot.core.messages import Message
from bot.core.people import MAIL, PersonId
from bot.errors import SettingsError
from bot.runtime.owed import Change, Nudge, Owed, Post, Remove
from bot.runtime.ports import Clock
from bot.simulation.screens import PLATFORM


class Happened(StrEnum):
    """What happens to the stage itself, or beside the chat."""

    WAITED = "waited"
    KILLED = "restarted"  # the name it has in journals
    MAILED = "mailed"
    RANG = "rang"


@dataclass(frozen=True, slots=True)
class Attached:
    name: str = field(repr=False)
    size: int
    media_type: str


@dataclass(frozen=True, slots=True)
class Told:
    """A message of the bot; `handle` is the key of the row that brought it. `at` is UTC."""

    number: int
    at: datetime
    person: PersonId
    handle: str
    slot: Slot
    message: Message
    changed: bool = False
    gone: bool = False
    kind: Literal["told"] = "told"


@dataclass(frozen=True, slots=True)
class Own:
    """What the person wrote or attached. `at` is UTC."""

    number: int
    at: datetime
    person: PersonId
    text: str = field(repr=False)
    files: tuple[Attached, ...] = ()
    kind: Literal["own"] = "own"


@dataclass(frozen=True, slots=True)
class Passed:
    """Something happened on the stage while this chat was there. `at` is UTC."""

    number: int
    at: datetime
    person: PersonId
    what: Happened
    kind: Literal["passed"] = "passed"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the script."""

    text: str = field(repr=False)
    kind: Literal["line"] = "line"


@dataclass(frozen=True, slots=True)
class Began:
    """When the script began, UTC."""

    at: datetime
    kind: Literal["began"] = "began"


@dataclass(frozen=True, slots=True)
class Spoke:
    """From here on the person reads the bot in this language."""

    person: PersonId
    language: str
    kind: Literal["spoke"] = "spoke"


Item = Told | Own | Passed
Entry = Item | Line | Began | Spoke
#: What is kept in one go.
_ENTRIES: TypeAdapter[tuple[Entry, ...]] = TypeAdapter(tuple[Annotated[Entry, Field(discriminator="kind")], ...])


class Journal(Protocol):
    """Where the chats are kept between two sittings."""

    def read(self) -> Iterable[bytes]: ...

    def append(self, entry: bytes) -> None: ...

    def clear(self) -> None: ...


class Chats:
    """`changed` is called with every new or changed item; `write` gives the script's line of a message."""

    platform = PLATFORM
    needs_proof = False

    def __init__(self, journal: Journal, clock: Clock) -> None:
        self._journal = journal
        self._clock = clock
        self._items: dict[PersonId, dict[int, Item]] = {}
        self._handles: dict[str, Told] = {}
        self._count = 0
        self.script: list[str] = []
        self.began: datetime | None = None
        self.spoken: dict[PersonId, str] = {}
        self.changed: Callable[[Item], None] = lambda _item: None
        self.write: Callable[[PersonId, Message], str | None] = lambda _person, _message: None
        for kept in journal.read():
            try:
                for entry in _ENTRIES.validate_json(kept):
                    self._take(entry)
            except ValidationError:  # it would repeat what somebody wrote
                raise SettingsError("The chats were kept by another version. Begin anew with --fresh.") from None

    def of(self, person: PersonId) -> list[Item]:
        """A person's chat, the oldest first."""
        return list(self._items.get(person, {}).values())

    def people(self) -> list[PersonId]:
        return list(self._items)

    @property
    def latest(self) -> datetime | None:
        """When the last thing happened, UTC: the clock of the next sitting does not stand before it."""
        return max((item.at for items in self._items.values() for item in items.values()), default=None)

    def screen(self, person: PersonId) -> list[Message]:
        """The bot's messages that stand in a person's chat, the newest first."""
        told = [item for item in self.of(person) if isinstance(item, Told) and not item.gone]
        return [item.message for item in reversed(told)]

    # --- what happens ---

    def own(self, person: PersonId, text: str, files: tuple[Attached, ...] = (), lines: Sequence[str] = ()) -> None:
        self._put(Own(self._next(), self._clock.now(), person, text, files), *lines)

    def passed(self, what: Happened) -> None:
        """Note in every chat what happened on the stage."""
        for person in self.people():
            self._put(Passed(self._next(), self._clock.now(), person, what))

    def lines(self, *texts: str) -> None:
        """Write lines of the script; the first one begins it."""
        self._keep(*self._script(texts))

    def spoke(self, person: PersonId, language: str, lines: Sequence[str] = ()) -> None:
        self._keep(Spoke(person, language), *self._script(lines))

    def told(self, person: PersonId, handle: str, slot: Slot, message: Message) -> None:
        """Show a message, once; `handle` names what brought it."""
        if handle not in self._handles:
            told = Told(self._next(), self._clock.now(), person, handle, slot, message)
            self._put(told, *filter(None, [self.write(person, message)]))

    def clear(self) -> None:
        """Begin anew; numbers go on, so that no page mistakes a new item for an old one."""
        self._journal.clear()
        self._items.clear()
        self._handles.clear()
        self.script.clear()
        self.began = None
        self.spoken.clear()

    async def send(self, owed: Owed, chat: str, handle: str | None, *, again: bool) -> str:
        """See `bot.runtime.ports.Channel`."""
        match owed.wish:
            case Post(message):
                self.told(owed.to, owed.key, owed.slot, message)
                return owed.key
            case Change(message):
                shown = self._handles.get(handle or "")
                if shown is not None and shown.message != message:
                    self._put(replace(shown, message=message, changed=True))
                return handle or owed.key
            case Remove():
                shown = self._handles.get(handle or "")
                if shown is not None and not shown.gone:
                    self._put(replace(shown, gone=True))
                return handle or owed.key
            case Nudge():
                what = Happened.MAILED if owed.platform == MAIL else Happened.RANG
                self._put(Passed(self._next(), self._clock.now(), owed.to, what))
                return owed.key

    # --- what is kept ---

    def _next(self) -> int:
        return self._count + 1

    def _put(self, item: Item, *lines: str) -> None:
        self._keep(item, *self._script(lines))
        self.changed(item)

    def _script(self, texts: Sequence[str]) -> list[Began | Line]:
        began = [Began(self._clock.now())] if texts and self.began is None else []
        return [*began, *map(Line, texts)]

    def _keep(self, *entries: Entry) -> None:
        if entries:
            self._journal.append(_ENTRIES.dump_json(entries))
        for entry in entries:
            self._take(entry)

    def _take(self, entry: Entry) -> None:
        match entry:
            case Line(text):
                self.script.append(text)
            case Began(at):
                self.began = at
            case Spoke(person, language):
                self.spoken[person] = language
            case _:
                self._count = max(self._count, entry.number)
                self._items.setdefault(entry.person, {})[entry.number] = entry
                if isinstance(entry, Told):
                    self._handles[entry.handle] = entry
