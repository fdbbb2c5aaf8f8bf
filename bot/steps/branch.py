"""`branch`: one block for each option of a question, and for skipping it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.core.answers import Skipped
from bot.steps import nodes
from bot.steps.base import COMMON_KEYS, BaseStep, Go, Into, Key, Name, Outcome, Shape
from bot.steps.notes import place_of
from bot.steps.reader import Reader
from bot.steps.scene import Scene, options_of

SKIPPED, OTHERWISE, NOTHING = "skipped", "otherwise", "nothing"


@dataclass(frozen=True, slots=True)
class BranchCase:
    """What happens for these options; an empty body is `nothing`."""

    options: tuple[Name, ...]
    steps: tuple[BaseStep, ...]

    @property
    def name(self) -> str:
        return ", ".join(option.word for option in self.options)


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch(BaseStep):
    VERB: ClassVar = "branch"
    KEYS: ClassVar = (
        Key("branch", Shape.WORD, "The question."),
        Key("cases", Shape.CASES, "A block for each option; skipped: and otherwise: too."),
        *COMMON_KEYS,
    )

    on: Name
    cases: tuple[BranchCase, ...]

    @classmethod
    def read(cls, reader: Reader) -> Branch | None:
        on = reader.scalar("branch")
        cases = tuple(_cases(reader))
        if on is None:
            return None
        when, source = reader.condition("when"), reader.plain("source")
        return cls(place=reader.place, when=when, source=source, on=Name(on.text, place_of(on)), cases=cases)

    def blocks(self) -> tuple[tuple[str, tuple[BaseStep, ...]], ...]:
        return tuple((case.name, case.steps) for case in self.cases)

    def shape(self) -> tuple[object, ...]:
        return (*BaseStep.shape(self), self.on.word)

    def enter(self, scene: Scene) -> Outcome:
        answer = scene.answer(self.on.word)
        words = options_of(answer) or ((SKIPPED,) if isinstance(answer, Skipped) else ())
        case = self._case_for(words) or self._case_for((OTHERWISE,))
        return Into(case.name) if case is not None and case.steps else Go()

    def _case_for(self, words: tuple[str, ...]) -> BranchCase | None:
        return next((case for case in self.cases if any(option.word in words for option in case.options)), None)


def _cases(reader: Reader) -> list[BranchCase]:
    value = reader.node.get("cases")
    if not isinstance(value, nodes.Mapping):
        place = reader.place if value is None else place_of(value)
        reader.problem(place, "missing-key", '"cases:" takes one line an option, with the steps below it.')
        return []
    found: list[BranchCase] = []
    for entry in value.entries:
        column = entry.key.column
        options: list[Name] = []
        for part in entry.key.text.split(","):
            word = part.strip()
            at = column + entry.key.text.index(part) + (len(part) - len(part.lstrip()))
            name = reader.as_name(nodes.Scalar(word or " ", entry.key.line, at), "an option")
            if name is not None:
                options.append(name)
        body = entry.value
        if isinstance(body, nodes.Scalar):
            if body.text != NOTHING and not body.missing:
                reader.problem(place_of(body), "case-body", f'a case takes steps, or the word "{NOTHING}".')
            found.append(BranchCase(tuple(options), ()))
        else:
            found.append(BranchCase(tuple(options), reader.as_steps(body, entry.key.text)))
    return found
