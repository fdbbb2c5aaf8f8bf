"""Cases and talks to look behind: in an office, and of the sample organisation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Unpack

from bot.cases.case import Alerted, Case, CaseFile, Status
from bot.cases.escalate import LadderRules
from bot.core.ids import CaseId, SessionId
from bot.core.people import PersonId, Role
from bot.core.session import Frame, Session
from bot.flow.model import Flows
from bot.runtime.ports import AuditLine
from bot.runtime.view import Setting
from tests.cases.office import FAY, MONA, OFFICE, draft
from tests.cases.organisations import NOW, SITE
from tests.changes import TalkChange
from tests.pure.organisations import shipped

FLOWS = Flows(shipped().flows)
SETTING = Setting(FLOWS, OFFICE, shipped().countries["dk"], SITE, LadderRules(fallback=FAY), "Acme")
LATER = NOW + timedelta(hours=1)
REPORT, PLAYBOOK = SessionId("c1.1"), SessionId("c1.2")


def opened(*roles: Role) -> Case:
    case = replace(draft(*roles), status=Status.ALERTED, owner=MONA, rung=1, tried=(MONA,), opened=NOW)
    return replace(case, alerted=(Alerted(MONA, 1),), acknowledge_by=LATER)


def talk(session: SessionId, person: PersonId, flow: str, at: str | int, **change: Unpack[TalkChange]) -> Session:
    """A talk at a step, that waits for its person."""
    found = FLOWS.current[flow]
    number = found.number[at] if isinstance(at, str) else at
    made = Session(
        session, CaseId("c1"), person, flow, "en", "chat", (Frame(flow, found.structure, number),), asking=None
    )
    made = replace(made, structures={flow: found.structure}, asking=f"{flow}.{at}" if isinstance(at, str) else None)
    return replace(made, **change)


def file(case: Case, *talks: Session) -> CaseFile:
    return CaseFile(case, {session.id: session for session in talks})


PERSONS: Mapping[str, PersonId] = {f"hex of {person}": person for person in OFFICE.by_id}


def line(kind: str, person: PersonId | None = None, detail: str = "") -> AuditLine:
    return AuditLine(1, NOW, kind, f"hex of {person}" if person is not None else "", detail, b"")
