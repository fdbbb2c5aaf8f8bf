"""People made of the rows of the people file, and what is wrong with them.

Rule 1. E-mails tell people apart, in any case of letters. Managers, deputies and conflicts are e-mails of the file;
        nobody stands above themselves. A conflict that one of two declares is both's.
Rule 2. An absence lasts from the beginning of its first day to the end of its last, by the person's own clock; without
        a last day until further notice.
Rule 3. Whoever names no time zone lives in that of the site; whoever names no language speaks the organisation's first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from difflib import get_close_matches
from zoneinfo import ZoneInfo, available_timezones

from adapters.directory.rows import Away, Cell, Faults, Row
from bot.core.languages.codes import is_language, meant_language
from bot.core.people import HELD_ROLES, Absence, Address, Office, Person, PersonId, Role
from bot.core.texts import clean
from bot.steps.notes import did_you_mean

ROLES = (*sorted(role.value for role in HELD_ROLES), *(office.value for office in Office))
PLATFORMS = ("slack", "teams")
#: After so many problems none has a suggestion any more: in a large file each takes a while.
MOST_SUGGESTED = 50

_EMAIL = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """What the settings say of everybody. `site_timezones` are those of sites that differ from `timezone`.

    Who is on several platforms is written to in the `order` of these first; with `mail`, at the e-mail too.
    """

    person_id: Callable[[str], PersonId]
    language: str
    timezone: str
    platforms: tuple[str, ...] = ()
    site_timezones: Mapping[str, str] = field(default_factory=dict)
    order: tuple[str, ...] = PLATFORMS
    mail: bool = False

    def places(self, row: Row) -> bool:
        """Whether a row says where somebody lives (rule 3)."""
        site = row.cells.get("site")
        return "timezone" in row.cells or (site is not None and site.text in self.site_timezones)


def make_people(rows: Sequence[Row], ways: Ways, faults: Faults) -> dict[PersonId, Person]:
    """Everybody by id; what is wrong is added to `faults`."""
    by_email = _by_email(rows, faults)
    maker = _Maker(by_email, ways, faults)
    found = _both_ways({ways.person_id(email): maker.person(email, row) for email, row in by_email.items()})
    taken = {id(row) for row in by_email.values()}
    for row in rows:
        if id(row) not in taken:
            maker.person("", row)  # nobody, for want of an e-mail, but with mistakes to be named
    _check_circles(by_email, faults)
    return found


def _both_ways(found: dict[PersonId, Person]) -> dict[PersonId, Person]:
    """Whoever is declared a conflict has one."""
    declared: dict[PersonId, set[PersonId]] = {}
    for person in found.values():
        for other in person.conflicts:
            declared.setdefault(other, set()).add(person.id)
    return {
        id_: replace(person, conflicts=person.conflicts | declared[id_]) if id_ in declared else person
        for id_, person in found.items()
    }


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


class _Maker:
    def __init__(self, by_email: Mapping[str, Row], ways: Ways, faults: Faults) -> None:
        self.by_email = by_email
        self.ways = ways
        self.faults = faults
        self.zones = frozenset(available_timezones())

    def person(self, email: str, row: Row) -> Person:
        def text(column: str) -> str:
            cell = row.cells.get(column)
            return clean(cell.text) if cell is not None else ""

        timezone = self._timezone(row)
        return Person(
            id=self.ways.person_id(email),
            name=text("name"),
            manager=self._other(row.cells.get("manager"), "manager", email),
            deputy=self._other(row.cells.get("deputy"), "deputy", email),
            roles=self._roles(row),
            offices=frozenset(office for office in Office if any(cell.text == office for cell in row.roles)),
            conflicts=frozenset(self._conflicts(email, row)),
            title=text("title"),
            site=text("site"),
            language=self._language(row.cells.get("language")),
            timezone=timezone,
            away=tuple(_away(row, timezone, self.faults)),
            addresses=tuple(self._addresses(email, row)),
            mail=email if self.ways.mail else "",
        )

    def _addresses(self, email: str, row: Row) -> Iterator[Address]:
        for platform in dict.fromkeys((*self.ways.order, *PLATFORMS)):
            if platform in row.cells:
                yield Address(platform, row.cells[platform].text)
        for platform in self.ways.platforms:
            yield Address(platform, email)

    def _other(self, cell: Cell | None, key: str, email: str) -> PersonId | None:
        """The manager, deputy or conflict."""
        if cell is None:
            return None
        other = cell.text.lower()
        if other == email:
            self.faults.add(cell.line, f"{email} is their own {key}. Remove the line, or name somebody else.")
            return None
        if other not in self.by_email:
            hint = _near(other, self.by_email) if len(self.faults.found) < MOST_SUGGESTED else ""
            self.faults.add(cell.line, f'the {key} "{cell.text[:60]}" is nobody in this file.{hint}')
            return None
        return self.ways.person_id(other)

    def _conflicts(self, email: str, row: Row) -> Iterator[PersonId]:
        for cell in row.conflicts:
            other = self._other(cell, "conflict", email)
            if other is not None:
                yield other

    def _roles(self, row: Row) -> frozenset[Role]:
        for cell in row.roles:
            if cell.text not in ROLES:
                self.faults.unknown(cell.line, cell.text, ROLES, "role")
        return frozenset(role for role in HELD_ROLES if any(cell.text == role for cell in row.roles))

    def _language(self, cell: Cell | None) -> str:
        if cell is None:
            return self.ways.language
        if not is_language(cell.text.lower()):
            hint = meant_language(cell.text) or " Write two letters, as da."
            self.faults.add(cell.line, f'"{cell.text[:40]}" is no language.{hint}')
        return cell.text.lower()

    def _timezone(self, row: Row) -> str:
        cell, site = row.cells.get("timezone"), row.cells.get("site")
        if cell is not None and cell.text in self.zones:
            return cell.text
        if cell is not None:
            hint = did_you_mean(cell.text, sorted(self.zones)) or " Write one as Europe/Copenhagen."
            self.faults.add(cell.line, f'"{cell.text[:40]}" is no time zone.{hint}')
        return self.ways.site_timezones.get(site.text if site is not None else "", self.ways.timezone)


def _near(email: str, known: Iterable[str]) -> str:
    """Who was meant, by the name before the @: what is behind it is alike for everybody."""
    by_name = {each.partition("@")[0]: each for each in known}
    near = get_close_matches(email.partition("@")[0], by_name, n=1, cutoff=0.7)
    return f' Did you mean "{by_name[near[0]]}"?' if near else ""


# --- absences ------------------------------------------------------------------------------------------------------


def _away(row: Row, timezone: str, faults: Faults) -> Iterator[Absence]:
    zone = ZoneInfo(timezone)
    for away in row.away:
        first = _day(away.first, "from", away, faults)
        last = _day(away.last, "to", away, faults) if away.last is not None else None
        if first is not None and away.last is None:
            yield Absence(_midnight(first, zone))
        elif first is None or last is None:
            continue
        elif last < first:
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
            lines = [by_email[each].cells["manager"].line for each in circle]
            start = lines.index(min(lines))
            shown = " -> ".join((*circle[start:], *circle[:start], circle[start]))
            faults.add(lines[start], f"a circle of managers: {shown}. One of them has somebody else.")
