"""Who may do what with a case: one table, deny by default, asked by the store before it opens a case.

Rule 1. What is not in the table is denied. Denied and absent are the same answer: nobody learns of a case by asking.
Rule 2. An excluded person may nothing, whatever other relation there is; the reporter stays the reporter.
Rule 3. The fallback owns a case without being its handler: what it may comes from having been told.
Rule 4. A role opens nothing by itself, nor does an office: only what a person is to this one case does. But an auditor
        sees of every sent case that something was done, and when: neither what nor who.
Rule 5. To open a case is not to read it: each answer is still asked of `reveal`.
Rule 6. Whom the reporter left out later is a stranger, but for what a fallback may.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import assert_never

from bot.cases.case import AT_REST, UNTAKEN, Case, CaseFile, Status
from bot.cases.people import excluded, left_out, readers, ticked
from bot.core.people import Office, People, PersonId


class Action(StrEnum):
    TALK = "talk"  # answer in an own talk
    TAKE = "take"  # take the case
    DECLINE = "decline"
    HAND_OVER = "hand_over"  # have somebody else asked to take the case
    TAKE_CALL = "take_call"  # answer a page
    NOTE_FALLBACK = "note_fallback"
    WIDEN = "widen"  # let somebody else be told
    CHANGE_CONSENT = "change_consent"  # who may know, and whether by name
    ASK_NAME = "ask_name"  # of a reporter without one, and agree to it
    WITHDRAW = "withdraw"
    REOPEN = "reopen"  # say of a closed case that it is not over
    SEE_CASE = "see_case"  # reference, level, status
    READ = "read"  # what was told, and files: each answer is asked of `reveal`
    ACT = "act"  # begin what a button of the card offers
    AUDIT = "audit"  # that something was done, and when; no answer, no name


class Relation(StrEnum):
    REPORTER = "reporter"
    TALKER = "talker"  # has a talk of their own in the case
    OWNER = "owner"
    ALERTED = "alerted"
    PAGED = "paged"
    TOLD = "told"
    TICKED = "ticked"
    READER = "reader"  # may read what was told, and nothing else
    AUDITOR = "auditor"
    STRANGER = "stranger"


ALWAYS = frozenset(Status)
SENT = ALWAYS - {Status.DRAFT}
OPEN = ALWAYS - AT_REST
#: Neither taken back nor closed.
BEFORE_THE_END = OPEN | {Status.DRAFT}

A, R = Action, Relation
ALLOWED: Mapping[Action, Mapping[Relation, frozenset[Status]]] = {
    A.TALK: {R.REPORTER: ALWAYS, R.TALKER: ALWAYS},
    A.TAKE: {R.OWNER: SENT, R.ALERTED: SENT, R.TICKED: OPEN},
    A.DECLINE: {R.OWNER: SENT, R.ALERTED: SENT},
    A.HAND_OVER: {R.OWNER: OPEN, R.TICKED: UNTAKEN},
    A.TAKE_CALL: {R.PAGED: ALWAYS},
    A.NOTE_FALLBACK: {R.TOLD: SENT},
    A.WIDEN: {R.REPORTER: SENT},
    A.CHANGE_CONSENT: {R.REPORTER: SENT - {Status.WITHDRAWN}},
    A.ASK_NAME: {R.OWNER: OPEN, R.TICKED: OPEN},
    A.WITHDRAW: {R.REPORTER: BEFORE_THE_END},
    A.REOPEN: {R.REPORTER: SENT - {Status.WITHDRAWN}},
    A.SEE_CASE: {R.REPORTER: ALWAYS, R.OWNER: SENT, R.ALERTED: SENT, R.TICKED: OPEN, R.READER: OPEN},
    A.READ: {R.REPORTER: ALWAYS, R.OWNER: OPEN, R.TICKED: OPEN, R.READER: OPEN},
    A.ACT: {R.REPORTER: OPEN, R.OWNER: OPEN, R.TICKED: OPEN},
    A.AUDIT: {R.AUDITOR: SENT},
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A person wants to do something with a case."""

    person: PersonId
    action: Action
    people: People = field(repr=False)


class Engine(StrEnum):
    """The bot's own work on a case, for nobody's eyes."""

    FIRE = "fire"  # a timer came due
    DELIVER = "deliver"  # a message arrived, or cannot
    HAND_ON = "hand_on"  # another case hands something over
    PEOPLE = "people"  # the people have changed
    LOOK_AFTER = "look_after"  # no case is forgotten
    SIMULATE = "simulate"  # the simulator's panels; its store holds nobody's words


#: Why a case may be opened. Nothing in the store opens one without it.
Warrant = Asked | Engine


def allows(file: CaseFile, warrant: Warrant) -> bool:
    """Whether a case may be opened for this."""
    match warrant:
        case Engine():
            return True
        case Asked(person, action, people):
            talks = any(talk.person == person for talk in file.sessions.values())
            return may(file.case, person, action, people, talks=talks)
        case _:
            assert_never(warrant)


def may(case: Case, person: PersonId, action: Action, people: People, *, talks: bool = False) -> bool:
    """Whether the table lets a person do it; `talks` where they have a talk of their own in the case."""
    cells = ALLOWED[action]
    return any(case.status in cells.get(relation, ()) for relation in relations(case, person, people, talks=talks))


def seats(case: Case, people: People) -> frozenset[PersonId]:
    """In whose list of cases it stands, beside the reporter's: whoever may see it while it is open."""
    if case.status in AT_REST:
        return frozenset()
    near = {case.owner, *(alerted.person for alerted in case.alerted), *ticked(case, people), *readers(case, people)}
    near -= {None, case.reporter}
    return frozenset(person for person in near if person is not None and may(case, person, Action.SEE_CASE, people))


def relations(case: Case, person: PersonId, people: People, *, talks: bool = False) -> frozenset[Relation]:
    """What a person is to a case; a stranger where nothing else."""
    if person == case.reporter:
        return frozenset({Relation.REPORTER})
    if person in excluded(case, people):
        return frozenset({Relation.STRANGER})
    told = any(told.person == person for told in case.told)
    if person in left_out(case, people):
        return frozenset({Relation.TOLD if told else Relation.STRANGER})
    found = {
        Relation.TALKER: talks,
        Relation.OWNER: person == case.owner and not case.gap,
        Relation.ALERTED: any(alerted.person == person for alerted in case.alerted),
        Relation.TOLD: told,
        Relation.PAGED: person in case.paged,
        Relation.TICKED: case.status not in AT_REST and person in ticked(case, people),
        Relation.READER: case.status not in AT_REST and person in readers(case, people),
        Relation.AUDITOR: people.holds_office(person, Office.AUDITOR),
    }
    return frozenset(relation for relation, holds in found.items() if holds) or frozenset({Relation.STRANGER})
