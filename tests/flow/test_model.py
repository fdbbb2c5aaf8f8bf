"""A flow laid out flat: where each step leads, what its structure is, and which words it speaks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.people import Role
from bot.errors import Invariant
from bot.flow.load import load_flow
from bot.flow.model import END, Flow, Flows
from bot.steps import Consent
from tests.talking import talk
from tests.written import danish, flow_of

STEPS = """
- choose: A?
  id: a
  hint: Well
  options:
    y: Yes
    n: No
- if: a is y
  then:
  - say: One
  - if: a is y
    then:
    - say: Two
  else:
  - say: Three
- task: It
  id: it
  record:
  - ask: A word
    id: word
  then:
  - say: Four
- end: Five
"""


def test_steps_lead_to_those_behind_them() -> None:
    """Behind the last step of a block the talk goes on behind the block; behind a task's `then:` it ends."""
    flow = flow_of(STEPS, audience="owner")
    assert [step.VERB for step in flow.code] == ["choose", "if", "say", "if", "say", "say", "task", "say", "end"]
    assert flow.after == (1, 6, 3, 6, 6, 6, 8, END, END)
    assert flow.first == {(1, "then"): 2, (3, "then"): 4, (1, "else"): 5, (6, "then"): 7}


def test_steps_by_name() -> None:
    """A step is found by its id or its number, a question by its id, also inside a record."""
    flow = flow_of(STEPS, audience="owner")
    assert flow.step("a") is flow.code[0]
    assert flow.step("#2") is flow.code[2]
    assert flow.step("nothing") is None
    assert list(flow.questions) == ["a", "word"]
    assert flow.readers("word") == (Role.OWNER, Role.HR)


def test_every_list_of_readers_is_known_beforehand() -> None:
    """The flow's own, those of questions and of tasks: whose keys are made before anybody answers."""
    flow = flow_of(
        """
- choose: A?
  id: a
  visible_to: [owner]
  options:
    y: Yes
- task: It
  id: it
  visible_to: [hr]
  record:
  - ask: A word
    id: word
    visible_to: [safety_rep, hr]
- task: Another
  id: another
- end: Five
""",
        audience="owner",
    )
    lists = {(Role.OWNER, Role.HR), (Role.OWNER,), (Role.HR,), (Role.HR, Role.SAFETY_REP)}
    assert flow.all_readers() == {frozenset(readers) for readers in lists}
    other = replace(flow, name="other", visible_to=(Role.REPORTER,))
    both = Flows({"one": flow, "other": other}, {("old", "abc"): replace(flow, visible_to=(Role.ON_CALL,))})
    assert [one.name for one in both.in_order()] == [flow.name, other.name]
    assert both.readers() == flow.all_readers() | {frozenset({Role.REPORTER})}


def test_texts_in_talk_order() -> None:
    """Everything that people read, also the ways to begin."""
    flow = flow_of("- say: One", head="start:\n  shortcut: Report it\n  message: Report this")
    assert [text.source for text in flow.texts()] == ["The talk", "Report it", "Report this", "One"]
    assert [text.source for text in flow_of(STEPS).texts()] == [
        *("The talk", "A?", "Well", "Yes", "No", "One", "Two", "Three", "It", "A word", "Four", "Five")
    ]


def test_texts_and_conditions_of_every_verb() -> None:
    """Each step names all it refers to, for checks and translations."""
    flow = flow_of(
        """
        - ask: Ask
          id: a
          type: scale
          from: 1
          to: 2
          labels:
            1: Label
        - consent: Consent
          id: c
          options:
            hr: Option
          without_name: Without
          when: a >= 1
        - form: Form
          id: f
          hint: Hint
          fields:
          - ask: Field
            id: q
            when: a >= 2
        - if: a >= 1
          when: a < 2
          then:
          - do: note
            text: Note
        - call: other
          when: answered(a)
        - task: Task
          id: t
          why: Why
          record:
          - ask: Record
            id: r
            when: skipped(a)
        - review: Review
        - wait: 1 day
        """
    )
    assert [text.source for text in flow.texts()][1:] == [
        *("Ask", "Label", "Consent", "Option", "Without", "Form", "Hint", "Field", "Note", "Task", "Why", "Record"),
        "Review",
    ]
    assert [when.source for step in flow.code for when in step.conditions()] == [
        *("a >= 1", "a >= 2", "a < 2", "a >= 1", "answered(a)", "skipped(a)")
    ]
    condition = flow.code[1].when
    assert condition is not None
    assert condition.place_at(5) == replace(condition.place, column=condition.place.column + 5)
    consent = flow.questions["c"]
    assert isinstance(consent, Consent)
    assert consent.words() == ("hr", "nobody", "without_name")


def test_wording_is_no_structure() -> None:
    """Other words, places and sources keep the structure; other ids, options, conditions and consents do not."""

    def structure(steps: str) -> str:
        return flow_of(steps).structure

    same = STEPS.replace("A?", "Really?").replace("Four", "4\n    source: A book")
    assert structure(same) == structure(STEPS)
    for old, new in (
        ("id: it", "id: that"),
        ("n: No", "m: No"),
        ("if: a is y", "if: a is n"),
        ("hint", "means: accused\n  hint"),
    ):
        assert structure(STEPS.replace(old, new)) != structure(STEPS)
    consent = "- consent: Who?\n  id: c\n  options:\n    hr: HR"
    assert structure(consent.replace("HR", "All of HR")) != structure(consent)
    branch = "- choose: A?\n  id: a\n  options:\n    y: Y\n    n: N\n- branch: a\n  cases:\n    y:\n    - say: Y\n    n: nothing"
    assert structure(branch.replace("    n: nothing", "    otherwise: nothing")) != structure(branch)
    assert structure(
        branch.replace("y:\n    - say: Y\n    n: nothing", "n:\n    - say: Y\n    y: nothing")
    ) != structure(branch)
    for more in ("triage:\n  low: otherwise", "start:\n  case: asked", "start:\n  case: opened\n  when: a is y"):
        assert flow_of(STEPS, head=more).structure != structure(STEPS)


def test_the_language_of_a_text() -> None:
    """A translation is used where there is one; else the flow's own words."""
    flow = danish(flow_of("- say: One\n- say: Two"), {"One": "En", "Two": "To"})
    assert talk(flow, language="da").shown == ["En", "To"]
    assert talk(flow, language="de").shown == ["One", "Two"]
    assert talk(flow, language="en").shown == ["One", "Two"]
    partly = danish(flow_of("- say: One\n- say: Two"), {"One": "En"})
    assert talk(partly, language="da").shown == ["En", "Two"]


def test_flows_by_structure() -> None:
    """A talk gets the structure it began with, also when another one is current."""
    old, new = flow_of("- say: Old\n- ask: A?\n  id: a"), flow_of("- say: New")
    flows = Flows({"talk": new}, {("talk", old.structure): old})
    assert flows.get("talk") is new
    assert flows.get("talk", new.structure) is new
    assert flows.get("talk", old.structure) is old
    with pytest.raises(Invariant, match="'talk' of structure gone is not loaded"):
        flows.get("talk", "gone")
    with pytest.raises(Invariant, match="'other' of structure current"):
        flows.get("other")


def test_a_running_talk_keeps_its_structure() -> None:
    """When a flow is changed, a talk that runs goes on as it began; other words it takes at once."""
    a = talk("- choose: A?\n  id: a\n  options:\n    y: Y\n- say: Old end")
    old = a.flows.get("talk")
    a.flows = Flows({"talk": flow_of("- ask: New?\n  id: new")}, {("talk", old.structure): old})
    assert a.presses("y").shown == ["Old end"]
    b = talk("- choose: A?\n  id: a\n  options:\n    y: Y\n- say: Old end")
    b.flows = Flows({"talk": flow_of("- choose: A?\n  id: a\n  options:\n    y: Y\n- say: Better end")})
    assert b.presses("y").shown == ["Better end"]


def test_labels_are_those_that_were_chosen() -> None:
    """A review shows the options as they were when the talk began, also those of a form."""
    steps = "- form: F\n  id: f\n  fields:\n  - choose: A?\n    id: a\n    options:\n      y: Old\n- review: Right?"
    a = talk(steps)
    old = a.flows.get("talk")
    a.flows = Flows(
        {"talk": flow_of("- choose: A?\n  id: a\n  options:\n    y: New\n    z: Z")}, {("talk", old.structure): old}
    )
    assert [f.value for f in a.submits(a="y").last.facts] == ["Old"]


# --- a property: the flat layout goes where the file says ------------------------------------------------------------

Block = list["str | tuple[Block, Block]"]
blocks: st.SearchStrategy[Block] = st.recursive(
    st.lists(st.just("say"), min_size=1, max_size=3),
    lambda inner: st.lists(st.one_of(st.just("say"), st.tuples(inner, inner)), min_size=1, max_size=3),
    max_leaves=8,
)


def written(block: Block, indent: str, said: list[int]) -> str:
    lines = ""
    for step in block:
        if isinstance(step, str):
            said.append(len(said))
            lines += f"{indent}- say: T{said[-1]}\n"
        else:
            then, otherwise = step
            lines += f"{indent}- if: a is y\n{indent}  then:\n{written(then, indent + '  ', said)}"
            lines += f"{indent}  else:\n{written(otherwise, indent + '  ', said)}"
    return lines


def expected(block: Block, counter: list[int], *, yes: bool, spoken: bool = True) -> list[str]:
    found: list[str] = []
    for step in block:
        if isinstance(step, str):
            found += [f"T{counter[0]}"] * spoken
            counter[0] += 1
        else:
            found += expected(step[0], counter, yes=yes, spoken=spoken and yes)
            found += expected(step[1], counter, yes=yes, spoken=spoken and not yes)
    return found


@settings(max_examples=20, deadline=None)
@given(blocks, st.booleans())
def test_a_talk_says_what_the_file_says(block: Block, yes: bool) -> None:
    """Whatever stands in whatever block, exactly the texts of the taken branches are said, in order."""
    head = "bistand: 1\nflow: talk\ntitle: T\naudience: reporter\nlanguage: en\nvisible_to: [hr]\nsteps:\n"
    question = "- choose: A?\n  id: a\n  options:\n    y: Y\n    n: N\n"
    flow, _ = load_flow(head + question + written(block, "", []), "talk.yaml")
    assert isinstance(flow, Flow)
    a = talk(replace(flow)).presses("y" if yes else "n")
    assert a.shown == expected(block, [0], yes=yes)
    assert a.ended
