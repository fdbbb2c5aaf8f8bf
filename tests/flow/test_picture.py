"""Flows as pictures: every step once, nothing overlaps, every way is drawn and goes through no box."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.durations import Unit
from bot.core.languages import LANGUAGES
from bot.flow.load import load_flow
from bot.flow.model import END, Flow
from bot.flow.picture import LONGEST_LABEL, Edge, Kind, Node, Picture, picture
from bot.flow.picture_words import PICTURE_WORDS, flat, words_of
from bot.steps import Task
from bot.steps.do import Verb
from tests.pure.flows import small_flows
from tests.pure.organisations import shipped

HEAD = """bistand: 1
flow: small
title: A small one
audience: reporter
language: en
start:
  command: small
visible_to: [owner]
steps:
"""


def small(steps: str) -> Flow:
    flow, problems = load_flow(HEAD + steps, "small.yaml")
    assert flow is not None
    assert not problems, [str(problem) for problem in problems]
    return flow


def drawn(steps: str, language: str = "en") -> Picture:
    found = picture(small(steps), language)
    well_drawn(small(steps), found)
    return found


def ways(found: Picture) -> list[tuple[str, str | None, str]]:
    return [
        (edge.start.split(".")[1], edge.end.split(".")[1] if edge.end else None, edge.label) for edge in found.edges
    ]


def points(edge: Edge) -> list[tuple[int, int]]:
    """The corners of a line of M, H and V."""
    found: list[tuple[int, int]] = []
    parts = edge.path.split()
    while parts:
        letter = parts.pop(0)
        if letter == "M":
            found.append((int(parts.pop(0)), int(parts.pop(0))))
        else:
            to = int(parts.pop(0))
            found.append((to, found[-1][1]) if letter == "H" else (found[-1][0], to))
    return found


def pieces(edge: Edge) -> Iterator[tuple[int, int, int, int]]:
    for (x, y), (to_x, to_y) in pairwise(points(edge)):
        yield min(x, to_x), min(y, to_y), max(x, to_x), max(y, to_y)


def inside(piece: tuple[int, int, int, int], node: Node) -> bool:
    """Whether a piece of a line runs through a box, and not only along or up to its rim."""
    left, top, right, bottom = piece
    return left < node.x + node.w and right > node.x and top < node.y + node.h and bottom > node.y


def on_rim(point: tuple[int, int], node: Node) -> bool:
    x, y = point
    return node.x <= x <= node.x + node.w and node.y <= y <= node.y + node.h


def well_drawn(flow: Flow, found: Picture) -> None:
    assert [node.key for node in found.nodes] == [f"{flow.name}.{flow.key_of(s, n)}" for n, s in enumerate(flow.code)]
    assert len({node.key for node in found.nodes}) == len(found.nodes)
    assert [node.line for node in found.nodes] == [step.place.line for step in flow.code]
    for above, below in pairwise(found.nodes):
        assert above.y + above.h < below.y
    for node in found.nodes:
        assert 0 < node.x < node.x + node.w < found.width
        assert 0 < node.y < node.y + node.h < found.height
        assert node.w >= 200
        assert len(node.label) <= LONGEST_LABEL + 2
        assert "\n" not in node.label
        assert node.label
        assert not re.search(r"\{[a-z]", node.label)
    by_key = {node.key: node for node in found.nodes}
    for edge in found.edges:
        corners = points(edge)
        assert on_rim(corners[0], by_key[edge.start])
        assert edge.end is None or on_rim(corners[-1], by_key[edge.end])
        assert all(0 <= x <= found.width and 0 <= y <= found.height for x, y in corners)
        assert [n.key for piece in pieces(edge) for n in found.nodes if inside(piece, n)] == [], edge
        assert not edge.label or 0 < edge.label_x < found.width
    every_way(flow, found)


def every_way(flow: Flow, found: Picture) -> None:
    """Each step is led to; each way that a talk can take is a line."""
    keys = [node.key for node in found.nodes]
    lines = {(edge.start, edge.end) for edge in found.edges}
    assert len(lines) == len(found.edges)
    tails = {number for (number, _), _ in flow.first.items() if isinstance(flow.code[number], Task)}
    for (number, _), first in flow.first.items():
        assert (keys[number], keys[first]) in lines
    allowed = {(keys[n], keys[first]) for (n, _), first in flow.first.items()}
    allowed |= {(keys[n], keys[after] if after != END else None) for n, after in enumerate(flow.after)}
    assert lines <= allowed
    if not tails:
        reached = {keys[0]} | {to for _, to in lines if to is not None}
        assert reached >= {key for key in keys if not behind_an_end(flow, key)}


def behind_an_end(flow: Flow, key: str) -> bool:
    """Whether nothing but a last word stands before a step."""
    number = flow.number[key.split(".", 1)[1]]
    before = [n for n, after in enumerate(flow.after) if after == number]
    return bool(before) and all(flow.code[n].VERB in ("end", "if", "branch") for n in before)


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


# --- the ways ------------------------------------------------------------------------------------------------------


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


# --- the words -----------------------------------------------------------------------------------------------------


def test_every_kind_of_step_has_its_box() -> None:
    kinds = {node.kind for flow in shipped().flows.values() for node in picture(flow, "en").nodes}
    assert kinds == set(Kind)


def test_commands_and_times() -> None:
    steps = (
        "- do: start\n  flow: check_in\n  with: reporter\n  after: 1 day\n- do: raise\n  to: high\n- wait: 2 weeks\n"
    )
    steps += "- call: advice\n- do: escalate\n"
    assert [node.label for node in drawn(steps).nodes] == [
        "Start check_in with the employee, in 1 day",
        "More urgent: within hours",
        "Wait 2 weeks",
        "→ advice",
        "Ask for more help",
    ]
    assert [node.label for node in drawn(steps, "da").nodes] == [
        "Start check_in med medarbejderen om 1 dag",
        "Det haster mere: inden for få timer",
        "Vent 2 uger",
        "→ advice",
        "Bed om mere hjælp",
    ]


def test_a_language_without_these_words_has_the_english_ones() -> None:
    assert set(PICTURE_WORDS) <= set(LANGUAGES)
    assert words_of("xx").code == "en"
    for words in PICTURE_WORDS.values():
        assert set(words.units) == set(Unit)
        assert set(words.commands) == set(Verb)


@pytest.mark.parametrize(
    ("markdown", "said"),
    [
        ("**Save it** before\nyou *delete* it", "Save it before you delete it"),
        ("Call {emergency.number}, {manager.name}", "Call …, …"),
        ("- One\n- Two\n1. Three", "One Two Three"),
        ("See [the page](https://example.org) \\*here\\*", "See the page *here*"),
        ("Half-way, 24-7", "Half-way, 24-7"),
    ],
)
def test_a_text_in_one_line(markdown: str, said: str) -> None:
    assert flat(markdown, "en") == said


@pytest.mark.parametrize(
    ("markdown", "said"),
    [
        ("Tal med {reporter.first_name}, og lyt", "Tal med medarbejderen, og lyt"),
        ("Ring til {on_call.name}", "Ring til den, der har vagten"),
        ("Jeg venter på {case.owner.name}", "Jeg venter på den, der tager sig af sagen"),
    ],
)
def test_whom_a_text_means_before_that_is_known(markdown: str, said: str) -> None:
    assert flat(markdown, "da") == said
