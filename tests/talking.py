"""Talks for tests: a small flow written in the test, a small organisation, and a person who answers.

Between every two turns the session goes through JSON, as it does in production.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from textwrap import dedent

from pydantic import TypeAdapter

from bot.core.answers import Answer, FileRef
from bot.core.case_commands import CaseCommand, OpenCase, RaiseLevel, SetAccused
from bot.core.durations import Duration, Unit
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
from bot.core.facts import CaseView, Country, Deadline, Facts, HelpLine
from bot.core.ids import CaseId, SessionId, Token
from bot.core.levels import Level
from bot.core.messages import Form, Message
from bot.core.people import Address, People, Person, PersonId, Role
from bot.core.replies import CloseForm, FormErrors, OpenForm, Reply
from bot.core.session import Frame, Session, Status
from bot.core.worktime import Hours, Site
from bot.flow.commands import CONFIRMS
from bot.flow.interpret import advance, begin, go_on, present
from bot.flow.letting_go import FORMS
from bot.flow.load import load_flow
from bot.flow.model import Flow, Flows, Translation
from bot.flow.tell import WHICH_LANGUAGE
from bot.flow.translate import load_translation
from bot.flow.turn import Turn
from bot.flow.words import WHICH_TALK

SESSIONS = TypeAdapter(Session)
#: A Wednesday, 10:00 in Copenhagen.
NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
OPEN = Hours.of({day: ((time(8), time(16)),) for day in range(5)})
SITE = Site("head office", "Europe/Copenhagen", OPEN)
CASE, TALK = CaseId("case"), SessionId("case.1")

ADA, MIA, DAN, BEA, CEM, SUE, WIL, OLA = (
    PersonId(name) for name in ("ada", "mia", "dan", "bea", "cem", "sue", "wil", "ola")
)


def person(id_: PersonId, name: str, *roles: Role, **more: object) -> Person:
    made = Person(id_, name, roles=frozenset(roles), addresses=(Address("terminal", id_),))
    return replace(made, **more)  # type: ignore[arg-type]


#: Ada works for Mia, whose deputy is Dan; Bea and Cem are HR.
STAFF = (
    person(ADA, "Ada Holm", manager=MIA),
    person(MIA, "Mia Lund", manager=BEA, deputy=DAN, title="Team lead"),
    person(DAN, "Dan Krogh", manager=MIA),
    person(BEA, "Bea Falk", Role.HR),
    person(CEM, "Cem Aydin", Role.HR),
    person(SUE, "Sue Dahl", Role.SAFETY_REP),
    person(WIL, "Wil Ravn", Role.WHISTLEBLOWER_UNIT),
    person(OLA, "Ola Berg", Role.ON_CALL),
)


def staff(*people: Person) -> People:
    return People({p.id: p for p in people})


COUNTRY = Country(
    "dk",
    HelpLine("112", {"en": "Call 112 in danger.", "da": "Ring 112 i fare."}, "the police"),
    {"lifeline": HelpLine("70 201 201", {"en": "The lifeline: 70 201 201", "da": "Livslinien: 70 201 201"}, "x")},
    {
        "police": Deadline(
            Duration(72, Unit.HOURS), "incident_time", {"en": "Tell the police.", "da": "Sig det til politiet."}, "x"
        )
    },
)


def facts(**changes: object) -> Facts:
    view = CaseView("K7Q-4M2X", Level.MEDIUM, opened=False, reporter=ADA)
    made = Facts(NOW, staff(*STAFF), "Nordlys", COUNTRY, SITE, "Europe/Copenhagen", view)
    if "shared" in changes:
        changes.setdefault("told", (changes["shared"],))  # by one other talk
    return replace(made, **changes)  # type: ignore[arg-type]


def flow_of(steps: str, *, name: str = "talk", audience: str = "reporter", head: str = "") -> Flow:
    """A flow without a mistake, from the text of its steps."""
    text = (
        f"bistand: 1\nflow: {name}\ntitle: The {name}\naudience: {audience}\nlanguage: en\n"
        f"visible_to: [owner, hr]\n{dedent(head).strip()}\nsteps:\n{dedent(steps).strip()}\n"
    )
    flow, problems = load_flow(text, f"{name}.yaml")
    assert not problems, problems
    assert flow is not None
    return flow


def problems_of(steps: str, *, head: str = "") -> dict[str, str]:
    """The mistakes of a flow: rule and message."""
    text = (
        "bistand: 1\nflow: talk\ntitle: The talk\naudience: reporter\nlanguage: en\n"
        f"visible_to: [owner, hr]\n{dedent(head).strip()}\nsteps:\n{dedent(steps).strip()}\n"
    )
    _, problems = load_flow(text, "talk.yaml")
    return {problem.rule: problem.message for problem in problems}


def danish(flow: Flow, texts: Mapping[str, str]) -> Flow:
    """The flow with a Danish translation: Danish by English."""
    lines = "".join(f"- en: {english}\n  da: {dansk}\n" for english, dansk in texts.items())
    made, problems = load_translation(f"translation: {flow.name}\nfrom: en\nto: da\ntexts:\n{lines}", "talk.da.yaml")
    assert made is not None, problems
    translations: Mapping[str, Translation] = {"da": made}
    return replace(flow, translations=translations)


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

    def leaves_form(self) -> Conversation:
        return self.take(Left(self._id(), self.facts.now, self.session.person, "terminal", self.token(None)))

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

    def at(self, **changes: object) -> Conversation:
        """The same talk with other facts."""
        self.facts = replace(self.facts, **changes)  # type: ignore[arg-type]
        return self

    def view(self, **changes: object) -> Conversation:
        self.facts = replace(self.facts, view=replace(self.facts.view, **changes))  # type: ignore[arg-type]
        return self

    # --- turns ---

    def begins(self, told: str = "") -> Conversation:
        return self._keep(begin(self.flows, self._through_json(), self.facts, told))

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
    *others: Flow,
    audience: str = "reporter",
    person: PersonId = ADA,
    language: str = "en",
    refuses: bool = False,
    told: str = "",
    **changes: object,
) -> Conversation:
    """A talk that has just begun. `told` was said before it; `changes` are facts."""
    flow = flow_of(steps, audience=audience) if isinstance(steps, str) else steps
    flows = Flows({f.name: f for f in (flow, *others)})
    session = Session(TALK, CASE, person, flow.name, language, "terminal", (Frame(flow.name, flow.structure, 0),))
    session = replace(session, structures={flow.name: flow.structure})
    return Conversation(flows, session, facts(**changes), refuses=refuses).begins(told)
