"""Buttons, forms and files: they count for what waits; all else gets a kind answer."""

from __future__ import annotations

from dataclasses import replace

from bot.core.answers import One, Words
from bot.core.session import Status
from bot.flow.interpret import asks_for_files
from tests.talking import talk

STEPS = """
- choose: First?
  id: first
  options:
    a: A
    b: B
- ask: Second?
  id: second
- choose: Third?
  id: third
  options:
    a: A
    b: B
"""
STALE = "That button belongs to an earlier question. Here is where we are:"
ENDED = "That talk has ended. Write *report* if there is something new."


def test_a_press_on_an_earlier_question() -> None:
    """A stale button changes nothing, and the question that waits is shown; it ends a break."""
    a = talk(STEPS).presses("a").presses("b", step="first")
    assert a.shown == [STALE, "Second?"]
    assert a.answer("first") == One("a")
    assert a.says("pause").presses("b", step="first").shown == [STALE, "Second?"]


def test_a_press_where_nothing_waits() -> None:
    """While the talk sleeps, an old button is known; behind the end it is told that this is the end."""
    assert talk("- choose: A?\n  id: a\n  options:\n    y: Y\n- wait: 1 day").presses("y").presses(
        "y", step="a"
    ).shown == ["I have that already."]
    assert talk("- say: Bye").presses("y", step="a").shown == [ENDED]


def test_open_form() -> None:
    """Open form opens what waits, also after a stop; any other is stale."""
    a = talk(STEPS).presses("a")
    assert a.opens().form.title == "Second?"
    assert a.says("stop").opens().form.title == "Second?"
    assert a.session.status is Status.LIVE
    assert a.opens("first").shown == [STALE, "Second?"]
    assert talk(STEPS).opens().shown == [STALE, "First?"]  # a question without a form


def test_a_stale_form_is_closed() -> None:
    """A form of an earlier question closes, and changes nothing."""
    a = talk(STEPS).presses("a").submits(second="one")
    a.submits("second", second="two")
    assert a.form_closed
    assert a.shown == [STALE, "Third?"]
    assert a.answer("second") == Words("one")


def test_a_submission_ends_a_break() -> None:
    """A form that was sent after a pause counts, and the talk goes on."""
    a = talk(STEPS).presses("a").says("pause").submits(second="one")
    assert a.session.status is Status.LIVE
    assert a.asking == "third"


def test_files_where_none_are_asked() -> None:
    """A file that nobody asked for is not kept, and that is said."""
    a = talk(STEPS)
    assert not asks_for_files(a.flows, a.session, a.facts)
    a.attaches("a.png")
    assert a.shown[0].startswith("I was not expecting a file")
    assert a.shown[1] == "First?"


def test_files_end_a_break() -> None:
    """A file that was asked for counts, also in a break."""
    a = talk("- ask: Files?\n  id: f\n  type: files")
    assert asks_for_files(a.flows, a.session, a.facts)
    a.says("pause").attaches("a.png")
    assert a.session.status is Status.LIVE
    assert a.presses("that_is_all").ended


def test_none_of_these_without_a_doubt() -> None:
    """The no of a doubt that is over is no answer."""
    assert talk(STEPS).presses("none_of_these").asking == "first"


def test_leaving_a_form_or_starting_again_changes_nothing() -> None:
    """To close a form without sending it is no answer."""
    a = talk(STEPS).presses("a").opens()
    before = replace(a.session, revision=0, opened=None)
    assert replace(a.leaves_form().session, revision=0) == before
    assert replace(a.starts().session, revision=0) == before
