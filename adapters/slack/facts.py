"""Facts as blocks: the label bold, the value below; files can be opened. Pure and total.

Rule 1. A few short facts, as of an alert, stand side by side; else each has a block of its own, to be read on a phone.
Rule 2. Where there is little room, values are shortened and facts share blocks.
"""

from __future__ import annotations

from collections.abc import Sequence

from adapters.slack import blocks
from adapters.slack.room import Room
from adapters.slack.texts import LONGEST_TEXT, Block, Json, merged, plain_text, texts
from adapters.slack.wire import Act, pack_file
from adapters.slack.words import words
from bot.core.messages import Fact, TellsFile
from bot.core.texts import cut, escape, parts
from bot.markdown import label, plain

MOST_SIDE_BY_SIDE = 4
SHORT = 40
LONGEST_LABEL = 300
#: Where there is little room.
MOST_DENSE, MOST_FILES = 60, 50


def fact_blocks(facts: Sequence[Fact], language: str, room: Room, first_file: int = 0) -> list[Block]:
    """`first_file` numbers the buttons on, where other facts stand in the same view."""
    if room.dense:
        return _dense(facts, language, room, first_file)
    if 1 < len(facts) <= MOST_SIDE_BY_SIDE and all(_is_short(fact) for fact in facts):
        return [{"type": "section", "fields": [text for fact in facts for text in _texts(fact, room)]}]
    made: list[Block] = []
    for fact in facts:
        made += [blocks.section(text) for text in _texts(fact, room)]
        made += _buttons(fact.files, language, first_file)
        first_file += len(fact.files)
    return made


def _is_short(fact: Fact) -> bool:
    short = len(plain(fact.label)) <= SHORT and len(plain(fact.value)) <= SHORT
    return short and not fact.files and len(_texts(fact, Room(SHORT, SHORT))) == 1


def _texts(fact: Fact, room: Room) -> list[dict[str, Json]]:
    heads, values = texts(f"**{_label(fact, room)}**", LONGEST_LABEL), texts(fact.value, room.fact)
    head, value = heads[0], values[0] if values else plain_text("–")
    together = f"{head['text']}\n{value['text']}"
    if head["type"] == value["type"] and len(together) <= LONGEST_TEXT:
        return [{**head, "text": together}, *values[1:]]
    return [head, value, *values[1:]]


def _label(fact: Fact, room: Room) -> str:
    return escape(label(fact.label, min(room.fact, LONGEST_LABEL)))


def _dense(facts: Sequence[Fact], language: str, room: Room, first_file: int) -> list[Block]:
    """Rule 2."""
    shown = facts[:MOST_DENSE]
    found = [_texts(fact, room) for fact in shown]
    if any(text["type"] == "plain_text" for texts_ in found for text in texts_):
        found = [[plain_text(part) for part in parts(_plain(fact, room), LONGEST_TEXT)] for fact in shown]
    apart = (("\n" if number else "\n\n", text) for texts_ in found for number, text in enumerate(texts_))
    made = [blocks.section(text) for text in merged(apart)]
    if len(facts) > len(shown):
        made += blocks.context(words(language).and_more.format(count=len(facts) - len(shown)), room.text)
    return made + _buttons([file for fact in facts for file in fact.files][:MOST_FILES], language, first_file)


def _plain(fact: Fact, room: Room) -> str:
    return f"{plain(_label(fact, room))}\n{cut(plain(fact.value), room.fact)}"


def _buttons(files: Sequence[TellsFile], language: str, first: int) -> list[Block]:
    said = words(language).open_file
    return blocks.actions(
        [
            blocks.button(said.format(name=escape(file.name)), Act.OPEN_FILE.of(n), pack_file(file.case, file.id))
            for n, file in enumerate(files, first)
        ]
    )
