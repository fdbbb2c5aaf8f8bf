"""A case walked through anything that can happen to it, and checked after every step (`walk_rules.py`).

The walk stands in for the runtime: it keeps the timers, delivers or fails what is awaited, and asks the permissions
table before somebody presses.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Unpack

from bot.cases import alerts
from bot.cases.decide import decide
from bot.cases.inputs import (
    Arrived,
    AskName,
    CaseInput,
    Decline,
    DraftOver,
    Failed,
    Halfway,
    Look,
    NameOver,
    NameQuestionCame,
    NewPeople,
    NoteFallback,
    PageOver,
    RungOver,
    StartDue,
    Take,
    TakeCall,
)
from bot.cases.ladder import Decision
from bot.cases.permissions import Action, may
from bot.cases.policy import reveal
from bot.core.case_commands import CaseCommand
from bot.core.effects import CancelTimer, Send, SetTimer
from bot.core.people import Absence, People, Person, PersonId, Role
from tests.cases.walk_rules import meant_for
from tests.cases.walk_wishes import Wishes
from tests.changes import PersonChange

PRESSES: dict[str, tuple[type[Take | Decline | NoteFallback | TakeCall], Action]] = {
    "take": (Take, Action.TAKE),
    "decline": (Decline, Action.DECLINE),
    "noted": (NoteFallback, Action.NOTE_FALLBACK),
    "call": (TakeCall, Action.TAKE_CALL),
}
#: One move: what happens, and two numbers to choose by.
Move = tuple[str, int, int]
MOVES_OF_WALK = (
    # the time and the platforms have most of the say
    *("arrive", "arrive", "arrive", "arrive", "fail", "time", "time", "time", "time", "wait"),
    *(*PRESSES, "take", "widen", "widen", "consent", "consent", "accuse", "chart", "leave", "partner", "affect"),
    *("open", "page", "raise", "escalate", "start", "start_due", "hand_over", "note"),
    *("close", "close", "not_over", "not_over", "withdraw"),
    *("task_done", "task_dropped", "help", "stale", "overdue", "overdue", "hand_to", "hand_to", "handing", "recuse"),
    *("look", "look", "away", "change", "change", "read"),
    *("share", "share", "share", "answer_reader", "answer_reader", "answer_reader"),
    *("ask_name", "ask_name", "agree", "agree", "tell_name", "draft", "keep"),
)


@dataclass
class Walk(Wishes):
    """A case to which anything may happen."""

    def move(self, move: Move) -> None:
        what, first, second = move
        match what:
            case "arrive" | "fail":
                if self.awaited:
                    self.deliver(self.awaited[first % len(self.awaited)], arrives=what == "arrive")
            case "time":
                self.fire_next()
            case "wait":
                self.world = replace(self.world, now=self.world.now + timedelta(hours=first % 50))
            case "chart":
                self.set_manager(self.person(first), self.person(second))
            case "leave":
                self.leave(self.case.reporter if second % 6 == 0 else self.person(first))
            case "partner":
                self.change(self.person(first), conflicts=frozenset({self.person(second)}))
            case "read":
                self.read(self.person(first))
            case "ask_name" | "agree":
                self.about_name(what, first, second)
            case "away":
                self.send_away(self.person(first), second)
            case "look":
                self.do(Look(self.is_waited_for()), None)
            case "take" | "decline" | "noted" | "call":
                self.press(what, first, second)
            case _:
                actor = self.actor(what, second)
                if actor in (None, self.case.reporter) or not self.case.gap:  # with a fallback there is no talk
                    self.do(self.wish(what, first, second), actor)

    def set_manager(self, person: PersonId, manager: PersonId) -> None:
        """Somebody comes to stand under somebody else: the directory is synced while the case is open."""
        self.change(person, manager=manager)

    def change(self, person: PersonId, **what: Unpack[PersonChange]) -> None:
        by_id = dict(self.world.people.by_id)
        if person in by_id:
            by_id[person] = replace(by_id[person], **what)
        self.people_are(by_id)

    def leave(self, person: PersonId) -> None:
        """Whoever is the last stays."""
        by_id = {other: one for other, one in self.world.people.by_id.items() if other != person}
        self.people_are(by_id or dict(self.world.people.by_id))

    def people_are(self, by_id: dict[PersonId, Person]) -> None:
        """The case hears of it; hearing of it twice is hearing of it once."""
        self.world = replace(self.world, people=People(by_id))
        self.do(NewPeople(), None)
        self.check_people()
        again = decide(self.case, NewPeople(), None, self.world)
        assert again == Decision(self.case), "nothing has changed, and nothing happens"

    def send_away(self, person: PersonId, hours: int) -> None:
        by_id = dict(self.world.people.by_id)
        if person not in by_id:
            return
        absence = Absence(self.world.now, self.world.now + timedelta(hours=1 + hours % 50))
        by_id[person] = replace(by_id[person], away=(*by_id[person].away, absence))
        self.world = replace(self.world, people=People(by_id))

    def is_waited_for(self) -> bool:
        slots = {f"{alerts.ALERT}:{self.case.rung}", f"{alerts.FALLBACK}:{self.case.rung}"}
        return f"rung:{self.case.rung}" in self.timers or any(sent.slot in slots for sent in self.awaited)

    def press(self, what: str, first: int, second: int) -> None:
        """Somebody who has the button presses it, or now and then anybody."""
        case = self.case
        shown = {"noted": [t.person for t in case.told], "call": [*case.paged]}
        persons = shown.get(what, [a.person for a in case.alerted])
        person = persons[first % len(persons)] if persons and second % 4 else self.person(first)
        kind, action = PRESSES[what]
        if may(case, person, action, self.world.people):
            self.do(kind(person), person)

    def read(self, person: PersonId) -> None:
        """Somebody reads what was told, where there is something to read."""
        if any(reveal(person, meant_for(role), self.case.reporter, self.case, self.world.people) for role in Role):
            self.case = replace(self.case, read_by=self.case.read_by | {person} - {self.case.reporter})

    def about_name(self, what: str, first: int, second: int) -> None:
        """Somebody asks for the name, or agrees to it, if the table lets them."""
        asked = self.case.name_asked
        person = asked.asked[first % len(asked.asked)] if asked is not None and second % 4 else self.person(first)
        if may(self.case, person, Action.ASK_NAME, self.world.people):
            self.do(AskName(person, "why") if what == "ask_name" else self.agree(person, second), person)

    def deliver(self, sent: Send, *, arrives: bool) -> None:
        """An awaited message arrives, or is given up."""
        self.awaited.remove(sent)
        step, _, number = sent.slot.partition(":")
        if step in (alerts.ALERT, alerts.FALLBACK):
            self.do(Arrived(int(number)) if arrives else Failed(int(number), sent.to), None)
        elif step == alerts.NAME_ASKED:
            self.do(NameQuestionCame(int(number)), None)

    def fire_next(self) -> bool:
        if not self.timers:
            return False
        key = min(self.timers, key=lambda one: (self.timers[one], one))
        due = self.timers.pop(key)
        self.world = replace(self.world, now=max(self.world.now, due))
        match key.split(":"):
            case ["rung", number]:
                self.do(RungOver(int(number)), None)
            case ["half", number]:
                self.do(Halfway(int(number)), None)
            case ["page", number]:
                self.do(PageOver(int(number)), None)
            case ["name", number]:
                self.do(NameOver(int(number)), None)
            case ["draft", which]:
                self.do(DraftOver(self.world.now, holds=True, last=which == "last"), None)
            case ["start", flow, role, *_]:
                self.do(StartDue(flow, Role(role)), None)
            case other:
                raise AssertionError(other)
        return True

    def do(self, wish: CaseCommand | CaseInput, actor: PersonId | None) -> Decision:
        before = replace(self.case, revision=self.case.revision + 1)
        decision = decide(before, wish, actor, self.world)
        self.case = decision.case
        self.steps += 1
        for effect in decision.effects:
            match effect:
                case SetTimer(key, at):
                    self.timers[key] = at
                case CancelTimer(key):
                    self.timers.pop(key, None)
                case Send(awaited=True):
                    self.awaited.append(effect)
                case _:
                    pass
        self.check(before, decision, wish, actor)
        return decision

    def drain(self) -> None:
        """Nobody can be reached any more: the case comes to rest, and then only the time moves it."""
        bound = 4 * len(self.world.people.by_id) + 8 + len(self.awaited)
        while self.awaited:
            bound -= 1
            assert bound, "a message that failed makes messages without end"
            self.deliver(self.awaited[0], arrives=False)
