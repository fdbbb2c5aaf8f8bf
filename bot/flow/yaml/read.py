"""Reads one YAML file of a flow: text in, a tree of texts with their places out, and every problem at once.

Rule 1. No input raises: whatever is wrong is a `Problem` with its place, in file order.
Rule 2. Where a mistake has one likely meaning, the tree holds that meaning, so that later checks can go on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import CollectionNode, MappingNode, ScalarNode
from ruamel.yaml.nodes import Node as YamlNode

from bot.errors import Problem
from bot.flow.yaml.draft import Draft
from bot.flow.yaml.lines import split_lines
from bot.flow.yaml.mend import Mender
from bot.flow.yaml.values import ESCAPE
from bot.steps.nodes import Document, Entry, Mapping, Node, Scalar, Sequence

MAX_BYTES = 512 * 1024
MAX_LINES = 10_000
MAX_LINE = 5_000  # characters

# What no text may hold: control characters, line ends that editors do not show, half a pair, and marks without meaning.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_TWO_QUOTES = re.compile("''")


def decode(data: bytes, file: str) -> str | Problem:
    """The text of a file's bytes, which must be UTF-8 (a byte order mark is allowed)."""
    if len(data) > MAX_BYTES:
        return _too_large(file)
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return Problem(file, 1, 1, "yaml-encoding", "the file is saved as UTF-16. Save it as UTF-8.")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        lines = split_lines(before)
        message = "a letter here is not saved as UTF-8. Save the file as UTF-8."
        return Problem(file, len(lines), len(lines[-1]) + 1, "yaml-encoding", message)


@lru_cache(maxsize=64)  # a start reads each file three times: to check, to publish, to load
def read(text: str, file: str) -> Document:
    """The tree of `text`; `file` is the name that problems show. Never raises."""
    if len(text) > MAX_BYTES or len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        return Document(file, None, (_too_large(file),), ())
    lines = split_lines(text.removeprefix("\ufeff"))
    if len(lines) > MAX_LINES:
        message = f"the file has more than {MAX_LINES} lines. Split it into several flows."
        return Document(file, None, (Problem(file, MAX_LINES + 1, 1, "yaml-too-large", message),), ())
    draft = Draft([_CONTROL.sub(" ", line[:MAX_LINE]) for line in lines], file)
    for row, line in enumerate(lines):
        if len(line) > MAX_LINE:
            message = f'the line is longer than {MAX_LINE} characters. Write its text on several lines, under "|".'
            draft.report("yaml-too-large", row, MAX_LINE, message)
        for found in _CONTROL.finditer(line):
            draft.report("yaml-control", row, found.start(), _control(found[0]))
    root = _root(Mender(draft).run())
    return Document(file, root, tuple(sorted(set(draft.problems))), tuple(lines))


def _too_large(file: str) -> Problem:
    message = f"the file is larger than {MAX_BYTES // 1024} kB. Split it into several flows."
    return Problem(file, 1, 1, "yaml-too-large", message)


def _control(char: str) -> str:
    return f"a character stands here that cannot be seen (U+{ord(char):04X}). Delete it."


def _root(draft: Draft) -> Node | None:
    if not draft.readable:
        return None
    try:
        node = YAML(typ="safe", pure=True).compose(draft.text())
    except (YAMLError, ValueError, RecursionError) as error:
        mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
        row = min(mark.line, len(draft.lines) - 1) if mark else 0
        column = max(draft.mended[row].original(mark.column), 0) if mark else 0
        message = "YAML cannot read this. Look for a quote or a bracket that is missing, here or on the lines before."
        draft.report("yaml-syntax", row, column, message)
        return None
    if node is None:
        if not draft.problems:
            draft.report("yaml-empty-value", 0, 0, "the file is empty.")
        return None
    return _Tree(draft).node(node)


class _Tree:
    """Turns what YAML read into nodes with places that are true to the file."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft

    def node(self, node: YamlNode) -> Node:
        row, mended = node.start_mark.line, node.start_mark.column
        if isinstance(node, ScalarNode):
            return self.draft.known.get((row, mended)) or self._scalar(node, row, mended)
        line, column = row + 1, self.draft.mended[row].original(mended) + 1
        if isinstance(node, MappingNode):
            return Mapping(self._entries(node), line, column)
        in_brackets = isinstance(node, CollectionNode) and bool(node.flow_style)
        return Sequence(tuple(self.node(item) for item in node.value), line, column, in_brackets)

    def _entries(self, node: MappingNode) -> tuple[Entry, ...]:
        entries: dict[str, Entry] = {}
        for key_node, value_node in node.value:
            spot = key_node.start_mark.line, key_node.start_mark.column
            if spot in self.draft.dropped:
                continue
            key = self.draft.names.get(spot) or self._scalar(key_node, *spot)
            value = self.node(value_node)
            first = entries.get(key.text)
            if first is None:
                entries[key.text] = Entry(key, value)
                continue
            message = f'"{key.text}:" stands here already on line {first.key.line}. Keep one of the two.'
            self.draft.report("yaml-double-key", key.line - 1, key.column - 1, message)
        return tuple(entries.values())

    def _scalar(self, node: ScalarNode, row: int, mended: int) -> Scalar:
        line, column = row + 1, self.draft.mended[row].original(mended) + 1
        if node.style == "|":
            return Scalar(node.value.rstrip("\n"), line, column, block=True, places=self._block_places(node.value, row))
        if node.style not in {'"', "'"}:
            return Scalar(node.value, line, column)
        source = self.draft.lines[row][column - 1 :]
        places = _quoted_places(source, line, column, (ESCAPE if node.style == '"' else _TWO_QUOTES).finditer)
        scalar = Scalar(node.value, line, column, quoted=True, places=places)
        for found in _CONTROL.finditer(node.value):
            at_line, at_column = scalar.place_at(found.start())
            self.draft.report("yaml-control", at_line - 1, at_column - 1, _control(found[0]))
        return scalar

    def _block_places(self, text: str, row: int) -> tuple[tuple[int, int, int], ...]:
        places: list[tuple[int, int, int]] = []
        offset = 0
        for below, part in enumerate(text.rstrip("\n").split("\n"), row + 1):
            mended = self.draft.mended[below]
            inset = len(mended.text) - len(part)
            places.append((offset, below + 1, mended.original(inset) + 1))
            offset += len(part) + 1
        return tuple(places)


def _quoted_places(
    source: str, line: int, column: int, escapes: Callable[[str, int], Iterator[re.Match[str]]]
) -> tuple[tuple[int, int, int], ...]:
    """After each escape the text and the file count differently."""
    places = [(0, line, column + 1)]
    lost = 0
    for found in escapes(source, 1):
        lost += len(found[0]) - 1
        places.append((found.end() - 1 - lost, line, column + found.end()))
    return tuple(places)
