"""Blocks and elements, each within its documented bounds. Pure.

Bounds: docs.slack.dev/reference/block-kit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

from adapters.slack.texts import Block, Json, plain_text, texts
from adapters.slack.wire import LONGEST_OPTION
from bot.core.messages import Choice
from bot.core.texts import cut, escape
from bot.errors import Invariant
from bot.markdown import label

LONGEST_LABEL = 75
LONGEST_PLACEHOLDER = 150
LONGEST_HEADER = 150
MOST_ELEMENTS = 25
MOST_TICKS = 10
MOST_OPTIONS = 100

#: The name of a person by id; empty where it is not known.
NameOf = Callable[[str], str]
T = TypeVar("T")


def pieces(things: Sequence[T], most: int) -> list[Sequence[T]]:
    return [things[at : at + most] for at in range(0, len(things), most)]


def section(text: Json) -> Block:
    return {"type": "section", "text": text}


def sections(markdown: str, longest: int) -> list[Block]:
    return [section(text) for text in texts(markdown, longest)]


def context(markdown: str, longest: int) -> list[Block]:
    """Small and grey, beneath what it is about."""
    return [{"type": "context", "elements": [text]} for text in texts(markdown, longest)]


def header(text: str) -> Block:
    return {"type": "header", "text": plain_text(cut(" ".join(text.split()), LONGEST_HEADER))}


def divider() -> Block:
    return {"type": "divider"}


def actions(elements: Sequence[Block]) -> list[Block]:
    """As many blocks as it takes."""
    return [{"type": "actions", "elements": list(some)} for some in pieces(elements, MOST_ELEMENTS)]


def button(text: str, action_id: str, value: str, *, primary: bool = False, longest: int = LONGEST_LABEL) -> Block:
    """`text` is small Markdown."""
    style: Mapping[str, Json] = {"style": "primary"} if primary else {}
    shown = plain_text(label(text, longest))
    return {"type": "button", "action_id": action_id, "text": shown, "value": value, **style}


def option(choice: Choice, longest: int = LONGEST_LABEL) -> Block:
    """What does not fit in its text goes on in its description. Raises Invariant where its id is longer than a name."""
    if not 0 < len(choice.id) <= LONGEST_OPTION:
        raise Invariant(f"an option's id has {len(choice.id)} characters, 1 to {LONGEST_OPTION} fit")
    whole = label(choice.label, 10 * LONGEST_LABEL)
    if len(whole) <= longest or longest < LONGEST_LABEL:
        return {"text": plain_text(cut(whole, longest)), "value": choice.id}
    at = whole.rfind(" ", 1, longest + 1)
    at = at if at > 0 else longest
    more = plain_text(cut(whole[at:], LONGEST_LABEL))
    return {"text": plain_text(whole[:at]), "description": more, "value": choice.id}


def options(choices: Sequence[Choice], longest: int = LONGEST_LABEL) -> list[Block]:
    return [option(choice, longest) for choice in choices]


def chosen(offered: Sequence[Block], ids: Sequence[str]) -> list[Block]:
    return [one for one in offered if one["value"] in ids]


def checkboxes(action_id: str, offered: Sequence[Block], ids: Sequence[str]) -> Block:
    ticked = chosen(offered, ids)
    more: Mapping[str, Json] = {"initial_options": ticked} if ticked else {}
    return {"type": "checkboxes", "action_id": action_id, "options": list(offered), **more}


def radios(action_id: str, offered: Sequence[Block], ids: Sequence[str]) -> Block:
    picked = chosen(offered, ids)
    more: Mapping[str, Json] = {"initial_option": picked[0]} if picked else {}
    return {"type": "radio_buttons", "action_id": action_id, "options": list(offered), **more}


def select(action_id: str, offered: Sequence[Block], ids: Sequence[str], placeholder: str, *, many: bool) -> Block:
    """A list that opens: for more options than can be read at a glance."""
    kept = list(offered)[: MOST_OPTIONS * MOST_OPTIONS]
    found = chosen(kept, ids)
    held: Mapping[str, Json] = {}
    if found:
        held = {"initial_options": found} if many else {"initial_option": found[0]}
    return {
        "type": "multi_static_select" if many else "static_select",
        "action_id": action_id,
        "placeholder": plain_text(cut(placeholder, LONGEST_PLACEHOLDER)),
        **_grouped(kept),
        **held,
    }


def _grouped(offered: Sequence[Block]) -> Mapping[str, Json]:
    if len(offered) <= MOST_OPTIONS:
        return {"options": list(offered)}
    groups: list[Json] = []
    for number, some in enumerate(pieces(offered, MOST_OPTIONS)):
        first = number * MOST_OPTIONS + 1
        groups.append({"label": plain_text(f"{first} – {first + len(some) - 1}"), "options": list(some)})
    return {"option_groups": groups}


def people(action_id: str, placeholder: str, before: Sequence[str], among: Sequence[str], name_of: NameOf) -> Block:
    """People by name. A few whose names are known are a list; else what is typed comes to us, and we answer with names.

    `before` may hold the person who was picked before.
    """
    if 0 < len(among) <= MOST_OPTIONS and all(map(name_of, among)):
        return select(action_id, [_named(person, name_of) for person in among], before, placeholder, many=False)
    known = (person for person in before if 0 < len(person) <= LONGEST_OPTION and name_of(person))
    picked = next((_named(person, name_of) for person in known), None)
    more: Mapping[str, Json] = {"initial_option": picked} if picked is not None else {}
    return {
        "type": "external_select",
        "action_id": action_id,
        "placeholder": plain_text(cut(placeholder, LONGEST_PLACEHOLDER)),
        "min_query_length": 1,
        **more,
    }


def _named(person: str, name_of: NameOf) -> Block:
    return option(Choice(person, escape(name_of(person))))


def size(blocks: Json) -> int:
    """How many characters of text there are, as Slack counts them for a message."""
    return sum(len(text) for text in _texts(blocks))


def _texts(found: Json) -> Iterator[str]:
    match found:
        case Mapping():
            if found.get("type") in ("plain_text", "mrkdwn"):
                yield str(found["text"])
            for inner in found.values():
                yield from _texts(inner)
        case list() | tuple():
            for inner in found:
                yield from _texts(inner)
        case _:
            pass
