"""What appeared on the stage as lines of a transcript.

Rule 1. A long text is kept by its beginning, its buttons whole: a mended word must not break every transcript.
Rule 2. What somebody gets to read is written whole: it is what must not be wrong.
"""

from __future__ import annotations

import re

from bot.core.messages import Message
from bot.simulation.names import name_of
from bot.simulation.stage import Stage
from bot.simulation.text import one_line

#: A case's reference is random: each replay has its own.
REFERENCE = re.compile(r"\b[2-9A-HJKMNP-Z]{3}-[2-9A-HJKMNP-Z]{4}\b")
LONGEST_PIECE = 88


def piece(text: str) -> str:
    """The beginning of a long text as a recording keeps it: a mended word must not break every transcript."""
    if len(text) <= LONGEST_PIECE:
        return text
    cut = text[:LONGEST_PIECE]
    return cut[: cut.rfind(" ")] + " …"


def shown(message_line: str) -> str:
    """A message line as a recording keeps it: a long text cut, its buttons whole."""
    tail = re.search(r"((?: \[(?:[^\[\]\\]|\\.)*\])+(?: \{.*\})?| \{[^{}]*\})$", message_line)
    head = message_line[: tail.start()] if tail else message_line
    return piece(head) + (tail.group(1) if tail else "")


def record(stage: Stage, since: int, *, changes: bool) -> list[str]:
    """What appeared since, as lines of a transcript."""
    people = stage.people()
    news = stage.screens.news[since:]
    return [seen(name_of(person, people), sign, message) for person, sign, message in news if sign in "<@" or changes]


def seen(name: str, sign: str, message: Message) -> str:
    """A line of a transcript: what appeared on somebody's screen."""
    text = REFERENCE.sub("…", one_line(message))
    # what somebody gets to read is written whole: it is what must not be wrong
    whole = message.token is None and message.facts
    return f"{name:<6} {sign} {text if whole else shown(text)}"
