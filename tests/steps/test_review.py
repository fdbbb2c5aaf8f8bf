"""`review`: the answers are shown, can be changed, and are confirmed."""

from __future__ import annotations

from bot.core.answers import Many, One, Words
from bot.core.events import Command
from bot.core.replies import Show
from tests.talking import talk

STEPS = """
- choose: What would you like?
  id: wish
  options:
    report: Tell it
    advice: Only advice
- ask: Tell it
  id: story
  type: paragraph
  when: wish is report
- choose: What kind?
  id: kinds
  many: true
  options:
    threat: Threats
    other: Something else
- review: Is this right?
- say: Thank you.
"""


def test_it_shows_every_answer() -> None:
    """Each answer stands there with its question, a skipped one too, and each can be changed."""
    a = talk(STEPS).presses("report").says("skip").presses("threat", "other")
    assert [(f.label, f.value) for f in a.last.facts] == [
        ("What would you like?", "Tell it"),
        ("Tell it", "Not answered"),
        ("What kind?", "Threats and Something else"),
    ]
    assert a.choices == {
        "confirm": "Yes, send it",
        "change": "Change an answer",
    }
    assert a.ways_out == ["back", "stop", "emergency"]


def test_what_was_written_stands_behind_a_button() -> None:
    """The card stays in the chat; what people write is not quoted there, but shown outside of it."""
    a = talk(STEPS).presses("report").submits(story="zq they wrote").presses("threat")
    assert [f.value for f in a.last.facts] == ["Tell it", "Written (not shown here)", "Threats"]
    assert a.ways_out == ["read", "back", "stop", "emergency"]
    assert "zq" not in repr(a.last)
    for shown in (a.commands(Command.READ).reply, a.says("Read what I wrote.").reply):
        assert isinstance(shown, Show)
        assert ("Tell it", "zq they wrote") in [(f.label, f.value) for f in shown.facts]
    assert a.says("yes").ended


def test_what_is_changed_is_picked_from_a_list() -> None:
    """By button, number or words; none of them leads back."""
    for pressed in (True, False):
        a = talk(STEPS).presses("report").says("skip").presses("threat", "other")
        a = a.presses("change") if pressed else a.says("2")
        assert a.shown == ["Which answer would you like to change?"]
        assert a.choices == {
            "change:talk.wish": "What would you like?",
            "change:talk.story": "Tell it",
            "change:talk.kinds": "What kind?",
            "none_of_these": "None of them",
        }
        assert (a.presses("change:talk.kinds") if pressed else a.says("3")).asking == "kinds"
    again = talk(STEPS).presses("advice").presses("other").says("change")
    assert again.presses("none_of_these").last.text == "Is this right?"
    assert again.says("change an answer").says("what kind").asking == "kinds"
    assert again.presses("threat").says("3").last.text == "Is this right?"  # it counts what was shown
    assert talk(STEPS, language="da").presses("advice").presses("other").says("ret").shown == [
        "Hvilket svar vil du rette?"
    ]


def test_it_says_that_it_sends_only_where_it_does() -> None:
    """In a case that is open already there is nothing left to send."""
    a = talk(STEPS).presses("advice").view(opened=True).presses("other")
    assert a.choices["confirm"] == "Yes, this is right"
    danish = talk(STEPS, language="da").presses("advice").presses("other")
    assert danish.choices["confirm"] == "Ja, send det"


def test_it_is_confirmed() -> None:
    """A press, yes, the label or its number confirms."""
    for words in ("yes", "Yes, send it", "1"):
        assert talk(STEPS).presses("advice").presses("other").says(words).shown == ["Thank you."]
    assert talk(STEPS).presses("advice").presses("other").presses("confirm").ended


def test_what_is_no_answer_asks_again() -> None:
    """A word, a press or a form that the review does not know leaves it open; a doubt is asked back."""
    a = talk(STEPS).presses("advice").presses("other")
    assert a.says("banana").last.text == "Is this right?"
    assert a.presses("change:talk.story").last.text == "Is this right?"
    assert a.submits(x="y").errors
    assert a.says("change kind").shown == ["Did you mean **Change: What kind?**?"]
    assert a.says("no").last.text == "Is this right?"
    assert a.says("skip").shown[0].startswith("I need an answer to this one")


def test_a_change_replays_from_there() -> None:
    """A changed answer replays the talk: what still fits stays, what no longer applies is no answer."""
    a = talk(STEPS).presses("report").submits(story="They wrote").presses("threat")
    a.says("change: what would you like?")
    assert a.last.text == "What would you like?"
    a.presses("advice")
    assert a.last.text == "Is this right?"
    assert [f.label for f in a.last.facts] == ["What would you like?", "What kind?"]
    assert a.answer("story") is None
    a.presses("change:talk.wish").presses("report")
    assert a.last.text == "Is this right?"  # the story was kept, and fits again
    assert a.answer("story") == Words("They wrote")


def test_the_same_answer_again_changes_nothing() -> None:
    """Whoever looks at a question and answers as before is back at the review."""
    a = talk(STEPS).presses("report").submits(story="They wrote").presses("threat")
    a.presses("change:talk.kinds").presses("threat")
    assert a.last.text == "Is this right?"
    assert (a.answer("wish"), a.answer("kinds")) == (One("report"), Many(("threat",)))


def test_back_from_a_review() -> None:
    """Back asks the last question again, and the review after it."""
    a = talk(STEPS).presses("advice").presses("other").says("back")
    assert a.asking == "kinds"
    assert a.presses("threat").last.text == "Is this right?"
