"""One value on its line: whether YAML reads it as it looks, and how to write it where it would not.

Rule 1. What YAML would read differently from how it looks is a fault, never read silently.
Rule 2. A fault keeps the text as the author meant it, so that the rest of the file can be read with it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_INDICATORS = frozenset("*{}[]\"'>|@`%&!#,")
_SPACED_INDICATORS = frozenset("-?:")
_COMMENT = re.compile(r"(?<!\s)(\s+)#")
REST = re.compile(r"\s*\Z|\s+#")
_COLON_INSIDE = re.compile(r":(?=\s|\Z)")
_HEADER = re.compile(r"([|>])([0-9+-]*)(?:\s+#.*)?\Z")
ESCAPE = re.compile(
    r"\\(?:x[0-9a-fA-F]{2}|u(?![dD][89a-fA-F])[0-9a-fA-F]{4}|U00(?:0[1-9a-fA-F]|10)[0-9a-fA-F]{4}"
    r"|[0abtnvfre\"/\\N_LP ])"
)
_ID = re.compile(r"[\w.\-]+\Z")
_ALIAS = re.compile(r"\*[^\s*,\[\]{}]+\Z")
_PROPERTY = re.compile(r"(&[^\s,\[\]{}&]+|!(?:<[^>\s]*>|[^\s!<]\S*|!\S+))(?=\s|\Z)")
_PART = re.compile(r"""\s*("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^,"'][^,]*|["'][^,]*)?\s*(?:,|\Z)""")

Part = tuple[int, str]  # offset in the value, text


@dataclass(frozen=True, slots=True)
class Plain:
    text: str


@dataclass(frozen=True, slots=True)
class Quoted:
    text: str  # with its quotes


@dataclass(frozen=True, slots=True)
class Words:
    """A list in [ ] that holds single words only."""

    raw: str


@dataclass(frozen=True, slots=True)
class Header:
    """ "|" or ">": the text stands on the lines below."""

    sign: str
    extra: str


@dataclass(frozen=True, slots=True)
class Unclosed:
    """A quote or bracket that does not end on this line; it may end further down."""

    closer: str
    fault: Fault


@dataclass(frozen=True, slots=True)
class Fault:
    """A value that YAML would not read as meant. `at` is the offset of the fault in the value.

    `write` says that the mended line is shown. `items` and `pairs` are what stood in [ ] and { }.
    """

    rule: str
    at: int
    reason: str
    text: str
    write: bool = True
    offset: int = 0
    items: tuple[Part, ...] | None = None
    pairs: tuple[tuple[Part, Part], ...] | None = None


Value = Plain | Quoted | Words | Header | Unclosed | Fault


def quote(text: str) -> str:
    """`text` as YAML needs it written, in the quotes that need the fewest backslashes."""
    if ('"' in text or "\\" in text) and "'" not in text:
        return f"'{text}'"
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def split_property(content: str) -> tuple[str, int] | None:
    """An anchor or a tag at the beginning, and the offset of what follows it."""
    found = _PROPERTY.match(content)
    if found is None:
        return None
    rest = content[found.end() :]
    return found[1], found.end() + len(rest) - len(rest.lstrip())


def classify(raw: str) -> Value:
    """What stands after a name or a dash, without the space around it; not empty."""
    first = raw[0]
    if first in "\"'":
        return _quoted(raw)
    if first in "[{":
        return _bracketed(raw)
    if first in "|>" and (header := _HEADER.match(raw)):
        return Header(header[1], header[2])
    text, comment = _without_comment(raw)
    if _ALIAS.match(text):
        reason = f'"{text}" is an alias to YAML, which flows do not have. Write the value itself here.'
        return Fault("yaml-alias", 0, reason, text, write=False)
    if first in _INDICATORS or (first in _SPACED_INDICATORS and (len(raw) == 1 or raw[1].isspace())):
        return _starts_with(text)
    return _plain(text, comment)


def _plain(text: str, comment: int | None) -> Value:
    if comment is not None:
        reason = 'everything after " #" would be lost (a comment to YAML). Put the text in quotes.'
        return Fault("yaml-comment", comment, reason, text, write=False)
    colon = _COLON_INSIDE.search(text)
    if colon is None:
        return Plain(text)
    if colon.end() == len(text):
        return Fault("yaml-colon", colon.start(), 'a text that ends with ":" needs quotes.', text)
    return Fault("yaml-colon", colon.start(), '": " inside a text needs quotes.', text)


def _starts_with(text: str) -> Fault:
    return Fault("yaml-starts-with", 0, f"a text cannot begin with {text[0]} in YAML.", text)


def _without_comment(raw: str) -> tuple[str, int | None]:
    """The text as its author sees it, and the offset of a "#" in it that YAML takes for a comment's."""
    lost = None
    for found in _COMMENT.finditer(raw):
        if len(found[1]) > 1:
            return raw[: found.start()], lost
        lost = found.end() - 1 if lost is None else lost
    return raw, lost


def closing_quote(raw: str, start: int = 1) -> int | None:
    """Offset of the quote that ends the one at the beginning of `raw`, or None."""
    sign, at = raw[0], start
    while at < len(raw):
        if (raw[at] == "\\" and sign == '"') or (sign == "'" and raw[at : at + 2] == "''"):
            at += 2
        elif raw[at] == sign:
            return at
        else:
            at += 1
    return None


def _quoted(raw: str) -> Value:
    end = closing_quote(raw)
    if end is None:
        text = raw[1:].strip()
        reason = f"the text that begins with {raw[0]} does not end with it."
        if raw[0] == "'" or not text:
            return Unclosed(raw[0], _starts_with(raw))
        return Unclosed(raw[0], Fault("yaml-quote", 0, reason, text, offset=raw.index(text, 1)))
    if not REST.match(raw, end + 1):
        return _starts_with(_without_comment(raw)[0])
    inner = raw[1:end]
    if raw[0] == '"' and (bad := _bad_escape(inner)) is not None:
        reason = f"{inner[bad : bad + 2]} between double quotes is a code that YAML does not know."
        return Fault("yaml-quote", bad + 1, reason, inner, offset=1)
    return Quoted(raw[: end + 1])


def _bad_escape(inner: str) -> int | None:
    at = inner.find("\\")
    while at >= 0:
        found = ESCAPE.match(inner, at)
        if found is None:
            return at
        at = inner.find("\\", found.end())
    return None


def _bracketed(raw: str) -> Value:
    closer = "]" if raw[0] == "[" else "}"
    end = _closing_bracket(raw)
    if end is None:
        return Unclosed(closer, _starts_with(_without_comment(raw)[0]))
    if not REST.match(raw, end + 1):
        return _starts_with(_without_comment(raw)[0])
    inner = raw[1:end]
    if closer == "]":
        return _list(raw, inner, end)
    if inner.strip() and not _COLON_INSIDE.search(inner):
        return _starts_with(raw[: end + 1])
    return _map(raw, inner)


def _closing_bracket(raw: str) -> int | None:
    depth = 0
    for at, char in enumerate(raw):
        depth += (char in "[{") - (char in "]}")
        if depth == 0:
            return at
    return None


def _parts(inner: str, offset: int) -> tuple[Part, ...]:
    """What stands between the commas, each with its place; empty places are left out."""
    found = ((part.start(1) + offset, (part[1] or "").strip()) for part in _PART.finditer(inner))
    return tuple(part for part in found if part[1])


def unquoted(part: Part) -> Part:
    at, text = part
    if len(text) > 1 and text[0] in "\"'" and text[-1] == text[0]:
        return at + 1, text[1:-1]
    return part


def _list(raw: str, inner: str, end: int) -> Value:
    items = _parts(inner, 1)
    if not items:
        return Fault("yaml-empty-value", 0, "there is nothing between [ and ].", "", write=False)
    plain = tuple(unquoted(item) for item in items)
    wrong = next((at for at, text in plain if not _ID.match(text)), None)
    if wrong is not None:
        lines = "  ".join(f"- {written(text)}" for _, text in plain)
        reason = f"only single words may stand in [ ]. Write each on a line of its own:  {lines}"
        return Fault("yaml-flow-text", wrong, reason, raw, write=False, items=plain)
    if len(items) != inner.count(",") + 1:
        words = ", ".join(text for _, text in items)
        reason = f"there is nothing beside a comma. Write:  [{words}]"
        return Fault("yaml-empty-value", 0, reason, raw, write=False, items=plain)
    return Words(raw[: end + 1])


def _map(raw: str, inner: str) -> Value:
    pairs: list[tuple[Part, Part]] = []
    for at, part in _parts(inner, 1):
        found = _COLON_INSIDE.search(part)
        key = part[: found.start()] if found else part
        value = part[found.end() :] if found else ""
        inset = len(part) - len(value.lstrip())
        pairs.append((unquoted((at, key.strip())), unquoted((at + inset, value.strip()))))
    if not pairs:
        return Fault("yaml-empty-value", 0, "there is nothing between { and }.", "", write=False)
    lines = "  ".join(f"{key}: {written(text)}" for (_, key), (_, text) in pairs)
    reason = f"{{ }} cannot hold values here. Write each on a line of its own:  {lines}"
    return Fault("yaml-flow-map", 0, reason, raw, write=False, pairs=tuple(pairs))


def written(text: str) -> str:
    """`text` as it can stand after a name: as it is, or in quotes where YAML needs them."""
    return text if text and isinstance(classify(text), Plain) and not split_property(text) else quote(text)
