"""Every message, form and list that the shipped talks come to, in both languages and with the longest names."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from adapters.teams.dialog import form_card, show_card, told_card
from adapters.teams.message import message, told
from bot.cli.rehearse import rehearse
from bot.core.languages import LANGUAGES
from bot.core.messages import Message
from bot.core.people import PersonId
from bot.core.replies import OpenForm, Reply, Show, Tell
from bot.markdown import plain
from bot.runtime.owed import Change, Owed, Post
from bot.settings import load
from bot.simulation.screens import StageChannel
from bot.simulation.stage import Stage
from bot.simulation.transcript import read_transcript
from tests.adapters.teams.reading import actions, checked
from tests.soak import SOAK

ROOT = Path(__file__).parents[3]
FILES = sorted([*(ROOT / "tests" / "transcripts").glob("*.txt"), *(ROOT / "flows" / "tests").glob("*.txt")])
SAMPLE = ("whole_case", "danish", "share_yes_and_read", "tasks")
PLAYED = FILES if SOAK else [file for file in FILES if file.stem in SAMPLE]
LONG_NAME = "Maximiliane-Alexandrine *Vestergaard_Christoffersen* " * 3


@pytest.mark.soak
@pytest.mark.parametrize("file", PLAYED, ids=lambda file: file.stem)
async def test_a_talk(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if Path("/dev/shm").is_dir():
        monkeypatch.setattr(tempfile, "tempdir", "/dev/shm")
    shown: list[Message] = []
    answered: list[Reply] = []
    send, line = StageChannel.send, Stage.line

    async def sends(self: StageChannel, owed: Owed, chat: str, handle: str | None, *, again: bool) -> str:
        if isinstance(owed.wish, Post | Change):
            shown.append(owed.wish.message)
        return await send(self, owed, chat, handle, again=again)

    async def says(self: Stage, person: PersonId, text: str) -> Reply:
        answered.append(await line(self, person, text))
        return answered[-1]

    monkeypatch.setattr(StageChannel, "send", sends)
    monkeypatch.setattr(Stage, "line", says)
    await rehearse(load(ROOT / "app.yaml", {}), read_transcript(file.read_text(encoding="utf-8"), file.name))
    assert shown
    for language in LANGUAGES:
        for one in shown:
            look_at(one, language)
        for reply in answered:
            look_at_reply(reply, language)


def look_at(shown: Message, language: str) -> None:
    titles = [action["title"] for action in actions(message(shown, language, lambda _: LONG_NAME))]
    assert all(plain(way.label) in titles for way in shown.commands)
    if shown.form is not None:
        checked(form_card(shown.form, language, lambda _: LONG_NAME))


def look_at_reply(reply: Reply, language: str) -> None:
    match reply:
        case OpenForm(form):
            checked(form_card(form, language, lambda _: LONG_NAME))
        case Show(title, facts):
            checked(show_card(title, facts, language))
        case Tell(messages):
            checked(told_card("Bistand", messages, language))
            checked(told(messages, language))
        case _:
            pass


def test_the_sample_is_there() -> None:
    assert len(PLAYED) == len(FILES if SOAK else SAMPLE)
