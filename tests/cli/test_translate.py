"""`bistand flows translate`: writes what is missing, and never over what it cannot read."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli.authoring import app
from bot.errors import FlowError, SettingsError

FLOW = """\
bistand: 1
flow: one
title: One
audience: reporter
language: en
start:
  command: one
steps:
- say: Hello you
"""
DANISH = "translation: one\nfrom: en\nto: da\ntexts:\n- en: One\n  da: En\n- en: Hello, you\n  da: Hej med dig\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "one.yaml").write_text(FLOW, encoding="utf-8")
    (tmp_path / "app.yaml").write_text(f"flows:\n  path: {tmp_path}\n", encoding="utf-8")
    return tmp_path


def translate(folder: Path, language: str) -> tuple[str, BaseException | None]:
    result = CliRunner().invoke(app, ["translate", "one", language, "--config", str(folder / "app.yaml")])
    return result.output, result.exception


def test_a_new_translation(folder: Path) -> None:
    target = folder / "one.da.yaml"
    assert translate(folder, "da") == (f"{target} is brought up to date.\n", None)
    assert target.read_text(encoding="utf-8").count('da: ""') == 2
    assert translate(folder, "da") == (f"{target} was up to date.\n", None)


def test_a_changed_text_is_marked(folder: Path) -> None:
    target = folder / "one.da.yaml"
    target.write_text(DANISH, encoding="utf-8")
    translate(folder, "da")
    assert "- en: Hello you\n  was: Hello, you\n  da: Hej med dig\n" in target.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (DANISH.replace("to: da", "to: dk").encode(), '3:5: "dk" is no language. Did you mean "da"?'),
        (DANISH.encode() + b"- en: S\xf8ren\n", "9:8: a letter here is not saved as UTF-8. Save the file as UTF-8."),
    ],
)
def test_what_cannot_be_read_is_left_as_it_is(folder: Path, content: bytes, said: str) -> None:
    target = folder / "one.da.yaml"
    target.write_bytes(content)
    error = translate(folder, "da")[1]
    assert isinstance(error, FlowError)
    assert str(error) == f"one.da.yaml:{said}"
    assert target.read_bytes() == content


def test_a_language_that_is_none(folder: Path) -> None:
    error = translate(folder, "dk")[1]
    assert isinstance(error, SettingsError)
    assert str(error) == '"dk" is no language. Did you mean "da"?'
    assert not list(folder.glob("one.*.yaml"))
