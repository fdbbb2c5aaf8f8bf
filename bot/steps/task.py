"""`task`: one prompt to act, for whoever handles the case: Done · Later · Ask for help · Not relevant.

Rule 1. Tasks stand open side by side; *Later* goes on to the next.
Rule 2. `due` counts from when the task is shown; overdue always goes up the ladder.
Rule 3. `record` is asked when Done is pressed; `then` runs after that.
Rule 4. A required task cannot be "Not relevant"; for the others that asks why.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from bot.core.answers import Words
from bot.core.durations import Duration
from bot.core.effects import Effect, SetTimer
from bot.core.events import Command
from bot.core.levels import Level
from bot.core.messages import Asks, Choice, Fact, Field, FieldError, Input, Message
from bot.core.messages import Form as Dialog
from bot.core.people import Role
from bot.core.texts import Text, escape
from bot.core.worktime import add, before
from bot.steps import nodes
from bot.steps.base import (
    COMMON_KEYS,
    Accept,
    Act,
    BaseStep,
    Key,
    Name,
    Refuse,
    Shape,
    When,
)
from bot.steps.choose import READERS
from bot.steps.fields import FormField, form_fields, read_fields, shown, take_fields
from bot.steps.names import by_language
from bot.steps.notes import place_of
from bot.steps.reader import Reader
from bot.steps.scene import Scene

DONE, LATER, HELP, NOT_RELEVANT = "done", "later", "help", "not_relevant"
REASON = "reason"
OTHERWISE = "otherwise"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task(BaseStep):
    VERB: ClassVar = "task"
    KEYS: ClassVar = (
        Key("task", Shape.TEXT, "What is to be done."),
        Key("id", Shape.WORD, "The name of the task."),
        Key("required", Shape.FLAG, "true: it cannot be marked as not relevant."),
        Key("why", Shape.TEXT, "Why it helps."),
        Key("how", Shape.TEXTS, "How to do it."),
        Key("say_this", Shape.TEXTS, "Words that help."),
        Key("avoid", Shape.TEXTS, "Words and acts that do harm."),
        Key("due", Shape.DUE, "By when, for every level or by level; counts from when the task is shown."),
        Key("remind", Shape.BEFORE, "When to remind, as: 30 min before."),
        Key("deadline", Shape.WORD, "A deadline of the country pack."),
        Key("record", Shape.FIELDS, "Questions asked when Done is pressed."),
        Key("then", Shape.STEPS, "Steps after Done."),
        Key("visible_to", Shape.ROLES, "Who may read the record, at most."),
        *COMMON_KEYS,
    )

    id: str
    text: Text
    required: bool = False
    why: Text | None = None
    how: tuple[Text, ...] = ()
    say_this: tuple[Text, ...] = ()
    avoid: tuple[Text, ...] = ()
    due: tuple[tuple[str, Duration], ...] = ()
    remind: Duration | None = None
    deadline: Name | None = None
    record: tuple[FormField, ...] = ()
    then: tuple[BaseStep, ...] = ()
    visible_to: tuple[Role, ...] | None = None

    @classmethod
    def read(cls, reader: Reader) -> Task | None:
        text, name = reader.text("task"), reader.new_id("id", needed=True)
        due, record, then = _read_due(reader), read_fields(reader, "record"), reader.steps("then")
        remind = reader.duration("remind", before=True)
        if reader.has("remind") and not reader.has("due"):
            reader.problem(reader.place, "remind-without-due", '"remind:" needs a "due:" to count from.')
        if text is None or name is None:
            return None
        return cls(
            place=reader.place,
            when=reader.condition("when"),
            source=reader.plain("source"),
            id=name.word,
            text=text,
            required=reader.flag("required"),
            why=reader.text("why"),
            how=reader.texts("how"),
            say_this=reader.texts("say_this"),
            avoid=reader.texts("avoid"),
            due=due,
            remind=remind,
            deadline=reader.name("deadline"),
            record=record,
            then=then,
            visible_to=reader.roles("visible_to", READERS),
        )

    def blocks(self) -> tuple[tuple[str, tuple[BaseStep, ...]], ...]:
        return (("then", self.then),)

    def texts(self) -> tuple[Text, ...]:
        why = (self.why,) if self.why else ()
        record = (text for field in self.record for text in field.texts())
        return (self.text, *why, *self.how, *self.say_this, *self.avoid, *record)

    def conditions(self) -> tuple[When, ...]:
        return (*BaseStep.conditions(self), *(field.when for field in self.record if field.when))

    def shape(self) -> tuple[object, ...]:
        due = tuple((level, d.amount, d.unit) for level, d in self.due)
        deadline = self.deadline.word if self.deadline else None
        record = tuple(field.shape() for field in self.record)
        return (*BaseStep.shape(self), self.id, self.required, due, deadline, record, self.visible_to)

    # --- shown ---

    def enter(self, scene: Scene) -> Act:
        due = self.due_at(scene)
        return Act(self.card(scene, due), due, tuple(self._timers(scene, due)))

    def due_at(self, scene: Scene) -> datetime | None:
        """When it is due if shown now, UTC: by its level, by the site's calendar."""
        by_level = dict(self.due)
        duration = by_level.get(scene.facts.view.level.value, by_level.get(OTHERWISE))
        return add(scene.facts.now, duration, scene.facts.site) if duration is not None else None

    def card(self, scene: Scene, due: datetime | None) -> Message:
        phrases = scene.phrases
        sections = [f"**{scene.say(self.text)}**"]
        if self.why:
            sections.append(scene.say(self.why))
        for title, texts in (
            (phrases.task_how, self.how),
            (phrases.task_say, self.say_this),
            (phrases.task_avoid, self.avoid),
        ):
            if texts:
                sections.append(f"*{title}*\n\n" + "\n".join(f"- {scene.say(text)}" for text in texts))
        facts = [Fact(phrases.task_due, escape(scene.moment(due)))] if due else []
        facts.extend(self._deadline(scene))
        choices = [
            Choice(DONE, phrases.task_done),
            Choice(LATER, phrases.task_later),
            Choice(HELP, phrases.task_help),
        ]
        if not self.required:
            choices.append(Choice(NOT_RELEVANT, phrases.task_not_relevant))
        return Message(
            "\n\n".join(sections),
            asks=Asks.ONE,
            facts=tuple(facts),
            choices=tuple(choices),
            commands=scene.commands(Command.READ, Command.EMERGENCY) if scene.facts.shared else (),
            token=scene.token(),
        )

    def _deadline(self, scene: Scene) -> list[Fact]:
        found = scene.facts.country.deadlines.get(self.deadline.word) if self.deadline else None
        if found is None:
            return []
        text = by_language(found.text, scene.session.language)
        ends = self.deadline_at(scene)
        until = f" ({escape(scene.moment(ends))})" if ends is not None else ""
        return [Fact(scene.phrases.task_deadline, text + until)]

    def deadline_at(self, scene: Scene) -> datetime | None:
        """When the country pack's deadline ends, if the answer it counts from is known."""
        found = scene.facts.country.deadlines.get(self.deadline.word) if self.deadline else None
        start = scene.facts.dated.get(found.after) if found is not None else None
        return add(start, found.within, scene.facts.site) if found is not None and start is not None else None

    def _timers(self, scene: Scene, due: datetime | None) -> list[Effect]:
        key = f"{scene.session.id}:{scene.step}"
        timers: list[Effect] = []
        if due is not None:
            timers.append(SetTimer(f"due:{key}", due))
            if self.remind is not None:
                earlier = before(due, self.remind, scene.facts.site)
                if earlier > scene.facts.now:
                    timers.append(SetTimer(f"remind:{key}", earlier))
        ends = self.deadline_at(scene)
        if ends is not None and ends - timedelta(days=1) > scene.facts.now:
            timers.append(SetTimer(f"deadline:{key}", ends - timedelta(days=1)))
        return timers

    # --- answered ---

    def choices(self, scene: Scene) -> tuple[Choice, ...]:
        return self.card(scene, None).choices

    def asks_record(self, scene: Scene) -> bool:
        return bool(shown(self.record, scene))

    def record_form(self, scene: Scene) -> Dialog:
        fields = form_fields(self.record, scene)
        return Dialog(scene.token(), scene.say(self.text), fields, scene.phrases.send)

    def take_record(self, scene: Scene, values: Mapping[str, tuple[str, ...]]) -> Accept | Refuse:
        return take_fields(self.record, scene, values)

    def reason_form(self, scene: Scene) -> Dialog:
        """Why a task is not relevant: asked, so that a later reader understands."""
        field = Field(REASON, scene.phrases.task_reason_ask, Input.PARAGRAPH, required=True)
        return Dialog(scene.token(), scene.phrases.task_reason, (field,), scene.phrases.send)

    def take_reason(self, scene: Scene, reason: str) -> Accept | Refuse:
        if reason and not self.required:
            return Accept({f"{self.id}_{REASON}": Words(reason)})
        text = scene.phrases.task_required if self.required else scene.phrases.required_field
        return Refuse(text, (FieldError(REASON, text),))


def _read_due(reader: Reader) -> tuple[tuple[str, Duration], ...]:
    value = reader.node.get("due")
    if value is None:
        return ()
    if isinstance(value, nodes.Scalar):
        duration = reader.as_duration(value)
        return ((OTHERWISE, duration),) if duration is not None else ()
    if isinstance(value, nodes.Sequence):
        reader.problem(place_of(value), "due", '"due:" takes one time, or one line a level.')
        return ()
    known = (*(level.value for level in Level), OTHERWISE)
    found: list[tuple[str, Duration]] = []
    for level, written in reader.lines(value, known, "level", "time", "Write one of"):
        duration = reader.as_duration(written)
        if duration is not None:
            found.append((level.word, duration))
    levels = {level for level, _ in found}
    if found and OTHERWISE not in levels and not {level.value for level in Level} <= levels:
        reader.problem(place_of(value), "due", 'what holds for the other levels? Add "otherwise:".')
    return tuple(found)
