"""Going through a flow: forward, back over blocks and called flows, over commands, and to its end."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.answers import Day, Many, One, Skipped, Words
from bot.core.case_commands import OpenCase, PageOnCall, SetAccused, SetConsent, WriteNote
from bot.core.effects import Send, TellWhoSees
from bot.core.events import Command, TimerFired
from bot.core.people import Role
from bot.core.session import Status, Visit
from bot.errors import Invariant
from bot.flow import walk
from tests.talking import CASE, DAN, MIA, NOW, Conversation, flow_of, talk

REPORT = """
- choose: Who did it?
  id: who
  means: accused
  options:
    customer: A customer
    colleague: A colleague
    manager: My manager
- ask: Which colleague?
  id: colleague
  type: person
  means: accused
  when: who is colleague
- consent: Who may know?
  id: may_know
  required: true
  options:
    manager: My manager
    hr: HR
- if: nobody in may_know
  then:
  - end: Nothing is sent.
- say: Now the story.
- form: What happened
  id: what
  fields:
  - ask: Tell it
    id: story
    type: paragraph
- review: Is this right?
- do: open_case
- choose: More?
  id: more
  options:
    y: Y
    n: N
- end: Goodbye
"""


def told(**changes: object) -> Conversation:
    """A report up to its review."""
    return talk(REPORT, **changes).presses("customer").presses("manager", "hr").submits(story="They wrote")


def test_a_report() -> None:
    """From the first question to the end, with its progress, and what the case is told on the way."""
    a = talk(REPORT)
    assert a.last.progress == (1, 5)
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


def test_what_was_said_is_not_said_again() -> None:
    """When a talk is replayed, texts and commands are not repeated."""
    a = told().presses("change:talk.who").presses("customer")
    assert a.shown == ["Is this right?"]
    b = talk("- choose: A?\n  id: a\n  options:\n    y: Y\n- do: page_on_call\n- ask: B?\n  id: b").presses("y")
    assert b.decided == [PageOnCall()]
    assert b.says("back").presses("y").decided == []
    assert b.asking == "b"


def test_an_answer_that_no_longer_fits_is_asked_again() -> None:
    """A consent for whoever is accused now is asked again; the story is kept."""
    a = told().presses("change:talk.who").presses("manager")
    assert a.asking == "may_know"
    assert a.decided == [SetAccused(frozenset({MIA}), unresolved=False)]
    a.presses("hr")
    assert a.last.text == "Is this right?"
    assert [f.value for f in a.last.facts] == ["My manager", "HR", "They wrote"]


def test_a_question_that_was_not_asked_before_is_asked() -> None:
    """A change that opens a question asks it, and what was named there counts only while it is asked."""
    a = told().presses("change:talk.who").presses("colleague")
    assert a.asking == "colleague"
    a.says("Dan Krogh")
    assert a.last.text == "Is this right?"
    assert DAN in a.facts.view.excluded
    a.presses("change:talk.who").presses("customer")
    assert a.last.text == "Is this right?"
    assert a.facts.view.excluded == frozenset()


def test_a_person_who_has_left_is_asked_again() -> None:
    """A kept answer that names somebody who is no longer there does not fit."""
    a = talk(REPORT).presses("colleague").says("Dan Krogh").presses("hr").submits(story="x")
    people = replace(a.facts.people, by_id={k: v for k, v in a.facts.people.by_id.items() if k != DAN})
    a.at(people=people).presses("change:talk.who").presses("colleague")
    assert a.asking == "colleague"


@pytest.mark.parametrize(
    ("kind", "first", "fits"),
    [
        ("number", "4", True),
        ("text", "hi", True),
        ("date", "yesterday", True),
        ("time", "14:30", True),
        ("datetime", "yesterday at 9", True),
        ("person", "Dan Krogh", True),
        ("person", "Not on the list", True),
        ("scale\n  from: 1\n  to: 5", "4", True),
    ],
)
def test_every_kind_of_answer_is_taken_again(kind: str, first: str, fits: bool) -> None:
    """After a change before it, an answer of each kind that still fits stays."""
    steps = (
        f"- choose: A?\n  id: a\n  options:\n    y: Y\n    n: N\n- ask: It?\n  id: it\n  type: {kind}\n- review: Right?"
    )
    a = talk(steps).presses("y").says(first)
    before = a.answer("it")
    a.presses("change:talk.a").presses("n")
    assert (a.last.text == "Right?") is fits
    assert a.answer("it") == before


def test_files_are_taken_again() -> None:
    """Files that were attached stay, too."""
    steps = "- choose: A?\n  id: a\n  options:\n    y: Y\n- ask: It?\n  id: it\n  type: files\n- review: Right?"
    a = talk(steps).presses("y").attaches("a.png").presses("that_is_all").presses("change:talk.a").presses("y")
    assert a.last.text == "Right?"


def test_a_changed_question_opens_with_its_answer() -> None:
    """A question that is asked again in a form shows what was answered."""
    a = talk("- ask: Tell it\n  id: it\n- review: Right?").says("They wrote").presses("change:talk.it").opens()
    assert a.form.fields[0].initial == ("They wrote",)


def test_a_skipped_answer_stays_skipped_only_where_that_is_allowed() -> None:
    """A skipped question is skipped again when the talk is replayed."""
    steps = "- choose: A?\n  id: a\n  options:\n    y: Y\n- ask: It?\n  id: it\n- review: Right?"
    a = talk(steps).presses("y").says("skip").presses("change:talk.a").presses("y")
    assert a.last.text == "Right?"


@pytest.mark.parametrize("question", ["choose: It?\n  id: it\n  options:\n    y: Y", "ask: It?\n  id: it"])
def test_an_answer_of_another_kind_is_asked_again(question: str) -> None:
    """A kept answer that the question could never have is no answer to it."""
    a = talk(f"- choose: A?\n  id: a\n  options:\n    y: Y\n- {question}\n- review: Right?").presses("y").says("y")
    a.presses("change:talk.a")
    given = a.session.answers["talk.it"]
    for other in (Many(("y",)), One("n"), Skipped(), Day(NOW.date())):
        b = replace(a)
        b.session = replace(a.session, answers={**a.session.answers, "talk.it": replace(given, answer=other)})
        assert (b.presses("y").last.text == "Right?") is (other == Skipped())


def test_a_skipped_form_skips_what_it_asked() -> None:
    """A field that was not shown was never asked, also when the form is skipped."""
    steps = """
        - choose: A?
          id: a
          options:
            y: Y
            n: N
        - form: It
          id: f
          fields:
          - ask: Always
            id: always
          - ask: Sometimes
            id: sometimes
            when: a is n
        - review: Right?
        """
    a = talk(steps).presses("y").says("skip")
    assert (a.answer("always"), a.answer("sometimes")) == (Skipped(), None)


def test_a_flow_called_twice_is_the_same_talk_twice() -> None:
    """It says its texts again and asks again; back goes to the last time, and the review shows one line."""
    more = "- say: Hello\n- choose: More?\n  id: more\n  options:\n    y: Y\n    n: N\n- end: Good"
    steps = "- call: advice\n- choose: A?\n  id: a\n  options:\n    y: Y\n- call: advice\n- ask: B?\n  id: b\n- review: Right?"
    a = talk(flow_of(steps), flow_of(more, name="advice"))
    assert a.shown == ["Hello", "More?"]
    assert a.presses("y").shown == ["Good", "A?"]
    assert a.presses("y").shown == ["Hello", "More?"]
    assert a.presses("n").shown == ["Good", "B?"]
    assert a.says("back").shown == ["More?"]
    assert a.presses("y").shown == ["B?"]  # what was said stays said
    a.says("word")
    assert [(f.label, f.value) for f in a.last.facts] == [("More?", "Y"), ("A?", "Y"), ("B?", "word")]
    assert len(set(a.choices)) == len(a.last.choices)
    assert a.presses("change:advice.more").presses("n").shown == ["Right?"]


def test_back_over_a_called_flow() -> None:
    """Back out of the caller goes into the called flow, and through it again."""
    advice = flow_of("- choose: More?\n  id: more\n  options:\n    y: Y\n    n: N\n- end: Good", name="advice")
    flow = flow_of("- choose: A?\n  id: a\n  options:\n    y: Y\n- call: advice\n- ask: B?\n  id: b\n- review: Right?")
    a = talk(flow, advice).presses("y").presses("n")
    assert a.asking == "b"
    assert a.says("back").asking == "advice.more"
    assert a.says("back").asking == "a"
    a.presses("y")
    assert a.asking == "b"  # the answer in between still fits
    a.says("word")
    assert [(f.label, f.value) for f in a.last.facts] == [("A?", "Y"), ("More?", "N"), ("B?", "word")]
    assert a.presses("change:advice.more").asking == "advice.more"


def test_back_over_blocks() -> None:
    """Back into a block and out of it again; the other block's answer is none."""
    steps = """
        - choose: A?
          id: a
          options:
            y: Y
            n: N
        - branch: a
          cases:
            y:
            - ask: In Y?
              id: in_y
            n:
            - ask: In N?
              id: in_n
            skipped: nothing
        - ask: Last?
          id: last
        """
    a = talk(steps).presses("y").says("yes it is").says("back")
    assert a.asking == "in_y"
    assert a.says("back").presses("n").asking == "in_n"
    a.says("no it is not")
    assert a.asking == "last"
    assert (a.answer("in_y"), a.answer("in_n")) == (None, Words("no it is not"))


def test_back_out_of_a_wait() -> None:
    """Back while the talk sleeps asks the last question; its timer then finds nothing to wake."""
    a = (
        talk("- choose: A?\n  id: a\n  options:\n    y: Y\n    n: N\n- wait: 1 day\n- say: On")
        .presses("y")
        .says("back")
    )
    assert a.asking == "a"
    assert a.waits(timedelta(days=1), "wait", "#1").shown == []
    a.presses("n")
    assert "wait" in a.timers
    assert a.waits(timedelta(days=1), "wait", "#1").shown == ["On"]


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


def test_the_session_is_all_there_is() -> None:
    """Every message goes to the talk's person, and a talk ends by itself."""
    a = told().presses("confirm").presses("n")
    assert all(e.to == "ada" for e in a.effects if isinstance(e, Send))
    assert a.session.status is Status.ENDED
    assert (a.answer("who"), a.answer("may_know")) == (One("customer"), Many(("manager", "hr")))
    assert a.facts.now == NOW
