"""What a person did on the page as a line of a test, as somebody at a terminal would have written it. Pure."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from bot.core.events import Chose, Commanded, Left, Opened, PersonEvent, Said, Started, Submitted, Uploaded
from bot.core.ids import Token
from bot.core.languages import phrases
from bot.core.messages import Form, Message
from bot.core.people import People, PersonId
from bot.flow.model import Flows
from bot.simulation.recording import name_of
from bot.simulation.text import plain

Asked = Callable[[Token], Message | None]


def line(event: PersonEvent, asked: Asked, people: People, flows: Flows) -> str | None:
    """The line, or None for what a test need not do."""
    done = _done(event, asked, people, flows)
    return f"{name_of(event.person, people):<6} > {done}" if done else None


def attached(person: PersonId, name: str, people: People) -> str:
    return f"{name_of(person, people):<6} > (file {_flat(name)})"


def _done(event: PersonEvent, asked: Asked, people: People, flows: Flows) -> str | None:
    match event:
        case Said(text=text):
            return _flat(text)
        case Started(flow=name):
            flow = flows.current.get(name)
            return flow.start.command.word if flow is not None and flow.start.command is not None else None
        case Chose(token=token, options=options):
            return _pressed(options, asked(token), people)
        case Commanded(command=command, token=token):
            message = asked(token) if token is not None else None
            label = _label(command.value, message)
            return f"[{label}]" if label is not None else command.value
        case Opened():
            person = people.get(event.person)
            return f"[{phrases(person.language if person is not None else 'en').open_form}]"
        case Submitted(token=token, values=values):
            message = asked(token)
            return _form(values, message.form if message is not None else None, people)
        case Left() | Uploaded():
            return None
        case _:
            assert_never(event)


def _pressed(options: tuple[str, ...], message: Message | None, people: People) -> str | None:
    labels = [_label(option, message) for option in options]
    if len(options) == 1 and labels[0] is None:
        picked = next((person for person in people if person.id == options[0]), None)
        return picked.name if picked is not None else None
    known = [label for label in labels if label is not None]
    return " ".join(f"[{label}]" for label in known) if len(known) == len(labels) and known else None


def _label(option: str, message: Message | None) -> str | None:
    choices = (*message.choices, *message.commands) if message is not None else ()
    return next((_flat(plain(choice.label)) for choice in choices if choice.id == option), None)


def _form(values: object, form: Form | None, people: People) -> str:
    given = values if isinstance(values, dict) else {}
    parts = []
    for name, words in given.items():
        field = next((field for field in form.fields if field.id == name), None) if form is not None else None
        picked = {person.id: person.name for person in people} if field is not None else {}
        told = ", ".join(picked.get(word, _flat(word).replace("|", "/")) for word in words if word.strip())
        if told or (field is not None and field.initial):  # what was taken out would stand there again
            parts.append(f"{name}: {told}")
    return "{" + " | ".join(parts) + "}"


def _flat(text: str) -> str:
    """A line is one line."""
    return " ".join(text.split())
