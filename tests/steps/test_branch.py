"""`branch`: one block for each option, for skipping it, and for all else."""

from __future__ import annotations

import pytest

from tests.talking import talk
from tests.written import problems_of

STEPS = """
- choose: Who did it?
  id: who
  many: {many}
  options:
    a: A
    b: B
    c: C
    d: D
- branch: who
  cases:
    a, b:
    - say: A or B
    c: nothing
    skipped:
    - say: Skipped
    otherwise:
    - say: Otherwise
- say: On
"""


@pytest.mark.parametrize(
    ("said", "shown"),
    [("A", ["A or B", "On"]), ("B", ["A or B", "On"]), ("C", ["On"]), ("D", ["Otherwise", "On"])],
)
def test_each_option_has_its_block(said: str, shown: list[str]) -> None:
    """The block of the answer runs, then the talk goes on behind the branch."""
    assert talk(STEPS.format(many="false")).says(said).shown == shown


def test_skipping_has_its_block() -> None:
    """A skipped question is a case of its own."""
    assert talk(STEPS.format(many="false")).says("skip").shown == ["Skipped", "On"]


def test_of_several_answers_the_first_case_counts() -> None:
    """With several ticked, the first case that names one of them runs."""
    assert talk(STEPS.format(many="true")).presses("c", "d").shown == ["On"]
    assert talk(STEPS.format(many="true")).presses("b", "d").shown == ["A or B", "On"]


def test_nothing_for_all_else() -> None:
    """Otherwise may be nothing, and a question that was never asked takes it; without it the talk goes on."""
    rest = "- choose: A?\n  id: a\n  when: b is x\n  options:\n    y: Y\n- branch: a\n  cases:\n    y:\n    - say: Y\n"
    assert talk(f"{rest}    otherwise: nothing\n- say: On").shown == ["On"]
    assert talk(f"{rest}- say: On").shown == ["On"]


def test_blocks_in_blocks() -> None:
    """Behind the last step of a nested block, the talk goes on where the outermost one ends."""
    steps = """
        - choose: A?
          id: a
          options:
            y: Y
            n: N
        - if: a is y
          then:
          - branch: a
            cases:
              y:
              - if: a is y
                then:
                - say: Deep
              otherwise: nothing
          else:
          - say: Else
        - if: a is n
          then:
          - say: N
        - say: On
        """
    assert talk(steps).says("Y").shown == ["Deep", "On"]
    assert talk(steps).says("N").shown == ["Else", "N", "On"]


def test_mistakes() -> None:
    """Cases are lines with steps or the word nothing; every option is a word."""
    assert "missing-key" in problems_of("- branch: who")
    assert "missing-key" in problems_of("- branch: who\n  cases: a")
    assert "case-body" in problems_of("- branch: who\n  cases:\n    a: something")
    assert "not-a-name" in problems_of("- branch: who\n  cases:\n    a, ,b: nothing")
    assert "not-a-text" in problems_of("- branch:\n  - a\n  cases:\n    a: nothing")
    assert "missing-key" in problems_of("- if: a is b\n  else:\n  - say: B")
    assert "condition" in problems_of("- if: a is\n  then:\n  - say: B")
    assert "condition" in problems_of("- say: B\n  when: a is")
