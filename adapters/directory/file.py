"""The people file: who works here, as one snapshot; read again when the file has changed.

Rule 1. All that is wrong is said at once, each with its line; a file with a mistake is not used at all.
Rule 2. A changed file that cannot be used leaves the people as they were, and says why in `error`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from adapters.directory.people import Ways, make_people
from adapters.directory.rows import Faults, read_rows
from bot.core.people import People, PersonId
from bot.errors import SettingsError

#: So many problems are listed; a wrong column makes one for each person.
MOST_SHOWN = 50


def load_people(
    path: Path,
    *,
    person_id: Callable[[str], PersonId],
    default_language: str,
    default_timezone: str,
    platforms: tuple[str, ...] = (),
    site_timezones: Mapping[str, str] | None = None,
    order: tuple[str, ...] = (),
    mail: bool = False,
) -> People:
    """The people of a file. `person_id` makes an opaque id of an e-mail in small letters. On each of `platforms`
    everybody can be reached at their e-mail. `order` and `mail` are those of `Ways`.

    Raises SettingsError, a line for each problem (Rule 1).
    """
    ways = Ways(
        person_id=person_id,
        language=default_language,
        timezone=default_timezone,
        platforms=platforms,
        site_timezones=site_timezones or {},
        order=order,
        mail=mail,
    )
    return _read(path, ways).people


@dataclass(frozen=True, slots=True)
class _Read:
    """The people of a file; their ids by e-mail in small letters; of whom it says the language, and the time zone."""

    people: People
    emails: Mapping[str, PersonId]
    languages: frozenset[PersonId]
    timezones: frozenset[PersonId]


def _read(path: Path, ways: Ways) -> _Read:
    rows, faults = read_rows(path)
    found = make_people(rows, ways, faults)
    if not rows and not faults.found:
        faults.add(1, "there is nobody in this file.")
    if faults.found:
        raise SettingsError(_told(faults))
    emails = [row.cells["email"].text.lower() for row in rows]
    ids = {email: ways.person_id(email) for email in emails}
    rows_of = {ids[email]: row for email, row in zip(emails, rows, strict=True)}
    return _Read(
        People(found),
        ids,
        frozenset(person for person, row in rows_of.items() if "language" in row.cells),
        frozenset(person for person, row in rows_of.items() if ways.places(row)),
    )


def _told(faults: Faults) -> str:
    lines = [f"{faults.file}:{line}: {message}" for line, message in sorted(set(faults.found))]
    more = [f"{faults.file}: and {len(lines) - MOST_SHOWN} more"] if len(lines) > MOST_SHOWN else []
    return "\n".join(lines[:MOST_SHOWN] + more)


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
        order: tuple[str, ...] = (),
        mail: bool = False,
    ) -> None:
        """Reads the file. Raises SettingsError where it cannot be used: there are no people from before."""
        self._path = path
        ways = Ways(
            person_id=person_id,
            language=default_language,
            timezone=default_timezone,
            platforms=platforms,
            site_timezones=site_timezones or {},
            order=order,
            mail=mail,
        )
        self._load = partial(_read, path, ways)
        self._stamp = self._stamp_now()
        self._read = self._load()
        #: Why the file as it is now cannot be used; None while it can.
        self.error: SettingsError | None = None

    def people(self) -> People:
        return self._read.people

    @property
    def emails(self) -> Mapping[str, PersonId]:
        """Everybody's id by e-mail, in small letters."""
        return self._read.emails

    @property
    def languages(self) -> frozenset[PersonId]:
        """Those whose language the file says."""
        return self._read.languages

    @property
    def timezones(self) -> frozenset[PersonId]:
        """Those whose time zone the file says, be it by their site."""
        return self._read.timezones

    def reload(self) -> bool:
        """Look whether the file has changed, and read it if so; True where the people are new (Rule 2)."""
        stamp = self._stamp_now()
        if stamp == self._stamp:
            return False
        self._stamp = stamp
        try:
            self._read = self._load()
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
