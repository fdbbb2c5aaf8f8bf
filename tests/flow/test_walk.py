"""Going through a flow: forward, over commands and waits, and to its end."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.answers import Many, One, Words
from bot.core.case_commands import OpenCase, SetConsent, WriteNote
from bot.core.effects import Send, TellWhoSees
from bot.core.events import Command, TimerFired
from bot.core.people import Role
from bot.core.session import Status, Visit
from bot.errors import Invariant
from bot.flow import walk
from tests.flow.report import REPORT, told
from tests.talking import CASE, talk
from tests.workplace import NOW


def test_a_report() -> None:
    """From the first question to the end, with its progress, and what the case is told on the way."""
    a = talk(REPORT)
    assert a.last.progress == (1, 6)
    a.presses("customer")
    assert a.decided == []
    a.presses("hr")
    assert a.decided == [SetConsent(frozenset({Role.HR}), without_name=False)]
    assert a.shown == ["Now the story.", "What happened"]
    a.submits(story="They wrote").presses("confirm")
    assert a.decided == [OpenCase()]
    assert a.shown == ["More?"]
    a.presses("n")
    assert a.shown == ["Goodbye"]
    assert a.ended


def test_what_was_sent_is_behind() -> None:
    """Behind an opened case there is no way back, and the answers stay."""
    a = told().presses("confirm").says("back")
    assert a.shown == ["What came before this has been sent, so I cannot go back to it.", "More?"]
    assert "back" not in a.ways_out
    assert a.answer("story") == Words("They wrote")


def test_a_case_that_cannot_be_opened_asks_who_may_know_again() -> None:
    """When nobody can be told, the consent is asked once more, and the case can then be opened."""
    a = told(refuses=True).presses("confirm")
    assert a.asking == "may_know"
    a.refuses = False
    a.presses("hr")
    assert a.last.text == "Is this right?"
    assert a.presses("confirm").decided == [OpenCase()]
    assert a.asking == "more"


def test_a_case_that_cannot_be_opened_without_a_consent() -> None:
    """With no consent to change, the talk goes on."""
    a = talk("- ask: A word\n  id: w\n- do: open_case\n- say: On", refuses=True).says("hi")
    assert a.shown == ["On"]
    assert a.ended


def test_a_wait_wakes_a_talk_that_was_stopped() -> None:
    """What comes after a wait comes, whatever was said before."""
    a = talk("- wait: 1 day\n- ask: How are you?\n  id: how").says("stop").waits(timedelta(days=1), "wait", "#0")
    assert a.shown == ["How are you?"]
    assert a.session.status is Status.LIVE


def test_a_timer_of_another_talk() -> None:
    """A timer that names another talk changes nothing; nor do words of the bot's own while the talk sleeps."""
    a = talk("- wait: 1 day\n- say: On")
    assert a.says("who can see this?").effects == [TellWhoSees()]
    assert a.take(TimerFired("t", NOW, CASE, "wait:case.2:talk.#0", NOW)).shown == []
    assert a.waits(timedelta(), "wait", "#0").shown == ["On"]


def test_a_note_is_kept_once() -> None:
    """A note that the talk makes is a command, and stands with the answers."""
    a = talk("- choose: A?\n  id: a\n  options:\n    y: Y\n- do: note\n  text: Seen\n- ask: B?\n  id: b").presses("y")
    assert a.decided == [WriteNote("Seen")]
    assert a.says("back").presses("y").decided == []


def test_a_flow_longer_than_any(monkeypatch: pytest.MonkeyPatch) -> None:
    """More steps than there can be in one turn are a fault of ours, and said so."""
    monkeypatch.setattr(walk, "MOST_STEPS", 3)
    with pytest.raises(Invariant, match="more than 3 steps"):
        talk("- say: A\n- say: B\n- say: C\n- say: D")


def test_questions_of_a_structure_that_is_gone_are_not_reviewed() -> None:
    """What is no question any more is passed over in a review."""
    a = talk("- ask: A?\n  id: a\n- review: Right?").says("x")
    a.session = replace(a.session, trail=(*a.session.trail, Visit("talk.gone", ()), Visit("gone.it", ())))
    assert [f.label for f in a.commands(Command.WHO_SEES).last.facts] == ["A?"]


def test_every_message_goes_to_the_talks_person_and_a_talk_ends_by_itself() -> None:
    a = told().presses("confirm").presses("n")
    assert all(e.to == "ada" for e in a.effects if isinstance(e, Send))
    assert a.session.status is Status.ENDED
    assert (a.answer("who"), a.answer("may_know")) == (One("customer"), Many(("manager", "hr")))
    assert a.facts.now == NOW
