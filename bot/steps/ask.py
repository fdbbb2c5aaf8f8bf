"""`ask`: one question, answered in words, a number, a time, a person or files.

Rule 1. What may hold a story (text, paragraph, an address) is taken in a form; typed into the chat it is taken too.
Rule 2. A person is picked from the directory; *not on the list* and *rather not say* are answers, not refusals.
Rule 3. Who is to take a case is picked among those who could; of all others the same is said, whatever the reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, assert_never
from zoneinfo import ZoneInfo

from bot.core.answers import Answer, Clock, Day, FileRef, Files, Moment, Number, Skipped, Someone, Words
from bot.core.messages import Asks, Choice, Field, Form, Input, Message
from bot.core.people import PersonId
from bot.core.texts import Text, clean, escape
from bot.steps.base import (
    QUESTION_KEYS,
    Accept,
    Attached,
    BaseQuestion,
    Doubtful,
    Filled,
    Hold,
    Key,
    Means,
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
from bot.steps.choose import READERS
from bot.steps.matching import Matched, NoMatch, Sure, Unsure, match, plain
from bot.steps.reader import Reader
from bot.steps.scene import Scene
from bot.steps.typed import number
from bot.steps.values import Bounds, Type, read_value, written

IN_FORM = frozenset({Type.TEXT, Type.PARAGRAPH, Type.EMAIL, Type.PHONE, Type.URL})
INPUTS = {
    Type.TEXT: Input.TEXT,
    Type.PARAGRAPH: Input.PARAGRAPH,
    Type.NUMBER: Input.NUMBER,
    Type.SCALE: Input.ONE,
    Type.DATE: Input.DATE,
    Type.TIME: Input.TIME,
    Type.DATETIME: Input.DATETIME,
    Type.EMAIL: Input.EMAIL,
    Type.PHONE: Input.PHONE,
    Type.URL: Input.URL,
    Type.PERSON: Input.PERSON,
}
NOT_LISTED, RATHER_NOT, THAT_IS_ALL = "not_listed", "rather_not", "that_is_all"
#: A scale is a row of buttons: more are not read on a phone.
LONGEST_SCALE = 11


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask(BaseQuestion):
    VERB: ClassVar = "ask"
    KEYS: ClassVar = (
        Key("ask", Shape.TEXT, "The question."),
        Key("type", Shape.WORD, "What kind of answer.", tuple(Type)),
        Key("from", Shape.NUMBER, "scale: the lowest number."),
        Key("to", Shape.NUMBER, "scale: the highest number."),
        Key("labels", Shape.LABELS, "scale: texts for some of the numbers."),
        *QUESTION_KEYS,
    )

    type: Type
    low: int = 1
    high: int = 5
    labels: tuple[tuple[Name, Text], ...] = ()

    @classmethod
    def read(cls, reader: Reader) -> Ask | None:
        text, name = reader.text("ask"), reader.new_id("id", needed=True)
        kind = reader.one_of("type", tuple(Type))
        type_ = Type(kind.word) if kind else Type.TEXT
        low, high = reader.number("from"), reader.number("to")
        read = low is not None and high is not None
        missing = not (reader.has("from") and reader.has("to"))
        if type_ is Type.SCALE and (missing or (read and not 1 <= (high or 0) - (low or 0) < LONGEST_SCALE)):
            reader.problem(reader.place, "scale", f'a scale needs "from:" and "to:", at most {LONGEST_SCALE} numbers.')
        if type_ is not Type.SCALE:
            for key in ("from", "to", "labels"):
                if reader.has(key):
                    reader.problem(reader.place, "key-of-other", f'"{key}:" belongs to type: scale, not to {type_}.')
        means = reader.one_of("means", tuple(Means))
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
            visible_to=reader.roles("visible_to", READERS),
            means=Means(means.word) if means else None,
            type=type_,
            low=1 if low is None else low,
            high=5 if high is None else high,
            labels=reader.labels("labels"),
        )

    def texts(self) -> tuple[Text, ...]:
        return (*BaseQuestion.texts(self), *(text for _, text in self.labels))

    def shape(self) -> tuple[object, ...]:
        return (*BaseQuestion.shape(self), self.type, self.low, self.high)

    def enter(self, scene: Scene) -> Outcome:
        asks = Asks.FORM if self.type in IN_FORM else Asks.WORDS
        choices: tuple[Choice, ...] = ()
        hint = scene.say(self.hint) if self.hint else ""
        before = scene.before(self.id)
        match self.type:
            case Type.SCALE:
                asks, choices = Asks.ONE, self.scale(scene)
            case Type.PERSON:
                asks, choices = Asks.PERSON, self._ways_past(scene)
            case Type.FILES:
                asks, hint = Asks.FILES, hint or scene.phrases.files_wanted
                choices = (Choice(THAT_IS_ALL, scene.phrases.done),) if self.held(scene) else ()
            case _:
                pass
        token = scene.token()
        text = scene.say(self.text)
        form = Form(token, text, (self.field(scene),), scene.phrases.send) if asks is Asks.FORM else None
        return Wait(
            Message(
                text,
                asks=asks,
                choices=choices,
                commands=scene.ways_out(skip=not self.required),
                token=token,
                form=form,
                hint=hint,
                chosen=written(before.answer, ZoneInfo(scene.facts.zone)) if before and choices else (),
                among=scene.among(self.id),
            )
        )

    def take(self, scene: Scene, put: Put) -> Taken:
        match put:
            case Attached(files) if self.type is Type.FILES:
                return self._attached(scene, files)
            case Picked((option,)) if self.type is Type.FILES and option == THAT_IS_ALL:
                return Accept({self.id: Files(self.held(scene))}) if self.held(scene) else Refuse(self._wanted(scene))
            case Filled(values) if self.type in IN_FORM:
                found = self.from_field(scene, values.get(self.id, ()))
                return self._taken(found)
            case Picked(options) if len(options) == 1 and self.type in (Type.SCALE, Type.PERSON):
                return self._picked(scene, options[0])
            case Typed(text):
                return self._typed(scene, text)
            case _:
                return Refuse(self._wanted(scene))

    def _attached(self, scene: Scene, files: tuple[FileRef, ...]) -> Taken:
        held = (*self.held(scene), *files)
        return Hold({self.id: Files(held)}, scene.phrases.files_received.format(count=len(held)))

    def held(self, scene: Scene) -> tuple[FileRef, ...]:
        before = scene.before(self.id)
        return before.answer.files if before is not None and isinstance(before.answer, Files) else ()

    def _taken(self, found: Answer | str) -> Taken:
        return Refuse(found) if isinstance(found, str) else Accept({self.id: found})

    def _picked(self, scene: Scene, option: str) -> Taken:
        if self.type is Type.SCALE:
            return self._taken(self.from_field(scene, (option,)))
        if option in (NOT_LISTED, RATHER_NOT):
            return Accept({self.id: Someone(None)})
        if scene.facts.people.get(PersonId(option)) is None or option == scene.session.person:
            return Refuse(self._wanted(scene))
        refused = scene.why_not(self.id, PersonId(option))
        if refused is not None:
            return Refuse(refused)
        return Accept({self.id: Someone(PersonId(option))})

    def _typed(self, scene: Scene, text: str) -> Taken:
        match self.type:
            case Type.PERSON:
                # a number counts along what was shown, and the directory was not
                known = () if plain(text).isdecimal() else self._known(scene)
                return self._matched(scene, match(text, (*known, *self._ways_past(scene))))
            case Type.SCALE if number(text) is None:
                said = tuple(Choice(name.word, scene.say(label)) for name, label in self.labels)
                return self._matched(scene, match(text, said))
            case Type.FILES:
                return self._typed_for_files(scene, text)
            case _:
                return self._taken(self.from_field(scene, (text,)))

    def _matched(self, scene: Scene, matched: Matched) -> Taken:
        match matched:
            case Sure(option):
                return self._picked(scene, option)
            case Unsure(options):
                return Doubtful(options)
            case NoMatch():
                return Refuse(self._wanted(scene))
            case _:
                assert_never(matched)

    def _typed_for_files(self, scene: Scene, text: str) -> Taken:
        """ "That is all", or "no" where something is asked for that one may not have."""
        said = plain(text)
        if self.held(scene) and said in (plain(scene.phrases.done), plain(scene.phrases.no)):
            return self.take(scene, Picked((THAT_IS_ALL,)))
        if not self.required and said == plain(scene.phrases.no):
            return Accept({self.id: Skipped()})
        return Refuse(self._wanted(scene))

    def option_label(self, scene: Scene, option: str) -> str:
        """A doubtful option as it is asked back."""
        found = scene.facts.people.get(PersonId(option))
        if found is not None:
            return escape(found.name + (f", {found.title}" if found.title else ""))
        return next((c.label for c in (*self.scale(scene), *self._ways_past(scene)) if c.id == option), option)

    def scale(self, scene: Scene) -> tuple[Choice, ...]:
        said = {name.word: scene.say(text) for name, text in self.labels}
        numbers = (str(n) for n in range(self.low, self.high + 1))
        return tuple(Choice(n, f"{n} – {said[n]}" if n in said else n) for n in numbers)

    def fits(self, answer: Answer, scene: Scene) -> bool:
        """Whether an answer from before still is one."""
        match answer:
            case Number(value):
                return self.type is Type.NUMBER or (self.type is Type.SCALE and self.low <= value <= self.high)
            case Words():
                return self.type in IN_FORM
            case Day():
                return self.type in (Type.DATE, Type.DATETIME)
            case Clock():
                return self.type is Type.TIME
            case Moment():
                return self.type is Type.DATETIME
            case Someone(person):
                return self.type is Type.PERSON and (person is None or scene.facts.people.get(person) is not None)
            case Files():
                return self.type is Type.FILES
            case _:
                return False

    # --- as a field of a form ---

    def field(self, scene: Scene) -> Field:
        before = scene.before(self.id)
        return Field(
            self.id,
            scene.say(self.text),
            INPUTS.get(self.type, Input.TEXT),
            required=self.required,
            hint=scene.say(self.hint) if self.hint else "",
            options=self.scale(scene) if self.type is Type.SCALE else (),
            initial=written(before.answer if before else None, ZoneInfo(scene.facts.zone)),
            among=scene.among(self.id),
        )

    def from_field(self, scene: Scene, values: tuple[str, ...]) -> Answer | str:
        """The answer in a field's values, or what is to be mended."""
        text = clean(values[0]) if values else ""
        if self.type is Type.PERSON:
            taken = self._typed(scene, text) if text not in scene.facts.people.by_id else self._picked(scene, text)
            wrong = taken.text if isinstance(taken, Refuse) else scene.phrases.person_unknown
            return taken.answers[self.id] if isinstance(taken, Accept) else wrong
        past_only = self.means is Means.INCIDENT_TIME
        return read_value(self.type, text, scene, Bounds(self.low, self.high, past_only=past_only))

    def _wanted(self, scene: Scene) -> str:
        phrases = scene.phrases
        match self.type:
            case Type.FILES:
                return phrases.files_wanted
            case Type.SCALE:
                return phrases.out_of_scale.format(low=self.low, high=self.high)
            case Type.PERSON:
                return phrases.person_unknown
            case _:
                return phrases.words_wanted

    def _known(self, scene: Scene) -> tuple[Choice, ...]:
        return tuple(Choice(p.id, p.name) for p in scene.facts.people if p.id != scene.session.person)

    def _ways_past(self, scene: Scene) -> tuple[Choice, ...]:
        if self.type is not Type.PERSON:
            return ()
        return (Choice(NOT_LISTED, scene.phrases.not_listed), Choice(RATHER_NOT, scene.phrases.rather_not))
