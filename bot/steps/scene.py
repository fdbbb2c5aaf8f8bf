"""Where a step stands while it is entered or answered: the talk, the facts, the reader's language.

Rule 1. A step reads answers only through the scene, which holds what the talk's person may know.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.core.answers import Answer, Many, One
from bot.core.events import Command
from bot.core.expressions import holds
from bot.core.facts import Facts
from bot.core.ids import SessionId, Slot, Token
from bot.core.languages import Phrases
from bot.core.messages import Choice
from bot.core.people import PersonId
from bot.core.session import Given, Session
from bot.core.texts import Text, fill
from bot.steps.base import When
from bot.steps.wording import show_moment


@dataclass(frozen=True, slots=True)
class Asked:
    """A question or form that was answered in this talk, with the answers it gave: `flow.question` and its label."""

    question: str
    label: str
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Scene:
    """`translate` gives a text in the reader's language; `label` an option's label by `flow.question` and option;
    `names` a placeholder's value; `list_asked` what this talk has asked, in order."""

    session: Session
    facts: Facts
    phrases: Phrases
    flow: str
    step: str  # `flow.step` of the step at hand
    translate: Callable[[Text], str]
    label: Callable[[str, str], str | None]
    names: Callable[[str, Scene], str]
    list_asked: Callable[[Scene], tuple[Asked, ...]]
    handing: frozenset[str] = frozenset()  # the flow's questions that say who is to take the case
    sharing: frozenset[str] = frozenset()  # and who is to read it, too

    def say(self, text: Text) -> str:
        """A text as its reader sees it: translated and filled in."""
        return fill(self.translate(text), lambda name: self.names(name, self))

    def full(self, name: str) -> str:
        return name if "." in name else f"{self.flow}.{name}"

    def answer(self, name: str) -> Answer | None:
        """An answer of this talk, or of another one as far as it is shared with this person."""
        full = self.full(name)
        own = self.session.answers.get(full)
        if own is not None and not own.kept and not own.foreign:
            return own.answer
        shared = self.facts.shared.get(full)
        return shared.answer if shared is not None else None

    def before(self, name: str) -> Given | None:
        """What stood here before a change, or was put here for a form to show."""
        own = self.session.answers.get(self.full(name))
        return own if own is not None and not own.foreign else None

    def among(self, question: str) -> tuple[PersonId, ...] | None:
        """Whom a question about a person offers; None for everybody."""
        return self.facts.takers().offered if question in self.handing else None

    def why_not(self, question: str, person: PersonId) -> str | None:
        """What is said of a person who cannot be named here: the same, whatever the reason."""
        if question in self.handing and person not in self.facts.takers().able:
            return self.phrases.cannot_be_asked
        if question in self.sharing and not self.facts.may_read_too(person):
            return self.phrases.reading.cannot_ask
        return None

    def holds(self, when: When) -> bool:
        return holds(when.condition, self.answer)

    def asked(self) -> tuple[Asked, ...]:
        return self.list_asked(self)

    def token(self) -> Token:
        session = self.session
        return Token(session.case, session.id, self.step, session.revision)

    def slot(self) -> Slot:
        return slot_of(self.session.id, self.step)

    def commands(self, *commands: Command) -> tuple[Choice, ...]:
        return tuple(Choice(command.value, self.phrases.labels[command]) for command in commands)

    def ways_out(self, *, skip: bool) -> tuple[Choice, ...]:
        """At every question: back, skip where allowed, stop, emergency help."""
        ways = [Command.BACK] if self.session.trail else []
        if skip:
            ways.append(Command.SKIP)
        return self.commands(*ways, Command.STOP, Command.EMERGENCY)

    def moment(self, moment: datetime) -> str:
        return show_moment(moment, self.facts.now, ZoneInfo(self.facts.zone), self.session.language)

    def person_name(self, person: PersonId | None, otherwise: str) -> str:
        found = self.facts.people.get(person)
        return found.name if found is not None else otherwise


def slot_of(session: SessionId, step: str) -> Slot:
    """The slot of a step's message."""
    return Slot(f"{session}:{step}")


def options_of(answer: Answer | None) -> tuple[str, ...]:
    """The options that an answer stands for; none for other kinds."""
    match answer:
        case One(option):
            return (option,)
        case Many(options):
            return options
        case _:
            return ()
