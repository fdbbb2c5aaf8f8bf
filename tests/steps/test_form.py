"""`form`: several questions in one modal, taken back as answers."""

from __future__ import annotations

from decimal import Decimal

from bot.core.answers import Many, Number, One, Skipped, Words
from bot.core.events import Command
from bot.core.messages import Asks
from bot.core.session import Status
from bot.core.texts import LONGEST_ANSWER
from tests.talking import talk
from tests.written import danish, flow_of, problems_of

STEPS = """
- choose: Is it about you?
  id: own
  options:
    yes: Yes
    no: No
- form: What happened
  id: what
  hint: Only what you want to tell
  fields:
  - choose: What kind is it?
    id: kinds
    many: true
    options:
      threat: Threats
      doxxing: My address made public
  - choose: Has it stopped?
    id: stopped
    hint: As far as you know
    options:
      yes: Yes
      no: No
  - ask: Whom did it happen to?
    id: whom
    when: own is no
  - ask: Tell it in your own words
    id: story
    type: paragraph
    required: true
- review: Is this right?
"""


def test_only_fields_that_apply_are_asked() -> None:
    """A field whose condition does not hold is not in the form."""
    a = talk(STEPS).presses("yes")
    assert a.last.asks is Asks.FORM
    assert a.last.hint == "Only what you want to tell"
    assert a.ways_out == ["back", "stop", "emergency"]  # a required field: not to be skipped
    a.opens()
    assert [f.id for f in a.form.fields] == ["kinds", "stopped", "story"]
    assert [f.id for f in talk(STEPS).presses("no").opens().form.fields] == ["kinds", "stopped", "whom", "story"]


def test_a_form_says_what_sends_it() -> None:
    """By its own button, translated as every text; without one, by the bot's word."""
    assert talk(STEPS).presses("yes").opens().form.submit == "Save"
    named = STEPS.replace("- review", "  button: Send it off\n- review")
    assert talk(named).presses("yes").opens().form.submit == "Send it off"
    assert talk(flow_of(STEPS)).flows.current["talk"].structure == flow_of(named).structure
    in_danish = danish(flow_of(named), {"Send it off": "Send det"})
    assert talk(in_danish, language="da").presses("yes").opens().form.submit == "Send det"


def test_a_form_is_submitted() -> None:
    """Values become answers; an empty field is skipped."""
    a = talk(STEPS).presses("yes").submits(kinds=("doxxing", "threat"), stopped="no", story="They wrote")
    assert a.form_closed
    assert a.answer("kinds") == Many(("threat", "doxxing"))
    assert a.answer("stopped") == One("no")
    assert a.answer("story") == Words("They wrote")
    assert a.answer("whom") is None
    assert a.marked == ["What happened\n\n✓ Thank you. I have saved it."]
    b = talk(STEPS).presses("yes").submits(story="They wrote")
    assert b.answer("kinds") == Skipped()


def test_every_mistake_is_named_at_its_field() -> None:
    """A form with mistakes stays open and changes nothing; the mended one counts."""
    a = talk(STEPS).presses("yes")
    before = a.session
    a.submits(kinds="banana", stopped=("yes", "no"), story="  ")
    assert list(a.errors) == ["kinds", "stopped", "story"]
    assert a.errors["story"] == "Please answer this one."
    assert a.session == before
    assert a.submits(kinds="threat", story="They wrote").form_closed


def test_typed_words_stand_in_the_form() -> None:
    """What was typed where a form is asked is kept, and stands in the field for a story."""
    a = talk(STEPS).presses("yes").says("They wrote to me")
    assert a.shown[0].startswith("I have kept what you wrote and put it in the form")
    assert a.last.text == "What happened"
    assert a.answer("story") is None
    a.opens()
    assert {f.id: f.initial for f in a.form.fields}["story"] == ("They wrote to me",)


def test_a_story_that_comes_in_pieces_stands_in_the_form_whole() -> None:
    """Each message adds to the words before, also to those of an answer that is being changed."""
    a = talk(STEPS).presses("yes").says("They wrote to me").says("And they called").opens()
    assert {f.id: f.initial for f in a.form.fields}["story"] == ("They wrote to me\nAnd they called",)
    a.submits(kinds="threat", story="They wrote").presses("change:talk.what").says("And they called").opens()
    assert {f.id: f.initial for f in a.form.fields}["story"] == ("They wrote\nAnd they called",)
    b = talk("- form: A\n  id: f\n  fields:\n  - ask: A word\n    id: word").says("one").says("two").opens()
    assert b.form.fields[0].initial == ("one two",)


def test_what_is_too_long_together_leaves_the_words_before() -> None:
    a = talk(STEPS).presses("yes").says("x" * (LONGEST_ANSWER - 1)).says("yz")
    assert a.shown[0].startswith("That is longer than I can keep in one piece.")
    a.opens()
    assert len({f.id: f.initial for f in a.form.fields}["story"][0]) == LONGEST_ANSWER - 1


WORD = "- form: A\n  id: f\n  fields:\n  - ask: A word\n    id: word\n- ask: B\n  id: b"


def test_typed_words_are_not_thrown_away_by_skip() -> None:
    """Skip asks whether to leave them out: no shows the form with them, yes goes on without."""
    a = talk(WORD).says("They wrote to me").says("skip")
    assert a.shown[0].startswith("What you wrote here still waits in the form. If you skip it, I leave out")
    assert a.choices == {"sure": "Yes", "none_of_these": "No"}
    assert a.asking == "f"
    assert a.says("no").last.asks is Asks.FORM
    assert a.opens().form.fields[0].initial == ("They wrote to me",)
    a.commands(Command.SKIP, "f").says("pause").presses("sure", step="confirm-skip")
    assert (a.asking, a.answer("word")) == ("b", Skipped())
    assert a.session.status is Status.LIVE
    assert a.says("back").opens().form.fields[0].initial == ()  # they are gone, as was said
    assert a.presses("sure", step="confirm-skip").shown == ["I have that already."]


def test_a_form_that_nothing_was_typed_for_is_skipped_at_once() -> None:
    """So is one whose answer from before is only being changed: it was given, and skipping takes it back."""
    assert talk(WORD).says("skip").asking == "b"
    assert talk(WORD).submits(word="x").says("back").says("skip").answer("word") == Skipped()


def test_a_form_without_room_for_words_says_so() -> None:
    """Typed words need a field that takes a story, else a text; without one only the form is shown again."""
    short = (
        "- form: A\n  id: f\n  fields:\n  - ask: A word\n    id: word\n  - ask: How many\n    id: n\n    type: number"
    )
    a = talk(short).says("hello").opens()
    assert {f.id: f.initial for f in a.form.fields} == {"word": ("hello",), "n": ()}
    a = talk("- form: A\n  id: f\n  fields:\n  - ask: How many\n    id: n\n    type: number").says("hello")
    assert a.asking == "f"
    assert a.opens().form.fields[0].initial == ()
    assert a.submits(n="4").answer("n") == Number(Decimal(4))


def test_a_press_is_no_answer_to_a_form() -> None:
    """A button that a form does not have leaves it open."""
    a = talk(STEPS).presses("yes").presses("banana")
    assert a.asking == "what"


def test_a_form_is_skipped_whole() -> None:
    """Without a required field a form is skipped, all of it."""
    a = talk("- form: A\n  id: f\n  fields:\n  - ask: A word\n    id: word\n  - ask: Another\n    id: other")
    assert a.ways_out == ["skip", "stop", "emergency"]
    a.commands(Command.SKIP)
    assert (a.answer("word"), a.answer("other")) == (Skipped(), Skipped())
    assert a.marked == ["A\n\n✓ Not answered"]


def test_a_form_with_nothing_to_ask_is_passed_over() -> None:
    """Where no field applies there is no form."""
    a = talk(
        """
        - choose: Is it about you?
          id: own
          options:
            yes: Yes
            no: No
        - form: About others
          id: others
          fields:
          - ask: Who?
            id: who
            when: own is no
        - say: Thank you.
        """
    ).presses("yes")
    assert a.shown == ["Thank you."]


def test_a_form_opens_again_with_its_answers() -> None:
    """Changed in a review, a form shows what was answered."""
    a = talk(STEPS).presses("yes").submits(kinds=("threat",), stopped="no", story="They wrote")
    a.presses("change:talk.what").opens()
    assert {f.id: f.initial for f in a.form.fields} == {
        "kinds": ("threat",),
        "stopped": ("no",),
        "story": ("They wrote",),
    }
    a.submits(kinds=("doxxing",), story="They wrote")
    assert a.asking == "#6" or a.last.text == "Is this right?"
    assert a.answer("kinds") == Many(("doxxing",))


def test_a_form_that_still_fits_is_taken_again() -> None:
    """After an earlier change a form is asked again only when a field has no fitting answer."""
    a = talk(STEPS).presses("yes").submits(story="They wrote").presses("change:talk.own").presses("yes")
    assert a.last.text == "Is this right?"
    assert a.answer("story") == Words("They wrote")
    assert a.answer("kinds") == Skipped()
    a.presses("change:talk.own").presses("no")
    assert a.asking == "what"  # it has a field more now
    a.submits(story="They wrote", whom="Bo").presses("change:talk.own").presses("yes")
    assert a.last.text == "Is this right?"
    assert a.answer("whom") is None


def test_mistakes() -> None:
    """A form holds questions, at most twelve, and no files."""
    field = "  - ask: Q\n    id: q{n}\n"
    assert "too-many-fields" in problems_of(
        "- form: A\n  id: f\n  fields:\n" + "".join(field.format(n=n) for n in range(13))
    )
    assert "files-in-form" in problems_of("- form: A\n  id: f\n  fields:\n  - ask: Q\n    id: q\n    type: files")
    assert "missing-key" in problems_of("- form: A\n  id: f")
    assert "missing-key" in problems_of("- form: A\n  fields:\n  - ask: Q\n    id: q")
    assert "missing-key" in problems_of("- form: A\n  id: f\n  fields:\n  - ask: Q")
    assert "not-a-question" in problems_of("- form: A\n  id: f\n  fields:\n  - say: Q\n    id: q")
    assert "empty-form" in problems_of("- form: A\n  id: f\n  fields:\n  - say: Q\n    id: q")
    assert "not-a-question" in problems_of("- form: A\n  id: f\n  fields:\n  - words")
    assert "not-a-list" in problems_of("- form: A\n  id: f\n  fields: words")


TOLD = """
- choose: Who did it?
  id: who
  options:
    other: Somebody else
    unknown: I do not know
- form: A
  id: f
  fields:
  - ask: A word
    id: word
- choose: And?
  id: more
  options:
    a: Apples
    b: Pears
"""


def test_what_was_told_before_the_form_waits_in_it() -> None:
    """Before the talk, and at a question with options; a few words there are only a wrong choice."""
    a = talk(TOLD, told="He is after me")
    assert a.shown[0].startswith("Thank you for telling me. I have kept it and shown it to nobody.")
    assert a.says("He knows where I live").shown[0].startswith("Thank you. I have kept that for the form")
    assert a.says("who then").shown[0].startswith("I am not sure where that belongs.")
    assert a.asking == "who"
    a.presses("unknown").opens()
    assert a.form.fields[0].initial == ("He is after me He knows where I live",)
    assert a.answer("word") is None
    a.submits(word="x").says("I cannot tell you that")
    assert (a.shown[0], a.answer("word")) == (
        "I am not sure where that belongs. Please choose one of the answers.",
        Words("x"),
    )


def test_what_was_told_where_there_is_no_place_for_it() -> None:
    """Nothing is promised that is not kept."""
    assert talk("- ask: B\n  id: b", told="He is after me").shown == ["B"]
    number = "- form: A\n  id: f\n  fields:\n  - ask: N\n    id: n\n    type: number"
    assert talk(number, told="He is after me").shown == ["A"]
    assert talk(TOLD, told="x" * (LONGEST_ANSWER + 1)).shown[0].startswith("That is longer than I can")
