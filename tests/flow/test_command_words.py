"""Words that are commands, wherever they are written; and those that the shipped flows tell people to write."""

from __future__ import annotations

import re

import pytest

from bot.core.events import Command
from bot.flow.commands import command_in, language_in
from tests.pure.organisations import shipped


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("back", Command.BACK),
        ("  Go   BACK. ", Command.BACK),
        ("spring over", Command.SKIP),
        ("hjælp!", Command.HELP),
        ("?", Command.HELP),
        ("112", Command.EMERGENCY),
        ("dansk", Command.LANGUAGE),
        ("in English", Command.LANGUAGE),
        ("sprog dansk", Command.LANGUAGE),
        ("hvem kan se det?", Command.WHO_SEES),
        ("please stop it", None),
        ("da", None),
        ("", None),
    ],
)
def test_a_command_is_a_whole_message(text: str, command: Command | None) -> None:
    """Commands of every language are known; a word inside a sentence is none."""
    assert command_in(text) is command


def test_languages_by_name() -> None:
    """A language is asked for by its name, in any language; two letters are too short to be sure."""
    assert language_in("language danish") == "da"
    assert language_in("på engelsk") == "en"
    assert language_in("en") is None
    assert language_in("danish please") is None


WRITE = re.compile(r"(?i)\b(?:write|skrive?)\b")
BOLD = re.compile(r"\*\*(.+?)\*\*")


@pytest.mark.parametrize("language", ["en", "da"])
def test_words_that_a_flow_tells_to_write_are_understood(language: str) -> None:
    """Each is a command or begins a flow; once it is sent, people hear how to see who knows and how to take it back."""
    flows = shipped().flows
    begin = {word for flow in flows.values() for word in (flow.start.command or "", *flow.start.words)}
    told: dict[str, list[Command | None]] = {}
    for flow in flows.values():
        said = (flow.say(text, language) for text in flow.texts())
        sentences = (part for text in said for part in re.split(r"\n|(?<=[.:]) ", text) if WRITE.search(part))
        words = [word for part in sentences for word in BOLD.findall(part)]
        assert [word for word in words if word not in begin and command_in(word) is None] == []
        told[flow.name] = [command_in(word) for word in words if command_in(word)]
    assert told["report"] == [Command.WHO_SEES, Command.WHO_MAY_KNOW, Command.WITHDRAW]
