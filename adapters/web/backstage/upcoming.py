"""What comes of itself when time passes: one line for each timer that will do something, and a case's deadlines.

Rule 1. A timer that will find nothing to do is not shown: a rung that was climbed, a task that was done, a reminder to
        somebody who is left out by now.
Rule 2. Who is asked next is told as it would be decided at that time, with what is known now.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from adapters.web.backstage.head import to_take
from adapters.web.backstage.labels import first_name, sentence, title_of, words_of
from adapters.web.backstage.standing import here
from adapters.web.backstage.tasks import task_in, task_text
from adapters.web.backstage.words import Words
from bot.cases.case import AT_REST, UNTAKEN, Case, CaseFile, Status
from bot.cases.escalate import next_rung
from bot.cases.people import excluded
from bot.cases.policy import fallbacks, recipients
from bot.core.ids import CaseId, SessionId
from bot.core.people import PersonId, Role
from bot.core.session import Session
from bot.core.session import Status as TalkStatus
from bot.core.worktime import add
from bot.runtime.ports import DueTimer
from bot.runtime.view import Setting, facts_for
from bot.steps import Task

#: The timer of the ladder: its line is put together, since it says who comes next.
RUNG = "rung"


@dataclass(frozen=True, slots=True)
class Coming:
    at: datetime
    text: str
    case: CaseId


def upcoming(timers: Iterable[DueTimer], files: Iterable[CaseFile], setting: Setting, language: str) -> list[Coming]:
    """All that will happen by itself, the next first."""
    words, by_id = words_of(language), {file.case.id: file for file in files}
    found: list[Coming] = []
    for timer in timers:
        file = by_id.get(timer.case)
        text = _text(timer, file, setting, words) if file is not None else None
        if text is not None:
            found.append(Coming(timer.at, sentence(text), timer.case))
    return sorted(found, key=lambda coming: coming.at)


def _text(timer: DueTimer, file: CaseFile, setting: Setting, words: Words) -> str | None:
    case = file.case
    match timer.key.split(":"):
        case [kind, number] if kind == RUNG:
            waits = int(number) == case.rung and case.status in UNTAKEN
            return _rung(case, timer.at, setting, words) if waits else None
        case ["half", number]:
            waits = int(number) == case.rung and case.status in UNTAKEN and not case.ownerless
            name = first_name(case.waited_for, setting.people, words)
            return words.coming["half"].format(person=name) if waits else None
        case ["page", number]:
            over = case.called_by is not None or case.status in (Status.CLOSED, Status.WITHDRAWN)
            return words.coming["page"] if int(number) == case.pages and not over else None
        case ["name", _]:
            return words.coming["name"] if case.name_asked is not None else None
        case ["draft", _]:
            return words.coming["draft"] if case.status is Status.DRAFT else None
        case ["start", flow, role, *_]:
            return _start(case, flow, Role(role), setting, words)
        case [kind, session, *rest] if SessionId(session) in file.sessions:
            talk = file.sessions[SessionId(session)]
            heard = talk.person == case.reporter or talk.person not in excluded(case, setting.people)
            return _talk(kind, file, talk, ":".join(rest), setting, words) if heard else None
        case _:
            return None


def _rung(case: Case, at: datetime, setting: Setting, words: Words) -> str:
    people = setting.people
    asked = first_name(case.waited_for, people, words)
    lead = words.nobody_took if case.gap else words.not_taken.format(person=asked)
    keeps = case.owner if case.kept else None
    ladder = tuple(p for p in recipients(case, people, at) if p != keeps)
    nearest = next_rung(ladder, case.tried)
    strangers = tuple(p for p in fallbacks(case, people, at, setting.rules.fallback) if p != keeps)
    if nearest is not None:
        then = words.is_asked.format(person=first_name(nearest, people, words))
    elif strangers:
        then = words.is_told.format(person=first_name(_turn(strangers, case), people, words))
    elif ladder:
        then = words.is_asked.format(person=first_name(_turn(ladder, case), people, words))
    else:
        then = words.nobody_there
    return f"{lead}: {then}"


def _turn(candidates: tuple[PersonId, ...], case: Case) -> PersonId:
    """They take turns."""
    return candidates[case.ownerless % len(candidates)]


def _start(case: Case, flow: str, role: Role, setting: Setting, words: Words) -> str | None:
    own = role is Role.REPORTER
    person = case.reporter if own else case.owner
    last = own and case.status is Status.CLOSED and not case.checked  # one is still asked after the end
    if (case.status in AT_REST and not last) or (not own and person in excluded(case, setting.people)):
        return None
    text = words.coming["start"] if own else words.start_owner
    name = first_name(person, setting.people, words)
    return text.format(person=name, flow=title_of(flow, setting.flows, words.code))


def _talk(kind: str, file: CaseFile, session: Session, key: str, setting: Setting, words: Words) -> str | None:
    """A timer of a talk: the end of a wait, or something about a task."""
    text = words.coming.get(kind)
    if text is None or session.status is TalkStatus.ENDED:
        return None
    name = first_name(session.person, setting.people, words)
    if kind == "chase":
        return text.format(person=name)
    if kind == "wait":
        sleeps = session.asleep and here(session, setting.flows) == key
        return text.format(person=name) if sleeps else None
    shown, task = session.tasks.get(key), task_in(session, key, setting.flows)
    if shown is None or shown.state.settled or task is None:
        return None
    return text.format(person=name, task=task_text(task, file, session, setting, words.code))


# --- deadlines -----------------------------------------------------------------------------------------------------


def deadlines(file: CaseFile, setting: Setting, language: str) -> list[tuple[str, datetime]]:
    """By when the case must be taken, its open tasks done, and what the country asks for; the next first."""
    words, case = words_of(language), file.case
    found: list[tuple[str, datetime]] = []
    if case.acknowledge_by is not None and case.status in UNTAKEN:
        found.append((to_take(case, setting.people, language), case.acknowledge_by))
    for session in file.sessions.values():
        for key, shown in session.tasks.items():
            task = task_in(session, key, setting.flows)
            if task is None or shown.state.settled or session.status is TalkStatus.ENDED:
                continue
            text = task_text(task, file, session, setting, words.code)
            if shown.due is not None:
                found.append((text, shown.due))
            ends = _ends(task[1], file, session, setting)
            if ends is not None:
                found.append((words.deadline.format(task=text), ends))
    return sorted(found, key=lambda deadline: deadline[1])


def _ends(task: Task, file: CaseFile, session: Session, setting: Setting) -> datetime | None:
    """When the country's deadline for a task ends, as far as its person may know what it counts from."""
    deadline = setting.country.deadlines.get(task.deadline.word) if task.deadline is not None else None
    if deadline is None:
        return None
    facts = facts_for(file, session, setting, file.case.created)
    start = facts.dated.get(deadline.after)
    return add(start, deadline.within, facts.site) if start is not None else None
