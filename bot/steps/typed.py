"""What people type where a number, a day, a time or an address is asked: read kindly, in the person's language.

Rule 1. A day may be written as 2026-11-24, 24.11.2026, 24/11, 24 November, today, yesterday, or the last weekday.
Rule 2. A day without a year is the last such day that has been.
Rule 3. Nothing is guessed: what does not read as one of these gives None.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel.dates import get_day_names, get_month_names

_TODAY = {"today": 0, "i dag": 0, "idag": 0, "yesterday": 1, "i går": 1, "igår": 1, "i gaar": 1}
_TIME = re.compile(r"(?:\b(?:at|kl\.?|klokken)\s*)?\b(\d{1,2})[:.](\d{2})\b|\b(?:at|kl\.?|klokken)\s*(\d{1,2})\b")
EARLIEST = date(1950, 1, 1)
Read = Callable[[str], str | None]


def number(text: str) -> Decimal | None:
    """A number with a point or a comma."""
    plain = text.strip().replace(" ", "").replace(",", ".")
    thousand = re.fullmatch(r"[+-]?[1-9]\d{0,2}\.\d{3}", plain)  # or one with three decimals
    return Decimal(plain) if not thousand and re.fullmatch(r"[+-]?\d{1,12}(\.\d{1,6})?", plain) else None


def clock(text: str) -> time | None:
    """A time of day: 14:30, 14.30, at 9, 9."""
    plain = text.strip().casefold()
    if re.fullmatch(r"\d{1,2}", plain):
        plain = f"at {plain}"
    found = _TIME.fullmatch(plain)
    return _clock(found) if found else None


def _clock(found: re.Match[str]) -> time | None:
    hour, minute = int(found.group(1) or found.group(3)), int(found.group(2) or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def day(text: str, today: date) -> date | None:
    """A day, as rule 1 has it."""
    plain = " ".join(text.strip().casefold().replace(",", " ").split())
    if plain in _TODAY:
        return today - timedelta(days=_TODAY[plain])
    iso = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", plain)
    if iso:
        return _day(int(iso[1]), int(iso[2]), int(iso[3]))
    short = re.fullmatch(r"(?:d\.?\s*)?(\d{1,2})[./-](\d{1,2})\.?(?:[./-]?\s*(\d{2}|\d{4}))?", plain)
    if short:
        return _past(int(short[1]), int(short[2]), short[3], today)
    long = re.fullmatch(
        r"(?:d\.?\s*|den\s+|the\s+)?(\d{1,2})(?:st|nd|rd|th|\.)?\s+(?:of\s+)?([^\W\d]+)\.?(?:\s+(\d{4}))?", plain
    )
    if long and _month(long[2]) is not None:
        return _past(int(long[1]), _month(long[2]) or 0, long[3], today)
    return _weekday(plain, today)


def moment(text: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """A day with a time of day at the person's place; `now` and the result are UTC. A time alone is today's."""
    plain = text.strip().casefold()
    exact = _exact(plain)
    if exact is not None:
        return (exact if exact.tzinfo is not None else exact.replace(tzinfo=zone)).astimezone(now.tzinfo)
    times = list(_TIME.finditer(plain))
    found = times[-1] if times else None
    if found is None or (at := _clock(found)) is None:
        return None
    rest = (plain[: found.start()] + plain[found.end() :]).strip(" ,")
    today = now.astimezone(zone).date()
    if not rest and day(found.group(), today) is not None:
        return None  # 3.11 may be a day in November
    on = today if not rest else day(rest, today)
    if on is None:
        return None
    return datetime.combine(on, at, zone).astimezone(now.tzinfo)


def _exact(plain: str) -> datetime | None:
    """A moment as a form shows it again, and as pickers write it: 2026-11-24T14:30:00+01:00."""
    if not re.match(r"\d{4}-\d{2}-\d{2}t", plain):
        return None
    try:
        return datetime.fromisoformat(plain.upper())
    except ValueError:
        return None


def email(text: str) -> str | None:
    plain = text.strip()
    return plain if re.fullmatch(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+", plain) and len(plain) <= 254 else None


def phone(text: str) -> str | None:
    plain = text.strip()
    digits = re.sub(r"\D", "", plain)
    return plain if re.fullmatch(r"\+?[\d\s()./-]+", plain) and 3 <= len(digits) <= 15 else None


def url(text: str) -> str | None:
    plain = text.strip()
    plain = f"https://{plain}" if re.match(r"www\.", plain, re.IGNORECASE) else plain
    return plain if re.fullmatch(r"https?://[^\s/$.?#][^\s]*", plain, re.IGNORECASE) and len(plain) <= 2000 else None


def _day(year: int, month: int, number_: int) -> date | None:
    try:
        found = date(year, month, number_)
    except ValueError:
        return None
    return found if found >= EARLIEST else None


def _past(number_: int, month: int, year: str | None, today: date) -> date | None:
    if year:
        return _day(int(year) + (2000 if len(year) == 2 else 0), month, number_)
    this = _day(today.year, month, number_)
    # 29 February may need to go back further than a year
    return this if this is not None and this <= today else _day(today.year - 1, month, number_)


def _month(word: str) -> int | None:
    for language in ("en_GB", "da"):
        for width in ("wide", "abbreviated"):
            for month, name in get_month_names(width, locale=language).items():
                if word == name.casefold().rstrip("."):
                    return int(month)
    return None


def _weekday(word: str, today: date) -> date | None:
    for language in ("en_GB", "da"):
        for weekday, name in get_day_names("wide", locale=language).items():
            ago = (today.weekday() - int(weekday)) % 7
            if word == name.casefold():
                return today - timedelta(days=ago)
            if word in (f"last {name.casefold()}", f"i {name.casefold()}s"):
                return today - timedelta(days=ago or 7)
    return None
