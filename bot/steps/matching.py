"""What a typed answer means: by number, by label, by close spelling. Doubt is asked back, never guessed.

Rule 1. A number is a place in the list as it was shown.
Rule 2. The exact label or option, whatever its case, is certain. So are its first words, or two words or more that
        stand in just one label. One longer word that stands in just one label is a doubt.
Rule 3. A close spelling is certain when it is very close and nothing else is near; else it is a doubt.
Rule 4. Short words (up to four letters) are never matched by closeness: "no" and "now" are one letter apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from bot.core.messages import Choice

CERTAIN, NEAR, APART = 0.86, 0.65, 0.12
SHORT = 4


@dataclass(frozen=True, slots=True)
class Sure:
    option: str


@dataclass(frozen=True, slots=True)
class Unsure:
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoMatch:
    pass


Matched = Sure | Unsure | NoMatch


def plain(text: str) -> str:
    """Letters and digits of a text in lower case: what is compared."""
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


def match(typed: str, choices: Sequence[Choice]) -> Matched:
    """The one choice that a person meant, those it may be, or none."""
    said = plain(typed)
    if not said:
        return NoMatch()
    if said.isdecimal() and len(said) <= 3 and not any(plain(c.label) == said for c in choices):
        place = int(said)
        return Sure(choices[place - 1].id) if 1 <= place <= len(choices) else NoMatch()
    labels = [(choice.id, plain(choice.label)) for choice in choices]
    exact = [option for option, label in labels if said in (label, plain(option))]
    if len(exact) == 1:
        return Sure(exact[0])
    begun = [option for option, label in labels if label.startswith(said + " ")]
    if len(begun) == 1:
        return (
            Sure(begun[0]) if " " in said or len(said) > SHORT or said in _first_words(labels, begun[0]) else NoMatch()
        )
    if len(begun) > 1 or len(exact) > 1:
        return Unsure(tuple(begun or exact)[:4])
    inside = [option for option, label in labels if f" {said} " in f" {label} "]
    if len(inside) == 1 and len(said) > SHORT:
        return Sure(inside[0]) if " " in said else Unsure((inside[0],))
    return _close(said, labels)


#: What stands between numbers: "1, 3", "1 3", "1 and 3", "1, 2 og 5".
_BETWEEN = r"(?:\s*(?:[,;&+]|\b(?:and|og)\b)\s*|\s+)+"


def match_many(typed: str, choices: Sequence[Choice]) -> tuple[tuple[str, ...], Matched]:
    """Several choices, parted by commas, semicolons, line ends; numbers by spaces or an "and", too.

    Returns the certain ones, and what is to be said of the first that was not certain (Sure: all were). A doubt about
    one of several is no match: its answer would lose the others.
    """
    whole = match(typed, choices)
    if isinstance(whole, Sure):
        return (whole.option,), whole
    numbers = re.fullmatch(rf"\s*\d{{1,3}}(?:{_BETWEEN}\d{{1,3}})*\s*", typed)
    parts = [p for p in re.split(_BETWEEN if numbers else r"[,;\n]+", typed) if p.strip()]
    found: list[str] = []
    for part in parts:
        matched = match(part, choices)
        match matched:
            case Sure(option):
                if option not in found:
                    found.append(option)
            case _:
                return tuple(found), NoMatch() if len(parts) > 1 else whole
    return tuple(found), Sure(found[-1]) if found else whole


def _first_words(labels: Sequence[tuple[str, str]], option: str) -> tuple[str, ...]:
    """A label's first word, when no other label begins with it: "yes" for "Yes, or I am not sure"."""
    first = [(o, label.split()[0]) for o, label in labels if label]
    mine = [word for o, word in first if o == option]
    return tuple(word for word in mine if sum(w == word for _, w in first) == 1)


def _close(said: str, labels: Sequence[tuple[str, str]]) -> Matched:
    if len(said) <= SHORT:
        return NoMatch()
    scored = sorted(((_likeness(said, label), option) for option, label in labels), reverse=True)
    near = [(score, option) for score, option in scored if score >= NEAR]
    if not near:
        return NoMatch()
    best, option = near[0]
    alone = len(scored) == 1 or best - scored[1][0] >= APART
    if best >= CERTAIN and alone:
        return Sure(option)
    return Unsure(tuple(o for score, o in near if best - score < 2 * APART)[:4])


def _likeness(said: str, label: str) -> float:
    """How close the spelling is to the label, or to its beginning of as many words."""
    words = label.split()
    beginning = " ".join(words[: len(said.split())])
    return max(SequenceMatcher(None, said, label).ratio(), SequenceMatcher(None, said, beginning).ratio() - 0.02)
