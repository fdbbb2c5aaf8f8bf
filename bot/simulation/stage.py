"""Several people on one stage: what each types, presses, sends and attaches becomes an event of that person.

Rule 1. A line means what `bot.simulation.written` says. Buttons and forms are found from the newest message up.
Rule 2. Words go where the bot wrote to that person last; what is pressed or sent, to the chat where it stands.
Rule 3. Event ids count on from the number they begin with, so that a talk can be replayed to the letter.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import assert_never

from bot.core.events import Chose, Command, Commanded, Left, Opened, PersonEvent, Said, Submitted
from bot.core.ids import Token
from bot.core.messages import Form, Message
from bot.core.people import People, PersonId
from bot.core.replies import Nothing, Reply, Tell
from bot.runtime.clocks import MovableClock
from bot.runtime.files import Attachment, NotKept
from bot.simulation import found
from bot.simulation.names import called
from bot.simulation.screens import PLATFORM, Screens
from bot.simulation.time import pass_time
from bot.simulation.written import Closed, Filled, Pressed, Sent, Words, read

Attach = Callable[[str, datetime, PersonId, str, tuple[Attachment, ...]], Awaitable[Reply | NotKept]]


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
    down: Callable[[], Collection[str]] = tuple
    count: int = 0
    files: dict[str, bytes] = field(default_factory=dict)

    def person(self, name: str) -> PersonId:
        """Raises KeyError where nobody, or more than one, is called so."""
        return called(name, self.people())

    async def line(self, person: PersonId, text: str) -> Reply:
        """One line of one person. Raises NoSuchButton."""
        done = read(text)
        reply = await (self._attach(person, done) if isinstance(done, Sent) else self.take(self._event(person, done)))
        if isinstance(reply, Tell):
            for number, message in enumerate(reply.messages):
                self.screens.say(person, f"simulation:{self.count}:{number}", message)
        await self.quiet()
        return reply

    async def _attach(self, person: PersonId, sent: Sent) -> Reply:
        self.count += 1
        file = Attachment(*found.file(sent))
        if sent.name in self.files:
            file = replace(file, data=self.files[sent.name])
        answer = await self.attach(f"simulation:{self.count}", self.clock.now(), person, self._chat(person), (file,))
        if not isinstance(answer, NotKept):
            return answer
        self.screens.say(person, f"simulation:{self.count}", Message(answer.text))
        return Nothing()

    def event(self, person: PersonId, text: str) -> PersonEvent:
        """What a line of a person's is, for whoever gives it to the bot. No file; raises NoSuchButton."""
        done = read(text)
        if isinstance(done, Sent):
            raise found.NoSuchButton("a file is no event of its own")
        return self._event(person, done)

    def _event(self, person: PersonId, done: Words | Pressed | Filled | Closed) -> PersonEvent:
        self.count += 1
        who = (f"simulation:{self.count}", self.clock.now(), person)
        match done:
            case Words(text):
                return Said(*who, self._chat(person), text)
            case Filled(fields, nth):
                form = found.form(self.screen(person), nth)
                sent = found.values(form, fields, self.people())
                return Submitted(*who, self._chat(person, form.token), form.token, sent)
            case Closed(nth):
                left = found.form(self.screen(person), nth)
                return Left(*who, self._chat(person, left.token), left.token)
            case Pressed(labels, nth):
                token, options = found.pressed(self.screen(person), labels, self.people(), nth)
                chat = self._chat(person, token)
                if options is None:
                    return Opened(*who, chat, token)
                if isinstance(options, Command):
                    return Commanded(*who, chat, options, token)
                return Chose(*who, chat, token, options)
            case _:
                assert_never(done)

    def _chat(self, person: PersonId, token: Token | None = None) -> str:
        """Rule 2."""
        standing = [shown for shown in reversed(self.screens.of(person)) if not shown.removed]
        if token is not None:
            standing = [s for s in standing if token in (s.message.token, s.message.form and s.message.form.token)]
        return standing[0].platform if standing else PLATFORM

    def screen(self, person: PersonId) -> list[Message]:
        """What stands on a person's screen, the newest first."""
        return [shown.message for shown in reversed(self.screens.of(person)) if not shown.removed]

    def form(self, person: PersonId) -> Form:
        """The newest form on a person's screen. Raises NoSuchButton."""
        return found.form(self.screen(person))

    async def wait(self, by: timedelta) -> None:
        await pass_time(self, self.clock, by)
