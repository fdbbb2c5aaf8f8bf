"""The people file as rows of cells, each with its line: YAML, or CSV with the same columns.

Rule 1. Every value is text. An empty one, `~` or `null`, is not given.
Rule 2. CSV is UTF-8 with the names of its columns on top, and `,` or `;` between them, as spreadsheets write it.
        Several roles, conflicts or absences stand in one cell with `,` or `;` between them.
Rule 3. An absence is `from:` and `to:`, both days included; in one cell it is 2026-07-01..2026-07-21.
Rule 4. What cannot be read is noted with its line, and reading goes on.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from io import StringIO
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from bot.errors import SettingsError
from bot.steps.notes import did_you_mean, listed

COLUMNS = (
    "name", "email", "manager", "title", "site", "language", "timezone", "deputy", "roles", "conflicts", "away",
    "slack", "teams",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell:
    """A value with its line, from 1."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Away:
    """The first and the last day of an absence, as written."""

    first: str
    last: str | None  # None: until further notice
    line: int


@dataclass(slots=True)
class Row:
    """One person."""

    line: int
    cells: dict[str, Cell] = field(default_factory=dict)
    roles: list[Cell] = field(default_factory=list)
    conflicts: list[Cell] = field(default_factory=list)
    away: list[Away] = field(default_factory=list)


@dataclass(slots=True)
class Faults:
    """What is wrong with a file, line by line."""

    file: str
    found: list[tuple[int, str]] = field(default_factory=list)

    def add(self, line: int, message: str) -> None:
        self.found.append((line, message))

    def unknown(self, line: int, word: str, known: tuple[str, ...], what: str) -> None:
        hint = did_you_mean(word, known) or f" There are: {listed(known)}."
        self.add(line, f'"{word[:40]}" is no {what}.{hint}')


def read_rows(path: Path) -> tuple[list[Row], Faults]:
    """The rows of a file, and what is wrong with them. Raises SettingsError for a file that cannot be read at all."""
    faults = Faults(str(path))
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise SettingsError(f"{path}: there is no such file; `people.file` names the one with your people") from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise SettingsError(f"{path}:{line}: a letter here is not saved as UTF-8. Save the file as UTF-8") from None
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read: {error.strerror}") from None
    rows = _csv(text, faults) if path.suffix.lower() == ".csv" else _yaml(text, faults)
    return list(rows), faults


def _given(text: str) -> bool:
    """Rule 1."""
    return text.strip() not in ("", "~", "null")


def _fill(row: Row, column: str, cell: Cell, faults: Faults) -> None:
    if not _given(cell.text):
        return
    match column:
        case "roles":
            row.roles += _words(cell)
        case "conflicts":
            row.conflicts += _words(cell)
        case "away":
            row.away += (_span(part, cell.line, faults) for part in re.split("[,;]", cell.text) if part.strip())
        case _:
            row.cells[column] = Cell(cell.text.strip(), cell.line)


def _words(cell: Cell) -> Iterator[Cell]:
    return (Cell(word, cell.line) for word in re.split(r"[,;\s]+", cell.text.strip()) if word)


def _span(text: str, line: int, faults: Faults) -> Away:
    first, dots, last = text.partition("..")
    if not dots:
        faults.add(
            line, f'"{text.strip()[:40]}" is no absence. Write its first and last day, as 2026-07-01..2026-07-21'
        )
    return Away(first.strip(), last.strip() or (None if dots else ""), line)


# --- CSV -----------------------------------------------------------------------------------------------------------


def _csv(text: str, faults: Faults) -> Iterator[Row]:
    head = text.split("\n", 1)[0]
    reader = csv.reader(StringIO(text, newline=""), delimiter=";" if head.count(";") > head.count(",") else ",")
    try:
        columns = [name.strip().lower() for name in next(reader, [])]
        _check_columns(columns, faults)
        line = reader.line_num + 1
        for values in reader:
            if any(_given(value) for value in values):
                yield _csv_row(columns, values, line, faults)
            line = reader.line_num + 1
    except csv.Error as error:
        faults.add(reader.line_num, f"this line cannot be read as CSV: {error}.")


def _check_columns(columns: list[str], faults: Faults) -> None:
    for name in columns:
        if name not in COLUMNS:
            faults.unknown(1, name, COLUMNS, "column")
    for name in sorted({name for name in columns if columns.count(name) > 1}):
        faults.add(1, f'the column "{name}" stands here twice.')


def _csv_row(columns: list[str], values: list[str], line: int, faults: Faults) -> Row:
    row = Row(line)
    if len(values) > len(columns):
        faults.add(line, f"this line has {len(values)} values for {len(columns)} columns.")
    for column, value in zip(columns, values, strict=False):
        _fill(row, column, Cell(value, line), faults)
    return row


# --- YAML ----------------------------------------------------------------------------------------------------------


def _yaml(text: str, faults: Faults) -> Iterator[Row]:
    try:
        root = _composed(text)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        faults.add(line, "this cannot be read as YAML. Look for a quote that is missing, a tab, or a line too far in.")
        return
    except (YAMLError, RecursionError):
        faults.add(1, "this cannot be read as YAML.")
        return
    people = _entries(root, faults, ("people",)).get("people") if isinstance(root, MappingNode) else None
    if not isinstance(people, SequenceNode):
        faults.add(1 if root is None else _line(root), 'the file begins with "people:", and a "- " before each person.')
        return
    for item in people.value:
        if isinstance(item, MappingNode):
            yield _yaml_row(item, faults)
        else:
            faults.add(_line(item), "a person is written as:  - name: …")


@lru_cache(maxsize=2)
def _composed(text: str) -> Node | None:
    found: Node | None = YAML(typ="safe", pure=True).compose(text)
    return found


def _line(node: Node) -> int:
    return int(node.start_mark.line) + 1


def _entries(node: MappingNode, faults: Faults, known: tuple[str, ...]) -> dict[str, Node]:
    found: dict[str, Node] = {}
    for key, value in node.value:
        name = str(key.value) if isinstance(key, ScalarNode) else ""
        if name not in known:
            faults.unknown(_line(key), name, known, "key")
        elif name in found:
            faults.add(_line(key), f'"{name}:" stands here twice.')
        else:
            found[name] = value
    return found


def _yaml_row(node: MappingNode, faults: Faults) -> Row:
    row = Row(_line(node))
    for name, value in _entries(node, faults, COLUMNS).items():
        match value:
            case ScalarNode():
                _fill(row, name, Cell(str(value.value), _line(value)), faults)
            case SequenceNode() if name in _LISTS and all(isinstance(item, ScalarNode) for item in value.value):
                words = row.roles if name == "roles" else row.conflicts
                words += (Cell(str(item.value), _line(item)) for item in value.value)
            case MappingNode() if name == "away":
                row.away.append(_yaml_away(value, faults))
            case SequenceNode() if name == "away" and all(isinstance(item, MappingNode) for item in value.value):
                row.away += (_yaml_away(item, faults) for item in value.value)
            case _:
                faults.add(_line(value), f'"{name}:" cannot be read. {_AS.get(name, "It takes one value.")}')
    return row


_LISTS = ("roles", "conflicts")
_AS = {
    "roles": "It takes words, as:  roles: [hr, on_call]",
    "conflicts": "It takes e-mails, as:  conflicts: [bo@example.org]",
    "away": "It takes a first and a last day, as:  from: 2026-07-01, and below it  to: 2026-07-21",
}


def _yaml_away(node: MappingNode, faults: Faults) -> Away:
    days = _entries(node, faults, ("from", "to"))
    first, last = (str(day.value) if isinstance(day := days.get(key), ScalarNode) else "" for key in ("from", "to"))
    return Away(first.strip(), last.strip() if "to" in days else None, _line(node))
