"""Lengths of time as admins write them: `30 min`, `4 working hours`, `1 working day`, `30 min before`.

Rule 1. One whole number from 1 and one unit; at most two years.
Rule 2. min, hours, days and weeks go by the clock; working hours and working days by the site's calendar (worktime.py).
"""

from __future__ import annotations

import difflib
import math
import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NoReturn

from bot.errors import BistandError


class DurationError(BistandError):
    """Raised when a text is no length of time; says what to write instead."""


class Unit(StrEnum):
    """A unit of time, as it is written for several."""

    MIN = "min"
    HOURS = "hours"
    DAYS = "days"
    WEEKS = "weeks"
    WORKING_HOURS = "working hours"
    WORKING_DAYS = "working days"

    @property
    def one(self) -> str:
        """As it is written for one."""
        return self.removesuffix("s")


#: Two years in each unit; a working year has 260 days of 8 hours.
MOST = {
    Unit.MIN: 2 * 365 * 24 * 60,
    Unit.HOURS: 2 * 365 * 24,
    Unit.DAYS: 2 * 365,
    Unit.WEEKS: 2 * 52,
    Unit.WORKING_HOURS: 2 * 260 * 8,
    Unit.WORKING_DAYS: 2 * 260,
}


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time; how far it reaches from a moment, worktime.py says."""

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        if not 1 <= self.amount <= MOST[self.unit]:
            raise DurationError(f"A time has to be from 1 to {MOST[self.unit]} {self.unit}, about two years.")

    def __str__(self) -> str:
        return f"{self.amount} {self.unit.one if self.amount == 1 else self.unit}"


_UNITS = {name: unit for unit in Unit for name in (unit.value, unit.one)} | {
    "minute": Unit.MIN,
    "minutes": Unit.MIN,
}
#: Understood so far that the remedy can name the unit; never accepted.
_MEANT = {
    **dict.fromkeys(("m", "mins", "minut", "minutter"), Unit.MIN),
    **dict.fromkeys(("h", "hr", "hrs", "time", "timer"), Unit.HOURS),
    **dict.fromkeys(("d", "dag", "dage"), Unit.DAYS),
    **dict.fromkeys(("w", "uge", "uger"), Unit.WEEKS),
    **dict.fromkeys(("work hours", "office hours", "business hours", "arbejdstimer"), Unit.WORKING_HOURS),
    **dict.fromkeys(
        ("work day", "work days", "workday", "workdays", "weekday", "weekdays", "business day", "business days",
         "working-days", "arbejdsdag", "arbejdsdage"), Unit.WORKING_DAYS),
}  # fmt: skip
_IN_DAYS = {"month": 30, "months": 30, "year": 365, "years": 365}
_NUMERALS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_IN_DIGITS = {"a": 1, "an": 1} | {word: number for number, word in enumerate(_NUMERALS, start=1)}
_MINUTES = {Unit.MIN: 1, Unit.HOURS: 60, Unit.DAYS: 24 * 60, Unit.WEEKS: 7 * 24 * 60}

_EXAMPLES = "Write for example: 30 min, 4 hours, 1 day, 2 weeks, 4 working hours, 1 working day"
_LONGEST = 40
_NUMBER_AND_UNIT = re.compile(r"([-+]?[0-9]+(?:[.,][0-9]+)?)\s*(.*)")
_TWO = re.compile(r"([0-9]+) (.+?),? (?:and )?([0-9]+) (.+)")


def parse_duration(text: str) -> Duration:
    """The time that the text says. Raises DurationError with a remedy."""
    words = " ".join(text.lower().split())
    if len(words) > _LONGEST:
        raise DurationError(f"This is too long for a time. {_EXAMPLES}")
    if words.endswith(" before"):
        raise DurationError(f'"before" has no meaning here. Write: {parse_duration(words.removesuffix(" before"))}')
    found = re.fullmatch(r"([0-9]+) (.+)", words)
    if found is None or found[2] not in _UNITS:
        _refuse(words)
    amount, unit = int(found[1]), _UNITS[found[2]]
    if amount == 0:
        raise DurationError(f"A time begins at 1. Write: 1 {unit.one}")
    if amount > MOST[unit]:
        raise DurationError(f"{amount} {unit} is too long: a time may last two years, {MOST[unit]} {unit}.")
    return Duration(amount, unit)


def parse_before(text: str) -> Duration:
    """How long before a due time: `30 min before`. Raises DurationError with a remedy."""
    words = text.lower().split()
    if words and words[-1] == "before":
        return parse_duration(" ".join(words[:-1]))
    raise DurationError(f"Say what it comes before. Write: {parse_duration(text)} before")


def _refuse(words: str) -> NoReturn:
    if not words:
        raise DurationError(f"The time is missing. {_EXAMPLES}")
    first, _, rest = words.partition(" ")
    if first in _IN_DIGITS and (unit := _unit(rest)):
        raise DurationError(f"Write the number in digits: {Duration(_IN_DIGITS[first], unit)}")
    if two := _TWO.fullmatch(words):
        _refuse_two(two)
    found = _NUMBER_AND_UNIT.fullmatch(words)
    if found is None:
        raise DurationError(f"A time is a number and a unit. {_EXAMPLES}")
    amount, named = Decimal(found[1].replace(",", ".")), found[2]
    if amount <= 0:
        raise DurationError(f"A time begins at 1. {_EXAMPLES}")
    if named in _IN_DAYS:
        days = _said(math.ceil(amount * _IN_DAYS[named]), Unit.DAYS)
        raise DurationError(f'"{named}" is no unit here, since not all are as long. Write: {days}')
    unit = _unit(named)
    if unit is None:
        wrong = f'"{named}" is no unit of time.' if named else "The unit is missing."
        raise DurationError(f"{wrong} {_EXAMPLES}")
    if amount != int(amount):
        raise DurationError(f"Write a whole number: {_in_smaller(amount, unit)}")
    raise DurationError(f"Did you mean: {_said(int(amount), unit)}")


def _refuse_two(two: re.Match[str]) -> NoReturn:
    units = _unit(two[2]), _unit(two[4])
    if units[0] in _MINUTES and units[1] in _MINUTES:
        minutes = int(two[1]) * _MINUTES[units[0]] + int(two[3]) * _MINUTES[units[1]]
        raise DurationError(f"Write one number and one unit: {_in_smaller(Decimal(minutes), Unit.MIN)}")
    raise DurationError(f"Write one number and one unit. {_EXAMPLES}")


def _unit(name: str) -> Unit | None:
    """The unit that was meant, or None."""
    if name in _UNITS:
        return _UNITS[name]
    if name in _MEANT:
        return _MEANT[name]
    close = difflib.get_close_matches(name, _UNITS, n=1, cutoff=0.75)
    return _UNITS[close[0]] if close else None


def _in_smaller(amount: Decimal, unit: Unit) -> str:
    """A whole number of the largest unit that fits; of working time, which has no smaller unit, the next whole one."""
    if unit not in _MINUTES:
        return _said(math.ceil(amount), unit)
    minutes = math.ceil(amount * _MINUTES[unit])
    for larger in (Unit.DAYS, Unit.HOURS):
        if minutes % _MINUTES[larger] == 0:
            return _said(minutes // _MINUTES[larger], larger)
    return _said(minutes, Unit.MIN)


def _said(amount: int, unit: Unit) -> str:
    """As text, brought within the bounds, so that a remedy can always be read."""
    return str(Duration(min(max(amount, 1), MOST[unit]), unit))
