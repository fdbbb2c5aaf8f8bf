"""Ids: opaque words, each of a type of its own, so that one cannot be passed for another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NewType

CaseId = NewType("CaseId", str)
SessionId = NewType("SessionId", str)

#: The name of a message within its case, as `session:question`; an Update or Delete names its message by it.
Slot = NewType("Slot", str)


@dataclass(frozen=True, slots=True)
class Token:
    """What a button or a form answers: which step of which talk, as it stood at `revision`.

    Without a session it belongs to the case itself: an alert, a question of consent.
    """

    case: CaseId
    session: SessionId | None
    step: str
    revision: int

    def parts(self) -> tuple[str, str | None, str, int]:
        """As what goes over a wire, and comes back to `token_of`."""
        return self.case, self.session, self.step, self.revision


def token_of(parts: object) -> Token | None:
    """What `Token.parts` wrote, as JSON gives it back; None for anything else."""
    match parts:
        case [str(case), (str() | None) as session, str(step), int(revision)] if not isinstance(revision, bool):
            return Token(CaseId(case), SessionId(session) if session is not None else None, step, revision)
        case _:
            return None
