"""Reading the keys of a step: one shape each, every mistake at its place."""

from __future__ import annotations

import pytest

from bot.steps import nodes
from bot.steps.notes import Notes
from bot.steps.reader import Reader
from tests.written import flow_of, problems_of


@pytest.mark.parametrize(
    ("steps", "rule", "message"),
    [
        ("- say: A\n  when:\n  - a", "not-a-text", '"when:" takes one text, not a list.'),
        ("- ask: A?\n  id: é", "not-a-name", '"é" cannot be a name. Use letters, digits and _ only.'),
        ("- ask: A?\n  id: nobody", "reserved-id", '"nobody" is a word of the conditions. Choose another id.'),
        ("- ask: A?\n  id: a\n  required: yes", "not-a-flag", '"required:" takes true or false, not "yes".'),
        (
            "- ask: A?\n  id: a\n  visible_to: owner",
            "not-a-list",
            '"visible_to:" takes a list. Write: visible_to: [owner]',
        ),
        ("- ask: A?\n  id: a\n  visible_to:\n    a: b", "not-a-list", '"visible_to:" takes a list of words.'),
        ("- ask: A?\n  id: a\n  visible_to: [onwer]", "unknown-role", '"onwer" is no role. Did you mean "owner"?'),
        ("- choose: A?\n  id: a\n  options: Yes", "not-a-map", None),
        ("- choose: A?\n  id: a\n  options:\n    y:\n    - Yes", "not-a-text", 'the option "y" takes one text.'),
        ("- choose: A?\n  id: a\n  options:\n    y!: Yes", "not-a-name", None),
        ("- task: A\n  id: a\n  how:\n    a: b", "not-a-list", None),
        ("- task: A\n  id: a\n  how:\n  - [a, b]", "not-a-text", '"how:" takes texts only.'),
        ("- task: A\n  id: a\n  due: soon", "duration", None),
        ("- task: A\n  id: a\n  due: 1 day\n  remind: 30 min", "duration", None),
        ("- form: A\n  id: a\n  fields:\n    a: b", "not-a-list", None),
        (f"- say: {'x' * 3001}", "text-too-long", None),
    ],
)
def test_mistakes(steps: str, rule: str, message: str | None) -> None:
    """Each mistake says what the key takes."""
    found = problems_of(steps)
    assert rule in found
    if message is not None:
        assert found[rule] == message


@pytest.mark.parametrize(
    "steps",
    [
        "- ask: A?\n  id: a\n  visible_to:",
        "- choose: A?\n  id: a\n  options:",
        "- choose: A?\n  id:\n  options:\n    y: Yes",
        "- choose: A?\n  id: a\n  options:\n    y:",
        "- task: A\n  id: a\n  how:",
        "- task: A\n  id: a\n  how:\n  -",
        "- form: A\n  id: a\n  fields:",
        "- if: a is y\n  then:",
        "- branch: a\n  cases:\n    y:",
    ],
)
def test_what_is_missing_is_said_once(steps: str) -> None:
    """Where nothing was written at all, only that is said."""
    found = problems_of(steps)
    assert "yaml-empty-value" in found
    assert not {"not-a-list", "not-a-map", "not-a-text", "not-steps", "case-body", "not-a-name"} & set(found)


def test_texts_know_their_place() -> None:
    """A text knows its question and option, so that a translation finds it."""
    flow = flow_of("- choose: A?\n  id: a\n  options:\n    y: Yes\n- task: It\n  id: it\n  how:\n  - First\n  - Second")
    assert [text.at for text in flow.texts()][1:] == ["a.choose", "a.y", "it.task", "it.how.1", "it.how.2"]


def test_steps_where_none_can_stand() -> None:
    """A reader without blocks says that no steps can stand there."""
    scalar = nodes.Scalar("words", 2, 3)
    node = nodes.Mapping((nodes.Entry(nodes.Scalar("then", 1, 1), scalar),), 1, 1)
    notes = Notes("talk.yaml")
    assert Reader(node, notes, "").steps("then") == ()
    assert [(p.rule, p.line, p.column) for p in notes.problems] == [("too-deep", 2, 3)]


def test_places_inside_a_text() -> None:
    """A scalar knows the place of each of its characters; a name without letters was reported before."""
    scalar = nodes.Scalar("a is y", 4, 7)
    assert scalar.place_at(2) == (4, 9)
    assert Reader(nodes.Mapping((), 1, 1), Notes("talk.yaml"), "").as_name(nodes.Scalar("", 1, 1)) is None
