"""What is wrong with an Adaptive Card.

Rule 1. An error is what Teams draws as a broken card, or not at all: real tenants are lenient and then show nothing, so
        the fake refuses it. A lint is legal and unwise.
Rule 2. The card's version is 1.5 at most (cards-reference.md); Action.Execute and refresh need 1.4
        (universal-actions-for-adaptive-cards/Overview.md).
Rule 3. refresh names an Action.Execute and at most 60 users (User-Specific-Views.md).
Rule 4. CHOSEN: pictures are of https or data:, `data` of an action is an object (else it could not be merged with the
        inputs), a card within a card holds no further one, facts and choices hold strings only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from tests.fakes.teams.card_inputs import input_errors, input_lints, titled
from tests.fakes.teams.limits import Limits
from tests.fakes.teams.schema import BOOLEANS, CHILDREN, IMPLIED, INNER, KINDS, SINGLE, enum_of
from tests.fakes.teams.wire import Json, array, dumped, obj

URL = re.compile(r"(https://|data:image/(png|jpe?g|gif);base64,|mailto:|tel:)")
UNTITLED = ("selectAction", "refresh.action")  # nobody sees a title there


@dataclass(frozen=True, slots=True)
class Problem:
    level: Literal["error", "lint"]
    text: str
    too_big: bool = False


def check_card(card: object, limits: Limits | None = None, where: str = "card") -> list[Problem]:
    """What is wrong with this card; `where` it stands begins every text."""
    if not isinstance(card, dict) or card.get("type") != "AdaptiveCard":
        return [Problem("error", f"{where}: content is not an AdaptiveCard")]
    check = _Check(limits or Limits())
    check.node(card, where, "AdaptiveCard")
    check.whole(card, where)
    return check.problems


class _Check:
    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.problems: list[Problem] = []
        self.inputs: dict[str, str] = {}
        self.used: set[str] = set()

    def err(self, path: str, text: str) -> None:
        self.problems.append(Problem("error", f"{path}: {text}"))

    def lint(self, path: str, text: str) -> None:
        self.problems.append(Problem("lint", f"{path}: {text}"))

    # The card as a whole
    def whole(self, card: Json, path: str) -> None:
        version = self._version(card.get("version"), path)
        refresh = card.get("refresh")
        if refresh is not None:
            self._refresh(refresh, path)
        if ("Action.Execute" in self.used or refresh) and version and version < (1, 4):
            self.err(path, "Action.Execute and refresh need version 1.4 or later")
        if len(dumped(card).encode(errors="surrogatepass")) > self.limits.card_bytes:
            size = f"{path}: card is larger than {self.limits.card_bytes} bytes"
            self.problems.append(Problem("error", size, too_big=True))

    def _version(self, value: object, path: str) -> tuple[int, int] | None:
        if not isinstance(value, str) or not (m := re.fullmatch(r"(\d+)\.(\d+)", value)):
            self.err(path, f"version {value!r} missing or not a string like '1.5'")
            return None
        version = int(m[1]), int(m[2])
        if version > self.limits.card_version:
            self.err(path, f"version {value} is above {'.'.join(map(str, self.limits.card_version))}")
        return version

    def _refresh(self, refresh: object, path: str) -> None:
        action, users = obj(refresh).get("action"), array(obj(refresh).get("userIds"))
        if obj(action).get("type") != "Action.Execute":
            self.err(path, "refresh.action must be an Action.Execute")
            return
        self.node(action, f"{path}.refresh.action", "action")
        if len(users) > self.limits.refresh_users:
            self.err(path, f"refresh.userIds has {len(users)} users, at most {self.limits.refresh_users}")
        elif not users:
            self.lint(path, "refresh without userIds")

    # One element, and what is in it
    def node(self, node: object, path: str, place: str, shown: int = 0) -> None:
        """`place`: element, action, or the one type that may stand here. `shown`: how many ShowCards it is within."""
        if not isinstance(node, dict):
            self.err(path, f"expected an object, got {type(node).__name__}")
            return
        kind = node.get("type") or (place if place in IMPLIED else None)
        if not isinstance(kind, str) or kind not in KINDS or not _fits(kind, place):
            self.err(path, f"unknown or misplaced type {kind!r}")
            return
        self.used.add(kind)
        self._properties(node, kind, path)
        self._children(node, kind, path, shown)
        self._values(node, kind, path)
        if kind.startswith("Action."):
            self._action(node, kind, path, shown)
        if kind.startswith("Input."):
            self._input(node, kind, path)

    def _properties(self, node: Json, kind: str, path: str) -> None:
        for name in KINDS[kind].required:
            empty = node.get(name) is None or (node[name] == "" and kind != "TextBlock")
            if empty:
                self.err(path, f"{kind} needs {name!r}")
        for name, value in node.items():
            if name not in KINDS[kind].known:
                self.lint(path, f"{kind} has no property {name!r} in schema 1.5")
            if name in BOOLEANS and not isinstance(value, bool):
                self.err(path, f"{name} must be true or false, got {value!r}")
            values = enum_of(kind, name)
            if values and isinstance(value, str) and value.lower() not in values:
                self.err(path, f"{kind}.{name} = {value!r} is not one of {' '.join(values)}")

    def _children(self, node: Json, kind: str, path: str, shown: int) -> None:
        deeper = shown + (kind == "Action.ShowCard")
        for name, value in node.items():
            if name not in CHILDREN or (kind, name) == ("Table", "columns"):
                continue
            if name in SINGLE:
                self.node(value, f"{path}.{name}", CHILDREN[name], deeper)
            elif not isinstance(value, list):
                self.err(path, f"{name} must be an array")
            else:
                for i, child in enumerate(value):
                    if not (name == "inlines" and isinstance(child, str)):
                        self.node(child, f"{path}.{name}[{i}]", CHILDREN[name], deeper)
        if len(array(node.get("actions"))) > self.limits.actions:
            self.lint(path, f"{len(node['actions'])} actions; Teams shows {self.limits.actions}")

    def _values(self, node: Json, kind: str, path: str) -> None:
        if kind in ("TextBlock", "TextRun") and not isinstance(node.get("text", ""), str):
            self.err(path, "text must be a string")
        for name in ("url", "iconUrl"):
            if isinstance(node.get(name), str) and not URL.match(node[name]):
                self.err(path, f"{name} must be https (or data: for images): {node[name][:60]!r}")
        if kind == "FactSet":
            for fact in node["facts"] if isinstance(node.get("facts"), list) else [node.get("facts")]:
                if not titled(fact):
                    self.err(path, f"fact {fact!r} needs a string title and a string value")

    def _action(self, node: Json, kind: str, path: str, shown: int) -> None:
        if not node.get("title") and not node.get("iconUrl") and not path.endswith(UNTITLED):
            self.lint(path, f"{kind} has no title")
        if "data" in node and not isinstance(node["data"], dict):
            self.err(path, f"{kind}.data must be an object for Teams (a string cannot be merged with inputs)")
        if kind == "Action.ShowCard" and shown:
            self.err(path, "Action.ShowCard inside Action.ShowCard is not supported")

    def _input(self, node: Json, kind: str, path: str) -> None:
        name = str(node.get("id"))
        if name in self.inputs:
            self.err(path, f"input id {name!r} used twice (also at {self.inputs[name]})")
        self.inputs[name] = path
        for text in input_lints(node, kind):
            self.lint(path, text)
        for text in input_errors(node, kind):
            self.err(path, text)


def _fits(kind: str, place: str) -> bool:
    action = kind.startswith("Action.")
    match place:
        case "element":
            return not action and kind not in INNER
        case "action":
            return action
        case _:
            return kind == place
