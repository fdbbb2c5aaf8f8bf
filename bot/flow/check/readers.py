"""Who reads whose answers: a text, a condition, a branch of one flow never tells what another flow's list keeps back.

Rule 1. A flow reads another flow's answer only if whoever it talks with is among that answer's readers.
Rule 2. Reporters read their own answers, in whatever flow they gave them.
Rule 3. A branch tells, too: conditions are held to the same rule as texts.
Rule 4. What `share` names is read by the reporter, who decides on it.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.expressions import refs
from bot.core.people import Role
from bot.core.texts import PLACEHOLDER
from bot.errors import Problem
from bot.flow.check.scope import Known, Scope, lookup, place_in, problem
from bot.flow.model import Flow
from bot.steps import Branch, Do
from bot.steps.base import Place, When
from bot.steps.do import Verb


def check_readers(scope: Scope, flow: Flow) -> Iterator[Problem]:
    for name, place, shown in _readings(scope, flow):
        found = lookup(scope, flow, name)
        if isinstance(found, Known) and not _may_read(flow, found):
            file = found.flow.file.rsplit("/", 1)[-1]
            may = _and([role.value for role in found.flow.readers(found.question.id)])
            who = flow.audience.value
            tells = f"{{{name}}} is shown to the {who}" if shown else f'"{name}" decides what the {who} sees'
            message = f"{tells}, but only {may} may see it ({file}:{found.line}). Remove it, or add {who} there."
            yield problem(flow, place, "not-theirs", message)
    for step in flow.code:
        if isinstance(step, Do) and step.command is Verb.SHARE:
            yield from _shared(scope, flow, step)


def _shared(scope: Scope, flow: Flow, step: Do) -> Iterator[Problem]:
    for named in (step.whom, step.why):
        found = lookup(scope, flow, named.word) if named is not None else None
        if (
            named is not None
            and isinstance(found, Known)
            and Role.REPORTER not in found.flow.readers(found.question.id)
        ):
            message = f'the reporter decides on "{named.word}", but may not see it. Add reporter to its visible_to.'
            yield problem(flow, named.place, "reporter-decides", message)


def _may_read(flow: Flow, found: Known) -> bool:
    if found.flow.name == flow.name or found.flow.audience is flow.audience is Role.REPORTER:
        return True
    return flow.audience in found.flow.readers(found.question.id)


def _readings(scope: Scope, flow: Flow) -> Iterator[tuple[str, Place, bool]]:
    """Every answer that a person may learn of, by name and place; whether it is shown as such."""
    if flow.start.when is not None:
        yield from _conditions(flow.start.when)
    for step in flow.code:
        for when in step.conditions():
            yield from _conditions(when)
        if isinstance(step, Branch):
            yield step.on.word, step.on.place, False
        for text in step.texts():
            for found in PLACEHOLDER.finditer(text.source):
                if not scope.is_placeholder(found[1]):
                    yield found[1], place_in(text, found.start()), True


def _conditions(when: When) -> Iterator[tuple[str, Place, bool]]:
    for ref in refs(when.condition):
        yield ref.name.text, when.place_at(ref.name.at), False


def _and(words: list[str]) -> str:
    return " and ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else "".join(words) or "nobody"
