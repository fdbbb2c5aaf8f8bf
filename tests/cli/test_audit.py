"""`bistand audit`: that something was done, and when; and of a case that excludes the auditor neither row nor gap."""

from __future__ import annotations

import asyncio
import base64
import sqlite3
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from bot.cases.case import Case, CaseFile, Consent, Status
from bot.cases.permissions import Action, Asked
from bot.cli import main
from bot.core.ids import CaseId
from bot.core.people import PersonId, Role
from bot.runtime.ports import Entry, Saved
from bot.settings import load
from bot.wiring import directory, person_ids
from storage.master import MasterKey
from storage.store import SqliteStore
from tests.cli.test_commands import own_folder
from tests.storage.making import NOW

KEY = MasterKey(bytes(range(32)))
ANA, LUIS, METTE = (person_ids(KEY)(f"{name}@example.org") for name in ("ana", "luis", "mette"))
DATABASE = Path("var/bistand.sqlite")
Run = Callable[..., tuple[int, list[str]]]


def saved(case: str, reference: str, *accused: PersonId, status: Status = Status.ACKNOWLEDGED) -> Saved:
    kept = Case(
        CaseId(case),
        reference,
        ANA,
        NOW,
        revision=1,
        status=status,
        owner=LUIS,
        opened=NOW,
        accused=frozenset(accused),
        consent=Consent(frozenset({Role.HR})),
    )
    entries = [Entry(NOW, "opened", ANA, "high"), Entry(NOW, "alerted", LUIS, "rung 1"), Entry(NOW, "read", LUIS)]
    return Saved(CaseFile(kept, {}), None, entries=entries)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """`bistand audit …` over a store with these cases: its code and its lines."""
    own_folder(tmp_path, 8081)
    (tmp_path / "var").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BISTAND_STORAGE__KEY", base64.b64encode(bytes(range(32))).decode())

    def ran(*words: str) -> tuple[int, list[str]]:
        monkeypatch.setattr(sys, "argv", ["bistand", "audit", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return ended.value.code, (printed.out + printed.err).splitlines()

    return ran


def fill(*cases: Saved) -> None:
    async def write() -> None:
        store = await SqliteStore.open(f"sqlite+aiosqlite:///{DATABASE}", KEY, kind="production")
        for one in cases:
            async with store.begin() as tx:
                await tx.save(one)
        await store.close()

    asyncio.run(write())


def test_an_auditor_sees_that_and_when_and_neither_what_nor_who(run: Run) -> None:
    fill(saved("c1", "K7Q-4M2X"), saved("c2", "WF9-6J9P", status=Status.CLOSED))
    assert run("METTE@example.org") == (
        0,
        [
            f"K7Q-4M2X  acknowledged  {NOW:%Y-%m-%d %H:%M}  3 lines, whole",
            f"WF9-6J9P  closed        {NOW:%Y-%m-%d %H:%M}  3 lines, whole",
            "cases: 2, broken: 0. Times are UTC.",
        ],
    )
    code, lines = run("mette@example.org", "--case", "k7q-4m2x")
    assert (code, lines) == (
        0,
        [
            f"   1  {NOW:%Y-%m-%d %H:%M:%S}  opened            person 1",
            f"   2  {NOW:%Y-%m-%d %H:%M:%S}  alerted           person 2",
            f"   3  {NOW:%Y-%m-%d %H:%M:%S}  read              person 2",
            "cases: 1, broken: 0. Times are UTC.",
        ],
    )


def test_of_a_case_about_the_auditor_there_is_neither_row_nor_gap(run: Run, tmp_path: Path) -> None:
    """The same lines, whether there is such a case or not, and of its reference the same as of none."""
    fill(saved("c1", "K7Q-4M2X"))
    without = run("mette@example.org")
    nothing = run("mette@example.org", "--case", "WF9-6J9P")
    fill(saved("c2", "WF9-6J9P", METTE), saved("c3", "9B2-DYJK", METTE, status=Status.WITHDRAWN))
    assert run("mette@example.org") == without
    assert run("mette@example.org", "--case", "WF9-6J9P") == nothing
    assert nothing == (2, ["bistand: There is no case WF9-6J9P here for mette@example.org."])


@pytest.mark.parametrize("who", ["luis@example.org", "nobody@example.org"])
def test_nobody_else_audits(run: Run, who: str) -> None:
    fill(saved("c1", "K7Q-4M2X"))
    assert run(who) == (2, [f'bistand: {who} is no auditor. In people.sample.yaml the role "auditor" says so.'])


def test_a_line_that_was_changed_is_found(run: Run) -> None:
    fill(saved("c1", "K7Q-4M2X"))
    with sqlite3.connect(DATABASE) as connection:
        connection.execute("UPDATE audit SET kind = 'taken' WHERE number = 2")
    connection.close()
    code, lines = run("mette@example.org")
    assert (code, lines[0].partition("lines, ")[2]) == (1, "BROKEN at line 2")
    assert lines[-1] == "cases: 1, broken: 1. Times are UTC."


def test_drafts_are_nobodys_business(run: Run) -> None:
    draft = saved("c1", "K7Q-4M2X", status=Status.DRAFT)
    fill(replace(draft, file=replace(draft.file, case=replace(draft.file.case, opened=None, owner=None))))
    assert run("mette@example.org") == (0, ["cases: 0, broken: 0. Times are UTC."])


def test_the_store_itself_refuses(run: Run) -> None:
    """Without the office neither the list nor a chain is opened."""
    fill(saved("c1", "K7Q-4M2X"))
    people = directory(load(Path("app.yaml"), {}), KEY).people()

    async def look(person: PersonId) -> tuple[Sequence[CaseId], int]:
        store = await SqliteStore.open(f"sqlite+aiosqlite:///{DATABASE}", KEY, kind="production")
        asked = Asked(person, Action.AUDIT, people)
        found = await store.cases(asked), len(await store.audit(CaseId("c1"), asked))
        await store.close()
        return found

    assert asyncio.run(look(METTE)) == ([CaseId("c1")], 3)
    assert asyncio.run(look(LUIS)) == ([], 0)
