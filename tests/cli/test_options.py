"""What people are told to run runs when it is copied."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bot.cli.options import as_called, called


def test_the_name_it_has_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / ".venv" / "bin" / "bistand"
    own.parent.mkdir(parents=True)
    own.write_text("#!/bin/sh\n", encoding="utf-8")
    own.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr(sys, "argv", [str(own)])
    assert called() == ".venv/bin/bistand"
    assert as_called("No Danish. Run: bistand flows translate a da") == (
        "No Danish. Run: .venv/bin/bistand flows translate a da"
    )
    monkeypatch.chdir(tmp_path / ".venv" / "bin" / "..")
    assert called() == "bin/bistand"
    monkeypatch.chdir("/")
    monkeypatch.setenv("PATH", str(own.parent))
    assert called() == "bistand"
    monkeypatch.setattr(sys, "argv", ["/somewhere/bot/__main__.py"])
    assert called() == "python -m bot"
