"""Who may do what with a case: each relation, action and status."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cases.case import AT_REST, Alerted, Case, Status
from bot.cases.permissions import ALLOWED, Action, Relation, may, relations
from bot.core.people import People, PersonId, Role
from tests.cases.office import BEA, FAY, HANNE, HUGO, MONA, OFFICE, OLLY, RITA, SARA, WIM, draft, with_
from tests.cases.organisations import Told, cases, unhurried, worlds

#: The table once more, read aloud.
MATRIX = {
    Relation.REPORTER: "talk widen withdraw see_case",
    Relation.OWNER: "talk take decline see_case",
    Relation.ALERTED: "take decline see_case",
    Relation.PAGED: "take_call",
    Relation.TOLD: "note_fallback",
    Relation.TICKED: "see_case",
    Relation.STRANGER: "",
}
#: Each is in one relation to the case below.
PERSONS: dict[Relation, PersonId] = {
    Relation.REPORTER: RITA,
    Relation.OWNER: MONA,
    Relation.ALERTED: SARA,
    Relation.PAGED: OLLY,
    Relation.TOLD: FAY,
    Relation.TICKED: HUGO,
    Relation.STRANGER: WIM,
}


def a_case(status: Status = Status.ACKNOWLEDGED) -> Case:
    return replace(
        draft(Role.HR),
        status=status,
        owner=MONA,
        alerted=(Alerted(SARA, 1),),
        told=(Alerted(FAY, 2),),
        paged=(OLLY,),
    )


@pytest.mark.parametrize(("relation", "action", "status"), list(product(Relation, Action, Status)))
def test_every_cell(relation: Relation, action: Action, status: Status) -> None:
    allowed = action.value in MATRIX[relation].split()
    if relation is Relation.TICKED and status in AT_REST:
        allowed = False  # nobody at work sees a draft, and nobody looks into what is over
    assert may(a_case(status), PERSONS[relation], action, OFFICE) is allowed


@pytest.mark.parametrize(("relation", "status"), list(product(Relation, Status)))
def test_each_person_is_in_one_relation(relation: Relation, status: Status) -> None:
    if relation is Relation.TICKED and status in AT_REST:
        relation, person = Relation.STRANGER, PERSONS[Relation.TICKED]
    else:
        person = PERSONS[relation]
    assert relations(a_case(status), person, OFFICE) == {relation}


def test_the_table_is_whole() -> None:
    assert set(ALLOWED) == set(MATRIX) == set(Relation)


def test_somebody_in_several_relations_may_what_each_allows() -> None:
    case = replace(a_case(), alerted=(Alerted(HANNE, 1),), told=(Alerted(HANNE, 2),), paged=(HANNE,), owner=HANNE)
    several = {Relation.OWNER, Relation.ALERTED, Relation.TOLD, Relation.PAGED, Relation.TICKED}
    assert relations(case, HANNE, OFFICE) == several
    assert {action for action in Action if may(case, HANNE, action, OFFICE)} == set(Action) - {
        Action.WIDEN,
        Action.WITHDRAW,
    }


@pytest.mark.parametrize(("relation", "action", "status"), list(product(Relation, Action, Status)))
def test_the_excluded_may_nothing(relation: Relation, action: Action, status: Status) -> None:
    person = PERSONS[relation]
    accused = replace(a_case(status), accused=frozenset({person}))
    below = replace(a_case(status), accused=frozenset({BEA}))
    under_bea = with_(OFFICE, person, manager=BEA)
    expected = relation is Relation.REPORTER and action.value in MATRIX[relation].split()
    assert may(accused, person, action, OFFICE) is expected
    assert may(below, person, action, under_bea) is expected


def test_the_fallback_owns_without_being_the_handler() -> None:
    case = replace(a_case(Status.ESCALATED), owner=FAY, ownerless=1)
    assert relations(case, FAY, OFFICE) == {Relation.TOLD}
    assert not may(case, FAY, Action.TAKE, OFFICE)


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
        part = person == case.owner or any(one.person == person for one in alerted) or told.chosen(person)
        if person != case.reporter and (told.out(person) or not part):
            assert not any(may(case, person, action, people) for action in Action)
