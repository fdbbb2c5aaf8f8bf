"""What people do with tasks, and what time does: Done, Later, Ask for help, Not relevant; reminders and due times.

Rule 1. A task's buttons work as long as it stands open, wherever the talk has gone on to.
Rule 2. Overdue always goes up the ladder; a reminder never does.
Rule 3. Reminders that were missed for long collapse into one list.
Rule 4. While a required task is overdue, its owner is reminded kindly on each working day for a week, then once a
        week for two months: one message for all of them, in working hours.
Rule 5. A form that a button asks for is left by *back*: it goes, and the task stands again. It goes with the task, too.
Rule 6. A task's `then:` is no part of the way back: what lies before it would be gone through again without it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from bot.core.answers import Answer
from bot.core.case_commands import AskForHelp, Escalate, TaskDone, TaskDropped
from bot.core.durations import Duration, Unit
from bot.core.effects import CancelTimer, Delete, Effect, Send, SetTimer, Update
from bot.core.events import Command, TimerFired
from bot.core.ids import Slot
from bot.core.messages import Asks, Choice, Form, Message
from bot.core.replies import CloseForm, FormErrors, OpenForm
from bot.core.session import Frame, Given, TaskState
from bot.core.texts import clean, escape
from bot.core.worktime import add, next_open
from bot.flow.model import Flow
from bot.flow.talk import Talk
from bot.flow.walk import list_open, run, show, show_card, wake
from bot.steps import Task
from bot.steps.base import Refuse
from bot.steps.scene import Scene, slot_of
from bot.steps.task import DONE, NOT_RELEVANT, REASON

#: Missed by more than this, reminders are told together.
LATE = timedelta(minutes=15)

#: The timer and the slot of reminders of what is overdue: one for all of a talk's tasks. So often daily, then weekly.
CHASE, DAYS, MOST = "chase", 5, 13
DAILY, WEEKLY = Duration(1, Unit.WORKING_DAYS), Duration(5, Unit.WORKING_DAYS)

#: The form that asks why a task is not relevant; a task's other form is its record.
_REASON_FORM = "/reason"


def form_of(step: str) -> tuple[str, str]:
    """The task that a form's token names, and the button that opens this form."""
    key = step.removesuffix(_REASON_FORM)
    return key, DONE if key == step else NOT_RELEVANT


def hand_on(talk: Talk) -> None:
    """The cards of all open tasks for a new owner: their time begins anew."""
    found = [(key, talk.task(key)) for key in talk.open_tasks()]
    for key, flow, step in [(key, *task) for key, task in found if task is not None]:
        shown = step.enter(talk.scene(flow, key))
        talk.put(Send(talk.session.person, shown.message, slot_of(talk.session.id, key)), *shown.effects)
        task = replace(talk.session.tasks[key], state=TaskState.OPEN, shown=talk.facts.now, due=shown.due)
        talk.change(tasks={**talk.session.tasks, key: task})


def press(talk: Talk, key: str, option: str, *, opens: bool = False) -> None:
    """A button of a task's card; with `opens`, that of its form, which stands in the chat already."""
    found = talk.task(key)
    if found is None or talk.session.tasks[key].state.settled:
        talk.tell(talk.phrases.repeated)
        return
    flow, step = found
    scene = talk.scene(flow, key)
    match option:
        case "done" if step.asks_record(scene):
            _owe(talk, key, scene, step.record_form(scene), stands=opens)
        case "done":
            _settle(talk, key, flow, step, TaskState.DONE, {})
        case "later":
            _later(talk, key, scene)
        case "help":
            talk.put(AskForHelp(step.id))
            person = talk.facts.helper()
            said = talk.phrases.task_help_said if person is not None else talk.phrases.task_help_nobody
            ways = (Choice(c.value, talk.phrases.labels[c]) for c in (Command.HAND_OVER, Command.RECUSE))
            talk.tell(said.format(person=escape(scene.person_name(person, ""))), *ways)
        case "not_relevant" if step.required:
            talk.tell(talk.phrases.task_required)
        case "not_relevant":
            _owe(talk, key, scene, step.reason_form(talk.scene(flow, key + _REASON_FORM)), stands=opens)
        case _:
            talk.tell(talk.phrases.no_match)
            show(talk)


def _owe(talk: Talk, key: str, scene: Scene, form: Form, *, stands: bool) -> None:
    """Open a form, and let a button for it stand in the chat until it is submitted."""
    talk.reply = OpenForm(form)
    if stands:
        return
    ways_out = scene.commands(Command.BACK, Command.EMERGENCY)
    message = Message(form.title, asks=Asks.FORM, commands=ways_out, token=form.token, form=form)
    talk.put(Send(talk.session.person, message, _form_slot(talk, key)))


def _form_slot(talk: Talk, key: str) -> Slot:
    return slot_of(talk.session.id, f"{key}-form")


def leave(talk: Talk, step: str) -> bool:
    """*Back* from the form of a task's button; False where the token names no such form."""
    key, _ = form_of(step)
    task = talk.task(key)
    if task is None:
        return False
    wake(talk)
    if talk.session.tasks[key].state.settled:
        talk.tell(talk.phrases.repeated)
    else:
        talk.put(Delete(talk.session.person, _form_slot(talk, key)))
        show_card(talk, key, *task)
    return True


def _later(talk: Talk, key: str, scene: Scene) -> None:
    task = talk.session.tasks[key]
    if task.due is not None:
        talk.tell(talk.phrases.task_later_said.format(when=scene.moment(task.due)))
    else:
        talk.tell(talk.phrases.task_later_plain)
    talk.change(tasks={**talk.session.tasks, key: replace(task, state=TaskState.LATER)})
    if talk.session.asking == key:
        talk.change(asking=None)
        run(talk)


def submit(talk: Talk, key: str, button: str, values: Mapping[str, tuple[str, ...]]) -> None:
    """The form of a task's button: the record after Done, or the reason why it is not relevant."""
    found = talk.task(key)
    if found is None or talk.session.tasks[key].state.settled:
        talk.reply = CloseForm()
        talk.tell(talk.phrases.repeated)
        return
    flow, step = found
    scene = talk.scene(flow, key)
    if button == DONE:
        state, taken = TaskState.DONE, step.take_record(scene, values)
    else:
        state, taken = TaskState.NOT_RELEVANT, step.take_reason(scene, clean(" ".join(values.get(REASON, ()))))
    if isinstance(taken, Refuse):
        talk.reply = FormErrors(taken.errors)
        return
    talk.reply = CloseForm()
    wake(talk)
    _settle(talk, key, flow, step, state, taken.answers)


def _settle(talk: Talk, key: str, flow: Flow, step: Task, state: TaskState, answers: Mapping[str, Answer]) -> None:
    """A task is done or marked: its timers go, its card says so, its `then:` runs, the talk goes on."""
    session = talk.session
    readers = frozenset(flow.visible_to if step.visible_to is None else step.visible_to)
    given = {
        f"{flow.name}.{name}": Given(
            answer, frozenset(flow.readers(name)) if name in flow.questions else readers, talk.facts.now
        )
        for name, answer in answers.items()
    }
    task = replace(session.tasks[key], state=state)
    talk.change(tasks={**session.tasks, key: task}, answers={**session.answers, **given})
    done = state is TaskState.DONE
    said = talk.phrases.task_closed if done else talk.phrases.task_marked
    closed = Message(said.format(task=talk.scene(flow, key).say(step.text)))
    talk.put(Update(session.person, closed, slot_of(session.id, key)), *_cancelled(session.id, key))
    talk.put(Delete(session.person, _form_slot(talk, key)))  # the card says it
    talk.put(TaskDone(step.id) if done else TaskDropped(step.id))
    block = flow.first.get((flow.number[step.id], "then"))
    if done and block is not None:
        stack = (*talk.session.stack, Frame(flow.name, flow.structure, block))
        talk.change(stack=stack, trail=(), asking=None, asleep=False)
        run(talk)
    elif talk.session.asking in (key, None):
        talk.change(asking=None)
        run(talk)


def _cancelled(session: str, key: str) -> tuple[Effect, ...]:
    return tuple(CancelTimer(f"{kind}:{session}:{key}") for kind in ("remind", "due", "deadline"))


def fire(talk: Talk, kind: str, key: str, event: TimerFired) -> None:
    """A task's timer: a reminder before it is due, its due time, or a reminder of what is overdue."""
    if kind == CHASE:
        _chase(talk)
        return
    found = talk.task(key)
    if found is None or talk.session.tasks[key].state.settled:
        return
    flow, step = found
    scene = talk.scene(flow, key)
    name = scene.say(step.text)
    session = talk.session
    slot = slot_of(session.id, f"{key}-{kind}")
    due = session.tasks[key].due
    if kind == "due":
        text = talk.phrases.overdue.format(task=name)
        talk.put(Send(session.person, Message(text), slot))
        if step.required:
            talk.change(chased=0)
            _chase_later(talk)
        talk.put(Escalate("overdue", step.id))
    elif event.at - event.due > LATE:
        _collapse(talk)
    else:
        ends = step.deadline_at(scene) if kind == "deadline" else due
        if ends is not None:  # of a deadline it may not be known any more
            text = talk.phrases.reminder.format(task=name, due=scene.moment(ends))
            talk.put(Send(session.person, Message(text), slot))


def _chase(talk: Talk) -> None:
    """What is overdue, told once more to whoever has it, with a way to let somebody else do it."""
    now = talk.facts.now
    names = []
    for key in talk.open_tasks():
        found, due = talk.task(key), talk.session.tasks[key].due
        if found is not None and found[1].required and due is not None and due <= now:
            names.append(f"- {talk.scene(found[0], key).say(found[1].text)}")
    if not names:
        return
    said, view = talk.phrases, talk.facts.view
    who = talk.facts.people.get(view.reporter)
    employee = escape(who.name) if who is not None else said.an_employee
    text = said.chase.format(who=employee, reference=escape(view.reference), tasks="\n".join(names))
    talk.change(chased=talk.session.chased + 1)
    talk.tell(text, Choice(Command.HAND_OVER.value, said.labels[Command.HAND_OVER]), slot=CHASE)
    _chase_later(talk)


def _chase_later(talk: Talk) -> None:
    if talk.session.chased >= MOST:
        return
    wait = DAILY if talk.session.chased < DAYS else WEEKLY
    at = next_open(add(talk.facts.now, wait, talk.facts.site), talk.facts.site)
    talk.put(SetTimer(f"{CHASE}:{talk.session.id}", at))


def _collapse(talk: Talk) -> None:
    """One message for all that was missed; the reminders behind it are not told again."""
    talk.put(*(CancelTimer(f"remind:{talk.session.id}:{key}") for key in talk.open_tasks()))
    text = talk.phrases.reminder_many + "\n\n" + list_open(talk)
    talk.put(Send(talk.session.person, Message(text), slot_of(talk.session.id, "reminders")))
