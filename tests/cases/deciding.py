"""A case in a status, and what a decision sends."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.cases.case import UNTAKEN, Alerted, Case, Status
from bot.cases.decide import decide
from bot.cases.ladder import Decision
from bot.core.case_commands import Escalate
from bot.core.effects import Send, SetTimer
from bot.core.people import PersonId, Role
from tests.cases.office import MONA, draft, world
from tests.cases.organisations import NOW

TAKEN = (Status.ACKNOWLEDGED, Status.IN_PROGRESS, Status.FOLLOW_UP)
HOUR = timedelta(hours=1)


def case_in(status: Status, *roles: Role, owner: PersonId | None = MONA) -> Case:
    """A case as it stands after Mona was alerted, and took it where the status says so."""
    return replace(
        draft(*(roles or (Role.MANAGER, Role.HR))),
        status=status,
        owner=owner,
        rung=1,
        alerted=(Alerted(MONA, 1),),
        tried=(MONA,),
        revision=5,
        opened=NOW,
        taken=None if status in UNTAKEN else NOW,
    )


def taken(status: Status = Status.IN_PROGRESS, *roles: Role) -> Case:
    """Mona has the case."""
    return case_in(status, *roles)


def overdue(*tasks: str, case: Case | None = None) -> Case:
    """Mona has the case, did not do something in time, and somebody is asked to help."""
    found = case or taken()
    for task in tasks or ("talk",):
        found = decide(found, Escalate("overdue", task), MONA, world()).case
    return found


def sent(decision: Decision) -> list[PersonId]:
    """Who is written to, in order."""
    return [e.to for e in decision.effects if isinstance(e, Send)]


def said(decision: Decision) -> list[tuple[PersonId, str]]:
    """The same, with what."""
    return [(e.to, e.message.text) for e in decision.effects if isinstance(e, Send)]


def words(decision: Decision, person: PersonId) -> list[str]:
    return [text for to, text in said(decision) if to == person]


def timers(decision: Decision, since: datetime = NOW) -> dict[str, timedelta]:
    """Which times are set, and how long they run."""
    return {e.key: e.at - since for e in decision.effects if isinstance(e, SetTimer)}
