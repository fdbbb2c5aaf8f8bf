"""What a turn changed in a case's talks: pure, so that only what differs is sealed and written.

Rule 1. A talk is written when anything in it differs, the order of its answers too.
Rule 2. An answer is written when it is new or other than before, and dropped when it is gone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.cases.case import CaseFile
from bot.core.ids import SessionId
from bot.core.session import Given, Session

_NO_SESSIONS: Final[Mapping[SessionId, Session]] = {}
_NO_ANSWERS: Final[Mapping[str, Given]] = {}


@dataclass(frozen=True, slots=True)
class Changes:
    """Talks that are new, moved on or dropped; answers to be written, and those to be dropped, each with its talk."""

    new: tuple[Session, ...]
    moved: tuple[Session, ...]
    dropped: tuple[Session, ...]
    given: tuple[tuple[Session, str, Given], ...]
    taken_back: tuple[tuple[Session, str], ...]


def compare(before: CaseFile | None, after: CaseFile) -> Changes:
    old = before.sessions if before is not None else _NO_SESSIONS
    new: list[Session] = []
    moved: list[Session] = []
    dropped = [session for session in old.values() if session.id not in after.sessions]
    given: list[tuple[Session, str, Given]] = []
    taken_back = [(session, question) for session in dropped for question in session.answers]
    for session in after.sessions.values():
        was = old.get(session.id)
        if was is session:
            continue
        answers = was.answers if was is not None else _NO_ANSWERS
        if was is None:
            new.append(session)
        elif was != session or list(was.answers) != list(session.answers):
            moved.append(session)
        given += [
            (session, question, answer)
            for question, answer in session.answers.items()
            if (known := answers.get(question)) is not answer and known != answer
        ]
        taken_back += [(session, question) for question in answers if question not in session.answers]
    return Changes(tuple(new), tuple(moved), tuple(dropped), tuple(given), tuple(taken_back))
