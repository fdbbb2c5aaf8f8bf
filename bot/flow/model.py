"""A flow as a value, laid out flat so that a step costs the same wherever it stands.

Rule 1. Steps are numbered depth first. `after[n]` is where the talk goes on behind step n; END is behind the last.
Rule 2. A task's `then:` ends at END: it runs as a frame of its own, wherever the talk stands.
Rule 3. The structure is a hash of all but wording, sources and places; a talk is pinned to it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Self

from bot.core.levels import Level
from bot.core.people import Role
from bot.core.texts import Text
from bot.errors import Invariant
from bot.steps import STEPS, Ask, Branch, Choose, Consent, Do, Form, Review, Step, Task
from bot.steps.base import BaseStep, Means, Name, Place, When
from bot.steps.do import Verb

END = -1
#: What asks; a person counts it as a question.
ASKS = (Ask, Choose, Consent, Form, Review)


@dataclass(frozen=True, slots=True)
class Start:
    """How a flow begins: on every platform that has the way; or with a case, where `when` holds."""

    command: Name | None = None
    words: tuple[str, ...] = ()
    word_places: tuple[Place, ...] = ()
    shortcut: Text | None = None
    message: Text | None = None
    case: str | None = None  # "opened" or "asked"
    button: Text | None = None  # on the card of a case that was sent
    offered: tuple[Role, ...] = ()  # whose card it stands on; without any, the audience's
    offered_places: tuple[Place, ...] = ()
    when: When | None = None


@dataclass(frozen=True, slots=True)
class Never:
    """A claim that is proved: this command never comes where the condition holds."""

    command: Name
    when: When


@dataclass(frozen=True, slots=True)
class Translated:
    """One line of a translation: where `at` is set it holds only there. `was` are the words it was made for, if others.

    `place` is that of the source text, `text_place` that of the translation. An empty `text` is still to be written.
    """

    source: str
    text: str
    at: str | None
    was: str | None
    place: Place
    text_place: Place


@dataclass(frozen=True, slots=True)
class Translation:
    """A flow's texts in another language."""

    file: str
    flow: str
    source_language: str
    language: str
    from_place: Place
    texts: tuple[Translated, ...]
    by_source: Mapping[str, str] = field(default_factory=dict)
    by_place: Mapping[tuple[str, str], str] = field(default_factory=dict)


Answerable = Ask | Choose | Consent


@dataclass(frozen=True, slots=True)
class Flow:
    """One flow. `code` is its steps depth first; the other tables are made from it by `Flow.laid_out`."""

    name: str
    file: str
    title: Text
    audience: Role
    language: str
    start: Start
    reads: tuple[Name, ...]
    visible_to: tuple[Role, ...]
    triage: tuple[tuple[Level, When | None], ...]
    never: tuple[Never, ...]
    steps: tuple[BaseStep, ...]
    place: Place
    unread: frozenset[str] = frozenset()  # ids that stand in the file, of steps that could not be read
    code: tuple[Step, ...] = ()
    after: tuple[int, ...] = ()
    first: Mapping[tuple[int, str], int] = field(default_factory=dict)
    number: Mapping[str, int] = field(default_factory=dict)
    questions: Mapping[str, Answerable] = field(default_factory=dict)
    step_of: Mapping[str, int] = field(default_factory=dict)
    meaning: Mapping[Means, tuple[str, ...]] = field(default_factory=dict)
    consents: tuple[str, ...] = ()
    handing: frozenset[str] = frozenset()  # the questions that say who is to take the case
    sharing: frozenset[str] = frozenset()  # and who is to read it, too
    main: tuple[int, ...] = ()  # what asks and stands in no block
    structure: str = ""
    translations: Mapping[str, Translation] = field(default_factory=dict)

    def laid_out(self) -> Self:
        """The flow with its tables."""
        code: list[BaseStep] = []
        after: dict[int, int] = {}
        first: dict[tuple[int, str], int] = {}
        _lay(self.steps, END, code, after, first)
        questions, step_of = _questions(code)
        top = set(map(id, self.steps))
        meaning: dict[Means, tuple[str, ...]] = {}
        for name, question in questions.items():
            if question.means is not None:
                meaning[question.means] = (*meaning.get(question.means, ()), name)
        flow = replace(
            self,
            code=tuple(step for step in code if isinstance(step, STEPS)),
            after=tuple(after[n] for n in range(len(code))),
            first=first,
            number={self.key_of(step, n): n for n, step in enumerate(code)},
            questions=questions,
            step_of=step_of,
            meaning=meaning,
            consents=tuple(name for name, question in questions.items() if isinstance(question, Consent)),
            handing=frozenset(step.named_by(Verb.HAND_OVER) for step in code if isinstance(step, Do)),
            sharing=frozenset(step.named_by(Verb.SHARE) for step in code if isinstance(step, Do)),
            main=tuple(n for n, step in enumerate(code) if isinstance(step, ASKS) and id(step) in top),
        )
        return replace(flow, structure=_structure(flow))

    def key_of(self, step: BaseStep, number: int) -> str:
        """A step's name within its flow: its id, or its number."""
        name = getattr(step, "id", None)
        return name if isinstance(name, str) else f"#{number}"

    def step(self, key: str) -> Step | None:
        """The step of a key, without the flow's name."""
        number = self.number.get(key)
        return self.code[number] if number is not None else None

    @property
    def offered_to(self) -> frozenset[Role]:
        """On whose card of a case it stands as a button."""
        return frozenset(self.start.offered or (self.audience,)) if self.start.button is not None else frozenset()

    def readers(self, question: str) -> tuple[Role, ...]:
        """Who may read an answer at most: the question's own list, its task's, or the flow's."""
        own = self.questions[question].visible_to
        step = self.code[self.step_of[question]]
        if own is None and isinstance(step, Task):
            own = step.visible_to
        return self.visible_to if own is None else own

    def all_readers(self) -> frozenset[frozenset[Role]]:
        """Every list of readers that an answer of this flow may have; the reason why a task is not done is one, too."""
        tasks = (step.visible_to for step in self.code if isinstance(step, Task))
        found = (self.visible_to, *tasks, *(question.visible_to for question in self.questions.values()))
        return frozenset(frozenset(readers) for readers in found if readers is not None)

    def say(self, text: Text, language: str) -> str:
        """A text in a language; in the flow's own where there is no translation."""
        found = self.translations.get(language)
        if found is None or language == self.language:
            return text.source
        return found.by_place.get((text.source, text.at)) or found.by_source.get(text.source) or text.source

    def texts(self) -> Iterator[Text]:
        """Every text that people read, in talk order."""
        yield self.title
        if self.start.shortcut is not None:
            yield self.start.shortcut
        if self.start.message is not None:
            yield self.start.message
        if self.start.button is not None:
            yield self.start.button
        for step in self.code:
            yield from step.texts()


@dataclass(frozen=True, slots=True)
class Flows:
    """All flows that talks may stand in: by name the current one, by structure every one that is still needed."""

    current: Mapping[str, Flow]
    pinned: Mapping[tuple[str, str], Flow] = field(default_factory=dict)

    def get(self, name: str, structure: str | None = None) -> Flow:
        """A flow by name, of one structure or the current one.

        Raises:
            Invariant: it is not there, though a talk or a checked flow names it.
        """
        found = self.current.get(name)
        if structure is not None and (found is None or found.structure != structure):
            found = self.pinned.get((name, structure))
        if found is None:
            raise Invariant(f"flow {name!r} of structure {structure or 'current'} is not loaded")
        return found

    def in_order(self) -> list[Flow]:
        """The current ones, by name."""
        return [flow for _, flow in sorted(self.current.items())]

    def readers(self) -> frozenset[frozenset[Role]]:
        """Every list of readers that answers may have in a case that begins now."""
        return frozenset(readers for flow in self.current.values() for readers in flow.all_readers())


def _lay(
    steps: tuple[BaseStep, ...],
    behind: int,
    code: list[BaseStep],
    after: dict[int, int],
    first: dict[tuple[int, str], int],
) -> None:
    """Number a block's steps; `behind` is where the talk goes on after its last one."""
    if not steps:
        return  # a file without steps is a mistake, and its other mistakes are still to be found
    numbers: list[int] = []
    for step in steps:
        number = len(code)
        numbers.append(number)
        code.append(step)
        for name, block in step.blocks():
            if block:
                first[number, name] = len(code)
                # where the block leads is known only when the next step has its number
                _lay(block, END if isinstance(step, Task) else -2 - number, code, after, first)
    after.update(zip(numbers, (*numbers[1:], behind), strict=True))
    for number, target in list(after.items()):
        if target <= -2 and -2 - target in after:
            after[number] = after[-2 - target]


def _questions(code: list[BaseStep]) -> tuple[dict[str, Answerable], dict[str, int]]:
    """Every question by id, those inside forms and records too, and the number of its step."""
    questions: dict[str, Answerable] = {}
    step_of: dict[str, int] = {}
    for number, step in enumerate(code):
        found: tuple[Answerable, ...] = ()
        if isinstance(step, Ask | Choose | Consent):
            found = (step,)
        elif isinstance(step, Form):
            found = step.fields
        elif isinstance(step, Task):
            found = step.record
        for question in found:
            questions.setdefault(question.id, question)
            step_of.setdefault(question.id, number)
    return questions, step_of


def _structure(flow: Flow) -> str:
    triage = [(level, when.source if when else None) for level, when in flow.triage]
    when = flow.start.when.source if flow.start.when else None
    shape = (
        flow.name,
        flow.audience,
        flow.visible_to,
        [name.word for name in flow.reads],
        triage,
        (flow.start.case, when),
        [step.shape() for step in flow.code],
        flow.after,
        [(number, block, to, _case_words(flow, number)) for (number, block), to in flow.first.items()],
    )
    return hashlib.sha256(json.dumps(shape, default=str).encode()).hexdigest()[:16]


def _case_words(flow: Flow, number: int) -> list[str]:
    step = flow.code[number]
    return [case.name for case in step.cases] if isinstance(step, Branch) else []
