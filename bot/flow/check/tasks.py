"""Who a step is for; tasks with deadlines that the country pack knows and reminders that come in time."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.durations import Duration, Unit
from bot.core.people import Role
from bot.errors import Problem
from bot.flow.check.scope import Scope, called, meant, problem
from bot.flow.model import Flow
from bot.steps import Consent, Do, Task
from bot.steps.base import Name
from bot.steps.do import Verb

#: At least so many minutes pass; of working time it may be more.
_MINUTES = {
    Unit.MIN: 1,
    Unit.HOURS: 60,
    Unit.DAYS: 24 * 60,
    Unit.WEEKS: 7 * 24 * 60,
    Unit.WORKING_HOURS: 60,
    Unit.WORKING_DAYS: 24 * 60,
}


def check_tasks(scope: Scope, flow: Flow) -> Iterator[Problem]:
    for step in flow.code:
        if isinstance(step, Consent) and flow.audience is not Role.REPORTER:
            message = "only the reporter can say who may know. Ask this in a flow with:  audience: reporter"
            yield problem(flow, step.place, "consent-audience", message)
        if isinstance(step, Do) and step.command is Verb.SHARE and flow.audience is not Role.OWNER:
            message = "share asks the reporter for whoever handles the case. Use it in a flow with:  audience: owner"
            yield problem(flow, step.place, "share-audience", message)
        if not isinstance(step, Task):
            continue
        if flow.audience is not Role.OWNER:
            message = "a task is for whoever handles the case. Use it in a flow with:  audience: owner"
            yield problem(flow, step.place, "task-audience", message)
        yield from _reminder(flow, step)
        if step.deadline is not None and scope.country is not None:
            yield from _deadline(scope, flow, step.deadline)


def _reminder(flow: Flow, task: Task) -> Iterator[Problem]:
    if task.remind is None or not task.due:
        return
    level, due = min(task.due, key=lambda entry: _minutes(entry[1]))
    if _minutes(task.remind) >= _minutes(due):
        which = "" if len(task.due) == 1 else f" ({level})"
        message = f"it is due after {due}{which}, so a reminder {task.remind} before is too early. Make it shorter."
        yield problem(flow, task.place, "remind-too-early", message)


def _minutes(duration: Duration) -> int:
    return duration.amount * _MINUTES[duration.unit]


def _deadline(scope: Scope, flow: Flow, name: Name) -> Iterator[Problem]:
    known = scope.country.deadlines if scope.country is not None else {}
    if name.word not in known:
        message = f'the country pack has no deadline "{name.word}".{meant(name.word, tuple(known))}'
        yield problem(flow, name.place, "unknown-deadline", message)
        return
    after = known[name.word].after
    names = {flow.name, *(read.word for read in flow.reads), *(call.word for call in called(flow))}
    near = [scope.flows[other] for other in names if other in scope.flows]
    if not any(means == after for other in near for means in other.meaning):
        message = f'"{name.word}" counts from the answer that means {after}. Add to that question:  means: {after}'
        yield problem(flow, name.place, "deadline-start", message)
