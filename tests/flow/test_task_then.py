"""What comes after Done: the `then:` of a task, before the talk goes on where it was."""

from __future__ import annotations

from tests.flow.tasks import RECORDED, owner


def test_two_thens_side_by_side() -> None:
    """Done on a second task while the first one's questions wait: both are gone through, none is lost."""
    a = owner(RECORDED).presses("later")
    a.submits("one", state="ok")
    assert a.asking == "did_one"
    a.submits("two", word="hi")
    assert a.asking == "did_two"
    a.says("then this")
    assert a.asking == "did_one"
    a.says("first that")
    assert a.shown == ["All done, first that, then this.", "Goodbye"]


def test_no_way_back_behind_a_then() -> None:
    """Back within what Done asks goes as far as Done; nothing of it is passed over later."""
    a = owner(RECORDED).presses("later").submits("one", state="ok").says("first that")
    assert a.asking == "two"
    a.submits("two", word="hi").says("back")
    assert a.shown[0].startswith("This is the first question")
    assert a.asking == "did_two"
    assert a.says("then this").shown == ["All done, first that, then this.", "Goodbye"]


def test_a_task_interrupts_a_question() -> None:
    """Done on an earlier task while a later question waits asks its `then:` first, and then that question."""
    a = owner(
        """
        - task: First
          id: one
          then:
          - say: Good
        - ask: How many?
          id: many
          type: number
        - end: Bye
        """
    ).presses("later")
    assert a.asking == "many"
    assert a.presses("done", step="one").shown == ["Good", "How many?"]
    assert a.says("back").shown[0].startswith("This is the first question")
    assert a.says("3").shown == ["Bye"]
