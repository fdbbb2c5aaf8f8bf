"""Our small Markdown, read into paragraphs of styled runs. Pure and total.

Rule 1. Whatever is no paragraph, list, bold, emphasis or link is text, to the letter.
Rule 2. A link leads to https, mailto or tel, or it is no link.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token as Mark

from bot.core.texts import cut

_MARKDOWN = MarkdownIt("zero").enable(
    ["emphasis", "escape", "link", "list", "newline", "paragraph"], ignoreInvalid=True
)
LINKS = ("https://", "mailto:", "tel:")


@dataclass(frozen=True, slots=True)
class Run:
    """Some words in one style; `text` may hold line ends, `link` is empty or an address."""

    text: str
    bold: bool = False
    emphasis: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`before` is what stands before an item of a list: its indent and bullet or number. `depth` is 0 outside lists."""

    runs: tuple[Run, ...]
    before: str = ""
    depth: int = 0

    @property
    def plain(self) -> str:
        return self.before + "".join(run.text for run in self.runs)


def read(markdown: str) -> tuple[Paragraph, ...]:
    """The paragraphs that have any text."""
    found: list[Paragraph] = []
    lists: list[int | None] = []  # the next number of each list we are in
    before = ""
    for mark in _MARKDOWN.parse(markdown):
        match mark.type:
            case "bullet_list_open":
                lists.append(None)
            case "ordered_list_open":
                start = mark.attrGet("start")
                lists.append(1 if start is None else int(start))
            case "bullet_list_close" | "ordered_list_close":
                lists.pop()
            case "list_item_open":
                number = lists[-1]
                before = "    " * (len(lists) - 1) + ("• " if number is None else f"{number}. ")
                lists[-1] = None if number is None else number + 1
            case "inline":
                found.append(Paragraph(_runs(mark.children or []), before, len(lists)))
                before = ""
            case _:
                pass
    return tuple(paragraph for paragraph in found if paragraph.plain.strip())


def _runs(marks: Sequence[Mark]) -> tuple[Run, ...]:
    runs: list[Run] = []
    style = Run("")
    for mark in marks:
        match mark.type:
            case "strong_open" | "strong_close":
                style = replace(style, bold=mark.nesting == 1)
            case "em_open" | "em_close":
                style = replace(style, emphasis=mark.nesting == 1)
            case "link_open" | "link_close":
                href = str(mark.attrGet("href") or "")
                style = replace(style, link=href if href.startswith(LINKS) else "")
            case "softbreak" | "hardbreak":
                runs.append(replace(style, text="\n"))
            case _:
                runs.append(replace(style, text=mark.content))
    return _joined(runs)


def _joined(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Neighbours of one style become one."""
    found: list[Run] = []
    for run in runs:
        if found and replace(found[-1], text="") == replace(run, text=""):
            found[-1] = replace(run, text=found[-1].text + run.text)
        else:
            found.append(run)
    return tuple(found)


def gap(before: Paragraph, after: Paragraph) -> str:
    """What stands between two paragraphs: items of a list are close together."""
    return "\n" if before.depth and after.depth else "\n\n"


def plain(markdown: str) -> str:
    """Small Markdown as plain text."""
    paragraphs = read(markdown)
    parts = [paragraph.plain for paragraph in paragraphs[:1]]
    for before, after in pairwise(paragraphs):
        parts += [gap(before, after), after.plain]
    return "".join(parts).strip()


def label(markdown: str, longest: int) -> str:
    """One line of at most so many characters; a sign where nothing is."""
    return cut(" ".join(plain(markdown).split()), longest)
