"""Branches: every option of the question has a case, skipping too, and no case is for nothing."""

from __future__ import annotations

from collections.abc import Iterator

from bot.errors import Problem
from bot.flow.check.conditions import unknown_option, words_of
from bot.flow.check.scope import Known, Scope, Wrong, lookup, problem
from bot.flow.model import Flow
from bot.steps import Ask, Branch
from bot.steps.branch import OTHERWISE, SKIPPED
from bot.steps.consent import WITHOUT_NAME


def check_branches(scope: Scope, flow: Flow) -> Iterator[Problem]:
    for step in flow.code:
        if not isinstance(step, Branch):
            continue
        found = lookup(scope, flow, step.on.word)
        if isinstance(found, Wrong):
            yield problem(flow, step.on.place, found.rule, found.message)
        elif found is not None:
            yield from _of_question(flow, step, found)


def _of_question(flow: Flow, step: Branch, found: Known) -> Iterator[Problem]:
    if isinstance(found.question, Ask):
        message = f'"{step.on.word}" has no options, so there are no cases. Use "if:" with a condition.'
        yield problem(flow, step.on.place, "no-options", message)
    elif step.cases and words_of(found.question):  # without options, that is the mistake
        yield from _cases(flow, step, found)
        yield from _missing(flow, step, found)


def missing(step: Branch, found: Known) -> tuple[str, ...]:
    """The options, and `skipped`, that no case names; `otherwise` is not counted."""
    named = {option.word for case in step.cases for option in case.options}
    # "without my name" is ticked beside a role, never alone
    words = tuple(word for word in words_of(found.question) if word != WITHOUT_NAME)
    wanted = words if found.question.required else (*words, SKIPPED)
    return tuple(word for word in wanted if word not in named)


def _cases(flow: Flow, step: Branch, found: Known) -> Iterator[Problem]:
    name, before = step.on.word, set[str]()
    for option in (option for case in step.cases for option in case.options):
        if option.word in before:
            yield problem(flow, option.place, "case-twice", f'"{option.word}" stands in two cases. Keep one of them.')
        elif option.word == SKIPPED and found.question.required:
            message = f'"{name}" must be answered, so "skipped:" never happens. Remove it.'
            yield problem(flow, option.place, "never-skipped", message)
        elif option.word not in (*words_of(found.question), SKIPPED, OTHERWISE):
            yield unknown_option(flow, option.place, name, option.word, found.question)
        before.add(option.word)


def _missing(flow: Flow, step: Branch, found: Known) -> Iterator[Problem]:
    if any(option.word == OTHERWISE for case in step.cases for option in case.options):
        return
    lost = missing(step, found)
    options = [word for word in lost if word != SKIPPED]
    if options:
        which = " or ".join(options)
        message = f'what happens when "{step.on.word}" is {which}? Add a case, or "otherwise:".'
        yield problem(flow, step.on.place, "case-missing", message)
    if SKIPPED in lost:
        message = f'what happens when "{step.on.word}" is skipped? Add "skipped:", or "otherwise:".'
        yield problem(flow, step.on.place, "case-missing", message)
