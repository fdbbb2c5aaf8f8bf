"""A form's field as inputs. Pure and total; `values.py` reads them back.

Rule 1. A field is one input of its name. Its name says what is to be read: `name#many` holds several ids,
        `name#account` a person whom Teams found. Further inputs belong to it: `name#time` is the time beside a day,
        which is never needed; `name#typed` is the name of a person who is not found, and counts. One that stood there
        already, `name#unknown`, counts where nobody is picked.
Rule 2. What stood in the field before stands there again. What does not fit is cut, and the field says so.
Rule 3. What is to be mended stands above its input; what helps, below.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from adapters.teams.choosing import NameOf, choice_set, few, labelled, nameless, people, search
from adapters.teams.room import FULL, Room
from adapters.teams.texts import ALARM, SMALL, elements
from adapters.teams.wire import ACCOUNT, FIELD, Element, Json
from adapters.teams.words import Words, words
from bot.core.messages import Choice, Field, Input
from bot.core.texts import cut
from bot.markdown import plain

MANY, TIME, TYPED, UNKNOWN = "many", "time", "typed", "unknown"
#: In the place of somebody whom Teams found and we do not know: no id and no name, so that the bot says so.
NOBODY = "?"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_CLOCK = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")
_STYLES = {Input.EMAIL: "email", Input.PHONE: "tel", Input.URL: "url"}


def named(field: str, which: str = "") -> str:
    """The id of a field's input."""
    return f"{FIELD}{field}#{which}" if which else f"{FIELD}{field}"


def field_elements(
    field: Field, language: str, room: Room = FULL, *, name_of: NameOf = nameless, wrong: Sequence[str] = ()
) -> list[Element]:
    """`wrong` is small Markdown: what is to be mended."""
    said = words(language)
    hints = [field.hint]
    if any(len(value) > room.fact for value in field.initial) and not field.options:
        hints.append(said.too_long.format(count=room.fact))
    if len(field.options) > room.others:
        hints.append(said.and_more.format(count=len(field.options) - room.others))
    return [
        *(made for text in wrong for made in elements(text, room.text, ALARM)),
        *_inputs(field, said, room, name_of),
        *(made for hint in hints if hint for made in elements(hint, room.text, SMALL)),
    ]


def _inputs(field: Field, said: Words, room: Room, name_of: NameOf) -> list[Element]:
    match field.input:
        case Input.DATETIME:
            return _moment(field, said)
        case Input.ONE | Input.MANY:
            return [_options(field, said, room)]
        case Input.PERSON:
            return _person(field, said, room, name_of)
        case _:
            return [_single(field, said, room)]


def _head(field: Field, said: Words, which: str = "") -> dict[str, Json]:
    needed: dict[str, Json] = {"isRequired": True, "errorMessage": plain(said.fill_in)} if field.required else {}
    return labelled(named(field.id, which), plain(field.label), **needed)


def _single(field: Field, said: Words, room: Room) -> Element:
    head, value = _head(field, said), field.initial[0] if field.initial else ""
    match field.input:
        case Input.NUMBER if not value or _number(value) is not None:
            return {"type": "Input.Number", **head, **({"value": _number(value)} if value else {})}
        case Input.DATE if not value or _DAY.fullmatch(value):
            return {"type": "Input.Date", **head, **_held(value)}
        case Input.TIME if not value or _CLOCK.fullmatch(value):
            return {"type": "Input.Time", **head, **_held(value)}
        case Input.PARAGRAPH:
            return {"type": "Input.Text", **head, "isMultiline": True, **_text(value, room)}
        case _:
            style: Element = {"style": _STYLES[field.input]} if field.input in _STYLES else {}
            return {"type": "Input.Text", **head, **style, **_text(value, room)}


def _held(value: str) -> Element:
    return {"value": value} if value else {}


def _text(value: str, room: Room) -> Element:
    return _held(value if len(value) <= room.fact else cut(value, room.fact))


def _number(value: str) -> int | float | None:
    """The number that a client shows as this text."""
    for kind in (int, float):
        try:
            found = kind(value)
        except ValueError:
            continue
        if str(found) == value and abs(found) < 10**15:
            return found
    return None


def _moment(field: Field, said: Words) -> list[Element]:
    """A day and, if it is known, a time."""
    day, _, clock = (field.initial[0] if field.initial else "").partition("T")
    return [
        {"type": "Input.Date", **_head(field, said), **_held(day if _DAY.fullmatch(day) else "")},
        {
            "type": "Input.Time",
            **labelled(named(field.id, TIME), plain(said.clock)),
            **_held(clock[:5] if _CLOCK.fullmatch(clock[:5]) else ""),
        },
    ]


def _options(field: Field, said: Words, room: Room) -> Element:
    many = field.input is Input.MANY
    offered = field.options[: room.others] or (Choice("-", "–"),)
    made = choice_set(_head(field, said, MANY if many else ""), offered, field.initial, many=many, longest=room.label)
    return {**made, "placeholder": plain(said.pick)} if made["style"] == "compact" else made


def _person(field: Field, said: Words, room: Room, name_of: NameOf) -> list[Element]:
    before = [one for one in field.initial if one and "," not in one and name_of(one)][:1]
    if few(field.among or (), name_of):
        return [people(_head(field, said), before, field.among or (), name_of)]
    written = next((value for value in field.initial if value not in ("", NOBODY) and not name_of(value)), "")
    typed = labelled(named(field.id, UNKNOWN if written else TYPED), plain(said.name_typed))
    return [
        people(_head(field, said), before, before, name_of)
        if before
        else search(_head(field, said, ACCOUNT), plain(said.search)),
        {"type": "Input.Text", **typed, **_text(written, room)},
    ]
