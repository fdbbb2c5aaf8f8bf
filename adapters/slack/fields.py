"""A form's field as input blocks. Pure and total; `values.py` reads them back.

Rule 1. A field is one block of its name. Where one input cannot hold what it takes, further blocks are called
        `name#2`, `name#3` (a text longer than Slack's 3000 characters) and `name#time` (the time beside a day, which is
        never needed: a day alone is enough).
Rule 2. What stood in the field before stands there again, whole.
Rule 3. An address of a page is a plain text: what people paste often lacks https://, and Slack would refuse it in words
        of its own, while the bot takes it or says kindly what is missing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from adapters.slack import blocks
from adapters.slack.blocks import NameOf
from adapters.slack.message import nameless
from adapters.slack.texts import LONGEST_TEXT, Block, Json, plain_text
from adapters.slack.wire import VALUE, Act
from adapters.slack.words import Words, words
from bot.core.messages import Choice, Field, Input
from bot.core.texts import cut, escape, parts
from bot.markdown import plain

LONGEST_QUESTION = 2000
MOST_PARTS = 20
TIME = "time"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_CLOCK = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def further(field: str, which: int | str) -> str:
    """The name of a field's further block."""
    return f"{field}#{which}"


def field_blocks(field: Field, language: str, name_of: NameOf = nameless) -> list[Block]:
    said = words(language)
    match field.input:
        case Input.PARAGRAPH:
            return _paragraph(field, said)
        case Input.DATETIME:
            return _moment(field, said)
        case Input.ONE | Input.MANY:
            return [_input(field, _options(field, said), hint=field.hint)]
        case Input.PERSON:
            return [_input(field, _person(field, said, name_of), hint=field.hint)]
        case _:
            return [_input(field, _single(field), hint=field.hint)]


def _input(field: Field, element: Block, *, hint: str = "") -> Block:
    return _block(field.id, plain(field.label), element, hint=plain(hint), required=field.required)


def _block(name: str, label: str, element: Block, *, hint: str = "", required: bool = False) -> Block:
    more: Mapping[str, Json] = {"hint": plain_text(cut(hint, LONGEST_QUESTION))} if hint.strip() else {}
    return {
        "type": "input",
        "block_id": name,
        "label": plain_text(cut(label, LONGEST_QUESTION)),
        "element": element,
        "optional": not required,
        **more,
    }


def _text(value: str, *, multiline: bool = False) -> Block:
    held: Mapping[str, Json] = {"initial_value": value} if value else {}
    long: Mapping[str, Json] = {"multiline": True} if multiline else {}
    return {"type": "plain_text_input", "action_id": VALUE, "max_length": LONGEST_TEXT, **long, **held}


def _single(field: Field) -> Block:
    value = field.initial[0] if field.initial else ""
    match field.input:
        case Input.NUMBER:
            held = _held("initial_value", value, _NUMBER)
            return {"type": "number_input", "action_id": VALUE, "is_decimal_allowed": True, **held}
        case Input.EMAIL:
            return {"type": "email_text_input", "action_id": VALUE, **_held("initial_value", value, _ADDRESS)}
        case Input.DATE:
            return {"type": "datepicker", "action_id": VALUE, **_held("initial_date", value, _DAY)}
        case Input.TIME:
            return {"type": "timepicker", "action_id": VALUE, **_held("initial_time", value, _CLOCK)}
        case _:
            return _text(cut(value, LONGEST_TEXT) if value else "")


def _held(key: str, value: str, fits: re.Pattern[str]) -> Block:
    return {key: value} if fits.fullmatch(value) else {}


def _paragraph(field: Field, said: Words) -> list[Block]:
    """Rules 1 and 2."""
    found = parts(field.initial[0], LONGEST_TEXT) if field.initial else []
    if len(found) < 2:
        return [_input(field, _text(found[0] if found else "", multiline=True), hint=field.hint)]
    kept, label = found[:MOST_PARTS], escape(plain(field.label))
    cut_off = said.too_long.format(count=sum(map(len, kept))) if len(found) > MOST_PARTS else ""
    first = _input(field, _text(kept[0], multiline=True), hint=f"{field.hint}\n\n{cut_off}".strip())
    more = (
        _block(further(field.id, n), plain(said.continued.format(label=label)), _text(part, multiline=True))
        for n, part in enumerate(kept[1:], 2)
    )
    return [first, *more]


def _moment(field: Field, said: Words) -> list[Block]:
    """A day and, if it is known, a time."""
    day, _, clock = (field.initial[0] if field.initial else "").partition("T")
    picker: Block = {"type": "datepicker", "action_id": VALUE, **_held("initial_date", day, _DAY)}
    time: Block = {"type": "timepicker", "action_id": VALUE, **_held("initial_time", clock[:5], _CLOCK)}
    label = plain(said.at_what_time.format(label=escape(plain(field.label))))
    return [_input(field, picker, hint=field.hint), _block(further(field.id, TIME), label, time)]


def _options(field: Field, said: Words) -> Block:
    """Up to ten stand there to be read at once; more are in a list."""
    many = field.input is Input.MANY
    offered = blocks.options(field.options or (Choice("-", "–"),))
    if len(offered) > blocks.MOST_TICKS:
        return blocks.select(VALUE, offered, field.initial, plain(said.pick), many=many)
    return (blocks.checkboxes if many else blocks.radios)(VALUE, offered, field.initial)


def _person(field: Field, said: Words, name_of: NameOf) -> Block:
    return blocks.people(Act.PEOPLE, plain(said.search), field.initial, field.among or (), name_of)
