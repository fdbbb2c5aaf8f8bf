"""A transcript, played on a stage: what people do is done, and what appears is held against what stands there."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import ClassVar, Protocol

from bot.core.messages import Message
from bot.core.people import Absence, PersonId
from bot.core.replies import FormErrors, Reply, Show
from bot.simulation.found import NoSuchButton
from bot.simulation.names import name_of
from bot.simulation.recording import shown
from bot.simulation.stage import Stage
from bot.simulation.text import one_line
from bot.simulation.transcript import (
    AWAY,
    CHANGE,
    PEOPLE,
    SPEAKS,
    WAYS,
    Line,
    Transcript,
    TranscriptError,
    away_in,
    duration,
    speaks_in,
    turns,
)
from bot.simulation.weather import Turn


class House(Protocol):
    """What lines change around the talk, and how the newest case stands."""

    async def case(self) -> str: ...

    def speak(self, person: PersonId, language: str) -> None: ...

    async def move(self, person: PersonId, what: str, other: PersonId | None) -> None: ...

    def leave_for(self, person: PersonId, absence: Absence) -> None: ...

    async def turn(self, turn: Turn, person: PersonId | None) -> None: ...


def agrees(expected: str, actual: str) -> bool:
    """Whether a line is as it was written, "…" standing for anything."""
    pattern = ".*?".join(re.escape(part.strip()) for part in expected.split("…"))
    return re.fullmatch(rf"\s*{pattern}\s*", actual, re.DOTALL) is not None


@dataclass
class Replay:
    """Plays a transcript on a stage; `between` runs before every line of a person, to drop and reopen the bot."""

    stage: Stage
    house: House
    between: Callable[[], Awaitable[None]] | None = None
    seen: int = 0
    beside: bool = False  # whether what comes beside the chat is listed
    in_any_order: ClassVar[str] = "x@"  # signs of lines that may come in another order than they are written

    async def run(self, transcript: Transcript) -> None:
        """Raises TranscriptError at the first line that does not agree."""
        self.beside = any(line.sign in ("@", WAYS) for line in transcript.lines)
        waiting: list[Line] = []
        for line in transcript.lines:
            if line.sign in "<~x@":
                waiting.append(line)
                continue
            await self._settle(waiting, transcript)
            waiting = []
            if self.between is not None:
                await self.between()
            await self.do(line, transcript)
        await self._settle(waiting, transcript)

    async def do(self, line: Line, transcript: Transcript) -> None:
        """What one line asks for. Raises TranscriptError."""
        place = f"{transcript.name}:{line.number}"
        if line.sign == "+":
            by = duration(line.text)
            if by is None:
                raise TranscriptError(f"{place}: write + 3 days, + 4 hours or + 15 min")
            await self.stage.wait(by)
        elif line.sign == SPEAKS:
            for who, language in speaks_in(line.text, transcript.name, line.number).items():
                self.house.speak(self._person(who, place), language)
        elif line.sign == PEOPLE:
            await self._move(line, place)
        elif line.sign == AWAY:
            who, absence = away_in(line.text, transcript.name, line.number)
            self.house.leave_for(self._person(who, place), absence)
        elif line.sign == WAYS:
            for turn in turns(line.text, transcript.name, line.number):
                await self.house.turn(turn, self._person(turn.who, place) if turn.who else None)
        elif line.sign == "=":
            stands = await self.house.case()
            if not agrees(line.text, stands):
                raise TranscriptError(f"{place}: the case is {stands!r}, not {line.text!r}")
        else:
            await self._act(line, place)

    async def _move(self, line: Line, place: str) -> None:
        found = CHANGE.fullmatch(line.text)
        if found is None:
            raise TranscriptError(f"{place}: write people: luis leaves, people: eva under bo, or people: eva with bo")
        other = self._person(found["other"], place) if found["other"] is not None else None
        await self.house.move(self._person(found["who"], place), found["leaves"] or found["how"], other)

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
        rest = iter([one for one in actual if one[0] not in self.in_any_order])
        lanes = {lane: [text for sign, text in actual if sign == lane] for lane in self.in_any_order}
        name = name_of(person, self.stage.people())
        for line in expected:
            found = _taken(lanes[line.sign], line.text) if line.sign in lanes else _next(rest, line.sign)
            place = f"{transcript.name}:{line.number}"
            if found is None:
                raise TranscriptError(f"{place}: {name} was to see {line.text!r}, and saw nothing more")
            if not agrees(line.text, found):
                raise TranscriptError(f"{place}: {name} was to see\n  {line.text}\nbut saw\n  {found}")
        more = [text for sign, text in rest if sign == "<"] + (lanes["@"] if self.beside else [])
        if more:
            raise TranscriptError(f"{transcript.name}: {name} also saw\n  {shown(more[0])}")


def _taken(lane: list[str], expected: str) -> str | None:
    found = next((text for text in lane if agrees(expected, text)), None)
    if found is not None:
        lane.remove(found)
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
