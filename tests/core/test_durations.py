"""Lengths of time as admins write them."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.core.durations import MOST, Duration, DurationError, Unit, parse_before, parse_duration

durations = st.sampled_from(Unit).flatmap(lambda unit: st.builds(Duration, st.integers(1, MOST[unit]), st.just(unit)))

EXAMPLES = "Write for example: 30 min, 4 hours, 1 day, 2 weeks, 4 working hours, 1 working day"


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("30 min", Duration(30, Unit.MIN)),
        ("1 minute", Duration(1, Unit.MIN)),
        ("20 minutes", Duration(20, Unit.MIN)),
        ("1 hour", Duration(1, Unit.HOURS)),
        ("4 hours", Duration(4, Unit.HOURS)),
        ("1 day", Duration(1, Unit.DAYS)),
        ("3 days", Duration(3, Unit.DAYS)),
        ("1 week", Duration(1, Unit.WEEKS)),
        ("2 weeks", Duration(2, Unit.WEEKS)),
        ("1 working hour", Duration(1, Unit.WORKING_HOURS)),
        ("4 working hours", Duration(4, Unit.WORKING_HOURS)),
        ("1 working day", Duration(1, Unit.WORKING_DAYS)),
        ("10 working days", Duration(10, Unit.WORKING_DAYS)),
        ("  4   Working Hours ", Duration(4, Unit.WORKING_HOURS)),
        ("1051200 min", Duration(1051200, Unit.MIN)),
        ("104 weeks", Duration(104, Unit.WEEKS)),
        ("520 working days", Duration(520, Unit.WORKING_DAYS)),
    ],
)
def test_it_is_read(text: str, duration: Duration) -> None:
    assert parse_duration(text) == duration
    assert parse_before(f"{text} before") == duration


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", f"The time is missing. {EXAMPLES}"),
        ("soon", f"A time is a number and a unit. {EXAMPLES}"),
        ("4", f"The unit is missing. {EXAMPLES}"),
        ("4 bananas", f'"bananas" is no unit of time. {EXAMPLES}'),
        ("9" * 41, f"This is too long for a time. {EXAMPLES}"),
        ("9" * 40, f"The unit is missing. {EXAMPLES}"),
        # the number
        ("4 hers", f'"hers" is no unit of time. {EXAMPLES}'),
        ("0 min", "A time begins at 1. Write: 1 min"),
        ("0 working hours", "A time begins at 1. Write: 1 working hour"),
        ("-1 hours", f"A time begins at 1. {EXAMPLES}"),
        ("0.0 hours", f"A time begins at 1. {EXAMPLES}"),
        ("1.5 hours", "Write a whole number: 90 min"),
        ("1,5 hours", "Write a whole number: 90 min"),
        ("0.5 hours", "Write a whole number: 30 min"),
        ("1.5 days", "Write a whole number: 36 hours"),
        ("1.5 weeks", "Write a whole number: 252 hours"),
        ("0.3 min", "Write a whole number: 1 min"),
        ("1439.5 min", "Write a whole number: 1 day"),
        ("1.5 working hours", "Write a whole number: 2 working hours"),
        ("2.1 working days", "Write a whole number: 3 working days"),
        ("one hour", "Write the number in digits: 1 hour"),
        ("one working day", "Write the number in digits: 1 working day"),
        ("an hour", "Write the number in digits: 1 hour"),
        ("a minute", "Write the number in digits: 1 min"),
        ("Ten workdays", "Write the number in digits: 10 working days"),
        ("one banana", f"A time is a number and a unit. {EXAMPLES}"),
        ("+4 days", "Did you mean: 4 days"),
        ("2.0 days", "Did you mean: 2 days"),
        # the unit
        ("3 month", '"month" is no unit here, since not all are as long. Write: 90 days'),
        ("1.5 months", '"months" is no unit here, since not all are as long. Write: 45 days'),
        ("1 year", '"year" is no unit here, since not all are as long. Write: 365 days'),
        ("30min", "Did you mean: 30 min"),
        ("4h", "Did you mean: 4 hours"),
        ("4 huors", "Did you mean: 4 hours"),
        ("4 workin hours", "Did you mean: 4 working hours"),
        ("2 workdays", "Did you mean: 2 working days"),
        ("2 business days", "Did you mean: 2 working days"),
        ("2 dage", "Did you mean: 2 days"),
        ("2 uger", "Did you mean: 2 weeks"),
        ("3 work hours", "Did you mean: 3 working hours"),
        ("15 minutter", "Did you mean: 15 min"),
        # two at once
        ("1 hour 30 min", "Write one number and one unit: 90 min"),
        ("1 hour and 60 minutes", "Write one number and one unit: 2 hours"),
        ("1 day, 4 hours", "Write one number and one unit: 28 hours"),
        ("1 week 7 days", "Write one number and one unit: 14 days"),
        ("1 working day 2 hours", f"Write one number and one unit. {EXAMPLES}"),
        ("2 hours 1 working day", f"Write one number and one unit. {EXAMPLES}"),
        # the bounds
        ("731 days", "731 days is too long: a time may last two years, 730 days."),
        ("4161 working hours", "4161 working hours is too long: a time may last two years, 4160 working hours."),
        ("30 min before", '"before" has no meaning here. Write: 30 min'),
        ("3 bananas before", f'"bananas" is no unit of time. {EXAMPLES}'),
    ],
)
def test_a_mistake_is_told_with_a_remedy(text: str, message: str) -> None:
    with pytest.raises(DurationError) as told:
        parse_duration(text)
    assert str(told.value) == message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("30 min", "Say what it comes before. Write: 30 min before"),
        ("0 min", "A time begins at 1. Write: 1 min"),
        ("before", f"The time is missing. {EXAMPLES}"),
        ("", f"The time is missing. {EXAMPLES}"),
        ("one hour before", "Write the number in digits: 1 hour"),
    ],
)
def test_a_mistake_before_is_told_too(text: str, message: str) -> None:
    with pytest.raises(DurationError) as told:
        parse_before(text)
    assert str(told.value) == message


@pytest.mark.parametrize("unit", Unit)
def test_a_duration_is_bounded(unit: Unit) -> None:
    assert Duration(MOST[unit], unit).amount == MOST[unit]
    for amount in (0, -1, MOST[unit] + 1):
        with pytest.raises(DurationError, match=f"from 1 to {MOST[unit]} {unit}"):
            Duration(amount, unit)


@given(durations)
def test_what_it_says_can_be_read(duration: Duration) -> None:
    assert parse_duration(str(duration)) == duration
    assert parse_before(f"{duration} before") == duration


words = st.sampled_from(
    ["1", "0", "1.5", "30", "999999999", "one", "an", "min", "hour", "huors", "working", "days", "and"]
)


@given(
    st.text(max_size=50) | st.lists(words | st.sampled_from(["month", "week", "before", ","]), max_size=6).map(" ".join)
)
@example("9" * 30 + " dayss")
@example("99999999 months")
@example("9999999999 hours 1 week")
@example("²")
def test_whatever_is_written_has_a_meaning_or_a_remedy_that_can_be_read(text: str) -> None:
    try:
        assert parse_duration(text).amount >= 1
    except DurationError as told:
        for mark in (" Write: ", "Did you mean: ", "in digits: ", "whole number: ", "one unit: "):
            if mark in str(told):
                parse_duration(str(told).rpartition(mark)[2])
