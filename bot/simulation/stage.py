"""Several people on one stage: what each types, presses, sends and attaches becomes an event of that person.

Rule 1. A line is a word to the bot; `[Label]` presses the newest button of that name, `[A] [B]` ticks several;
        `{field: value | field: value}` sends the newest form; `(file name.png)` attaches a file.
Rule 2. Event ids count on from the number they begin with, so that a talk can be replayed to the letter.
"""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.core.effects import Nothing, Reply
from bot.core.events import Chose, Command, Commanded, Opened, PersonEvent, Said, Submitted
from bot.core.languages import LANGUAGES
from bot.core.messages import Choice, Form, Input, Message
from bot.core.people import People, PersonId
from bot.runtime.clocks import MovableClock
from bot.runtime.files import Attachment, NotKept
from bot.simulation.screens import PLATFORM, Screens
from bot.simulation.text import buttons, plain
from bot.simulation.time import pass_time
from bot.steps.matching import plain as letters

#: What the button of a form is called, in every language.
OPEN_FORM = frozenset(letters(language.open_form) for language in LANGUAGES.values())
Attach = Callable[[str, datetime, PersonId, str, tuple[Attachment, ...]], Awaitable[Reply | NotKept]]
_BEGINNINGS = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff", "application/pdf": b"%PDF-1.7\n"}


class NoSuchButton(Exception):
    """Raised when a line presses what is not on the screen."""


@dataclass
class Stage:
    """`take` gives an event to the bot; `quiet` returns when the bot has nothing more to say."""

    take: Callable[[PersonEvent], Awaitable[Reply]]
    quiet: Callable[[], Awaitable[None]]
    fire_due: Callable[[], Awaitable[int]]
    next_timer: Callable[[], Awaitable[datetime | None]]
    attach: Attach
    people: Callable[[], People]
    screens: Screens
    clock: MovableClock
    count: int = 0
    files: dict[str, bytes] = field(default_factory=dict)

    def person(self, name: str) -> PersonId:
        """A person by first name, whole name or e-mail's beginning.

        Raises:
            KeyError: nobody, or more than one, is called so.
        """
        wanted = letters(name)
        found = [p.id for p in self.people() if wanted in (letters(p.name), letters(p.first_name))]
        if len(found) != 1:
            raise KeyError(name)
        return found[0]

    async def line(self, person: PersonId, text: str) -> Reply:
        """One line of one person."""
        if text.startswith("(file ") and text.endswith(")"):
            reply = await self._attach(person, text[len("(file ") : -1].strip())
        else:
            reply = await self.take(self.event(person, text))
        await self.quiet()
        return reply

    async def _attach(self, person: PersonId, name: str) -> Reply:
        self.count += 1
        answer = await self.attach(f"simulation:{self.count}", self.clock.now(), person, PLATFORM, (self.file(name),))
        if not isinstance(answer, NotKept):
            return answer
        self.screens.say(person, f"simulation:{self.count}", Message(answer.text))
        return Nothing()

    def event(self, person: PersonId, text: str) -> PersonEvent:
        self.count += 1
        id_, at = f"simulation:{self.count}", self.clock.now()
        if text.startswith("{") and text.endswith("}"):
            form = self.form(person)
            return Submitted(id_, at, person, PLATFORM, form.token, read_form(form, text[1:-1]))
        if re.fullmatch(r"(\[[^\[\]]+\]\s*)+", text):
            return self._press(id_, person, re.findall(r"\[([^\[\]]+)\]", text))
        return Said(id_, at, person, PLATFORM, text)

    def form(self, person: PersonId) -> Form:
        """The newest form on a person's screen."""
        for shown in reversed(self.screens.of(person)):
            if shown.message.form is not None and not shown.removed:
                return shown.message.form
        raise NoSuchButton("there is no form on the screen")

    def file(self, name: str) -> Attachment:
        """A file of the stage; one that nobody put there begins as its name says."""
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        data = self.files.get(name, _BEGINNINGS.get(kind, b"") + name.encode())
        return Attachment(name, kind, data)

    def _press(self, id_: str, person: PersonId, labels: list[str]) -> PersonEvent:
        at = self.clock.now()
        for shown in reversed(self.screens.of(person)):
            message = shown.message
            if shown.removed or message.token is None:
                continue
            if message.form is not None and letters(labels[0]) in OPEN_FORM:
                return Opened(id_, at, person, PLATFORM, message.token)
            found = [_find(message, label) for label in labels]
            chosen = tuple(choice for choice in found if choice is not None)
            if len(chosen) != len(labels):
                continue
            if chosen[0] in message.commands:
                return Commanded(id_, at, person, PLATFORM, Command(chosen[0].id), message.token)
            return Chose(id_, at, person, PLATFORM, message.token, tuple(choice.id for choice in chosen))
        raise NoSuchButton(f"there is no button {labels} on the screen")

    async def wait(self, by: timedelta) -> None:
        await pass_time(self, self.clock, by)


def _find(message: Message, label: str) -> Choice | None:
    wanted = letters(label)
    exact = [c for c in buttons(message) if letters(plain(c.label)) == wanted]
    begun = [c for c in buttons(message) if letters(plain(c.label)).startswith(wanted + " ")]
    found = exact or (begun if len(begun) == 1 else [])
    return found[0] if found else None


def read_form(form: Form, text: str) -> dict[str, tuple[str, ...]]:
    """The values of `field: value | field: value`; several options of one field are parted by commas.

    What stands in a field already is sent along, as every client does.
    """
    values = {field.id: field.initial for field in form.fields if field.initial}
    fields = {field.id: field for field in form.fields}
    for part in filter(None, (piece.strip() for piece in text.split("|"))):
        name, _, value = part.partition(":")
        field_ = fields.get(name.strip())
        if field_ is None:
            raise NoSuchButton(f"the form has no field {name.strip()!r}; it has {', '.join(fields)}")
        if field_.input in (Input.ONE, Input.MANY):
            words = [piece.strip() for piece in value.split(",")] if field_.input is Input.MANY else [value.strip()]
            values[field_.id] = tuple(_option(field_.options, word) for word in words if word)
        else:
            values[field_.id] = (value.strip(),)
    return values


def _option(options: tuple[Choice, ...], word: str) -> str:
    for number, option in enumerate(options, 1):
        if word in (option.id, str(number)) or letters(word) == letters(plain(option.label)):
            return option.id
    return word
