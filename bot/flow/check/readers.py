"""Who reads whose answers: a text, a condition, a branch of one flow never tells what another flow's list keeps back.

Rule 1. A flow reads another flow's answer only if whoever it talks with is among that answer's readers.
Rule 2. Reporters read their own answers, in whatever flow they gave them.
Rule 3. A branch tells, too: conditions are held to the same rule as texts.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.expressions import refs
from bot.core.people import Role
from bot.core.texts import PLACEHOLDER
from bot.errors import Problem
from bot.flow.check.scope import Known, Scope, lookup, place_in, problem
from bot.flow.model import Flow
from bot.steps import Branch
from bot.steps.base import Place, When


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
