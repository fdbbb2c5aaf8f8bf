"""Inputs on cards: what is wrong with them, and how a Teams client lets a person fill them in.

Rule 1. A client sends every input of the card as a string: several choices joined by commas, a toggle as its valueOn or
        valueOff (adaptivecards.io/explorer, Input.*). Empty ones it leaves out, or sends as "": clients differ.
Rule 2. It sends nothing while a required input is empty or a value breaks its rule (input validation since 1.3).
Rule 3. An action whose associatedInputs is "none" neither sends nor checks inputs (schema 1.3, Action.Submit).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from tests.fakes.teams.errors import ClientRefused
from tests.fakes.teams.wire import Json, objects, walk

Given = str | Sequence[str]  # what a person writes, picks, or picks several of
FORMS = {
    "Input.Date": re.compile(r"\d{4}-\d\d-\d\d"),
    "Input.Time": re.compile(r"\d\d:\d\d"),
    "Input.Number": re.compile(r"-?\d+(\.\d+)?"),
}


# What is wrong with an input
def input_lints(node: Json, kind: str) -> Iterator[str]:
    if not node.get("label") and kind != "Input.Toggle":
        yield f"input {node.get('id')!r} has no label (screen readers)"
    if node.get("isRequired") and not node.get("errorMessage"):
        yield f"required input {node.get('id')!r} has no errorMessage"


def input_errors(node: Json, kind: str) -> Iterator[str]:
    if kind != "Input.ChoiceSet":
        return
    elsewhere = "choices.data" in node  # the bot is asked for them
    if not node.get("choices") and not elsewhere:
        yield "Input.ChoiceSet needs choices"
    choices = node.get("choices") or []
    for choice in choices if isinstance(choices, list) else [choices]:
        if not titled(choice):
            yield f"choice {choice!r} needs a string title and a string value"
    value = node.get("value")
    for v in str(value or "").split(",") if node.get("isMultiSelect") else [value]:
        if v and v not in _choices(node) and not elsewhere:
            yield f"value {v!r} is not among the choices"


def titled(pair: object) -> bool:
    """A title and a value, both of them strings."""
    return isinstance(pair, dict) and isinstance(pair.get("title"), str) and isinstance(pair.get("value"), str)


def _choices(node: Json) -> list[object]:
    return [c.get("value") for c in objects(node.get("choices"))]


# What a person fills in
def filled(card: Json, action: Json, given: Mapping[str, Given], *, blank: bool = False) -> dict[str, str]:
    """What the client sends with this action; `blank`: empty inputs too. Raises ClientRefused."""
    inputs = {n["id"]: n for n in walk(card) if str(n.get("type")).startswith("Input.")}
    if unknown := set(given) - set(inputs):
        raise ClientRefused(f"the card has no input {sorted(unknown)}")
    if str(action.get("associatedInputs", "auto")).lower() == "none":
        return {}
    values = {name: _value(node, given.get(name)) for name, node in inputs.items()}
    for name, value in values.items():
        if wrong := _wrong(inputs[name], value):
            raise ClientRefused(f"{name} {wrong}")
    return {name: value for name, value in values.items() if value or blank}


def _value(node: Json, given: Given | None) -> str:
    if given is not None:
        return given if isinstance(given, str) else ",".join(given)
    start = node.get("value")
    if start is None:
        start = node.get("valueOff", "false") if node["type"] == "Input.Toggle" else ""
    return str(start)


def _wrong(node: Json, value: str) -> str | None:
    kind = node["type"]
    off = kind == "Input.Toggle" and value != node.get("valueOn", "true")
    if node.get("isRequired") and (not value or off):
        return f"is required: {node.get('errorMessage')}"
    if not value:
        return None
    match kind:
        case "Input.Text":
            return _wrong_text(node, value)
        case "Input.ChoiceSet" if "choices.data" not in node:
            unknown = set(value.split(",") if node.get("isMultiSelect") else [value]) - set(_choices(node))
            return f"has no choice {sorted(unknown)}" if unknown else None
        case "Input.Date" | "Input.Time" | "Input.Number":
            return _out_of_range(node, value) if FORMS[kind].fullmatch(value) else f"{value!r} is no {kind}"
        case _:
            return None


def _wrong_text(node: Json, value: str) -> str | None:
    if node.get("maxLength") and len(value) > node["maxLength"]:
        return f"is longer than {node['maxLength']}"
    if node.get("regex") and not re.search(node["regex"], value):
        return f"does not match {node['regex']}"
    return None


def _out_of_range(node: Json, value: str) -> str | None:
    low, high = node.get("min"), node.get("max")
    if node["type"] == "Input.Number":
        out = (low is not None and float(value) < float(low)) or (high is not None and float(value) > float(high))
    else:
        out = (low is not None and value < str(low)) or (high is not None and value > str(high))
    return f"{value!r} is out of range" if out else None
