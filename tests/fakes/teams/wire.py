"""What goes over the wire: JSON as it comes, and how to look into it without trusting it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]
ADAPTIVE = "application/vnd.microsoft.card.adaptive"
DOWNLOAD = "application/vnd.microsoft.teams.file.download.info"  # a file that a person sent
CONSENT = "application/vnd.microsoft.teams.card.file.consent"  # the bot asks whether it may upload one
UPLOADED = "application/vnd.microsoft.teams.card.file.info"  # and shows it
FILES = (DOWNLOAD, UPLOADED)


def obj(value: object) -> Json:
    """The object that should stand there; anything else counts as empty."""
    return value if isinstance(value, dict) else {}


def array(value: object) -> list[Any]:
    """The array that should stand there; anything else counts as empty."""
    return value if isinstance(value, list) else []


def objects(value: object) -> list[Json]:
    """The objects of an array."""
    return [v for v in array(value) if isinstance(v, dict)]


def dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def walk(node: object) -> Iterator[Json]:
    """Every object within, from the outside in."""
    if isinstance(node, dict):
        yield node
    for child in node.values() if isinstance(node, dict) else array(node):
        yield from walk(child)
