"""Facts: the label bold, the value below; files can be opened. Pure and total.

Rule 1. A few short facts, as of an alert, stand in two columns; else each has its lines, to be read on a phone.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from adapters.teams.actions import button, rows
from adapters.teams.room import Room
from adapters.teams.texts import SMALL, STRONG, elements, is_safe, plain_elements
from adapters.teams.wire import Act, Element, Pressed
from adapters.teams.words import words
from bot.core.messages import Fact
from bot.core.texts import escape
from bot.markdown import label, plain

MOST_IN_COLUMNS, SHORT_LABEL, SHORT = 6, 25, 60
LONGEST_LABEL = 300


def fact_elements(facts: Sequence[Fact], language: str, room: Room, *, dialog: bool) -> list[Element]:
    shown = facts[: room.facts]
    if 1 < len(shown) == len(facts) <= MOST_IN_COLUMNS and all(map(_is_short, shown)):
        pairs = [{"title": plain(fact.label), "value": plain(fact.value)} for fact in shown]
        return [{"type": "FactSet", "facts": pairs}]
    made: list[Element] = []
    files = room.others
    for fact in shown:
        made += plain_elements(label(fact.label, min(room.fact, LONGEST_LABEL)), LONGEST_LABEL, STRONG)
        made += elements(fact.value, room.fact, {"spacing": "none"}) or plain_elements("–", 1, {"spacing": "none"})
        made += rows(_buttons(fact, language, min(room.label, room.fact), files, dialog=dialog))
        files = max(0, files - len(fact.files))
    if len(facts) > len(shown):
        made += elements(words(language).and_more.format(count=len(facts) - len(shown)), room.text, SMALL)
    return made


def shortens(facts: Sequence[Fact], room: Room) -> bool:
    return len(facts) > room.facts or any(len(plain(fact.value)) > room.fact for fact in facts)


def _is_short(fact: Fact) -> bool:
    name, value = plain(fact.label), plain(fact.value)
    short = 0 < len(name) <= SHORT_LABEL and 0 < len(value) <= SHORT
    return short and not fact.files and "\n" not in name + value and is_safe(name) and is_safe(value)


def _buttons(fact: Fact, language: str, longest: int, most: int, *, dialog: bool) -> list[Element]:
    said = words(language).open_file
    return [
        button(
            said.format(name=escape(file.name)),
            Pressed(Act.OPEN_FILE, ids=(file.case, file.id)),
            dialog=dialog,
            longest=longest,
        )
        for file in islice(fact.files, most)
    ]
