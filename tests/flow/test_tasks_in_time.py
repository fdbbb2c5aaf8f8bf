"""Tasks while time goes on: reminders, overdue, and somebody else who takes over."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from bot.core.answers import Words
from bot.core.case_commands import Escalate, TaskDone
from bot.core.effects import CancelTimer
from bot.core.events import Command
from bot.core.people import Role
from bot.core.session import Given, TaskState
from tests.flow.tasks import RECORDED, TWO, owner
from tests.workplace import BEA, NOW


def test_a_reminder_comes_before_it_is_due() -> None:
    """A reminder names the task and its time, and never goes up the ladder."""
    a = owner(TWO).waits(timedelta(hours=23), "remind", "call")
    assert a.shown == ["A reminder: **Call the employee**. Please do it before 10:00."]
    assert a.decided == []


def test_overdue_goes_up() -> None:
    """Past its time a task goes up the ladder, and can still be done."""
    a = owner(TWO).waits(timedelta(days=1), "due", "call")
    assert a.shown[0].startswith("The time for **Call the employee** has passed")
    assert a.decided == [Escalate("overdue", "call")]
    assert a.presses("done", step="call").decided == [TaskDone("call")]


def test_missed_reminders_come_as_one() -> None:
    """After a standstill, one message lists what is open, and the reminders behind it are off."""
    a = owner(TWO).presses("later")
    due = NOW + timedelta(hours=23)
    a.fires("remind", "call", due, due + timedelta(hours=1))
    assert a.shown == [
        "While I was away, these came up. They still wait for you:\n\n- Call the employee\n- Write it down"
    ]
    assert CancelTimer("remind:case.1:talk.write") in a.effects


def test_a_deadline_of_the_country() -> None:
    """A legal deadline counts from what was told, and is reminded of a day before, as long as it is known."""
    steps = "- task: Tell the police\n  id: police\n  deadline: police\n- end: Bye"
    happened = NOW - timedelta(hours=10)
    a = owner(steps, dated={"incident_time": happened})
    assert [(f.label, f.value) for f in a.last.facts] == [
        ("Deadline", "Tell the police. (Saturday 28 November at 00\\:00)")
    ]
    assert a.timers == {"deadline": happened + timedelta(hours=48)}
    a.fires("deadline", "police", happened + timedelta(hours=48), happened + timedelta(hours=48))
    assert a.shown == ["A reminder: **Tell the police**. Please do it before Saturday 28 November at 00:00."]
    assert a.at(dated={}).waits(timedelta(), "deadline", "police").shown == []
    unknown = owner(steps)
    assert [(f.label, f.value) for f in unknown.last.facts] == [("Deadline", "Tell the police.")]
    assert unknown.timers == {}
    late = owner(steps, dated={"incident_time": NOW - timedelta(hours=60)})
    assert late.timers == {}
    assert owner(steps.replace("deadline: police", "deadline: nothing")).last.facts == ()


# --- somebody else takes over --------------------------------------------------------------------------------------


def test_a_new_owner_gets_the_cards() -> None:
    """Open tasks are shown to whoever takes over, with their time begun anew; done ones are not."""
    a = owner(TWO).presses("later").at(now=NOW + timedelta(hours=5)).is_taken_over_by(BEA)
    assert [m.text.split("\n")[0] for m in a.messages] == ["**Call the employee**", "**Write it down**"]
    assert a.session.tasks["talk.call"].state is TaskState.OPEN
    assert a.timers["due"] == datetime(2026, 11, 26, 14, 0, tzinfo=UTC)
    assert a.presses("done", step="call").decided == [TaskDone("call")]


def test_a_new_owner_gets_the_question_too() -> None:
    """What was being asked is asked of whoever takes over, also where the one before had stopped."""
    a = owner(RECORDED).presses("later").submits("one", state="ok").commands(Command.STOP).is_taken_over_by(BEA)
    assert [m.text.split("\n")[0] for m in a.messages] == ["**Second**", "What did you do at first?"]
    assert a.says("this").asking == "two"


def test_a_talk_that_was_held_back_begins() -> None:
    """Steps that were left for whoever takes the case are gone on with then."""
    a = owner(TWO)
    a.session = replace(a.session, asking=None, tasks={})
    assert a.is_taken_over_by(BEA).asking == "call"
    assert owner("- say: Done").is_taken_over_by(BEA).effects == []


def test_what_was_told_can_be_read_from_a_card() -> None:
    """Where something is shared with the owner, the card offers to read it."""
    shared = {"report.story": Given(Words("They wrote"), frozenset({Role.OWNER}), NOW)}
    assert owner(TWO).last.commands == ()
    assert [c.id for c in owner(TWO, shared=shared).last.commands] == ["read", "emergency"]


def test_a_task_that_is_shown_again() -> None:
    """After a word of the bot's own, the card stands there again with the time it had."""
    a = owner(TWO).at(now=NOW + timedelta(hours=1)).commands(Command.WHO_SEES)
    assert a.last.text.startswith("**Call the employee**")
    assert a.last.facts[0].value == "Thursday 26 November at 10\\:00"
    assert a.timers == {}
    assert a.says("hide").says("resume").last.text.startswith("**Call the employee**")


def test_what_is_overdue_is_asked_for_each_working_day_then_each_week() -> None:
    """The owner is reminded kindly, in working hours, with a way to hand it over; nothing more once it is done."""
    a = owner(TWO)
    at = a.timers["due"]
    a.fires("due", "call", at, at)
    days = []
    for _ in range(13):
        (at,) = [when for kind, when in a.timers.items() if kind == "chase"]
        a.fires("chase", "", at, at)
        assert a.shown[0].startswith("Ada Holm still needs this from you, case K7Q")
        assert "- Call the employee" in a.shown[0]
        days.append(at)
    gaps = [(later - earlier).days for earlier, later in pairwise(days)]
    assert (sum(gaps[:4]), gaps[5:]) == (6, [7] * 7)
    assert "chase" not in a.timers
    a.presses("done", step="call")
    assert a.fires("chase", "", at, at).shown == []


def test_what_may_be_left_out_is_not_asked_for_again() -> None:
    a = owner("- task: Now\n  id: now\n  due: 10 min\n- end: Bye")
    a.fires("due", "now", NOW, NOW)
    assert "chase" not in a.timers
