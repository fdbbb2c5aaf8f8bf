"""What was rendered, as people see it; and as the strict rules of the fake judge it."""

from __future__ import annotations

import json
from typing import Any

from adapters.teams.dialog import Dialog
from adapters.teams.message import Rendered
from tests.fakes.teams.cards import check_card
from tests.fakes.teams.wire import walk


def as_sent(made: object) -> Any:
    """Through JSON, as it goes to Teams."""
    return json.loads(json.dumps(made))


def checked(made: Rendered | Dialog) -> Any:
    """The card, at which nothing is wrong."""
    card = as_sent(made.card)
    assert [problem.text for problem in check_card(card)] == []
    return card


def lines(made: Rendered | Dialog) -> list[str]:
    """The card as it is read, from above."""
    return [line for one in checked(made)["body"] for line in _lines(one)]


def _lines(node: Any) -> list[str]:
    match node["type"]:
        case "TextBlock":
            return [node["text"]]
        case "RichTextBlock":
            return ["".join(run["text"] for run in node["inlines"])]
        case "FactSet":
            return [f"{fact['title']}: {fact['value']}" for fact in node["facts"]]
        case "ActionSet":
            return ["  ".join(f"[ {action['title']} ]" for action in node["actions"])]
        case "Input.ChoiceSet" if "choices.data" in node:
            return [f"{node['label']}: people"]
        case "Input.ChoiceSet":
            marked = (("*" if one["value"] in node.get("value", "").split(",") else "") for one in node["choices"])
            options = " | ".join(mark + one["title"] for mark, one in zip(marked, node["choices"], strict=True))
            return [f"{node['label']}: {node['style']} {options}".rstrip()]
        case kind if kind.startswith("Input."):
            return [f"{node['label']}: {kind} {node.get('value', '')}".rstrip()]
        case _:
            inner = [*node.get("items", []), *node.get("columns", [])]
            return [line for one in inner for line in _lines({"type": "Column", **one})]


def actions(made: Rendered | Dialog) -> list[Any]:
    """All buttons, in order."""
    found = (node for node in walk(checked(made)) if node.get("type") in ("Action.Execute", "Action.Submit"))
    return list(found)


def inputs(made: Rendered | Dialog) -> list[Any]:
    return [node for node in walk(checked(made)) if str(node.get("type")).startswith("Input.")]


def sent(made: Rendered | Dialog) -> dict[str, Any]:
    """What a client sends with a card on which nothing was changed."""
    return {node["id"]: str(node["value"]) for node in inputs(made) if "value" in node}
