from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypedDict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.people import PersonId
from bot.runtime.ports import AuditLine, Entry
from storage.audit import append, peppered, verify
from tests.storage.making import ANNA, BO, NOW, moments, texts

entries = st.lists(st.builds(Entry, moments, texts, st.none() | texts.map(PersonId), texts), max_size=6)


@given(entries, entries)
def test_a_chain_holds_however_it_was_written(first: list[Entry], second: list[Entry]) -> None:
    written = append("c1", 0, b"", first, b"pepper")
    head = written[-1].hash if written else b""
    both = [*written, *append("c1", len(written), head, second, b"pepper")]
    assert both == append("c1", 0, b"", [*first, *second], b"pepper")
    assert verify("c1", both) is None


def chain() -> list[AuditLine]:
    people = (ANNA, BO, None, ANNA)
    made = [Entry(NOW, f"kind{number}", person, "report.q") for number, person in enumerate(people)]
    return append("c1", 0, b"", made, b"pepper")


class LineChange(TypedDict, total=False):
    number: int
    at: datetime
    kind: str
    person: str
    detail: str
    hash: bytes


@pytest.mark.parametrize(
    "change",
    [
        {"number": 9},
        {"at": NOW + timedelta(microseconds=1)},
        {"kind": "other"},
        {"person": ""},
        {"detail": "report.p"},
        {"hash": bytes(32)},
    ],
)
def test_a_changed_line_is_seen(change: LineChange) -> None:
    for place in range(4):
        lines = chain()
        lines[place] = replace(lines[place], **change)
        assert verify("c1", lines) == (None if lines == chain() else place + 1)


def test_lines_left_out_moved_or_taken_from_another_case_are_seen() -> None:
    lines = chain()
    assert verify("c1", lines[1:]) == 1
    assert verify("c1", [*lines[:1], *lines[2:]]) == 2
    assert verify("c1", [lines[0], lines[2], lines[1], lines[3]]) == 2
    assert verify("c2", lines) == 1


def test_a_person_is_the_same_within_a_case_only() -> None:
    lines = chain()
    assert lines[0].person == lines[3].person == peppered(b"pepper", ANNA)
    assert len({lines[0].person, lines[1].person, peppered(b"other", ANNA)}) == 3
    assert lines[2].person == ""
