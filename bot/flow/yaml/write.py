"""Writes texts so that the reader beside it, and every other YAML program, reads back what was meant.

Rule 1. A text is written in the plainest way that reads back as itself: as it is, in quotes, under "|", with escapes.
Rule 2. Words that other YAML programs take for something else (yes, no, numbers) stand in quotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.flow.yaml.read import read
from bot.flow.yaml.values import quote, written
from bot.steps.nodes import Mapping, Scalar, Sequence

_OTHERWISE_READ = re.compile(r"(?i:y|n|yes|no|on|off|true|false|null|~|[-+]?[0-9.][0-9_.,:e+-]*)")
_ESCAPED = {"\n": "\\n", "\t": "\\t", "\r": "\\r"}


def value(text: str) -> str:
    """What to write behind `- name: ` or `  name: ` in a list at the left edge; it may take several lines."""
    return next((way for way in _ways(text) if _reads_back(way, text)), _escaped(text))


def _ways(text: str) -> Iterator[str]:
    if "\n" in text:
        yield "|\n" + "\n".join(f"    {line}" if line else "" for line in text.split("\n"))
        return
    if not _OTHERWISE_READ.fullmatch(text):
        yield written(text)
    yield quote(text)


def _escaped(text: str) -> str:
    return '"' + "".join(_ESCAPED.get(c, c) for c in text.replace("\\", "\\\\").replace('"', '\\"')) + '"'


def _reads_back(way: str, text: str) -> bool:
    document = read(f"- a: {way}\n  b: c\n", "")
    match document.root:
        case Sequence(items=(Mapping() as item,)) if not document.problems:
            found = item.get("a")
            return isinstance(found, Scalar) and found.text == text and item.get("b") is not None
        case _:
            return False
