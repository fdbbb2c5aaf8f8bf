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
        changed; `x` one that was taken away; `=` how the newest case stands.
Rule 2. "…" stands for any text. Every new message must be listed; changes and removals only where they matter.
        Removals may come in any order: they go by two lanes.
Rule 3. `speaks:` gives people another language than their own, from the beginning or from where it stands.
Rule 4. `people:` changes who works here, from where it stands: `luis leaves`, `eva under bo`, `hanne with bo` (they are
        declared partners).
Rule 5. `away: luis 2026-11-24 2026-12-03` sends somebody on leave, from the first day to the last, both days off.
Rule 6. People are called by first name; where two have it, by whole name with `_` for a space; at last by `@` and id.
Rule 7. What a person does is written as `bot.simulation.written` says.
Rule 8. `+` moves the clock, and what is due happens on the way.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.core.languages import LANGUAGES
from bot.core.messages import Message
from bot.core.people import Absence, PersonId
from bot.core.replies import FormErrors, Reply, Show
from bot.errors import BistandError
from bot.simulation.found import NoSuchButton
from bot.simulation.names import name_of
from bot.simulation.recording import shown
from bot.simulation.stage import Stage
from bot.simulation.text import one_line

LINE = re.compile(r"^(?P<who>[^\s<>~=+#][^\s<>~=]*)\s*(?P<sign>[><~x=])\s(?P<text>.*)$")
WAIT = re.compile(r"^\+\s*(?P<amount>\d+)\s*(?P<unit>min|minutes?|h|hours?|d|days?|w|weeks?)$")
#: The sign of a line that gives a language.
SPEAKS = "speaks"
#: The sign of a line that changes the people.
PEOPLE = "people"
_CHANGE = re.compile(r"(?P<who>[\w'’-]+) (?:(?P<leaves>leaves)|(?P<how>under|with) (?P<other>[\w'’-]+))")
#: The sign of a line that sends somebody on leave.
AWAY = "away"
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
            spoken = _speaks(chosen, name, number)
            if found:
                found.append(Line(number, "", SPEAKS, chosen))
            else:
                speaks |= spoken
        elif line.startswith("people:"):
            found.append(Line(number, "", PEOPLE, line.removeprefix("people:").strip()))
        elif line.startswith("away:"):
            chosen = line.removeprefix("away:").strip()
            _away(chosen, name, number)
            found.append(Line(number, "", AWAY, chosen))
        elif line.startswith("+"):
            found.append(Line(number, "", "+", line))
        elif line.strip():
            matched = LINE.match(line)
            if matched is None:
                raise TranscriptError(f'{name}:{number}: a line is "name > words", "name < words" or "+ 3 days"')
            found.append(Line(number, matched["who"], matched["sign"], matched["text"].strip()))
    return Transcript(name, " ".join(about), start, tuple(found), speaks)


def _speaks(text: str, name: str, number: int) -> dict[str, str]:
    pairs = [part.split() for part in text.split(",")]
    if any(len(pair) != 2 or pair[1] not in LANGUAGES for pair in pairs):
        raise TranscriptError(f"{name}:{number}: write speaks: ana da, luis en")
    return {pair[0]: pair[1] for pair in pairs}


def _away(text: str, name: str, number: int) -> tuple[str, Absence]:
    words = text.split()
    try:
        who, first, last = words
        zone = ZoneInfo("Europe/Copenhagen")
        start = datetime.combine(date.fromisoformat(first), time(), zone)
        end = datetime.combine(date.fromisoformat(last) + timedelta(days=1), time(), zone)
    except ValueError as error:
        raise TranscriptError(f"{name}:{number}: write away: luis 2026-11-24 2026-12-03") from error
    return who, Absence(start.astimezone(UTC), end.astimezone(UTC))


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


def agrees(expected: str, actual: str) -> bool:
    """Whether a line is as it was written, "…" standing for anything."""
    pattern = ".*?".join(re.escape(part.strip()) for part in expected.split("…"))
    return re.fullmatch(rf"\s*{pattern}\s*", actual, re.DOTALL) is not None


@dataclass
class Replay:
    """Plays a transcript on a stage; `between` runs before every line of a person, to drop and reopen the bot."""

    stage: Stage
    case: Callable[[], Awaitable[str]]
    between: Callable[[], Awaitable[None]] | None = None
    speak: Callable[[PersonId, str], None] = lambda _person, _language: None
    move: Callable[[PersonId, str, PersonId | None], Awaitable[None]] | None = None
    leave: Callable[[PersonId, Absence], None] = lambda _person, _absence: None
    seen: int = 0

    async def run(self, transcript: Transcript) -> None:
        """Raises TranscriptError at the first line that does not agree."""
        waiting: list[Line] = []
        for line in transcript.lines:
            if line.sign in "<~x":
                waiting.append(line)
                continue
            await self._settle(waiting, transcript)
            waiting = []
            if self.between is not None:
                await self.between()
            await self._do(line, transcript)
        await self._settle(waiting, transcript)

    async def _do(self, line: Line, transcript: Transcript) -> None:
        place = f"{transcript.name}:{line.number}"
        if line.sign == "+":
            by = duration(line.text)
            if by is None:
                raise TranscriptError(f"{place}: write + 3 days, + 4 hours or + 15 min")
            await self.stage.wait(by)
        elif line.sign == SPEAKS:
            for who, language in _speaks(line.text, transcript.name, line.number).items():
                self.speak(self._person(who, place), language)
        elif line.sign == PEOPLE:
            await self._move(line, place)
        elif line.sign == AWAY:
            who, absence = _away(line.text, transcript.name, line.number)
            self.leave(self._person(who, place), absence)
        elif line.sign == "=":
            stands = await self.case()
            if not agrees(line.text, stands):
                raise TranscriptError(f"{place}: the case is {stands!r}, not {line.text!r}")
        else:
            await self._act(line, place)

    async def _move(self, line: Line, place: str) -> None:
        found = _CHANGE.fullmatch(line.text)
        if found is None or self.move is None:
            raise TranscriptError(f"{place}: write people: luis leaves, people: eva under bo, or people: eva with bo")
        other = self._person(found["other"], place) if found["other"] is not None else None
        await self.move(self._person(found["who"], place), found["leaves"] or found["how"], other)

    async def _act(self, line: Line, place: str) -> None:
        person = self._person(line.who, place)
        try:
            reply = await self.stage.line(person, line.text)
        except NoSuchButton as error:
            raise TranscriptError(f"{place}: {error}") from None
        self.stage.screens.news.extend((person, "<", message) for message in at_once(reply))

    def _person(self, who: str, place: str) -> PersonId:
        try:
            return self.stage.person(who)
        except KeyError:
            raise TranscriptError(f"{place}: nobody is called {who}") from None

    async def _settle(self, expected: list[Line], transcript: Transcript) -> None:
        """Compare what appeared since the last time, person by person."""
        news = self.stage.screens.news[self.seen :]
        self.seen = len(self.stage.screens.news)
        readers = [(self._person(line.who, f"{transcript.name}:{line.number}"), line) for line in expected]
        for person in sorted({person for person, _, _ in news} | {person for person, _ in readers}):
            mine = [line for reader, line in readers if reader == person]
            self._compare(person, mine, [(sign, one_line(m)) for p, sign, m in news if p == person], transcript)

    def _compare(
        self, person: PersonId, expected: list[Line], actual: list[tuple[str, str]], transcript: Transcript
    ) -> None:
        rest = iter([one for one in actual if one[0] != "x"])
        gone = [text for sign, text in actual if sign == "x"]
        name = name_of(person, self.stage.people())
        for line in expected:
            found = _taken(gone, line.text) if line.sign == "x" else _next(rest, line.sign)
            place = f"{transcript.name}:{line.number}"
            if found is None:
                raise TranscriptError(f"{place}: {name} was to see {line.text!r}, and saw nothing more")
            if not agrees(line.text, found):
                raise TranscriptError(f"{place}: {name} was to see\n  {line.text}\nbut saw\n  {found}")
        more = [text for sign, text in rest if sign == "<"]
        if more:
            raise TranscriptError(f"{transcript.name}: {name} also saw\n  {shown(more[0])}")


def _taken(gone: list[str], expected: str) -> str | None:
    found = next((text for text in gone if agrees(expected, text)), None)
    if found is not None:
        gone.remove(found)
    return found


def _next(rest: Iterator[tuple[str, str]], sign: str) -> str | None:
    for found, text in rest:
        if found == sign:
            return text
        if found == "<":
            return text  # a new message is never passed over
    return None


def at_once(reply: Reply) -> list[Message]:
    """What a reply shows beside the chat, as a transcript has it."""
    match reply:
        case Show(title, facts):
            return [Message(title, facts=facts)]
        case FormErrors(errors):
            return [Message(f"{wrong.field}: {wrong.text}") for wrong in errors]
        case _:
            return []
