"""Transcripts: a talk as text that reads like the talk, and replays as a test.

    # what the talk shows
    at: 2026-11-23 09:00 Europe/Copenhagen
    speaks: bo en, ana da
    people: luis leaves

    ana   > report
    ana   < Good that you are here. …
    ana   < Are you or anybody else in danger right now? [Yes, or I am not sure] [No]
    ana   > [No]
    +3 days
    luis  < A reminder: …
    case  = in_progress, owner luis

Rule 1. `>` is what a person does; `<` what then appears on that person's screen, whole and in order; `~` a message that
        changed; `x` one that was taken away; `@` what came beside the chat, after the name of its way (`luis @ mail:
        Bistand needs you`); `=` how the newest case stands.
Rule 2. "…" stands for any text. Every new message must be listed; changes and removals only where they matter. What
        comes beside the chat is listed whole where the talk has one such line, or one of `ways:`. Removals, and what
        comes beside the chat, may come in any order: they go by lanes of their own.
Rule 3. `speaks:` gives people another language than their own, from the beginning or from where it stands.
Rule 4. `people:` changes who works here, from where it stands: `luis leaves`, `eva under bo`, `hanne with bo` (they are
        declared partners).
Rule 5. `away: luis 2026-11-24 2026-12-03` sends somebody on leave, from the first day to the last, both days off.
Rule 6. `ways:` changes how people are reached: `chat is down`, `chat is back`, `luis blocks chat`, with commas between
        several. `bot.simulation.weather` says which ways and what changes there are.
Rule 7. People are called by first name; where two have it, by whole name with `_` for a space; at last by `@` and id.
Rule 8. What a person does is written as `bot.simulation.written` says.
Rule 9. `+` moves the clock, and what is due happens on the way.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.core.languages import LANGUAGES
from bot.core.people import Absence
from bot.errors import BistandError
from bot.simulation.weather import Turn, read_turns

LINE = re.compile(r"^(?P<who>[^\s<>~=+#][^\s<>~=]*)\s*(?P<sign>[><~x=@])\s(?P<text>.*)$")
WAIT = re.compile(r"^\+\s*(?P<amount>\d+)\s*(?P<unit>min|minutes?|h|hours?|d|days?|w|weeks?)$")
#: The sign of a line that gives a language.
SPEAKS = "speaks"
#: The sign of a line that changes the people.
PEOPLE = "people"
CHANGE = re.compile(r"(?P<who>[\w'’-]+) (?:(?P<leaves>leaves)|(?P<how>under|with) (?P<other>[\w'’-]+))")
#: The sign of a line that sends somebody on leave.
AWAY = "away"
#: The sign of a line that changes how people are reached.
WAYS = "ways"
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


class TranscriptError(BistandError):
    """Raised when a transcript cannot be read, or the bot says something else; names the line."""


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    who: str
    sign: str
    text: str


@dataclass(frozen=True, slots=True)
class Transcript:
    """A written talk. `start` is UTC."""

    name: str
    about: str
    start: datetime
    lines: tuple[Line, ...]
    speaks: Mapping[str, str] = field(default_factory=dict)


DEFAULT_START = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def read_transcript(text: str, name: str) -> Transcript:
    """A transcript from its file's text."""
    about: list[str] = []
    start = DEFAULT_START
    found: list[Line] = []
    speaks: dict[str, str] = {}
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.rstrip()
        if line.startswith("#"):
            about.append(line.lstrip("# "))
        elif line.startswith("at:"):
            start = _moment(line.removeprefix("at:").strip(), name, number)
        elif line.startswith("speaks:"):
            chosen = line.removeprefix("speaks:").strip()
            spoken = speaks_in(chosen, name, number)
            if found:
                found.append(Line(number, "", SPEAKS, chosen))
            else:
                speaks |= spoken
        elif line.startswith("people:"):
            found.append(Line(number, "", PEOPLE, line.removeprefix("people:").strip()))
        elif line.startswith("away:"):
            chosen = line.removeprefix("away:").strip()
            away_in(chosen, name, number)
            found.append(Line(number, "", AWAY, chosen))
        elif line.startswith("ways:"):
            chosen = line.removeprefix("ways:").strip()
            turns(chosen, name, number)
            found.append(Line(number, "", WAYS, chosen))
        elif line.startswith("+"):
            found.append(Line(number, "", "+", line))
        elif line.strip():
            matched = LINE.match(line)
            if matched is None:
                raise TranscriptError(f'{name}:{number}: a line is "name > words", "name < words" or "+ 3 days"')
            found.append(Line(number, matched["who"], matched["sign"], matched["text"].strip()))
    return Transcript(name, " ".join(about), start, tuple(found), speaks)


def speaks_in(text: str, name: str, number: int) -> dict[str, str]:
    """Languages by name. Raises TranscriptError."""
    pairs = [part.split() for part in text.split(",")]
    if any(len(pair) != 2 or pair[1] not in LANGUAGES for pair in pairs):
        raise TranscriptError(f"{name}:{number}: write speaks: ana da, luis en")
    return {pair[0]: pair[1] for pair in pairs}


def away_in(text: str, name: str, number: int) -> tuple[str, Absence]:
    """Who is away, by name, and when. Raises TranscriptError."""
    words = text.split()
    try:
        who, first, last = words
        zone = ZoneInfo("Europe/Copenhagen")
        start = datetime.combine(date.fromisoformat(first), time(), zone)
        end = datetime.combine(date.fromisoformat(last) + timedelta(days=1), time(), zone)
    except ValueError as error:
        raise TranscriptError(f"{name}:{number}: write away: luis 2026-11-24 2026-12-03") from error
    return who, Absence(start.astimezone(UTC), end.astimezone(UTC))


def turns(text: str, name: str, number: int) -> tuple[Turn, ...]:
    """What a `ways:` line changes. Raises TranscriptError."""
    found = read_turns(text)
    if found is None:
        raise TranscriptError(
            f"{name}:{number}: write ways: chat is down, ways: chat is back, or ways: luis blocks chat"
        )
    return found


def _moment(text: str, name: str, number: int) -> datetime:
    day, clock, *zone = text.split()
    try:
        local = datetime.strptime(f"{day} {clock}", "%Y-%m-%d %H:%M")  # noqa: DTZ007 - the zone follows
        return local.replace(tzinfo=ZoneInfo(zone[0] if zone else "Europe/Copenhagen")).astimezone(UTC)
    except (ValueError, KeyError) as error:
        raise TranscriptError(f"{name}:{number}: write at: 2026-11-23 09:00 Europe/Copenhagen") from error


def duration(text: str) -> timedelta | None:
    """`+3 days`, `+ 15 min`, `+4h` as a length of time."""
    matched = WAIT.match(text.strip())
    if matched is None:
        return None
    return timedelta(**{_UNITS[matched["unit"][0]]: int(matched["amount"])})
