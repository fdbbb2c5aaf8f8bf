"""What a person sees in their chat, as text.

Rule 1. A card is drawn in the order in which it is read: its body, then its buttons. What is not visible is not drawn, nor
        what a ShowCard holds until it is pressed (`[More ...]`).
Rule 2. People read titles, never values: `{Kind *: (x) Sick ( ) Vacation}`, `{Who: Max Manager}`, `{Note: what is filled in}`
        or `{Note: (placeholder)}`; `*` is a required input, `[x]` a box that is ticked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tests.fakes.teams.wire import ADAPTIVE, CONSENT, FILES, Json, array, obj, objects

INSIDE = ("items", "columns", "rows", "cells", "images")  # what holds further elements
Names = Mapping[str, str]  # of people, by their id in the directory


def draw_message(by: str, activity: Json, card: Json | None, names: Names) -> str:
    """Who wrote it, its text, its cards and files, and the suggestions beneath."""
    lines = [f"{by}: {activity.get('text') or ''}".rstrip()]
    for attached in objects(activity.get("attachments")):
        lines += [f"  {line}" for line in _attached(attached, card, names)]
    suggested = objects(obj(activity.get("suggestedActions")).get("actions"))
    return "\n".join([*lines, *(f"  [{a.get('title')}]" for a in suggested)])


def _attached(attached: Json, card: Json | None, names: Names) -> Iterator[str]:
    kind = str(attached.get("contentType"))
    if kind == ADAPTIVE:
        yield from draw_card(card or {}, names)
    elif kind == CONSENT:
        content = obj(attached.get("content"))
        yield f"<file {attached.get('name')}, {content.get('sizeInBytes')} bytes> {content.get('description') or ''}".rstrip()
        yield "[Allow] [Decline]"
    elif kind in FILES:
        yield f"<file {attached.get('name')}>"
    elif kind.startswith("image/"):
        yield f"<picture {attached.get('name') or ''}".rstrip() + ">"


def draw_card(card: Json, names: Names) -> Iterator[str]:
    """An Adaptive Card, line by line."""
    yield from _elements(card.get("body"), names)
    yield from _buttons(card.get("actions"))


def _elements(nodes: object, names: Names) -> Iterator[str]:
    for node in objects(nodes):
        if node.get("isVisible") is not False:
            yield from _element(node, names)


def _element(node: Json, names: Names) -> Iterator[str]:
    match node.get("type"):
        case "TextBlock":
            yield str(node.get("text"))
        case "RichTextBlock":
            yield "".join(r if isinstance(r, str) else str(obj(r).get("text")) for r in array(node.get("inlines")))
        case "FactSet":
            yield from (f"{f.get('title')} {f.get('value')}" for f in objects(node.get("facts")))
        case "Image":
            yield f"<picture {node.get('altText') or ''}".rstrip() + ">"
        case "Media":
            yield f"<media {node.get('altText') or ''}".rstrip() + ">"
        case "ActionSet":
            yield from _buttons(node.get("actions"))
        case str(kind) if kind.startswith("Input."):
            yield _input(node, names)
        case _:
            for name in INSIDE:
                yield from _elements(node.get(name), names)
            yield from _buttons([node.get("selectAction")])


def _buttons(actions: object) -> Iterator[str]:
    for action in objects(actions):
        if title := action.get("title"):
            yield f"[{title}{' ...' if action.get('type') == 'Action.ShowCard' else ''}]"


def _input(node: Json, names: Names) -> str:
    label, required = node.get("label") or "", " *" if node.get("isRequired") else ""
    if node["type"] == "Input.Toggle":
        on = str(node.get("value")) == str(node.get("valueOn", "true"))
        return f"{{{label or node.get('title')}{required}: [{'x' if on else ' '}] {node.get('title')}}}"
    shown = _choices(node, names) if node["type"] == "Input.ChoiceSet" else str(node.get("value") or "")
    return f"{{{label}{required}: {shown or _hint(node)}}}"


def _hint(node: Json) -> str:
    return f"({node['placeholder']})" if node.get("placeholder") else ""


def _choices(node: Json, names: Names) -> str:
    """A list to search shows what is picked; any other one shows all that can be picked."""
    value = str(node.get("value") or "")
    picked = [v for v in (value.split(",") if node.get("isMultiSelect") else [value]) if v]
    choices = objects(node.get("choices"))
    if "choices.data" in node:
        titles = dict(names) | {str(c.get("value")): str(c.get("title")) for c in choices}
        return ", ".join(titles.get(v, v) for v in picked)
    on, off = ("[x]", "[ ]") if node.get("isMultiSelect") else ("(x)", "( )")
    return " ".join(f"{on if c.get('value') in picked else off} {c.get('title')}" for c in choices)
