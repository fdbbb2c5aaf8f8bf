"""A message as it stands in a terminal."""

from __future__ import annotations

from adapters.terminal import render
from bot.core.messages import Asks, Choice, Fact, Message


def test_names_and_labels_are_shown_as_they_are() -> None:
    """What is Markdown in a message is none on the screen, in the label of a fact either."""
    message = Message(
        "Who may *know*?",
        asks=Asks.MANY,
        facts=(Fact("My manager, Ada O\\'Hara", "Is asked **first**"),),
        choices=(Choice("manager", "My manager"),),
        hint="You can *change* it.",
    )
    assert render.lines(message, "Open form") == [
        "Who may know?",
        "  My manager, Ada O'Hara: Is asked first",
        "  (You can change it.)",
        "  1. ☐ My manager",
    ]
