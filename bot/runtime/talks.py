"""The talks of one case: whose they are, where and in which language their person is met, and how they end.

Rule 1. The one playbook of a case goes with the case: whoever takes it gets it as it stands, whoever had it left.
Rule 2. What the one before typed and did not give stays theirs; what they gave and the next one may not read is not
        there for the next one, neither in a form nor in a text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial

from bot.cases.triage import assess
from bot.core.answers import Answer
from bot.core.effects import Update
from bot.core.ids import CaseId, SessionId
from bot.core.levels import Level
from bot.core.messages import Message
from bot.core.people import PersonId, Role
from bot.core.session import Session, Status
from bot.flow.meaning import flows_of
from bot.flow.model import Flows
from bot.runtime.view import Setting
from bot.steps.scene import slot_of

#: Whose a playbook is while it waits for whoever takes the case.
NOBODY = PersonId("")


def playbook_of(flows: Flows, talks: Iterable[Session]) -> Session | None:
    """The playbook that runs, if one does."""
    return next((talk for talk in talks if is_playbook(flows, talk) and talk.status is not Status.ENDED), None)


def is_playbook(flows: Flows, talk: Session) -> bool:
    return flows.get(talk.flow, talk.pinned.get(talk.flow)).start.case == "opened"


def ended(talk: Session) -> Session:
    return replace(talk, status=Status.ENDED, asking=None, stack=())


def set_free(talk: Session) -> Session:
    """A playbook that waits for whoever takes the case."""
    return replace(talk, person=NOBODY, revision=talk.revision + 1)


def handed(talk: Session, person: PersonId, roles: frozenset[Role], language: str, platform: str) -> Session:
    """A talk as its next person gets it (rule 2); `roles` are theirs in the case."""
    mine = {name: replace(given, foreign=not given.readers & roles) for name, given in talk.answers.items()}
    answers = {name: given for name, given in mine.items() if not (given.held or (given.kept and given.foreign))}
    return replace(talk, person=person, language=language, platform=platform, answers=answers, opened=None)


def over(talk: Session, text: str) -> Iterator[Update]:
    """What takes the buttons from a talk's open cards and forms, and shows this text in their place."""
    for key, task in talk.tasks.items():
        if not task.state.settled and talk.person != NOBODY:
            yield Update(talk.person, Message(text), slot_of(talk.id, key))
            yield Update(talk.person, Message(text), slot_of(talk.id, f"{key}-form"))


def stands_for(case: CaseId, person: PersonId, language: str, flow: str = "") -> Session:
    """A talk that is none: it stands for whoever reads the case without one."""
    return Session(SessionId(""), case, person, flow, language, "", ())


def level(lowest: Level, talk: Session, flows: Flows) -> Level:
    """The highest level of the flows that a talk has stood in: a called one has rules of its own."""
    for flow in flows_of(flows, talk):
        rules = [(rule, when.condition if when is not None else None) for rule, when in flow.triage]
        lowest = lowest.at_least(assess(rules, partial(_answer, talk, flow.name)))
    return lowest  # a page before may have raised it already: a level is never lowered


def _answer(talk: Session, flow: str, name: str) -> Answer | None:
    return talk.answer(name if "." in name else f"{flow}.{name}")


def platform_of(person: PersonId, talks: Iterable[Session], setting: Setting) -> str:
    """Where a person is written to: where they talk already, unless another chat counts and that one does not."""
    wanted = next((talk.platform for talk in reversed(list(talks)) if talk.person == person), "")
    found = setting.people.get(person)
    return found.written_on(wanted) if found is not None else wanted


def as_asked(talk: Session, setting: Setting) -> Session:
    """A talk in the language that its person asked for, in whatever talk or place that was."""
    person = setting.people.get(talk.person)
    asked = person is not None and person.asked and person.language != talk.language
    return replace(talk, language=person.language) if person is not None and asked else talk


def language_of(person: PersonId, talks: Iterable[Session], setting: Setting) -> str:
    """In which language a person is written to: the one they talk in already."""
    spoken = (talk.language for talk in reversed(list(talks)) if talk.person == person)
    return next(spoken, "") or setting.language_of(person)
