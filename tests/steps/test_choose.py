"""`choose`: one of some options, or several."""

from __future__ import annotations

from bot.core.answers import Many, One, Skipped
from bot.core.events import Command
from bot.core.messages import Asks
from tests.talking import talk
from tests.written import danish, flow_of, problems_of

ONE = """
- choose: What would you like?
  id: wish
  hint: Take your time
  options:
    report: Tell what has happened
    advice: Only advice
- say: You said {wish}.
"""
MANY = """
- choose: What kind is it?
  id: kinds
  many: true
  required: true
  options:
    threat: Threats
    doxxing: My address made public
    other: Something else
- say: You said {kinds}.
"""


def test_one_is_chosen_by_its_button() -> None:
    """A press answers, the question then reads as answered, and the talk goes on."""
    a = talk(ONE)
    assert a.last.asks is Asks.ONE
    assert a.last.hint == "Take your time"
    assert a.choices == {"report": "Tell what has happened", "advice": "Only advice"}
    assert a.ways_out == ["skip", "stop", "emergency"]
    a.presses("advice")
    assert a.answer("wish") == One("advice")
    assert a.marked == ["What would you like?\n\n✓ Only advice"]
    assert a.shown == ["You said Only advice."]
    assert a.ended


def test_one_is_typed() -> None:
    """A label, its beginning or its number answers as the button does."""
    assert talk(ONE).says("only advice").answer("wish") == One("advice")
    assert talk(ONE).says("1").answer("wish") == One("report")


def test_what_is_not_offered_is_asked_again() -> None:
    """Neither words nor a press that is not among the options is taken."""
    a = talk(ONE).says("banana")
    assert a.shown[0].startswith("I am not sure where that belongs. Please choose one of the answers.")
    assert a.last.text == "What would you like?"
    a.presses("banana")
    assert a.asking == "wish"
    a.presses("report", "advice")
    assert a.asking == "wish"
    a.presses()
    assert a.asking == "wish"


def test_a_doubt_is_asked_back() -> None:
    """A close spelling is not guessed: yes takes it, no asks the question again."""
    a = talk(MANY).says("threads")
    assert a.shown == ["Did you mean **Threats**?"]
    assert a.choices == {"threat": "Yes", "none_of_these": "No"}
    assert talk(MANY).says("threads").says("yes").answer("kinds") == Many(("threat",))
    a.presses("none_of_these")
    assert a.asking == "kinds"
    assert a.shown == ["What kind is it?"]


def test_several_are_ticked_or_typed() -> None:
    """Ticks are kept in the order of the options, whatever order they came in."""
    a = talk(MANY)
    assert a.last.asks is Asks.MANY
    assert a.last.hint.startswith("You can choose several.")
    a.presses("other", "threat")
    assert a.answer("kinds") == Many(("threat", "other"))
    assert a.shown == ["You said Threats and Something else."]
    assert talk(MANY).says("3, 1").answer("kinds") == Many(("threat", "other"))
    assert talk(MANY).says("my address").answer("kinds") == Many(("doxxing",))


def test_skip() -> None:
    """A question is skipped, unless it is required."""
    assert talk(ONE).commands(Command.SKIP).answer("wish") == Skipped()
    a = talk(MANY)
    assert "skip" not in a.ways_out
    a.says("skip")
    assert a.shown[0].startswith("I need an answer to this one")
    assert a.asking == "kinds"


def test_words_a_form_and_files_are_no_answer() -> None:
    """What cannot answer a choice leaves it open."""
    a = talk(ONE).submits(wish="report")
    assert a.errors == {"wish": "I am not sure where that belongs. Please choose one of the answers."}
    a.attaches("a.png")
    assert a.shown[0].startswith("I was not expecting a file")
    assert a.asking == "wish"


def test_it_speaks_danish() -> None:
    """Question and options are in the reader's language, and typed answers are matched in it."""
    flow = danish(
        flow_of(ONE),
        {"What would you like?": "Hvad vil du?", "Only advice": "Kun råd", "Tell what has happened": "Fortælle"},
    )
    a = talk(flow, language="da")
    assert a.last.text == "Hvad vil du?"
    assert a.choices == {"report": "Fortælle", "advice": "Kun råd"}
    a.says("kun raad")
    assert a.shown == ["Mente du **Kun råd**?"]
    a.says("ja")
    assert a.answer("wish") == One("advice")


def test_mistakes() -> None:
    """A choice without options, id or text is a mistake; so are more than ten options."""
    assert problems_of("- choose: Which?\n  id: a")["missing-key"] == '"options:" is missing: what can be chosen?'
    assert problems_of("- choose: Which?\n  options:\n    a: A")["missing-key"] == '"id:" is missing here.'
    many = "".join(f"    o{n}: Option {n}\n" for n in range(11))
    assert (
        problems_of(f"- choose: Which?\n  id: a\n  options:\n{many}")["too-many-options"] == "at most 10 options fit."
    )


def test_what_it_means_is_kept() -> None:
    """An option named like a role tells the case who did it."""
    a = talk(
        """
        - choose: Who did it?
          id: who
          means: accused
          options:
            manager: My manager
            customer: A customer
        """
    )
    a.presses("manager")
    assert "mia" in a.facts.view.excluded


SIGNS = """
- choose: Does any of this fit?
  id: signs
  many: true
  options:
    weapon: A weapon
    home: My home
    none: None of these
- choose: One?
  id: one
  options:
    none: None
    some: Some
- ask: How afraid?
  id: fear
  type: scale
  from: 1
  to: 5
- form: F
  id: f
  fields:
  - choose: Does any of this fit?
    id: again
    many: true
    options:
      weapon: A weapon
      none: None of these
"""


def test_what_was_chosen_before_is_shown_as_chosen() -> None:
    a = talk(SIGNS)
    assert a.last.chosen == ()
    a.presses("weapon", "home").presses("some")
    assert a.presses("4").says("back").last.chosen == ("4",)
    assert a.says("back").last.chosen == ("some",)
    assert a.says("back").last.chosen == ("weapon", "home")
    assert talk(SIGNS).says("skip").says("back").last.chosen == ()


def test_none_of_these_goes_with_no_other() -> None:
    """Pressed, typed or in a form; and it is an option like any other where one is chosen."""
    alone = "**None of these** stands alone. Please choose it by itself, or leave it out."
    a = talk(SIGNS)
    assert [choice.id for choice in a.last.choices if choice.alone] == ["none"]
    assert a.presses("weapon", "none").shown[0] == alone
    assert a.says("a weapon, none of these").shown[0] == alone
    assert not any(choice.alone for choice in a.presses("none").last.choices)
    a.presses("none").says("3")
    assert a.submits(again=("weapon", "none")).errors == {"again": alone}
    assert a.submits(again="none").form_closed
