"""Messages, forms and replies as what the page shows. Pure and total.

Rule 1. Markdown becomes a tree of a few known tags; everything else in it is text. The page builds nodes, never HTML.
Rule 2. A link leads to https, mailto or tel, or it is no link.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import assert_never

from markdown_it import MarkdownIt
from markdown_it.token import Token as Mark

from bot.core.ids import Token
from bot.core.messages import Choice, Fact, Field, Form, Message
from bot.core.replies import CloseForm, FormErrors, Nothing, OpenForm, Reply, Show, Tell
from bot.simulation.text import plain

Json = None | bool | int | float | str | Sequence["Json"] | Mapping[str, "Json"]

_MARKDOWN = MarkdownIt("zero").enable(
    ["emphasis", "escape", "link", "list", "newline", "paragraph"], ignoreInvalid=True
)
_TAGS = {"paragraph": "p", "bullet_list": "ul", "ordered_list": "ol", "list_item": "li", "strong": "b", "em": "i"}
LINKS = ("https://", "mailto:", "tel:")


def tree(markdown: str) -> list[Json]:
    """Small Markdown as nodes: a string, or {"t": tag, "c": children}."""
    return _nodes(_flat(_MARKDOWN.parse(markdown)))


def _flat(marks: Sequence[Mark]) -> list[Mark]:
    found: list[Mark] = []
    for mark in marks:
        found.extend(mark.children or [] if mark.type == "inline" else [mark])
    return found


def _nodes(marks: Sequence[Mark]) -> list[Json]:
    stack: list[tuple[str, str, list[Json]]] = [("", "", [])]
    for mark in marks:
        kind, _, end = mark.type.rpartition("_")
        if mark.type in ("softbreak", "hardbreak"):
            stack[-1][2].append({"t": "br", "c": []})
        elif mark.nesting == 1:
            stack.append((kind, str(mark.attrGet("href") or ""), []))
        elif mark.nesting == -1 and len(stack) > 1:
            opened, href, children = stack.pop()
            stack[-1][2].extend(_closed(opened, href, children, hidden=mark.hidden))
        elif (end == "special" or mark.type == "text") and mark.content:
            stack[-1][2].append(mark.content)
    return stack[0][2]


def _closed(kind: str, href: str, children: list[Json], *, hidden: bool) -> list[Json]:
    if kind == "link" and href.startswith(LINKS):
        return [{"t": "a", "href": href, "c": children}]
    tag = _TAGS.get(kind)
    return children if tag is None or hidden else [{"t": tag, "c": children}]


def message(shown: Message) -> dict[str, Json]:
    """What an item of the bot holds beside its number and time."""
    return {
        "from": "bot",
        "text": tree(shown.text),
        "facts": [fact(found) for found in shown.facts],
        "hint": tree(shown.hint),
        "asks": shown.asks.value,
        "choices": [choice(found) for found in shown.choices],
        "commands": [choice(found) for found in shown.commands],
        "token": token(shown.token) if shown.token is not None else None,
        "form": form(shown.form) if shown.form is not None else None,
        "progress": list(shown.progress) if shown.progress is not None else None,
        "tone": shown.tone.value,
        "chosen": list(shown.chosen),
        "among": list(shown.among) if shown.among is not None else None,
    }


def fact(found: Fact) -> dict[str, Json]:
    files: list[Json] = [
        {"case": f.case, "id": f.id, "name": f.name, "size": f.size, "type": f.media_type} for f in found.files
    ]
    return {"label": plain(found.label), "value": tree(found.value), "files": files}


def choice(found: Choice) -> dict[str, Json]:
    return {"id": found.id, "label": plain(found.label), "alone": found.alone}


def token(found: Token) -> dict[str, Json]:
    return {"case": found.case, "session": found.session, "step": found.step, "revision": found.revision}


def form(found: Form) -> dict[str, Json]:
    return {
        "token": token(found.token),
        "title": plain(found.title),
        "submit": plain(found.submit),
        "fields": [_field(field) for field in found.fields],
    }


def _field(found: Field) -> dict[str, Json]:
    return {
        "id": found.id,
        "label": plain(found.label),
        "input": found.input.value,
        "required": found.required,
        "hint": tree(found.hint),
        "options": [choice(option) for option in found.options],
        "initial": list(found.initial),
        "among": list(found.among) if found.among is not None else None,
    }


def reply(given: Reply) -> dict[str, Json]:
    match given:
        case OpenForm(opened):
            return {"kind": "form", "form": form(opened)}
        case FormErrors(errors):
            return {"kind": "errors", "errors": [{"field": e.field, "text": plain(e.text)} for e in errors]}
        case Show(title, facts):
            return {"kind": "show", "title": plain(title), "facts": [fact(found) for found in facts]}
        case Tell():
            return {"kind": "nothing"}  # the chat shows them
        case CloseForm():
            return {"kind": "close"}
        case Nothing():
            return {"kind": "nothing"}
        case _:
            assert_never(given)
