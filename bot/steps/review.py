"""`review`: shows the answers, lets each be changed, then confirms.

Rule 1. Where nothing is sent yet, confirming sends, and the button says so.
Rule 2. One button leads to the list of what can be changed. Typed, a question is found without it; a number counts
        along what was shown.
Rule 3. The card stays in the chat until it is answered, so what was written in words is not quoted there: that it is
        written stands there, and a button shows it outside the chat.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, assert_never

from bot.core.answers import Answer, Words
from bot.core.events import Command
from bot.core.messages import Asks, Choice, Fact, Message
from bot.core.texts import Text
from bot.steps.base import (
    COMMON_KEYS,
    Accept,
    BaseStep,
    Doubtful,
    Key,
    Outcome,
    Picked,
    Put,
    Refuse,
    Rewind,
    Shape,
    Taken,
    Typed,
    Wait,
)
from bot.steps.matching import NoMatch, Sure, Unsure, match, plain
from bot.steps.names import LONGEST_QUOTE, show_answer
from bot.steps.reader import Reader
from bot.steps.scene import Scene

CONFIRM, CHANGE, WHICH = "confirm", "change:", "change"


@dataclass(frozen=True, slots=True, kw_only=True)
class Review(BaseStep):
    VERB: ClassVar = "review"
    KEYS: ClassVar = (Key("review", Shape.TEXT, "The question, as: Is this right?"), *COMMON_KEYS)

    text: Text

    @classmethod
    def read(cls, reader: Reader) -> Review | None:
        text = reader.text("review")
        if text is None:
            return None
        return cls(place=reader.place, when=reader.condition("when"), source=reader.plain("source"), text=text)

    @property
    def required(self) -> bool:
        return True

    def texts(self) -> tuple[Text, ...]:
        return (self.text,)

    def choices(self, scene: Scene) -> tuple[Choice, ...]:
        phrases = scene.phrases
        confirm = phrases.review.correct if scene.facts.view.opened else phrases.review.send
        return (Choice(CONFIRM, confirm), Choice(WHICH, phrases.review.change_some))

    def typed(self, scene: Scene) -> tuple[Choice, ...]:
        """What can be typed without going by the list."""
        said, (confirm, _) = scene.phrases.review.change, self.choices(scene)
        return (confirm, *(Choice(c.id, said.format(question=c.label)) for c in self.changes(scene)))

    def changes(self, scene: Scene) -> tuple[Choice, ...]:
        """The answers that can be changed, by their questions."""
        return tuple(Choice(CHANGE + asked.question, asked.label) for asked in scene.asked())

    def enter(self, scene: Scene) -> Outcome:
        given = [
            (question, label, answer)
            for asked in scene.asked()
            for question, label in asked.answers
            if (answer := scene.answer(question)) is not None
        ]
        written = any(isinstance(answer, Words) for _, _, answer in given)
        read = (Choice(Command.READ.value, scene.phrases.review.read),) if written else ()
        return Wait(
            Message(
                scene.say(self.text),
                asks=Asks.ONE,
                facts=tuple(Fact(label, self._shown(scene, question, answer)) for question, label, answer in given),
                choices=self.choices(scene),
                commands=(*read, *scene.ways_out(skip=False)),
                token=scene.token(),
            )
        )

    def _shown(self, scene: Scene, question: str, answer: Answer) -> str:
        if isinstance(answer, Words):
            return scene.phrases.review.written
        return show_answer(question, answer, scene, longest=LONGEST_QUOTE)

    def take(self, scene: Scene, put: Put) -> Taken:
        match put:
            case Picked((option,)):
                return self._picked(scene, option)
            case Typed(text) if plain(text) == plain(scene.phrases.yes):
                return Accept({})
            case Typed(text):
                shown = match(text, self.choices(scene))
                counts = isinstance(shown, Sure) or plain(text).isdecimal()
                matched = shown if counts else match(text, self.typed(scene))
                match matched:
                    case Sure(option):
                        return self._picked(scene, option)
                    case Unsure(options):
                        return Doubtful(options)
                    case NoMatch():
                        return Refuse(scene.phrases.no_match)
                    case _:
                        assert_never(matched)
            case _:
                return Refuse(scene.phrases.no_match)

    def _picked(self, scene: Scene, option: str) -> Taken:
        if option == CONFIRM:
            return Accept({})
        if option == WHICH:
            return Doubtful(tuple(c.id for c in self.changes(scene)), scene.phrases.review.which)
        question = option.removeprefix(CHANGE)
        if any(asked.question == question for asked in scene.asked()):
            return Rewind(question)
        return Refuse(scene.phrases.no_match)
