"""Hours and lengths of time, as an operator writes them."""

from __future__ import annotations

from contextlib import suppress
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.durations import Duration, Unit
from bot.core.worktime import Hours
from bot.settings.values import Misfit, read_days, read_duration, read_hours


def test_hours_read_the_same_in_both_forms() -> None:
    week = read_hours({"mon-thu": "08:00-12:00, 13:00-16:00", "fri, sun": "9:00–12:00", "sat": "closed"})
    assert week == read_hours("mon-thu: 08:00-12:00, 13:00-16:00; fri,sun 09:00-12:00; sat closed")
    assert week.week[0] == ((time(8), time(12)), (time(13), time(16)))
    assert week.week[4] == week.week[6] == ((time(9), time(12)),)
    assert week.week[5] == ()


def test_a_range_of_days_may_go_over_the_weekend() -> None:
    week = read_hours("Saturday-mon 10:00-24:00").week
    assert [day for day, spans in enumerate(week) if spans] == [0, 5, 6]
    assert week[0] == ((time(10), time(0)),)


@given(st.integers(0, 6), st.integers(0, 6), st.integers(0, 1439), st.integers(1, 1440))
def test_hours_as_written_are_hours_as_read(first: int, last: int, opens: int, length: int) -> None:
    days = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    closes = min(opens + length, 1440)
    text = f"{opens // 60:02}:{opens % 60:02}-{closes // 60:02}:{closes % 60:02}"
    week = read_hours({f"{days[first]}-{days[last]}": text}).week
    assert week[first] == week[last] == ((time(opens // 60, opens % 60), time(closes // 60 % 24, closes % 60)),)
    assert sum(1 for spans in week if spans) == (last - first) % 7 + 1
    assert read_hours(Hours(week)) == Hours(week)


@given(st.text(max_size=30))
def test_any_text_is_hours_or_a_misfit(text: str) -> None:
    with suppress(Misfit):
        assert any(read_hours(text).week)


def test_lengths_of_time_are_read_as_in_flows() -> None:
    assert read_duration("4  Working   Hours") == Duration(4, Unit.WORKING_HOURS)
    assert read_days("2 weeks") == Duration(2, Unit.WEEKS)


@pytest.mark.parametrize("text", ["", "0 days", "-1 days", "1", "hour", "1.5 hours", "1 fortnight", None, []])
def test_what_is_no_length_of_time_is_refused(text: object) -> None:
    with pytest.raises(Misfit, match="is no length of time"):
        read_duration(text)
