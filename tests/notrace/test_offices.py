"""What comes with an office: the operator's commands, health and logs, the admin's flows, the auditor's chain.

Rule 1. A command says the same, whatever cases there are.
Rule 2. Health says which platforms are down, and no number; there is nothing else to ask over HTTP.
Rule 3. A line of the log names a kind, a platform and how often; at a fault of ours a case's id: no person, ever.
Rule 4. An auditor sees neither row nor number of a case that excludes them.
"""

from __future__ import annotations

import asyncio
import base64
import json
import re
import sys
from collections.abc import AsyncIterator, Awaitable
from dataclasses import replace
from io import StringIO
from pathlib import Path

import aiohttp
import pytest

from bot.cli import main
from bot.cli.admin import admin
from bot.core.people import Office, PersonId
from bot.errors import PlatformError
from bot.runtime.owed import Owed
from storage.store import SqliteStore
from tests.cli.test_commands import own_folder
from tests.notrace.deployment import Deployment
from tests.notrace.masked import REFERENCES, Mask
from tests.notrace.moves import PRESSES
from tests.notrace.pair import Pair
from tests.notrace.scenes import SCENES, two
from tests.notrace.script import DAY, HOUR
from tests.notrace.secret import Secret
from tests.notrace.test_campaign import OWN
from tests.runtime import making

#: Stands for the case that is in both.
REFERENCE = "REFERENCE"
COMMANDS = (
    ("version",),
    ("people", "check"),
    ("flows", "check"),
    ("flows", "publish"),
    ("flows", "publish"),
    ("db", "upgrade"),
    ("audit", "luis@example.org"),
    ("audit", "luis@example.org", "--case", REFERENCE),
)
#: The machine's own clock, and the folder that the deployment lies in.
_CLOCK, _FOLDER = re.compile(r"\b\d\d:\d\d\b"), re.compile(r"/\S*/(more|less)\b")
KEYS = {"event", "level", "timestamp", "platform", "reason", "attempts", "way", "after", "kind", "error", "at"}


async def story(pair: Pair, secret: Secret) -> None:
    await secret.is_told(SCENES["operator"].accused)
    await pair.passes(HOUR)
    await secret.lives(pair.person, 3)
    await pair.says("cases", *PRESSES)
    await pair.passes(2 * DAY)


def test_commands_say_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def as_served(folder: Path) -> Awaitable[SqliteStore]:
        return SqliteStore.open(making.url(folder), making.KEY, kind="production")

    async def both() -> None:
        monkeypatch.setattr(making, "open_store", as_served)
        empty = await making.new_store(tmp_path / "empty")
        # the case in both shares a link with the other: its chain must not tell
        async with two(empty, tmp_path, replace(SCENES["operator"], report=OWN)) as (pair, secret):
            await story(pair, secret)

    asyncio.run(both())
    monkeypatch.setenv("BISTAND_STORAGE__KEY", base64.b64encode(bytes(range(32))).decode())

    def commands(folder: Path, *wanted: tuple[str, ...]) -> list[str]:
        monkeypatch.chdir(folder)
        found: list[str] = []
        for words in wanted:
            own = [references(found)[0] if word == REFERENCE else word for word in words]
            monkeypatch.setattr(sys, "argv", ["bistand", *own])
            with pytest.raises(SystemExit) as ended:
                main()
            printed = capsys.readouterr()
            found.append(f"{ended.value.code}: {printed.out}{printed.err}")
        return found

    more, less = (tmp_path / name for name in ("more", "less"))
    for folder in (more, less):
        operators(folder)
    said, other = commands(more, *COMMANDS), commands(less, *COMMANDS)
    assert masked(said) == masked(other)
    assert [one[:2] for one in said] == ["0:"] * len(COMMANDS), said
    assert len(set(references(said))) == 1
    assert "escalated" in said[-1]
    # another auditor, whom nothing excludes, sees both cases
    (seen,) = commands(more, ("audit", "mette@example.org"))
    assert len(set(references([seen]))) == 2


def references(said: list[str]) -> list[str]:
    return REFERENCES.findall("".join(said))


def masked(said: list[str]) -> list[str]:
    mask = Mask()
    return [mask.over(_CLOCK.sub("‹time›", _FOLDER.sub("‹folder›", one)) if "database" in one else one) for one in said]


def operators(folder: Path) -> None:
    """A folder as an operator has it; Luis holds every office."""
    own_folder(folder, 8081)
    people = (folder / "people.sample.yaml").read_text(encoding="utf-8")
    (folder / "people.sample.yaml").unlink()
    held = "  deputy: kim@example.org\n"
    assert people.count(held) == 1
    offices = f"{held}  roles: [{', '.join(Office)}]\n"
    (folder / "people.sample.yaml").write_text(people.replace(held, offices), encoding="utf-8")
    text = (folder / "app.yaml").read_text(encoding="utf-8")
    assert "url: sqlite+aiosqlite:///var/bistand.sqlite" in text
    url = f"url: {making.url(folder)}"
    (folder / "app.yaml").write_text(text.replace("url: sqlite+aiosqlite:///var/bistand.sqlite", url), encoding="utf-8")


async def test_health_says_the_same(empty_store: Path, tmp_path: Path) -> None:
    async with two(empty_store, tmp_path, SCENES["operator"]) as (pair, secret):
        await story(pair, secret)
        first, second = [[answer async for answer in answers(one)] for one in (pair.more, pair.less)]
        assert first == second
        assert [status for status, _, _ in first] == [200, 200, 404, 404]


async def answers(deployment: Deployment) -> AsyncIterator[tuple[int, str, str]]:
    own = making.settings()
    anywhere = own.model_copy(update={"http": own.http.model_copy(update={"admin_port": 0})})
    runner = await admin(anywhere, deployment.house.service.down)
    try:
        port = runner.addresses[0][1]
        async with aiohttp.ClientSession() as session:
            for path in ("healthz", "readyz", "metrics", "cases"):
                async with session.get(f"http://127.0.0.1:{port}/{path}") as answer:
                    yield answer.status, await answer.text(), answer.headers["Content-Length"]
    finally:
        await runner.cleanup()


async def test_logs_name_nobody_and_no_case(empty_store: Path, tmp_path: Path, log: StringIO) -> None:
    """Every message fails at first."""
    async with two(empty_store, tmp_path, SCENES["operator"]) as (pair, secret):
        await secret.is_told(SCENES["operator"].accused)
        for one in (pair.more, pair.less):
            one.out.before = in_bad_weather
        await secret.lives(pair.person, 3)
        await pair.passes(DAY)
        lines = [json.loads(line) for line in log.getvalue().splitlines()]
        assert {line["event"] for line in lines} >= {"send_failed"}
        assert {key for line in lines for key in line} <= KEYS
        known = {person.id for person in pair.more.people} | {person.name for person in pair.more.people}
        assert not [text for text in (*known, secret.case) if text in log.getvalue()]


def in_bad_weather(owed: Owed) -> None:
    if owed.attempts == 0:
        raise PlatformError("a storm")


def test_every_office_is_looked_at() -> None:
    held = {office for name in Office for office in SCENES[name].all().by_id[_person(name)].offices}
    assert held >= set(Office)


def _person(name: str) -> PersonId:
    scene = SCENES[name]
    return next(person.id for person in scene.all() if person.first_name.casefold() == scene.person)
