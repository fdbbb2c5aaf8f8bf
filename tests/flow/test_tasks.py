"""Tasks: Done, Later, Ask for help, Not relevant; side by side."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.case_commands import AskForHelp, TaskDone
from bot.core.effects import CancelTimer
from bot.core.levels import Level
from bot.core.session import Status
from tests.flow.tasks import RECORDED, TWO, owner
from tests.talking import Conversation, talk
from tests.workplace import DAN, MIA, NOW, facts
from tests.written import flow_of, problems_of


def test_a_card_says_what_to_do() -> None:
    """A card names why and how, what to say and avoid, by when, and what can be pressed."""
    a = owner(TWO)
    assert a.shown == [
        (
            "**Call the employee**\n\nMany lack the energy to ask.\n\n*How*\n\n- Do it yourself\n\n"
            "*You can say*\n\n- It is not your fault.\n\n*Please avoid*\n\n- Are you sure?"
        )
    ]
    assert [(f.label, f.value) for f in a.last.facts] == [("Do this by", "Thursday 26 November at 10\\:00")]
    assert list(a.choices) == ["done", "later", "help"]
    assert a.timers == {"due": NOW + timedelta(days=1), "remind": NOW + timedelta(hours=23, minutes=30)}
    assert list(a.presses("later").choices) == ["done", "later", "help", "not_relevant"]
    assert a.timers == {}


def test_due_goes_by_level() -> None:
    """What is due sooner in a critical case is so when it is shown in one; a reminder that is past is not set."""
    critical = replace(facts().view, level=Level.CRITICAL)
    assert owner(TWO, view=critical).timers["due"] == NOW + timedelta(hours=1)
    soon = "- task: Now\n  id: now\n  due: 10 min\n  remind: 30 min before\n- end: Bye"
    assert owner(soon).timers == {"due": NOW + timedelta(minutes=10)}
    some = "- task: Now\n  id: now\n  due:\n    critical: 1 hour\n    otherwise: 2 hours\n- end: Bye"
    assert owner(some).timers == {"due": NOW + timedelta(hours=2)}


def test_done_goes_on() -> None:
    """Done tells the case, takes the card's buttons and its timers, and goes on."""
    a = owner(TWO).presses("done")
    assert a.marked == ["**Done:** Call the employee"]
    assert a.decided == [TaskDone("call")]
    assert [e for e in a.effects if isinstance(e, CancelTimer)] == [
        CancelTimer(f"{kind}:case.1:talk.call") for kind in ("remind", "due", "deadline")
    ]
    assert a.asking == "write"
    assert a.presses("done").shown == ["That was it."]
    assert a.ended


def test_tasks_stand_side_by_side() -> None:
    """Later goes on to the next; the end waits for all of them, in whatever order they are done."""
    a = owner(TWO).presses("later")
    assert a.shown[0] == "All right. It stays on your list. Please do it before Thursday 26 November at 10:00."
    assert a.asking == "write"
    a.presses("later")
    assert a.shown == [
        "All right. It stays on your list.",
        "Before we go on, these still wait for you:\n\n- Call the employee\n- Write it down",
    ]
    assert a.asking is None
    assert a.presses("done", step="write").shown == []
    assert a.presses("done", step="call").shown == ["That was it."]


def test_later_again_changes_nothing() -> None:
    """A task that was put off can be put off again, wherever the talk is."""
    a = owner(TWO).presses("later").presses("later", step="call")
    assert a.shown == ["All right. It stays on your list. Please do it before Thursday 26 November at 10:00."]
    assert a.asking == "write"


def test_words_do_what_buttons_do() -> None:
    """A label or number typed at a task presses it; skip is later; what is nothing is said."""
    assert owner(TWO).says("done").decided == [TaskDone("call")]
    assert owner(TWO).says("2").asking == "write"
    assert owner(TWO).says("skip").asking == "write"
    a = owner(TWO).says("banana")
    assert a.shown[0].startswith("I am not sure where that")
    assert a.asking == "call"
    assert owner(TWO).says("not relevant").shown == [
        "This one cannot be left out. If something stands in the way, ask for help."
    ]
    barrier = owner(TWO).presses("later").presses("later").says("what now")
    assert barrier.shown == ["Before we go on, these still wait for you:\n\n- Call the employee\n- Write it down"]


def test_help() -> None:
    """Asking for help tells the case; the task stays."""
    a = owner(TWO, helper=lambda: DAN).presses("help")
    assert a.decided == [AskForHelp("call")]
    assert a.shown[0].startswith("I am asking Dan Krogh to help you")
    assert owner(TWO).presses("help").shown[0].startswith("There is nobody I can ask just now.")
    assert a.asking == "call"


def test_a_settled_task_is_settled() -> None:
    """A second press, a second form and a late timer change nothing."""
    a = owner(TWO).presses("done")
    assert a.presses("later", step="call").shown == ["I have that already."]
    assert a.submits("call", word="x").shown == ["I have that already."]
    assert a.form_closed
    assert a.waits(timedelta(days=1), "due", "call").effects == []
    assert a.waits(timedelta(days=1), "due", "nothing").effects == []


@pytest.mark.parametrize("status", [Status.PAUSED, Status.STOPPED])
def test_a_task_ends_a_break(status: Status) -> None:
    """A press or a form of a task goes on with a talk that rests."""
    acts: tuple[Callable[[Conversation], object], ...] = (
        lambda t: t.presses("later"),
        lambda t: t.submits("one", state="ok"),
        lambda t: t.opens("one"),
    )
    for act in acts:
        a = owner(RECORDED)
        a.session = replace(a.session, status=status)
        act(a)
        assert a.session.status is Status.LIVE


def test_nothing_is_done_behind_the_end() -> None:
    """The buttons of a case that ended do nothing, and say so."""
    a = owner(f"- ask: First\n  id: first\n{TWO.strip()}").says("hi")
    a.session = replace(a.session, status=Status.ENDED, asking=None, stack=())
    for turn in (a.presses("done", step="call"), a.submits("call", x="y"), a.opens("call")):
        assert turn.decided == []
        assert turn.shown == ["That talk has ended. Write *report* if there is something new."]
    assert a.waits(timedelta(days=2), "due", "call").effects == []


def test_a_flow_does_not_leave_its_tasks() -> None:
    """Behind its last step, a flow waits for its tasks; a called one too, before it comes back."""
    a = owner("- task: It\n  id: it").presses("later")
    assert a.shown[-1] == "Before we go on, these still wait for you:\n\n- It"
    assert not a.ended
    assert a.presses("done", step="it").ended
    called = flow_of("- task: Theirs\n  id: theirs\n  then:\n  - say: Well done", name="other", audience="owner")
    flow = flow_of("- task: Mine\n  id: mine\n- call: other\n- say: Back\n- end: Bye", audience="owner")
    b = talk(flow, called, person=MIA).presses("later").presses("later")
    assert b.shown[-1].endswith("- Mine\n- Theirs")
    assert b.presses("done", step="other.theirs").shown[:2] == ["Well done", "Back"]
    assert b.presses("done", step="mine").shown == ["Bye"]


def test_closing_waits_for_tasks() -> None:
    """Neither a wait nor closing comes before the tasks above it."""
    for step in ("- wait: 1 day", "- do: close"):
        a = owner(f"- task: It\n  id: it\n{step}").presses("later")
        assert a.shown[-1].startswith("Before we go on")
        assert a.timers == {}
        assert a.decided == []


def test_mistakes() -> None:
    """What a task needs, and what its times may be."""

    def task(more: str) -> dict[str, str]:
        return problems_of(f"- task: It\n  id: it\n{more}")

    assert "missing-key" in problems_of("- task: It")
    assert "remind-without-due" in task("  remind: 30 min before")
    assert "duration" in task("  due: soon")
    assert "due" in task("  due:\n  - 1 day")
    assert "due" in task("  due:\n    high: 1 day")
    assert "unknown-word" in task("  due:\n    hihg: 1 day\n    otherwise: 2 days")
    assert "not-a-text" in task("  due:\n    high:\n    - 1 day\n    otherwise: 2 days")
    assert "unknown-word" in task("  due:\n    banana: 1 day\n    otherwise: 2 days")
    assert "duration" in task("  due:\n    high: soon\n    otherwise: 2 days")
    assert task("  due:\n    critical: 1 hour\n    high: 2 hours\n    medium: 1 day\n    low: 2 days") == {}
    assert "not-a-list" in task("  how: One")
