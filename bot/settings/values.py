"""Values that an operator writes in words: opening hours, lengths of time, e-mails, addresses. Each reader takes text.

Rule 1. What cannot be read is a `Misfit`, whose text goes on after the key's name ("must be ...").
Rule 2. A day that is not named is closed, and no day is named twice.
Rule 3. Hours end on the day they begin; a night shift is written on both days.
"""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Iterable, Mapping
from datetime import time
from difflib import get_close_matches
from functools import lru_cache
from ipaddress import ip_address
from itertools import pairwise
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from babel import Locale

from bot.core.durations import Duration, DurationError, Unit, parse_duration
from bot.core.worktime import Hours, Span

FULL_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAYS = tuple(day[:3] for day in FULL_DAYS)
KEY_BYTES = 32


class Misfit(ValueError):
    """Raised when a value cannot be what its key wants; `inner` names the keys below it, where that is the place."""

    def __init__(self, text: str, *inner: str) -> None:
        super().__init__(text)
        self.inner = inner


def suggestion(word: str, known: Iterable[str]) -> str:
    """A sentence that offers the nearest known word, after a space; nothing when none is near."""
    near = get_close_matches(word, list(known), n=1)
    return f" Did you mean `{near[0]}`?" if near else ""


def read_hours(value: object) -> Hours:
    """`mon-fri: 08:00-16:00`, one line for each day or range; or all in one text, with `;` between them."""
    if isinstance(value, Hours):
        return value
    week: dict[int, tuple[Span, ...]] = {}
    for days, spans in _lines_of_hours(value):
        for day in _days(days):
            if day in week:
                raise Misfit(f"names {DAYS[day]} twice", days)
            week[day] = _spans(spans, days)
    if not any(week.values()):
        raise Misfit("must name at least one working day, as `mon-fri: 08:00-16:00`")
    return Hours(tuple(week.get(day, ()) for day in range(len(DAYS))))


def _lines_of_hours(value: object) -> list[tuple[str, str]]:
    if isinstance(value, Mapping):
        return [(str(days), spans if isinstance(spans, str) else "") for days, spans in value.items()]
    if isinstance(value, str):
        parts = [part.strip() for part in value.split(";") if part.strip()]
        return [(days.rstrip(":"), spans) for days, _, spans in (part.partition(" ") for part in parts)]
    raise Misfit("must be days and hours, as `mon-fri: 08:00-16:00`")


def _days(text: str) -> list[int]:
    """The weekdays that `mon-fri`, `sat` or `mon, wed` name; a range may go over the weekend."""
    found: list[int] = []
    for part in text.split(","):
        first, dash, last = part.partition("-")
        start = _day(first, text)
        end = _day(last, text) if dash else start
        found += [(start + step) % len(DAYS) for step in range((end - start) % len(DAYS) + 1)]
    return found


def _day(name: str, text: str) -> int:
    word = name.strip().lower()
    for day, full in enumerate(FULL_DAYS):
        if word in (full, full[:3]):
            return day
    raise Misfit(f"has no day `{word}`.{suggestion(word, DAYS)}", text)


def _spans(text: str, days: str) -> tuple[Span, ...]:
    if text.strip().lower() == "closed":
        return ()
    spans = [_minutes(part, days) for part in text.split(",")]
    if any(before[1] > after[0] for before, after in pairwise(spans)):
        raise Misfit("must name its hours in order, without overlap", days)
    return tuple((_time(opens), _time(closes)) for opens, closes in spans)


def _minutes(text: str, days: str) -> tuple[int, int]:
    """Opening and closing in minutes after midnight."""
    match = re.fullmatch(r"\s*([0-9]{1,2}):([0-9]{2})\s*[-–]\s*([0-9]{1,2}):([0-9]{2})\s*", text)
    if match is None:
        raise Misfit("must be hours as `08:00-16:00`, several with a comma, or `closed`", days)
    hour, minute, end_hour, end_minute = (int(group) for group in match.groups())
    opens, closes = hour * 60 + minute, end_hour * 60 + end_minute
    if minute > 59 or end_minute > 59 or closes > 24 * 60:
        raise Misfit("must be times from 00:00 to 24:00", days)
    if closes <= opens:
        raise Misfit("must end after it begins; write a night on both days, as `22:00-24:00` and `00:00-06:00`", days)
    return opens, closes


def _time(minutes: int) -> time:
    """The time of day; 24:00 is 00:00, which as a closing time is the end of the day."""
    return time(minutes // 60 % 24, minutes % 60)


def read_duration(value: object) -> Duration:
    """`15 min`, `1 hour`, `4 working hours`, `1 working day`, `2 weeks`."""
    if isinstance(value, Duration):
        return value
    try:
        return parse_duration(value if isinstance(value, str) else "")
    except DurationError as error:
        raise Misfit(f"is no length of time. {error}") from None


def read_days(value: object) -> Duration:
    """A time by the calendar, in days or weeks."""
    duration = read_duration(value)
    if duration.unit not in (Unit.DAYS, Unit.WEEKS):
        raise Misfit("must be days or weeks, as `30 days`")
    return duration


def read_clock_time(value: object) -> Duration:
    """A short time by the clock, in minutes or hours."""
    duration = read_duration(value)
    if duration.unit not in (Unit.MIN, Unit.HOURS):
        raise Misfit("must be minutes or hours, as `10 min`")
    return duration


def read_words(value: object) -> object:
    """A list, or one text with commas (the environment has no lists)."""
    return [word.strip() for word in value.split(",") if word.strip()] if isinstance(value, str) else value


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def known_timezone(value: str) -> str:
    zones = _zones()
    if value not in zones:
        raise Misfit(f"must be a time zone as `Europe/Copenhagen`.{suggestion(value, zones)}")
    return value


def known_country(value: str) -> str:
    code = value.lower()
    if not re.fullmatch("[a-z]{2}", code) or code.upper() not in Locale("en").territories:
        raise Misfit(
            "must be the two letters of a country, as `dk`" + (" (Great Britain is `gb`)" if code == "uk" else "")
        )
    return code


def language_code(value: str) -> str:
    if not re.fullmatch("[a-z]{2,3}", value.lower()):
        raise Misfit("must be the two letters of a language, as `da`")
    return value.lower()


def email(value: str) -> str:
    if not re.fullmatch(r"[^@\s<>,;]+@[^@\s<>,;]+", value):
        raise Misfit("must be one e-mail address")
    return value.lower()


def domain(value: str) -> str:
    """What stands behind the @ of an e-mail."""
    if not re.fullmatch(r"[^@\s<>,;.]+(\.[^@\s<>,;.]+)+", value):
        raise Misfit("must be domains, as `example.org`, without an @")
    return value.lower()


def workspace(value: str) -> str:
    if not re.fullmatch(r"[TE][A-Z0-9]{2,}", value):
        raise Misfit("must be ids of Slack workspaces, as `T01ABCD2EFG`")
    return value


def media_type(value: str) -> str:
    if not re.fullmatch(r"[a-z]+/[a-z0-9.+-]+", value.lower()):
        raise Misfit("must be media types, as `image/png`")
    return value.lower()


def guid(value: str) -> str:
    if not re.fullmatch("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", value.lower()):
        raise Misfit("must be an id as Microsoft Entra shows it: 32 digits in five groups")
    return value.lower()


def database(value: str) -> str:
    if not value.startswith(("sqlite+aiosqlite:///", "postgresql+psycopg://")):
        raise Misfit("must begin with `sqlite+aiosqlite:///` (then a path) or `postgresql+psycopg://`")
    return value


def key_bytes(value: str) -> bytes:
    """The 32 bytes of a master key, from base64."""
    try:
        key = b64decode(value, validate=True)
    except (NotBase64, ValueError):
        raise Misfit("must be 32 bytes in base64; `openssl rand -base64 32` makes one") from None
    if len(key) != KEY_BYTES:
        raise Misfit(f"must be 32 bytes in base64, and this is {len(key)}; `openssl rand -base64 32` makes one")
    return key


def web_address(value: str) -> str:
    """An https address, or http on this machine."""
    parts = _split(value)
    if parts is None or not (parts[0] == "https" or (parts[0] == "http" and is_loopback(value))):
        raise Misfit("must begin with `https://` (`http://` only for this machine itself)")
    return value


def is_loopback(url: str) -> bool:
    """Whether an address names this machine. A name other than `localhost` never does, whatever it resolves to."""
    parts = _split(url)
    return parts is not None and is_loopback_host(parts[1])


def is_loopback_host(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _split(url: str) -> tuple[str, str] | None:
    """Scheme and host, or None where there is no host or something is hidden in the address."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if not parts.hostname or parts.username is not None or any(sign in url for sign in "\\ \t\r\n"):
        return None
    return parts.scheme, parts.hostname
