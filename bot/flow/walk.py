"""Goes forward through a flow: enters steps until one waits.

Rule 1. A talk goes forward; only a person's *back* or a change in a review goes back.
Rule 2. What was said or done once is not said or done again when the talk is replayed; a flow that is called from
        another place says it anew.
Rule 3. An answer from before a change is taken again where it still fits; the question that is changed is asked.
Rule 4. A case command ends the walk until it is decided: what follows may read what it changes.
"""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from bot.core.answers import Answer, Skipped, Words
from bot.core.case_commands import CaseCommand, OpenCase, WriteNote
from bot.core.effects import Effect, Send, SetTimer
from bot.core.expressions import could_hold
from bot.core.messages import Message
from bot.core.session import Frame, Given, Status, Task, TaskState
from bot.errors import Invariant
from bot.flow.answers import keep, may_be_taken_again, tell_case
from bot.flow.model import END, Flow
from bot.flow.talk import Talk
from bot.flow.turn import More
from bot.steps import Ask, Choose, Consent, Form, Step
from bot.steps import Task as TaskStep
from bot.steps.base import Act, Call, Finish, Go, Into, Sleep, Wait
from bot.steps.scene import Scene, slot_of

#: More steps in one turn than any flow has: a bound against our own mistakes.
MOST_STEPS = 5000
#: Between the places of a caller and of the flow that it calls, in the marks of what was said or done.
CALLED = ">"


def run(talk: Talk, force: str | None = None) -> None:
    """Enter steps until one waits, or a case command must be decided first.

    The question `force` is asked whatever was answered before.
    """
    for _ in range(MOST_STEPS):
        tell_case(talk)
        if any(isinstance(effect, CaseCommand) for effect in talk.effects):
            # what comes next may read what the command changes: an owner, a time, who is left out
            talk.more = More(force, any(isinstance(effect, OpenCase) for effect in talk.effects))
            return
        if not talk.session.stack:
            _finish(talk)
            return
        frame = talk.session.stack[-1]
        if frame.at == END:
            if _leaves_tasks(talk, frame.flow):
                _wait_for_tasks(talk)
                return
            talk.change(stack=talk.session.stack[:-1])
            continue
        flow = talk.flow(frame)
        step = flow.code[frame.at]
        key = f"{flow.name}.{flow.key_of(step, frame.at)}"
        if step.when is not None and not talk.scene(flow, key).holds(step.when):
            talk.go(flow.after[frame.at])
            continue
        if not _enter(talk, flow, step, key, frame, force):
            return
    raise Invariant(f"talk {talk.session.id} took more than {MOST_STEPS} steps in one turn")


def _enter(talk: Talk, flow: Flow, step: Step, key: str, frame: Frame, force: str | None) -> bool:
    """Enter one step; False where the talk waits."""
    if step.after_tasks() and talk.open_tasks():
        _wait_for_tasks(talk)
        return False
    if isinstance(step, TaskStep) and key in talk.session.tasks:
        return _task_again(talk, flow, key, frame)
    scene = talk.scene(flow, key)
    if isinstance(step, Ask | Choose | Consent | Form) and key != force and _take_again(talk, flow, step, key, scene):
        return True
    outcome = step.enter(scene)
    match outcome:
        case Go(effects):
            talk.go(flow.after[frame.at], done=_once(talk, flow, effects))
        case Into(block):
            talk.go(flow.first[frame.at, block])
        case Call(name):
            _call(talk, flow.after[frame.at], name)
        case Finish(effects):
            talk.change(done=_once(talk, flow, effects))
            _end(talk, flow.name)
        case Wait(message):
            _ask(talk, key, message)
            return False
        case Act(message, due, effects):
            _show_task(talk, key, message, Task(TaskState.OPEN, talk.facts.now, due), effects)
            return False
        case Sleep(until):
            talk.put(SetTimer(f"wait:{talk.session.id}:{key}", until))
            talk.change(asking=None, asleep=True, doubt=None)
            return False
        case _:
            assert_never(outcome)
    return True


def _call(talk: Talk, behind: int, name: str) -> None:
    called = talk.flows.get(name)
    talk.go(behind)
    stack = (*talk.session.stack, Frame(called.name, called.structure, 0))
    talk.change(stack=stack, structures={**talk.session.structures, called.name: called.structure})


def _leaves_tasks(talk: Talk, flow: str) -> bool:
    """Whether a flow would be left with tasks open, which nobody would chase any more. A `then:` may be left."""
    last = sum(frame.flow == flow for frame in talk.session.stack) == 1
    return last and any(key.startswith(f"{flow}.") for key in talk.open_tasks())


def _once(talk: Talk, flow: Flow, effects: tuple[Effect, ...]) -> frozenset[str]:
    """Do what a step does, unless it was done before; returns all that is done now."""
    stack = talk.session.stack
    mark = CALLED.join(f"{frame.flow}.{frame.at}" for frame in stack)
    if mark in talk.session.done:
        return talk.session.done
    for effect in effects:
        if isinstance(effect, WriteNote):
            note = Given(Words(effect.text), frozenset(flow.visible_to), talk.facts.now)
            talk.change(answers={**talk.session.answers, f"{flow.name}.note_{stack[-1].at}": note})
    talk.put(*effects)
    return talk.session.done | {mark}


def _end(talk: Talk, flow: str) -> None:
    """Leave a flow, from its tasks' `then:` too; whoever called it goes on."""
    stack = talk.session.stack
    while stack and stack[-1].flow == flow:
        stack = stack[:-1]
    talk.change(stack=stack)


def _finish(talk: Talk) -> None:
    talk.change(status=Status.ENDED, asking=None, asleep=False, doubt=None)


def _ask(talk: Talk, key: str, message: Message) -> None:
    place = len(talk.session.trail) + 1
    shown = replace(message, progress=(place, place + _left(talk)))
    talk.put(Send(talk.session.person, shown, slot_of(talk.session.id, key)))
    talk.change(asking=key, asleep=False, asked_at=talk.facts.now, doubt=None)


def _left(talk: Talk) -> int:
    """How many questions are still to come: those of the talk's own flow that stand in no block, and may be asked."""
    frame, *called = talk.session.stack
    if frame.at == END:
        return 0  # what it called last asks
    flow, first = talk.flow(frame), frame.at if called else frame.at + 1

    def answered(name: str) -> Answer | None:
        given = scene.answer(name)
        to_come = given is None and flow.step_of.get(name, -1) >= frame.at
        return Skipped() if to_come else given  # whose answer may still be anything

    scene = talk.scene(flow, flow.key_of(flow.code[frame.at], frame.at))
    ahead = (flow.code[number] for number in flow.main if number >= first)
    return sum(step.when is None or could_hold(step.when.condition, answered) for step in ahead)


def wake(talk: Talk) -> None:
    """A press ends a break, or a stop."""
    if talk.session.status in (Status.PAUSED, Status.STOPPED):
        talk.change(status=Status.LIVE)


def show(talk: Talk) -> None:
    """Show again where the talk stands; nothing in a break, after a stop, or behind the end."""
    key = talk.session.asking or ""
    if talk.session.status is not Status.LIVE:
        return
    task = talk.task(key)
    if task is not None:
        show_card(talk, key, *task)
    elif key:
        run(talk, force=key)
    elif talk.open_tasks():
        _name_tasks(talk)


def show_card(talk: Talk, key: str, flow: Flow, step: TaskStep) -> None:
    """Show a task again as it stands; its time goes on."""
    card = step.card(talk.scene(flow, key), talk.session.tasks[key].due)
    talk.put(Send(talk.session.person, card, slot_of(talk.session.id, key)))


def _take_again(talk: Talk, flow: Flow, step: Ask | Choose | Consent | Form, key: str, scene: Scene) -> bool:
    if isinstance(step, Form):
        fields = [f"{flow.name}.{field.id}" for field in step.fields]
        before_it = not step.holds_words(scene) and any(may_be_taken_again(talk, field) for field in fields)
        accepted = step.refit(scene) if before_it else None
        answers = accepted.answers if accepted is not None else None
    else:
        before = scene.before(step.id) if may_be_taken_again(talk, f"{flow.name}.{step.id}") else None
        fits = before is not None and (
            (isinstance(before.answer, Skipped) and not step.required) or step.fits(before.answer, scene)
        )
        answers = {step.id: before.answer} if before is not None and fits else None
    if answers is None:
        return False
    keep(talk, flow, key, answers)
    return True


def _show_task(talk: Talk, key: str, message: Message, task: Task, effects: tuple[Effect, ...]) -> None:
    talk.put(Send(talk.session.person, message, slot_of(talk.session.id, key)), *effects)
    tasks = {**talk.session.tasks, key: task}
    talk.change(tasks=tasks, asking=key, asleep=False, asked_at=talk.facts.now, doubt=None)


def _task_again(talk: Talk, flow: Flow, key: str, frame: Frame) -> bool:
    task = talk.session.tasks[key]
    if task.state is not TaskState.OPEN:
        talk.go(flow.after[frame.at])
        return True
    talk.change(asking=key, asleep=False)
    return False


def _wait_for_tasks(talk: Talk) -> None:
    if not talk.session.asleep:
        _name_tasks(talk)
    talk.change(asking=None, asleep=True, doubt=None)


def _name_tasks(talk: Talk) -> None:
    """Name the tasks that stand open; they keep their cards and buttons."""
    talk.tell(talk.phrases.tasks_open + "\n\n" + list_open(talk), slot="tasks")


def list_open(talk: Talk) -> str:
    """The tasks that stand open, as a list."""
    found = [(key, talk.task(key)) for key in talk.open_tasks()]
    return "\n".join(f"- {talk.scene(task[0], key).say(task[1].text)}" for key, task in found if task is not None)
