"""What a line of a transcript finds on a screen: buttons by label, forms, values of fields; and the other way. Pure.

Rule 1. A screen is a person's messages, the newest first. The newest that has all the labels is meant, or the n-th one.
Rule 2. A label is found by its letters, whole or by its beginning; a person who is asked for, by name.
Rule 3. What stands in a field already is sent along, as every client does.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.core.events import Command
from bot.core.files import beginning, told_by
from bot.core.ids import Token
from bot.core.languages import LANGUAGES
from bot.core.messages import Asks, Choice, Form, Input, Message
from bot.core.people import People
from bot.simulation.names import called, name_of
from bot.simulation.text import buttons, plain
from bot.simulation.written import Filled, Pressed, Sent, flat
from bot.steps.matching import plain as letters

#: What the button of a form is called, in every language.
OPEN_FORM = frozenset(letters(language.open_form) for language in LANGUAGES.values())
#: From so many bytes on a file's size is told.
LARGE = 1_000_000
HOLDS, BYTES = "holds ", " bytes"

Screen = Sequence[Message]
#: A command, options that were chosen, or None where a form is opened.
Options = Command | tuple[str, ...] | None


class NoSuchButton(Exception):
    """Raised when a line presses what is not on the screen."""


# --- buttons ---


def pressed(screen: Screen, labels: tuple[str, ...], people: People, nth: int = 1) -> tuple[Token, Options]:
    """What is pressed. Raises NoSuchButton."""
    for number, found in enumerate(_with(screen, labels, people), 1):
        if number == nth:
            return found
    raise NoSuchButton(f"there is no button {list(labels)} on the screen" + (f", {nth} times" if nth > 1 else ""))


def press(screen: Screen, token: Token, options: Options, people: People) -> Pressed | None:
    """How these options of this message are pressed; None where they are not on the screen any more."""
    message = next((shown for shown in screen if shown.token == token), None)
    if message is None:
        return None
    for labels in _called(message, options, people):
        for number, found in enumerate(_with(screen, labels, people), 1):
            if found == (token, options):
                return Pressed(labels, number)
    return None


def _called(message: Message, options: Options, people: People) -> Iterator[tuple[str, ...]]:
    """By label; where labels are alike, by what they stand for."""
    if options is None:
        yield from ((language.open_form,) for language in LANGUAGES.values())
        return
    ids = (options.value,) if isinstance(options, Command) else options
    labels = {choice.id: flat(plain(choice.label)) for choice in reversed(buttons(message))}
    if message.asks is Asks.PERSON:
        labels = {**{person.id: name_of(person.id, people) for person in people}, **labels}
        yield tuple(flat(person.name) for person in people if person.id in ids)
    yield tuple(labels.get(id_) or id_ for id_ in ids)
    yield ids


def _with(screen: Screen, labels: tuple[str, ...], people: People) -> Iterator[tuple[Token, Options]]:
    for message in screen:
        if message.token is None or not labels:
            continue
        if message.form is not None and letters(labels[0]) in OPEN_FORM:
            yield message.token, None
            continue
        found = [_find(message, label) or _person(message, label, people) for label in labels]
        chosen = tuple(choice for choice in found if choice is not None)
        if len(chosen) != len(labels):
            continue
        if chosen[0] in message.commands and chosen[0] not in message.choices:
            yield message.token, Command(chosen[0].id)
        else:
            yield message.token, tuple(choice.id for choice in chosen)


def _find(message: Message, label: str) -> Choice | None:
    wanted = letters(label)
    known = buttons(message)
    alike = [choice for choice in known if letters(plain(choice.label)) == wanted]
    exact = [choice for choice in alike if flat(plain(choice.label)) == label] or alike
    begun = [choice for choice in known if wanted and letters(plain(choice.label)).startswith(wanted + " ")]
    named = [choice for choice in known if choice.id == label]
    found = exact or (begun if len(begun) == 1 else named)
    return found[0] if found else None


def _person(message: Message, label: str, people: People) -> Choice | None:
    if message.asks is not Asks.PERSON:
        return None
    try:
        return Choice(called(label, people), label)
    except KeyError:
        return None


# --- forms ---


def form(screen: Screen, nth: int = 1) -> Form:
    """A form on the screen. Raises NoSuchButton."""
    forms = [message.form for message in screen if message.form is not None]
    if len(forms) < nth:
        raise NoSuchButton("there is no form on the screen")
    return forms[nth - 1]


def fill(screen: Screen, token: Token, given: dict[str, tuple[str, ...]], people: People) -> Filled | None:
    """How these values are sent with the form of this token; None where it is not on the screen any more.

    A form that was opened with its button is newer than the message that holds it: which step it asks is what counts.
    """
    forms = [message.form for message in screen if message.form is not None]
    same = [number for number, one in enumerate(forms, 1) if one.token == token]
    alike = [number for number, one in enumerate(forms, 1) if replace(one.token, revision=token.revision) == token]
    which = next(iter(same or alike), None)
    if which is None:
        return None
    parts = []
    for field in forms[which - 1].fields:
        words = tuple(word for word in given.get(field.id, ()) if word.strip())
        if field.input is Input.PERSON:
            words = tuple(name_of(person.id, people) for person in people if person.id in words) or words
        if words or field.initial:  # what was taken out would stand there again
            parts.append((field.id, ", ".join(words)))
    return Filled(tuple(parts), which)


def values(filled: Form, fields: Sequence[tuple[str, str]], people: People) -> dict[str, tuple[str, ...]]:
    """What is sent; several options of one field are parted by commas. Raises NoSuchButton."""
    sent = {field.id: field.initial for field in filled.fields if field.initial}
    known = {field.id: field for field in filled.fields}
    for name, value in fields:
        field = known.get(name)
        if field is None:
            raise NoSuchButton(f"the form has no field {name!r}; it has {', '.join(known)}")
        words = [piece.strip() for piece in value.split(",")] if field.input is Input.MANY else [value]
        if field.input in (Input.ONE, Input.MANY):
            words = [_option(field.options, word) for word in words]
        elif field.input is Input.PERSON:
            words = [_somebody(value, people)]
        sent[name] = tuple(word for word in words if word)
    return sent


def _option(options: tuple[Choice, ...], word: str) -> str:
    """By id, by label, by number."""
    named = [option.id for option in options if option.id == word]
    named += [option.id for option in options if word and letters(word) == letters(plain(option.label))]
    named += [option.id for number, option in enumerate(options, 1) if word == str(number)]
    return named[0] if named else word


def _somebody(word: str, people: People) -> str:
    try:
        return called(word, people)
    except KeyError:
        return word


# --- files ---


def file(sent: Sent) -> tuple[str, str, bytes]:
    """Name, type and content of a file that nobody put there: it is what its name and its notes say."""
    kind = holds = _guessed(sent.name)
    size = None
    for note in sent.notes:
        if note.startswith(HOLDS):
            holds = note.removeprefix(HOLDS)
        elif note.endswith(BYTES) and note.removesuffix(BYTES).isdecimal():
            size = int(note.removesuffix(BYTES))
        else:
            kind = holds = note
    data = beginning(holds) + sent.name.encode()
    return sent.name, kind, data if size is None else data[:size].ljust(size)


def send(name: str, kind: str, size: int, start: bytes) -> Sent:
    """How a file is told: with its type, what it holds and its size, where its name does not say so."""
    known = _guessed(name)
    holds = told_by(start) or ""
    notes = [kind] if kind != known else []
    if (told_by(beginning(kind)) or "") != holds:
        notes.append(HOLDS + (holds or "nothing known"))
    if size == 0 or size >= LARGE:
        notes.append(f"{size}{BYTES}")
    return Sent(name, tuple(notes))


def _guessed(name: str) -> str:
    return mimetypes.guess_type(name)[0] or "application/octet-stream"
