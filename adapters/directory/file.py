"""The people file: who works here, from YAML or CSV, as one snapshot; read again when the file has changed.

Rule 1. All that is wrong is said at once, each with its line; a file with a mistake is not used at all.
Rule 2. E-mails tell people apart, in any case of letters. Managers and deputies are e-mails of the file; nobody stands
        above themselves.
Rule 3. An absence lasts from the beginning of its first day to the end of its last, by the person's own clock.
Rule 4. A changed file that cannot be used leaves the people as they were, and says why in `error`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from adapters.directory.rows import Away, Cell, Faults, Row, read_rows
from bot.core.languages.codes import is_language, meant_language
from bot.core.people import HELD_ROLES, Absence, Address, People, Person, PersonId, Role
from bot.core.texts import clean
from bot.errors import SettingsError
from bot.steps.notes import did_you_mean

#: Roles that the file gives beside those of the talks: who may edit flows, run the bot, read the audit.
OFFICES = ("flow_admin", "operator", "auditor")
ROLES = (*sorted(role.value for role in HELD_ROLES), *OFFICES)
PLATFORMS = ("slack", "teams")
#: So many problems are listed; a wrong column makes one for each person.
MOST_SHOWN = 50

_EMAIL = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """How people are made of rows. `site_timezones` are those of sites that differ from `timezone`."""

    person_id: Callable[[str], PersonId]
    language: str
    timezone: str
    platforms: tuple[str, ...] = ()
    site_timezones: Mapping[str, str] = field(default_factory=dict)


def load_people(
    path: Path,
    *,
    person_id: Callable[[str], PersonId],
    default_language: str,
    default_timezone: str,
    platforms: tuple[str, ...] = (),
    site_timezones: Mapping[str, str] | None = None,
) -> People:
    """The people of a file. `person_id` makes an opaque id of an e-mail in small letters. On each of `platforms`
    everybody can be reached at their e-mail.

    Raises SettingsError, a line for each problem (Rule 1).
    """
    ways = Ways(
        person_id=person_id,
        language=default_language,
        timezone=default_timezone,
        platforms=platforms,
        site_timezones=site_timezones or {},
    )
    rows, faults = read_rows(path)
    by_email = _by_email(rows, faults)
    zones = frozenset(available_timezones())
    found = {}
    for email, row in by_email.items():
        person = _person(email, row, by_email, ways, zones, faults)
        found[person.id] = person
    _check_circles(by_email, faults)
    if not rows and not faults.found:
        faults.add(1, "there is nobody in this file.")
    if faults.found:
        raise SettingsError(_told(faults))
    return People(found)


def _told(faults: Faults) -> str:
    lines = [f"{faults.file}:{line}: {message}" for line, message in sorted(set(faults.found))]
    more = [f"{faults.file}: and {len(lines) - MOST_SHOWN} more"] if len(lines) > MOST_SHOWN else []
    return "\n".join(lines[:MOST_SHOWN] + more)


def _by_email(rows: Sequence[Row], faults: Faults) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for row in rows:
        if "name" not in row.cells:
            faults.add(row.line, "this person has no name.")
        cell = row.cells.get("email")
        if cell is None:
            faults.add(row.line, "this person has no e-mail.")
        elif not _EMAIL.fullmatch(cell.text):
            faults.add(cell.line, f'"{cell.text[:60]}" is no e-mail address.')
        elif cell.text.lower() in found:
            before = found[cell.text.lower()].cells["email"].line
            faults.add(cell.line, f'"{cell.text}" stands here already on line {before}. Each e-mail is one person.')
        else:
            found[cell.text.lower()] = row
    return found


def _person(
    email: str, row: Row, by_email: Mapping[str, Row], ways: Ways, zones: frozenset[str], faults: Faults
) -> Person:
    def text(column: str) -> str:
        cell = row.cells.get(column)
        return clean(cell.text) if cell is not None else ""

    timezone = _timezone(row, ways, zones, faults)
    manager, deputy = (_other(row.cells.get(key), key, email, by_email, faults) for key in ("manager", "deputy"))
    return Person(
        id=ways.person_id(email),
        name=text("name"),
        manager=ways.person_id(manager) if manager is not None else None,
        deputy=ways.person_id(deputy) if deputy is not None else None,
        roles=_roles(row, faults),
        title=text("title"),
        site=text("site"),
        language=_language(row.cells.get("language"), ways, faults),
        timezone=timezone,
        away=tuple(_away(row, timezone, faults)),
        addresses=tuple(_addresses(email, row, ways)),
    )


def _addresses(email: str, row: Row, ways: Ways) -> Iterator[Address]:
    for platform in PLATFORMS:
        if platform in row.cells:
            yield Address(platform, row.cells[platform].text)
    for platform in ways.platforms:
        yield Address(platform, email)


def _other(cell: Cell | None, key: str, email: str, by_email: Mapping[str, Row], faults: Faults) -> str | None:
    """The e-mail of a manager or deputy."""
    if cell is None:
        return None
    other = cell.text.lower()
    if other == email:
        faults.add(cell.line, f"{email} is their own {key}. Remove the line, or name somebody else.")
        return None
    if other not in by_email:
        # a suggestion takes long in a large file
        hint = did_you_mean(other, tuple(by_email)) if len(faults.found) < MOST_SHOWN else ""
        faults.add(cell.line, f'the {key} "{cell.text[:60]}" is nobody in this file.{hint}')
        return None
    return other


def _roles(row: Row, faults: Faults) -> frozenset[Role]:
    for cell in row.roles:
        if cell.text not in ROLES:
            faults.unknown(cell.line, cell.text, ROLES, "role")
    return frozenset(role for role in HELD_ROLES if any(cell.text == role for cell in row.roles))


def _language(cell: Cell | None, ways: Ways, faults: Faults) -> str:
    if cell is None:
        return ways.language
    if not is_language(cell.text.lower()):
        hint = meant_language(cell.text) or " Write two letters, as da."
        faults.add(cell.line, f'"{cell.text[:40]}" is no language.{hint}')
    return cell.text.lower()


def _timezone(row: Row, ways: Ways, zones: frozenset[str], faults: Faults) -> str:
    cell, site = row.cells.get("timezone"), row.cells.get("site")
    otherwise = ways.site_timezones.get(site.text, ways.timezone) if site is not None else ways.timezone
    if cell is None or cell.text in zones:
        return cell.text if cell is not None else otherwise
    hint = did_you_mean(cell.text, sorted(zones)) or " Write one as Europe/Copenhagen."
    faults.add(cell.line, f'"{cell.text[:40]}" is no time zone.{hint}')
    return otherwise


# --- absences ------------------------------------------------------------------------------------------------------


def _away(row: Row, timezone: str, faults: Faults) -> Iterator[Absence]:
    zone = ZoneInfo(timezone)
    for away in row.away:
        first, last = _day(away.first, "from", away, faults), _day(away.last, "to", away, faults)
        if first is None or last is None:
            continue
        if last < first:
            faults.add(away.line, f"this absence ends on {last}, before it begins on {first}.")
        elif last == date.max:
            faults.add(away.line, f'"to" is too far away: {last}.')
        else:
            yield Absence(_midnight(first, zone), _midnight(last + timedelta(days=1), zone))


def _day(text: str, key: str, away: Away, faults: Faults) -> date | None:
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass  # a day that no calendar has
    shown = f', not "{text[:20]}"' if text else ""
    faults.add(away.line, f'"{key}" of an absence takes a day, as 2026-07-01{shown}.')
    return None


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


# --- the chart -----------------------------------------------------------------------------------------------------


def _check_circles(by_email: Mapping[str, Row], faults: Faults) -> None:
    """Each circle of managers once, at the line of the manager of its first person in the file."""
    above = {e: row.cells["manager"].text.lower() for e, row in by_email.items() if "manager" in row.cells}
    walked: set[str] = set()
    for email in by_email:
        path: list[str] = []
        current: str | None = email
        while current is not None and current not in walked:
            walked.add(current)
            path.append(current)
            current = above.get(current)
        if current in path and above.get(current) != current:
            circle = path[path.index(current) :]
            line = min(by_email[each].cells["manager"].line for each in circle)
            faults.add(line, f"a circle of managers: {' -> '.join((*circle, circle[0]))}. One of them has another.")


# --- kept in step --------------------------------------------------------------------------------------------------


class FileDirectory:
    """The organisation as the people file has it. `reload` is for the background; `people` waits for nothing."""

    def __init__(
        self,
        path: Path,
        *,
        person_id: Callable[[str], PersonId],
        default_language: str,
        default_timezone: str,
        platforms: tuple[str, ...] = (),
        site_timezones: Mapping[str, str] | None = None,
    ) -> None:
        """Reads the file. Raises SettingsError where it cannot be used: there are no people from before."""
        self._path = path
        self._load = partial(
            load_people,
            path,
            person_id=person_id,
            default_language=default_language,
            default_timezone=default_timezone,
            platforms=platforms,
            site_timezones=site_timezones,
        )
        self._stamp = self._stamp_now()
        self._people = self._load()
        #: Why the file as it is now cannot be used; None while it can.
        self.error: SettingsError | None = None

    def people(self) -> People:
        return self._people

    def reload(self) -> bool:
        """Look whether the file has changed, and read it if so; True where the people are new (Rule 4)."""
        stamp = self._stamp_now()
        if stamp == self._stamp:
            return False
        self._stamp = stamp
        try:
            self._people = self._load()
        except SettingsError as error:
            self.error = error
            return False
        self.error = None
        return True

    def _stamp_now(self) -> tuple[int, int, int] | None:
        """What changes when the file does; None where there is none."""
        try:
            status = self._path.stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_size, status.st_ino
