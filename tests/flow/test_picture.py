"""Flows as pictures: every step once, nothing overlaps, every way is drawn and goes through no box."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.flow.load import load_flow
from bot.flow.picture import Kind, picture
from tests.flow.drawing import HEAD, drawn, small, ways, well_drawn
from tests.pure.flows import small_flows
from tests.pure.organisations import shipped


@pytest.mark.parametrize("language", ["en", "da"])
@pytest.mark.parametrize("name", ["advice", "check_in", "report", "respond", "respond_inside"])
def test_the_shipped_flows(name: str, language: str) -> None:
    flow = shipped().flows[name]
    found = picture(flow, language)
    well_drawn(flow, found)
    assert found == picture(flow, language)
    assert 340 <= found.width <= 420  # in a panel of 360 it is hardly smaller


@given(st.integers(0, 2**32))
def test_any_small_flow(seed: int) -> None:
    for flow in small_flows(Random(seed)).current.values():
        well_drawn(flow, picture(flow, "en"))


def test_one_after_the_other() -> None:
    found = drawn("- say: Hello\n- choose: Well?\n  id: well\n  options:\n    yes: Yes\n    no: No\n- end: Bye\n")
    assert [(node.kind, node.label, node.depth) for node in found.nodes] == [
        (Kind.SAY, "Hello", 0),
        (Kind.QUESTION, "Well?", 0),
        (Kind.END, "Bye", 0),
    ]
    assert ways(found) == [("#0", "well", ""), ("well", "#2", "")]


IF = """- choose: Well?
  id: well
  options:
    yes: Yes
    no: No
- if: well is yes
  then:
  - say: Good
"""


def test_a_condition_joins_again() -> None:
    found = drawn(IF + "- end: Bye\n")
    assert ways(found) == [("well", "#1", ""), ("#1", "#2", "yes"), ("#2", "#3", ""), ("#1", "#3", "otherwise")]
    assert [node.depth for node in found.nodes] == [0, 0, 1, 0]
    assert found.nodes[1].label == "well is yes"
    danish = drawn(IF + "- end: Bye\n", "da")
    assert [edge.label for edge in danish.edges] == ["", "ja", "", "ellers"]


def test_a_condition_with_two_blocks_and_one_that_may_be_passed_over() -> None:
    both = IF + "  else:\n  - say: Oh\n"
    assert ways(drawn(both)) == [
        ("well", "#1", ""),
        ("#1", "#2", "yes"),
        ("#2", None, ""),
        ("#1", "#3", "otherwise"),
        ("#3", None, ""),
    ]
    assert ("#1", None, "") in ways(drawn(both + "  when: answered(well)\n"))


def test_blocks_within_blocks_join_at_the_same_place() -> None:
    inner = "  - if: well is no\n    then:\n    - say: Really\n"
    found = drawn(IF + inner + "- end: Bye\n")
    assert [way for way in ways(found) if way[1] == "#5"] == [
        ("#4", "#5", ""),
        ("#3", "#5", "otherwise"),
        ("#1", "#5", "otherwise"),
    ]
    feet = [(edge.label_x, edge.label_y) for edge in found.edges if edge.label]
    assert len(set(feet)) == len(feet)


BRANCH = """- choose: Well?
  id: well
  options:
    yes: Yes
    no: No
    maybe: Maybe
- branch: well
  cases:
    yes, maybe:
    - say: Good
"""


@pytest.mark.parametrize(
    ("cases", "behind"),
    [
        ("", [("#1", "#3", "otherwise")]),
        ("    no: nothing\n    skipped: nothing\n", [("#1", "#3", "no, skipped")]),
        ("    otherwise:\n    - say: Oh\n", []),
        ("    otherwise: nothing\n", [("#1", "#3", "otherwise")]),
        ("    otherwise:\n    - say: Oh\n  when: answered(well)\n", [("#1", "#4", "otherwise")]),
    ],
)
def test_a_branch(cases: str, behind: list[tuple[str, str, str]]) -> None:
    found = drawn(BRANCH + cases + "- end: Bye\n")
    assert ("#1", "#2", "yes, maybe") in ways(found)
    assert found.nodes[1].label == "Well?"
    direct = [way for way in ways(found) if way[0] == "#1" and way[1] == found.nodes[-1].key.split(".")[1]]
    assert direct == behind


def test_a_branch_on_a_question_of_another_flow_and_in_danish() -> None:
    steps = "- branch: report.who\n  cases:\n    skipped:\n    - say: Oh\n- end: Bye\n"
    found = drawn(steps, "da")
    assert found.nodes[0].label == "report.who"
    assert [edge.label for edge in found.edges] == ["sprunget over", "", "ellers"]


def test_a_task_has_its_own_tail_and_an_end_may_be_passed_over() -> None:
    task = """- task: Call {reporter.first_name}
  id: call
  then:
  - if: answered(call_reason)
    then:
    - say: Well
  - end: Enough
    when: answered(call_reason)
- say: On
"""
    text = (HEAD + task).replace("audience: reporter", "audience: owner").replace("  command: small", "  case: opened")
    flow, _ = load_flow(text, "small.yaml")
    assert flow is not None
    found = picture(flow, "en")
    well_drawn(flow, found)
    assert found.nodes[0].label == "Call the employee"
    assert ways(found) == [
        ("call", "#1", "then"),
        ("#1", "#2", "yes"),
        ("#2", "#3", ""),
        ("#1", "#3", "otherwise"),
        ("call", "#4", ""),
        ("#4", None, ""),
    ]


def test_the_end_of_a_file_may_be_led_to_with_a_word() -> None:
    found = drawn(IF)
    assert ways(found)[-1] == ("#1", None, "otherwise")
    assert drawn("- say: Hi\n").edges[0].end is None


def test_a_flow_without_steps_is_an_empty_picture() -> None:
    flow = small("- say: Hi\n")
    empty = type(flow)(**{name: getattr(flow, name) for name in ("name", "file", "title", "audience", "language")},
        start=flow.start, reads=(), visible_to=(), triage=(), never=(), steps=(), place=flow.place,
    ).laid_out()  # fmt: skip
    assert picture(empty, "en").nodes == ()
    assert picture(empty, "en").edges == ()
