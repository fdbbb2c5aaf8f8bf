"""Numbers, days, times and addresses as people write them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.steps import typed

WEDNESDAY = date(2026, 11, 25)
COPENHAGEN = ZoneInfo("Europe/Copenhagen")
NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("4", Decimal(4)),
        (" 4,5 ", Decimal("4.5")),
        ("-3", Decimal(-3)),
        ("1 000", Decimal(1000)),
        ("0.125", Decimal("0.125")),
        ("1.000", None),  # a thousand to a Dane, one to a Briton
        ("1,000", None),
        ("four", None),
        ("", None),
        ("²", None),
        ("1.2.3", None),
    ],
)
def test_number(text: str, number: Decimal | None) -> None:
    """A number has a point or a comma; what could be a thousand or one is not guessed."""
    assert typed.number(text) == number


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("14:30", time(14, 30)),
        ("14.30", time(14, 30)),
        ("at 9", time(9)),
        ("kl. 9", time(9)),
        ("klokken 21.15", time(21, 15)),
        ("9", time(9)),
        ("24:00", None),
        ("12:60", None),
        ("noon", None),
    ],
)
def test_clock(text: str, at: time | None) -> None:
    """A time of day, with or without minutes."""
    assert typed.clock(text) == at


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", WEDNESDAY),
        ("I dag", WEDNESDAY),
        ("yesterday", date(2026, 11, 24)),
        ("i går", date(2026, 11, 24)),
        ("2026-11-24", date(2026, 11, 24)),
        ("2026-02-30", None),
        ("1949-12-31", None),
        ("24.11.2026", date(2026, 11, 24)),
        ("24/11", date(2026, 11, 24)),
        ("24.11.", date(2026, 11, 24)),
        ("d. 24.11", date(2026, 11, 24)),
        ("24.11.25", date(2025, 11, 24)),
        ("26/11", date(2025, 11, 26)),  # the last such day that has been
        ("32/11", None),
        ("24 November", date(2026, 11, 24)),
        ("the 24th of November", date(2026, 11, 24)),
        ("24. november 2025", date(2025, 11, 24)),
        ("den 1. maj", date(2026, 5, 1)),
        ("1 nov", date(2026, 11, 1)),
        ("24 brumaire", None),
        ("Monday", date(2026, 11, 23)),
        ("mandag", date(2026, 11, 23)),
        ("i mandags", date(2026, 11, 23)),
        ("last Monday", date(2026, 11, 23)),
        ("wednesday", WEDNESDAY),
        ("last wednesday", date(2026, 11, 18)),  # nobody calls today that
        ("i onsdags", date(2026, 11, 18)),
        ("29 February", None),  # neither this year nor the last has one
        ("the other day", None),
    ],
)
def test_day(text: str, day: date | None) -> None:
    """A day in either language; without a year it is the last that has been."""
    assert typed.day(text, WEDNESDAY) == day


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("24.11.2026 14:30", datetime(2026, 11, 24, 13, 30, tzinfo=UTC)),
        ("24.11.2026 14.30", datetime(2026, 11, 24, 13, 30, tzinfo=UTC)),
        ("yesterday at 9", datetime(2026, 11, 24, 8, 0, tzinfo=UTC)),
        ("i går kl. 9.05", datetime(2026, 11, 24, 8, 5, tzinfo=UTC)),
        ("2026-07-01 12:00", datetime(2026, 7, 1, 10, 0, tzinfo=UTC)),
        ("14:30", datetime(2026, 11, 25, 13, 30, tzinfo=UTC)),
        ("3.11", None),  # a day without a time, or a time without a day
        ("kl. 3.11", datetime(2026, 11, 25, 2, 11, tzinfo=UTC)),
        ("yesterday", None),
        ("yesterday at 25", None),
        ("some day at 14:30", None),
    ],
)
def test_moment(text: str, moment: datetime | None) -> None:
    """A day and a time at the person's place, as UTC; a time alone is today's."""
    assert typed.moment(text, NOW, COPENHAGEN) == moment


@pytest.mark.parametrize(
    ("read", "text", "kept"),
    [
        (typed.email, " ada@example.org ", "ada@example.org"),
        (typed.email, "ada@example", None),
        (typed.email, f"ada@{'x' * 300}.org", None),
        (typed.phone, "+45 70 20 12 01", "+45 70 20 12 01"),
        (typed.phone, "12", None),
        (typed.phone, "call me", None),
        (typed.url, "https://example.org/a?b=c", "https://example.org/a?b=c"),
        (typed.url, "WWW.example.org", "https://WWW.example.org"),
        (typed.url, "example", None),
        (typed.url, f"https://example.org/{'x' * 2000}", None),
    ],
)
def test_addresses(read: typed.Read, text: str, kept: str | None) -> None:
    """Addresses are kept as they were written, or refused."""
    assert read(text) == kept


@settings(max_examples=50)
@given(st.text(max_size=40))
def test_no_text_breaks_the_reading(text: str) -> None:
    """Whatever is typed reads as something or as nothing, and a day is never one to come."""
    typed.number(text)
    typed.clock(text)
    typed.moment(text, NOW, COPENHAGEN)
    found = typed.day(text, WEDNESDAY)
    assert found is None or found >= typed.EARLIEST


@settings(max_examples=50)
@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2099, 12, 31)))
def test_a_day_reads_back(day: date) -> None:
    """A day written in figures is that day."""
    assert typed.day(day.isoformat(), WEDNESDAY) == day
    assert typed.day(f"{day.day}.{day.month}.{day.year}", WEDNESDAY) == day


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-22T14:30:00+01:00", datetime(2026, 11, 22, 13, 30, tzinfo=UTC)),
        ("2026-11-22T14:30", datetime(2026, 11, 22, 13, 30, tzinfo=UTC)),  # at the person's place
        ("2026-11-22T25:61", None),
    ],
)
def test_a_moment_as_a_picker_writes_it(text: str, moment: datetime | None) -> None:
    """What a form or a picker writes reads back as it was meant."""
    now = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
    assert typed.moment(text, now, ZoneInfo("Europe/Copenhagen")) == moment
