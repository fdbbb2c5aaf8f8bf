"""Accounts of the platforms, as people are joined to them: what adapters bring, what is kept.

Rule 1. An adapter brings every account that its platform knows, deactivated ones too; it judges nothing.
Rule 2. An account is a person's from a day and until a day: who had an address before is part of what it means now.
Rule 3. What does not fit is held back with a reason, and joined by nobody but an operator.
Rule 4. What a platform knows of a person beside that (language, time zone, manager) fills what the people file leaves
        out; when it knows them away, they are. It is kept with the standing: after a restart the chart is the same at
        once, and no case loses its owner.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.core.people import Absence, People, PersonId


class AccountKind(StrEnum):
    MEMBER = "member"
    GUEST = "guest"
    BOT = "bot"


@dataclass(frozen=True, slots=True)
class Account:
    """An account as its platform tells it. `tenant` is the Slack workspace or the Entra tenant; `home` where it is the
    one in which the operator installed the bot. `manager` is an account's id; "" is nobody. None is not looked at yet.
    """

    platform: str
    tenant: str
    id: str
    emails: tuple[str, ...] = field(repr=False)
    kind: AccountKind = AccountKind.MEMBER
    active: bool = True
    home: bool = False
    language: str = ""
    timezone: str | None = ""
    manager: str | None = None
    away: tuple[Absence, ...] | None = None


class Held(StrEnum):
    """Why an account is joined to nobody."""

    TWO_ACCOUNTS = "two_accounts"  # another account of this platform claims the same person
    TWO_PERSONS = "two_persons"  # it has the addresses of several persons
    MOVED_MAIL = "moved_mail"  # its e-mail was another account's not long ago
    OTHER_PERSON = "other_person"  # not long ago it was somebody else's
    OUTSIDE = "outside"  # the people file names it, and it is no full member of ours


@dataclass(frozen=True, slots=True)
class Standing:
    """An account that is a person's from `since` until `until` (UTC; None is still), or is `held`."""

    platform: str
    tenant: str
    account: str
    person: PersonId | None
    email: str = field(repr=False)
    since: datetime
    until: datetime | None = None
    held: Held | None = None
    language: str = ""
    timezone: str = ""
    manager: str | None = None
    away: tuple[Absence, ...] = ()

    @property
    def joined(self) -> bool:
        return self.held is None and self.until is None


class Accounts(Protocol):
    """One platform's accounts."""

    platform: str

    async def accounts(self) -> Sequence[Account]:
        """All of them. Raises PlatformError where the platform does not answer, or not to the end."""

    async def more(self) -> Sequence[Account]:
        """All of them again, with what was learned since they were told last; nothing where that is nothing.

        Reads a little at a time: it is asked every minute. Raises PlatformError; what was read before is not lost.
        """


class JoinedDirectory(Protocol):
    """A directory that accounts are joined to."""

    @property
    def error(self) -> Exception | None:
        """Why what was read last cannot be used; None while it can."""

    def people(self) -> People: ...

    def reload(self) -> bool:
        """Read again what has changed; may wait for the disk."""

    def recall(self, standings: Sequence[Standing]) -> None:
        """What was known before a restart."""

    def took(self, platform: str, accounts: Sequence[Account], at: datetime) -> Sequence[Standing]:
        """Join what a platform told; returns all that stands now, of every platform."""


class PeopleStore(Protocol):
    """What is kept of people beside the cases."""

    async def note_people(self, fingerprint: str) -> None:
        """Note which people there are. Where they are others than noted before, every case is to hear of it."""

    async def hand_round(self, at: datetime, most: int) -> int:
        """Put `PeopleChanged` into the inbox for the next cases that are not at rest; returns for how many.

        One transaction, which goes on where the one before stopped, however long ago; 0 when all have heard.
        """

    async def standings(self) -> Sequence[Standing]: ...

    async def put_standings(self, standings: Sequence[Standing]) -> None:
        """Keep these, and no others."""
