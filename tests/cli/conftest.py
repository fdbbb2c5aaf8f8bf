"""`bistand` as people call it, within this process: most of what a command does needs no other."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import structlog

from bot.cli import main
from tests.runtime.making import ROOT

Called = Callable[..., tuple[int, str, str]]


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Called]:
    """Calls `bistand` in a folder: its exit code, and what it printed."""

    def called(*words: str, folder: Path = ROOT) -> tuple[int, str, str]:
        monkeypatch.chdir(folder)
        monkeypatch.setattr(sys, "argv", ["bistand", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return ended.value.code, printed.out, printed.err

    handlers = logging.root.handlers[:]
    yield called
    logging.root.handlers[:] = handlers  # a command that serves sets up its logs
    structlog.reset_defaults()
