"""What a person did on the page as a line of a test, as somebody at a terminal would have written it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from bot.core.events import Chose, Command, Commanded, Left, Opened, PersonEvent, Said, Started, Submitted, Uploaded
from bot.core.languages import phrases
from bot.core.messages import Message
from bot.core.people import People, Person, PersonId
from bot.flow.model import Flows
from bot.simulation.found import fill, press
from bot.simulation.names import name_of
from bot.simulation.written import Closed, Words, Written, write


def line(event: PersonEvent, screen: Sequence[Message], people: People, flows: Flows) -> str | None:
    """The line, or None for what a test cannot do, or need not. `screen` is the person's, the newest first."""
    done = _done(event, screen, people, flows)
    return told(event.person, done, people) if done is not None else None


def told(person: PersonId, done: Written, people: People) -> str:
    return f"{name_of(person, people):<6} > {write(done)}"


def _done(event: PersonEvent, screen: Sequence[Message], people: People, flows: Flows) -> Written | None:
    match event:
        case Said(text=text):
            return Words(text)
        case Started(flow=name):
            flow = flows.current.get(name)
            return Words(flow.start.command.word) if flow is not None and flow.start.command is not None else None
        case Chose(token=token, options=options):
            return press(screen, token, options, people)
        case Commanded(command=command, token=token):
            found = press(screen, token, command, people) if token is not None else None
            return found or Words(_word(command, people.get(event.person)))
        case Opened(token=token):
            return press(screen, token, None, people)
        case Submitted(token=token, values=values):
            return fill(screen, token, dict(values), people)
        case Left(token=token):
            left = fill(screen, token, {}, people)
            return Closed(left.nth) if left is not None else None
        case Uploaded():
            return None
        case _:
            assert_never(event)


def _word(command: Command, person: Person | None) -> str:
    """A command as it is typed."""
    return phrases(person.language if person is not None else "en").words[command][0]
