"""Inputs on cards: what is wrong with them, and how a Teams client lets a person fill them in.

Rule 1. A client sends every input of the card as a string: several choices joined by commas, a toggle as its valueOn or
        valueOff (adaptivecards.io/explorer, Input.*). Empty ones it leaves out, or sends as "": clients differ.
Rule 2. It sends nothing while a required input is empty or a value breaks its rule (input validation since 1.3).
Rule 3. A person may be told by the title of a choice: what people read. What is sent is its value.
Rule 4. Choices may come from a data set (`choices.data`, a Data.Query). For people it is graph.microsoft.com/users, all of
        the tenant, or with ?scope=currentContext the members of the chat; what is sent, and what is preset, is the id in the
        directory. Static choices may stand beside it (people-picker.md). CHOSEN: guests are found as members are. Any other
        data set (dynamic-search.md) is not in the fake: a lint.
Rule 5. Inputs are those of the action's own card and of the cards around it: what another ShowCard asks is neither sent nor
        checked (adaptivecards.io, input validation; as the JavaScript renderer gathers them).
Rule 6. An action whose associatedInputs is "none" neither sends nor checks inputs (schema 1.3, Action.Submit).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from tests.fakes.teams.errors import ClientRefused
from tests.fakes.teams.wire import Json, array, obj, objects

if TYPE_CHECKING:
    from tests.fakes.teams.user import TeamsUser

Given = str | Sequence[str]  # what a person writes, picks, or picks several of
SHOW = "Action.ShowCard"
PEOPLE, MEMBERS = "graph.microsoft.com/users", "graph.microsoft.com/users?scope=currentContext"
GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
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
    if _dataset(node) not in (None, PEOPLE, MEMBERS):
        yield f"input {node.get('id')!r} searches {_dataset(node)!r}, which the fake does not know"


def input_errors(node: Json, kind: str) -> Iterator[str]:
    if kind != "Input.ChoiceSet":
        return
    elsewhere = "choices.data" in node
    if not node.get("choices") and not elsewhere:
        yield "Input.ChoiceSet needs choices"
    query = obj(node.get("choices.data"))
    if elsewhere and (query.get("type") != "Data.Query" or not isinstance(query.get("dataset"), str)):
        yield "choices.data must be a Data.Query with a dataset"
    choices = node.get("choices") or []
    for choice in choices if isinstance(choices, list) else [choices]:
        if not titled(choice):
            yield f"choice {choice!r} needs a string title and a string value"
    value = node.get("value")
    for v in str(value or "").split(",") if node.get("isMultiSelect") else [value]:
        if v and v not in _choices(node) and not (elsewhere and GUID.fullmatch(str(v))):
            yield f"value {v!r} is not among the choices" + (", and no id of the directory" if elsewhere else "")


def titled(pair: object) -> bool:
    """A title and a value, both of them strings."""
    return isinstance(pair, dict) and isinstance(pair.get("title"), str) and isinstance(pair.get("value"), str)


def _choices(node: Json) -> list[object]:
    return [c.get("value") for c in objects(node.get("choices"))]


def _dataset(node: Json) -> object:
    return obj(node.get("choices.data")).get("dataset")


# What a person fills in
def filled(user: TeamsUser, card: Json, action: Json, given: Mapping[str, Given]) -> dict[str, str]:
    """What this person's client sends with this action. Raises ClientRefused."""
    around = _cards_around(action, card)
    inputs = {n["id"]: n for c in around for n in _within(c) if str(n.get("type")).startswith("Input.")}
    if unknown := set(given) - set(inputs):
        raise ClientRefused(f"the card has no input {sorted(unknown)}")
    if str(action.get("associatedInputs", "auto")).lower() == "none":
        return {}
    values = {}
    for name, node in inputs.items():
        offered = _offered(user, node)
        values[name] = _value(node, given.get(name), offered)
        if wrong := _wrong(node, values[name], offered):
            raise ClientRefused(f"{name} {wrong}")
    return {name: value for name, value in values.items() if value or user.sends_empty_inputs}


def _cards_around(action: Json, card: Json) -> list[Json]:
    """The card, and the ShowCards that lead to this action; empty: it is not there."""
    if any(node is action for node in _within(card)):
        return [card]
    for node in _within(card):
        if node.get("type") == SHOW and (inner := _cards_around(action, obj(node.get("card")))):
            return [card, *inner]
    return []


def _within(node: object) -> Iterator[Json]:
    """Every object of a card, but not of the ShowCards on it."""
    if isinstance(node, dict):
        yield node
    shown = "card" if isinstance(node, dict) and node.get("type") == SHOW else None
    children = [v for k, v in node.items() if k != shown] if isinstance(node, dict) else array(node)
    for child in children:
        yield from _within(child)


def _offered(user: TeamsUser, node: Json) -> list[tuple[str, str]]:
    """(value, title) of all that can be picked."""
    offered = [(str(c.get("value")), str(c.get("title"))) for c in objects(node.get("choices"))]
    if _dataset(node) == MEMBERS:  # of a personal chat: the bot is no user
        offered.append((user.aad, user.name))
    elif _dataset(node) == PEOPLE:
        offered += [(u.aad, u.name) for u in user.teams.users.values() if u.tenant == user.tenant]
    return offered


def _value(node: Json, given: Given | None, offered: list[tuple[str, str]]) -> str:
    if given is not None:
        return ",".join(_picked(g, offered) for g in ([given] if isinstance(given, str) else given))
    start = node.get("value")
    if start is None:
        start = node.get("valueOff", "false") if node["type"] == "Input.Toggle" else ""
    return str(start)


def _picked(said: str, offered: list[tuple[str, str]]) -> str:
    """The value of what bears this title. Raises ClientRefused where several do."""
    meant = [value for value, title in offered if title == said]
    if len(meant) > 1 and said not in meant:
        raise ClientRefused(f"several are called {said!r}")
    return meant[0] if len(meant) == 1 and said not in (v for v, _ in offered) else said


def _wrong(node: Json, value: str, offered: list[tuple[str, str]]) -> str | None:
    kind = node["type"]
    off = kind == "Input.Toggle" and value != node.get("valueOn", "true")
    if node.get("isRequired") and (not value or off):
        return f"is required: {node.get('errorMessage')}"
    if not value:
        return None
    match kind:
        case "Input.Text":
            return _wrong_text(node, value)
        case "Input.ChoiceSet":
            unknown = set(value.split(",") if node.get("isMultiSelect") else [value]) - {v for v, _ in offered}
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
