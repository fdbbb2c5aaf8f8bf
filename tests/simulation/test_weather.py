"""Lines that change how people are reached: read, refused, and played; what comes beside the chat is listed whole."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from bot.cli.rehearse import rehearse
from bot.settings import load
from bot.simulation.transcript import TranscriptError, read_transcript
from bot.simulation.weather import Does, Turn, read_turns

ROOT = Path(__file__).parents[2]
#: Danger, and on-call is called: a mail and a page beside the chat.
CALLED = """
ana > report
ana < …
ana < …
ana > [Yes, or I am not sure]
ana < …
ana < …
ana > [Yes, call Omar Nissen]
ana < …
ana < …
ana < …
omar < …
"""
MAIL, PAGE = "omar @ mail: Bistand needs you\n", "omar @ pager: Bistand needs you\n"


def test_a_line_reads_as_what_it_changes() -> None:
    assert read_turns("chat is down, mail is back") == (Turn("simulation", Does.DOWN), Turn("mail", Does.BACK))
    assert read_turns("luis blocks mail") == (Turn("mail", Does.BLOCKS, "luis"),)
    assert read_turns("anne-marie joins second") == (Turn("second", Does.JOINS, "anne-marie"),)
    assert read_turns("luis_berg leaves chat") == (Turn("simulation", Does.LEAVES, "luis_berg"),)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "chat is dwon",
        "chatt is down",
        "luis is down",
        "luis blocks pager",
        "luis leaves mail",
        "luis joins chats",
        "luis blocks second chat",
        "chat is down,",
    ],
)
def test_a_misspelled_line_is_refused_where_it_stands(line: str) -> None:
    with pytest.raises(TranscriptError, match=r"x\.txt:2: write ways: chat is down, ways: chat is back, or ways: luis"):
        read_transcript(f"# x\nways: {line}", "x.txt")


@pytest.fixture
def in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    place = Path("/dev/shm")
    if place.is_dir():
        monkeypatch.setattr(tempfile, "tempdir", str(place))


async def play(text: str) -> None:
    await rehearse(load(ROOT / "app.yaml", {}), read_transcript(text, "x.txt"))


@pytest.mark.usefixtures("in_memory")
async def test_what_comes_beside_the_chat_is_listed_whole_or_not_at_all() -> None:
    await play(CALLED)
    await play(CALLED + PAGE + MAIL)
    with pytest.raises(TranscriptError, match="omar also saw\n  pager: Bistand needs you"):
        await play(CALLED + MAIL)
    with pytest.raises(TranscriptError, match="omar also saw\n  mail: Bistand needs you"):
        await play(f"ways: luis joins second\n{CALLED}")
    with pytest.raises(TranscriptError, match="omar was to see 'mail: Bistand needs you', and saw nothing more"):
        await play(CALLED + MAIL + PAGE + MAIL)


@pytest.mark.usefixtures("in_memory")
async def test_nobody_of_that_name_blocks_anything() -> None:
    with pytest.raises(TranscriptError, match=r"x\.txt:1: nobody is called luise"):
        await play("ways: luise blocks chat")
