"""Who may do what with a case: one table, deny by default.

Rule 1. What is not in the table is denied.
Rule 2. An excluded person may nothing, whatever other relation there is; the reporter stays the reporter.
Rule 3. The fallback owns a case without being its handler: what it may comes from having been told.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from bot.cases.case import AT_REST, Case
from bot.cases.people import excluded, ticked
from bot.core.people import People, PersonId


class Action(StrEnum):
    TALK = "talk"  # answer in an own talk
    TAKE = "take"  # take the case
    DECLINE = "decline"
    TAKE_CALL = "take_call"  # answer a page
    NOTE_FALLBACK = "note_fallback"
    WIDEN = "widen"  # let somebody else be told
    WITHDRAW = "withdraw"
    SEE_CASE = "see_case"  # reference, level, status


class Relation(StrEnum):
    REPORTER = "reporter"
    OWNER = "owner"
    ALERTED = "alerted"
    PAGED = "paged"
    TOLD = "told"
    TICKED = "ticked"
    STRANGER = "stranger"


ALLOWED: Mapping[Relation, frozenset[Action]] = {
    Relation.REPORTER: frozenset({Action.TALK, Action.WIDEN, Action.WITHDRAW, Action.SEE_CASE}),
    Relation.OWNER: frozenset({Action.TALK, Action.TAKE, Action.DECLINE, Action.SEE_CASE}),
    Relation.ALERTED: frozenset({Action.TAKE, Action.DECLINE, Action.SEE_CASE}),
    Relation.PAGED: frozenset({Action.TAKE_CALL}),
    Relation.TOLD: frozenset({Action.NOTE_FALLBACK}),
    Relation.TICKED: frozenset({Action.SEE_CASE}),
    Relation.STRANGER: frozenset(),
}


def relations(case: Case, person: PersonId, people: People) -> frozenset[Relation]:
    """What a person is to a case; a stranger where nothing else."""
    if person == case.reporter:
        return frozenset({Relation.REPORTER})
    if person in excluded(case, people):
        return frozenset({Relation.STRANGER})
    found = set()
    if person == case.owner and not case.ownerless:
        found.add(Relation.OWNER)
    if any(alerted.person == person for alerted in case.alerted):
        found.add(Relation.ALERTED)
    if any(told.person == person for told in case.told):
        found.add(Relation.TOLD)
    if person in case.paged:
        found.add(Relation.PAGED)
    if case.status not in AT_REST and person in ticked(case, people):
        found.add(Relation.TICKED)
    return frozenset(found) or frozenset({Relation.STRANGER})


def may(case: Case, person: PersonId, action: Action, people: People) -> bool:
    return any(action in ALLOWED[relation] for relation in relations(case, person, people))
