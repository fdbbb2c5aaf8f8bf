"""Somebody who is to read Mona's case, besides those whose case it is: wished for, answered, changed."""

from __future__ import annotations

from bot.cases.alerts import World
from bot.cases.case import Case
from bot.cases.decide import decide
from bot.cases.inputs import AnswerReader, ChangeConsent
from bot.cases.ladder import Decision
from bot.cases.policy import reveal
from bot.core.answers import One
from bot.core.case_commands import Share
from bot.core.effects import Update
from bot.core.languages.en import ENGLISH
from bot.core.people import People, PersonId, Role
from bot.core.session import Given
from tests.cases.deciding import taken
from tests.cases.office import FAY, MONA, OFFICE, RITA, world
from tests.cases.organisations import NOW

SAID = ENGLISH.reading
WHY = "Fay can have *the page* taken down."


def wish(case: Case | None = None, to: PersonId | None = FAY, by: PersonId = MONA, at: World | None = None) -> Decision:
    return decide(case if case is not None else taken(), Share(to, WHY), by, at or world())


def answered(case: Case | None = None, *, yes: bool = True, at: World | None = None) -> Decision:
    return decide(case if case is not None else wish().case, AnswerReader(1, yes), RITA, at or world())


def change(case: Case, *persons: PersonId) -> Decision:
    """The reporter says anew who may read, and nothing else."""
    roles = case.consent.roles
    return decide(case, ChangeConsent(roles, frozenset(), False, False, frozenset(persons)), RITA, world())


def closed(found: Decision) -> list[tuple[PersonId, str]]:
    """Whose messages read differently now, and which."""
    return [(e.to, str(e.slot)) for e in found.effects if isinstance(e, Update)]


def reads(person: PersonId, case: Case, people: People = OFFICE, writer: PersonId = RITA) -> set[Role]:
    """Meant for whom an answer is that this person reads."""
    return {role for role in Role if reveal(person, Given(One("x"), frozenset({role}), NOW), writer, case, people)}
