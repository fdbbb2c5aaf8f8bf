"""`form`: several questions in one modal or dialog, so that sensitive text never rests in the chat's history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.core.answers import Answer, Skipped
from bot.core.messages import Asks, Message
from bot.core.messages import Form as Dialog
from bot.core.texts import Text
from bot.steps.ask import Ask
from bot.steps.base import (
    COMMON_KEYS,
    Accept,
    BaseStep,
    Filled,
    Go,
    Key,
    Outcome,
    Put,
    Refuse,
    Shape,
    Taken,
    Typed,
    Wait,
    When,
)
from bot.steps.fields import FormField, form_fields, read_fields, shown, take_fields
from bot.steps.reader import Reader
from bot.steps.scene import Scene
from bot.steps.values import Type


@dataclass(frozen=True, slots=True, kw_only=True)
class Form(BaseStep):
    VERB: ClassVar = "form"
    KEYS: ClassVar = (
        Key("form", Shape.TEXT, "The title."),
        Key("id", Shape.WORD, "The name of the form."),
        Key("hint", Shape.TEXT, "A short help above the button that opens it."),
        Key("fields", Shape.FIELDS, "The questions: ask and choose."),
        Key("button", Shape.TEXT, "What sends the form, as: Close the case. Without it: Save."),
        *COMMON_KEYS,
    )

    id: str
    text: Text
    hint: Text | None = None
    fields: tuple[FormField, ...]
    button: Text | None = None

    @classmethod
    def read(cls, reader: Reader) -> Form | None:
        text, name = reader.text("form"), reader.new_id("id", needed=True)
        fields = read_fields(reader, "fields")
        if not reader.has("fields"):
            reader.problem(reader.place, "missing-key", '"fields:" is missing: which questions are in the form?')
        if text is None or name is None:
            return None
        return cls(
            place=reader.place,
            when=reader.condition("when"),
            source=reader.plain("source"),
            id=name.word,
            text=text,
            hint=reader.text("hint"),
            fields=fields,
            button=reader.text("button"),
        )

    @property
    def required(self) -> bool:
        return any(field.required for field in self.fields)

    def texts(self) -> tuple[Text, ...]:
        own = (self.text, *((self.hint,) if self.hint else ()))
        asked = (text for field in self.fields for text in field.texts())
        return (*own, *asked, *((self.button,) if self.button else ()))

    def conditions(self) -> tuple[When, ...]:
        return (*BaseStep.conditions(self), *(field.when for field in self.fields if field.when))

    def shape(self) -> tuple[object, ...]:
        return (*BaseStep.shape(self), self.id, tuple(field.shape() for field in self.fields))

    def enter(self, scene: Scene) -> Outcome:
        fields = form_fields(self.fields, scene)
        if not fields:
            return Go()  # none of its questions is to be asked
        token, title = scene.token(), scene.say(self.text)
        sends = scene.say(self.button) if self.button else scene.phrases.send
        return Wait(
            Message(
                title,
                asks=Asks.FORM,
                commands=scene.ways_out(skip=not self.required),
                token=token,
                form=Dialog(token, title, fields, sends),
                hint=scene.say(self.hint) if self.hint else "",
            )
        )

    def take(self, scene: Scene, put: Put) -> Taken:
        match put:
            case Filled(values):
                return take_fields(self.fields, scene, values)
            case Typed():
                return Refuse(scene.phrases.moved_into_form)
            case _:
                return Refuse(scene.phrases.words_wanted)

    def story(self, scene: Scene) -> Ask | None:
        """The field that typed words belong to: the first that takes a paragraph, else a text."""
        asks = [field for field in shown(self.fields, scene) if isinstance(field, Ask)]
        found = (ask for wanted in (Type.PARAGRAPH, Type.TEXT) for ask in asks if ask.type is wanted)
        return next(found, None)

    def holds_words(self, scene: Scene) -> bool:
        """Whether something was typed for it that was never saved."""
        before = (scene.before(field.id) for field in shown(self.fields, scene))
        return any(given is not None and given.held for given in before)

    def refit(self, scene: Scene) -> Accept | None:
        """The answers from before, if each field shown has one that still fits."""
        answers: dict[str, Answer] = {}
        for field in shown(self.fields, scene):
            before = scene.before(field.id)
            if before is None or not (isinstance(before.answer, Skipped) or field.fits(before.answer, scene)):
                return None
            answers[field.id] = before.answer
        return Accept(answers) if answers else None
