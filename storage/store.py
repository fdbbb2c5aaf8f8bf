"""The store on SQLite: the embedded default.

Rule 1. One writer connection, and one task at a time on it; every transaction begins `IMMEDIATE`.
Rule 2. A turn is one transaction and one fsync; a batch of deliveries too. Keys are made ahead, outside of turns; what
        is missing nevertheless is one more, before the turn that needs it. An erasure has more to do, after it.
Rule 3. Whoever drains holds a lock on a file beside the database: a second bot is kept out. Commands go without.
Rule 4. A store is made for simulation or for production, and never becomes the other.
Rule 5. The event loop waits for memory only. Commits, new keys, files and erasures go to a thread.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, TypeVar

from bot.cases.permissions import Engine, Warrant
from bot.core.answers import FileRef
from bot.core.events import CaseEvent
from bot.core.ids import CaseId, Slot
from bot.core.people import PersonId, Role
from bot.core.reach import Reach
from bot.errors import PlatformError
from bot.runtime.accounts import Standing
from bot.runtime.owed import Outcome, Owed
from bot.runtime.ports import AuditLine, DueTimer, FlowVersion, Store, Tx
from storage import audit, erasure, flows, outbox, people
from storage import statements as sql
from storage.master import MasterKey
from storage.opening import Kind, Opened, open_database
from storage.rows import place, reach_row, read_reach, read_waiting
from storage.sealed import micros, moment
from storage.sqlite import PATIENCE, connect, is_busy, truncate
from storage.tx import Recent, SqliteTx, check
from storage.vault import FILE, PEOPLE, REACH, Vault

T = TypeVar("T")
_PAUSES: Final = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05)


class SqliteStore(Store):
    """See `bot.runtime.ports.Store`."""

    def __init__(self, opened: Opened) -> None:
        self._path: Path = opened.path
        self._kind = opened.kind
        self._vault: Vault = opened.vault
        self._file_lock = opened.lock
        self._writer = opened.writer
        self._reader = connect(opened.path, reads_only=True)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="store")
        self._lock = asyncio.Lock()
        self._recent = Recent()
        self._written = outbox.Written()
        self._closed = False

    @classmethod
    async def open(cls, url: str, key: MasterKey, *, kind: Kind, lock: bool = True) -> SqliteStore:
        """Open the database that `storage.url` names, making or upgrading it first.

        Raises:
            SettingsError: another process drains it, the key is another, it was made for the other kind, it was
                written by a newer version, its keystore is missing, or the file cannot be used.
        """
        return cls(await asyncio.to_thread(open_database, url, key, kind=kind, lock=lock))

    # --- writing -----------------------------------------------------------------------------------------------------
    def begin(self) -> AbstractAsyncContextManager[Tx]:
        return self._begin()

    @asynccontextmanager
    async def _begin(self) -> AsyncIterator[SqliteTx]:
        async with self._transaction():
            tx = SqliteTx(self._writer, self._vault, (self._recent, self._written), self._new_keys, self._kind)
            yield tx
            await self._run(lambda: self._finish(tx))

    def _finish(self, tx: SqliteTx) -> None:
        """Commit, and what belongs to it: one piece of work, so that a cancelled task cannot part them."""
        self._writer.execute("COMMIT")
        tx.committed()
        if tx.erased:
            erasure.destroy_keys(self._writer, self._vault.keys, tx.erased)

    @asynccontextmanager
    async def _transaction(self) -> AsyncIterator[None]:
        async with self._lock:
            await self._begin_immediate()
            try:
                yield
            finally:
                if self._writer.in_transaction:
                    self._writer.execute("ROLLBACK")

    async def _begin_immediate(self) -> None:
        """Begin, waiting for another process's transaction without holding up the event loop."""
        until = asyncio.get_running_loop().time() + PATIENCE / 1000
        attempt = 0
        while True:
            try:
                self._writer.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if not is_busy(error):
                    raise
                if asyncio.get_running_loop().time() > until:
                    raise PlatformError("The database is held by another process.") from None
            else:
                return
            await asyncio.sleep(_PAUSES[min(attempt, len(_PAUSES) - 1)])
            attempt += 1

    async def _commit(self) -> None:
        await self._run(lambda: self._writer.execute("COMMIT"))

    async def _new_keys(self, wanted: Sequence[tuple[str, str]]) -> None:
        await self._run(lambda: self._vault.keys.create(wanted))

    async def prepare(self, cases: Sequence[CaseId], readers: Collection[frozenset[Role]]) -> None:
        await self._run(lambda: self._vault.prepare(cases, readers))

    async def _run(self, work: Callable[[], T]) -> T:
        """Run in the store's thread, not at all or to the end: a cancelled task is cancelled afterwards."""
        running = self._thread.submit(work)
        try:
            return await asyncio.wrap_future(running)
        except asyncio.CancelledError:
            if not running.cancel():
                await asyncio.wait({asyncio.wrap_future(running)})
            raise

    async def settle(self, outcomes: Sequence[Outcome], at: datetime) -> None:
        if outcomes:
            async with self._transaction():
                outbox.settle(self._writer, self._vault, outcomes, at)
                await self._commit()
            for outcome in outcomes:
                self._written.drop(outcome.owed.key)

    async def put_reaches(self, reaches: Sequence[Reach]) -> None:
        async with self._transaction():
            missing = self._vault.keys.missing([REACH])
            if missing:
                await self._new_keys(missing)
            for reach in reaches:
                self._writer.execute(sql.PUT_REACH, reach_row(self._vault, reach))
            await self._commit()

    async def prune(self, before: datetime) -> None:
        async with self._transaction():
            await self._run(lambda: self._writer.execute(sql.PRUNE, {"before": micros(before)}))
            await self._commit()

    async def put_file(self, case: CaseId, data: bytes, ref: FileRef) -> None:
        async with self._transaction():
            missing = self._vault.keys.missing([(case, FILE)])
            if missing:
                await self._new_keys(missing)
            await self._run(lambda: self._put_file(case, data, ref.id))
            await self._commit()

    def _put_file(self, case: CaseId, data: bytes, file: str) -> None:
        contents = self._vault.seal((case, FILE), "files.contents", (case, file), data)
        self._writer.execute(sql.NEW_FILE, {"case_id": case, "id": file, "size": len(data), "contents": contents})

    async def publish(self, version: FlowVersion) -> None:
        async with self._transaction():
            flows.publish(self._writer, version)
            await self._commit()

    async def note_people(self, fingerprint: str) -> None:
        async with self._transaction():
            people.note(self._writer, self._vault, fingerprint)
            await self._commit()

    async def hand_round(self, at: datetime, most: int) -> int:
        async with self._transaction():
            handed = people.hand_round(self._writer, self._vault, at, most)
            await self._commit()
        return handed

    async def put_standings(self, standings: Sequence[Standing]) -> None:
        async with self._transaction():
            missing = self._vault.keys.missing([PEOPLE])
            if missing:
                await self._new_keys(missing)
            await self._run(lambda: people.put_standings(self._writer, self._vault, standings))
            await self._commit()

    # --- reading -----------------------------------------------------------------------------------------------------
    async def lanes(self) -> Sequence[str]:
        return outbox.lanes(self._reader, self._vault)

    async def owed(self, lane: str, limit: int) -> Sequence[Owed]:
        return outbox.owed(self._reader, self._vault, self._written, lane, limit)

    async def newest_owed(self) -> int:
        return int(self._reader.execute(sql.NEWEST).fetchone()[0] or 0)

    async def handle(self, case: CaseId, slot: Slot, to: PersonId, platform: str) -> str | None:
        where = place(self._vault, case, to, platform)
        return outbox.handle(self._reader, self._vault, case, slot, where)

    async def reaches(self) -> Sequence[Reach]:
        return [read_reach(self._vault, *row) for row in self._reader.execute(sql.REACHES)]

    async def arrived(self) -> Sequence[CaseEvent]:
        rows = self._reader.execute(sql.WAITING).fetchall()
        return [read_waiting(self._vault, event, kind, contents) for _, event, kind, contents in rows]

    async def due(self, now: datetime, limit: int) -> Sequence[DueTimer]:
        rows = self._reader.execute(sql.DUE, {"now": micros(now), "most": limit})
        return [DueTimer(CaseId(c), key, moment(at), timedelta(microseconds=grace)) for c, key, at, grace in rows]

    async def next_timer(self) -> datetime | None:
        (at,) = self._reader.execute(sql.NEXT_TIMER).fetchone()
        return None if at is None else moment(at)

    async def file(self, case: CaseId, file: str, warrant: Warrant) -> bytes | None:
        async with self.begin() as tx:
            if await tx.load(case, warrant) is None:
                return None
        return await asyncio.to_thread(self._file, case, file)

    def _file(self, case: CaseId, file: str) -> bytes | None:
        with closing(connect(self._path, reads_only=True)) as connection:
            row = connection.execute(sql.FILE, {"the_case_id": case, "the_id": file}).fetchone()
        return self._vault.unseal("files.contents", (case, file), row[0]) if row is not None else None

    async def open_cases(self, warrant: Engine) -> Sequence[CaseId]:
        return [CaseId(row[0]) for row in self._reader.execute(sql.OPEN_CASES)]

    async def audit(self, case: CaseId, warrant: Warrant) -> Sequence[AuditLine]:
        if not await self._may_open(case, warrant):
            return ()
        rows = self._reader.execute(sql.AUDIT_LINES, {"the_case_id": case})
        return [
            AuditLine(number, moment(at), kind, person.hex() if person else "", detail, proof)
            for number, at, kind, person, detail, proof in rows
        ]

    async def cases(self, warrant: Warrant) -> Sequence[CaseId]:
        every = [CaseId(row[0]) for row in self._reader.execute(sql.CASES)]
        return [case for case in every if await self._may_open(case, warrant)]

    async def _may_open(self, case: CaseId, warrant: Warrant) -> bool:
        check(warrant, self._kind)
        if isinstance(warrant, Engine):
            return True  # a chain outlives its case
        async with self.begin() as tx:
            return await tx.load(case, warrant) is not None

    def persons_of(self, case: CaseId, persons: Sequence[PersonId]) -> dict[str, PersonId]:
        """Which of these persons stand behind a chain's peppered ones; nobody where the pepper is gone."""
        pepper = self._vault.keys.pepper(case)
        return {audit.peppered(pepper, person): person for person in persons} if pepper is not None else {}

    async def standings(self) -> Sequence[Standing]:
        return people.standings(self._reader, self._vault)

    async def flow_versions(self) -> Sequence[FlowVersion]:
        return flows.versions(self._reader)

    async def close(self) -> None:
        """Wait for the transaction in hand, bring the WAL in, let the lock go. Closing twice does nothing more."""
        async with self._lock:
            if not self._closed:
                self._closed = True
                await self._run(self._close)
                self._thread.shutdown()

    def _close(self) -> None:
        self._reader.close()
        with suppress(sqlite3.Error):
            truncate(self._writer)
        self._writer.close()
        self._vault.keys.close()
        self._file_lock.release()
