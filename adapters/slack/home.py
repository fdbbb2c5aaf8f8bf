"""The app's home: what can be begun, and the person's cases. Pure and total."""

from __future__ import annotations

from collections.abc import Sequence

from adapters.slack import blocks
from adapters.slack.message import told_blocks
from adapters.slack.room import Room, fits_view, widest
from adapters.slack.texts import LONGEST_TEXT, Block
from adapters.slack.wire import Act, View
from adapters.slack.words import words
from bot.core.events import Command
from bot.core.languages import phrases
from bot.core.messages import Message

#: Always in sight, whatever else is there.
ALWAYS = (Command.EMERGENCY, Command.WHO_SEES, Command.HELP, Command.LANGUAGE)
MOST_STARTS = 20


def home_view(lists: Sequence[Message], starts: Sequence[tuple[str, str]], language: str) -> Block:
    """`lists` are the person's cases as the bot tells them; `starts` are flows with the labels of their buttons."""
    said = words(language)

    def make(room: Room) -> list[Block]:
        listed = told_blocks(lists, language, room) or blocks.sections(said.home_no_cases, room.text)
        return [*_above(starts, language, room), blocks.divider(), blocks.header(said.home_cases), *listed]

    return {"type": "home", "callback_id": View.HOME, "blocks": widest(make, fits_view)}


def stranger_home(text: str) -> Block:
    """For whoever is nobody of ours: a kind word, and where help is."""
    return {"type": "home", "callback_id": View.HOME, "blocks": blocks.sections(text, LONGEST_TEXT)}


def _above(starts: Sequence[tuple[str, str]], language: str, room: Room) -> list[Block]:
    said, labels = words(language), phrases(language).labels
    begin = [
        blocks.button(text, Act.START.of(number), flow, primary=number == 0)
        for number, (flow, text) in enumerate(starts[:MOST_STARTS])
    ]
    ways = [blocks.button(labels[command], Act.COMMAND.of(command), command) for command in ALWAYS]
    return [
        *blocks.sections(said.home_intro, room.text),
        *blocks.actions(begin),
        *blocks.actions(ways),
    ]
