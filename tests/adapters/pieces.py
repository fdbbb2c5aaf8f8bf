"""What a person is to read of a message, on whatever platform."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.core.messages import Message
from bot.simulation.text import plain


def pieces(message: Message) -> Iterator[str]:
    """What a person is to read of a message."""
    yield from (part for part in plain(message.text).split("\n") if part.strip())
    for fact in message.facts:
        yield plain(fact.label)
        yield from (part for part in plain(fact.value).split("\n") if part.strip())
    yield from (plain(choice.label) for choice in (*message.choices, *message.commands))


def letters(text: str) -> str:
    """Letters and digits alone: how they are set is another test's."""
    return " ".join(re.findall(r"\w+", text.replace("_", " ").casefold()))
