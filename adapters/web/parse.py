"""What the page sends, as events of a person. Pure; what does not fit is refused and nothing happens.

Rule 1. A request carries an id of the page's own making: the same id again changes nothing.
Rule 2. No fault that is told repeats what somebody wrote.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Literal, TypeVar, assert_never
from zoneinfo import ZoneInfo

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from bot.core.events import Chose, Command, Commanded, Left, Opened, PersonEvent, Said, Started, Submitted
from bot.core.ids import CaseId, SessionId, Token
from bot.core.people import PersonId
from bot.core.texts import LONGEST_ANSWER
from bot.simulation.time import next_morning

MOST_VALUES = 200
Id = Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[A-Za-z0-9-]+$")]
Word = Annotated[str, Field(max_length=200)]
Values = Annotated[list[Annotated[str, Field(max_length=LONGEST_ANSWER)]], Field(max_length=MOST_VALUES)]


class BadRequest(Exception):
    """Raised when a request is none that the page sends."""


class _Request(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    id: Id


class _TokenOf(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    case: Word
    session: Word | None
    step: Word
    revision: int

    def token(self) -> Token:
        session = SessionId(self.session) if self.session is not None else None
        return Token(CaseId(self.case), session, self.step, self.revision)


class _Act(_Request):
    person: Word


class _Start(_Act):
    kind: Literal["started"]
    flow: Word


class _Say(_Act):
    kind: Literal["said"]
    text: Annotated[str, Field(max_length=LONGEST_ANSWER * 2)]


class _Choose(_Act):
    kind: Literal["chose"]
    token: _TokenOf
    options: Annotated[list[Word], Field(max_length=MOST_VALUES)]


class _Command(_Act):
    kind: Literal["commanded"]
    command: Command
    token: _TokenOf | None = None


class _Open(_Act):
    kind: Literal["opened"]
    token: _TokenOf


class _Submit(_Act):
    kind: Literal["submitted"]
    token: _TokenOf
    values: Annotated[dict[Word, Values], Field(max_length=MOST_VALUES)]


class _Leave(_Act):
    kind: Literal["left"]
    token: _TokenOf


Act = Annotated[_Start | _Say | _Choose | _Command | _Open | _Submit | _Leave, Field(discriminator="kind")]


class Wait(_Request):
    """Move the clock: by minutes, to the next morning, or to a moment."""

    minutes: Annotated[int, Field(ge=1, le=60 * 24 * 366)] | None = None
    until: Literal["morning"] | None = None
    to: AwareDatetime | None = None

    def end(self, now: datetime, zone: ZoneInfo) -> datetime:
        """The moment to move to; `now` is UTC, mornings are the zone's."""
        if self.minutes is not None:
            return now + timedelta(minutes=self.minutes)
        return self.to if self.to is not None else next_morning(now, zone)


class Language(_Request):
    person: Word
    language: Annotated[str, Field(max_length=10)]


class Save(_Request):
    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,60}$")]


class Simple(_Request):
    """Nothing but its id."""


_ACT: TypeAdapter[Act] = TypeAdapter(Act)


def act(body: bytes, at: datetime, platform: str) -> PersonEvent:
    """What a person did. Raises BadRequest."""
    try:
        found = _ACT.validate_json(body)
    except ValidationError as error:
        raise BadRequest(_told(error)) from None
    who = (f"web:{found.id}", at, PersonId(found.person), platform)
    match found:
        case _Start():
            return Started(*who, found.flow)
        case _Say():
            return Said(*who, found.text)
        case _Choose():
            return Chose(*who, found.token.token(), tuple(found.options))
        case _Command():
            return Commanded(*who, found.command, found.token.token() if found.token is not None else None)
        case _Open():
            return Opened(*who, found.token.token())
        case _Submit():
            values = {field: tuple(given) for field, given in found.values.items()}
            return Submitted(*who, found.token.token(), values)
        case _Leave():
            return Left(*who, found.token.token())
        case _:
            assert_never(found)


def wait(body: bytes) -> Wait:
    """Raises BadRequest."""
    found = read(Wait, body)
    if sum(part is not None for part in (found.minutes, found.until, found.to)) != 1:
        raise BadRequest("one of minutes, until, to")
    return found


R = TypeVar("R", bound=_Request)


def read(kind: type[R], body: bytes) -> R:
    """A request of this kind. Raises BadRequest."""
    try:
        return kind.model_validate_json(body)
    except ValidationError as error:
        raise BadRequest(_told(error)) from None


def request_id(text: str) -> str:
    """The id of a request that has it in its address. Raises BadRequest."""
    try:
        return Simple.model_validate({"id": text}).id
    except ValidationError as error:
        raise BadRequest(_told(error)) from None


def _told(error: ValidationError) -> str:
    """Kinds of faults only: places within a request could be somebody's words."""
    return ", ".join(sorted({found["type"] for found in error.errors(include_input=False, include_url=False)}))
