"""Colleagues that a list offers while somebody types a name. Pure."""

from __future__ import annotations

from adapters.slack.wire import LONGEST_OPTION
from bot.core.colleagues import colleagues
from bot.core.people import People, PersonId

#: Slack shows no more.
MOST = 100
LONGEST_LABEL = 75


def suggestions(people: People, asking: PersonId, typed: str) -> list[dict[str, object]]:
    """As Slack takes them."""
    return [
        {"text": {"type": "plain_text", "text": _label(found.name, found.title)}, "value": found.id[:LONGEST_OPTION]}
        for found in colleagues(people, asking, typed)[:MOST]
    ]


def _label(name: str, title: str) -> str:
    label = f"{name}, {title}" if title else name
    return label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1] + "…"
