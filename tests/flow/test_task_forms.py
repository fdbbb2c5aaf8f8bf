"""What a task asks in a form: a record before Done, a reason for Not relevant."""

from __future__ import annotations

from bot.core.answers import One, Skipped, Words
from bot.core.case_commands import RaiseLevel, TaskDone, TaskDropped
from bot.core.events import Command
from bot.core.levels import Level
from bot.core.messages import Asks
from bot.core.people import Role
from bot.core.session import TaskState
from tests.flow.tasks import RECORDED, TWO, owner


def test_not_relevant_asks_why() -> None:
    """A task is marked with a reason, which is kept; required ones are not."""
    a = owner(TWO).presses("later").presses("not_relevant")
    assert a.form.title == "Reason"
    assert a.last.asks is Asks.FORM
    form = a.form.token.step
    assert a.submits(form, reason=" ").errors == {"reason": "Please answer this one."}
    a.submits(form, reason="It is done already")
    assert a.form_closed
    assert a.marked == ["**Not relevant:** Write it down"]
    assert a.removed == ["talk.write-form"]
    assert a.decided == [TaskDropped("write")]
    assert a.answer("write_reason") == Words("It is done already")
    b = owner(TWO).presses("not_relevant")
    assert b.shown == ["This one cannot be left out. If something stands in the way, ask for help."]
    assert b.submits("call/reason", reason="I will not").errors == {
        "reason": "This one cannot be left out. If something stands in the way, ask for help."
    }
    assert b.presses("banana").shown[0].startswith("I am not sure where that")


def test_the_form_of_a_reason_never_marks_a_task_as_done() -> None:
    """The button that stands in the chat opens the form that was asked for."""
    a = owner(TWO).presses("later").presses("not_relevant")
    a.opens(a.form.token.step)
    assert a.form.title == "Reason"
    assert a.session.tasks["talk.write"].state is TaskState.OPEN


def test_the_form_of_a_button_can_be_left() -> None:
    """Back takes the form away and shows the task again; a task that is settled takes its form along."""
    a = owner(TWO).presses("later").presses("not_relevant")
    assert a.ways_out == ["back", "emergency"]
    form = a.form.token.step
    a.commands(Command.BACK, form)
    assert a.removed == ["talk.write-form"]
    assert [choice.id for choice in a.last.choices] == ["done", "later", "help", "not_relevant"]
    a.presses("not_relevant").presses("done")
    assert a.removed == ["talk.write-form"]
    assert a.commands(Command.BACK, form).shown == ["I have that already."]
    b = owner(RECORDED).presses("done").commands(Command.BACK, "one")
    assert b.session.tasks["talk.one"].state is TaskState.OPEN
    assert b.shown == ["**First**"]


def test_a_record_is_asked_before_done() -> None:
    """Done opens the record; what is submitted is kept, and may raise the case."""
    a = owner(RECORDED).presses("done")
    assert [f.id for f in a.form.fields] == ["state"]
    assert a.session.tasks["talk.one"].state is TaskState.OPEN
    assert a.opens("one").form.title == "First"
    assert a.shown == []  # it stands there already
    assert a.submits("one", state="banana").errors["state"].startswith("I am not sure where that")
    a.submits("one", state="unsafe")
    assert a.decided == [TaskDone("one"), RaiseLevel(Level.CRITICAL)]
    assert a.answer("state") == One("unsafe")
    assert a.asking == "did_one"
    assert owner(RECORDED).submits("one").answer("state") == Skipped()


def test_a_record_with_nothing_to_ask_is_not_asked() -> None:
    """Where no question of a record applies, Done is done."""
    a = owner(
        """
        - choose: A?
          id: a
          options:
            y: Y
            n: N
        - task: It
          id: it
          visible_to: [hr]
          record:
          - ask: Why
            id: why
            when: a is y
          - ask: How
            id: how
            visible_to: [owner]
            when: a is y
        - end: Bye
        """
    ).says("N")
    assert a.presses("done").shown == ["Bye"]
    b = a  # who reads a record: its own list, its task's, the flow's
    flow = b.flows.get("talk")
    assert (flow.readers("why"), flow.readers("how"), flow.readers("a")) == (
        (Role.HR,),
        (Role.OWNER,),
        (Role.OWNER, Role.HR),
    )
