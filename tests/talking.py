"""Talks for tests: a person who answers, and what the person is shown.

Between every two turns the session goes through JSON, as it does in production.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Unpack

from pydantic import TypeAdapter

from bot.core.answers import Answer, FileRef
from bot.core.case_commands import CaseCommand, OpenCase, RaiseLevel, SetAccused
from bot.core.effects import Delete, Effect, Send, SetTimer, Update
from bot.core.events import (
    Chose,
    Command,
    Commanded,
    Left,
    Opened,
    PersonEvent,
    Said,
    Started,
    Submitted,
    TimerFired,
    Uploaded,
)
from bot.core.facts import Facts
from bot.core.ids import CaseId, SessionId, Token
from bot.core.messages import Form, Message
from bot.core.people import PersonId
from bot.core.replies import CloseForm, FormErrors, OpenForm, Reply
from bot.core.session import Frame, Session, Status
from bot.flow.commands import CONFIRMS
from bot.flow.interpret import advance, begin, go_on, present, tell_more
from bot.flow.letting_go import FORMS
from bot.flow.model import Flow, Flows
from bot.flow.tell import WHICH_LANGUAGE
from bot.flow.turn import Turn
from bot.flow.words import WHICH_TALK
from tests.changes import FactsChange, ViewChange
from tests.workplace import ADA, MIA, facts
from tests.written import flow_of

SESSIONS = TypeAdapter(Session)
CASE, TALK = CaseId("case"), SessionId("case.1")


@dataclass
class Conversation:
    """One talk: what its person does, and what the person is shown."""

    flows: Flows
    session: Session
    facts: Facts
    refuses: bool = False  # the case cannot be opened
    effects: list[Effect] = field(default_factory=list)
    reply: Reply | None = None
    events: int = 0

    # --- what the person does ---

    def says(self, text: str) -> Conversation:
        return self.take(Said(self._id(), self.facts.now, self.session.person, "terminal", text))

    def presses(self, *options: str, step: str | None = None) -> Conversation:
        """Options of the message that was asked last, or of the one of a step."""
        token = self.token(step)
        return self.take(Chose(self._id(), self.facts.now, self.session.person, "terminal", token, options))

    def commands(self, command: Command, step: str | None = None) -> Conversation:
        token = self.token(step) if step is not None else None
        return self.take(Commanded(self._id(), self.facts.now, self.session.person, "terminal", command, token))

    def opens(self, step: str | None = None) -> Conversation:
        return self.take(Opened(self._id(), self.facts.now, self.session.person, "terminal", self.token(step)))

    def submits(self, step: str | None = None, /, **values: str | tuple[str, ...]) -> Conversation:
        given = {name: (value,) if isinstance(value, str) else value for name, value in values.items()}
        token = self.token(step)
        return self.take(Submitted(self._id(), self.facts.now, self.session.person, "terminal", token, given))

    def attaches(self, *names: str) -> Conversation:
        files = tuple(FileRef(f"f-{name}", name, 10, "image/png", "0" * 64) for name in names)
        return self.take(Uploaded(self._id(), self.facts.now, self.session.person, "terminal", files))

    def leaves_form(self, step: str | None = None) -> Conversation:
        return self.take(Left(self._id(), self.facts.now, self.session.person, "terminal", self.token(step)))

    def starts(self) -> Conversation:
        return self.take(Started(self._id(), self.facts.now, self.session.person, "terminal", self.session.flow))

    def waits(self, by: timedelta, kind: str, step: str) -> Conversation:
        """A timer of a step comes due, `by` after now."""
        due = self.facts.now + by
        return self.fires(kind, step, due, due)

    def fires(self, kind: str, step: str, due: datetime, at: datetime) -> Conversation:
        self.facts = replace(self.facts, now=at)
        return self.take(TimerFired(self._id(), at, CASE, f"{kind}:{self.session.id}:{self.full(step)}", due))

    def is_taken_over_by(self, other: PersonId) -> Conversation:
        self.session = replace(self.session, person=other)
        return self._keep(present(self.flows, self._through_json(), self.facts))

    def take(self, event: PersonEvent | TimerFired) -> Conversation:
        return self._keep(advance(self.flows, self._through_json(), event, self.facts))

    # --- what the person is shown ---

    @property
    def messages(self) -> list[Message]:
        """The messages of the last turn."""
        return [e.message for e in self.effects if isinstance(e, Send)]

    @property
    def shown(self) -> list[str]:
        return [message.text for message in self.messages]

    @property
    def last(self) -> Message:
        return self.messages[-1]

    @property
    def choices(self) -> dict[str, str]:
        """The buttons of the last message: labels by option."""
        return {choice.id: choice.label for choice in self.last.choices}

    @property
    def ways_out(self) -> list[str]:
        return [choice.id for choice in self.last.commands]

    @property
    def marked(self) -> list[str]:
        """Messages that now read differently."""
        return [e.message.text for e in self.effects if isinstance(e, Update)]

    @property
    def removed(self) -> list[str]:
        """Steps whose messages are gone."""
        begin = f"{self.session.id}:"
        return [e.slot.removeprefix(begin) for e in self.effects if isinstance(e, Delete) and e.slot is not None]

    @property
    def decided(self) -> list[CaseCommand]:
        """What the case was told in the last turn."""
        return [e for e in self.effects if isinstance(e, CaseCommand)]

    @property
    def timers(self) -> dict[str, datetime]:
        return {e.key.partition(":")[0]: e.at for e in self.effects if isinstance(e, SetTimer)}

    @property
    def form(self) -> Form:
        assert isinstance(self.reply, OpenForm), self.reply
        return self.reply.form

    @property
    def errors(self) -> dict[str, str]:
        assert isinstance(self.reply, FormErrors), self.reply
        return {error.field: error.text for error in self.reply.errors}

    @property
    def form_closed(self) -> bool:
        return isinstance(self.reply, CloseForm)

    # --- where the talk stands ---

    @property
    def asking(self) -> str | None:
        asking = self.session.asking
        return asking.removeprefix(f"{self.session.flow}.") if asking is not None else None

    @property
    def ended(self) -> bool:
        return self.session.status is Status.ENDED

    def answer(self, question: str) -> Answer | None:
        return self.session.answer(self.full(question))

    def full(self, step: str) -> str:
        return step if "." in step else f"{self.session.flow}.{step}"

    def token(self, step: str | None) -> Token:
        """The token of the last message, or of the last one of a step."""
        found = self.session.asking or "nothing.asked" if step is None else self.full(step)
        if step is not None and step in {WHICH_TALK, WHICH_LANGUAGE, *CONFIRMS, *FORMS}:
            found = step
        return Token(CASE, self.session.id, found, self.session.revision)

    def at(self, **changes: Unpack[FactsChange]) -> Conversation:
        """The same talk with other facts."""
        self.facts = replace(self.facts, **changes)
        return self

    def view(self, **changes: Unpack[ViewChange]) -> Conversation:
        self.facts = replace(self.facts, view=replace(self.facts.view, **changes))
        return self

    # --- turns ---

    def begins(self, told: str = "") -> Conversation:
        return self._keep(begin(self.flows, self._through_json(), self.facts, told))

    def is_told(self, words: str) -> bool:
        """Something is told elsewhere, as by a shortcut; whether this talk has a place for it."""
        turn = tell_more(self.flows, self._through_json(), self.facts, words)
        if turn is not None:
            self._keep(turn)
        return turn is not None

    def _keep(self, turn: Turn) -> Conversation:
        self.effects, self.reply = [], turn.reply
        while True:
            self.session = turn.session
            self.effects.extend(turn.effects)
            for effect in turn.effects:
                self._decide(effect)
            if turn.more is None:
                return self
            turn = go_on(self.flows, self._through_json(), self.facts, turn.more)

    def _decide(self, effect: Effect) -> None:
        """What the case would make of a command, as far as a talk can tell."""
        match effect:
            case OpenCase() if not self.refuses:
                self.view(opened=True, owner=MIA)
            case RaiseLevel(to=level):
                self.view(level=self.facts.view.level.at_least(level))
            case SetAccused(persons=persons, unresolved=unresolved):
                self.view(excluded=persons, no_line_manager=unresolved)
            case _:
                pass

    def _through_json(self) -> Session:
        return SESSIONS.validate_json(SESSIONS.dump_json(self.session))

    def _id(self) -> str:
        self.events += 1
        return f"e{self.events}"


def talk(
    steps: str | Flow,
    *called: Flow,
    audience: str = "reporter",
    person: PersonId = ADA,
    language: str = "en",
    refuses: bool = False,
    told: str = "",
    **changes: Unpack[FactsChange],
) -> Conversation:
    """A talk that has just begun. `told` was said before it; `changes` are facts."""
    flow = flow_of(steps, audience=audience) if isinstance(steps, str) else steps
    flows = Flows({f.name: f for f in (flow, *called)})
    session = Session(TALK, CASE, person, flow.name, language, "terminal", (Frame(flow.name, flow.structure, 0),))
    session = replace(session, structures={flow.name: flow.structure})
    return Conversation(flows, session, facts(**changes), refuses=refuses).begins(told)
