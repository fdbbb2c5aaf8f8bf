"""A message as it stands in a terminal. Pure and total."""

from __future__ import annotations

from bot.core.messages import Asks, Form, Input, Message
from bot.simulation.text import plain


def lines(message: Message, form_label: str) -> list[str]:
    """A message as it stands in the terminal."""
    shown = plain(message.text).split("\n")
    shown.extend(f"  {plain(fact.label)}: {plain(fact.value)}" for fact in message.facts)
    if message.hint:
        shown.extend(f"  ({line})" for line in plain(message.hint).split("\n"))
    tick = "☐ " if message.asks is Asks.MANY else ""
    for number, choice in enumerate(message.choices, 1):
        label = plain(choice.label)
        shown.append(f"  {label}" if label.startswith(str(number)) else f"  {number}. {tick}{label}")
    if message.form is not None:
        shown.append(f"  [{form_label}]")
    if message.commands:
        shown.append("  " + "  ".join(f"[{plain(choice.label)}]" for choice in message.commands))
    return shown


def field_prompt(form: Form, index: int) -> list[str]:
    """How one field is asked in the terminal."""
    field = form.fields[index]
    shown = [f"  {plain(field.label)}{' *' if field.required else ''}"]
    if field.hint:
        shown.append(f"    ({plain(field.hint)})")
    several = field.input is Input.MANY
    shown.extend(
        f"    {number}. {'☐ ' if several else ''}{plain(option.label)}"
        for number, option in enumerate(field.options, 1)
    )
    if field.initial:
        shown.append(f"    [{', '.join(field.initial)}]")
    return shown
