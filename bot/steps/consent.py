"""`consent`: who may know. Options are roles; whoever is accused is left out by itself.

Rule 1. A ticked role includes its deputy; the screen names both.
Rule 2. *Nobody* is always there, and is an answer like the others.
Rule 3. A role that stands for nobody who may be told is not offered.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, assert_never

from bot.core.answers import Answer, Many
from bot.core.messages import Asks, Choice, Fact, Message
from bot.core.people import HELD_ROLES, Role
from bot.core.texts import Text, escape
from bot.steps.base import (
    QUESTION_KEYS,
    Accept,
    BaseQuestion,
    Doubtful,
    Key,
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
from bot.steps.matching import NoMatch, Sure, Unsure, match_many
from bot.steps.names import role_persons
from bot.steps.notes import did_you_mean, listed
from bot.steps.reader import Reader
from bot.steps.scene import Scene
from bot.steps.wording import show_list

NOBODY, WITHOUT_NAME = "nobody", "without_name"
OPTIONS = (Role.MANAGER, *sorted(HELD_ROLES))


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent(BaseQuestion):
    VERB: ClassVar = "consent"
    KEYS: ClassVar = (
        Key("consent", Shape.TEXT, "The question."),
        Key("options", Shape.OPTIONS, "A role and its text, one line a role."),
        Key("without_name", Shape.TEXT, "The text of the option to stay without a name."),
        *QUESTION_KEYS,
    )

    options: tuple[tuple[Role, Text], ...]
    without_name: Text | None = None

    @classmethod
    def read(cls, reader: Reader) -> Consent | None:
        text, name = reader.text("consent"), reader.new_id("id", needed=True)
        options = tuple(_option(reader, word, label) for word, label in reader.labels("options"))
        if not reader.has("options"):
            reader.problem(reader.place, "missing-key", '"options:" is missing: which roles may be told?')
        for key in ("visible_to", "means"):
            if reader.has(key):
                reader.problem(reader.place, "key-of-other", f'a consent takes no "{key}:".')
        if text is None or name is None:
            return None
        return cls(
            place=reader.place,
            when=reader.condition("when"),
            source=reader.plain("source"),
            id=name.word,
            text=text,
            hint=reader.text("hint"),
            required=reader.flag("required"),
            options=tuple(option for option in options if option is not None),
            without_name=reader.text("without_name"),
        )

    def texts(self) -> tuple[Text, ...]:
        anonymous = (self.without_name,) if self.without_name else ()
        return (*BaseQuestion.texts(self), *(text for _, text in self.options), *anonymous)

    def shape(self) -> tuple[object, ...]:
        # the words of a consent are part of what was agreed to
        return (*BaseQuestion.shape(self), *(text.source for text in self.texts()), *(role for role, _ in self.options))

    def words(self) -> tuple[str, ...]:
        anonymous = (WITHOUT_NAME,) if self.without_name else ()
        return (*(role.value for role, _ in self.options), NOBODY, *anonymous)

    def choices(self, scene: Scene) -> tuple[Choice, ...]:
        offered = [Choice(role, scene.say(text)) for role, text in self.options if role_persons(role, scene)]
        nobody = Choice(NOBODY, scene.phrases.nobody)
        if self.without_name is None or not offered:
            return (*offered, nobody)
        return (*offered, nobody, Choice(WITHOUT_NAME, scene.say(self.without_name)))

    def enter(self, scene: Scene) -> Outcome:
        choices = self.choices(scene)
        alone = choices[0].id == NOBODY
        hint = scene.say(self.hint) if self.hint else scene.phrases.choose_several
        return Wait(
            Message(
                scene.say(self.text),
                asks=Asks.MANY,
                facts=self._names(scene),
                choices=choices,
                commands=scene.ways_out(skip=not self.required),
                token=scene.token(),
                hint=scene.phrases.nobody_left if alone else hint,
            )
        )

    def take(self, scene: Scene, put: Put) -> Taken:
        choices = self.choices(scene)
        match put:
            case Picked(options) if options:
                return self._answer(scene, options)
            case Typed(text):
                found, matched = match_many(text, choices)
                match matched:
                    case Sure():
                        return self._answer(scene, found)
                    case Unsure(doubtful):
                        return Doubtful(doubtful)
                    case NoMatch():
                        return Refuse(scene.phrases.no_match)
                    case _:
                        assert_never(matched)
            case _:
                return Refuse(scene.phrases.no_match)

    def _answer(self, scene: Scene, options: tuple[str, ...]) -> Taken:
        offered = [choice.id for choice in self.choices(scene)]
        roles = tuple(o for o in options if o not in (NOBODY, WITHOUT_NAME))
        # "nobody" and a name contradict each other; only "without my name" names no one to tell
        if not set(options) <= set(offered) or (NOBODY in options and roles) or options == (WITHOUT_NAME,):
            return Refuse(scene.phrases.no_match)
        ordered = tuple(o for o in offered if o in options)
        return Accept({self.id: Many(ordered)})

    def fits(self, answer: Answer, scene: Scene) -> bool:
        """Whether an answer from before still is one: everybody ticked is still offered."""
        offered = [choice.id for choice in self.choices(scene)]
        return isinstance(answer, Many) and bool(answer.options) and set(answer.options) <= set(offered)

    def _names(self, scene: Scene) -> tuple[Fact, ...]:
        facts = []
        for role, _ in self.options:
            persons = [escape(scene.person_name(p, "")) for p in role_persons(role, scene)]
            if persons:
                facts.append(Fact(scene.phrases.role_names[role], show_list(persons, scene.session.language)))
        return tuple(facts)


def _option(reader: Reader, word: Name, label: Text) -> tuple[Role, Text] | None:
    known = [role.value for role in OPTIONS]
    if word.word not in known:
        hint = did_you_mean(word.word, known) or f" The roles are: {listed(known)}."
        reader.problem(word.place, "unknown-role", f'"{word.word}" is no role that can be told.{hint}')
        return None
    return Role(word.word), label
