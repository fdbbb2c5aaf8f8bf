"""What a mailbox tells of its owner: away or not, and where they live. Pure.

Rule 1. Scheduled automatic replies are being away, from their start to their end. Those that are always on are not:
        some people never turn them off, and they would never be asked. What was written in a reply is not looked at.
Rule 2. Time zones have Windows' names or the common ones; CLDR says which is which. A zone that nobody knows is
        none, and a time in it is not understood: then nobody is away.
Sources: user-get-mailboxsettings.md, automaticrepliessetting.md, datetimetimezone.md of Microsoft's Graph pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from babel.core import get_global

from adapters.teams.asking import Json, mapping, text
from bot.core.people import Absence


@dataclass(frozen=True, slots=True)
class Mailbox:
    """`timezone` is "" where none is known."""

    away: tuple[Absence, ...] = ()
    timezone: str = ""


#: Somebody who has none, or whose mailbox is not for us.
NONE = Mailbox()


def read(settings: Json) -> Mailbox:
    """What a mailbox's settings say."""
    return Mailbox(tuple(_away(mapping(settings.get("automaticRepliesSetting")))), zone(settings))


def zone(settings: Json) -> str:
    """The common name of the time zone."""
    named = text(settings.get("timeZone"))
    found = _of_windows().get(named, named)
    return found if found in _zones() else ""


def _away(replies: Json) -> list[Absence]:
    match text(replies.get("status")).lower():
        case "scheduled":
            start, end = _moment(replies.get("scheduledStartDateTime")), _moment(replies.get("scheduledEndDateTime"))
            return [Absence(start, end)] if start is not None and end is not None and start < end else []
        case _:
            return []


def _moment(value: object) -> datetime | None:
    """A time with its zone, in UTC; None where it is not understood."""
    where = zone(mapping(value))
    try:
        moment = datetime.fromisoformat(text(mapping(value).get("dateTime")))
        return moment.replace(tzinfo=moment.tzinfo or ZoneInfo(where)).astimezone(UTC) if where else None
    except (ValueError, OverflowError):
        return None


@cache
def _of_windows() -> Mapping[str, str]:
    found: Mapping[str, str] = get_global("windows_zone_mapping")
    return found


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())
