"""Country packs: emergency number, help lines, deadlines, each with its source and the day it was last checked.

Rule 1. Whatever a pack says has a source and a day; where there is doubt, `doubt:` says what to look up before anybody
        relies on it, and every check repeats it.
Rule 2. A pack speaks each of its languages throughout: a text is there in all of them.
Rule 3. A number to call never breaks over two lines: no-break spaces stand in it.
Rule 4. From the day `check_again` on, a pack must be looked over; until then nobody is reminded.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from bot.core.facts import Country, Deadline, HelpLine
from bot.core.languages.codes import is_language, language_name, meant_language
from bot.core.texts import placeholders
from bot.errors import Problem
from bot.flow.load import LANGUAGE_VERSION
from bot.flow.yaml import read
from bot.steps import nodes
from bot.steps.base import Key, Means, Shape
from bot.steps.notes import Notes, place_of
from bot.steps.reader import Reader

COUNTRY_KEYS = (
    Key("bistand", Shape.NUMBER, "The version of this language: 1."),
    Key("country", Shape.WORD, "The country's two letters, as the file's name."),
    Key("check_again", Shape.WORD, "The day from which the pack must be looked over, as 2027-06-01."),
    Key("emergency", Shape.CASES, "The number to call in danger."),
    Key("help", Shape.CASES, "Help lines by name, for {help.NAME.text}."),
    Key("deadlines", Shape.CASES, "Deadlines by name, for {deadlines.NAME.text} and a task's deadline:."),
)
_COMMON = (
    Key("text", Shape.LABELS, "What is said, by language."),
    Key("source", Shape.TEXT, "Where it comes from."),
    Key("checked", Shape.WORD, "The day it was last compared with its source."),
    Key("doubt", Shape.TEXT, "What must be looked up before anybody relies on it."),
)
HELP_KEYS = (Key("number", Shape.WORD, "The number to call."), *_COMMON)
DEADLINE_KEYS = (
    Key("within", Shape.DURATION, "How long."),
    Key("after", Shape.WORD, "The answer it counts from.", (Means.INCIDENT_TIME, Means.ABSENCE_START)),
    *_COMMON,
)
_NUMBER = re.compile(r"\+?[0-9](?:[0-9 ()/-]*[0-9])+")
#: The space between two digits of a number to call.
_INSIDE = re.compile(r"(?<=[0-9]) (?=[0-9])")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Entry = TypeVar("Entry", HelpLine, Deadline)


@dataclass
class _Pack:
    """What is gathered while a pack is read."""

    notes: Notes
    doubts: list[Problem] = field(default_factory=list)
    texts: list[tuple[nodes.Node, Mapping[str, str]]] = field(default_factory=list)


def overdue(check_again: date, today: date) -> bool:
    """Whether a pack must be looked over. Both are days at the organisation."""
    return today >= check_again


def load_country(
    text: str, file: str, today: date | None = None
) -> tuple[Country | None, tuple[Problem, ...], tuple[Problem, ...]]:
    """A country pack from its file's text, with all problems, and all warnings: doubts, and by `today` Rule 4.

    The pack is None where there are problems: half a pack could send people to nobody.
    """
    document = read(text, file)
    pack = _Pack(Notes(file, list(document.problems)))
    country = _country(document.root, pack, today) if document.root is not None else None
    problems = tuple(sorted(set(pack.notes.problems)))
    return None if problems else country, problems, tuple(sorted(pack.doubts))


def _country(root: nodes.Node, pack: _Pack, today: date | None) -> Country | None:
    if not isinstance(root, nodes.Mapping):
        pack.notes.add(place_of(root), "not-a-country", 'a country pack begins with the line "bistand: 1".')
        return None
    reader = Reader(root, pack.notes, "")
    reader.known(COUNTRY_KEYS, "a country pack")
    version = reader.scalar("bistand", needed=True)
    if version is not None and version.text != LANGUAGE_VERSION:
        message = f"this Bistand reads version {LANGUAGE_VERSION}. Write: bistand: {LANGUAGE_VERSION}"
        reader.problem(place_of(version), "version", message)
    name = reader.name("country", needed=True)
    stem = pack.notes.file.rsplit("/", 1)[-1].removesuffix(".yaml")
    if name is not None and name.word != stem:
        reader.problem(name.place, "country-name", f"the file is called {stem}.yaml, so write: country: {stem}")
    _again(reader, pack, today)
    emergency = _emergency(reader, pack)
    helps = _by_name(reader, "help", pack, _help_line)
    deadlines = _by_name(reader, "deadlines", pack, _deadline)
    _same_languages(pack)
    if name is None or emergency is None:
        return None
    return Country(name.word, emergency, helps, deadlines)


def _again(reader: Reader, pack: _Pack, today: date | None) -> None:
    again = _day(reader, "check_again")
    if again is not None and today is not None and overdue(again, today):
        place = reader.node.entry("check_again")
        message = f"this pack was to be looked over by {again}. Compare each entry with its source, then move the day."
        line, column = (place.value.line, place.value.column) if place else (1, 1)
        pack.doubts.append(Problem(pack.notes.file, line, column, "country-check-again", message))


def _day(reader: Reader, key: str) -> date | None:
    scalar = reader.scalar(key, needed=True)
    if scalar is None:
        return None
    try:
        if _DAY.fullmatch(scalar.text):
            return date.fromisoformat(scalar.text)
    except ValueError:
        pass  # a day that no calendar has
    reader.problem(place_of(scalar), "country-day", f'"{key}:" takes a day, as 2027-06-01, not "{scalar.text[:20]}".')
    return None


def _emergency(reader: Reader, pack: _Pack) -> HelpLine | None:
    value = reader.node.get("emergency")
    if value is None:
        reader.scalar("emergency", needed=True)
        return None
    own = _entry(value, "emergency", pack)
    if own is None:
        return None
    found = _help_line(own, pack)
    if not own.has("number"):
        own.scalar("number", needed=True)
    return found


def _entry(value: nodes.Node, name: str, pack: _Pack) -> Reader | None:
    if isinstance(value, nodes.Mapping):
        return Reader(value, pack.notes, name)
    if not (isinstance(value, nodes.Scalar) and value.missing):
        message = f'"{name}:" takes text:, source: and checked: on the lines below.'
        pack.notes.add(place_of(value), "country-entry", message)
    return None


def _by_name(reader: Reader, key: str, pack: _Pack, make: Callable[[Reader, _Pack], Entry | None]) -> dict[str, Entry]:
    value = reader.node.get(key)
    if value is None:
        return {}
    own = _entry(value, key, pack)
    found: dict[str, Entry] = {}
    for item in own.node.entries if own is not None else ():
        name = reader.as_name(item.key)
        entry = _entry(item.value, item.key.text, pack)
        made = make(entry, pack) if entry is not None else None
        if name is not None and made is not None:
            found[name.word] = made
    return found


def _help_line(reader: Reader, pack: _Pack) -> HelpLine | None:
    reader.known(HELP_KEYS, "a help line")
    number = reader.scalar("number")
    if number is not None and not _NUMBER.fullmatch(number.text):
        message = f'"{number.text[:40]}" is no number to call. Write digits and spaces, as 116 006.'
        reader.problem(place_of(number), "country-number", message)
    said, source = _common(reader, pack)
    return HelpLine(_unbroken(number.text) if number is not None else "", said, source)


def _deadline(reader: Reader, pack: _Pack) -> Deadline | None:
    reader.known(DEADLINE_KEYS, "a deadline")
    reader.scalar("within", needed=True)
    within = reader.duration("within")
    after = reader.one_of("after", (Means.INCIDENT_TIME.value, Means.ABSENCE_START.value), needed=True)
    said, source = _common(reader, pack)
    if within is None or after is None:
        return None
    return Deadline(within, after.word, said, source)


def _common(reader: Reader, pack: _Pack) -> tuple[Mapping[str, str], str]:
    """The texts by language, and the source."""
    source = reader.scalar("source", needed=True)
    _day(reader, "checked")
    doubt = reader.scalar("doubt")
    if doubt is not None:
        message = f'"{reader.at}" is in doubt: {doubt.text}'
        pack.doubts.append(Problem(pack.notes.file, doubt.line, doubt.column, "country-doubt", message))
    value = reader.node.get("text")
    if value is None:
        reader.scalar("text", needed=True)
        return {}, ""
    said = {name.word: _unbroken(text.source) for name, text in reader.labels("text")}
    for code in (entry.key for entry in value.entries) if isinstance(value, nodes.Mapping) else ():
        if not is_language(code.text):
            hint = meant_language(code.text) or " Write its two letters, as da."
            reader.problem(place_of(code), "country-language", f'"{code.text[:20]}" is no language.{hint}')
        elif placeholders(said.get(code.text, "")):
            reader.problem(place_of(code), "country-text", "a country pack's text takes no {placeholders}.")
    pack.texts.append((value, said))
    return said, source.text if source is not None else ""


def _unbroken(text: str) -> str:
    """Rule 3."""
    return _INSIDE.sub("\u00a0", text)


def _same_languages(pack: _Pack) -> None:
    """Rule 2."""
    spoken = sorted({code for _, said in pack.texts for code in said if is_language(code)})
    for node, said in pack.texts:
        for code in spoken:
            if said and code not in said:
                message = f"the {language_name(code)} text is missing here. Add:  {code}: …"
                pack.notes.add(place_of(node), "country-language", message)
