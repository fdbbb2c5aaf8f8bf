"""`bistand play`: the simulator as a command: it tells its address, and ends in peace."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

from tests.cli.conftest import Called
from tests.runtime.making import ROOT


def start(folder: Path, *more: str) -> tuple[subprocess.Popen[str], str]:
    """The command, and the address that it prints."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "play", "--store", str(folder / "play.sqlite"), *more],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    told = ""
    while not (found := re.search(r"http://127\.0\.0\.1:\d+/\S+/", told)):
        line = process.stdout.readline()
        assert line, process.communicate()[1]
        told += line
    return process, found.group()


def ended(process: subprocess.Popen[str], number: signal.Signals = signal.SIGTERM) -> str:
    process.send_signal(number)
    _, fault = process.communicate(timeout=20)
    assert process.returncode == 0, fault
    return fault


def test_it_serves_its_page_and_ends_in_peace_and_goes_on_from_there(tmp_path: Path) -> None:
    process, address = start(tmp_path)
    try:
        with urllib.request.urlopen(address) as page:
            assert b"Bistand" in page.read()
    finally:
        assert ended(process) == ""
    again, other = start(tmp_path)
    assert other.split("/")[3] != address.split("/")[3]  # an address from before opens nothing
    assert ended(again, signal.SIGINT) == ""
    assert {path.stat().st_mode & 0o77 for path in tmp_path.iterdir()} == {0}


def test_a_port_that_is_taken_is_told_in_one_line(call: Called, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        code, _, told = call("play", "--store", str(tmp_path / "p.sqlite"), "--port", port)
    assert code == 2
    assert told.startswith(f"bistand: --port {port}:")
    assert len(told.splitlines()) == 1


def test_two_at_once_on_one_store_are_kept_apart(call: Called, tmp_path: Path) -> None:
    process, _ = start(tmp_path)
    try:
        code, _, told = call("play", "--store", str(tmp_path / "play.sqlite"))
    finally:
        ended(process)
    assert code == 2
    assert "Another Bistand is running" in told
