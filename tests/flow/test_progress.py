"""How far a talk is: which question, of about how many."""

from __future__ import annotations

from tests.talking import talk
from tests.written import flow_of

STEPS = """
- choose: Where?
  id: where
  options:
    chat: In a chat
    street: In the street
- choose: Which chat?
  id: which
  when: where is chat
  options:
    a: A
    b: B
- choose: Who saw it?
  id: saw
  options:
    some: Somebody
    none: Nobody I know
- ask: What did they see?
  id: seen
  type: number
  when: saw is some or which is a
- review: Is this right?
"""


def test_what_may_still_be_asked_is_counted_and_what_cannot_be_any_more_is_not() -> None:
    a = talk(STEPS)
    assert a.last.progress == (1, 5)
    assert a.presses("street").last.progress == (2, 4)
    assert a.presses("none").last.progress == (3, 3)  # the review
    assert a.last.text == "Is this right?"


def test_whoever_is_asked_all_comes_to_the_end_with_the_last() -> None:
    a = talk(STEPS)
    assert [a.presses(option).last.progress for option in ("chat", "a", "some")] == [(2, 5), (3, 5), (4, 5)]
    assert a.says("back").last.progress == (3, 5)


def test_in_a_flow_that_is_called_the_callers_questions_are_to_come() -> None:
    more = "- choose: More?\n  id: more\n  options:\n    y: Y\n    n: N\n- end: Good"
    steps = "- call: advice\n- choose: A?\n  id: a\n  options:\n    y: Y\n- call: advice"
    a = talk(flow_of(steps), flow_of(more, name="advice"))
    assert a.last.progress == (1, 2)
    assert a.presses("y").last.progress == (2, 2)
    assert a.presses("y").last.progress == (3, 3)
