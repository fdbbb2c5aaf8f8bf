"""Values as their reader writes them: times, dates, numbers, lists, in the reader's language and zone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime, format_time
from babel.lists import format_list
from babel.numbers import format_decimal


@cache
def _locale(language: str) -> Locale:
    # English stands for English in Europe: the day before the month, 24 hours
    return Locale.parse("en_GB" if language == "en" else language)


def show_moment(moment: datetime, now: datetime, zone: ZoneInfo, language: str) -> str:
    """A point in time; today it is the time alone."""
    local = moment.astimezone(zone)
    if local.date() == now.astimezone(zone).date():
        return show_clock(local.time(), language)
    pattern = "EEEE d. MMMM 'kl.' HH.mm" if language == "da" else "EEEE d MMMM 'at' HH:mm"
    return format_datetime(local, pattern, tzinfo=zone, locale=_locale(language))


def show_day(day: date, language: str) -> str:
    return format_date(day, "long", locale=_locale(language))


def show_day_soon(day: date, today: date, language: str) -> str:
    """A day without its year where that is this one."""
    if day.year != today.year:
        return show_day(day, language)
    return format_date(day, "d. MMMM" if language == "da" else "d MMMM", locale=_locale(language))


def show_clock(clock: time, language: str) -> str:
    return format_time(clock, "HH.mm" if language == "da" else "HH:mm", locale=_locale(language))


def show_number(number: Decimal, language: str) -> str:
    return format_decimal(number, locale=_locale(language))


def show_list(items: Sequence[str], language: str) -> str:
    """Items with commas and an *and*; nothing for none."""
    return format_list(list(items), locale=_locale(language)) if items else ""
