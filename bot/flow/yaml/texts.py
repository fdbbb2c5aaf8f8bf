"""Values and the lines they take: on one line, under "|", or, by mistake, on several lines without it.

Rule 1. A text stands on one line, or under "|".
Rule 2. A text that goes on below is read as if "|" had been written, and refused.
Rule 3. Under "|" everything further in than its name is text, at the column of its first line.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.flow.yaml.draft import Draft, fault_node, scalar
from bot.flow.yaml.levels import how_far
from bot.flow.yaml.lines import Lead, lead, split_key
from bot.flow.yaml.values import (
    REST,
    Fault,
    Header,
    Unclosed,
    Words,
    classify,
    closing_quote,
    quote,
)
from bot.steps.nodes import Node, Scalar, Sequence

#: Names whose value is always a list of words.
LISTS = frozenset({"visible_to: ", "reads: ", "words: "})
MAX_UNCLOSED = 100  # lines to look for the end of a quote or bracket


@dataclass(frozen=True, slots=True)
class Holder:
    """The name or dash that a value belongs to.

    `column` is where it stands for YAML, `written` in the file; `shown` is how its line begins, as in "- say: ".
    `in_texts` says that it is a dash in a list that holds nothing but texts.
    """

    column: int
    written: int
    shown: str
    in_map: bool
    in_texts: bool = False


@dataclass(slots=True)
class OpenText:
    """A text that may go on below. `pieces` are its lines: text, row, column."""

    holder: Holder
    row: int
    column: int
    raw: str
    fault: Fault | None
    pieces: list[tuple[str, int, int]] = field(default_factory=list)


class Texts:
    """Writes values into the draft. One text at a time is open: the one on the line above."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.open: OpenText | None = None

    def value(self, holder: Holder, row: int, column: int, raw: str) -> int:
        """Takes the value `raw`; the next row to read is returned."""
        match classify(raw):
            case Header(sign, extra):
                return self._block(holder, row, column, sign + extra)
            case Words(written):
                self.draft.put(row, column, written.replace("\t", " "))
            case Unclosed(closer, fault):
                return self._unclosed(holder, row, column, raw, closer, fault)
            case Fault() as fault:
                self.begin(holder, row, column, raw, fault)
            case whole:
                self.begin(holder, row, column, whole.text, None)
        return row + 1

    def close(self) -> None:
        """The open text ends with the line above."""
        text, self.open = self.open, None
        if text is None:
            return
        if len(text.pieces) > 1:
            self._several_lines(text)
        elif text.fault is not None:
            fault = text.fault
            write = f" Write:  {text.holder.shown}{quote(fault.text)}" if fault.write else ""
            self.draft.report(fault.rule, text.row, text.column + fault.at, fault.reason + write)
            self.draft.stand_in(text.row, text.column, fault_node(fault, scalar(text.raw, text.row, text.column)))
        elif "\t" in text.raw and text.raw[0] not in "\"'":
            # A tab inside a text is YAML, but the library does not read it.
            self.draft.stand_in(text.row, text.column, scalar(text.raw, text.row, text.column))
        else:
            self.draft.put(text.row, text.column, text.raw)

    def begin(self, holder: Holder, row: int, column: int, raw: str, fault: Fault | None) -> None:
        first = fault.text if fault else raw[1:-1] if raw[0] in "\"'" else raw
        at = column + (fault.offset if fault else int(raw[0] in "\"'"))
        self.open = OpenText(holder, row, column, raw, fault, [(first, row, at)])

    def _several_lines(self, text: OpenText) -> None:
        message = (
            f'several lines of text need "|". Write:  {text.holder.shown}|  '
            f"and the text below it, each line {how_far(text.holder.column + 2)}."
        )
        self.draft.report("yaml-several-lines", text.row, text.column, message)
        self.draft.stand_in(text.row, text.column, _joined(text.pieces, "\n", text.row, text.column))

    def _unclosed(self, holder: Holder, row: int, column: int, raw: str, closer: str, fault: Fault) -> int:
        """A quote or bracket may be closed further down, on lines that belong to its name."""
        pieces = [(raw, row, column)]
        for below in range(row + 1, min(row + 1 + MAX_UNCLOSED, len(self.draft.lines))):
            found = lead(self.draft.lines[below])
            closing = found.indent == holder.written and found.content[:1] == closer and closer in "]}"
            if found.content and found.indent <= holder.written and not closing:
                break
            if not found.content:
                continue
            pieces.append((found.content, below, found.column))
            if _closes(closer, found.content):
                return self._closed_below(holder, pieces, closer)
        listed = f"{raw.split(' #', maxsplit=1)[0].rstrip(' ,')}]"
        if holder.shown in LISTS and isinstance(classify(listed), Words):
            self.draft.report("yaml-syntax", row, column, f"the list is not closed. Write:  {holder.shown}{listed}")
            self.draft.put(row, column, listed)
        else:
            self.begin(holder, row, column, raw, fault)
        return row + 1

    def _closed_below(self, holder: Holder, pieces: list[tuple[str, int, int]], closer: str) -> int:
        first, row, column = pieces[0]
        last, below, _ = pieces[-1]
        if closer in "\"'":
            end = closing_quote(closer + last)
            pieces[0] = (first[1:], row, column + 1)
            pieces[-1] = (last[: end - 1 if end else len(last)], below, pieces[-1][2])
            self._several_lines(OpenText(holder, row, column, first, None, pieces))
            return below + 1
        whole = _joined(pieces, " ", row, column)
        value = classify(whole.text)
        node: Node = whole
        rule, message = "yaml-starts-with", f"a text cannot begin with {first[0]} in YAML."
        message += f" Write:  {holder.shown}{quote(whole.text)}"
        if isinstance(value, Words):
            node = _words(value.raw, whole)
            rule, message = "yaml-several-lines", f"[ ] must stand on one line. Write:  {holder.shown}{value.raw}"
        elif isinstance(value, Fault):
            node = fault_node(value, whole)
            write = f" Write:  {holder.shown}{quote(value.text)}" if value.write else ""
            rule, message = value.rule, value.reason + write
        self.draft.report(rule, row, column, message)
        self.draft.stand_in(row, column, node)
        return below + 1

    def _block(self, holder: Holder, row: int, column: int, sign: str) -> int:
        if sign[0] == ">":
            message = f'">" would join the lines of the text. Write:  {holder.shown}|'
            self.draft.report("yaml-folded", row, column, message)
        elif any(char.isdigit() for char in sign):
            message = f'a number after "|" cannot be used here. Write:  {holder.shown}|'
            self.draft.report("yaml-syntax", row, column, message)
        rows, after = self._block_rows(holder, row + 1)
        if not rows:
            self.draft.report("yaml-empty-value", row, column, f'there is no text below "{sign[0]}".')
            self.draft.stand_in(row, column, scalar("", row, column))
            return after
        self.draft.put(row, column, "|")
        inset = lead(self.draft.lines[rows[0]]).indent
        if inset <= holder.written:
            message = f'the text under "|" must begin {how_far(holder.column + 2)}.'
            self.draft.report("yaml-indent", rows[0], lead(self.draft.lines[rows[0]]).column, message)
        for below in rows:
            self._block_line(below, inset, holder.column + 2)
        return after

    def _block_rows(self, holder: Holder, start: int) -> tuple[list[int], int]:
        """The rows with text under "|", and the first row after them."""
        rows: list[int] = []
        limit = holder.written + 1
        for below in range(start, len(self.draft.lines)):
            found = lead(self.draft.lines[below])
            if not found.content:
                continue
            if not rows and holder.in_map and found.indent == holder.written and _bare(found):
                limit = holder.written
            if rows and found.bad is not None and _bare(found):
                rows.append(below)  # a tab can be as wide as the author's editor shows it
                continue
            if found.indent < limit or (limit == holder.written and not _bare(found)):
                return rows, below
            rows.append(below)
        return rows, len(self.draft.lines)

    def _block_line(self, row: int, inset: int, column: int) -> None:
        line = self.draft.lines[row]
        found = lead(line)
        if not line[:inset].strip(" ") and found.indent >= inset:
            content, at = line[inset:], inset
        else:
            content, at = line[found.column :], found.column
            if found.bad is not None:
                report_lead(self.draft, row, found, column)
            else:
                message = f'this line belongs to the text under "|" and must begin {how_far(column)}.'
                self.draft.report("yaml-indent", row, at, message)
        self.draft.put(row, at - column, " " * column + content)


def report_lead(draft: Draft, row: int, found: Lead, column: int) -> None:
    """A tab or an unusual space at the beginning of a line; `column` is where the line must begin."""
    if found.bad is None:
        return
    char = draft.lines[row][found.bad]
    shown = f"Begin the line {how_far(column)}:  {found.content}"
    if char == "\t":
        draft.report("yaml-tab", row, found.bad, f"a tab cannot indent a line in YAML. {shown}")
    else:
        message = f"a space that is not a plain one (U+{ord(char):04X}) cannot indent a line in YAML. {shown}"
        draft.report("yaml-space", row, found.bad, message)


def _bare(found: Lead) -> bool:
    return not found.blank and not found.dash and split_key(found.content) is None


def _closes(closer: str, content: str) -> bool:
    if closer in "\"'":
        end = closing_quote(closer + content)
        return end is not None and REST.match(content, end) is not None
    return content.split(" #", maxsplit=1)[0].rstrip().endswith(closer)


def _joined(pieces: list[tuple[str, int, int]], between: str, row: int, column: int) -> Scalar:
    places: list[tuple[int, int, int]] = []
    offset = 0
    for piece, piece_row, piece_column in pieces:
        places.append((offset, piece_row + 1, piece_column + 1))
        offset += len(piece) + len(between)
    return Scalar(between.join(piece for piece, _, _ in pieces), row + 1, column + 1, places=tuple(places))


def _words(raw: str, whole: Scalar) -> Sequence:
    items: list[Scalar] = []
    at = 1
    for word in raw[1:-1].split(","):
        start = at + len(word) - len(word.lstrip())
        line, column = whole.place_at(start)
        items.append(Scalar(word.strip().strip("\"'"), line, column))
        at += len(word) + 1
    return Sequence(tuple(items), whole.line, whole.column, flow_style=True)
