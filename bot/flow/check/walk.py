"""Walks every path of a flow at once: blocks one after the other, paths joined where they meet.

Rule 1. A step with `when:` may be passed over; what its condition rules out is ruled out on that side.
Rule 2. A called flow is walked where it is called; its `end` comes back to the caller.
Rule 3. A task's `then:` runs when the task is done, at any later time: what it asks stays pending.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.core.expressions import Condition
from bot.flow.check.branches import missing
from bot.flow.check.ids import begins
from bot.flow.check.scope import Known, Scope, by_full_name, called, lookup, started
from bot.flow.check.state import REVIEW, State, implied, join
from bot.flow.model import Flow
from bot.steps import Ask, Branch, Call, Choose, Consent, End, Form, If, Review, Say, Task
from bot.steps.base import BaseStep, Means
from bot.steps.branch import OTHERWISE
from bot.steps.fields import FormField


@dataclass(frozen=True, slots=True)
class Seen:
    """A step with what stands before it: `before` for its own `when:`, `entered` for all else."""

    flow: Flow
    step: BaseStep
    before: State
    entered: State


@dataclass(frozen=True, slots=True)
class Lost:
    """A step that nothing leads to, and the one before it, behind which every path has ended."""

    flow: Flow
    step: BaseStep
    behind: BaseStep


def roots(scope: Scope) -> tuple[Flow, ...]:
    """The flows that begin a talk; one that only others call is walked there."""
    flows = scope.flows.values()
    by_others = {name.word for flow in flows for name in called(flow)}
    later = {name.word for flow in flows for _, name in started(flow)}
    return tuple(flow for flow in flows if begins(flow) or flow.name in later or flow.name not in by_others)


class Walk:
    """One walk from the beginning of a flow."""

    def __init__(self, scope: Scope, root: Flow) -> None:
        self.scope = scope
        self.seen: list[Seen] = []
        self.lost: list[Lost] = []
        self._inside: list[Flow] = []
        self._ends: list[State | None] = []
        self._walked: dict[tuple[str, State], State | None] = {}
        self._flow(root, State())

    def _flow(self, flow: Flow, state: State) -> State | None:
        if (flow.name, state) not in self._walked:
            self._inside.append(flow)
            self._ends.append(None)
            out = self._block(flow.steps, state)
            self._walked[flow.name, state] = join(out, self._ends.pop())
            self._inside.pop()
        return self._walked[flow.name, state]

    @property
    def flow(self) -> Flow:
        return self._inside[-1]

    def _block(self, steps: Sequence[BaseStep], state: State) -> State | None:
        now: State | None = state
        for place, step in enumerate(steps):
            if now is None:
                self.lost.append(Lost(self.flow, step, steps[place - 1]))
                return None
            now = self._step(step, now)
        return now

    def _step(self, step: BaseStep, before: State) -> State | None:
        entered, passed = before, None
        if step.when is not None:
            entered = self._where(before, step.when.condition, held=True)
            passed = self._where(before, step.when.condition, held=False)
        if step.after_tasks():
            entered = entered.settled()
        self.seen.append(Seen(self.flow, step, before, entered))
        return join(self._behind(step, entered), passed)

    def _where(self, state: State, condition: Condition, *, held: bool) -> State:
        return state.sure_of(self._full(implied(condition, held=held)))

    def _full(self, names: Iterable[str]) -> frozenset[str]:
        return frozenset(name if "." in name else f"{self.flow.name}.{name}" for name in names)

    def _behind(self, step: BaseStep, state: State) -> State | None:
        match step:
            case Say():
                return replace(state, says=state.says + 1)
            case Ask() | Choose():
                return self._asked(state, (step,), frozenset({step.id}))
            case Consent():
                return replace(state.ask(self._full((step.id,))), risky=frozenset())
            case Form(fields=fields):
                return self._asked(state, fields, _always(fields))
            case Review():
                return state.ask(frozenset({REVIEW}))
            case Task():
                return self._task(state, step)
            case If(test=test):
                then = self._block(step.then, self._where(state, test.condition, held=True))
                return join(then, self._block(step.otherwise, self._where(state, test.condition, held=False)))
            case Branch():
                return self._branch(state, step)
            case Call():
                return self._call(state, step)
            case End():
                self._ends[-1] = join(self._ends[-1], state)
                return None
            case _:
                return state

    def _asked(self, state: State, fields: Sequence[FormField], always: frozenset[str]) -> State:
        surely, maybe = self._full(always), self._full(field.id for field in fields)
        accused = self._full(field.id for field in fields if field.means is Means.ACCUSED)
        consents = [name for name in state.asked if self._is_consent(name)]
        pairs = frozenset((consent, name) for consent in consents for name in accused)
        return replace(state.ask(surely, maybe), risky=state.risky | pairs)

    def _is_consent(self, name: str) -> bool:
        found = by_full_name(self.scope, name)
        return found is not None and isinstance(found.question, Consent)

    def _task(self, state: State, step: Task) -> State:
        state = replace(state, says=0)
        record = self._full(field.id for field in step.record)
        # each answer of the record is there when `then:` runs, or was passed over by its own condition
        inside = self._block(step.then, self._asked(state, step.record, _always(step.record))) or state
        later = record | (inside.asked - state.asked)
        return replace(state, asked=state.asked | later, pending=state.pending | later)

    def _branch(self, state: State, step: Branch) -> State | None:
        found = lookup(self.scope, self.flow, step.on.word)
        out: State | None = None
        for case in step.cases:
            words = {option.word for option in case.options}
            inside = state if OTHERWISE in words else state.sure_of(self._full((step.on.word,)))
            out = join(out, self._block(case.steps, inside))
        all_named = any(option.word == OTHERWISE for case in step.cases for option in case.options)
        if isinstance(found, Known) and found.full in state.surely and not missing(step, found):
            all_named = True
        # a question that was not asked has no case
        return out if all_named else join(out, state)

    def _call(self, state: State, step: Call) -> State | None:
        other = self.scope.flows.get(step.flow.word)
        if other is None or any(other.name == flow.name for flow in self._inside):
            return state
        return self._flow(other, state)


def _always(fields: Sequence[FormField]) -> frozenset[str]:
    return frozenset(field.id for field in fields if field.when is None)
