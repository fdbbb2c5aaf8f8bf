"""What the answers of a talk mean for the case: who is accused, who is affected, who may know, when it happened.

Rule 1. An option named like a role is that person: `manager` is the reporter's manager, `reporter` the reporter.
Rule 2. A person question that means `accused` and was left open is an insider who stays unresolved.
Rule 3. Consents add up, over all talks of the reporter; accusations over all talks of the case.
Rule 4. Who may know, changed later by the reporter, changes the answers: they alone say what is consented to.
Rule 5. Who was named stays left out while the talk, gone back, has not come to that question again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, time
from typing import assert_never
from zoneinfo import ZoneInfo

from bot.core.answers import Answer, Day, Many, Moment, One, Skipped, Someone, Words
from bot.core.case_commands import SetAccused, SetAffected, SetConsent
from bot.core.people import People, PersonId, Role
from bot.core.session import Session
from bot.flow.model import Flow, Flows
from bot.steps import Ask, Choose, Consent
from bot.steps.base import Means
from bot.steps.consent import NOBODY, WITHOUT_NAME
from bot.steps.values import Type


def flows_of(flows: Flows, session: Session) -> tuple[Flow, ...]:
    """The flows that a talk has stood in, its own first."""
    return tuple(flows.get(name, structure) for name, structure in session.pinned.items())


def answers_meaning(
    stood_in: tuple[Flow, ...], session: Session, means: Means
) -> Iterator[tuple[Ask | Choose | Consent, Answer]]:
    for flow in stood_in:
        for question in flow.meaning.get(means, ()):
            given = session.answers.get(f"{flow.name}.{question}")
            if given is not None and (not given.kept or (means is Means.ACCUSED and _ahead(flow, question, session))):
                yield flow.questions[question], given.answer


def _ahead(flow: Flow, question: str, session: Session) -> bool:
    """Whether the talk, gone back, comes to this question again."""
    at = next((frame.at for frame in reversed(session.stack) if frame.flow == flow.name), None)
    if at is None:
        return not any(frame.flow == flow.name for visit in session.trail for frame in visit.stack)
    return 0 <= at <= flow.step_of[question]


Learned = SetAccused | SetAffected | SetConsent


def learned(flows: Flows, session: Session, people: People) -> tuple[Learned, ...]:
    """All that the talk tells about the case so far."""
    stood_in = flows_of(flows, session)
    return accused(stood_in, session, people), affected(stood_in, session, people), consented(stood_in, session)


def together(wish: Learned, flows: Flows, sessions: Iterable[Session], reporter: PersonId, people: People) -> Learned:
    """What one talk tells, with what the case's other talks have told before."""
    match wish:
        case SetAccused():
            each = [accused(flows_of(flows, session), session, people) for session in sessions]
            return SetAccused(frozenset().union(*(told.persons for told in each)), any(t.unresolved for t in each))
        case SetAffected(person):
            others = (affected(flows_of(flows, session), session, people).person for session in sessions)
            return SetAffected(person if person is not None else next((p for p in others if p is not None), None))
        case SetConsent():
            own = [consented(flows_of(flows, talk), talk) for talk in sessions if talk.person == reporter]
            return SetConsent(frozenset().union(*(told.roles for told in own)), any(t.without_name for t in own))
        case _:
            assert_never(wish)


def accused(stood_in: tuple[Flow, ...], session: Session, people: People) -> SetAccused:
    persons: set[PersonId] = set()
    unresolved = False
    for question, answer in answers_meaning(stood_in, session, Means.ACCUSED):
        named = _persons(answer, session, people)
        persons |= named
        if isinstance(question, Ask) and question.type is Type.PERSON and not named:
            unresolved = True
        if isinstance(answer, One | Many) and Role.MANAGER in _options(answer) and not named:
            unresolved = True
    return SetAccused(frozenset(persons), unresolved)


def affected(stood_in: tuple[Flow, ...], session: Session, people: People) -> SetAffected:
    found: PersonId | None = None
    for _, answer in answers_meaning(stood_in, session, Means.AFFECTED):
        found = next(iter(_persons(answer, session, people)), found)
    return SetAffected(found)


def consented(stood_in: tuple[Flow, ...], session: Session) -> SetConsent:
    roles: set[Role] = set()
    without_name = False
    for flow in stood_in:
        for name in flow.consents:
            answer = session.answer(f"{flow.name}.{name}")
            if isinstance(answer, Many):
                roles |= {Role(o) for o in answer.options if o not in (NOBODY, WITHOUT_NAME)}
                without_name = without_name or WITHOUT_NAME in answer.options
    return SetConsent(frozenset(roles), without_name)


def offered(flows: Flows, sessions: Iterable[Session], reporter: PersonId) -> tuple[tuple[Role, ...], bool]:
    """What the reporter's consents offered: roles in their order, and whether to stay without a name."""
    roles: dict[Role, None] = {}
    hiding = False
    for session in sessions:
        for _, question, _ in _consents(flows, session, reporter):
            roles.update(dict.fromkeys(role for role, _ in question.options))
            hiding = hiding or question.without_name is not None
    return tuple(roles), hiding


def reticked(flows: Flows, sessions: Iterable[Session], reporter: PersonId, wanted: SetConsent) -> Iterator[Session]:
    """The reporter's talks as if this had been ticked: what was chosen later is the answer that counts."""
    talks = tuple(sessions)
    before = {role for talk in talks for role in consented(flows_of(flows, talk), talk).roles}
    for talk in talks:
        answers = dict(talk.answers)
        for key, question, answer in _consents(flows, talk, reporter):
            stays = {role for role in wanted.roles if role.value in answer.options or role not in before}
            roles = tuple(role.value for role, _ in question.options if role in stays) or (NOBODY,)
            hidden = (WITHOUT_NAME,) if wanted.without_name and question.without_name is not None else ()
            answers[key] = replace(answers[key], answer=Many((*roles, *hidden)))
        if answers != talk.answers:
            yield replace(talk, answers=answers, revision=talk.revision + 1)


def _consents(flows: Flows, session: Session, reporter: PersonId) -> Iterator[tuple[str, Consent, Many]]:
    """The reporter's answered consents in a talk."""
    for flow in flows_of(flows, session) if session.person == reporter else ():
        for name in flow.consents:
            key, question = f"{flow.name}.{name}", flow.questions[name]
            answer = session.answer(key)
            if isinstance(question, Consent) and isinstance(answer, Many):
                yield key, question, answer


def dated(flows: Flows, session: Session, zone: ZoneInfo) -> dict[Means, tuple[str, datetime]]:
    """The question and moment (UTC) of the first answer that means a time; a day counts from its beginning."""
    found: dict[Means, tuple[str, datetime]] = {}
    for flow in flows_of(flows, session):
        for means in (Means.INCIDENT_TIME, Means.ABSENCE_START):
            for key in (f"{flow.name}.{name}" for name in flow.meaning.get(means, ())):
                match session.answer(key):
                    case Moment(value=moment):
                        found.setdefault(means, (key, moment))
                    case Day(value=day):
                        found.setdefault(means, (key, datetime.combine(day, time(0), zone)))
                    case _:
                        pass
    return found


def traced(flows: Flows, sessions: Iterable[Session]) -> tuple[str, ...]:
    """The words in which traces may stand, that a case can be compared with others by."""
    answers = (answer for talk in sessions for _, answer in answers_meaning(flows_of(flows, talk), talk, Means.TRACE))
    return tuple(answer.text for answer in answers if isinstance(answer, Words))


def _persons(answer: Answer, session: Session, people: People) -> set[PersonId]:
    match answer:
        case Someone(person):
            return {person} if person is not None else set()
        case One() | Many():
            named: set[PersonId] = set()
            for option in _options(answer):
                if option == Role.MANAGER:
                    manager = people.manager_of(session.person)
                    named |= {manager} if manager is not None else set()
                elif option == Role.REPORTER:
                    named.add(session.person)
            return named
        case Skipped() | _:
            return set()


def _options(answer: One | Many) -> tuple[str, ...]:
    return (answer.option,) if isinstance(answer, One) else answer.options
