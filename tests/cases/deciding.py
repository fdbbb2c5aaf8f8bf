"""A case in a status, and whom a decision writes to."""

from __future__ import annotations

from dataclasses import replace

from bot.cases.case import UNTAKEN, Alerted, Case, Status
from bot.cases.ladder import Decision
from bot.core.effects import Send
from bot.core.people import PersonId, Role
from tests.cases.office import (
    MONA,
    draft,
)
from tests.cases.organisations import NOW

TAKEN = (Status.ACKNOWLEDGED, Status.IN_PROGRESS, Status.FOLLOW_UP)


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


def sent(decision: Decision) -> list[PersonId]:
    return [e.to for e in decision.effects if isinstance(e, Send)]
