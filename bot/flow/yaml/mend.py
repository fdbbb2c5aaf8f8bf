"""Reads a flow's lines before YAML does, and mends what YAML would refuse or misread.

YAML stops at the first line it cannot read, and reads others as something else without a word. So each line is first
looked at by itself: what it says is plain to a person, since flows use a small part of YAML. What is wrong is reported
and mended in a copy, which YAML then reads whole. Lines stay lines, so that every place is true to the file.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.flow.yaml.draft import Draft, scalar
from bot.flow.yaml.levels import MAX_LEVELS, OPTION_MAPS, STEP_LISTS, Levels, Placed, Waiting, how_far
from bot.flow.yaml.lines import WORD, Flaw, Key, Lead, lead, split_key
from bot.flow.yaml.names import NAME_INDICATORS, check_name, without_property
from bot.flow.yaml.texts import Holder, OpenText, Texts, report_lead

TEXT_LISTS = frozenset({"how", "say_this", "avoid", "why"})  # a colon in their items is part of the text
_HOLDS_LINES = STEP_LISTS | OPTION_MAPS | {"options", "steps", "start", "triage", "never", "due", "labels", "texts"}
_NAMES = frozenset(
    {
        "id",
        "required",
        "when",
        "type",
        "means",
        "many",
        "visible_to",
        "source",
        "hint",
        "language",
        "title",
        "flow",
        "audience",
    }
)


@dataclass(frozen=True, slots=True)
class Row:
    """One line: `column` is where it counts as beginning, `content` what follows its dash, `at` where that stands."""

    index: int
    lead: Lead
    column: int
    dash: bool
    content: str
    at: int
    tight: bool = False


@dataclass(frozen=True, slots=True)
class Shift:
    """Lines further in than `beyond` belong to a line that was moved by `by`; `moved` is the step's verb."""

    beyond: int
    by: int
    left: Waiting | None
    moved: str


class Mender:
    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.texts = Texts(draft)
        self.levels = Levels(self._empty)
        self.holder: Holder | None = None  # of the name that waits for its value
        self.shifts: list[Shift] = []
        self.skipped: int | None = None  # lines further in than this belong to a line that was left out
        self.begun = False

    def run(self) -> Draft:
        index = 0
        while index < len(self.draft.lines):
            if self._marker(index):
                break
            index = self._line(index)
            if len(self.levels.stack) > MAX_LEVELS:
                self.draft.report("yaml-too-deep", index - 1, 0, "this line stands inside too many others.")
                self.draft.readable = False
                break
        if self.draft.readable:
            self.texts.close()
            self.levels.settle()
        return self.draft

    def _marker(self, index: int) -> bool:
        """True where a line ends the flow."""
        line = self.draft.lines[index]
        sign, rest = line[:3], line[3:]
        if sign not in {"---", "..."} or (rest and not rest[0].isspace()):
            return False
        if sign == "---" and not self.begun:
            return False
        follows = [i for i in range(index, len(self.draft.lines)) if not self._idle(i)]
        if follows:
            message = f'"{sign}" would end the flow here. One file holds one flow: remove the line.'
            self.draft.report("yaml-multi-document", index, 0, message)
        return True

    def _idle(self, index: int) -> bool:
        return lead(self.draft.lines[index]).blank or self.draft.lines[index].strip() in {"---", "..."}

    def _line(self, index: int) -> int:
        found = lead(self.draft.lines[index])
        if found.blank:
            return index + 1
        if not self.begun and found.indent == 0 and self._preamble(index, found):
            return index + 1
        if self.skipped is not None and found.indent > self.skipped:
            return index + 1
        self.skipped = None
        self.begun = True
        row = self._row(index, found)
        text = self.texts.open
        if text is not None and _continues(text, row):
            text.pieces.append((found.content, index, found.column))
            return index + 1
        self.texts.close()
        return self._item(row) if row.dash else self._named(row)

    def _preamble(self, index: int, found: Lead) -> bool:
        sign, _, rest = found.content.partition(" ")
        if sign == "---":
            if rest and not rest.lstrip().startswith("#"):
                self.draft.report("yaml-multi-document", index, 0, '"---" must stand alone on its line.')
            self.begun = True
            return True
        if found.content.startswith("%"):
            self.draft.report("yaml-directive", index, 0, 'a line that begins with "%" cannot be used. Remove it.')
            return True
        return False

    def _row(self, index: int, found: Lead) -> Row:
        while self.shifts and found.indent <= self.shifts[-1].beyond:
            self.shifts.pop()
        top = self.shifts[-1] if self.shifts else None
        if top and top.left and found.indent == top.left.at and found.content.startswith("else:") and top.moved != "if":
            self.shifts.pop()
        column = found.indent + (self.shifts[-1].by if self.shifts else 0)
        tight = not found.dash and found.content[0] == "-" and found.content[1:2].isalpha()
        if not (found.dash or tight):
            return Row(index, found, column, False, found.content, found.column)
        content = found.content[1:].lstrip()
        return Row(index, found, column, True, content, found.column + len(found.content) - len(content), tight)

    def _item(self, row: Row) -> int:
        in_texts = self.levels.list_name(row.column) in TEXT_LISTS
        at, content = without_property(self.draft, row.index, row.at, row.content, "- ")
        key = None if in_texts else self._item_key(row, content)
        placed = self._place(row, True, key.text if key else "")
        if placed is None:
            return row.index + 1
        if row.tight:
            shown = f"- {content}"
            message = f'a space is missing after "-". Write:  {shown}'
            self.draft.report("yaml-missing-space", row.index, row.lead.column, message)
        gap = max(row.at - row.lead.column - 1, 1)
        dash = " " * placed.column + "-" + " " * gap
        self.draft.put(row.index, row.lead.column - placed.column, dash)
        if key is None:
            holder = Holder(placed.column, row.lead.indent, "- ", False, in_texts)
            return self._value(row, holder, "", row.lead.column, at, content, gap == 1)
        self.levels.nested(len(dash), row.index + 1)
        written = row.lead.indent + 1 + gap
        return self._entry(row, key, Holder(len(dash), written, "", True), at, content)

    def _item_key(self, row: Row, content: str) -> Key | None:
        key = split_key(content)
        if key is not None:
            quoted = content[0] in "\"'" or key.flaw is Flaw.SMART
            return key if quoted or (key.word and content[0] not in NAME_INDICATORS | {"-"}) else None
        word = content.split(" ", maxsplit=1)[0]
        below = self._next(row.index)
        if not WORD.match(word) or below is None or below.dash or below.indent != row.lead.indent + 2:
            return None
        named = split_key(below.content)
        return Key(word, word, len(word), Flaw.COLON) if named and named.word else None

    def _named(self, row: Row) -> int:
        at, content = without_property(self.draft, row.index, row.at, row.content, "")
        key = split_key(content)
        waiting = self.levels.waiting
        deeper = waiting is not None and row.column > waiting.column
        first = content.split(" ")[0]
        if key is None and not deeper and (WORD.match(content) or first in _NAMES):
            key = Key(first, first, len(first), Flaw.COLON)
        if key is None:
            return self._bare(row, at, content)
        placed = self._place(row, False, "")
        if placed is None:
            return row.index + 1
        self.draft.put(row.index, at - placed.column, " " * placed.column)
        return self._entry(row, key, Holder(placed.column, row.lead.indent, "", True), at, content)

    def _bare(self, row: Row, at: int, content: str) -> int:
        """A line without a name: the value of the name above it, or nothing that can be read."""
        waiting, holder = self.levels.waiting, self.holder
        if waiting is not None and holder is not None and row.column > waiting.column and content:
            self.levels.waiting = None
            report_lead(self.draft, row.index, row.lead, row.column)
            self.draft.put(row.index, at - row.column, " " * row.column)
            return self.texts.value(holder, row.index, at, content)
        message = 'this line has no name. Begin it with a name and ":", or with a dash in a list.'
        self.draft.report("yaml-no-name", row.index, row.at, message)
        self.skipped = row.lead.indent
        return row.index + 1

    def _entry(self, row: Row, key: Key, holder: Holder, at: int, content: str) -> int:
        rest = content[key.end :].lstrip()
        gap = len(content) - key.end - len(rest)
        column = at + key.end + gap
        holder = replace(holder, shown=check_name(self.draft, row.index, at, key, "- " if row.dash else "", rest))
        if key.text == "<<":
            message = '"<<" copies another part of the file, which flows do not have. Write out what belongs here.'
            self.draft.report("yaml-merge", row.index, at, message)
            self.draft.dropped.add((row.index, len(self.draft.mended[row.index].text)))
            self.draft.put(row.index, at, '"<<": ""')
            return row.index + 1
        if key.raw[0] in "\"'":
            self.draft.put(row.index, at, key.raw)
        else:
            self.draft.name(row.index, at, scalar(key.text, row.index, at + int(key.flaw is Flaw.SMART)))
        self.draft.put(row.index, column - 2, ": ")
        column, rest = without_property(self.draft, row.index, column, rest, holder.shown)
        if rest.startswith("- ") and key.text in _HOLDS_LINES | TEXT_LISTS:
            message = f'a list begins on the line below its name. Write below "{key.text}:":  {rest}'
            self.draft.report("yaml-starts-with", row.index, column, message)
            self.draft.stand_in(row.index, column, scalar("", row.index, column))
            return row.index + 1
        return self._value(row, holder, key.text, at, column, rest, gap == 1)

    def _value(self, row: Row, holder: Holder, name: str, name_at: int, at: int, rest: str, near: bool) -> int:
        """What follows a name or dash; `near` says that only one space stands between."""
        if rest and (rest[0] != "#" or (near and not self._nested(row, holder))):
            return self.texts.value(holder, row.index, at, rest)
        self.holder = holder
        self.levels.wait(holder.column, name, row.index + 1, name_at)
        return row.index + 1

    def _nested(self, row: Row, holder: Holder) -> bool:
        """Whether the value stands on the lines below."""
        below = self._next(row.index)
        if below is None or below.indent > holder.written:
            return below is not None
        return below.dash and holder.in_map and below.indent == holder.written

    def _empty(self, waiting: Waiting) -> None:
        row = waiting.line - 1
        if not waiting.name:
            message = 'there is nothing after "-". Write the text, or remove the line.'
        elif waiting.name in _HOLDS_LINES:
            inside = how_far(waiting.column + 2)
            message = f'there is nothing under "{waiting.name}:". What belongs there must begin {inside}.'
        else:
            message = f'there is nothing after "{waiting.name}:". Write its value, or remove the line.'
        self.draft.report("yaml-empty-value", row, waiting.at, message)
        self.draft.stand_in(row, waiting.at, scalar("", row, waiting.at))

    def _place(self, row: Row, is_list: bool, item: str) -> Placed | None:
        placed = self.levels.place(row.column, is_list, item)
        if placed.nowhere:
            what = (
                "there is no list here that this step belongs to"
                if is_list
                else "this line does not belong to the list"
            )
            message = f"{what}. See where the lines above it begin."
            self.draft.report("yaml-indent", row.index, row.lead.column, message)
            self.skipped = row.lead.indent
            return None
        if row.lead.bad is not None:
            report_lead(self.draft, row.index, row.lead, placed.column)
        elif placed.rule:
            self.draft.report(placed.rule, row.index, row.lead.column, placed.message)
        if placed.column != row.lead.indent:
            beyond = row.lead.indent - int(placed.first)
            self.shifts.append(Shift(beyond, placed.column - row.lead.indent, placed.left, item))
        return placed

    def _next(self, index: int) -> Lead | None:
        below = (lead(line) for line in self.draft.lines[index + 1 :])
        return next((found for found in below if not found.blank), None)


def _continues(text: OpenText, row: Row) -> bool:
    """Whether the line goes on with the text above it, which only lacks its "|"."""
    if row.column < text.holder.column or not row.content:
        return False
    key = split_key(row.content)
    if row.dash:
        return key is None and text.holder.in_map
    if row.column > text.holder.column:
        return text.holder.in_texts or key is None or not key.word or key.flaw is Flaw.TIGHT
    return key is None and " " in row.content and row.content.split()[0] not in _NAMES and row.content[0] not in "[{"
