"""Texts that people read: placeholders that are known, braces that mean one, titles that show none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.core.facts import Country
from bot.core.texts import PLACEHOLDER, Text
from bot.errors import Problem
from bot.flow.check.scope import Scope, Wrong, lookup, place_in, problem
from bot.flow.model import Flow
from bot.steps import Form
from bot.steps.notes import nearest

_BRACED = re.compile(r"\{([^{}\n]*)\}|[{}]")


def known_placeholders(country: Country | None, patterns: tuple[str, ...]) -> tuple[str, ...]:
    """The placeholders with the country pack's names in the place of NAME; the patterns themselves without a pack."""
    if country is None:
        return patterns
    found: list[str] = []
    for pattern in patterns:
        first, _, _ = pattern.partition(".NAME.")
        named = country.help if first == "help" else country.deadlines
        found.extend([pattern.replace("NAME", name) for name in named] if ".NAME." in pattern else [pattern])
    return tuple(found)


def check_texts(scope: Scope, flow: Flow) -> Iterator[Problem]:
    buttons = (step.button for step in flow.code if isinstance(step, Form))
    for title in (flow.title, flow.start.shortcut, flow.start.message, flow.start.button, *buttons):
        if title is not None and (found := _BRACED.search(title.source)):
            message = "nothing is filled in here. Write plain words instead of { and }."
            yield problem(flow, place_in(title, found.start()), "placeholder-in-title", message)
    for step in flow.code:
        for text in step.texts():
            yield from _text(scope, flow, text)


def _text(scope: Scope, flow: Flow, text: Text) -> Iterator[Problem]:
    for found in _BRACED.finditer(text.source):
        place = place_in(text, found.start())
        name = PLACEHOLDER.fullmatch(found[0])
        if name is None:
            yield problem(flow, place, "stray-brace", _stray(scope, flow, found))
        elif not scope.is_placeholder(name[1]) and (wrong := _unknown(scope, flow, name[1])):
            yield problem(flow, place, wrong.rule, wrong.message)
        elif scope.country is not None and _numberless(scope.country, name[1]):
            message = f"the country pack has no number for {found[0]}. Write {{{name[1].removesuffix('number')}text}}."
            yield problem(flow, place, "no-phone-number", message)


def _stray(scope: Scope, flow: Flow, found: re.Match[str]) -> str:
    plain = re.sub(r"\s+", "_", (found[1] or "").strip().casefold()).replace("_._", ".")
    if plain and (scope.is_placeholder(plain) or _unknown(scope, flow, plain) is None):
        return f'"{found[0]}" is not filled in like this. Write {{{plain}}}.'
    return "{ and } stand around something to fill in, as {case.reference}. Write ( or ) instead."


def _unknown(scope: Scope, flow: Flow, name: str) -> Wrong | None:
    """What is wrong with a placeholder that the bot does not fill by itself; None where it is an answer."""
    found = lookup(scope, flow, name)
    if not isinstance(found, Wrong):
        return None
    if found.rule == "reads":
        return found
    near = nearest(name, (*scope.placeholders, *flow.questions, *_read(scope, flow)))
    more = f" Did you mean {{{near}}}?" if near is not None else ""
    return Wrong("unknown-placeholder", f"nothing is known as {{{name}}}.{more}")


def _read(scope: Scope, flow: Flow) -> Iterator[str]:
    for name in flow.reads:
        if name.word in scope.flows:
            yield from (f"{name.word}.{question}" for question in scope.flows[name.word].questions)


def _numberless(country: Country, name: str) -> bool:
    match name.split("."):
        case ["help", which, "number"]:
            return not country.help[which].number
        case _:
            return False
