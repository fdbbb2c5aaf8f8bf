"""The file as YAML is given it: mended line by line, with what was mended and every problem that was found."""

from __future__ import annotations

from collections.abc import Sequence as Listing

from bot.errors import Problem
from bot.flow.yaml.lines import MendedLine
from bot.flow.yaml.values import Fault, Part
from bot.steps.nodes import Entry, Mapping, Node, Scalar, Sequence

Spot = tuple[int, int]  # line and column from 0, in the mended text


class Draft:
    """Rows and columns count from 0. `known` holds the nodes that stand for mended values."""

    def __init__(self, lines: Listing[str], file: str) -> None:
        self.lines = lines
        self.file = file
        self.mended = [MendedLine() for _ in lines]
        self.known: dict[Spot, Node] = {}
        self.names: dict[Spot, Scalar] = {}
        self.dropped: set[Spot] = set()
        self.problems: list[Problem] = []
        self.readable = True

    def report(self, rule: str, row: int, column: int, message: str) -> None:
        self.problems.append(Problem(self.file, row + 1, column + 1, rule, message))

    def text(self) -> str:
        return "\n".join(line.text for line in self.mended) + "\n"

    def put(self, row: int, column: int, piece: str) -> None:
        """A piece that YAML reads itself."""
        self.mended[row].add(piece, column)

    def stand_in(self, row: int, column: int, node: Node) -> None:
        """A node in place of what YAML could not read."""
        self.known[row, len(self.mended[row].text)] = node
        self.mended[row].add('""', column)

    def name(self, row: int, column: int, name: Scalar) -> None:
        """A name: YAML need not read it."""
        self.names[row, len(self.mended[row].text)] = name
        self.mended[row].add('""', column)


def scalar(text: str, row: int, column: int) -> Scalar:
    return Scalar(text, row + 1, column + 1)


def fault_node(fault: Fault, whole: Scalar) -> Node:
    """What the author meant by a value (`whole`, as written) that YAML would not read so."""

    def part(found: Part) -> Scalar:
        return Scalar(found[1], *whole.place_at(found[0]))

    if fault.items is not None:
        return Sequence(tuple(part(item) for item in fault.items), whole.line, whole.column, flow_style=True)
    if fault.pairs is not None:
        entries: dict[str, Entry] = {}
        for key, value in fault.pairs:
            entries.setdefault(key[1], Entry(part(key), part(value)))
        return Mapping(tuple(entries.values()), whole.line, whole.column)
    return Scalar(fault.text, *whole.place_at(fault.offset))
