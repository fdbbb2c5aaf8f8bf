"""Every kind that the code can note, every timer that it can set, every reason has its words in each language."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from string import Formatter

import pytest

from adapters.web.backstage.labels import WORDS, words_of
from adapters.web.backstage.upcoming import RUNG
from adapters.web.backstage.words import Words
from bot.cases.case import Status
from bot.cases.explain import Why
from bot.core.languages import LANGUAGES
from bot.core.people import Role

ROOT = Path(__file__).parents[3]
SOURCES = [ast.parse(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "bot").rglob("*.py"))]
every_language = pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)


def calls(name: str) -> Iterator[tuple[ast.Module, ast.Call]]:
    for source in SOURCES:
        for node in ast.walk(source):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
                yield source, node


def first(call: ast.Call) -> ast.expr:
    return call.args[0] if call.args else next(k.value for k in call.keywords if k.arg in ("kind", "key"))


def assigned(source: ast.Module, name: str) -> Iterator[ast.expr]:
    """What a name is set to, alone or in a row of several."""
    for node in ast.walk(source):
        for target in node.targets if isinstance(node, ast.Assign) else ():
            value = node.value
            pairs = (
                zip(target.elts, value.elts, strict=True)
                if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple)
                else [(target, value)]
            )
            yield from (v for t, v in pairs if isinstance(t, ast.Name) and t.id == name)


def kinds_noted() -> set[str]:
    found: set[str] = set()
    for source, call in calls("Noted"):
        match first(call):
            case ast.Constant(value=str(kind)):
                found.add(kind)
            case ast.Name(id=name):
                texts = [
                    v.value for v in assigned(source, name) if isinstance(v, ast.Constant) and isinstance(v.value, str)
                ]
                assert texts, f"which kind is this? {ast.unparse(call)}"
                found.update(texts)
            case _:
                pytest.fail(f"which kind is this? {ast.unparse(call)}")
    return found


def beginnings(source: ast.Module, text: ast.JoinedStr) -> Iterator[str]:
    """What stands first in a key, written there or in a constant of the file."""
    match text.values:
        case [ast.Constant(value=str(begun)), *_]:
            yield begun
        case [ast.FormattedValue(value=ast.Name(id=name)), ast.Constant(value=str(after)), *_]:
            for value in assigned(source, name):
                yield str(ast.literal_eval(value)) + after


def kinds_of_timers() -> set[str]:
    """What stands before the first colon of each timer's key."""
    found: set[str] = set()
    for source, call in calls("SetTimer"):
        key = first(call)
        if isinstance(key, ast.Attribute):
            continue  # one that was set before is put off
        keys = list(assigned(source, key.id)) if isinstance(key, ast.Name) else [key]
        written = [begun for k in keys if isinstance(k, ast.JoinedStr) for begun in beginnings(source, k)]
        assert written, f"which kind is this? {ast.unparse(call)}"
        for begun in written:
            if isinstance(key, ast.Name) and not begun.startswith("start:"):
                continue  # another variable of the same name
            assert ":" in begun, ast.unparse(call)
            found.add(begun.partition(":")[0])
    return found


def test_the_source_is_read() -> None:
    assert {"taken", "consent", "accused", "affected", "read", "talk", "no_owner"} <= kinds_noted()
    assert kinds_of_timers() >= {"rung", "page", "start", "wait", "due", "remind", "deadline"}


@every_language
def test_every_kind_that_is_noted_has_its_sentence(words: Words) -> None:
    assert set(words.happened) == kinds_noted()


@every_language
def test_every_kind_of_timer_has_its_line(words: Words) -> None:
    assert set(words.coming) | {RUNG} == kinds_of_timers()


@every_language
def test_nothing_that_is_named_is_missing(words: Words) -> None:
    assert set(words.roles) == set(Role)
    assert set(words.readers) == set(Role)
    assert set(words.statuses) == set(Status)
    assert set(words.whys) == set(Why)


def test_a_language_without_panels_has_those_in_english() -> None:
    assert set(WORDS) <= set(LANGUAGES)
    assert words_of("xx").code == "en"


def placeholders(words: Words) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for field in fields(words):
        value = getattr(words, field.name)
        for name, text in value.items() if isinstance(value, dict) else [("", value)]:
            found[f"{field.name}.{name}"] = {part for _, part, _, _ in Formatter().parse(text) if part}
    return found


def test_both_languages_say_the_same_of_the_same() -> None:
    english, danish = (placeholders(words) for words in WORDS.values())
    assert english == danish
    known = {"person", "task", "flow", "level", "count", "role", "roles", "persons", "owner"}
    assert set().union(*english.values()) <= known


def test_no_line_is_the_same_in_both_languages() -> None:
    """What was copied and not translated is seen; a few words are the same in both."""
    same = {"HR"}
    english, danish = WORDS["en"], WORDS["da"]
    for field in fields(english):
        mine, other = getattr(english, field.name), getattr(danish, field.name)
        if isinstance(mine, dict):
            assert [k for k in mine if mine[k] == other[k] and mine[k] not in same] == []
        else:
            assert mine != other
