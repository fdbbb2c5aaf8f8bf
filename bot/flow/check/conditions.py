"""Conditions, word for word: the question is there, the option is one of its own, the form of words fits its answers.

Rule 1. `is` and lists are about one answer, `in` about several, comparisons about a number, `count` about several
        answers or files.
Rule 2. `hand_over` and `share` go to the answer of a question about a person, and `share` says what for in words.
Rule 3. An option that the question does not have is a mistake, never a silent "does not hold".
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from bot.core.expressions import Ref, refs
from bot.errors import Problem
from bot.flow.check.scope import Known, Scope, Wrong, lookup, meant, problem
from bot.flow.model import Answerable, Flow
from bot.steps import Ask, Choose, Consent, Do
from bot.steps.base import Name, Place, When
from bot.steps.do import Verb
from bot.steps.values import Type


class Answers(StrEnum):
    """What kind of answer a question has."""

    ONE = "one"
    SEVERAL = "several"
    NUMBER = "number"
    FILES = "files"
    FREE = "free"


def answers_of(question: Answerable) -> Answers:
    match question:
        case Consent():
            return Answers.SEVERAL
        case Choose(many=many):
            return Answers.SEVERAL if many else Answers.ONE
        case Ask(type=Type.NUMBER | Type.SCALE):
            return Answers.NUMBER
        case Ask(type=Type.FILES):
            return Answers.FILES
        case _:
            return Answers.FREE


def words_of(question: Answerable) -> tuple[str, ...]:
    """The options that a condition may name."""
    return () if isinstance(question, Ask) else question.words()


def conditions(flow: Flow) -> Iterator[When]:
    """Every condition of a flow, its head included."""
    if flow.start.when is not None:
        yield flow.start.when
    yield from (when for _, when in flow.triage if when is not None)
    yield from (claim.when for claim in flow.never)
    for step in flow.code:
        yield from step.conditions()


def check_conditions(scope: Scope, flow: Flow) -> Iterator[Problem]:
    for when in conditions(flow):
        for ref in refs(when.condition):
            found = lookup(scope, flow, ref.name.text)
            if isinstance(found, Wrong):
                yield problem(flow, when.place_at(ref.name.at), found.rule, found.message)
            elif found is not None:
                yield from _misused(flow, when, ref, found)
    for step in flow.code:
        if isinstance(step, Do) and step.whom is not None:
            yield from _whom(scope, flow, step.whom, "Hand over to" if step.command is Verb.HAND_OVER else "Share with")
        if isinstance(step, Do) and step.why is not None:
            yield from _why(scope, flow, step.why)


def _whom(scope: Scope, flow: Flow, whom: Name, goes: str) -> Iterator[Problem]:
    """The question that says to whom a case is handed over, or with whom it is shared."""
    found = lookup(scope, flow, whom.word)
    if isinstance(found, Wrong):
        yield problem(flow, whom.place, found.rule, found.message)
    elif found is not None and not (isinstance(found.question, Ask) and found.question.type is Type.PERSON):
        message = f'"{whom.word}" does not ask for a person. {goes} the answer of an ask: with type: person'
        yield problem(flow, whom.place, "to-no-person", message)


def _why(scope: Scope, flow: Flow, why: Name) -> Iterator[Problem]:
    """The question that says what for."""
    found = lookup(scope, flow, why.word)
    words = (Type.TEXT, Type.PARAGRAPH)
    if isinstance(found, Wrong):
        yield problem(flow, why.place, found.rule, found.message)
    elif found is not None and not (isinstance(found.question, Ask) and found.question.type in words):
        message = f'"{why.word}" is not answered in words. Name an ask: with type: paragraph'
        yield problem(flow, why.place, "why-no-words", message)


def unknown_option(flow: Flow, place: Place, name: str, option: str, question: Answerable) -> Problem:
    """An option that a question does not have."""
    message = f'"{name}" has no option "{option}".{meant(option, words_of(question))}'
    return problem(flow, place, "unknown-option", message)


def _misused(flow: Flow, when: When, ref: Ref, found: Known) -> Iterator[Problem]:
    name, kind = ref.name.text, answers_of(found.question)
    start = when.place_at(min(ref.name.at, *(word.at for word in ref.options)) if ref.options else ref.name.at)
    match ref.use, kind:
        case (("is" | "one_of"), Answers.SEVERAL):
            message = f'"{name}" can have several answers. Write: {_as_several(ref)}'
            yield problem(flow, start, "several-answers", message)
        case "has", Answers.ONE:
            message = (
                f'"{name}" has one answer. Write: {name} {"is not" if ref.negated else "is"} {ref.options[0].text}'
            )
            yield problem(flow, start, "one-answer", message)
        case (("is" | "one_of" | "has"), (Answers.NUMBER | Answers.FILES | Answers.FREE)):
            yield problem(flow, start, "no-options", f'"{name}" has no options. {_instead(name, found.question)}')
        case "compare", Answers.NUMBER:
            yield from _off_scale(flow, when, ref, found.question)
        case "compare", _:
            yield problem(flow, start, "no-number", f'"{name}" is no number. {_instead(name, found.question)}')
        case "count", (Answers.ONE | Answers.NUMBER | Answers.FREE):
            message = f'"{name}" has one answer, so there is nothing to count. Write: answered({name})'
            yield problem(flow, start, "nothing-to-count", message)
        case "skipped", _ if found.question.required:
            message = f'"{name}" must be answered, so it is never skipped. Remove this, or "required: true" there.'
            yield problem(flow, start, "never-skipped", message)
        case _:
            pass
    if words_of(found.question):
        yield from _options(flow, when, ref, found)


def _options(flow: Flow, when: When, ref: Ref, found: Known) -> Iterator[Problem]:
    before: set[str] = set()
    for option in ref.options:
        if option.text not in words_of(found.question):
            yield unknown_option(flow, when.place_at(option.at), ref.name.text, option.text, found.question)
        elif option.text in before:
            yield problem(flow, when.place_at(option.at), "listed-twice", f'"{option.text}" stands twice in this list.')
        before.add(option.text)


def _off_scale(flow: Flow, when: When, ref: Ref, question: Answerable) -> Iterator[Problem]:
    if isinstance(question, Ask) and question.type is Type.SCALE and ref.number is not None:
        if question.low <= ref.number <= question.high:
            return
        message = f'"{ref.name.text}" goes from {question.low} to {question.high}, never {ref.number:f}.'
        yield problem(flow, when.place_at(ref.name.at), "off-scale", message)


def _as_several(ref: Ref) -> str:
    inside = "not in" if ref.negated else "in"
    join = " and " if ref.negated else " or "
    return join.join(f"{option.text} {inside} {ref.name.text}" for option in ref.options)


def _instead(name: str, question: Answerable) -> str:
    """What to write about this question where something was written that does not fit it."""
    match answers_of(question):
        case Answers.NUMBER:
            return f"Write for example: {name} >= 4"
        case Answers.FILES | Answers.SEVERAL:
            return f"Write for example: count({name}) >= 1"
        case Answers.ONE if words_of(question):
            return f"Write for example: {name} is {words_of(question)[0]}"
        case _:
            return f"Write: answered({name})"
