"""Planted mistakes: each file of `broken_flows/` says at its top which problems it has, to the letter and the column.

`# expect: LINE:COLUMN: message` stands for one problem, in order; a file's name before it where it lies in another
file. `# with: report advice` names flows of `broken_flows/with/` that are loaded beside it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.facts import Country
from bot.errors import Problem
from bot.flow.check import RULES, check
from bot.flow.check.rules_of_packs import RULES as OF_PACKS
from bot.flow.country import load_country
from bot.flow.load import MOST_STEPS, load_flow
from bot.flow.model import Flow
from bot.flow.yaml import RULES as YAML_RULES

ROOT = Path(__file__).parents[2]
BROKEN = Path(__file__).parents[1] / "broken_flows"
FILES = sorted(BROKEN.glob("*.yaml"))
SHIPPED = sorted(path for path in (ROOT / "flows").glob("*.yaml") if "." not in path.stem)
#: Kept by tests of the YAML reader, since they need bytes, or far too much text for a file.
ELSEWHERE = {"page-without-way", "yaml-encoding", "yaml-too-deep", "yaml-too-large", "too-many-steps", "flow-twice"}


@cache
def country() -> Country:
    found, problems, _ = load_country((ROOT / "flows/country/dk.yaml").read_text(encoding="utf-8"), "dk.yaml")
    assert found is not None
    assert not problems
    return found


def header(text: str, name: str) -> list[str]:
    begin = f"# {name}: "
    return [line.removeprefix(begin) for line in text.splitlines() if line.startswith(begin)]


@cache
def loaded(path: Path) -> Flow:
    """A flow that has no problem of its own."""
    flow, problems = load_flow(path.read_text(encoding="utf-8"), path.name)
    assert flow is not None
    assert problems == ()
    return flow


@cache
def found(path: Path) -> tuple[Problem, ...]:
    text = path.read_text(encoding="utf-8")
    others = [loaded(BROKEN / "with" / f"{name}.yaml") for name in " ".join(header(text, "with")).split()]
    flow, problems = load_flow(text, path.name)
    flows = [*others, *([flow] if flow is not None else [])]
    return tuple(sorted({*problems, *check(flows, country())}))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_planted_mistake_is_found(path: Path) -> None:
    expected = header(path.read_text(encoding="utf-8"), "expect")
    assert [str(problem).removeprefix(f"{path.name}:") for problem in found(path)] == expected
    assert expected


def test_there_are_many() -> None:
    assert len(FILES) >= 70


def test_the_shipped_flows_have_no_problem() -> None:
    assert len(SHIPPED) >= 5
    flows = [loaded(path) for path in SHIPPED]
    assert check(flows, country()) == ()
    assert check(flows, None) == ()


def test_the_flows_beside_the_broken_ones_have_no_problem() -> None:
    names = ("report", "check_in", "advice", "playbook")
    assert check([loaded(BROKEN / "with" / f"{name}.yaml") for name in names], country()) == ()


def test_the_flows_of_the_language_page_have_no_problem() -> None:
    """But for one: `help` is a word that the bot itself understands everywhere."""
    flows = [loaded(ROOT / "tests/samples" / f"{name}.yaml") for name in ("report", "respond")]
    flows.append(loaded(BROKEN / "with/advice.yaml"))
    assert [problem.rule for problem in check(flows, country())] == ["word-of-bot"]


def test_a_flow_stands_once() -> None:
    text = (BROKEN / "with/advice.yaml").read_text(encoding="utf-8")
    first, _ = load_flow(text, "a/advice.yaml")
    second, _ = load_flow(text, "b/advice.yaml")
    assert first is not None
    assert second is not None
    assert [str(problem) for problem in check([first, second], None)] == [
        'b/advice.yaml:1:1: there is another flow "advice" (a/advice.yaml). Rename one, and its file.',
        'b/advice.yaml:7:12: "advice" begins the flow "advice" already. Choose another word.',
    ]


def test_a_question_that_cannot_be_read_is_one_mistake_for_other_flows_too() -> None:
    advice, _ = load_flow(
        (BROKEN / "with/advice.yaml").read_text(encoding="utf-8") + "- ask:\n  id: told\n", "advice.yaml"
    )
    playbook = (BROKEN / "with/playbook.yaml").read_text(encoding="utf-8")
    reading, problems = load_flow(
        playbook.replace("steps:\n", "reads: [advice]\nsteps:\n") + "- say: Now {advice.told}\n", "playbook.yaml"
    )
    assert advice is not None
    assert reading is not None
    assert problems == ()
    flows = [advice, reading, *(loaded(BROKEN / "with" / f"{name}.yaml") for name in ("report", "check_in"))]
    assert [problem for problem in check(flows, country()) if "told" in problem.message] == []


def test_a_flow_has_an_end() -> None:
    text = (BROKEN / "with/advice.yaml").read_text(encoding="utf-8") + "- do: note\n  text: Seen\n" * MOST_STEPS
    _, problems = load_flow(text, "advice.yaml")
    assert [str(p) for p in problems] == ["advice.yaml:1:1: a flow holds 2000 steps; this has 2001."]


def test_without_a_country_its_names_are_taken_as_they_come() -> None:
    text = (BROKEN / "with/playbook.yaml").read_text(encoding="utf-8")
    more = (
        '- task: "{help.anything.text} {deadlines.any.text}"\n  id: later\n  deadline: any\n- say: "{help.any.txt}"\n'
    )
    flow, problems = load_flow(text + more, "playbook.yaml")
    assert flow is not None
    assert problems == ()
    assert [p.message for p in check([flow], None)] == [
        "nothing is known as {help.any.txt}. Did you mean {help.NAME.text}?"
    ]


def test_other_placeholders_can_be_known() -> None:
    flow, _ = load_flow((BROKEN / "with/advice.yaml").read_text(encoding="utf-8") + "- say: On {moon}\n", "advice.yaml")
    assert flow is not None
    assert [p.rule for p in check([flow], None)] == ["unknown-placeholder"]
    assert check([flow], None, known_platform=("moon",)) == ()


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(SHIPPED), st.lists(st.tuples(st.sampled_from("dmi"), st.integers(0, 10_000)), max_size=6))
def test_no_file_brings_it_down(path: Path, edits: list[tuple[str, int]]) -> None:
    """Lines are dropped, repeated elsewhere and moved in; what is left is checked beside the other flows."""
    lines = path.read_text(encoding="utf-8").split("\n")
    for edit, number in edits:
        at = number % len(lines)
        match edit:
            case "d":
                lines[at] = ""
            case "m":
                lines.insert(number * 7 % len(lines), lines[at])
            case _:
                lines[at] = " " * (number % 5) + lines[at].strip()
    flow, problems = load_flow("\n".join(lines), path.name)
    others = [loaded(other) for other in SHIPPED if other != path]
    for problem in (*problems, *check([*others, *([flow] if flow is not None else [])], country())):
        assert problem.rule in RULES
        assert problem.file != path.name or 1 <= problem.line <= len(lines)
        assert problem.column >= 1


# --- rules ---------------------------------------------------------------------------------------------------------


def rules_in(path: Path) -> Iterator[str]:
    """The rules that a file of code names: behind the place, or first where the YAML reader reports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Call(
                func=ast.Attribute(attr="problem" | "add" | "note"), args=[_, ast.Constant(value=str(rule)), _]
            ):
                yield rule
            case ast.Call(func=ast.Name(id="problem"), args=[_, _, ast.Constant(value=str(rule)), _]):
                yield rule
            case ast.Call(func=ast.Name(id="Problem"), args=[_, _, _, ast.Constant(value=str(rule)), _]):
                yield rule
            case ast.Call(func=ast.Name(id="Wrong"), args=[ast.Constant(value=str(rule)), _]):
                yield rule
            case _:
                pass


def code() -> list[Path]:
    inside = ("bot/flow/*.py", "bot/steps/*.py", "bot/flow/check/*.py", "adapters/files/*.py")
    return [path for pattern in inside for path in ROOT.glob(pattern)]


def test_every_rule_is_explained_and_every_explanation_is_for_a_rule() -> None:
    named = {rule for path in code() for rule in rules_in(path)}
    assert named | set(YAML_RULES) == set(RULES)


def test_every_rule_has_a_planted_mistake() -> None:
    shown = {problem.rule for path in FILES for problem in found(path)}
    assert set(RULES) - set(OF_PACKS) - shown == ELSEWHERE


@pytest.mark.parametrize("rule", sorted(set(RULES) - set(YAML_RULES)))
def test_an_explanation_shows_how_it_is_right(rule: str) -> None:
    assert "Right" in RULES[rule]
    assert 60 < len(RULES[rule]) < 500
