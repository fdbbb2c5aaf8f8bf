"""The flow folder: which files count, and what is said of those that cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.files.flows import read_flows
from bot.errors import SettingsError
from bot.flow.library import assemble

ROOT = Path(__file__).parents[2]


def test_only_flows_translations_and_countries_count(tmp_path: Path) -> None:
    for name in ("a.yaml", "a.da.yaml", "country/dk.yaml", "notes.txt", "tests/a.yaml", "old/a.yaml", "b.yml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf-8")
    files, problems = read_flows(tmp_path)
    assert files == {name: name for name in ("a.da.yaml", "a.yaml", "country/dk.yaml")}
    assert problems == ()


def test_what_cannot_be_read_is_a_problem_beside_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes("ok\nSøren".encode("latin-1"))
    (tmp_path / "b.yaml").mkdir()
    (tmp_path / "c.yaml").write_text("ok", encoding="utf-8")
    files, problems = read_flows(tmp_path)
    assert files == {"c.yaml": "ok"}
    assert [str(problem) for problem in problems] == [
        "a.yaml:2:2: a letter here is not saved as UTF-8. Save the file as UTF-8.",
        "b.yaml:1:1: the file cannot be read: Is a directory.",
    ]


def test_a_folder_that_is_not_there_or_empty(tmp_path: Path) -> None:
    with pytest.raises(
        SettingsError, match=r"none: there is no such folder; `flows.path` names the one with your flows"
    ):
        read_flows(tmp_path / "none")
    with pytest.raises(SettingsError, match=r"there is no flow \(\*.yaml\) in this folder"):
        read_flows(tmp_path)


def test_the_shipped_folder() -> None:
    files, problems = read_flows(ROOT / "flows")
    assert problems == ()
    assert assemble(files, languages=("en", "da")).problems == ()
