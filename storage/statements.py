"""The statements of a turn, written once in SQLAlchemy Core and compiled once to text with named parameters.

Why text: a turn has a dozen statements, and compiling or a hop between threads for each would cost more than its fsync.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import (
    ClauseElement,
    ColumnElement,
    Table,
    bindparam,
    delete,
    exists,
    func,
    literal_column,
    null,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import dialect, insert

from bot.cases.case import AT_REST
from bot.cases.case import Status as CaseStatus
from bot.core.session import Status as TalkStatus
from storage.tables import (
    accounts,
    accused,
    answers,
    audit,
    cases,
    chart,
    erased,
    files,
    flow_versions,
    focus,
    inbox,
    outbox,
    posted,
    reach,
    seats,
    sessions,
    timers,
    traces,
)

_DIALECT = dialect(paramstyle="named")
_NONE: ColumnElement[int] = literal_column(
    "0"
)  # SQLite has no LIMIT with a parameter without an OFFSET in this dialect


def _text(statement: ClauseElement, columns: Sequence[str] | None = None) -> str:
    return str(statement.compile(dialect=_DIALECT, column_keys=columns))


def _insert(table: Table) -> str:
    """Insert a whole row; a number of its own is left to the database."""
    return _text(insert(table), _written(table))


def _put(table: Table) -> str:
    """Insert a row, or replace what stands under its primary key."""
    statement = insert(table)
    rest = {c.name: statement.excluded[c.name] for c in table.c if not c.primary_key}
    return _text(statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=rest), _written(table))


def _insert_once(table: Table) -> str:
    return _text(insert(table).on_conflict_do_nothing(), _written(table))


def _written(table: Table) -> list[str]:
    keys = list(table.primary_key)
    counted = len(keys) == 1 and keys[0].type.python_type is int
    return [c.name for c in table.c if not (counted and c.primary_key)]


def _words(*values: str) -> list[ColumnElement[str]]:
    return [literal_column(f"'{value}'") for value in values]


def _one(table: Table, *columns: str) -> ColumnElement[bool]:
    """The row whose columns equal the parameters `the_<column>`."""
    test: ColumnElement[bool] = table.c[columns[0]] == bindparam(f"the_{columns[0]}")
    for column in columns[1:]:
        test = test & (table.c[column] == bindparam(f"the_{column}"))
    return test


def _delete(table: Table, *columns: str) -> str:
    return _text(delete(table).where(_one(table, *columns)))


_LIVE = sessions.c.status.in_(_words(TalkStatus.LIVE, TalkStatus.PAUSED, TalkStatus.STOPPED))
_OVER = cases.c.status.in_(_words(CaseStatus.CLOSED, CaseStatus.WITHDRAWN))
_OPEN = cases.c.status.not_in(_words(CaseStatus.CLOSED, CaseStatus.WITHDRAWN))

# --- events ----------------------------------------------------------------------------------------------------------
NOTE_EVENT = _insert_once(inbox)
TAKE_EVENT = _text(
    update(inbox)
    .where(_one(inbox, "event"), inbox.c.contents.is_not(None))
    .values(contents=null(), at=bindparam("new_at"))
)
WAITING = _text(
    select(inbox.c.number, inbox.c.event, inbox.c.kind, inbox.c.contents)
    .where(inbox.c.contents.is_not(None))
    .order_by(inbox.c.number)
)
PRUNE = _text(delete(inbox).where(inbox.c.at < bindparam("before"), inbox.c.contents.is_(None)))

# --- finding a case --------------------------------------------------------------------------------------------------
CASE_OF = _text(select(sessions.c.case_id).where(_one(sessions, "id")))
FOCUS = _text(select(focus.c.session_id).where(_one(focus, "person")))
PUT_FOCUS = _put(focus)
DROP_FOCUS = _delete(focus, "person")
TALKS = _text(
    select(sessions.c.id, sessions.c.case_id).where(_one(sessions, "person"), _LIVE).order_by(sessions.c.number)
)
CASES = _text(select(cases.c.id).order_by(cases.c.number))
OPEN_CASES = _text(select(cases.c.id).where(cases.c.status.not_in(_words(*sorted(AT_REST)))).order_by(cases.c.number))
SEATS = _text(
    select(cases.c.id)
    .join(seats, seats.c.case_id == cases.c.id)
    .where(seats.c.person == bindparam("the_person"))
    .order_by(cases.c.number)
)
ALIKE = _text(
    select(cases.c.id)
    .join(traces, traces.c.case_id == cases.c.id)
    .where(_one(traces, "trace"), traces.c.at >= bindparam("since"), _OPEN)
)
NEW_TRACE = _insert(traces)
NEW_SEAT = _insert(seats)
DROP_SEAT = _delete(seats, "case_id", "person")
CASES_OF = _text(select(cases.c.id).where(_one(cases, "reporter"), _OPEN).order_by(cases.c.number))
OVER_OF = _text(select(cases.c.id).where(_one(cases, "reporter"), _OVER).order_by(cases.c.number.desc()))

# --- the case --------------------------------------------------------------------------------------------------------
HEAD = _text(select(cases.c.version, cases.c.lines, cases.c.head).where(_one(cases, "id")))
CONTENTS = _text(select(cases.c.contents).where(_one(cases, "id")))
SESSIONS = _text(
    select(sessions.c.id, sessions.c.contents).where(_one(sessions, "case_id")).order_by(sessions.c.number)
)
ANSWERS = _text(select(answers.c.session_id, answers.c.question, answers.c.contents).where(_one(answers, "case_id")))
NEW_CASE = _insert(cases)
MOVE_CASE = _text(
    update(cases)
    .where(_one(cases, "id", "version"))
    .values({c: bindparam(c) for c in ("status", "version", "lines", "head", "contents")})
)
MOVE_REPORTER = _text(update(cases).where(_one(cases, "id")).values(reporter=bindparam("reporter")))
NEW_SESSION = _insert(sessions)
MOVE_SESSION = _text(
    update(sessions)
    .where(_one(sessions, "id", "case_id"))
    .values({c: bindparam(c) for c in ("status", "contents", "person")})
)
DROP_SESSION = _delete(sessions, "id", "case_id")
PUT_ANSWER = _put(answers)
DROP_ANSWER = _delete(answers, "case_id", "session_id", "question")
NEW_ACCUSED = _insert(accused)
DROP_ACCUSED = _delete(accused, "case_id")
AUDIT = _insert(audit)
AUDIT_LINES = _text(
    select(audit.c.number, audit.c.at, audit.c.kind, audit.c.person, audit.c.detail, audit.c.hash)
    .where(_one(audit, "case_id"))
    .order_by(audit.c.number)
)

# --- timers ----------------------------------------------------------------------------------------------------------
PUT_TIMER = _put(timers)
DROP_TIMER = _delete(timers, "case_id", "key")
FIRE_TIMER = _delete(timers, "case_id", "key", "at")
DUE = _text(
    select(timers.c.case_id, timers.c.key, timers.c.at, timers.c.grace)
    .where(timers.c.at <= bindparam("now"))
    .order_by(timers.c.at, timers.c.case_id, timers.c.key)
    .limit(bindparam("most"))
    .offset(_NONE)
)
WAITS = _text(
    select(
        exists().where(_one(timers, "case_id", "key"))
        | exists().where(_one(outbox, "case_id"), outbox.c.slot.in_([bindparam("alert"), bindparam("fallback")]))
        | exists().where(_one(inbox, "case_id"), inbox.c.contents.is_not(None))
    )
)
NEXT_TIMER = _text(select(func.min(timers.c.at)))

# --- outbox ----------------------------------------------------------------------------------------------------------
NEW_OWED = _insert(outbox)
_OWED = (
    outbox.c.id,
    outbox.c.key,
    outbox.c.case_id,
    outbox.c.slot,
    outbox.c.wish,
    outbox.c.awaited,
    outbox.c.attempts,
    outbox.c.not_before,
    outbox.c.detour,
    outbox.c.nudged,
    outbox.c.contents,
)
OWED = _text(select(*_OWED).where(_one(outbox, "lane")).order_by(outbox.c.id).limit(bindparam("most")).offset(_NONE))
LANES = _text(
    select(outbox.c.case_id, outbox.c.key, outbox.c.wish, outbox.c.slot, outbox.c.contents)
    .where(outbox.c.id.in_(select(func.min(outbox.c.id)).group_by(outbox.c.lane)))
    .order_by(outbox.c.id)
)
NEWEST = _text(select(func.max(outbox.c.id)))
DROP_OWED = _delete(outbox, "id")
DEFER = _text(
    update(outbox)
    .where(_one(outbox, "id"))
    .values(attempts=outbox.c.attempts + literal_column("1"), not_before=bindparam("until"))
)
MARK_NUDGED = _text(update(outbox).where(_one(outbox, "id")).values(nudged=literal_column("1")))
HUSH = _text(delete(outbox).where(_one(outbox, "case_id", "slot"), outbox.c.wish.in_(_words("nudge"))))
BAR = _text(delete(outbox).where(_one(outbox, "case_id", "place"), outbox.c.wish.in_(_words("post", "nudge"))))
HUSH_KEY = _delete(outbox, "key")
SLOTS = _text(select(posted.c.slot).where(_one(posted, "case_id", "place")))
OWED_SLOTS = _text(select(outbox.c.slot, outbox.c.wish).where(_one(outbox, "case_id", "place")).order_by(outbox.c.id))
HANDLE = _text(select(posted.c.handle).where(_one(posted, "case_id", "slot", "place")))
PUT_POSTED = _put(posted)
MOVE_POSTED = _text(update(posted).where(_one(posted, "case_id", "slot", "place")).values(handle=bindparam("handle")))
DROP_POSTED = _delete(posted, "case_id", "slot", "place")
ALL_POSTED = _text(select(posted.c.slot, posted.c.place, posted.c.handle).where(_one(posted, "case_id")))

# --- people ----------------------------------------------------------------------------------------------------------
CHART = _text(select(chart.c.people, chart.c.number, chart.c.heard))
_CHART = insert(chart)
PUT_CHART = _text(
    _CHART.on_conflict_do_update(
        index_elements=["id"], set_={name: _CHART.excluded[name] for name in ("people", "number", "heard")}
    ),
    ["id", "people", "number", "heard"],
)
CASES_AT_WORK = _text(
    select(cases.c.number, cases.c.id)
    .where(cases.c.number > bindparam("heard"), cases.c.status.not_in(_words(*sorted(AT_REST))))
    .order_by(cases.c.number)
    .limit(bindparam("most"))
    .offset(_NONE)
)
ACCOUNTS = _text(select(accounts.c.number, accounts.c.contents).order_by(accounts.c.number))
NEW_ACCOUNT = _text(insert(accounts), ["number", "contents"])
DROP_ACCOUNTS = _text(delete(accounts))
REACHES = _text(select(reach.c.place, reach.c.contents))
PUT_REACH = _put(reach)

# --- files, flows ----------------------------------------------------------------------------------------------------
NEW_FILE = _put(files)
FILE = _text(select(files.c.contents).where(_one(files, "case_id", "id")))
RETIRE_FLOW = _text(update(flow_versions).where(_one(flow_versions, "name")).values(current=literal_column("0")))
PUT_FLOW = _text(
    insert(flow_versions).on_conflict_do_update(
        index_elements=["name", "content"], set_={"current": literal_column("1")}
    ),
    _written(flow_versions),
)
FLOWS = _text(
    select(
        flow_versions.c.name,
        flow_versions.c.structure,
        flow_versions.c.content,
        flow_versions.c.files,
        flow_versions.c.published,
        flow_versions.c.current,
    ).order_by(flow_versions.c.number)
)

# --- erasure ---------------------------------------------------------------------------------------------------------
#: In this order: rows before what they point to.
ERASE = (
    _text(delete(focus).where(focus.c.session_id.in_(select(sessions.c.id).where(_one(sessions, "case_id"))))),
    *(_delete(t, "case_id") for t in (answers, sessions, accused, seats, traces, files, outbox, posted, timers)),
    _text(update(inbox).where(_one(inbox, "case_id")).values(contents=null())),
    _text(delete(cases).where(cases.c.id == bindparam("the_case_id"))),
)
NOTE_ERASED = _insert_once(erased)
ERASED = _text(select(erased.c.case_id))
REMAINS = _text(select(cases.c.id))
