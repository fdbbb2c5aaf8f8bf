"""Texts as Teams takes them: a TextBlock where its Markdown shows what is meant, else a RichTextBlock. Pure and total.

Rule 1. Teams' Markdown cannot be relied on to show a sign as itself: its phone clients leave backslashes in sight. So a
        paragraph in which a sign stands that Markdown could read, as people type them, is a RichTextBlock, where
        everything stands to the letter and bold, emphasis and links are said beside the words, not in them.
Rule 2. Line ends within a TextBlock differ from client to client. It holds one line, or one flat list.
Rule 3. Clients put dates for `{{DATE(…)}}` wherever it stands. What looks like it is kept apart by a sign nobody sees.
Rule 4. A text is parted at 4000 characters. One that is longer, or changes its style all the time, loses its styles.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, groupby, pairwise

from adapters.teams.wire import Element, Json
from bot.core.texts import cut, escape, parts
from bot.markdown import Paragraph, Run, plain, read

LONGEST_TEXT = 4000
MOST_RUNS = 60
#: What Markdown, in whatever client, could take for itself.
_MARKUP = re.compile(
    r"[\\*_`~\[\]<>&|^$]|\{\{|://|www\.|^\s*(?:#|[-+•](?:\s|$)|\d+[.)](?:\s|$)|[-=]+\s*$)|^(?:\t| {4})", re.MULTILINE
)
_LINK = re.compile(r"[^\s()<>\[\]\\*_`~|]+")
_INNER = re.compile(r"\w(?:.*[\w.!?…:])?", re.DOTALL)
_OF_BLOCK = ("spacing", "separator", "style", "id", "horizontalAlignment")

Look = Mapping[str, Json]
Make = Callable[[Look], Element]
PLAIN: Look = {}
SMALL: Look = {"size": "small", "isSubtle": True}
STRONG: Look = {"weight": "bolder"}
HEADING: Look = {"weight": "bolder", "size": "medium", "style": "heading"}
ALARM: Look = {"weight": "bolder", "color": "attention"}


def text_block(text: str, look: Look = PLAIN) -> Element:
    """Teams reads its Markdown in `text`: nothing but our own words and what `is_safe`."""
    return {"type": "TextBlock", "text": text, "wrap": True, **look}


def to_the_letter(runs: Sequence[Run], look: Look = PLAIN) -> Element:
    """Rule 1."""
    block = {key: value for key, value in look.items() if key in _OF_BLOCK and key != "style"}
    of_run = {key: value for key, value in look.items() if key not in _OF_BLOCK}
    return {"type": "RichTextBlock", "inlines": [_run(run, of_run) for run in runs if run.text], **block}


def elements(markdown: str, longest: int, look: Look = PLAIN) -> list[Element]:
    """Small Markdown; of a text longer than `longest` the beginning. The first of them has the spacing of the look."""
    whole = plain(markdown)
    return list(_elements(markdown if len(whole) <= longest else escape(cut(whole, longest)), look))


def plain_elements(text: str, longest: int, look: Look = PLAIN) -> list[Element]:
    """Plain text, to the letter."""
    return elements(escape(text), longest, look)


def is_safe(text: str) -> bool:
    """Whether this plain text stands in Markdown as itself."""
    return _MARKUP.search(text) is None


def _elements(markdown: str, look: Look) -> Iterator[Element]:
    """The spacing of the look, and its line, stand before the first."""
    later: Look = {key: value for key, value in look.items() if key not in ("spacing", "separator")}
    for in_list, some in groupby(read(markdown), key=_listable):
        every = list(some)
        for made in _list(every) if in_list else chain.from_iterable(map(_paragraph, every)):
            yield made(look)
            look = {**later, "spacing": "none"} if every[-1].depth and not in_list else later


def _list(items: Sequence[Paragraph]) -> Iterator[Make]:
    """Rule 2: items of a list of Teams' own."""
    lines = (f"{one.before.strip().replace('•', '-')} {_markdown(one.runs)}" for one in items)
    for some in parts("\n".join(lines), LONGEST_TEXT):
        yield partial(text_block, some.replace("\n", "\r"))


def _paragraph(paragraph: Paragraph) -> Iterator[Make]:
    whole = paragraph.plain
    said = None if "\n" in whole or paragraph.depth else _markdown(paragraph.runs)
    if len(whole) > LONGEST_TEXT or len(paragraph.runs) > MOST_RUNS:
        yield from (partial(to_the_letter, [Run(part)]) for part in parts(whole, LONGEST_TEXT))
    elif said is not None:
        yield partial(text_block, said)
    else:
        yield partial(to_the_letter, [Run(paragraph.before), *paragraph.runs])


def _listable(paragraph: Paragraph) -> bool:
    """Rule 2: an item that can stand in a list of Teams' own."""
    short = len(paragraph.plain) <= LONGEST_TEXT // 8
    item = paragraph.depth == 1 and bool(paragraph.before) and "\n" not in paragraph.plain
    return short and item and _markdown(paragraph.runs) is not None


def _markdown(runs: Sequence[Run]) -> str | None:
    """As Teams' Markdown; None where Teams, on some client, would show something else."""
    runs = [run for run in runs if run.text]
    if not is_safe("".join(run.text for run in runs)) or not all(map(_sound, runs)):
        return None
    for one, two in pairwise(runs):
        styled = (one.bold, one.emphasis, one.link) != (two.bold, two.emphasis, two.link)
        if styled and not (one.text[-1:].isspace() or two.text[:1].isspace() or two.text[:1] in ".,;:!?"):
            return None
    return "".join(map(_marked, runs))


def _sound(run: Run) -> bool:
    """Whether its style is read by every client: it goes around words, not around spaces."""
    styled = run.bold or run.emphasis or bool(run.link)
    one_style = not (run.link and (run.bold or run.emphasis))
    address = not run.link or _LINK.fullmatch(run.link) is not None
    return not styled or (one_style and address and _INNER.fullmatch(run.text) is not None)


def _marked(run: Run) -> str:
    if run.link:
        return f"[{run.text}]({run.link})"
    around = ("**" if run.bold else "") + ("_" if run.emphasis else "")
    return f"{around}{run.text}{around[::-1]}"


def _run(run: Run, look: Look) -> Element:
    """A run that says its style beside its words."""
    style: dict[str, Json] = dict(look)
    if run.bold:
        style["weight"] = "bolder"
    if run.emphasis:
        style["italic"] = True
    if run.link:
        style["selectAction"] = {"type": "Action.OpenUrl", "url": run.link, "title": " ".join(run.text.split()) or "–"}
    return {"type": "TextRun", "text": kept_apart(run.text), **style}


def kept_apart(text: str) -> str:
    """Rule 3."""
    return re.sub(r"\{(?=\{)", "{\u2060", text)
