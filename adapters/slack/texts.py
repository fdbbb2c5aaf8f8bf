"""Texts as Slack takes them: mrkdwn where it shows what is meant, else plain text. Pure and total.

Rule 1. Slack's mrkdwn has no way to write `*`, `_`, `~`, a backtick, `:name:` or a `>` at a line's beginning as
        themselves. A paragraph in which such a sign stands, as people type them, is shown as plain text: it loses its
        own bold, and everything else stands there to the letter.
Rule 2. Nobody is ever named or called by a text: `&`, `<` and `>` are escaped. Addresses that people typed become no
        links (`verbatim`).
Rule 3. A text has 1 to 3000 characters. Longer ones are parted between paragraphs, lines, words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from bot.core.texts import cut, escape, parts
from bot.markdown import Paragraph, Run, gap, plain, read

Json = None | bool | int | float | str | Sequence["Json"] | Mapping[str, "Json"]
Block = Mapping[str, Json]

LONGEST_TEXT = 3000
_MARKUP = re.compile(r"[*~`＊｀～]|(?<![^\W_])[_＿]|[_＿](?![^\W_])|:[^\s:]+:|^\s*[>＞]", re.MULTILINE)
_WORD = re.compile(r"[^\W_]")


def plain_text(text: str) -> dict[str, Json]:
    """A text that is shown to the letter. It must hold something and be no longer than its place takes."""
    return {"type": "plain_text", "text": text, "emoji": False}


def mrkdwn_text(text: str) -> dict[str, Json]:
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def escaped(text: str) -> str:
    """Plain text where Slack reads mrkdwn."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def mrkdwn(markdown: str) -> str:
    """Small Markdown as mrkdwn; a paragraph of rule 1 without its styles. For a text of its own take `texts`."""
    return "".join(
        f"{before}{_mrkdwn(paragraph) or escaped(paragraph.plain)}" for before, paragraph in _apart(markdown)
    )


def texts(markdown: str, longest: int = LONGEST_TEXT) -> list[dict[str, Json]]:
    """Small Markdown as text objects of at most 3000 characters each; of a text longer than `longest` the beginning."""
    whole = plain(markdown)
    return merged(_texts(markdown if len(whole) <= longest else escape(cut(whole, longest))))


def _texts(markdown: str) -> Iterator[tuple[str, dict[str, Json]]]:
    """Each paragraph, and what stands before it."""
    for before, paragraph in _apart(markdown):
        styled = _mrkdwn(paragraph)
        if styled is not None and len(styled) <= LONGEST_TEXT:
            yield before, mrkdwn_text(styled)
        else:
            for number, part in enumerate(parts(paragraph.plain, LONGEST_TEXT)):
                yield before if number == 0 else "\n", plain_text(part)


def _apart(markdown: str) -> Iterator[tuple[str, Paragraph]]:
    last: Paragraph | None = None
    for paragraph in read(markdown):
        yield gap(last, paragraph) if last is not None else "", paragraph
        last = paragraph


def merged(found: Iterator[tuple[str, dict[str, Json]]]) -> list[dict[str, Json]]:
    """Neighbours of one kind in one text, as long as it fits."""
    every: list[dict[str, Json]] = []
    for before, text in found:
        together = f"{every[-1]['text']}{before}{text['text']}" if every else ""
        if every and every[-1]["type"] == text["type"] and len(together) <= LONGEST_TEXT:
            every[-1] = {**text, "text": together}
        else:
            every.append(text)
    return every


def _mrkdwn(paragraph: Paragraph) -> str | None:
    """Rule 1; None where Slack would read something else."""
    if _MARKUP.search("".join(run.text for run in paragraph.runs)) or not _stands_free(paragraph.runs):
        return None
    return paragraph.before + "".join(_run(run) for run in paragraph.runs)


def _stands_free(runs: Sequence[Run]) -> bool:
    """Slack knows a style only around whole words."""
    for one, two in pairwise(runs):
        styled = (one.bold, one.emphasis) != (two.bold, two.emphasis)
        if styled and _WORD.match(one.text[-1:]) and _WORD.match(two.text[:1]):
            return False
    return True


def _run(run: Run) -> str:
    if run.link:
        address = escaped(run.link).replace("|", "%7C")
        return _styled(f"<{address}|{escaped(' '.join(run.text.split()))}>", run)
    return "\n".join(_styled(escaped(line), run) for line in run.text.split("\n"))


def _styled(line: str, run: Run) -> str:
    words = line.strip()
    if not words:
        return line
    around = ("*" if run.bold else "") + ("_" if run.emphasis else "")
    start, end = line[: len(line) - len(line.lstrip())], line[len(line.rstrip()) :]
    return f"{start}{around}{words}{around[::-1]}{end}"
