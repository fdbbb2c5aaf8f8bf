"""A message as plain text, and as one line of a transcript. Pure and total."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token as Mark

from bot.core.messages import Asks, Choice, Form, Message
from bot.simulation.written import flat, quoted

_MARKDOWN = MarkdownIt("zero").enable(
    ["emphasis", "escape", "link", "list", "newline", "paragraph"], ignoreInvalid=True
)


def plain(markdown: str) -> str:
    """Small Markdown as plain text: paragraphs parted by an empty line, list items by "- "."""
    blocks: list[str] = []
    in_item = False
    for token in _MARKDOWN.parse(markdown):
        match token.type:
            case "list_item_open":
                in_item = True
            case "inline":
                text = _inline(token.children or [])
                if in_item:
                    bullet = f"- {text}"
                    joined = blocks and blocks[-1].startswith("- ")
                    blocks[-1:] = [f"{blocks[-1]}\n{bullet}"] if joined else [*blocks[-1:], bullet]
                    in_item = False
                else:
                    blocks.append(text)
            case _:
                pass
    return "\n\n".join(blocks)


def _inline(marks: Sequence[Mark]) -> str:
    parts: list[str] = []
    for mark in marks:
        match mark.type:
            case "softbreak" | "hardbreak":
                parts.append("\n")
            case "text" | "text_special":
                parts.append(mark.content)
            case _:
                pass
    return "".join(parts)


def buttons(message: Message) -> tuple[Choice, ...]:
    """What can be pressed: answers first, then the ways out."""
    return (*message.choices, *message.commands)


def one_line(message: Message) -> str:
    """A message as a transcript has it: text, facts, buttons; the ways out only where nothing else is asked."""
    text = " / ".join(flat(part) for part in plain(message.text).split("\n") if part.strip())
    facts = "".join(f" | {flat(plain(fact.label))}: {flat(plain(fact.value))}" for fact in message.facts)
    choices = message.choices if message.asks is not Asks.NOTHING or message.choices else message.commands
    pressed = "".join(f" [{quoted(plain(choice.label))}]" for choice in choices)
    form = f" {form_line(message.form)}" if message.form is not None else ""
    # a no-break space looks like any other: who writes a transcript types that one
    return f"{text}{facts}{pressed}{form}".replace("\u00a0", " ")


def form_line(form: Form) -> str:
    """The fields of a form, by id; those that need an answer with a star."""
    fields = "; ".join(f"{field.id}{'*' if field.required else ''}" for field in form.fields)
    return f"{{{fields}}}"
