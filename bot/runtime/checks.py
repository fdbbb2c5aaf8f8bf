"""What `bistand doctor` finds: each thing that it looked at, and whether an operator must mend it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Check:
    """`text` says what is well, or what is not and what to do; it holds no secret."""

    text: str
    well: bool = True

    def __str__(self) -> str:
        return f"{'ok' if self.well else 'to mend'}: {self.text}"


def ok(text: str) -> Check:
    return Check(text)


def to_mend(text: str) -> Check:
    return Check(text, well=False)
