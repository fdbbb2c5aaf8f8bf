"""All tables, and what may stand in them.

Rule 1. Every column has a mark: `clear` (ids, kinds, times, numbers, the admins' own flow files), `sealed`
        (AES-256-GCM) or `blind` (HMAC, for equality only). A new column without one does not pass the tests.
Rule 2. What people typed, who a person is and what a platform calls them is sealed. Person ids are sealed or blind.
Rule 3. The same person is another blind value in each column that asks another question, so that columns cannot be
        joined into who with whom.
Rule 4. Times are whole microseconds since 1970 in UTC: exact, comparable, the same on every database.
Rule 5. `cases.version` grows by one with every write of the case or of anything that hangs on it.
Rule 6. Erasing a case leaves its lines in `audit`, its id in `erased`, and nothing else.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Table
from sqlalchemy import UniqueConstraint as Unique
from sqlalchemy.types import TypeEngine

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def word(name: str, *, primary_key: bool = False, nullable: bool = False) -> Column[str]:
    """An id or a kind, in clear."""
    return Column(name, String, primary_key=primary_key, nullable=nullable, info={"mark": "clear"})


def number(name: str, *, primary_key: bool = False, nullable: bool = False) -> Column[int]:
    """A number or a time, in clear."""
    kind: TypeEngine[int] = Integer() if primary_key else BigInteger()
    return Column(name, kind, primary_key=primary_key, nullable=nullable, info={"mark": "clear"})


def proof(name: str) -> Column[bytes]:
    """A hash over clear columns, in clear."""
    return Column(name, LargeBinary, nullable=False, info={"mark": "clear"})


def sealed(name: str, *, nullable: bool = False) -> Column[bytes]:
    return Column(name, LargeBinary, nullable=nullable, info={"mark": "sealed"})


def blind(name: str, *, primary_key: bool = False, nullable: bool = False) -> Column[bytes]:
    return Column(name, LargeBinary, primary_key=primary_key, nullable=nullable, info={"mark": "blind"})


def case_id(*, primary_key: bool = False) -> Column[str]:
    return Column(
        "case_id",
        String,
        ForeignKey("cases.id"),
        primary_key=primary_key,
        nullable=False,
        info={"mark": "clear"},
    )


meta = Table(
    "meta",
    metadata,
    number("id", primary_key=True),
    word("kind"),  # simulation or production
    word("store"),  # the keystore that belongs to it holds the same
    blind("key_check"),
)

cases = Table(
    "cases",
    metadata,
    number("number", primary_key=True),
    word("id"),
    word("status"),
    blind("reporter"),
    number("version"),
    number("lines"),  # of its audit chain
    proof("head"),  # the hash of the last of them
    sealed("contents"),
    Unique("id"),
    Index(None, "reporter"),
)

accused = Table(
    "accused",
    metadata,
    case_id(primary_key=True),
    blind("person", primary_key=True),
    Index(None, "person"),
    sqlite_with_rowid=False,
)

seats = Table(
    "seats",
    metadata,
    case_id(primary_key=True),
    blind("person", primary_key=True),  # in whose list of cases it stands
    Index(None, "person"),
    sqlite_with_rowid=False,
)

traces = Table(
    "traces",
    metadata,
    case_id(primary_key=True),
    blind("trace", primary_key=True),  # a link, an address, a number: for equality only
    number("at"),
    Index(None, "trace"),
    sqlite_with_rowid=False,
)

sessions = Table(
    "sessions",
    metadata,
    number("number", primary_key=True),
    word("id"),
    case_id(),
    blind("person"),
    word("status"),
    sealed("contents"),
    Unique("id"),
    Index(None, "case_id"),
    Index(None, "person"),
)

answers = Table(
    "answers",
    metadata,
    case_id(primary_key=True),
    word("session_id", primary_key=True),
    word("question", primary_key=True),
    word("readers"),  # the visibility class that it is sealed under
    sealed("contents"),
    sqlite_with_rowid=False,
)

files = Table(
    "files",
    metadata,
    word("case_id", primary_key=True),
    word("id", primary_key=True),
    number("size"),
    sealed("contents"),
)

outbox = Table(
    "outbox",
    metadata,
    number("id", primary_key=True),
    word("key"),
    word("case_id"),
    word("slot"),
    word("wish"),
    blind("lane"),
    blind("place"),  # this case's messages to this person on this platform
    number("awaited"),
    number("attempts"),
    number("not_before", nullable=True),
    number("detour", nullable=True),  # from when on an alert may go another way
    number("nudged"),
    sealed("contents"),
    Unique("key"),
    Index(None, "lane"),
    Index(None, "case_id"),
    sqlite_autoincrement=True,
)

reach = Table(
    "reach",
    metadata,
    blind("place", primary_key=True),  # a person on a platform, or on all of them
    sealed("contents"),  # when they were last reached, installed the bot, could not be reached; the language asked for
    sqlite_with_rowid=False,
)

posted = Table(
    "posted",
    metadata,
    word("case_id", primary_key=True),
    word("slot", primary_key=True),
    blind("place", primary_key=True),
    sealed("handle"),
    sqlite_with_rowid=False,
)

timers = Table(
    "timers",
    metadata,
    word("case_id", primary_key=True),
    word("key", primary_key=True),
    number("at"),
    number("grace"),
    Index(None, "at"),
    sqlite_with_rowid=False,
)

inbox = Table(
    "inbox",
    metadata,
    number("number", primary_key=True),
    blind("event"),  # platforms put more into ids than they say
    word("kind"),
    number("at"),
    word("case_id", nullable=True),
    sealed("contents", nullable=True),  # of an event of ours that waits
    Unique("event"),
)
Index("ix_inbox_waiting", inbox.c.number, sqlite_where=inbox.c.contents.is_not(None))

focus = Table(
    "focus",
    metadata,
    blind("person", primary_key=True),
    word("session_id"),
    sqlite_with_rowid=False,
)

audit = Table(
    "audit",
    metadata,
    word("case_id", primary_key=True),
    number("number", primary_key=True),
    number("at"),
    word("kind"),
    blind("person", nullable=True),
    word("detail"),
    proof("hash"),
    sqlite_with_rowid=False,
)

chart = Table(
    "chart",
    metadata,
    number("id", primary_key=True),
    blind("people"),  # which people there are
    number("number"),  # of the change that made them so
    number("heard", nullable=True),  # up to which case they have heard of it; NULL is all
)

accounts = Table(
    "accounts",
    metadata,
    number("number", primary_key=True),
    sealed("contents"),
)

erased = Table(
    "erased",
    metadata,
    word("case_id", primary_key=True),
    sqlite_with_rowid=False,
)

flow_versions = Table(
    "flow_versions",
    metadata,
    number("number", primary_key=True),
    word("name"),
    word("structure"),
    word("content"),
    word("files"),
    number("published"),
    number("current"),
    Unique("name", "content"),
)
