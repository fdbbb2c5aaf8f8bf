"""Every language says the same things: the same phrases, placeholders, names and words that are understood."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import UTC, date, datetime, time
from operator import attrgetter
from string import Formatter
from zoneinfo import ZoneInfo

import pytest

from bot.core.events import Command
from bot.core.languages import LANGUAGES, Phrases, phrases
from bot.core.languages.en import ENGLISH
from bot.core.languages.knowing import Knowing, Reading
from bot.core.languages.review import ReviewPhrases
from bot.core.levels import Level
from bot.flow.commands import command_in, language_in
from bot.steps import typed

every_language = pytest.mark.parametrize("said", LANGUAGES.values(), ids=LANGUAGES)
# words that the first flows start with
STARTS = {"report", "chikane", "truet"}
# labels that stand beside a question: typed, they are an answer and never a command
ANSWERS = (
    "yes",
    "no",
    "nobody",
    "done",
    "not_listed",
    "rather_not",
    "review.send",
    "review.correct",
    "go_on",
    "start_new",
    "task_done",
    "task_later",
    "task_help",
    "task_not_relevant",
    "alert_take",
    "alert_decline",
    "page_take",
    "ask_more_wait",
)

# what people may well answer by themselves; "delete it" would erase at once
NATURAL = (
    *("later", "not now", "break", "a break", "clear", "delete it", "stop it", "next week", "i want help"),
    *(
        "senere",
        "ikke nu",
        "en pause",
        "slet det",
        "stop det",
        "næste uge",
        "gem",
        "en",
        "da",
        "nej tak",
        "er i fare nu",
    ),
)


def texts(said: Phrases | Knowing | Reading | ReviewPhrases) -> Iterator[tuple[str, str]]:
    """Each phrase with its name; those of mappings as name.key, of groups as group.name."""
    for field in fields(said):
        value = getattr(said, field.name)
        if isinstance(value, str):
            yield field.name, value
        elif isinstance(value, Knowing | Reading | ReviewPhrases):
            yield from ((f"{field.name}.{name}", text) for name, text in texts(value))
        elif isinstance(value, Mapping):
            for key, text in value.items():
                for n, one in enumerate((text,) if isinstance(text, str) else text):
                    yield f"{field.name}.{key}.{n}", one


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@every_language
def test_no_phrase_is_empty(said: Phrases) -> None:
    assert [name for name, text in texts(said) if not text.strip() or text != text.strip()] == []


@every_language
def test_placeholders_are_those_of_english(said: Phrases) -> None:
    english = dict(texts(ENGLISH))
    unlike = {
        name: text
        for name, text in texts(said)
        if not name.startswith("words.") and placeholders(text) != placeholders(english[name])
    }
    assert unlike == {}


@every_language
def test_labels_levels_and_roles_are_complete(said: Phrases) -> None:
    assert set(said.words) == set(said.labels) == set(Command)
    assert set(said.levels) == set(Level)
    assert set(said.role_names) == set(ENGLISH.role_names)


def test_a_word_means_one_command_in_all_languages() -> None:
    meant: dict[str, set[Command]] = {}
    for said in LANGUAGES.values():
        for command, words in said.words.items():
            assert len(set(words)) == len(words)
            for word in words:
                meant.setdefault(word, set()).add(command)
    assert {word: commands for word, commands in meant.items() if len(commands) > 1} == {}


@every_language
def test_each_word_and_label_is_understood_when_typed(said: Phrases) -> None:
    for command in Command:
        for word in (*said.words[command], said.labels[command], f" {said.labels[command].upper()} "):
            assert command_in(word) is command, word


@every_language
def test_no_answer_of_the_bots_own_is_a_command(said: Phrases) -> None:
    # at a task, "Later" and "Ask for help" have a meaning of their own
    assert [name for name in ANSWERS if command_in(attrgetter(name)(said))] == []


@pytest.mark.parametrize("answer", NATURAL)
def test_natural_answers_are_no_commands(answer: str) -> None:
    assert command_in(answer) is None


@every_language
def test_each_language_is_called_by_its_names(said: Phrases) -> None:
    others = {name for other in LANGUAGES.values() if other is not said for name in other.called}
    assert said.called
    assert not others & set(said.called)
    for name in said.called:
        assert language_in(name) == said.code
        assert command_in(name) is Command.LANGUAGE


@every_language
def test_words_that_a_phrase_tells_to_write_work(said: Phrases) -> None:
    understood = {*STARTS, *(word for words in said.words.values() for word in words), said.done}
    told = {word for _, text in texts(said) for word in re.findall(r"(?<!\*)\*([^*\n]+)\*(?!\*)", text)}
    assert told - understood == set()


@every_language
def test_nobody_is_told_that_a_risk_is_low(said: Phrases) -> None:
    assert [name for name, text in texts(said) if re.search("risk|risiko", text.casefold())] == []
    assert not [text for text in said.levels.values() if re.search(r"\b(low|minor|small|lav|lille|ringe)", text)]


def test_danish_is_written_in_danish() -> None:
    danish = dict(texts(LANGUAGES["da"]))
    english = {name: text for name, text in texts(ENGLISH) if not name.startswith("words.")}
    same = {name for name, text in english.items() if danish[name] == text}
    words = {name for name in same if any(map(str.isalpha, re.sub(r"\{.*?\}", "", english[name])))}
    assert words == {"labels.pause.0", "labels.stop.0", "role_names.hr.0"}


def test_days_and_times_given_as_examples_are_read() -> None:
    now, zone = datetime(2026, 11, 25, 9, tzinfo=UTC), ZoneInfo("Europe/Copenhagen")
    for said, example, moment, clock in (
        (LANGUAGES["en"], "last Monday", "yesterday at 14:30", "14:30"),
        (LANGUAGES["da"], "i mandags", "i går kl. 14.30", "14.30"),
    ):
        assert example in said.not_a_date
        assert example in said.not_a_moment
        assert moment in said.not_a_moment
        assert clock in said.not_a_time
        assert typed.day(example, now.date()) == date(2026, 11, 23)
        assert typed.moment(moment, now, zone) == datetime(2026, 11, 24, 13, 30, tzinfo=UTC)
        assert typed.clock(clock) == time(14, 30)


def test_a_language_that_is_not_there_is_english() -> None:
    assert phrases("da").code == "da"
    assert phrases("kl") is ENGLISH
