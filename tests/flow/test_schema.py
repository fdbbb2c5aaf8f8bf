"""The schema for editors: as wide as the loader and no wider, wherever a schema can know."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from io import StringIO
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from bot.flow.load import FLOW_KEYS, load_flow
from bot.flow.schema import DRAFT, NEEDED, schema
from bot.flow.yaml import Mapping, Node, Scalar, Sequence, read
from bot.steps import STEPS

ROOT = Path(__file__).parents[2]
FLOWS = sorted(path for path in (ROOT / "flows").glob("*.yaml") if path.name.count(".") == 1)
FLOWS += sorted((ROOT / "tests/samples").glob("*.yaml"))

HEAD = "bistand: 1\nflow: t\naudience: owner\nlanguage: en\nvisible_to: [hr]\nstart:\n  case: asked\nsteps:\n"
STEP = {
    "say": "- say: Hello\n",
    "ask": "- ask: Who?\n  id: q\n",
    "choose": "- choose: Which?\n  id: q\n  options:\n    a: A\n",
    "consent": "- consent: Who may know?\n  id: q\n  options:\n    hr: HR\n",
    "form": "- form: What\n  id: q\n  fields:\n  - ask: Who?\n    id: r\n",
    "review": "- review: Right?\n",
    "task": "- task: Call\n  id: q\n",
    "if": "- if: q is a\n  then:\n  - say: Hello\n",
    "branch": "- branch: q\n  cases:\n    a: nothing\n    b, c:\n    - say: Hello\n",
    "call": "- call: other\n",
    "wait": "- wait: 3 days\n",
    "do": "- do: close\n",
    "end": "- end: Bye\n",
}


def plain(node: Node | None) -> object:
    """As our own reader has it: every value is text."""
    match node:
        case Scalar(text=text):
            return text
        case Sequence(items=items):
            return [plain(item) for item in items]
        case Mapping(entries=entries):
            return {entry.key.text: plain(entry.value) for entry in entries}
        case None:
            return None


def as_editors_have_it(text: str) -> object:
    """With numbers and truth values; days stay text."""
    return json.loads(json.dumps(YAML(typ="safe", pure=True).load(StringIO(text)), default=str))


@cache
def validator() -> Draft202012Validator:
    Draft202012Validator.check_schema(schema())
    return Draft202012Validator(schema())


def wrong(value: object) -> list[str]:
    return [error.json_path for error in validator().iter_errors(value)]


def test_the_schema_is_plain_json_of_its_draft() -> None:
    assert json.loads(json.dumps(schema())) == schema()
    assert schema()["$schema"] == DRAFT


def objects(value: object) -> Iterator[dict[str, object]]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from objects(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from objects(inner)


def test_every_verb_and_key_is_there_and_explained_and_nothing_else_goes() -> None:
    made = schema()
    defs = made["$defs"]
    assert isinstance(defs, dict)
    for kind in STEPS:
        step = defs[kind.VERB]
        assert list(step["properties"]) == [key.name for key in kind.KEYS]
        assert step["additionalProperties"] is False
        assert all(step["properties"][key.name]["description"] == key.means for key in kind.KEYS)
    properties = made["properties"]
    assert isinstance(properties, dict)
    assert list(properties) == [key.name for key in FLOW_KEYS]
    assert made["additionalProperties"] is False


def test_every_reference_leads_somewhere() -> None:
    made = schema()
    refs = {str(found["$ref"]) for found in objects(made) if "$ref" in found}
    defs = made["$defs"]
    assert isinstance(defs, dict)
    assert refs
    assert {ref.removeprefix("#/$defs/") for ref in refs} <= set(defs)


def test_the_smallest_steps_are_steps() -> None:
    assert set(STEP) == {kind.VERB for kind in STEPS}
    for step in STEP.values():
        assert [str(p) for p in load_flow(HEAD + step, "t.yaml")[1]] == []


@pytest.mark.parametrize(("verb", "key"), [(verb, key) for verb, keys in NEEDED.items() for key in keys])
def test_what_the_schema_needs_the_loader_needs(verb: str, key: str) -> None:
    lines = STEP[verb].splitlines(keepends=True)
    at = next(number for number, line in enumerate(lines) if line.startswith(f"  {key}:"))
    end = next(
        (n for n in range(at + 1, len(lines)) if lines[n].startswith("  ") and lines[n][2].isalpha()), len(lines)
    )
    problems = load_flow(HEAD + "".join(lines[:at] + lines[end:]), "t.yaml")[1]
    assert {problem.rule for problem in problems} - {"no-steps"} == {"missing-key"}


@pytest.mark.parametrize("path", FLOWS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_shipped_flows_fit(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert wrong(plain(read(text, path.name).root)) == []
    assert wrong(as_editors_have_it(text)) == []


@pytest.mark.parametrize("step", STEP.values(), ids=STEP)
def test_smallest_steps_fit(step: str) -> None:
    assert wrong(plain(read(HEAD + step, "t.yaml").root)) == []


@pytest.mark.parametrize(
    "text",
    [
        HEAD,
        HEAD.replace("audience: owner", "audience: boss") + STEP["say"],
        HEAD.replace("flow: t", "flwo: t") + STEP["say"],
        HEAD.replace("case: asked", "case: closed") + STEP["say"],
        HEAD + "- sya: Hello\n",
        HEAD + "- say: Hello\n  end: Bye\n",
        HEAD + "- say: Hello\n  hint: Hm\n",
        HEAD + STEP["ask"] + "  type: txet\n",
        HEAD + STEP["ask"] + "  required: yes please\n",
        HEAD + STEP["ask"] + "  visible_to: [manager]\n",
        HEAD + STEP["ask"] + "  from: one\n",
        HEAD + STEP["ask"] + "  means: acused\n",
        HEAD + "- choose: Which?\n  id: q\n",
        HEAD + STEP["consent"].replace("hr: HR", "boss: My boss"),
        HEAD + STEP["form"].replace("ask:", "say:"),
        HEAD + STEP["task"] + "  due: soon\n",
        HEAD + STEP["task"] + "  due:\n    urgent: 1 hour\n",
        HEAD + STEP["task"] + "  remind: 30 min\n",
        HEAD + STEP["task"] + "  how: Just so\n",
        HEAD + STEP["branch"].replace("nothing", "stop"),
        HEAD + "- do: dance\n",
        HEAD + "- do: raise\n  to: highest\n",
        HEAD + "- wait: a while\n",
        HEAD.replace("steps:", "triage:\n  urgent: x is y\nsteps:") + STEP["say"],
        HEAD.replace("steps:", "never:\n  dance: x is y\nsteps:") + STEP["say"],
        HEAD + f"- say: {'x' * 3001}\n",
    ],
)
def test_broken_ones_do_not_fit(text: str) -> None:
    assert load_flow(text, "t.yaml")[1] != ()
    assert wrong(plain(read(text, "t.yaml").root)) != []
