"""`call`: runs another flow and comes back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.steps.base import COMMON_KEYS, BaseStep, Key, Name, Outcome, Shape
from bot.steps.base import Call as CallFlow
from bot.steps.reader import Reader
from bot.steps.scene import Scene


@dataclass(frozen=True, slots=True, kw_only=True)
class Call(BaseStep):
    VERB: ClassVar = "call"
    KEYS: ClassVar = (Key("call", Shape.WORD, "The flow to run."), *COMMON_KEYS)

    flow: Name

    @classmethod
    def read(cls, reader: Reader) -> Call | None:
        flow = reader.name("call")
        if flow is None:
            return None
        return cls(place=reader.place, when=reader.condition("when"), source=reader.plain("source"), flow=flow)

    def shape(self) -> tuple[object, ...]:
        return (*BaseStep.shape(self), self.flow.word)

    def enter(self, scene: Scene) -> Outcome:
        return CallFlow(self.flow.word)
