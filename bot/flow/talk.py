"""One talk inside one turn: what it may look up, and what it collects. Mutable only until the turn is made of it.

Rule 1. A talk reads answers and the outside only through its scene and facts.
Rule 2. What people typed is never repeated into the chat.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from bot.core.answers import Answer, Files, Skipped
from bot.core.effects import Effect, Send
from bot.core.facts import Facts
from bot.core.ids import Token
from bot.core.languages import Phrases
from bot.core.languages import phrases as phrases_of
from bot.core.messages import Choice, Fact, Message, TellsFile
from bot.core.replies import Nothing, Reply
from bot.core.session import Frame, Given, Session, Status
from bot.flow.model import Flow, Flows
from bot.flow.turn import More, Turn
from bot.steps import Ask, Choose, Consent, Form, Question, Review, Step, Task
from bot.steps.names import resolve, show_answer
from bot.steps.scene import Asked, Scene, slot_of
from bot.steps.values import Type

#: The longest piece of one answer that is shown for reading, in characters: what a modal of both platforms holds.
LONGEST_READ = 2800
#: Steps of messages that belong to no question.
NONE_OF_THESE, WORD = "none_of_these", "word"
#: The answer in which whoever had the case before left a note for the next.
NOTE_BEFORE = "note_before"


class Talk:
    """One turn of one session."""

    def __init__(self, flows: Flows, session: Session, facts: Facts) -> None:
        self.flows = flows
        self.session = session
        self.heard = session  # as it stood when the case was told last what the answers mean
        self.facts = facts
        self.effects: list[Effect] = []
        self.reply: Reply = Nothing()
        self.more: More | None = None

    @property
    def phrases(self) -> Phrases:
        return phrases_of(self.session.language)

    def turn(self) -> Turn:
        return Turn(
            replace(self.session, revision=self.session.revision + 1), tuple(self.effects), self.reply, self.more
        )

    def flow(self, frame: Frame) -> Flow:
        return self.flows.get(frame.flow, frame.structure)

    def find(self, key: str) -> tuple[Flow, Step] | None:
        """The step of `flow.step`, in the structure that this talk is pinned to."""
        name, _, step = key.partition(".")
        structures = self.session.pinned
        if name not in structures:
            return None
        flow = self.flows.get(name, structures[name])
        found = flow.step(step)
        return (flow, found) if found is not None else None

    def task(self, key: str) -> tuple[Flow, Task] | None:
        """A task of this talk that was shown, while the talk lives."""
        known = key in self.session.tasks and self.session.status is not Status.ENDED
        found = self.find(key) if known else None
        return (found[0], found[1]) if found is not None and isinstance(found[1], Task) else None

    def asking(self) -> tuple[Flow, Question] | None:
        """The question that waits for this person."""
        found = self.find(self.session.asking) if self.session.asking is not None else None
        if found is None or not isinstance(found[1], Ask | Choose | Consent | Form | Review):
            return None
        return found[0], found[1]

    def scene(self, flow: Flow, key: str) -> Scene:
        language = self.session.language
        return Scene(
            session=self.session,
            facts=self.facts,
            phrases=self.phrases,
            flow=flow.name,
            step=key,
            translate=lambda text: flow.say(text, language),
            label=self._label,
            names=resolve,
            list_asked=self._asked,
            handing=flow.handing,
            sharing=flow.sharing,
        )

    def change(self, **changes: object) -> None:
        self.session = replace(self.session, **changes)  # type: ignore[arg-type]

    def go(self, to: int, **changes: object) -> None:
        """Stand at another step of the same flow; `changes` are what else becomes of the talk."""
        *below, frame = self.session.stack
        self.change(stack=(*below, Frame(frame.flow, frame.structure, to)), **changes)

    def put(self, *effects: Effect) -> None:
        self.effects.extend(effects)

    def tell(self, text: str, *choices: Choice, slot: str = "word") -> None:
        """A word of the bot's own, that waits for nothing."""
        token = Token(self.session.case, self.session.id, WORD, self.session.revision) if choices else None
        message = Message(text, commands=choices, token=token)
        number = f"{self.session.revision}-{len(self.effects)}"
        self.put(Send(self.session.person, message, slot_of(self.session.id, f"{slot}-{number}")))

    def _asked(self, scene: Scene) -> tuple[Asked, ...]:
        asked: list[Asked] = []
        for key in dict.fromkeys(visit.question for visit in self.session.trail):
            found = self.find(key)
            step = found[1] if found is not None else None
            if found is None or not isinstance(step, Form | Ask | Choose | Consent):
                continue  # not in this structure any more
            flow = found[0]
            here = self.scene(flow, key)
            questions = step.fields if isinstance(step, Form) else (step,)
            answers = tuple((f"{flow.name}.{q.id}", here.say(q.text)) for q in questions)
            asked.append(Asked(key, here.say(step.text), answers))
        return tuple(asked)

    def notes_before(self, answers: Mapping[str, Given]) -> Iterator[Fact]:
        """What whoever had the case before has left for the next."""
        for key, given in answers.items():
            name, _, question = key.partition(".")
            if question == NOTE_BEFORE and name in self.flows.current:
                shown = show_answer(key, given.answer, self.scene(self.flows.current[name], key), longest=LONGEST_READ)
                yield Fact(self.phrases.note_before, shown)

    def to_read(self, answers: Mapping[str, Given]) -> Iterator[Fact]:
        """Answers with their questions, flow by flow in the order of the talk."""
        names = dict.fromkeys(question.partition(".")[0] for question in answers)
        for flow in (self.flows.current[name] for name in names if name in self.flows.current):
            for question in flow.questions.values():
                key = f"{flow.name}.{question.id}"
                given = answers.get(key)
                if given is not None and not isinstance(given.answer, Skipped):
                    scene = self.scene(flow, key)
                    told = show_answer(key, given.answer, scene, longest=LONGEST_READ)
                    yield Fact(scene.say(question.text), told, self._files(given.answer))

    def _files(self, answer: Answer) -> tuple[TellsFile, ...]:
        files = answer.files if isinstance(answer, Files) else ()
        return tuple(TellsFile(self.session.case, f.id, f.name, f.size, f.media_type) for f in files)

    def _label(self, question: str, option: str) -> str | None:
        name, _, key = question.partition(".")
        structure = self.session.pinned.get(name)
        flow = self.flows.get(name, structure) if structure is not None else self._flow_of_another(name)
        asked = flow.questions.get(key) if flow is not None else None
        if flow is None or asked is None:
            return None
        if isinstance(asked, Ask):
            return _point(asked, self.scene(flow, question), option)
        text = next(
            (text for word, text in asked.options if (word if isinstance(word, str) else word.word) == option), None
        )
        if text is None and isinstance(asked, Consent) and option == "without_name":
            text = asked.without_name
        return self.scene(flow, question).say(text) if text is not None else None

    def _flow_of_another(self, name: str) -> Flow | None:
        """The flow of another talk of the case, as it stood when that talk began."""
        structure = self.facts.structures.get(name)
        return self.flows.get(name, structure) if structure is not None else self.flows.current.get(name)

    def open_tasks(self) -> tuple[str, ...]:
        """Tasks that were shown and are neither done nor marked."""
        return tuple(key for key, task in self.session.tasks.items() if not task.state.settled)


def _point(asked: Ask, scene: Scene, option: str) -> str | None:
    """A point of a scale with its ends: a number alone says nothing to whoever has not seen the scale."""
    points = {choice.id: choice.label for choice in asked.scale(scene)} if asked.type is Type.SCALE else {}
    if option not in points:
        return None
    ends = [points[str(end)] for end in (asked.low, asked.high) if str(end) != option]
    return f"{points[option]} ({', '.join(ends)})" if asked.labels else f"{option} ({asked.low}–{asked.high})"
