"""One transaction on SQLite, as the runtime's port `Tx`.

Rule 1. Statements run where they are called: each takes microseconds, as it touches memory only. What waits for the
        disk (the commit, new keys) goes to a thread.
Rule 2. A case is opened for a warrant that the permissions table allows; denied is as if it were not there, in the
        number of statements too: what memory would deny is looked for on the disk, as what is not there.
Rule 3. A case that was read or written before, and whose version has not moved since, is not opened and read anew.
"""

from __future__ import annotations

import sqlite3
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

from bot.cases.alerts import ALERT, FALLBACK
from bot.cases.case import CaseFile
from bot.cases.permissions import Engine, Warrant, allows
from bot.core.ids import CaseId, SessionId, Slot
from bot.core.people import PersonId
from bot.errors import Invariant
from bot.runtime.owed import NewOwed
from bot.runtime.ports import Saved, Tx
from storage import statements as sql
from storage.changes import compare
from storage.opening import Kind
from storage.outbox import Written
from storage.rows import Row, event, note_row, place, read_case, read_sessions
from storage.sealed import micros
from storage.vault import Vault
from storage.writes import Head, homes, write

NewKeys = Callable[[Sequence[tuple[str, str]]], Awaitable[None]]


def check(warrant: Warrant, kind: Kind) -> None:
    """Refuse the simulator's panels everything of a store that is none of a simulation.

    Raises:
        Invariant: ours.
    """
    if warrant is Engine.SIMULATE and kind != "simulation":
        raise Invariant("Only a simulation may be looked into from outside.")


class Recent:
    """The cases that were read or written last, each with the version that it was."""

    def __init__(self, most: int = 256) -> None:
        self._most = most
        self._files: OrderedDict[CaseId, tuple[int, CaseFile]] = OrderedDict()

    def get(self, case: CaseId, version: int) -> CaseFile | None:
        found = self._files.get(case)
        return found[1] if found is not None and found[0] == version else None

    def put(self, case: CaseId, version: int, file: CaseFile) -> None:
        self._files[case] = (version, file)
        self._files.move_to_end(case)
        if len(self._files) > self._most:
            self._files.popitem(last=False)

    def drop(self, case: CaseId) -> None:
        self._files.pop(case, None)


class SqliteTx(Tx):
    """See `bot.runtime.ports.Tx`. Of no use after its block has ended."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        vault: Vault,
        memory: tuple[Recent, Written],
        new_keys: NewKeys,
        kind: Kind,
    ) -> None:
        self._connection = connection
        self._vault = vault
        self._recent, self._written = memory
        self._new_keys = new_keys
        self._kind = kind
        self._heads: dict[CaseId, Head] = {}
        self._read: dict[CaseId, tuple[int, CaseFile]] = {}
        self._owed: list[tuple[Row, NewOwed]] = []
        self.erased: list[CaseId] = []

    async def first_time(self, event_id: str, kind: str, at: datetime) -> bool:
        row = note_row(self._vault, event_id, kind, micros(at))
        if self._connection.execute(sql.NOTE_EVENT, row).rowcount:
            return True
        taken = self._connection.execute(
            sql.TAKE_EVENT, {"the_event": event(self._vault, event_id), "new_at": micros(at)}
        )
        return bool(taken.rowcount)

    async def case_of(self, session: SessionId) -> CaseId | None:
        row = self._connection.execute(sql.CASE_OF, {"the_id": session}).fetchone()
        return CaseId(row[0]) if row is not None else None

    async def focus(self, person: PersonId, platform: str) -> SessionId | None:
        where = self._vault.blind("focus.person", person, platform)
        row = self._connection.execute(sql.FOCUS, {"the_person": where}).fetchone()
        return SessionId(row[0]) if row is not None else None

    async def talks(self, person: PersonId) -> Sequence[tuple[SessionId, CaseId]]:
        where = self._vault.blind("sessions.person", person)
        rows = self._connection.execute(sql.TALKS, {"the_person": where})
        return [(SessionId(session), CaseId(case)) for session, case in rows]

    async def cases_of(self, person: PersonId) -> Sequence[CaseId]:
        where = self._vault.blind("cases.reporter", person)
        return [CaseId(row[0]) for row in self._connection.execute(sql.CASES_OF, {"the_reporter": where})]

    async def over_of(self, person: PersonId) -> CaseId | None:
        where = self._vault.blind("cases.reporter", person)
        row = self._connection.execute(sql.OVER_OF, {"the_reporter": where}).fetchone()
        return CaseId(row[0]) if row is not None else None

    async def alike(self, traces: frozenset[str], since: datetime) -> Sequence[CaseId]:
        found: dict[CaseId, None] = {}
        for trace in sorted(self._vault.blind("traces.trace", trace) for trace in traces):
            rows = self._connection.execute(sql.ALIKE, {"the_trace": trace, "since": micros(since)})
            found.update(dict.fromkeys(CaseId(row[0]) for row in rows))
        return sorted(found)

    async def seats(self, person: PersonId) -> Sequence[CaseId]:
        where = self._vault.blind("seats.person", person)
        return [CaseId(row[0]) for row in self._connection.execute(sql.SEATS, {"the_person": where})]

    async def load(self, case: CaseId, warrant: Warrant) -> CaseFile | None:
        check(warrant, self._kind)
        head = self._head(case)
        file = self._recent.get(case, head.version) if head is not None else None
        if file is None or not allows(file, warrant):
            file = self._open(case)
        if head is None or file is None or not allows(file, warrant):
            return None
        self._read[case] = (head.version, file)
        return file

    async def posted(self, case: CaseId, to: PersonId, platform: str) -> Sequence[Slot]:
        where = {"the_case_id": case, "the_place": place(self._vault, case, to, platform)}
        standing = dict.fromkeys(Slot(row[0]) for row in self._connection.execute(sql.SLOTS, where))
        for slot, wish in self._connection.execute(sql.OWED_SLOTS, where):
            if wish == "post":
                standing[Slot(slot)] = None
            elif wish == "remove":
                standing.pop(Slot(slot), None)
        return list(standing)

    async def save(self, saved: Saved) -> None:
        case = saved.file.case.id
        head = self._start(case, saved.before)
        changes = compare(saved.before, saved.file)
        missing = self._vault.keys.missing(homes(saved, changes))
        if missing:
            await self._new_keys(missing)
        now, owed = write(self._connection, self._vault, saved, changes, head)
        self._owed.extend(zip(owed, saved.owed, strict=True))
        if now is None:
            self._heads.pop(case, None)
            self._read.pop(case, None)
            self.erased.append(case)
        else:
            self._heads[case] = now
            self._read[case] = (now.version, saved.file)

    async def waits(self, case: CaseId, rung: int) -> bool:
        slots = {"alert": f"{ALERT}:{rung}", "fallback": f"{FALLBACK}:{rung}"}
        values = {"the_case_id": case, "the_key": f"rung:{rung}", **slots}
        return bool(self._connection.execute(sql.WAITS, values).fetchone()[0])

    async def drop_timer(self, case: CaseId, key: str, at: datetime) -> bool:
        where = {"the_case_id": case, "the_key": key, "the_at": micros(at)}
        return bool(self._connection.execute(sql.FIRE_TIMER, where).rowcount)

    def committed(self) -> None:
        """The transaction stands: what was read and written in it may be remembered."""
        for case, (version, file) in self._read.items():
            self._recent.put(case, version, file)
        for case in self.erased:
            self._recent.drop(case)
            self._written.clear()
        self._written.put(self._owed)

    def _start(self, case: CaseId, before: CaseFile | None) -> Head | None:
        """How far the case was written; what changed is told by `before`, so it must be what was read."""
        if before is None:
            if self._head(case) is None:
                return None
        else:
            _, read = self._read.get(case, (0, None))
            if read is before or read == before:
                return self._heads[case]
        raise Invariant("A turn does not start from how its case stands.")

    def _head(self, case: CaseId) -> Head | None:
        row = self._connection.execute(sql.HEAD, {"the_id": case}).fetchone()
        if row is None:
            return None
        self._heads[case] = Head(*row)
        return self._heads[case]

    def _open(self, case: CaseId) -> CaseFile | None:
        """Read a case; of one that is not there, as many statements find nothing."""
        where = {"the_case_id": case}
        found = self._connection.execute(sql.CONTENTS, {"the_id": case}).fetchone()
        talks = self._connection.execute(sql.SESSIONS, where).fetchall()
        answers = self._connection.execute(sql.ANSWERS, where).fetchall()
        if found is None:
            return None
        return CaseFile(read_case(self._vault, case, found[0]), read_sessions(self._vault, case, talks, answers))
