"""Typed answers: by number, by label, by close spelling."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.messages import Choice
from bot.steps.matching import Matched, NoMatch, Sure, Unsure, match, match_many

KINDS = (
    Choice("threat", "Threats"),
    Choice("doxxing", "My address made public"),
    Choice("impersonation", "Somebody pretends to be me"),
    Choice("other", "Something else"),
)
DANGER = (Choice("now", "Yes, or I am not sure"), Choice("no", "No"))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1", Sure("threat")),
        (" 2. ", Sure("doxxing")),
        ("04", Sure("other")),
        ("threats", Sure("threat")),
        ("THREATS!", Sure("threat")),
        ("doxxing", Sure("doxxing")),  # its id
        ("my address", Sure("doxxing")),  # its first words
        ("address made", Sure("doxxing")),  # two words that stand in one label only
        ("threts", Sure("threat")),
        ("sombody pretends to be me", Sure("impersonation")),
        ("somthing", Sure("other")),
        ("threads", Unsure(("threat",))),
        ("5", NoMatch()),
        ("0", NoMatch()),
        ("1234", NoMatch()),
        ("public", Unsure(("doxxing",))),  # one word that stands in one label only
        ("banana", NoMatch()),
        ("", NoMatch()),
        ("  !?", NoMatch()),
        ("²", NoMatch()),  # a digit to Python, and no number
        ("①", NoMatch()),
    ],
)
def test_one_answer(typed: str, meant: Matched) -> None:
    """A typed answer is certain, in doubt, or none."""
    assert match(typed, KINDS) == meant


def test_short_words_are_never_close() -> None:
    """No and now are one letter apart: neither is taken for the other."""
    assert match("nw", DANGER) == NoMatch()
    assert match("no", DANGER) == Sure("no")
    assert match("now", DANGER) == Sure("now")
    assert match("yes", DANGER) == Sure("now")  # the first word of one label only


def test_a_short_beginning_that_is_no_word_of_its_own_is_none() -> None:
    """A short beginning counts only as a label's first word that no other label has."""
    both = (Choice("a", "Yes, today"), Choice("b", "Yes"))
    assert match("yes", both) == Sure("b")
    shared = (Choice("a", "No one else"), Choice("b", "No, never"), Choice("c", "Yes"))
    assert match("no", shared) == Unsure(("a", "b"))
    doubled = (Choice("a", "Ja tak, gerne"), Choice("b", "Ja"), Choice("c", "Jaså"))
    assert match("ja tak", doubled) == Sure("a")


def test_the_same_label_twice_is_asked_back() -> None:
    """Two people of one name are two choices."""
    assert match("Ann Lee", (Choice("a", "Ann Lee"), Choice("b", "Ann Lee"))) == Unsure(("a", "b"))


def test_a_number_that_is_a_label_is_that_label() -> None:
    """On a list of numbers, a number is what it says and no place."""
    years = (Choice("a", "2"), Choice("b", "1"))
    assert match("1", years) == Sure("b")


def test_close_to_two_labels_is_a_doubt() -> None:
    """Where a spelling is near to two labels, both are offered, the nearest first."""
    near = (Choice("a", "Manager"), Choice("b", "Managers"), Choice("c", "Nobody"))
    assert match("manageer", near) == Unsure(("a", "b"))


def test_close_to_a_label_without_letters_is_none() -> None:
    """A label of signs only is never near to anything."""
    assert match("threats", (Choice("x", "…"), Choice("y", "!"))) == NoMatch()


@pytest.mark.parametrize(
    ("typed", "found", "meant"),
    [
        ("1, 3", ("threat", "impersonation"), True),
        ("1 3", ("threat", "impersonation"), True),
        ("1 and 3", ("threat", "impersonation"), True),
        ("1, 2 og 4", ("threat", "doxxing", "other"), True),
        ("1;3;1", ("threat", "impersonation"), True),
        ("1, 3,", ("threat", "impersonation"), True),
        ("threats\nsomething else", ("threat", "other"), True),
        ("Somebody pretends to be me", ("impersonation",), True),
        ("threats, banana", ("threat",), False),
        ("banana", (), False),
        (" , ", (), False),
        ("1, 9", ("threat",), False),
    ],
)
def test_several_answers(typed: str, found: tuple[str, ...], meant: bool) -> None:
    """Several answers are parted by commas, lines, or spaces between numbers; the first that is uncertain is named."""
    certain, matched = match_many(typed, KINDS)
    assert certain == found
    assert isinstance(matched, Sure) is meant


def test_a_doubt_about_one_of_several_is_none() -> None:
    """To ask back about one part would lose the others; alone it is asked back."""
    assert match_many("something else, threads", KINDS) == (("other",), NoMatch())
    assert match_many("threads", KINDS) == ((), Unsure(("threat",)))


@settings(max_examples=50)
@given(st.text(max_size=30), st.lists(st.text(min_size=1, max_size=20), max_size=5))
def test_whatever_is_typed_names_only_what_is_offered(typed: str, labels: list[str]) -> None:
    """No text breaks the matching, and it never names what was not offered."""
    choices = tuple(Choice(f"o{number}", label) for number, label in enumerate(labels))
    offered = {choice.id for choice in choices}
    matched = match(typed, choices)
    if isinstance(matched, Sure):
        assert matched.option in offered
    if isinstance(matched, Unsure):
        assert set(matched.options) <= offered
    found, _ = match_many(typed, choices)
    assert set(found) <= offered


def test_a_number_is_the_same_with_and_without_no_break_spaces() -> None:
    choices = (Choice("support", "Call 116\u00a0006"), Choice("police", "Call 114"))
    assert match("call 116 006", choices) == Sure("support")
    assert match("Call 116\u00a0006", choices) == Sure("support")
