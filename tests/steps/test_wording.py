"""Times, dates, numbers and lists as their readers write them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.steps.wording import show_clock, show_day, show_list, show_moment, show_number

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


def test_a_moment() -> None:
    """Today is a time alone; any other day is named, in the reader's zone."""
    assert show_moment(NOW, NOW, COPENHAGEN, "en") == "10:00"
    late = datetime(2026, 11, 25, 23, 30, tzinfo=UTC)  # past midnight there
    assert show_moment(late, NOW, COPENHAGEN, "en") == "Thursday 26 November at 00:30"
    assert show_moment(late, NOW, COPENHAGEN, "da") == "torsdag 26. november kl. 00.30"


def test_days_times_numbers() -> None:
    """The day stands before the month, the clock has 24 hours, and a Dane writes a comma."""
    assert show_day(date(2026, 3, 2), "en") == "2 March 2026"
    assert show_day(date(2026, 3, 2), "da") == "2. marts 2026"
    assert show_clock(time(9, 5), "en") == "09:05"
    assert show_clock(time(9, 5), "da") == "09.05"
    assert show_moment(NOW, NOW, COPENHAGEN, "da") == "10.00"
    assert show_number(Decimal("1.5"), "da") == "1,5"


def test_lists() -> None:
    """Items are joined as one says them."""
    assert show_list(["a", "b", "c"], "en") == "a, b and c"
    assert show_list(["a", "b"], "da") == "a og b"
    assert show_list([], "en") == ""
