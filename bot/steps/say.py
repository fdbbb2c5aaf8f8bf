"""`say`: shows a text and goes on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.core.effects import Send
from bot.core.messages import Message
from bot.core.texts import Text
from bot.steps.base import COMMON_KEYS, BaseStep, Go, Key, Outcome, Shape
from bot.steps.reader import Reader
from bot.steps.scene import Scene


@dataclass(frozen=True, slots=True, kw_only=True)
class Say(BaseStep):
    VERB: ClassVar = "say"
    KEYS: ClassVar = (Key("say", Shape.TEXT, "The text to show."), *COMMON_KEYS)

    text: Text

    @classmethod
    def read(cls, reader: Reader) -> Say | None:
        text = reader.text("say")
        if text is None:
            return None
        return cls(place=reader.place, when=reader.condition("when"), source=reader.plain("source"), text=text)

    def texts(self) -> tuple[Text, ...]:
        return (self.text,)

    def enter(self, scene: Scene) -> Outcome:
        return Go((Send(scene.session.person, Message(scene.say(self.text)), scene.slot()),))
