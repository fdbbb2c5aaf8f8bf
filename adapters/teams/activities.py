"""What the bot sends to Teams: activities, as JSON. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.messages import Message

CARD = "application/vnd.microsoft.card.adaptive"


def card(content: Mapping[str, object], summary: str) -> dict[str, object]:
    """A card; `summary` is what a notification says, and holds nothing of a case."""
    attached = {"contentType": CARD, "content": dict(content)}
    return {"type": "message", "summary": summary, "attachments": [attached]}


def plain_text(shown: Message) -> dict[str, object]:
    """A message without its card: its text and what may be answered, to be typed."""
    offered = "\n".join(f"- {choice.label}" for choice in shown.choices)
    text = "\n\n".join(part for part in (shown.text, shown.hint, offered) if part)
    return {"type": "message", "text": text, "textFormat": "markdown"}


def typing() -> dict[str, object]:
    return {"type": "typing"}
