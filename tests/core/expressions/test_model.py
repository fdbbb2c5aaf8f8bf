"""Canonical text, and what a condition reads."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given

from bot.core.expressions import Condition, Ref, Word, parse, refs, to_text
from tests.core.expressions.conditions import conditions


@given(conditions)
def test_the_canonical_text_says_the_same(condition: Condition) -> None:
    text = to_text(condition)
    assert parse(text) == condition
    assert to_text(parse(text)) == text


@given(conditions)
def test_offsets_point_at_the_words(condition: Condition) -> None:
    text = to_text(condition)
    for ref in refs(parse(text)):
        for word in (ref.name, *ref.options):
            assert text[word.at :].startswith(word.text)


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("a is b or c is d and e is f", "a is b or (c is d and e is f)"),
        ("(a is b or c is d) and e is f", "(a is b or c is d) and e is f"),
        ("not a is b", "not (a is b)"),
        ("  a   in [ b,c ]", "a in [b, c]"),
        ("((fear>=4))", "fear >= 4"),
        ("skipped( x )and\nanswered(y)", "skipped(x) and answered(y)"),
        ("count(x)is not 2", "count(x) is not 2"),
        ("a not in [b] or b not in a", "a not in [b] or b not in a"),
        ("a is not b", "a is not b"),
    ],
)
def test_brackets_show_what_binds(text: str, canonical: str) -> None:
    assert to_text(parse(text)) == canonical


def test_refs_say_how_each_question_is_read() -> None:
    text = "d is a and b not in m or q.o not in [a, c] or not fear > -2.5 or count(m) < 3 or skipped(s) or answered(t)"
    found = refs(parse(text))
    assert found == (
        Ref(Word("d"), "is", (Word("a"),)),
        Ref(Word("m"), "has", (Word("b"),), negated=True),
        Ref(Word("q.o"), "one_of", (Word("a"), Word("c")), negated=True),
        Ref(Word("fear"), "compare", number=Decimal("-2.5")),
        Ref(Word("m"), "count", number=Decimal(3)),
        Ref(Word("s"), "skipped"),
        Ref(Word("t"), "answered"),
    )
    assert [ref.name.at for ref in found] == [0, 20, 25, 50, 71, 89, 104]
    assert [option.at for ref in found for option in ref.options] == [5, 11, 37, 40]


def test_a_negated_is_is_read_as_such() -> None:
    assert refs(parse("d is not a")) == (Ref(Word("d"), "is", (Word("a"),), negated=True),)


def test_where_words_stood_does_not_matter() -> None:
    assert parse("a is b") == parse("  a  is  b")
    assert hash(parse("a is b")) == hash(parse("  a  is  b"))
    assert parse("a is b") != parse("a is not b")
