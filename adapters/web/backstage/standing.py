"""Where each person stands in a flow, and what lies behind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from adapters.web.backstage.labels import pinned
from bot.cases.case import CaseFile
from bot.core.ids import CaseId
from bot.core.people import PersonId
from bot.core.session import Session
from bot.flow.model import END, Flows
from bot.flow.walk import CALLED


@dataclass(frozen=True, slots=True)
class Standing:
    """`key` is the step at hand as `flow.step`, None behind the end; `done` the steps that are over, in any order."""

    person: PersonId
    case: CaseId
    flow: str
    structure: str
    key: str | None
    line: int
    done: tuple[str, ...]
    status: str


def standing(files: Iterable[CaseFile], flows: Flows) -> list[Standing]:
    """One for each talk, those of one case in the order in which they began."""
    return [
        _stands(session, flows)
        for file in files
        for session in file.sessions.values()
        if session.flow in session.pinned
    ]


def _stands(session: Session, flows: Flows) -> Standing:
    key = here(session, flows)
    top = session.stack[-1].flow if session.stack else session.flow
    name = key.partition(".")[0] if key is not None else top
    flow = pinned(name, session, flows)
    number = flow.number.get(key.partition(".")[2]) if flow is not None and key is not None else None
    line = flow.place.line if flow is not None else 0
    if flow is not None and number is not None:
        line = flow.code[number].place.line
    done = tuple(sorted({*_done(session, flows)} - {key}))
    return Standing(session.person, session.case, name, session.pinned[name], key, line, done, session.status.value)


def here(session: Session, flows: Flows) -> str | None:
    """The step that a talk stands at: the one that waits for its person, or for time."""
    if session.asking is not None:
        return session.asking
    frame = session.stack[-1] if session.stack else None
    flow = pinned(frame.flow, session, flows) if frame is not None else None
    if frame is None or flow is None or frame.at == END:
        return None
    return f"{flow.name}.{flow.key_of(flow.code[frame.at], frame.at)}"


def _done(session: Session, flows: Flows) -> Iterator[str]:
    yield from (visit.question for visit in session.trail)
    yield from (key for key, task in session.tasks.items() if task.state.settled)
    for mark in session.done:
        name, _, number = mark.rpartition(CALLED)[2].partition(".")
        flow = pinned(name, session, flows)
        if flow is not None:
            yield f"{name}.{flow.key_of(flow.code[int(number)], int(number))}"
    for question, given in session.answers.items():
        name, _, asked = question.partition(".")
        flow = pinned(name, session, flows)
        step = flow.step_of.get(asked) if flow is not None and not given.kept else None
        if flow is not None and step is not None:
            yield f"{name}.{flow.key_of(flow.code[step], step)}"
