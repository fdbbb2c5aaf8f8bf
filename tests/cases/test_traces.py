"""What two reports of one campaign share: links, addresses, numbers and profiles in one spelling, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cases.traces import MOST_TRACES, traces


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.example.org/p/4711", "see example at http://example.org/p/4711/."),
        ("https://example.org/p/4711?utm_source=mail&fbclid=9", "www.example.org/p/4711#comments"),
        ("https://m.example.org/story?b=2&a=1", "https://example.org/story?a=1&b=2&si=share"),
        ("Han skrev fra Karl.Hansen@Mail.dk.", "karl.hansen@mail.dk"),
        ("He calls from +45 12 34 56 78", "12345678"),
        ("@The_Hater is at it again", "it is @the_hater."),
    ],
)
def test_spellings_of_one_thing_are_one_trace(one: str, other: str) -> None:
    assert traces([one]) == traces([other])
    assert len(traces([one])) == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Karl Hansen",
        "a customer, I do not know who",
        "https://facebook.com",
        "www.example.org/",
        "Room 12, floor 3",
        "http://[broken/p",
        "on 24 November at 14:30",
        "@me",
    ],
)
def test_words_names_and_bare_sites_are_no_trace(text: str) -> None:
    assert traces([text]) == frozenset()


def test_different_things_are_different() -> None:
    assert len(traces(["https://example.org/p/1 https://example.org/p/2 a@example.org @example 11223344"])) == 5


def test_one_report_cannot_flood_the_comparison() -> None:
    assert len(traces(f"https://example.org/p/{number}" for number in range(500))) == MOST_TRACES


@given(st.lists(st.text(max_size=80), max_size=4))
def test_whatever_is_written_can_be_compared(texts: list[str]) -> None:
    found = traces(texts)
    assert traces(texts) == found
    assert all(trace.partition(":")[0] in ("link", "mail", "phone", "name") for trace in found)
