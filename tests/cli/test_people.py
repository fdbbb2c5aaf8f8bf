"""`bistand people check`: what must be mended, what is remarked, and the code it ends with."""

from __future__ import annotations

import asyncio
import base64
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.cli import main
from bot.core.people import PersonId
from bot.runtime.accounts import Held, Standing
from bot.wiring import person_ids
from storage.master import MasterKey
from storage.store import SqliteStore
from tests.cli.test_commands import own_folder

KEY = bytes(range(32))
PEOPLE = """\
people:
- name: Vera Lindqvist
  email: vera@example.org
  roles: [hr, safety_rep, whistleblower_unit, on_call, operator, auditor, flow_admin]
- name: Ana Holm
  email: ana@example.org
  manager: vera@example.org
"""
Check = Callable[[str], tuple[int, list[str]]]


@pytest.fixture
def check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Check:
    """`bistand people check` in a folder with these people: its code and its lines."""
    own_folder(tmp_path, 8081)
    (tmp_path / "people.sample.yaml").unlink()

    def checked(people: str) -> tuple[int, list[str]]:
        (tmp_path / "people.sample.yaml").write_text(people, encoding="utf-8")
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr(sys, "argv", ["bistand", "people", "check"])
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return ended.value.code, (printed.out + printed.err).splitlines()

    return checked


def test_people_who_are_well(check: Check) -> None:
    assert check(PEOPLE) == (0, ["2 people, 0 to mend."])


def test_what_is_wrong_with_the_file_is_told_with_its_line(check: Check) -> None:
    circle = PEOPLE.replace("  roles:", "  manager: ana@example.org\n  conflicts: [zoe@example.org]\n  roles:")
    code, lines = check(circle)
    assert code == 1
    assert [line.split(": ")[0] for line in lines] == ["people.sample.yaml:4", "people.sample.yaml:5"]
    assert "a circle of managers" in lines[0]
    assert "zoe@example.org" in lines[1]


def test_a_missing_fallback_must_be_mended(check: Check) -> None:
    code, lines = check(PEOPLE.replace("vera@", "vega@"))
    assert code == 1
    assert lines == ["ladder.fallback: vera@example.org is not in people.sample.yaml", "2 people, 1 to mend."]


def test_what_may_be_meant_so_is_remarked(check: Check) -> None:
    text = PEOPLE.replace("[hr, safety_rep, whistleblower_unit, on_call, operator, auditor, flow_admin]", "[hr]")
    code, lines = check(text.replace("  manager: vera@example.org\n", "  slack: U12\n"))
    assert code == 0
    assert lines == [
        "Without a manager: Ana Holm, Vera Lindqvist.",
        *(f"Nobody is {role}." for role in ("on_call", "safety_rep", "whistleblower_unit")),
        *(f"Nobody is {office}." for office in ("flow_admin", "operator", "auditor")),
        "Cannot be reached: Vera Lindqvist.",
        "2 people, 0 to mend.",
    ]


def test_accounts_that_are_held_back(check: Check, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now, id_of = datetime(2026, 3, 2, tzinfo=UTC), person_ids(MasterKey(KEY))
    ana, vera = id_of("ana@example.org"), id_of("vera@example.org")
    held = [
        Standing("slack", "T1", "U1", ana, "ana@example.org", now, held=Held.TWO_ACCOUNTS),
        Standing("slack", "T1", "U2", PersonId("gone"), "x@y", now, held=Held.OUTSIDE),
        Standing("slack", "T1", "U3", ana, "ana@example.org", now),
        Standing("slack", "T1", "U4", vera, "vera@example.org", now, manager="U3"),
    ]

    async def fill() -> None:
        store = await SqliteStore.open("sqlite+aiosqlite:///var/bistand.sqlite", MasterKey(KEY), kind="production")
        await store.put_standings(held)
        await store.close()

    (tmp_path / "var").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BISTAND_STORAGE__KEY", base64.b64encode(KEY).decode())
    asyncio.run(fill())
    code, lines = check(PEOPLE)
    assert code == 1
    assert lines == [
        (
            "slack account U1 (Ana Holm) is joined to nobody: several accounts have this person's e-mail. "
            'Name the right account as "slack:" at the person.'
        ),
        (
            "slack account U2 is joined to nobody: the people file names it, and it is no full member of your workspace or "
            'tenant. Remove or mend "slack:" at the person.'
        ),
        (
            "Their profiles name managers in a circle, or against the people file: Vera Lindqvist. "
            'Name the right one as "manager:" there.'
        ),
        "2 people, 3 to mend.",
    ]
