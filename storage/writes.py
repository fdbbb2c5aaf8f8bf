"""What a turn changed, written: only rows that differ from how the case stood before.

Rule 1. `cases.version` is the witness that nobody wrote between reading and writing: a turn that read an older version
        changes nothing.
Rule 2. Rows of one table go in one batch; nothing is read that the turn has not read already.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.core.events import Started
from bot.core.ids import CaseId, SessionId
from bot.core.people import PersonId
from bot.core.reach import EVERYWHERE, Reach
from bot.errors import Invariant
from bot.runtime.ports import AuditLine, NewTimer, Saved
from storage import audit
from storage import statements as sql
from storage.changes import Changes
from storage.erasure import erase_rows, parting_handles
from storage.rows import Row, answer_row, case_row, owed_row, place, reach_row, session_row, waiting_row
from storage.sealed import micros
from storage.vault import BASE, OUTBOX, PARTING, REACH, TALK, Vault, answer_class

_MICROSECOND: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Head:
    """How far a case was written: its version, and its audit chain's length and last hash."""

    version: int
    lines: int
    hash: bytes


def homes(saved: Saved, changes: Changes) -> Iterator[tuple[str, str]]:
    """The keys that writing this turn needs: cases and their classes."""
    case = saved.file.case.id
    if saved.spoken:
        yield REACH
    if saved.erase:
        yield PARTING
        if saved.entries:
            yield from ((case, kind) for kind in BASE)
        return
    yield from ((case, kind) for kind in BASE)
    for _, _, given in changes.given:
        yield case, answer_class(given.readers)
    yield from ((handed.case, TALK) for handed in saved.handed if isinstance(handed.what, Started))


def write(
    connection: sqlite3.Connection, vault: Vault, saved: Saved, changes: Changes, head: Head | None
) -> tuple[Head | None, list[Row]]:
    """Write a turn; `head` is how the case stood in the database, None for a new one.

    Returns how it stands now, and the outbox rows as they were written.

    Raises:
        Invariant: somebody else wrote the case, or a message was owed before.
    """
    case = saved.file.case.id
    lines = _audit(connection, vault, saved, head)
    now = Head(
        version=head.version + 1 if head is not None else 1,
        lines=lines[-1].number if lines else head.lines if head is not None else 0,
        hash=lines[-1].hash if lines else head.hash if head is not None else audit.start(case),
    )
    owed = [owed_row(vault, case, new, PARTING if saved.erase else (case, OUTBOX)) for new in saved.owed]
    if saved.erase:
        _erase(connection, vault, saved)
    else:
        _case(connection, vault, saved, head, now)
        _sessions(connection, vault, changes)
        _timers(connection, case, saved.cancelled, saved.timers)
    _many(connection, sql.HUSH, [{"the_case_id": case, "the_slot": slot} for slot in saved.hushed])
    _many(connection, sql.BAR, [{"the_case_id": case, "the_place": place(vault, case, *to)} for to in saved.barred])
    _owed(connection, owed)
    for handed in saved.handed:
        # The other case may have been erased since; one that is to begin is not there yet.
        begins = isinstance(handed.what, Started)
        if begins or connection.execute(sql.HEAD, {"the_id": handed.case}).fetchone() is not None:
            connection.execute(sql.NOTE_EVENT, waiting_row(vault, handed))
    _focus(connection, vault, saved.focus)
    for person, language in saved.spoken.items():
        connection.execute(sql.PUT_REACH, reach_row(vault, Reach(person, EVERYWHERE, language=language)))
    return (None if saved.erase else now), owed


def _audit(connection: sqlite3.Connection, vault: Vault, saved: Saved, head: Head | None) -> list[AuditLine]:
    if not saved.entries:
        return []
    case = saved.file.case.id
    written = (head.lines, head.hash) if head is not None else (0, b"")
    lines = audit.append(case, *written, saved.entries, vault.pepper(case))
    rows: list[Row] = [
        {
            "case_id": case,
            "number": line.number,
            "at": micros(line.at),
            "kind": line.kind,
            "person": bytes.fromhex(line.person) if line.person else None,
            "detail": line.detail,
            "hash": line.hash,
        }
        for line in lines
    ]
    _many(connection, sql.AUDIT, rows)
    return lines


def _case(connection: sqlite3.Connection, vault: Vault, saved: Saved, head: Head | None, now: Head) -> None:
    case = saved.file.case
    row = case_row(vault, case) | {"version": now.version, "lines": now.lines, "head": now.hash}
    if head is None:
        connection.execute(sql.NEW_CASE, row | {"reporter": vault.blind("cases.reporter", case.reporter)})
    elif not connection.execute(sql.MOVE_CASE, row | {"the_id": case.id, "the_version": head.version}).rowcount:
        raise Invariant("A case was changed by somebody else in the middle of a turn.")
    if saved.before is not None and saved.before.case.reporter != case.reporter:
        connection.execute(
            sql.MOVE_REPORTER, {"the_id": case.id, "reporter": vault.blind("cases.reporter", case.reporter)}
        )
    if saved.traces and case.opened is not None:
        blinds = sorted(vault.blind("traces.trace", trace) for trace in saved.traces)
        found: list[Row] = [{"case_id": case.id, "trace": blind, "at": micros(case.opened)} for blind in blinds]
        _many(connection, sql.NEW_TRACE, found)
    _seats(connection, vault, saved)
    before = saved.before.case.accused if saved.before is not None else frozenset()
    if case.accused != before:
        connection.execute(sql.DROP_ACCUSED, {"the_case_id": case.id})
        rows: list[Row] = [
            {"case_id": case.id, "person": vault.blind("accused.person", person)} for person in case.accused
        ]
        _many(connection, sql.NEW_ACCUSED, rows)


def _seats(connection: sqlite3.Connection, vault: Vault, saved: Saved) -> None:
    case = saved.file.case
    before = saved.before.case.seated if saved.before is not None else frozenset()

    def rows(persons: frozenset[PersonId], prefix: str) -> list[Row]:
        blinds = sorted(vault.blind("seats.person", person) for person in persons)
        return [{f"{prefix}case_id": case.id, f"{prefix}person": blind} for blind in blinds]

    _many(connection, sql.DROP_SEAT, rows(before - case.seated, "the_"))
    _many(connection, sql.NEW_SEAT, rows(case.seated - before, ""))


def _sessions(connection: sqlite3.Connection, vault: Vault, changes: Changes) -> None:
    rows: list[Row] = [
        {"the_case_id": s.case, "the_session_id": s.id, "the_question": question} for s, question in changes.taken_back
    ]
    _many(connection, sql.DROP_ANSWER, rows)
    rows = [{"the_id": s.id, "the_case_id": s.case} for s in changes.dropped]
    _many(connection, sql.DROP_SESSION, rows)
    _many(connection, sql.NEW_SESSION, [session_row(vault, s) for s in changes.new])
    # a playbook that is handed over has another person
    rows = [{**session_row(vault, s), "the_id": s.id, "the_case_id": s.case} for s in changes.moved]
    _many(connection, sql.MOVE_SESSION, rows)
    _many(connection, sql.PUT_ANSWER, [answer_row(vault, *given) for given in changes.given])


def _timers(connection: sqlite3.Connection, case: CaseId, cancelled: Iterable[str], timers: Iterable[NewTimer]) -> None:
    _many(connection, sql.DROP_TIMER, [{"the_case_id": case, "the_key": key} for key in cancelled])
    rows: list[Row] = [
        {"case_id": case, "key": timer.key, "at": micros(timer.at), "grace": timer.grace // _MICROSECOND}
        for timer in timers
    ]
    _many(connection, sql.PUT_TIMER, rows)


def _focus(
    connection: sqlite3.Connection, vault: Vault, focus: Mapping[tuple[PersonId, str], SessionId | None]
) -> None:
    for (person, platform), session in focus.items():
        where = vault.blind("focus.person", person, platform)
        if session is None:
            connection.execute(sql.DROP_FOCUS, {"the_person": where})
        else:
            connection.execute(sql.PUT_FOCUS, {"person": where, "session_id": session})


def _erase(connection: sqlite3.Connection, vault: Vault, saved: Saved) -> None:
    case = saved.file.case.id
    handles = parting_handles(connection, vault, case, saved.owed)
    erase_rows(connection, case)
    _many(connection, sql.PUT_POSTED, handles)


def _owed(connection: sqlite3.Connection, rows: Sequence[Row]) -> None:
    try:
        _many(connection, sql.NEW_OWED, rows)
    except sqlite3.IntegrityError:
        raise Invariant("A message was owed twice.") from None


def _many(connection: sqlite3.Connection, statement: str, rows: Sequence[Row]) -> None:
    if rows:
        connection.executemany(statement, rows)
