"""What must come before what: answers before they are read, consent and review before a case, a name before a consent.

Rule 1. An answer is read only behind its question; a task's record only in the task's `then:` or where tasks are
        settled.
Rule 2. `open_case` has a consent and a review before it on every path, `page_on_call` a consent that offers `on_call`.
Rule 3. A consent before the question who did it shows the person's name, since that person may be the accused; and if a
        case can be opened with no consent after that question, somebody may be left who can be told: nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.core.expressions import refs
from bot.core.people import Role
from bot.core.texts import PLACEHOLDER, placeholders
from bot.errors import Problem
from bot.flow.check.branches import missing
from bot.flow.check.scope import Known, Scope, Wrong, by_full_name, lookup, place_in, problem
from bot.flow.check.state import REVIEW, State
from bot.flow.check.walk import Lost, Seen, Walk, roots
from bot.steps import Ask, Branch, Choose, Consent, Do, Form, Say, Task
from bot.steps.base import BaseStep, Means, Place
from bot.steps.branch import OTHERWISE
from bot.steps.do import Verb

#: More texts without a question between them are not read.
MOST_SAYS = 30


def check_order(scope: Scope) -> Iterator[Problem]:
    for root in roots(scope):
        walk = Walk(scope, root)
        for lost in walk.lost:
            yield _lost(lost)
        for seen in walk.seen:
            yield from _readings(scope, seen)
            yield from _commands(scope, seen)
            yield from _needless(scope, seen)
            yield from _named(scope, seen)
            if isinstance(seen.step, Say) and seen.entered.says == MOST_SAYS:
                message = (
                    f"more than {MOST_SAYS} texts come without a question between them. Ask something, or cut them."
                )
                yield problem(seen.flow, seen.step.place, "too-many-says", message)


def _lost(lost: Lost) -> Problem:
    message = f"this step is never reached: every way ends before it (line {lost.behind.place.line})."
    return problem(lost.flow, lost.step.place, "unreachable", message)


# --- answers that are read -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Reading:
    """One reading of an answer: what is written, where, at which state, and within which fields."""

    name: str
    place: Place
    state: State
    braces: bool = False


def _readings(scope: Scope, seen: Seen) -> Iterator[Problem]:
    for reading in _read(scope, seen):
        found = lookup(scope, seen.flow, reading.name)
        if not isinstance(found, Known) or found.flow.name in {name.word for name in seen.flow.reads}:
            continue
        wrong = _too_early(seen, found, reading.state)
        if wrong is not None:
            shown = f"{{{reading.name}}}" if reading.braces else f'"{reading.name}"'
            yield problem(seen.flow, reading.place, wrong.rule, f"{shown} {wrong.message}")


def _read(scope: Scope, seen: Seen) -> Iterator[_Reading]:
    step = seen.step
    for when in step.conditions():
        state = seen.before if when is step.when else seen.entered
        for ref in refs(when.condition):
            yield _Reading(ref.name.text, when.place_at(ref.name.at), state)
    if isinstance(step, Branch):
        yield _Reading(step.on.word, step.on.place, seen.entered)
    if isinstance(step, Do):
        yield from (_Reading(name.word, name.place, seen.entered) for name in (step.whom, step.why) if name is not None)
    for text in step.texts():
        for found in PLACEHOLDER.finditer(text.source):
            if not scope.is_placeholder(found[1]):
                yield _Reading(found[1], place_in(text, found.start()), seen.entered, braces=True)


def _too_early(seen: Seen, found: Known, state: State) -> Wrong | None:
    """What is wrong with reading an answer here, if anything is."""
    own = found.flow.name == seen.flow.name
    if own and found.step is seen.step and isinstance(found.step, Form | Task) and found.full not in state.asked:
        return Wrong("same-form", "is asked in this very form. A form can only use what was asked before it opens.")
    if found.full in state.pending:
        whose = f'the task "{found.step.id}"' if isinstance(found.step, Task) else "a task above"
        where = 'Use it in that task\'s "then:", or after a wait or an end.'
        return Wrong("task-still-open", f"is known when {whose} is done. {where}")
    if found.full in state.asked:
        return None
    if not own:
        return Wrong("asked-later", f'is never asked before this. Put the "call: {found.flow.name}" above it.')
    if found.line >= seen.step.place.line:
        return Wrong("asked-later", f"is asked only later (line {found.line}). Move this below it.")
    where = f"is asked only on another path (line {found.line}), so here it never has an answer."
    return Wrong("asked-elsewhere", where)


# --- commands ------------------------------------------------------------------------------------------------------


def _commands(scope: Scope, seen: Seen) -> Iterator[Problem]:
    match seen.step:
        case Do(command=Verb.OPEN_CASE):
            yield from _open_case(scope, seen)
        case Do(command=Verb.PAGE_ON_CALL):
            if not any(Role.ON_CALL in _roles(consent) for consent in _consents(scope, seen.entered.surely)):
                message = 'page_on_call needs a yes first: a consent with the option "on_call" above it, on every path.'
                yield problem(seen.flow, seen.step.place, "page-without-consent", message)
        case _:
            pass


def _open_case(scope: Scope, seen: Seen) -> Iterator[Problem]:
    flow, place, state = seen.flow, seen.step.place, seen.entered
    if not _consents(scope, state.surely):
        some = _consents(scope, state.asked)
        why = f' "{some[0].question.id}" (line {some[0].line}) is passed by on some.' if some else ""
        message = f"open_case needs a consent before it on every path: who may know?{why}"
        yield problem(flow, place, "case-without-consent", message)
    if REVIEW not in state.surely:
        message = "open_case needs a review before it on every path, so that people see what they send."
        yield problem(flow, place, "case-without-review", message)
    conflicts = [
        (first.line, second.line, first, second, who)
        for consent, accused in state.risky
        if (first := by_full_name(scope, consent)) is not None
        if (second := by_full_name(scope, accused)) is not None
        if (who := _same_person(first, second)) is not None
    ]
    if conflicts:
        _, _, first, second, (told, named) = min(conflicts, key=lambda found: found[:2])
        chain = f"{first.question.id} = {told}, then {second.question.id} = {named}"
        order = f'Ask "{second.question.text.source}" (line {second.line}) before "{first.question.text.source}"'
        message = f"open_case with nobody to tell: {chain}. {order} (line {first.line})."
        yield problem(flow, place, "nobody-to-tell", message)


def _same_person(consent: Known, accused: Known) -> tuple[str, str] | None:
    """Who may be ticked in the consent and then named as the accused: how each of the two says it."""
    roles = _roles(consent)
    if not roles:
        return None
    told = Role.MANAGER if Role.MANAGER in roles else roles[0]
    match accused.question:
        case Ask():
            return told.value, "the same person"
        case Choose() as question if Role.MANAGER in question.words() and told is Role.MANAGER:
            return told.value, told.value
        case _:
            return None


def _consents(scope: Scope, names: frozenset[str]) -> list[Known]:
    found = [by_full_name(scope, name) for name in sorted(names)]
    return [known for known in found if known is not None and isinstance(known.question, Consent)]


def _roles(consent: Known) -> tuple[Role, ...]:
    return tuple(role for role, _ in consent.question.options) if isinstance(consent.question, Consent) else ()


# --- names before consents, cases for nothing ----------------------------------------------------------------------


def _named(scope: Scope, seen: Seen) -> Iterator[Problem]:
    for question in _accused(seen.step):
        for consent in _consents(scope, seen.entered.asked):
            options = consent.question.options if isinstance(consent.question, Consent) else ()
            for role, text in options:
                if f"{role}.name" not in placeholders(text.source):
                    message = (
                        f'this is asked before "{question.text.source}" (line {question.place.line}), so it must show '
                        f"who that is. Add {{{role}.name}}."
                    )
                    yield problem(consent.flow, place_in(text, 0), "consent-without-name", message)


def _accused(step: BaseStep) -> Sequence[Ask | Choose]:
    questions: Sequence[BaseStep] = step.fields if isinstance(step, Form) else (step,)
    return [q for q in questions if isinstance(q, Ask | Choose) and q.means is Means.ACCUSED]


def _needless(scope: Scope, seen: Seen) -> Iterator[Problem]:
    """An `otherwise:` that nothing is left for."""
    step = seen.step
    if not isinstance(step, Branch):
        return
    found = lookup(scope, seen.flow, step.on.word)
    if not isinstance(found, Known) or found.full not in seen.entered.surely or missing(step, found):
        return
    for option in (option for case in step.cases for option in case.options):
        if option.word == OTHERWISE:
            message = (
                f'every answer to "{step.on.word}" has its case already, so "otherwise:" never happens. Remove it.'
            )
            yield problem(seen.flow, option.place, "otherwise-for-nothing", message)
