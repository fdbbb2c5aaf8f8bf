"""What is told elsewhere while a talk waits: it comes into the form that waits or comes, and nothing of it is lost."""

from __future__ import annotations

from bot.core.answers import Words
from bot.core.texts import LONGEST_ANSWER
from tests.talking import talk

STEPS = """
- choose: Where?
  id: where
  options:
    chat: In a chat
    street: In the street
- form: What happened
  id: what
  fields:
  - ask: Tell it
    id: story
    type: paragraph
- choose: More?
  id: more
  options:
    y: Y
    n: N
"""


def test_it_stands_in_the_form_that_comes_and_in_the_one_that_waits() -> None:
    a = talk(STEPS)
    assert a.is_told("first")
    assert a.shown[-1] == "Where?"
    a.presses("chat")
    assert a.is_told("second")
    assert a.last.form is not None
    assert a.last.form.fields[0].initial == ("first\nsecond",)
    assert a.answer("story") is None or a.session.answers["talk.story"].held


def test_it_ends_a_break_and_a_stop() -> None:
    for rest in ("pause", "stop"):
        a = talk(STEPS).says(rest)
        assert a.is_told("first")
        assert a.shown[-1] == "Where?"


def test_behind_the_form_and_behind_the_end_there_is_no_place_for_it() -> None:
    a = talk(STEPS).presses("chat").submits(story="mine")
    assert not a.is_told("late")
    assert a.answer("story") == Words("mine")
    assert not a.presses("y").is_told("late")
    assert a.ended


def test_what_does_not_fit_is_told_in_a_report_of_its_own() -> None:
    a = talk(STEPS)
    assert a.is_told("x" * (LONGEST_ANSWER - 10))
    assert not a.is_told("y" * 100)


def test_without_a_form_there_is_no_place_for_it() -> None:
    assert not talk("- choose: Where?\n  id: where\n  options:\n    a: A\n    b: B").is_told("first")
