"""`wait`: until a time has passed; not before the tasks above it are done or marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.core.durations import Duration
from bot.core.worktime import add
from bot.steps.base import COMMON_KEYS, BaseStep, Key, Outcome, Shape, Sleep
from bot.steps.reader import Reader
from bot.steps.scene import Scene


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait(BaseStep):
    VERB: ClassVar = "wait"
    KEYS: ClassVar = (Key("wait", Shape.DURATION, "How long."), *COMMON_KEYS)

    duration: Duration

    @classmethod
    def read(cls, reader: Reader) -> Wait | None:
        duration = reader.duration("wait")
        if duration is None:
            return None
        return cls(place=reader.place, when=reader.condition("when"), source=reader.plain("source"), duration=duration)

    def after_tasks(self) -> bool:
        return True

    def shape(self) -> tuple[object, ...]:
        return (*BaseStep.shape(self), self.duration.amount, self.duration.unit)

    def enter(self, scene: Scene) -> Outcome:
        return Sleep(add(scene.facts.now, self.duration, scene.facts.site))
