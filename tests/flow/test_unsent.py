"""What was begun in a form and never sent: whoever leaves it, stops, or begins something else is told so, once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.events import Command
from bot.core.session import Status
from bot.flow.interpret import lay_aside
from tests.flow.tasks import RECORDED, TWO
from tests.talking import Conversation, talk
from tests.workplace import MIA, facts

SENT = replace(facts().view, opened=True, owner=MIA)
NOTE = """
- form: A note
  id: noting
  fields:
  - ask: What would you like to keep?
    id: words
    type: paragraph
- ask: And what else?
  id: rest
  type: paragraph
- end: Kept
"""
UNSENT = "Not saved and not sent yet: **{}**. Nobody else can read it.".format("A note")


def note(*, opened: bool = True) -> Conversation:
    return talk(NOTE, audience="owner", person=MIA, view=replace(SENT, opened=opened))


def test_whoever_leaves_an_open_form_is_told() -> None:
    """Each time it was opened; a form that was not is nobody's loss."""
    assert note().leaves_form().shown == []
    a = note().opens().leaves_form()
    assert a.shown == [UNSENT]
    assert a.leaves_form().shown == []
    assert a.opens().leaves_form().shown == [UNSENT]
    assert a.opens().submits(words="x").opens().leaves_form().shown[0].startswith("Not saved and not sent yet: **And")
    assert a.asking == "rest"


def test_words_that_wait_in_the_form_count_too() -> None:
    a = note().says("She called this morning.")
    assert a.commands(Command.STOP).shown[0].startswith(f"{UNSENT}\n\nI have stopped asking.")


def test_whoever_stops_is_told() -> None:
    assert note().opens().commands(Command.STOP).shown == [
        f"{UNSENT}\n\nI have stopped asking. The case itself goes on. You can go on here when you like."
    ]
    assert note().commands(Command.STOP).shown[0].startswith("I have stopped asking.")


def test_of_a_draft_it_is_said_anyway_that_nothing_was_sent() -> None:
    a = note(opened=False).opens()
    assert a.leaves_form().shown == []
    assert a.commands(Command.STOP).shown[0].startswith("I have stopped. No report has been sent.")


def test_begun_with_something_else_it_rests_and_is_told_once() -> None:
    a = note().opens()
    turn = lay_aside(a.flows, a.session, a.facts)
    assert turn is not None
    assert turn.session.status is Status.PAUSED
    a.session, a.effects = turn.session, list(turn.effects)
    assert (a.shown, a.ways_out) == ([UNSENT], ["resume"])
    assert lay_aside(a.flows, a.session, a.facts) is None
    a.commands(Command.RESUME)
    assert a.last.form is not None
    assert lay_aside(a.flows, a.session, a.facts) is None


@pytest.mark.parametrize("step", ["call", "hand-over", "recuse"])
def test_forms_of_buttons_and_of_letting_go(step: str) -> None:
    """A task that was not done, a case that was not handed over: the same is told."""
    a = talk(RECORDED.replace("First", "Call").replace("id: one", "id: call"), audience="owner", person=MIA, view=SENT)
    title = {"call": "Call", "hand-over": "Hand over", "recuse": "Somebody else takes over"}[step]
    assert a.leaves_form(step).shown == [UNSENT.replace("A note", title)]
    a.submits("call", state="ok")
    assert a.leaves_form("call").shown == []
    assert talk(TWO, audience="owner", person=MIA).leaves_form("hand-over").shown == []
