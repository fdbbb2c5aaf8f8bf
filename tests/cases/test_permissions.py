"""Who may do what with a case: each role, relation, action and status, against the one table in `docs/permissions.md`."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cases.case import AT_REST, UNTAKEN, Alerted, Case, CaseFile, Status
from bot.cases.permissions import ALLOWED, Action, Asked, Engine, Relation, allows, may, relations, seats
from bot.core.ids import SessionId
from bot.core.people import HELD_ROLES, Office, People, PersonId, Role
from bot.core.session import Session
from tests.cases import office
from tests.cases.office import BEA, DAN, FAY, HANNE, HUGO, MONA, OFFICE, OLLY, RITA, SARA, WIM, draft, with_
from tests.cases.organisations import Told, cases, unhurried, worlds

DOCS = Path(__file__).parents[2] / "docs" / "permissions.md"
#: The words of the table's cells.
WHEN = {
    "-": frozenset[Status](),
    "always": frozenset(Status),
    "once sent": frozenset(Status) - {Status.DRAFT},
    "while open": frozenset(Status) - {Status.DRAFT, Status.CLOSED, Status.WITHDRAWN},
    "once sent, until taken back": frozenset(Status) - {Status.DRAFT, Status.WITHDRAWN},
    "while it waits": UNTAKEN,
    "until the end": frozenset(Status) - {Status.CLOSED, Status.WITHDRAWN},
}
IDA = PersonId("ida")
#: Each is in one relation to the case below.
PERSONS: dict[Relation, PersonId] = {
    Relation.REPORTER: RITA,
    Relation.TALKER: BEA,
    Relation.OWNER: MONA,
    Relation.ALERTED: SARA,
    Relation.PAGED: OLLY,
    Relation.TOLD: FAY,
    Relation.TICKED: HUGO,
    Relation.READER: IDA,
    Relation.AUDITOR: DAN,
    Relation.STRANGER: WIM,
}
#: By these a person may come to a case, or not: none opens anything by itself.
ROLES = (None, *sorted(HELD_ROLES), Office.FLOW_ADMIN, Office.OPERATOR)
AUDITED = with_(People({**OFFICE.by_id, IDA: office.person(IDA)}), DAN, offices=frozenset({Office.AUDITOR}))


@cache
def documented() -> dict[tuple[Action, Relation], frozenset[Status]]:
    rows = [line.strip("| ").split(" | ") for line in DOCS.read_text(encoding="utf-8").splitlines() if " | " in line]
    start = next(number for number, row in enumerate(rows) if row[0] == "action")
    columns = [Relation(name) for name in rows[start][1:]]
    return {
        (Action(row[0]), relation): WHEN[cell]
        for row in rows[start + 1 :]
        for relation, cell in zip(columns, row[1:], strict=True)
    }


def a_case(status: Status = Status.ACKNOWLEDGED) -> Case:
    case = draft(Role.HR)
    return replace(
        case,
        consent=replace(case.consent, readers=frozenset({IDA})),
        status=status,
        owner=MONA,
        alerted=(Alerted(SARA, 1),),
        told=(Alerted(FAY, 2),),
        paged=(OLLY,),
    )


def a_file(case: Case) -> CaseFile:
    """With a talk of Bea's."""
    talk = Session(SessionId("t"), case.id, BEA, "respond", "en", "simulation", ())
    return CaseFile(case, {talk.id: talk})


def holding(person: PersonId, role: Role | Office | None) -> People:
    """The office, where this person holds a role or an office, too; Hugo is HR already, that is why he is ticked."""
    own = AUDITED.by_id[person]
    match role:
        case Role():
            return with_(AUDITED, person, roles=own.roles | {role})
        case Office():
            return with_(AUDITED, person, offices=own.offices | {role})
        case None:
            return AUDITED


#: HR is ticked in the case below: to hold that role is another relation.
BLOCKS = [
    (role, relation)
    for role, relation in product(ROLES, Relation)
    if role is not Role.HR or relation is Relation.TICKED
]


@pytest.mark.parametrize(("role", "relation"), BLOCKS, ids=str)
def test_every_cell(role: Role | Office | None, relation: Relation) -> None:
    person = PERSONS[relation]
    people = holding(person, role)
    for action, status in product(Action, Status):
        allowed = status in documented()[action, relation]
        assert allows(a_file(a_case(status)), Asked(person, action, people)) is allowed, (action, status)


def test_the_engine_opens_what_it_works_on() -> None:
    assert all(allows(a_file(a_case(status)), engine) for engine, status in product(Engine, Status))


def test_the_table_in_the_documents_is_the_one_that_is_asked() -> None:
    assert {cell: statuses for cell, statuses in documented().items() if statuses} == {
        (action, relation): statuses for action, cells in ALLOWED.items() for relation, statuses in cells.items()
    }
    assert {action for action, _ in documented()} == set(Action) == set(ALLOWED)
    assert {relation for _, relation in documented()} == set(Relation)


@pytest.mark.parametrize("relation", Relation)
def test_each_person_is_in_one_relation(relation: Relation) -> None:
    person = PERSONS[relation]
    for status in Status:
        at_rest = status not in WHEN["while open"]
        expected = Relation.STRANGER if relation in (Relation.TICKED, Relation.READER) and at_rest else relation
        assert relations(a_case(status), person, AUDITED, talks=person == BEA) == {expected}, status


def test_somebody_in_several_relations_may_what_each_allows() -> None:
    case = replace(a_case(), alerted=(Alerted(HANNE, 1),), told=(Alerted(HANNE, 2),), paged=(HANNE,), owner=HANNE)
    case = replace(case, consent=replace(case.consent, readers=frozenset({HANNE})))
    people = with_(OFFICE, HANNE, offices=frozenset({Office.AUDITOR}))
    assert relations(case, HANNE, people) == set(Relation) - {Relation.REPORTER, Relation.TALKER, Relation.STRANGER}
    allowed = {action for action in Action if may(case, HANNE, action, people)}
    assert allowed == set(Action) - {Action.TALK, Action.WIDEN, Action.CHANGE_CONSENT, Action.WITHDRAW, Action.REOPEN}


@pytest.mark.parametrize("relation", Relation)
def test_the_excluded_may_nothing(relation: Relation) -> None:
    person = PERSONS[relation]
    under_wim = with_(AUDITED, person, manager=WIM)
    for action, status in product(Action, Status):
        accused = a_file(replace(a_case(status), accused=frozenset({person})))
        below = a_file(replace(a_case(status), accused=frozenset({WIM})))
        expected = relation is Relation.REPORTER and status in documented()[action, relation]
        assert allows(accused, Asked(person, action, AUDITED)) is expected, (action, status)
        assert allows(below, Asked(person, action, under_wim)) is expected, (action, status)


def test_the_fallback_owns_without_being_the_handler() -> None:
    case = replace(a_case(Status.ESCALATED), owner=FAY, ownerless=1)
    assert relations(case, FAY, OFFICE) == {Relation.TOLD}
    assert not may(case, FAY, Action.TAKE, OFFICE)


def test_a_fallback_who_was_left_out_keeps_what_a_fallback_may() -> None:
    case = replace(a_case(Status.ESCALATED), narrowed=frozenset({FAY, SARA}))
    assert relations(case, FAY, OFFICE) == {Relation.TOLD}
    assert relations(case, SARA, OFFICE) == {Relation.STRANGER}


@unhurried
@given(worlds().flatmap(lambda world: st.tuples(st.just(world.people), cases(world.people))), st.data())
def test_strangers_and_the_excluded_may_nothing_anywhere(pair: tuple[People, Case], data: st.DataObject) -> None:
    people, case = pair
    persons = st.sampled_from(list(people.by_id))
    alerted = tuple(Alerted(person, 1) for person in data.draw(st.lists(persons, max_size=3)))
    case = replace(
        case, status=data.draw(st.sampled_from(Status)), owner=data.draw(st.none() | persons), alerted=alerted
    )
    told = Told(case, people)
    for person in people.by_id:
        chosen = told.chosen(person) or told.let_read(person)
        part = person == case.owner or any(one.person == person for one in alerted) or chosen
        if person != case.reporter and (told.out(person) or not part):
            assert not any(may(case, person, action, people, talks=told.out(person)) for action in Action)


@unhurried
@given(worlds().flatmap(lambda world: st.tuples(st.just(world.people), cases(world.people))), st.data())
def test_a_case_stands_in_the_lists_of_just_those_who_may_see_it(
    pair: tuple[People, Case], data: st.DataObject
) -> None:
    people, case = pair
    persons = st.sampled_from(list(people.by_id))
    case = replace(
        case,
        status=data.draw(st.sampled_from(Status)),
        owner=data.draw(st.none() | persons),
        ownerless=data.draw(st.integers(0, 1)),
        alerted=tuple(Alerted(person, 1) for person in data.draw(st.lists(persons, max_size=3))),
        narrowed=data.draw(st.frozensets(persons, max_size=2)),
    )
    sees = {p for p in people.by_id if p != case.reporter and may(case, p, Action.SEE_CASE, people)}
    # who has left the chart may have a seat and nobody to take it
    assert seats(case, people) & people.by_id.keys() == (sees if case.status not in AT_REST else set())
