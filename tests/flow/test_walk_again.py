"""Going through a flow again after a change: what was said is not said again, and an answer that still fits stays."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.answers import Day, Many, One, Skipped
from bot.core.case_commands import PageOnCall, SetAccused
from bot.core.languages.en import ENGLISH
from tests.flow.report import REPORT, told
from tests.talking import talk
from tests.workplace import DAN, MIA, NOW


def test_what_was_said_is_not_said_again() -> None:
    """When a talk is replayed, texts and commands are not repeated."""
    a = told().presses("change:talk.who").presses("customer")
    assert a.shown == ["Is this right?"]
    b = talk("- choose: A?\n  id: a\n  options:\n    y: Y\n- do: page_on_call\n- ask: B?\n  id: b").presses("y")
    assert b.decided == [PageOnCall()]
    assert b.says("back").presses("y").decided == []
    assert b.asking == "b"


def test_an_answer_that_no_longer_fits_is_asked_again() -> None:
    """A consent for whoever is accused now is asked again; the story is kept."""
    a = told().presses("change:talk.who").presses("manager")
    assert a.asking == "may_know"
    assert a.decided == [SetAccused(frozenset({MIA}), unresolved=False)]
    a.presses("hr")
    assert a.last.text == "Is this right?"
    assert [f.value for f in a.last.facts] == ["My manager", "HR", ENGLISH.review.written]


def test_a_question_that_was_not_asked_before_is_asked() -> None:
    """A change that opens a question asks it, and what was named there counts only while it is asked."""
    a = told().presses("change:talk.who").presses("colleague")
    assert a.asking == "colleague"
    a.says("Dan Krogh")
    assert a.last.text == "Is this right?"
    assert DAN in a.facts.view.excluded
    a.presses("change:talk.who").presses("customer")
    assert a.last.text == "Is this right?"
    assert a.facts.view.excluded == frozenset()


def test_a_person_who_has_left_is_asked_again() -> None:
    """A kept answer that names somebody who is no longer there does not fit."""
    a = talk(REPORT).presses("colleague").says("Dan Krogh").presses("hr").submits(story="x")
    people = replace(a.facts.people, by_id={k: v for k, v in a.facts.people.by_id.items() if k != DAN})
    a.at(people=people).presses("change:talk.who").presses("colleague")
    assert a.asking == "colleague"


@pytest.mark.parametrize(
    ("kind", "first"),
    [
        ("number", "4"),
        ("text", "hi"),
        ("date", "yesterday"),
        ("time", "14:30"),
        ("datetime", "yesterday at 9"),
        ("person", "Dan Krogh"),
        ("person", "Not on the list"),
        ("scale\n  from: 1\n  to: 5", "4"),
    ],
)
def test_every_kind_of_answer_is_taken_again(kind: str, first: str) -> None:
    """After a change before it, an answer of each kind that still fits stays."""
    steps = (
        f"- choose: A?\n  id: a\n  options:\n    y: Y\n    n: N\n- ask: It?\n  id: it\n  type: {kind}\n- review: Right?"
    )
    a = talk(steps).presses("y").says(first)
    before = a.answer("it")
    a.presses("change:talk.a").presses("n")
    assert a.last.text == "Right?"
    assert a.answer("it") == before


def test_files_are_taken_again() -> None:
    """Files that were attached stay, too."""
    steps = "- choose: A?\n  id: a\n  options:\n    y: Y\n- ask: It?\n  id: it\n  type: files\n- review: Right?"
    a = talk(steps).presses("y").attaches("a.png").presses("that_is_all").presses("change:talk.a").presses("y")
    assert a.last.text == "Right?"


def test_a_changed_question_opens_with_its_answer() -> None:
    """A question that is asked again in a form shows what was answered."""
    a = talk("- ask: Tell it\n  id: it\n- review: Right?").says("They wrote").presses("change:talk.it").opens()
    assert a.form.fields[0].initial == ("They wrote",)


def test_a_skipped_answer_stays_skipped_only_where_that_is_allowed() -> None:
    """A skipped question is skipped again when the talk is replayed."""
    steps = "- choose: A?\n  id: a\n  options:\n    y: Y\n- ask: It?\n  id: it\n- review: Right?"
    a = talk(steps).presses("y").says("skip").presses("change:talk.a").presses("y")
    assert a.last.text == "Right?"


@pytest.mark.parametrize("question", ["choose: It?\n  id: it\n  options:\n    y: Y", "ask: It?\n  id: it"])
def test_an_answer_of_another_kind_is_asked_again(question: str) -> None:
    """A kept answer that the question could never have is no answer to it."""
    a = talk(f"- choose: A?\n  id: a\n  options:\n    y: Y\n- {question}\n- review: Right?").presses("y").says("y")
    a.presses("change:talk.a")
    given = a.session.answers["talk.it"]
    for other in (Many(("y",)), One("n"), Skipped(), Day(NOW.date())):
        b = replace(a)
        b.session = replace(a.session, answers={**a.session.answers, "talk.it": replace(given, answer=other)})
        assert (b.presses("y").last.text == "Right?") is (other == Skipped())


def test_a_skipped_form_skips_what_it_asked() -> None:
    """A field that was not shown was never asked, also when the form is skipped."""
    steps = """
        - choose: A?
          id: a
          options:
            y: Y
            n: N
        - form: It
          id: f
          fields:
          - ask: Always
            id: always
          - ask: Sometimes
            id: sometimes
            when: a is n
        - review: Right?
        """
    a = talk(steps).presses("y").says("skip")
    assert (a.answer("always"), a.answer("sometimes")) == (Skipped(), None)
