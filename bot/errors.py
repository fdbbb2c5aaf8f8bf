"""Errors, sorted by whose fault they are: the type says who must act, the text says where and what to do next.

Rule 1. An error never carries what a person wrote: ids, kinds and places only.
Rule 2. Problems in flows are collected and shown all at once; nobody mends a file one error at a time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


class BistandError(Exception):
    """Raised when Bistand cannot do what was asked; the message is written for the person who can mend it."""


class SettingsError(BistandError):
    """Raised when the operator's settings, people file or store cannot be used as they are."""


class PlatformError(BistandError):
    """Raised when Slack, Teams or another outside service refused or failed: this message, for now.

    Its two kinds have another scope: one person for good, or everybody for now. `retry_after` is in seconds, or None
    where the service named no time.
    """

    def __init__(self, message: str, *, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class PersonUnreachable(PlatformError):
    """Raised when a platform says, for good, that this person cannot be written to there: `reason` is a kind."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class ChannelDown(PlatformError):
    """Raised when a platform takes no messages at all: it is not there, fails, or refuses our token or login.

    `reason` is a kind in small letters, for the operator; what is no kind is not kept.
    """

    def __init__(self, reason: str, *, retry_after: float | None = None) -> None:
        kind = reason if re.fullmatch("[a-z0-9_]{1,40}", reason) else "other"
        super().__init__(kind, retry_after=retry_after)
        self.reason = kind


class Invariant(BistandError):
    """Raised when something that must always be true is not: a fault of ours, never of a person's input."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake in an admin's file: where (1-based line and column), which rule, what, and the remedy."""

    file: str
    line: int
    column: int
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.message}"


class FlowError(BistandError):
    """Raised when an admin's flow files have problems; carries all of them, in file order."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(p) for p in problems))
        self.problems = problems
