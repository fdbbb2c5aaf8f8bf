"""Names within and between flows: given once, known where they are used, and every flow can begin.

Rule 1. Steps, fields and records of one flow share one list of ids.
Rule 2. A word begins one flow, and never one of the words that the bot itself understands everywhere.
Rule 3. Flows that call each other must come to an end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from bot.core.languages import LANGUAGES
from bot.core.people import Role
from bot.errors import Problem
from bot.flow.check.scope import Scope, called, problem, started
from bot.flow.model import Flow
from bot.steps import Form, Task
from bot.steps.base import BaseStep, Name, Place
from bot.steps.notes import did_you_mean

_BOT_WORDS = {
    word: language.labels[command]
    for language in LANGUAGES.values()
    for command, words in language.words.items()
    for word in words
}


def check_ids(flow: Flow) -> Iterator[Problem]:
    """Every id stands once."""
    first: dict[str, Place] = {}
    for name, place in _ids(flow):
        if name in first:
            message = f'the id "{name}" is used already (line {first[name].line}). Choose another one.'
            yield problem(flow, place, "id-twice", message)
        first.setdefault(name, place)


def _ids(flow: Flow) -> Iterator[tuple[str, Place]]:
    for step in flow.code:
        inside: Sequence[BaseStep] = ()
        if isinstance(step, Form):
            inside = step.fields
        elif isinstance(step, Task):
            inside = step.record
        for named in (step, *inside):
            name = getattr(named, "id", None)
            if isinstance(name, str):
                yield name, named.place


def check_same_flow(flows: Sequence[Flow]) -> Iterator[Problem]:
    first: dict[str, Flow] = {}
    for flow in flows:
        if flow.name in first:
            message = f'there is another flow "{flow.name}" ({first[flow.name].file}). Rename one, and its file.'
            yield problem(flow, flow.place, "flow-twice", message)
        first.setdefault(flow.name, flow)


def check_flow_names(scope: Scope, flow: Flow) -> Iterator[Problem]:
    """Other flows that are read, called or started."""
    for name in chain(flow.reads, called(flow), (name for _, name in started(flow))):
        if name.word not in scope.flows:
            message = f'there is no flow "{name.word}".{did_you_mean(name.word, tuple(scope.flows))}'
            yield problem(flow, name.place, "unknown-flow", message)
    for name in called(flow):
        other = scope.flows.get(name.word)
        if other is not None and other.audience is not flow.audience:
            message = (
                f'"{other.name}" talks with the {other.audience}, this flow with the {flow.audience}. Use: do: start'
            )
            yield problem(flow, name.place, "call-audience", message)
    for step, name in started(flow):
        other = scope.flows.get(name.word)
        if other is not None and other.audience is not step.with_role:
            message = f'"{other.name}" talks with the {other.audience}. Write:  with: {other.audience}'
            yield problem(flow, name.place, "start-audience", message)
    yield from _circles(scope, flow)


def _circles(scope: Scope, flow: Flow) -> Iterator[Problem]:
    for name in called(flow):
        path = _path(scope, name.word, flow.name, ())
        if path is not None:
            way = " calls ".join((flow.name, *path))
            message = (
                f"this goes round in a circle: {way}. Take one of the calls away; later talks begin with do: start."
            )
            yield problem(flow, name.place, "call-circle", message)


def _path(scope: Scope, at: str, to: str, before: tuple[str, ...]) -> tuple[str, ...] | None:
    """The flows from `at` to `to`, each calling the next."""
    if at == to:
        return (*before, to)
    if at in before or at not in scope.flows:
        return None
    ways = (_path(scope, name.word, to, (*before, at)) for name in called(scope.flows[at]))
    return next((way for way in ways if way is not None), None)


def begins(flow: Flow) -> bool:
    """Whether it has a way of its own to begin."""
    start = flow.start
    return any((start.command, start.words, start.shortcut, start.message, start.case, start.button))


def check_beginnings(scope: Scope, flow: Flow) -> Iterator[Problem]:
    others = scope.flows.values()
    is_started = any(name.word == flow.name for other in others for _, name in started(other))
    is_called = any(name.word == flow.name for other in others for name in called(other))
    if not begins(flow) and not is_started and not is_called:
        message = 'nothing begins this flow. Add a way under "start:", as:  command: report'
        yield problem(flow, flow.place, "no-start", message)
    if flow.start.case == "asked" and not is_started:
        message = (
            f'"case: asked" waits for another flow that starts it, by:  - do: start  and below it  flow: {flow.name}'
        )
        yield problem(flow, flow.place, "never-asked", message)
    if flow.start.when is not None and flow.start.case != "opened":
        message = '"when:" belongs to "case: opened", to choose the flow for a case.'
        yield problem(flow, flow.start.when.place, "start-when", message)
    yield from _offered(flow)


def _offered(flow: Flow) -> Iterator[Problem]:
    """Whose card a flow's button stands on: the reporter's, or that of people who handle the case."""
    for role, place in zip(flow.start.offered, flow.start.offered_places, strict=True):
        if flow.start.button is None:
            message = '"for:" says on whose card a button stands. Add above it:  button: Ask the employee'
            yield problem(flow, place, "button-for", message)
            return
        if (role is Role.REPORTER) is not (flow.audience is Role.REPORTER):
            message = f'this flow talks with the {flow.audience}, so "{role}" cannot begin it.'
            yield problem(flow, place, "button-audience", message)


def check_words(flows: Sequence[Flow]) -> Iterator[Problem]:
    """Commands and words that begin flows."""
    taken: dict[str, Flow] = {}
    for flow in flows:
        own: set[str] = set()
        for name in _words(flow):
            word = name.word.casefold()
            if word in _BOT_WORDS:
                message = f'"{name.word}" is understood everywhere already ({_BOT_WORDS[word]}). Choose another word.'
                yield problem(flow, name.place, "word-of-bot", message)
            elif word in taken:
                message = f'"{name.word}" begins the flow "{taken[word].name}" already. Choose another word.'
                yield problem(flow, name.place, "word-twice", message)
            own.add(word)
        taken |= {word: flow for word in own if word not in taken}


def _words(flow: Flow) -> Iterator[Name]:
    if flow.start.command is not None:
        yield flow.start.command
    for word, place in zip(flow.start.words, flow.start.word_places, strict=True):
        yield Name(word, place)
