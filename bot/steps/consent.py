"""`consent`: who may know. Options are roles; whoever is accused is left out by itself.

Rule 1. A ticked role includes its deputy; the screen names both, once: in the option, or in a line beside it. It says
        who of them is away until when, and who cannot be reached.
Rule 2. *Nobody* is always there, and is an answer like the others.
Rule 3. A role that stands for nobody who may be told is not offered. Where none is left, a question that can be skipped
        is not asked.
Rule 4. Whoever types a name means the role that the name stands beside.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar, assert_never
from zoneinfo import ZoneInfo

from bot.core.answers import Answer, Many
from bot.core.messages import Asks, Choice, Fact, Message
from bot.core.people import HELD_ROLES, PersonId, Role
from bot.core.texts import Text, escape
from bot.steps.base import (
    QUESTION_KEYS,
    Accept,
    BaseQuestion,
    Doubtful,
    Go,
    Key,
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
from bot.steps.matching import NoMatch, Sure, Unsure, match_many
from bot.steps.names import role_persons
from bot.steps.notes import did_you_mean, listed
from bot.steps.reader import Reader
from bot.steps.scene import Scene
from bot.steps.wording import show_day_soon, show_list

NOBODY, WITHOUT_NAME = "nobody", "without_name"
OPTIONS = (Role.MANAGER, *sorted(HELD_ROLES))


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent(BaseQuestion):
    VERB: ClassVar = "consent"
    KEYS: ClassVar = (
        Key("consent", Shape.TEXT, "The question."),
        Key("options", Shape.OPTIONS, "A role and its text, one line a role."),
        Key("sees", Shape.OPTIONS, "What each of them does and sees, one line a role; it stands beside the names."),
        Key("without_name", Shape.TEXT, "The text of the option to stay without a name."),
        *QUESTION_KEYS,
    )

    options: tuple[tuple[Role, Text], ...]
    sees: tuple[tuple[Role, Text], ...] = ()
    without_name: Text | None = None

    @classmethod
    def read(cls, reader: Reader) -> Consent | None:
        text, name = reader.text("consent"), reader.new_id("id", needed=True)
        options = _by_role(reader, reader.labels("options"), OPTIONS)
        sees = _by_role(reader, reader.labels("sees", "sees."), [role for role, _ in options])
        if not reader.has("options"):
            reader.problem(reader.place, "missing-key", '"options:" is missing: which roles may be told?')
        for key in ("visible_to", "means"):
            if reader.has(key):
                reader.problem(reader.place, "key-of-other", f'a consent takes no "{key}:".')
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
            options=options,
            sees=sees,
            without_name=reader.text("without_name"),
        )

    def texts(self) -> tuple[Text, ...]:
        anonymous = (self.without_name,) if self.without_name else ()
        return (*BaseQuestion.texts(self), *(text for _, text in (*self.sees, *self.options)), *anonymous)

    def shape(self) -> tuple[object, ...]:
        # the words of a consent are part of what was agreed to
        return (*BaseQuestion.shape(self), *(text.source for text in self.texts()), *(role for role, _ in self.options))

    def words(self) -> tuple[str, ...]:
        anonymous = (WITHOUT_NAME,) if self.without_name else ()
        return (*(role.value for role, _ in self.options), NOBODY, *anonymous)

    def choices(self, scene: Scene) -> tuple[Choice, ...]:
        offered = [Choice(role, scene.say(text)) for role, text in self.options if role_persons(role, scene)]
        nobody = Choice(NOBODY, scene.phrases.nobody, alone=True)
        if self.without_name is None or not offered:
            return (*offered, nobody)
        return (*offered, nobody, Choice(WITHOUT_NAME, scene.say(self.without_name)))

    def enter(self, scene: Scene) -> Outcome:
        choices = self.choices(scene)
        alone = choices[0].id == NOBODY
        if alone and not self.required:
            return Go()  # there is nobody to agree to
        hint = scene.say(self.hint) if self.hint else scene.phrases.choose_several
        return Wait(
            Message(
                scene.say(self.text),
                asks=Asks.MANY,
                facts=self._lines(scene),
                choices=choices,
                commands=scene.ways_out(skip=not self.required),
                token=scene.token(),
                hint=scene.phrases.nobody_left if alone else hint,
                chosen=self._before(scene, choices),
            )
        )

    def _before(self, scene: Scene, choices: tuple[Choice, ...]) -> tuple[str, ...]:
        """Who was ticked before a change, of those who are still offered."""
        given = scene.before(self.id)
        ticked = given.answer.options if given is not None and isinstance(given.answer, Many) else ()
        return tuple(choice.id for choice in choices if choice.id in ticked)

    def take(self, scene: Scene, put: Put) -> Taken:
        choices = self.choices(scene)
        match put:
            case Picked(options) if options:
                return self._answer(scene, options)
            case Typed(text):
                found, matched = match_many(text, choices)
                if isinstance(matched, NoMatch):
                    found, matched = match_many(text, self._named(scene, choices))
                match matched:
                    case Sure():
                        return self._answer(scene, found)
                    case Unsure(doubtful):
                        return Doubtful(doubtful)
                    case NoMatch():
                        return Refuse(scene.phrases.no_match)
                    case _:
                        assert_never(matched)
            case _:
                return Refuse(scene.phrases.no_match)

    def _answer(self, scene: Scene, options: tuple[str, ...]) -> Taken:
        offered = [choice.id for choice in self.choices(scene)]
        roles = tuple(o for o in options if o not in (NOBODY, WITHOUT_NAME))
        # "nobody" and a name contradict each other; only "without my name" names no one to tell
        if not set(options) <= set(offered) or options == (WITHOUT_NAME,):
            return Refuse(scene.phrases.no_match)
        if NOBODY in options and roles:
            return Refuse(scene.phrases.stands_alone.format(option=scene.phrases.nobody))
        ordered = tuple(o for o in offered if o in options)
        return Accept({self.id: Many(ordered)})

    def fits(self, answer: Answer, scene: Scene) -> bool:
        """Whether an answer from before still is one: everybody ticked is still offered."""
        offered = [choice.id for choice in self.choices(scene)]
        return isinstance(answer, Many) and bool(answer.options) and set(answer.options) <= set(offered)

    def _named(self, scene: Scene, choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
        """The choices by the names of whom they stand for, for who types a name."""
        names = {role.value: " ".join(_names(role_persons(role, scene), scene)) for role, _ in self.options}
        return tuple(Choice(choice.id, names.get(choice.id, choice.label)) for choice in choices)

    def _lines(self, scene: Scene) -> tuple[Fact, ...]:
        """A line for each role: who it is, and what they do and see; none where the option says it all."""
        facts, sees = [], dict(self.sees)
        for role, label in self.options:
            persons = role_persons(role, scene)
            text = sees.get(role)
            if persons and text is not None:
                away = _away(persons, scene)
                value = ". ".join((scene.say(text).removesuffix("."), *away)) if away else scene.say(text)
                facts.append(Fact(f"{scene.say(label)}, {_who(role, persons, scene)}", value))
                continue
            named = all(name in scene.say(label) for name in _names(persons, scene))
            parts = (*(() if named else (_who(role, persons, scene),)), *_away(persons, scene))
            if parts:
                role_name = scene.phrases.role_names[role]
                facts.append(Fact(role_name[:1].upper() + role_name[1:], ". ".join(parts)))
        return tuple(facts)


def _names(persons: Sequence[PersonId], scene: Scene) -> list[str]:
    return [escape(scene.person_name(person, "")) for person in persons]


def _who(role: Role, persons: tuple[PersonId, ...], scene: Scene) -> str:
    """Names, and behind them who steps in."""
    held = persons[:1] if role is Role.MANAGER else scene.facts.people.holders(role)
    first, second = (
        show_list(_names([p for p in persons if (p in held) is own], scene), scene.session.language)
        for own in (True, False)
    )
    return f"{first} ({scene.phrases.role_names['deputy']}: {second})" if second else first


def _away(persons: tuple[PersonId, ...], scene: Scene) -> tuple[str, ...]:
    """Who of them is away, until when, or cannot be reached, and which of the others stands in: one text, or none."""
    facts, said, found = scene.facts, scene.phrases, []
    for person in (one for one in map(facts.people.get, persons) if one is not None):
        absence = next((a for a in person.away if a.covers(facts.now)), None)
        if absence is None and person.reachable:
            continue
        name = escape(person.name)
        deputy = facts.people.get(facts.people.deputy_of(person.id))
        if absence is None:
            found.append(said.unreached.format(person=name))
        elif absence.end is None:
            found.append(said.away_open.format(person=name))
        else:
            last = (absence.end - timedelta(microseconds=1)).astimezone(ZoneInfo(facts.zone)).date()
            found.append(said.away.format(person=name, day=show_day_soon(last, facts.now.date(), said.code)))
        if deputy is not None and deputy.id in persons and deputy.present(facts.now) and deputy.reachable:
            found.append(said.away_deputy.format(deputy=escape(deputy.name)))
    return (" ".join(found),) if found else ()


def _by_role(
    reader: Reader, labels: Sequence[tuple[Name, Text]], offered: Sequence[Role]
) -> tuple[tuple[Role, Text], ...]:
    found = []
    known = [role.value for role in offered]
    for word, text in labels:
        if word.word in known:
            found.append((Role(word.word), text))
            continue
        hint = did_you_mean(word.word, known) or f" The roles are: {listed(known)}."
        reader.problem(word.place, "unknown-role", f'"{word.word}" is no role that can be told.{hint}')
    return tuple(found)
