"""Talks that read like talks, replayed: with every case through JSON between two turns, and with the bot killed and
opened again from disk before every line. What a person reads is what stands there, to the letter."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from adapters.directory.rows import read_rows
from bot.cases.case import CaseFile
from bot.cases.permissions import Warrant
from bot.cli.rehearse import rehearse
from bot.core.events import Command
from bot.core.ids import CaseId
from bot.core.languages import LANGUAGES
from bot.core.messages import Fact, Message
from bot.flow.commands import command_in
from bot.settings import Settings, load
from bot.simulation.text import one_line
from bot.simulation.transcript import Transcript, read_transcript
from bot.steps import STEPS
from bot.steps.scene import Scene
from storage.tx import Recent, SqliteTx
from tests.soak import SOAK

ROOT = Path(__file__).parent.parent
SHIPPED = sorted((ROOT / "flows" / "tests").glob("*.txt"))
FILES = [*sorted((ROOT / "tests" / "transcripts").glob("*.txt")), *SHIPPED]
#: Killed before each line are the talks of the shipped flows and every third of the others; in the long run all.
KILLED = FILES if SOAK else [*FILES[: -len(SHIPPED)][::3], *SHIPPED]
#: Between them these enter a step of every verb.
EVERY_VERB = ("whole_case.txt", "advice_only.txt")


@pytest.fixture(scope="module")
def settings() -> Settings:
    return load(ROOT / "app.yaml", {})


read = cache(read_rows)


def transcript(file: Path) -> Transcript:
    return read_transcript(file.read_text(encoding="utf-8"), file.name)


@pytest.fixture(autouse=True)
def in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk's own speed is tested elsewhere: here a database lies in memory where there is such a place."""
    place = Path("/dev/shm")
    if place.is_dir():
        monkeypatch.setattr(tempfile, "tempdir", str(place))


@pytest.fixture(autouse=True)
def people_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every talk has the same people file; reading it is tested elsewhere, and takes longer than some talks."""
    monkeypatch.setattr("adapters.directory.file.read_rows", lambda path: deepcopy(read(path)))


@pytest.fixture
def through_json(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of a case is remembered between two turns but what JSON holds."""
    codec = TypeAdapter(CaseFile)
    read = SqliteTx.load

    async def again(self: SqliteTx, case: CaseId, warrant: Warrant) -> CaseFile | None:
        file = await read(self, case, warrant)
        if file is None:
            return None
        copy = codec.validate_json(codec.dump_json(file))
        assert copy == file
        return copy

    monkeypatch.setattr(SqliteTx, "load", again)
    monkeypatch.setattr(Recent, "get", lambda *_: None)


@pytest.mark.usefixtures("through_json")
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
async def test_talk_through_json(settings: Settings, file: Path) -> None:
    await rehearse(settings, transcript(file))


@pytest.mark.soak
@pytest.mark.parametrize("file", KILLED, ids=lambda file: file.stem)
async def test_talk_with_the_bot_killed_before_every_line(settings: Settings, file: Path) -> None:
    await rehearse(settings, transcript(file), reopen=True)


def test_there_are_talks_and_each_says_what_it_shows() -> None:
    assert len(FILES) >= 24
    assert all(len(transcript(file).about) > 40 for file in FILES)
    assert not [file.name for file in FILES if re.search(r"^!", file.read_text(encoding="utf-8"), re.MULTILINE)]


def test_a_no_break_space_is_written_as_a_space() -> None:
    assert one_line(Message("Call 116\u00a0006.", facts=(Fact("At\u00a0night", "70\u00a0201"),))) == (
        "Call 116 006. | At night: 70 201"
    )


def test_every_command_is_given_in_some_talk() -> None:
    labels = {label: command for language in LANGUAGES.values() for command, label in language.labels.items()}
    given: set[Command | None] = set()
    for file in FILES:
        for line in transcript(file).lines:
            if line.sign == ">":
                said = line.text.strip("[]")
                given |= {labels[said]} if line.text.startswith("[") and said in labels else {command_in(line.text)}
    assert given >= set(Command)


async def test_every_verb_is_entered_in_some_talk(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    entered = set()
    for step in STEPS:

        def enter(
            self: Any, scene: Scene, *, verb: str = step.VERB, real: Callable[[Any, Scene], object] = step.enter
        ) -> object:
            entered.add(verb)
            return real(self, scene)

        monkeypatch.setattr(step, "enter", enter)
    for name in EVERY_VERB:
        await rehearse(settings, transcript(next(file for file in FILES if file.name == name)))
    assert entered == {step.VERB for step in STEPS}
