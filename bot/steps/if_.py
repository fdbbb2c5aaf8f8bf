"""`if`: one block when a condition holds, another one when it does not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.steps.base import COMMON_KEYS, BaseStep, Go, Into, Key, Outcome, Shape, When
from bot.steps.reader import Reader
from bot.steps.scene import Scene


@dataclass(frozen=True, slots=True, kw_only=True)
class If(BaseStep):
    VERB: ClassVar = "if"
    KEYS: ClassVar = (
        Key("if", Shape.CONDITION, "The condition."),
        Key("then", Shape.STEPS, "Steps when it holds."),
        Key("else", Shape.STEPS, "Steps when it does not."),
        *COMMON_KEYS,
    )

    test: When
    then: tuple[BaseStep, ...]
    otherwise: tuple[BaseStep, ...] = ()

    @classmethod
    def read(cls, reader: Reader) -> If | None:
        test = reader.condition("if")
        then = reader.steps("then")
        otherwise = reader.steps("else")
        if not reader.has("then"):
            reader.problem(reader.place, "missing-key", '"then:" is missing: what happens when this holds?')
        if test is None:
            return None
        when, source = reader.condition("when"), reader.plain("source")
        return cls(place=reader.place, when=when, source=source, test=test, then=then, otherwise=otherwise)

    def blocks(self) -> tuple[tuple[str, tuple[BaseStep, ...]], ...]:
        return (("then", self.then), ("else", self.otherwise))

    def conditions(self) -> tuple[When, ...]:
        return (*BaseStep.conditions(self), self.test)

    def shape(self) -> tuple[object, ...]:
        return (*BaseStep.shape(self), self.test.source)

    def enter(self, scene: Scene) -> Outcome:
        if scene.holds(self.test):
            return Into("then")
        return Into("else") if self.otherwise else Go()
