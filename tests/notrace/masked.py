"""What is taken out before two deployments are compared, each with its reason. What is not listed here is compared."""

from __future__ import annotations

import re
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Masked:
    """What it is, why it can tell nothing, and how it looks in what somebody sees; without `looks` it is left out."""

    what: str
    why: str
    looks: re.Pattern[str] | None = None


MASKED = (
    Masked(
        "ids of cases",
        "Drawn at random for every case. Each is replaced by its number in the order in which this person meets it, so "
        "that the same stays the same.",
        re.compile(r"\b[0-9a-f]{16}\b"),
    ),
    Masked(
        "references of cases",
        "Drawn at random for every case, without order or number; replaced in the same way.",
        re.compile(r"\b[2-9A-HJ-NP-Z]{3}\\*-[2-9A-HJ-NP-Z]{4}\b"),
    ),
    Masked(
        "values in statements",
        "Sealed or blind, another random one each time. Which statements there are, and how many, is compared.",
        re.compile(r"x?'[^']*(?:''[^']*)*'|\b\d+\b|\bNULL\b"),
    ),
    Masked(
        "keys made ahead",
        "Keys of cases to come are made for several at once, between turns. When, tells how many cases were begun by "
        "anybody since the start, drafts and words of greeting too: not about whom.",
    ),
    Masked(
        "work on other cases",
        "Timers, and what a report with the same link brings, are turns of those other cases, the same as if these were "
        "about anybody else. What they send to this person is compared.",
    ),
)
IDS, REFERENCES, VALUES = (masked.looks for masked in MASKED[:3] if masked.looks is not None)


@dataclass
class Mask:
    """The mask of one deployment, over all that one person ever sees there."""

    met: dict[str, str] = field(default_factory=dict)

    def over(self, seen: object) -> str:
        text = IDS.sub(lambda found: self._number("case", found[0]), repr(seen))
        return REFERENCES.sub(lambda found: self._number("reference", found[0]), text)

    def _number(self, what: str, found: str) -> str:
        return self.met.setdefault(
            found.replace("\\", ""), f"‹{what} {sum(v.startswith(f'‹{what}') for v in self.met.values()) + 1}›"
        )


def shape(statement: str) -> str:
    """A statement without its values."""
    return VALUES.sub("?", " ".join(statement.split()))
