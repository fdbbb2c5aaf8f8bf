"""`choose`: one of some options, or with `many` several."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, assert_never

from bot.core.answers import Answer, Many, One
from bot.core.messages import Asks, Choice, Field, Input, Message
from bot.core.people import Role
from bot.core.texts import Text
from bot.steps.base import (
    QUESTION_KEYS,
    Accept,
    BaseQuestion,
    Doubtful,
    Key,
    Means,
    Name,
    Outcome,
    Picked,
    Put,
    Refuse,
    Shape,
    Taken,
    Typed,
    Wait,
)
from bot.steps.matching import NoMatch, Sure, Unsure, match, match_many
from bot.steps.reader import Reader
from bot.steps.scene import Scene

#: The option that stands for none of the others: with one of them it would contradict itself.
NONE = "none"
#: Slack's radio buttons and checkboxes hold ten; more would not be read on a phone either.
MOST_OPTIONS = 10
READERS = tuple(role for role in Role if role is not Role.MANAGER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choose(BaseQuestion):
    VERB: ClassVar = "choose"
    KEYS: ClassVar = (
        Key("choose", Shape.TEXT, "The question."),
        Key("options", Shape.OPTIONS, "A word and its text, one line an option. `none` goes with no other."),
        Key("many", Shape.FLAG, "true: several may be chosen."),
        *QUESTION_KEYS,
    )

    options: tuple[tuple[Name, Text], ...]
    many: bool = False

    @classmethod
    def read(cls, reader: Reader) -> Choose | None:
        text, name = reader.text("choose"), reader.new_id("id", needed=True)
        options = reader.labels("options")
        if not reader.has("options"):
            reader.problem(reader.place, "missing-key", '"options:" is missing: what can be chosen?')
        elif len(options) > MOST_OPTIONS:
            reader.problem(options[MOST_OPTIONS][0].place, "too-many-options", f"at most {MOST_OPTIONS} options fit.")
        if text is None or name is None:
            return None
        means = reader.one_of("means", tuple(Means))
        return cls(
            place=reader.place,
            when=reader.condition("when"),
            source=reader.plain("source"),
            id=name.word,
            text=text,
            hint=reader.text("hint"),
            required=reader.flag("required"),
            visible_to=reader.roles("visible_to", READERS),
            means=Means(means.word) if means else None,
            options=options,
            many=reader.flag("many"),
        )

    def texts(self) -> tuple[Text, ...]:
        return (*BaseQuestion.texts(self), *(text for _, text in self.options))

    def shape(self) -> tuple[object, ...]:
        return (*BaseQuestion.shape(self), tuple(name.word for name, _ in self.options), self.many)

    def words(self) -> tuple[str, ...]:
        return tuple(name.word for name, _ in self.options)

    def choices(self, scene: Scene) -> tuple[Choice, ...]:
        return tuple(Choice(name.word, scene.say(text), self.many and name.word == NONE) for name, text in self.options)

    def enter(self, scene: Scene) -> Outcome:
        hint = scene.say(self.hint) if self.hint else scene.phrases.choose_several if self.many else ""
        return Wait(
            Message(
                scene.say(self.text),
                asks=Asks.MANY if self.many else Asks.ONE,
                choices=self.choices(scene),
                commands=scene.ways_out(skip=not self.required),
                token=scene.token(),
                hint=hint,
                chosen=self.before(scene),
            )
        )

    def before(self, scene: Scene) -> tuple[str, ...]:
        """What was chosen before a change."""
        given = scene.before(self.id)
        match given.answer if given is not None else None:
            case One(option):
                return (option,)
            case Many(options):
                return options
            case _:
                return ()

    def take(self, scene: Scene, put: Put) -> Taken:
        match put:
            case Picked(options) if self._offered(options):
                return self._taken(scene, options)
            case Typed(text):
                return self._typed(scene, text)
            case _:
                return Refuse(scene.phrases.no_match)

    def _typed(self, scene: Scene, text: str) -> Taken:
        choices = self.choices(scene)
        found: tuple[str, ...] = ()
        if self.many:
            found, matched = match_many(text, choices)
        else:
            matched = match(text, choices)
        match matched:
            case Sure(option):
                return self._taken(scene, found or (option,))
            case Unsure(options):
                return Doubtful(options)
            case NoMatch():
                return Refuse(scene.phrases.no_match)
            case _:
                assert_never(matched)

    def _taken(self, scene: Scene, options: tuple[str, ...]) -> Taken:
        wrong = self._contradicts(scene, options)
        return Refuse(wrong) if wrong else Accept({self.id: self._answer(options)})

    def _contradicts(self, scene: Scene, options: tuple[str, ...]) -> str:
        alone = next((choice.label for choice in self.choices(scene) if choice.alone and choice.id in options), "")
        return scene.phrases.stands_alone.format(option=alone) if alone and len(options) > 1 else ""

    def _offered(self, options: tuple[str, ...]) -> bool:
        return set(options) <= set(self.words()) and (len(options) == 1 or (self.many and bool(options)))

    def _answer(self, options: tuple[str, ...]) -> Answer:
        ordered = tuple(word for word in self.words() if word in options)
        return Many(ordered) if self.many else One(ordered[0])

    def fits(self, answer: Answer, _scene: Scene) -> bool:
        """Whether an answer from before still is one."""
        match answer:
            case Many(options):
                return self.many and self._offered(options)
            case One(option):
                return not self.many and option in self.words()
            case _:
                return False

    # --- as a field of a form ---

    def field(self, scene: Scene) -> Field:
        return Field(
            self.id,
            scene.say(self.text),
            Input.MANY if self.many else Input.ONE,
            required=self.required,
            hint=scene.say(self.hint) if self.hint else "",
            options=self.choices(scene),
            initial=self.before(scene),
        )

    def from_field(self, scene: Scene, values: tuple[str, ...]) -> Answer | str:
        """The answer in a field's values, or what is to be mended."""
        if not self._offered(values):
            return scene.phrases.no_match
        return self._contradicts(scene, values) or self._answer(values)
