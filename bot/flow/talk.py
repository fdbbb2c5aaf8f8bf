"""Walks one talk: enters steps until one waits, takes answers, goes back. Mutable only inside one turn.

Rule 1. A talk goes forward through its flow; only a person's *back* or a change in a review goes back.
Rule 2. What was said or done once is not said or done again when the talk is replayed.
Rule 3. An answer from before a change is taken again where it still fits; the question that is changed is asked.
Rule 4. What people typed is never repeated into the chat.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.core.answers import Answer, Skipped, Words
from bot.core.effects import CaseCommand, Effect, Nothing, OpenCase, Reply, Send, SetTimer, Update, WriteNote
from bot.core.facts import Facts
from bot.core.ids import Token
from bot.core.languages import Phrases
from bot.core.languages import phrases as phrases_of
from bot.core.messages import Asks, Choice, Message
from bot.core.session import Doubt, Frame, Given, Session, Status, Task, TaskState, Visit
from bot.errors import Invariant
from bot.flow.meaning import learned
from bot.flow.model import END, Flow, Flows
from bot.flow.turn import More, Turn
from bot.steps import Ask, Choose, Consent, Do, Form, Question, Review, Step
from bot.steps import Task as TaskStep
from bot.steps.base import Accept, Act, Call, Doubtful, Finish, Go, Hold, Into, Put, Refuse, Rewind, Sleep, Typed, Wait
from bot.steps.do import Verb
from bot.steps.names import resolve, show_answer
from bot.steps.scene import Asked, Scene, slot_of

#: More steps in one turn than any flow has: a bound against our own mistakes.
MOST_STEPS = 5000
NONE_OF_THESE, WORD = "none_of_these", "word"


class Talk:
    """One turn of one session."""

    def __init__(self, flows: Flows, session: Session, facts: Facts) -> None:
        self.flows = flows
        self.session = session
        self.facts = facts
        self.effects: list[Effect] = []
        self.reply: Reply = Nothing()
        self.more: More | None = None

    @property
    def phrases(self) -> Phrases:
        return phrases_of(self.session.language)

    def turn(self) -> Turn:
        return Turn(
            replace(self.session, revision=self.session.revision + 1), tuple(self.effects), self.reply, self.more
        )

    # --- where the talk stands ---

    def flow(self, frame: Frame) -> Flow:
        return self.flows.get(frame.flow, frame.structure)

    def find(self, key: str) -> tuple[Flow, Step] | None:
        """The step of `flow.step`, in the structure that this talk is pinned to."""
        name, _, step = key.partition(".")
        structures = {f.flow: f.structure for v in self.session.trail for f in v.stack}
        structures |= {f.flow: f.structure for f in self.session.stack}
        if name not in structures:
            return None
        flow = self.flows.get(name, structures[name])
        found = flow.step(step)
        return (flow, found) if found is not None else None

    def asking(self) -> tuple[Flow, Question] | None:
        """The question that waits for this person."""
        found = self.find(self.session.asking) if self.session.asking is not None else None
        if found is None or not isinstance(found[1], Ask | Choose | Consent | Form | Review):
            return None
        return found[0], found[1]

    def scene(self, flow: Flow, key: str) -> Scene:
        language = self.session.language
        return Scene(
            session=self.session,
            facts=self.facts,
            phrases=self.phrases,
            flow=flow.name,
            step=key,
            translate=lambda text: flow.say(text, language),
            label=self._label,
            names=resolve,
            list_asked=self._asked,
        )

    def change(self, **changes: object) -> None:
        self.session = replace(self.session, **changes)  # type: ignore[arg-type]

    def put(self, *effects: Effect) -> None:
        self.effects.extend(effects)

    def tell(self, text: str, *choices: Choice, slot: str = "word") -> None:
        """A word of the bot's own, that waits for nothing."""
        token = Token(self.session.case, self.session.id, WORD, self.session.revision) if choices else None
        message = Message(text, commands=choices, token=token)
        number = f"{self.session.revision}-{len(self.effects)}"
        self.put(Send(self.session.person, message, slot_of(self.session.id, f"{slot}-{number}")))

    # --- going on ---

    def run(self, force: str | None = None) -> None:
        """Enter steps until one waits, or a case command must be decided first.

        The question `force` is asked whatever was answered before.
        """
        for _ in range(MOST_STEPS):
            if any(isinstance(effect, CaseCommand) for effect in self.effects):
                # what comes next may read what the command changes: an owner, a time, who is left out
                self.more = More(force, any(isinstance(effect, OpenCase) for effect in self.effects))
                return
            if not self.session.stack:
                self._finish()
                return
            frame = self.session.stack[-1]
            if frame.at == END:
                self._pop()
                continue
            flow = self.flow(frame)
            step = flow.code[frame.at]
            key = f"{flow.name}.{flow.key_of(step, frame.at)}"
            if step.when is not None and not self.scene(flow, key).holds(step.when):
                self._go(flow.after[frame.at])
                continue
            if not self._enter(flow, step, key, frame, force):
                return
        raise Invariant(f"talk {self.session.id} took more than {MOST_STEPS} steps in one turn")

    def _enter(self, flow: Flow, step: Step, key: str, frame: Frame, force: str | None) -> bool:
        """Enter one step; False where the talk waits."""
        if step.after_tasks() and self.open_tasks():
            self._wait_for_tasks()
            return False
        if isinstance(step, TaskStep) and key in self.session.tasks:
            return self._task_again(flow, key, frame)
        scene = self.scene(flow, key)
        if (
            isinstance(step, Ask | Choose | Consent | Form)
            and key != force
            and self._take_again(flow, step, key, scene)
        ):
            return True
        match step.enter(scene):
            case Go(effects):
                self._once(flow, frame, effects)
                self._go(flow.after[frame.at])
            case Into(block):
                self._go(flow.first[frame.at, block])
            case Call(name):
                self._call(flow.after[frame.at], name)
            case Finish(effects):
                self._once(flow, frame, effects)
                self.change(stack=())
            case Wait(message):
                self._ask(key, message)
                return False
            case Act(message, due, effects):
                self._show_task(key, message, Task(TaskState.OPEN, self.facts.now, due), effects)
                return False
            case Sleep(until):
                self.put(SetTimer(f"wait:{self.session.id}:{key}", until))
                self.change(asking=None, asleep=True, doubt=None)
                return False
        return True

    def _go(self, to: int) -> None:
        self.change(stack=(*self.session.stack[:-1], replace(self.session.stack[-1], at=to)))

    def _call(self, behind: int, name: str) -> None:
        called = self.flows.get(name)
        self._go(behind)
        self.change(stack=(*self.session.stack, Frame(called.name, called.structure, 0)))

    def _pop(self) -> None:
        self.change(stack=self.session.stack[:-1])

    def _once(self, flow: Flow, frame: Frame, effects: tuple[Effect, ...]) -> None:
        mark = f"{flow.name}.{frame.at}"
        if mark in self.session.done:
            return
        for effect in effects:
            if isinstance(effect, WriteNote):
                note = Given(Words(effect.text), frozenset(flow.visible_to), self.facts.now)
                self.change(answers={**self.session.answers, f"{flow.name}.note_{frame.at}": note})
        self.put(*effects)
        self.change(done=self.session.done | {mark})

    def _finish(self) -> None:
        self.change(status=Status.ENDED, asking=None, asleep=False, doubt=None)

    # --- questions ---

    def _ask(self, key: str, message: Message) -> None:
        trail = self.session.trail
        message = (
            replace(message, progress=(len(trail) + 1, self._length())) if message.asks is not Asks.NOTHING else message
        )
        self.put(Send(self.session.person, message, slot_of(self.session.id, key)))
        self.change(asking=key, asleep=False, asked_at=self.facts.now, doubt=None)

    def _length(self) -> int:
        """About how many questions the talk has: those of its own flow that stand in no block."""
        flow = self.flow(self.session.stack[0]) if self.session.stack else None
        count = sum(isinstance(s, Ask | Choose | Consent | Form) for s in flow.steps) if flow is not None else 0
        return max(count, len(self.session.trail) + 1)

    def show(self) -> None:
        """Show again where the talk stands."""
        if self.session.asking is not None and not self.session.asleep:
            self.run(force=self.session.asking)
        elif self.session.asleep and self.open_tasks():
            self._wait_for_tasks()

    def _take_again(self, flow: Flow, step: Ask | Choose | Consent | Form, key: str, scene: Scene) -> bool:
        if isinstance(step, Form):
            accepted = step.refit(scene) if any(self._kept(f"{flow.name}.{f.id}") for f in step.fields) else None
            answers = accepted.answers if accepted is not None else None
        else:
            before = scene.before(step.id) if self._kept(f"{flow.name}.{step.id}") else None
            fits = before is not None and (
                (isinstance(before.answer, Skipped) and not step.required) or step.fits(before.answer, scene)
            )
            answers = {step.id: before.answer} if before is not None and fits else None
        if answers is None:
            return False
        self._keep(flow, key, answers)
        self._go(flow.after[self.session.stack[-1].at])
        return True

    def _kept(self, question: str) -> bool:
        given = self.session.answers.get(question)
        return given is not None and given.kept

    def take(self, put: Put) -> None:
        """An answer to the question that waits."""
        found = self.asking()
        if found is None:
            return
        flow, step = found
        key = self.session.asking or ""
        scene = self.scene(flow, key)
        match step.take(scene, put):
            case Accept(answers):
                self.accept(flow, step, key, answers)
            case Rewind(question):
                self.rewind(question)
            case Doubtful(options):
                self._doubt(scene, step, options)
            case Hold(answers, text):
                self._hold(flow, answers)
                self.tell(text)
                self.run(force=key)
            case Refuse(text):
                self._refused(flow, step, scene, put, text)

    def accept(self, flow: Flow, step: Question, key: str, answers: Mapping[str, Answer]) -> None:
        """Keep answers, mark the question as answered, go on."""
        self._show_answered(flow, step, key, answers)
        self._keep(flow, key, answers)
        self.change(asking=None, doubt=None)
        self._go(flow.after[self.session.stack[-1].at])
        self.run()

    def _keep(self, flow: Flow, key: str, answers: Mapping[str, Answer]) -> None:
        session = self.session
        given = {
            f"{flow.name}.{name}": Given(answer, frozenset(flow.readers(name)), self.facts.now)
            for name, answer in answers.items()
        }
        trail = session.trail
        if answers:
            trail = (*trail, Visit(key, session.stack))
        before = learned(self.flows, session, self.facts.people)
        self.change(answers={**session.answers, **given}, trail=trail)
        after = learned(self.flows, self.session, self.facts.people)
        self.put(*(command for command in after if command not in before))

    def _hold(self, flow: Flow, answers: Mapping[str, Answer]) -> None:
        held = {
            f"{flow.name}.{name}": Given(answer, frozenset(flow.readers(name)), self.facts.now, kept=True)
            for name, answer in answers.items()
        }
        self.change(answers={**self.session.answers, **held})

    def _refused(self, flow: Flow, step: Question, scene: Scene, put: Put, text: str) -> None:
        if isinstance(step, Form) and isinstance(put, Typed):
            field = step.story(scene)
            if field is not None:
                # nothing that was typed is lost: it stands in the form when that is opened
                self._hold(flow, {field.id: Words(put.text)})
        self.tell(text)
        self.run(force=scene.step)

    def _doubt(self, scene: Scene, step: Question, options: tuple[str, ...]) -> None:
        said = self.phrases
        choices = tuple(Choice(option, self.option_label(scene, step, option)) for option in options)
        one = len(choices) == 1
        text = said.doubt.format(option=choices[0].label) if one else said.doubt_many
        shown = (
            (Choice(options[0], said.yes), Choice(NONE_OF_THESE, said.no))
            if one
            else (*choices, Choice(NONE_OF_THESE, said.no))
        )
        message = Message(text, asks=Asks.ONE, choices=shown, commands=scene.ways_out(skip=False), token=scene.token())
        self.put(Send(self.session.person, message, slot_of(self.session.id, f"{scene.step}-doubt")))
        self.change(doubt=Doubt(scene.step, options), asked_at=self.facts.now)

    def option_label(self, scene: Scene, step: Question, option: str) -> str:
        if isinstance(step, Ask):
            return step.option_label(scene, option)
        choices = step.choices(scene) if isinstance(step, Choose | Consent | Review) else ()
        return next((choice.label for choice in choices if choice.id == option), option)

    def _show_answered(self, flow: Flow, step: Question, key: str, answers: Mapping[str, Answer]) -> None:
        scene = self.scene(flow, key)
        chosen = [
            show_answer(f"{flow.name}.{name}", answer, scene, longest=80)
            for name, answer in answers.items()
            if not isinstance(answer, Words)
        ]
        mark = "✓ " + ", ".join(chosen) if chosen and not isinstance(step, Form) else "✓"
        message = Message(f"{scene.say(step.text)}\n\n{mark}")
        self.put(Update(self.session.person, message, slot_of(self.session.id, key)))

    # --- back ---

    def rewind(self, question: str) -> None:
        """Ask an answered question again; what was answered after it waits to be taken again."""
        trail = self.session.trail
        place = next((i for i, visit in enumerate(trail) if visit.question == question), None)
        if place is None:
            return
        undone = {name for visit in trail[place:] for name in self._answers_of(visit.question)}
        answers = {
            name: replace(given, kept=True) if name in undone else given for name, given in self.session.answers.items()
        }
        before = learned(self.flows, self.session, self.facts.people)
        self.change(answers=answers, stack=trail[place].stack, trail=trail[:place], asking=None, doubt=None)
        after = learned(self.flows, self.session, self.facts.people)
        self.put(*(command for command in after if command not in before))
        self.run(force=question)

    def choose_again(self) -> None:
        """A case could not be opened with these recipients: ask once more who may know."""
        opened = {f"{f.flow}.{n}" for f in self.session.stack for n, s in enumerate(self.flow(f).code) if _opens(s)}
        self.change(done=self.session.done - opened)
        for visit in reversed(self.session.trail):
            found = self.find(visit.question)
            if found is not None and isinstance(found[1], Consent):
                self.rewind(visit.question)
                return

    def _answers_of(self, key: str) -> tuple[str, ...]:
        found = self.find(key)
        if found is None:
            return ()
        flow, step = found
        if isinstance(step, Form):
            return tuple(f"{flow.name}.{field.id}" for field in step.fields)
        return (key,)

    def _asked(self, scene: Scene) -> tuple[Asked, ...]:
        asked: list[Asked] = []
        for visit in self.session.trail:
            found = self.find(visit.question)
            if found is None:
                continue
            flow, step = found
            here = self.scene(flow, visit.question)
            questions = (
                step.fields if isinstance(step, Form) else (step,) if isinstance(step, Ask | Choose | Consent) else ()
            )
            answers = tuple((f"{flow.name}.{q.id}", here.say(q.text)) for q in questions)
            if answers and isinstance(step, Form | Ask | Choose | Consent):
                asked.append(Asked(visit.question, here.say(step.text), answers))
        return tuple(asked)

    def _label(self, question: str, option: str) -> str | None:
        name, _, key = question.partition(".")
        found = self.find(question)
        flow = found[0] if found is not None else self.flows.current.get(name)
        asked = flow.questions.get(key) if flow is not None else None
        if flow is None or not isinstance(asked, Choose | Consent):
            return None
        text = next(
            (text for word, text in asked.options if (word if isinstance(word, str) else word.word) == option), None
        )
        if text is None and isinstance(asked, Consent) and option == "without_name":
            text = asked.without_name
        return self.scene(flow, question).say(text) if text is not None else None

    # --- tasks ---

    def open_tasks(self) -> tuple[str, ...]:
        """Tasks that were shown and are neither done nor marked."""
        return tuple(key for key, task in self.session.tasks.items() if not task.state.settled)

    def _show_task(self, key: str, message: Message, task: Task, effects: tuple[Effect, ...]) -> None:
        self.put(Send(self.session.person, message, slot_of(self.session.id, key)), *effects)
        tasks = {**self.session.tasks, key: task}
        self.change(tasks=tasks, asking=key, asleep=False, asked_at=self.facts.now, doubt=None)

    def _task_again(self, flow: Flow, key: str, frame: Frame) -> bool:
        task = self.session.tasks[key]
        if task.state is not TaskState.OPEN:
            self._go(flow.after[frame.at])
            return True
        self.change(asking=key, asleep=False)
        return False

    def _wait_for_tasks(self) -> None:
        """Name the tasks that stand open; they keep their cards and buttons."""
        names = []
        for key in self.open_tasks():
            found = self.find(key)
            if found is not None and isinstance(found[1], TaskStep):
                names.append(f"- {self.scene(found[0], key).say(found[1].text)}")
        if not self.session.asleep or self.session.asking is not None:
            self.tell(self.phrases.tasks_open + "\n\n" + "\n".join(names), slot="tasks")
        self.change(asking=None, asleep=True, doubt=None)


def _opens(step: Step) -> bool:
    return isinstance(step, Do) and step.command is Verb.OPEN_CASE
