"""How far in a line begins, and what it therefore belongs to.

Rule 1. A line below a name or dash without a value opens a level: further in, or, for dashes, level with the name.
Rule 2. Every other line begins where a line of an open level begins.
Rule 3. A step to the left of the name that still waits for its steps belongs under that name.
Rule 4. A line that begins anywhere else belongs to the nearest open level of its kind; of two, to the inner.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

MAX_LEVELS = 40
STEP_LISTS = frozenset({"then", "else", "record", "fields"})
OPTION_MAPS = frozenset({"cases"})


@dataclass(frozen=True, slots=True)
class Level:
    """Lines that begin at the same column (from 0). `name` opened it on `line` (from 1), or a dash, or nothing."""

    column: int
    is_list: bool
    name: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Waiting:
    """A name, or a dash (`name` is empty), that has no value yet; `column` as YAML sees it, `at` as written."""

    column: int
    name: str
    line: int
    at: int


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a line must begin; `rule` and `message` are empty where it does, `nowhere` if it belongs to nothing.

    `left` is the name it stood to the left of; `first` is set where the whole file begins too far in.
    """

    column: int
    rule: str = ""
    message: str = ""
    left: Waiting | None = None
    nowhere: bool = False
    first: bool = False


def how_far(column: int) -> str:
    if column == 0:
        return "at the very left"
    return f"{column} space{'s' * (column > 1)} in"


@dataclass(slots=True)
class Levels:
    empty: Callable[[Waiting], None]  # told of each name or dash that turns out to have nothing
    stack: list[Level] = field(default_factory=list)
    waiting: Waiting | None = None

    def wait(self, column: int, name: str, line: int, at: int) -> None:
        self.waiting = Waiting(column, name, line, at)

    def settle(self) -> None:
        """Nothing more can follow for the name that waits."""
        if self.waiting is not None:
            self.empty(self.waiting)
            self.waiting = None

    def place(self, column: int, is_list: bool, item: str) -> Placed:
        """Finds the level of a line; `item` is the name after its dash, if any."""
        waiting = self.waiting
        if waiting is not None:
            if column > waiting.column or (is_list and waiting.name and column == waiting.column):
                return self._open(column, is_list, waiting)
            # A dash with a bare text can be no step beside the name that waits, so it belongs under it.
            if is_list and waiting.name and (not item or self._holds_steps(waiting)):
                self._open(waiting.column, is_list, waiting)
                what = "step" if item else "line"
                message = self._under(what, waiting.name, waiting.line, waiting.column)
                return Placed(waiting.column, "yaml-indent-then", message, left=waiting)
            self.settle()
        if not self.stack:
            self.stack.append(Level(column, is_list))
            return self._root(column)
        return self._among(column, is_list, "step" if item else "line")

    def nested(self, column: int, line: int) -> None:
        """A name after a dash: the names below it begin at the same column."""
        self.stack.append(Level(column, False, "", line))

    def list_name(self, column: int) -> str:
        """The name over the list that a dash at `column` belongs to."""
        waiting = self.waiting
        if waiting is not None and column >= waiting.column:
            return waiting.name
        lists = [level for level in self.stack if level.is_list]
        return min(reversed(lists), key=lambda level: abs(level.column - column)).name if lists else ""

    def _open(self, column: int, is_list: bool, waiting: Waiting) -> Placed:
        self.stack.append(Level(column, is_list, waiting.name, waiting.line))
        self.waiting = None
        return Placed(column)

    def _root(self, column: int) -> Placed:
        if column == 0:
            return Placed(0)
        self.stack[-1] = Level(0, self.stack[-1].is_list)
        return Placed(0, "yaml-indent", "the first line must begin at the very left.", first=True)

    def _among(self, column: int, is_list: bool, what: str) -> Placed:
        levels = [level for level in self.stack if level.is_list == is_list]
        if not levels:
            return Placed(column, nowhere=True)
        level = min(reversed(levels), key=lambda level: abs(level.column - column))
        while self.stack[-1] is not level:
            self.stack.pop()
        if level.column == column:
            return Placed(column)
        return Placed(level.column, "yaml-indent", self._belongs(level, what))

    def _holds_steps(self, waiting: Waiting) -> bool:
        if waiting.name in STEP_LISTS:
            return True
        level = next((level for level in reversed(self.stack) if level.column == waiting.column), None)
        return level is not None and level.name in OPTION_MAPS

    def _belongs(self, level: Level, what: str) -> str:
        if level.name:
            return self._under(what, level.name, level.line, level.column)
        if level.line:
            return f"this line belongs to the step on line {level.line} and must begin {how_far(level.column)}."
        return f"this line must begin {how_far(level.column)}."

    @staticmethod
    def _under(what: str, name: str, line: int, column: int) -> str:
        return f'this {what} belongs under "{name}:" (line {line}) and must begin {how_far(column)}.'
