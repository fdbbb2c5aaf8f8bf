"""Back: out of a wait, over blocks, over called flows."""

from __future__ import annotations

from datetime import timedelta

from bot.core.answers import Words
from bot.core.languages.en import ENGLISH
from tests.talking import talk
from tests.written import flow_of

WRITTEN = ENGLISH.review.written


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
    assert [(f.label, f.value) for f in a.last.facts] == [("More?", "Y"), ("A?", "Y"), ("B?", WRITTEN)]
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
    assert [(f.label, f.value) for f in a.last.facts] == [("A?", "Y"), ("More?", "N"), ("B?", WRITTEN)]
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
