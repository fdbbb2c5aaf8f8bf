"""The audit chain of a case: what happened, by whom, in an order that cannot be changed unseen.

Rule 1. A line's hash is SHA-256 over the hash before it and the line as canonical JSON; the first stands on the case.
Rule 2. Persons are peppered with a value of the case: equal within one case, nothing across cases, nobody once the
        pepper is destroyed.
Rule 3. Lines hold ids and kinds, never words; they outlive the case's contents.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.core.people import PersonId
from bot.runtime.ports import AuditLine, Entry
from storage.sealed import micros

_canonical: Final = json.JSONEncoder(ensure_ascii=True, separators=(",", ":")).encode


def start(case: str) -> bytes:
    """What the first line of a case's chain stands on."""
    return hashlib.sha256(b"bistand audit 1\n" + case.encode()).digest()


def peppered(pepper: bytes, person: PersonId) -> str:
    return hmac.digest(pepper, person.encode(), "sha256")[:16].hex()


def append(case: str, number: int, head: bytes, entries: Sequence[Entry], pepper: bytes) -> list[AuditLine]:
    """The lines of these entries, chained to the last written one (`number`, 0 without any, and its hash)."""
    lines: list[AuditLine] = []
    before = head if number else start(case)
    for entry in entries:
        number += 1
        person = peppered(pepper, entry.person) if entry.person is not None else ""
        line = AuditLine(number, entry.at, entry.kind, person, entry.detail, b"")
        before = chained(before, line)
        lines.append(replace(line, hash=before))
    return lines


def chained(before: bytes, line: AuditLine) -> bytes:
    """The hash of a line that follows another; the line's own is not looked at."""
    parts = [line.number, micros(line.at), line.kind, line.person, line.detail]
    return hashlib.sha256(before + _canonical(parts).encode()).digest()


def verify(case: str, lines: Sequence[AuditLine]) -> int | None:
    """The number of the first line that does not follow from those before it, or None if the chain holds.

    Lines cut off at the end are not seen here: the head kept elsewhere shows them.
    """
    before = start(case)
    for number, line in enumerate(lines, 1):
        before = chained(before, line)
        if line.number != number or line.hash != before:
            return number
    return None
