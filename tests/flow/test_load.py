"""From an admin's file to a flow: every mistake is named at its place, and reading goes on."""

from __future__ import annotations

import pytest

from bot.core.levels import Level
from bot.core.people import Role
from bot.flow import load
from bot.flow.load import load_flow
from tests.written import flow_of, problems_of

HEAD = "bistand: 1\nflow: talk\ntitle: The talk\naudience: reporter\nlanguage: en\nvisible_to: [hr]\n"


def rules(text: str, file: str = "flows/talk.yaml") -> dict[str, tuple[int, int]]:
    _, problems = load_flow(text, file)
    return {p.rule: (p.line, p.column) for p in problems}


def test_a_whole_head() -> None:
    """What a flow says about itself."""
    flow = flow_of(
        "- choose: A?\n  id: a\n  options:\n    y: Y",
        head="""
        start:
          command: report
          words: [help, harassed]
          shortcut: Report it
          message: Report this
        reads: [other]
        triage:
          critical: a is y
          low: otherwise
        never:
          open_case: a is y
        """,
    )
    assert flow.start.command is not None
    assert (flow.start.command.word, flow.start.words) == ("report", ("help", "harassed"))
    assert flow.reads[0].word == "other"
    assert [level for level, _ in flow.triage] == [Level.CRITICAL, Level.LOW]
    assert flow.never[0].command.word == "open_case"
    assert flow.audience is Role.REPORTER
    case = flow_of("- say: A", head="start:\n  case: opened\n  when: report.who is x", audience="owner")
    assert (case.start.case, case.start.when is not None) == ("opened", True)


def test_an_empty_or_other_file() -> None:
    """What is no flow at all is said in one line."""
    assert load_flow("", "talk.yaml")[0] is None
    assert "not-a-flow" in rules("- a\n- b")


@pytest.mark.parametrize(
    ("changed", "to", "rule"),
    [
        ("bistand: 1", "bistand: 2", "version"),
        ("bistand: 1\n", "", "missing-key"),
        ("flow: talk", "flow: walk", "flow-name"),
        ("flow: talk", "flow: t-lk", "not-a-name"),
        ("audience: reporter", "audience: repoter", "unknown-word"),
        ("language: en\n", "", "missing-key"),
        ("visible_to: [hr]\n", "", "visible-to"),
        ("visible_to: [hr]", "visible_to: [manager]", "role-manager"),
        ("visible_to: [hr]", "visible_to: [hrr]", "unknown-role"),
        ("title: The talk", "titel: The talk", "unknown-key"),
        ("steps:", "step:", "no-steps"),
    ],
)
def test_mistakes_in_the_head(changed: str, to: str, rule: str) -> None:
    """Each mistake of the head has its rule, and the flow can still be read."""
    text = HEAD + "steps:\n- ask: A?\n  id: a\n"
    assert rule not in rules(text)
    assert rule in rules(text.replace(changed, to))
    assert load_flow(text.replace(changed, to), "talk.yaml")[0] is not None


@pytest.mark.parametrize(
    ("head", "rule"),
    [
        ("start: report", "no-start"),
        ("start:\n- report", "no-start"),
        ("start:\n  case: open", "unknown-word"),
        ("start:\n  case: opened\n  when: a is", "condition"),
        ("triage: high", "triage"),
        ("triage:\n  hgih: a is y\n  low: otherwise", "unknown-word"),
        ("triage:\n  banana: a is y\n  low: otherwise", "unknown-word"),
        ("triage:\n  high:\n  - a is y\n  low: otherwise", "not-a-text"),
        ("triage:\n  high: a is\n  low: otherwise", "condition"),
        ("triage:\n  high: a is y", "triage"),
        ("triage:\n  low: otherwise\n  high: a is y", "triage"),
        ("never: open_case", "never"),
        ("never:\n  open_cas: a is y", "unknown-word"),
        ("never:\n  banana: a is y", "unknown-word"),
        ("never:\n  open_case: a is", "condition"),
        ("never:\n  open_case:\n  - a is y", "not-a-text"),
    ],
)
def test_mistakes_in_what_stands_above_the_steps(head: str, rule: str) -> None:
    """Ways to begin, levels and claims are each read alone."""
    assert rule in problems_of("- say: A", head=head)


@pytest.mark.parametrize(
    ("steps", "rule"),
    [
        ("- words", "no-verb"),
        ("- sya: Hello", "no-verb"),
        ("- banana: Hello", "no-verb"),
        ("- say: Hello\n  ask: A?", "two-verbs"),
        ("- say: Hello\n  hint: No", "unknown-key"),
        ("- if: a is y\n  then: words", "not-steps"),
        ("- if: a is y\n  then:\n    say: words", "not-steps"),
        (
            (
                "- if: a is y\n  then:\n  - if: a is y\n    then:\n    - if: a is y\n      then:\n"
                "      - if: a is y\n        then:\n        - say: Deep"
            ),
            "too-deep",
        ),
    ],
)
def test_mistakes_in_steps(steps: str, rule: str) -> None:
    """A step has exactly one verb that is known, and stands not too deep."""
    assert rule in problems_of(steps)


def test_a_step_without_anything() -> None:
    """An empty step says which verbs there are."""
    assert "no-verb" in problems_of("- say: A\n- {}")


def test_steps_that_are_missing() -> None:
    """Steps without a value are said once, by the reader of the file."""
    assert "not-steps" not in rules(HEAD + "steps:\n")


def test_a_start_without_anything() -> None:
    """An empty start is said once, by the reader of the file."""
    found = rules(HEAD + "start:\nsteps:\n- say: A\n")
    assert "yaml-empty-value" in found
    assert "no-start" not in found


def test_a_flow_that_is_no_talk_any_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is a bound to the number of steps."""
    monkeypatch.setattr(load, "MOST_STEPS", 2)
    assert "too-many-steps" not in rules(HEAD + "steps:\n" + "- say: A\n" * 2)
    assert "too-many-steps" in rules(HEAD + "steps:\n" + "- say: A\n" * 3)
