"""Views: forms, files, what is read and goes again. Pure and total.

Rule 1. A view's title has 24 characters. A longer one is cut between words, and stands whole as a heading.
Rule 2. What a view cannot hold is cut at the end of long texts, and the view says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from adapters.slack import blocks
from adapters.slack.blocks import NameOf
from adapters.slack.facts import fact_blocks
from adapters.slack.fields import field_blocks
from adapters.slack.message import nameless, told_blocks
from adapters.slack.room import VIEW_BLOCKS, Room, fits_view, widest
from adapters.slack.texts import Block, Json, plain_text
from adapters.slack.wire import VALUE, View, pack
from adapters.slack.words import words
from bot.core.ids import Token
from bot.core.messages import Fact, FieldError, Form, Message
from bot.core.texts import cut
from bot.markdown import label, plain

LONGEST_TITLE = 24
LONGEST_ERROR = 300
#: A view holds something, even where there is nothing to say.
NOTHING = "–"


def form_view(form: Form, language: str, name_of: NameOf = nameless) -> Block:
    """`name_of` names people: whoever was picked before, and those among whom one is picked."""
    said = words(language)
    head = _head(form.title)
    once = {field.id: field for field in form.fields}
    fields = [made for field in once.values() for made in field_blocks(field, language, name_of)]
    return {
        **_modal(View.FORM, form.title, said.cancel, [*head, *fields[: VIEW_BLOCKS - len(head)]]),
        "submit": plain_text(label(form.submit, LONGEST_TITLE)),
        "private_metadata": pack(form.token),
        "notify_on_close": True,
    }


def files_view(token: Token, language: str) -> Block:
    """The dialog for files: Slack takes ten at a time."""
    said = words(language)
    asked: Block = {
        "type": "input",
        "block_id": View.FILES,
        "label": plain_text(plain(said.files_label)),
        "hint": plain_text(plain(said.files_hint)),
        "element": {"type": "file_input", "action_id": VALUE, "max_files": 10},
    }
    return {
        **_modal(View.FILES, said.files_title, said.cancel, [asked]),
        "submit": plain_text(label(said.files_send, LONGEST_TITLE)),
        "private_metadata": pack(token),
        "notify_on_close": True,
    }


def show_view(title: str, facts: Sequence[Fact], language: str) -> Block:
    """What was told, to read now."""
    said = words(language)

    def make(room: Room) -> list[Block]:
        short = any(len(plain(fact.value)) > room.fact for fact in facts)
        note = blocks.context(said.shortened, room.text) if short else []
        return [*_head(title), *note, *fact_blocks(facts, language, room)]

    return _modal(View.SHOW, title, said.close, widest(make, fits_view))


def told_view(title: str, messages: Sequence[Message], language: str) -> Block:
    """Messages to read now, such as a list of cases; their buttons work."""
    made = widest(lambda room: [*_head(title), *told_blocks(messages, language, room)], fits_view)
    return _modal(View.TOLD, title, words(language).close, made)


def errors(found: Sequence[FieldError], inputs: Sequence[str]) -> Block:
    """The answer to a form that is to be mended. `inputs` are the names of the form's input blocks, in order.

    Slack takes errors at inputs only: one about no field of the form stands at the first.
    """
    at: dict[str, list[str]] = {}
    for error in found:
        at.setdefault(error.field if error.field in inputs else next(iter(inputs), error.field), []).append(
            plain(error.text)
        )
    return {
        "response_action": "errors",
        "errors": {name: cut(" ".join(texts), LONGEST_ERROR) for name, texts in at.items()},
    }


def inputs_of(view: Mapping[str, Json]) -> tuple[str, ...]:
    """The names of a view's input blocks, in order, as `errors` takes them."""
    made = view.get("blocks")
    every = made if isinstance(made, list) else []
    return tuple(str(one.get("block_id")) for one in every if isinstance(one, Mapping) and one.get("type") == "input")


def _modal(kind: View, title: str, close: str, made: Sequence[Block]) -> dict[str, Json]:
    return {
        "type": "modal",
        "callback_id": kind,
        "title": plain_text(label(title, LONGEST_TITLE)),
        "close": plain_text(label(close, LONGEST_TITLE)),
        "blocks": list(made) or [blocks.section(plain_text(plain(title) or NOTHING))],
    }


def _head(title: str) -> list[Block]:
    """Rule 1."""
    whole = plain(title)
    return [blocks.header(whole)] if len(whole) > LONGEST_TITLE else []
