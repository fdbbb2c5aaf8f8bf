"""Typed words: a command, the answer to a doubt, an answer, or meant for another talk."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.answers import One, Words
from bot.core.effects import HandAway
from bot.core.facts import OtherTalk
from bot.core.ids import SessionId
from bot.core.session import Status
from bot.flow import words
from bot.flow.interpret import answers_exactly
from tests.talking import Conversation, talk
from tests.workplace import NOW

STEPS = """
- choose: What kind?
  id: kind
  options:
    manager: Manager
    managers: Managers
    help: Help
- ask: A word?
  id: word
"""
LATER = OtherTalk(SessionId("other.1"), "Another talk (A1B2)", NOW + timedelta(minutes=1))
EARLIER = OtherTalk(SessionId("other.1"), "Another talk (A1B2)", NOW - timedelta(minutes=1))


def two(other: OtherTalk = LATER) -> Conversation:
    return talk(STEPS, others=(other,))


def test_nothing_and_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty message and one that is too long are answered kindly, and nothing is kept."""
    assert talk(STEPS).says(" \u200e ").shown == ["Please write it in words.", "What kind?"]
    monkeypatch.setattr(words, "LONGEST_ANSWER", 10)
    a = talk(STEPS).says("x" * 11)
    assert a.shown[0].startswith("That is longer than I can keep")
    assert a.asking == "kind"


def test_a_command_that_is_offered_is_an_answer() -> None:
    """To the letter an option, a command word is that option; else it is the command."""
    a = talk(STEPS)
    assert answers_exactly(a.flows, a.session, a.facts, "help")
    assert not answers_exactly(a.flows, a.session, a.facts, "report")
    assert a.says("help").answer("kind") == One("help")
    assert not answers_exactly(a.flows, a.session, a.facts, "help")
    assert a.says("help").shown[0].startswith("You can write these at any time")


def test_several_doubts() -> None:
    """Of several that were near, one is chosen by its number, by a press, or none; other words are a new answer."""
    a = talk(STEPS).says("manageer")
    assert a.shown == ["Which one did you mean?"]
    assert a.choices == {"manager": "Manager", "managers": "Managers", "none_of_these": "No"}
    assert talk(STEPS).says("manageer").says("2").answer("kind") == One("managers")
    assert talk(STEPS).says("manageer").presses("managers").answer("kind") == One("managers")
    assert talk(STEPS).says("manageer").says("no").shown == ["What kind?"]
    assert talk(STEPS).says("manageer").says("yes").asking == "kind"
    assert talk(STEPS).says("manageer").says("help").shown[0].startswith("You can write these")
    assert talk(STEPS).says("manageer").says("managers").answer("kind") == One("managers")
    assert talk(STEPS).says("manageer").says("9").asking == "kind"
    assert talk(STEPS).says("manageer").says("²").asking == "kind"


def test_words_for_another_talk() -> None:
    """When another talk asked later, words may be meant for that one: it is asked back, and nothing is lost."""
    a = two().says("Manager")
    assert a.shown == ["I want to be sure where this belongs. Which one is it for?"]
    assert a.choices == {"case.1": "The talk", "other.1": "Another talk (A1B2)"}
    a.presses("other.1", step="which-talk")
    assert a.effects == [HandAway(SessionId("other.1"), "Manager")]
    b = two().says("Manager").presses("case.1", step="which-talk")
    assert b.answer("kind") == One("manager")


def test_which_talk_is_typed() -> None:
    """The talk is named by number or title; more words are kept with the first ones."""
    assert two().says("Manager").says("1").answer("kind") == One("manager")
    a = two().says("They wrote").says("to me").says("2")
    assert a.effects == [HandAway(SessionId("other.1"), "They wrote\nto me")]


def test_the_answer_to_a_doubt_is_meant_for_it() -> None:
    """Yes to the bot's last question is an answer to that, also when another talk waits."""
    a = two().at(now=NOW + timedelta(minutes=5)).says("pause").says("delete")
    assert a.says("yes").ended


def test_which_talk_too_late() -> None:
    """A talk that is gone, or a press that comes again, changes nothing."""
    a = two().says("Manager").at(others=()).presses("other.1", step="which-talk")
    assert a.shown == ["What kind?"]
    assert a.presses("other.1", step="which-talk").shown == ["I have that already."]


def test_words_are_meant_for_the_talk_that_asked_last() -> None:
    """Without a later question elsewhere, words answer here; handed over from elsewhere, too."""
    assert two(EARLIER).says("Manager").answer("kind") == One("manager")
    waiting = talk("- wait: 1 day", others=(EARLIER,)).says("Manager")
    assert waiting.shown == ["I want to be sure where this belongs. Which one is it for?"]
    ended = talk("- say: Bye", others=(EARLIER,)).says("Manager")
    assert ended.choices == {"case.1": "The talk", "other.1": "Another talk (A1B2)"}


def test_choosing_a_stopped_talk_goes_on_with_it() -> None:
    """Words that are meant for a talk that was stopped wake it."""
    a = two()
    a.session = replace(a.session, status=Status.STOPPED)
    assert a.says("Manager").presses("case.1", step="which-talk").answer("kind") == One("manager")
    assert a.session.status is Status.LIVE


def test_words_in_a_break_answer() -> None:
    """Words end a break, and count."""
    a = talk(STEPS).presses("manager").says("pause").says("They wrote")
    assert a.answer("word") == Words("They wrote")
