"""Dialogs: forms, and what is read and goes again. Pure and total.

Rule 1. A long title is cut between words, and stands whole as a heading.
Rule 2. A form that is to be mended says so first; what was filled in stands there as it was.
Rule 3. What does not fit into one dialog is read page by page; nothing that was told is left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from adapters.teams.actions import button, rows
from adapters.teams.choosing import NameOf, nameless
from adapters.teams.facts import fact_elements
from adapters.teams.fields import field_elements
from adapters.teams.message import card, told_elements
from adapters.teams.room import PAGE_BYTES, Room, pages, widest
from adapters.teams.texts import ALARM, HEADING, elements, plain_elements
from adapters.teams.wire import Act, Element, Pressed
from adapters.teams.words import words
from bot.core.events import Command
from bot.core.ids import Token
from bot.core.messages import Fact, FieldError, Form, Message
from bot.markdown import label, plain

LONGEST_TITLE, LONGEST_SUBMIT = 40, 40
#: Rule 3.
WHOLE = Room(250_000, 250_000, facts=10_000, others=1000)


@dataclass(frozen=True, slots=True)
class Dialog:
    """`title` is plain text."""

    title: str
    card: Element


def form_card(
    form: Form,
    language: str,
    name_of: NameOf = nameless,
    errors: Sequence[FieldError] = (),
    values: Mapping[str, tuple[str, ...]] | None = None,
) -> Dialog:
    """`name_of` names people. `values` are what was filled in, where the form is to be mended."""
    fields = {field.id: field for field in form.fields}
    if values is not None:
        fields = {name: replace(field, initial=values.get(name, ())) for name, field in fields.items()}
    wrong: dict[str, list[str]] = {}
    for error in errors:
        wrong.setdefault(error.field if error.field in fields else "", []).append(error.text)

    def make(room: Room) -> list[Element]:
        made = _head(form.title)
        above = [words(language).mend, *wrong.get("", [])] if wrong else []
        made += [one for text in above for one in elements(text, room.text, ALARM)]
        for field in fields.values():
            made += field_elements(field, language, room, name_of=name_of, wrong=wrong.get(field.id, ()))
        send = Pressed(Act.FORM, form.token)
        return [
            *made,
            *rows([button(form.submit, send, dialog=True, main=True, takes_inputs=True, longest=LONGEST_SUBMIT)]),
        ]

    return _dialog(form.title, widest(make), language)


def show_card(title: str, facts: Sequence[Fact], language: str, token: Token | None = None, page: int = 0) -> Dialog:
    """What was told, to read now. `token` belongs to the command that shows it, and `page` counts from 0."""
    made = fact_elements(facts, language, WHOLE, dialog=True)
    return _dialog(title, _page([*_head(title), *made], language, Command.READ, token, page), language)


def told_card(title: str, messages: Sequence[Message], language: str, page: int = 0) -> Dialog:
    """Messages to read now, such as a list of cases; their buttons work."""
    made: list[Element] = _head(title)
    for number, shown in enumerate(messages):
        some = _one(shown, language, number) or plain_elements("–", 1)
        line: Element = {"separator": True} if made else {}
        made.append({"type": "Container", "items": some, **line})
    return _dialog(title, _page(made, language, Command.CASES, None, page), language)


def _one(shown: Message, language: str, number: int) -> list[Element]:
    return widest(lambda room: told_elements([shown], language, room, dialog=True, first=number), PAGE_BYTES)


def _page(made: Sequence[Element], language: str, command: Command, token: Token | None, page: int) -> list[Element]:
    """Rule 3."""
    every = pages(made)
    at = min(page, len(every) - 1)
    if at + 1 == len(every):
        return every[at]
    said = words(language).go_on.format(page=at + 2, of=len(every))
    return [
        *every[at],
        *rows([button(said, Pressed(Act.PAGE, token, (command.value, str(at + 1))), dialog=True, main=True)]),
    ]


def _head(title: str) -> list[Element]:
    """Rule 1."""
    whole = plain(title)
    return plain_elements(" ".join(whole.split()), 1000, HEADING) if len(whole) > LONGEST_TITLE else []


def _dialog(title: str, made: Sequence[Element], language: str) -> Dialog:
    short = label(title, LONGEST_TITLE) if plain(title) else words(language).bistand
    return Dialog(short, card(made, language, short))
