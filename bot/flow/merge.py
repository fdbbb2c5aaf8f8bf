"""Brings a translation up to date with its flow: what `bistand flows translate report da` writes.

Rule 1. Texts stand in talk order; new ones with an empty translation. Merging twice changes nothing.
Rule 2. A changed text keeps its old translation under `was:`, the words that it was made for. It is found by its `at:`,
        or as the nearest of those that the flow does not say any more.
Rule 3. What the flow does not say any more is left out, and so are comments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from bot.flow.model import Flow, Translated, Translation
from bot.flow.translate import AT, WAS, spots
from bot.flow.yaml.write import value
from bot.steps.base import Place

#: How much of two texts is the same when one is surely the other, changed; 1 is all.
ALIKE = 0.6
#: Up to this length, in characters, texts are compared letter by letter; longer ones word by word.
SHORT = 200

Key = tuple[str, str | None]
_NOWHERE = Place(1, 1)


def merge(flow: Flow, translation: Translation | None, to: str) -> str:
    """The YAML of the translation of a flow into the language `to`; `translation` is what there is so far."""
    entries = _entries(flow, translation.texts if translation is not None else ())
    head = f"translation: {flow.name}\nfrom: {flow.language}\nto: {to}\ntexts:\n"
    return head + "".join(_lines(entry, flow.language, to) for entry in entries)


def _lines(entry: Translated, source: str, target: str) -> str:
    lines = [f"- {source}: {value(entry.source)}"]
    if entry.at is not None:
        lines.append(f"  {AT}: {value(entry.at)}")
    if entry.was is not None:
        lines.append(f"  {WAS}: {value(entry.was)}")
    return "\n".join((*lines, f"  {target}: {value(entry.text)}", ""))


def _entries(flow: Flow, before: Sequence[Translated]) -> Iterator[Translated]:
    where = spots(flow)
    kept, stale = _sorted_out(before, where)
    for source, places in where.items():
        for at in places:
            found = None if {(source, None), (source, at)} & set(kept) else _at(at, stale)
            if found is not None:
                stale.remove(found)
                kept[source, at] = _changed(found, source, at)
    new = [s for s, places in where.items() if (s, None) not in kept and any((s, at) not in kept for at in places)]
    kept |= {(source, None): _changed(found, source, None) for source, found in _pairs(new, stale)}
    for source in new:
        kept.setdefault((source, None), Translated(source, "", None, None, _NOWHERE, _NOWHERE))
    for text in flow.texts():
        for key in ((text.source, None), (text.source, text.at)):
            if key in kept:
                yield kept.pop(key)


def _sorted_out(
    before: Sequence[Translated], where: Mapping[str, Sequence[str]]
) -> tuple[dict[Key, Translated], list[Translated]]:
    """What still stands in the flow, by key, and what does not but has a translation."""
    kept: dict[Key, Translated] = {}
    stale: list[Translated] = []
    for entry in before:
        key = entry.source, entry.at
        if entry.source in where and (entry.at is None or entry.at in where[entry.source]):
            if key not in kept or not kept[key].text:
                kept[key] = _changed(entry, entry.source, entry.at) if entry.was is not None else entry
        elif entry.text:
            stale.append(entry)
    return kept, stale


def _at(at: str, stale: Sequence[Translated]) -> Translated | None:
    return next((entry for entry in stale if entry.at == at), None)


def _changed(entry: Translated, source: str, at: str | None) -> Translated:
    """The entry for other words: `was` are those that the translation was made for, unless they are back."""
    was = entry.was or entry.source
    return replace(entry, source=source, at=at, was=was if was != source and entry.text else None)


def _pairs(new: Sequence[str], stale: Sequence[Translated]) -> Iterator[tuple[str, Translated]]:
    """New texts with the old ones that they were, the most alike first; each at most once."""
    ranked: list[tuple[float, int, int]] = []
    for i, source in enumerate(new):
        for j, entry in enumerate(stale):
            alike = max(_alike(source, old) for old in {entry.source, entry.was or entry.source})
            if alike >= ALIKE:
                ranked.append((-alike, i, j))
    taken_new: set[int] = set()
    taken_old: set[int] = set()
    for _, i, j in sorted(ranked):
        if i not in taken_new and j not in taken_old:
            taken_new.add(i)
            taken_old.add(j)
            yield new[i], stale[j]


def _alike(one: str, other: str) -> float:
    if one == other:
        return 1.0
    matcher: SequenceMatcher[str]
    if max(len(one), len(other)) <= SHORT:
        matcher = SequenceMatcher(None, one, other, autojunk=False)
    else:
        matcher = SequenceMatcher(None, _words(one), _words(other), autojunk=False)
    if matcher.real_quick_ratio() < ALIKE or matcher.quick_ratio() < ALIKE:
        return 0.0
    return matcher.ratio()


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())
