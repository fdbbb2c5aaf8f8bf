"""What a person is answered with in the same request; never queued, and kept nowhere."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.messages import Fact, FieldError, Form, Message


@dataclass(frozen=True, slots=True)
class OpenForm:
    form: Form


@dataclass(frozen=True, slots=True)
class FormErrors:
    """The form stays open; the mended one counts."""

    errors: tuple[FieldError, ...]


@dataclass(frozen=True, slots=True)
class Show:
    """What was told, to read now: it is shown in answer to the request and never rests in the chat."""

    title: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Tell:
    """Messages to read now, such as a list of cases: answered to the request, and kept nowhere."""

    messages: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class CloseForm:
    pass


@dataclass(frozen=True, slots=True)
class Nothing:
    pass


Reply = OpenForm | FormErrors | Show | Tell | CloseForm | Nothing
