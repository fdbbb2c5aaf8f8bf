"""`end`: ends the flow, with a last text; not before the tasks above it are done or marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.core.effects import Send
from bot.core.messages import Message
from bot.core.texts import Text
from bot.steps.base import COMMON_KEYS, BaseStep, Finish, Key, Outcome, Shape
from bot.steps.reader import Reader
from bot.steps.scene import Scene


@dataclass(frozen=True, slots=True, kw_only=True)
class End(BaseStep):
    VERB: ClassVar = "end"
    KEYS: ClassVar = (Key("end", Shape.TEXT, "The last text."), *COMMON_KEYS)

    text: Text

    @classmethod
    def read(cls, reader: Reader) -> End | None:
        text = reader.text("end")
        if text is None:
            return None
        return cls(place=reader.place, when=reader.condition("when"), source=reader.plain("source"), text=text)

    def after_tasks(self) -> bool:
        return True

    def texts(self) -> tuple[Text, ...]:
        return (self.text,)

    def enter(self, scene: Scene) -> Outcome:
        return Finish((Send(scene.session.person, Message(scene.say(self.text)), scene.slot()),))
