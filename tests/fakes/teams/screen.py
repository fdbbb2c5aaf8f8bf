"""What a person sees in their chat, as text."""

from __future__ import annotations

from collections.abc import Iterator

from tests.fakes.teams.wire import Json, objects, walk


def render(by: str, text: str, card: Json | None) -> str:
    """A message: who wrote it, its text, and the card with its [buttons] and {inputs}."""
    lines = [f"{by}: {text}".rstrip(), *(f"  {line}" for line in _card(card or {}))]
    return "\n".join(lines)


def _card(card: Json) -> Iterator[str]:
    for node in walk(card):
        kind = str(node.get("type"))
        if kind in ("TextBlock", "TextRun"):
            yield str(node.get("text"))
        elif kind == "FactSet":
            yield from (f"{f.get('title')} {f.get('value')}" for f in objects(node.get("facts")))
        elif kind.startswith("Input."):
            choices = ", ".join(str(c.get("value")) for c in objects(node.get("choices")))
            yield f"{{{node.get('id')}}} {node.get('label') or node.get('title') or ''} {choices}".rstrip()
        elif kind.startswith("Action."):
            yield f"[{node.get('title')}]"
