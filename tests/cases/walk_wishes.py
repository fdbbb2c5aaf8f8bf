"""What is wished in a walk, by whom and about whom: each choice by a number."""

from __future__ import annotations

from dataclasses import dataclass

from bot.cases.inputs import (
    AgreeToName,
    AnswerName,
    AnswerReader,
    CaseInput,
    ChangeConsent,
    DraftOver,
    KeepDraft,
    MayHandOver,
    PageOver,
    RungOver,
    StartDue,
    Widen,
)
from bot.core.case_commands import (
    AskForHelp,
    CaseCommand,
    CloseCase,
    Escalate,
    HandOver,
    OpenCase,
    PageOnCall,
    RaiseLevel,
    Recuse,
    Reopen,
    SetAccused,
    SetAffected,
    SetConsent,
    Share,
    StartFlow,
    TaskDone,
    TaskDropped,
    WithdrawCase,
    WriteNote,
)
from bot.core.durations import Duration, Unit
from bot.core.levels import Level
from bot.core.people import PersonId, Role
from tests.cases.organisations import TICKABLE
from tests.cases.walk_rules import Rules

OWNERS = {"share", "hand_over", "hand_to", "recuse", "note", "close", "task_done", "task_dropped", "help", "overdue"}


@dataclass
class Wishes(Rules):
    """Nothing here changes the case: it only chooses."""

    def wish(self, what: str, first: int, second: int) -> CaseCommand | CaseInput:
        match what:
            case "widen":
                asked = self.case.asked
                person = asked[first % len(asked)] if asked and second % 3 else self.person(first)
                return Widen(person if second % 8 else None, first % (self.case.rung + 1))
            case "consent":
                ticked = frozenset(role for bit, role in enumerate(TICKABLE) if first >> bit & 1)
                return SetConsent(ticked, without_name=second % 3 == 0)
            case "accuse":
                named = {self.person(first), self.person(second)} if first % 3 else {self.person(first)}
                return SetAccused(frozenset(named) if first % 5 else frozenset(), unresolved=second % 4 == 0)
            case "affect":
                return SetAffected(self.person(first))
            case "raise":
                return RaiseLevel(list(Level)[first % 4])
            case "start" | "start_due":
                role = (Role.REPORTER, Role.OWNER)[first % 2]
                after = Duration(1, Unit.DAYS) if second % 2 else None
                return StartFlow("check_in", role, after) if what == "start" else StartDue("check_in", role)
            case "stale":
                return RungOver(first % (self.case.rung + 1)) if second % 2 else PageOver(first % (self.case.pages + 1))
            case "share":
                return Share(self.person(first), "why")
            case "change" | "tell_name" | "draft" | "keep" | "answer_reader":
                return self.reporters_wish(what, first, second)
            case "task_done" | "task_dropped":
                return (TaskDone if what == "task_done" else TaskDropped)(f"t{first % 2}")
            case _:
                wishes: dict[str, CaseCommand | CaseInput] = {
                    "overdue": Escalate("overdue", f"t{first % 2}"),
                    "hand_to": HandOver(self.person(first)),
                    "handing": MayHandOver(second % 3 > 0, self.question(first)),
                    "help": AskForHelp("t"),
                    "open": OpenCase(),
                    "page": PageOnCall(),
                    "escalate": Escalate("overdue"),
                    "hand_over": HandOver(),
                    "recuse": Recuse(),
                    "note": WriteNote("words"),
                    "close": CloseCase(),
                    "not_over": Reopen(),
                    "withdraw": WithdrawCase(),
                }
                return wishes[what]

    def reporters_wish(self, what: str, first: int, second: int) -> CaseInput:
        """What only the reporter can want, and what becomes of drafts."""
        match what:
            case "change":
                ticked = frozenset(role for bit, role in enumerate(TICKABLE) if first >> bit & 1)
                stay = frozenset(p for p in self.case.consent.persons if second % 2)
                asked = (asked.person for asked in self.case.readers_asked)
                reading = frozenset(person for place, person in enumerate(asked) if first >> place & 1)
                return ChangeConsent(ticked, stay, without_name=second % 3 == 0, sure=second % 5 > 1, readers=reading)
            case "answer_reader":
                return AnswerReader(1 + first % (1 + len(self.case.readers_asked)), yes=second % 4 > 0)
            case "tell_name":
                return AnswerName(tells=first % 2 == 0, number=self.case.names_asked - (second % 4 == 0))
            case "draft":
                return DraftOver(self.world.now, holds=first % 2 == 0, last=second % 2 == 0)
            case _:
                return KeepDraft()

    def agree(self, person: PersonId, second: int) -> AgreeToName:
        return AgreeToName(person, second % 3 > 0, self.case.names_asked - (second % 5 == 0))

    def actor(self, what: str, number: int) -> PersonId | None:
        if what in OWNERS or (what in {"raise", "escalate", "start"} and number % 2):
            return self.case.owner
        return None if what in {"stale", "start_due", "draft"} else self.case.reporter

    def person(self, number: int) -> PersonId:
        """Somebody; those who have a part in the case more often."""
        case = self.case
        parts = [
            case.owner,
            *(a.person for a in case.alerted),
            *(t.person for t in case.told),
            *case.paged,
            *case.asked,
        ]
        known = [p for p in parts if p is not None]
        everybody = list(self.world.people.by_id)
        return known[number // 2 % len(known)] if known and number % 2 else everybody[number % len(everybody)]

    def question(self, number: int) -> int:
        """One of those the reporter was asked about a hand-over, the newest most often."""
        asked = list(self.hands)
        return (asked[-1] if number % 3 else asked[number % len(asked)]) if asked else 0
