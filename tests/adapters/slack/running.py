"""`bistand run` as a process of its own, beside a fake Slack in the test."""

from __future__ import annotations

import asyncio
import base64
import os
import signal
import socket
import sys
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Any, Self

from aiohttp import ClientSession

from tests.fakes.slack.waiting import GLANCE
from tests.fakes.slack.workspace import FakeSlack
from tests.runtime.making import ROOT

#: Seconds that a stop may take.
STOPS_WITHIN = 20
PEOPLE = """people:
- {name: Vera Lind, email: vera@example.com, roles: [operator]}
- {name: Luis Berg, email: luis@example.com, manager: vera@example.com}
- {name: Ana Holm, email: ana@example.com, manager: luis@example.com}
"""
SETTINGS = """people: {file: people.yaml}
organisation: {name: Nordby, languages: [en], hours: {mon-sun: "00:00-23:59"}}
ladder: {fallback: vera@example.com, acknowledge: {low: 1 hour}}
"""
#: A report of one question: what a long one says is tested elsewhere, and Slack takes a message a second.
REPORT = """bistand: 1
flow: report
title: Report harassment
audience: reporter
language: en
start:
  command: report
  words: [report]
visible_to: [owner]
triage:
  low: otherwise
never:
  open_case: nobody in may_know
steps:
- consent: Who may know?
  id: may_know
  required: true
  sees:
    manager: Is asked first
  options:
    manager: My manager
- review: Is this right?
- do: open_case
- end: It is sent.
"""


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def own_folder(folder: Path) -> Path:
    """What an operator writes: settings, people, flows."""
    (folder / "flows").mkdir()
    (folder / "flows" / "country").symlink_to(ROOT / "flows" / "country")
    for name, text in (("people.yaml", PEOPLE), ("app.yaml", SETTINGS), ("flows/report.yaml", REPORT)):
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def by_mail(port: int) -> Mapping[str, str]:
    told = {"HOST": "127.0.0.1", "PORT": str(port), "SENDER": "bistand@example.com", "TLS": "none"}
    return {f"BISTAND_MAIL__{name}": value for name, value in told.items()}


class Bot:
    """`bistand run` in a folder, and what it logged."""

    def __init__(
        self, folder: Path, fake: FakeSlack, mode: str, *, testing: bool = False, mails: int | None = None
    ) -> None:
        """`mails` is the port of a mail server on this machine."""
        self.port, self.admin_port = free_port(), free_port()
        self.folder = folder
        if mode == "http":
            fake.bot_url = fake.interactivity_url = f"http://127.0.0.1:{self.port}/slack/events"
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("BISTAND_", "COV_"))}
        self._environ = {
            **kept,
            "PYTHONPATH": str(ROOT),
            "BISTAND_STORAGE__KEY": base64.b64encode(bytes(32)).decode(),
            "BISTAND_SLACK__MODE": mode,
            "BISTAND_SLACK__BOT_TOKEN": fake.bot_token,
            "BISTAND_SLACK__APP_TOKEN": fake.app_token,
            "BISTAND_SLACK__SIGNING_SECRET": fake.signing_secret,
            "BISTAND_SLACK__API_URL": fake.api_url,
            "BISTAND_HTTP__PORT": str(self.port),
            "BISTAND_HTTP__ADMIN_PORT": str(self.admin_port),
            **({"BISTAND_TESTING": "1"} if testing else {}),
            **(by_mail(mails) if mails is not None else {}),
        }
        self._running: asyncio.subprocess.Process | None = None
        self._told: asyncio.Task[bytes]

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Nothing is left behind by a test that failed."""
        if self._running is not None and self._running.returncode is None:
            await self.stop(signal.SIGKILL)

    async def spawn(self) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", cwd=self.folder, env=self._environ, stderr=asyncio.subprocess.PIPE
        )

    async def start(self) -> None:
        """Return when it takes what comes."""
        self._running = await self.spawn()
        assert self._running.stderr is not None
        said: list[str] = []
        while line := (await self._running.stderr.readline()).decode():
            said.append(line)
            if '"started"' in line:
                self._told = asyncio.create_task(self._running.stderr.read())
                return
        raise AssertionError("".join(said))

    async def stop(self, number: signal.Signals = signal.SIGTERM) -> tuple[int, str]:
        """End it; returns its code and what it logged."""
        assert self._running is not None
        self._running.send_signal(number)
        code = await asyncio.wait_for(self._running.wait(), STOPS_WITHIN)
        return code, (await self._told).decode()

    async def second(self) -> tuple[int, str]:
        """A second bot on the same database."""
        other = await self.spawn()
        _, told = await other.communicate()
        return other.returncode or 0, told.decode()

    async def asked(self, path: str, sent: Mapping[str, str] | None = None) -> tuple[int, Any]:
        """What the admin port answers."""
        method = "GET" if sent is None else "POST"
        address = f"http://127.0.0.1:{self.admin_port}{path}"
        async with ClientSession() as session, session.request(method, address, json=sent) as answer:
            return answer.status, await answer.json() if answer.content_type == "application/json" else None

    async def turns(self, path: str, status: HTTPStatus) -> Any:
        """Wait until the admin port answers so. Raises TimeoutError."""
        async with asyncio.timeout(STOPS_WITHIN):
            while (found := await self.asked(path))[0] != status:  # noqa: ASYNC110  another process tells of nothing
                await asyncio.sleep(GLANCE)
        return found[1]
