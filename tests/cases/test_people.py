"""Who is who in a case."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cases.case import Case
from bot.cases.people import excluded, holders, partners, roles_of, ticked
from bot.core.people import HELD_ROLES, People, PersonId, Role
from tests.cases.office import (
    BEA,
    DAN,
    FAY,
    HANNE,
    HUGO,
    MONA,
    OFFICE,
    OLLY,
    RITA,
    SARA,
    WIM,
    draft,
    ticks,
    with_,
    without,
)
from tests.cases.organisations import Told, cases, organisations, unhurried

pairs = organisations().flatmap(lambda people: st.tuples(st.just(people), cases(people)))


@unhurried
@given(pairs)
def test_excluded_are_the_accused_all_below_them_and_their_partners(pair: tuple[People, Case]) -> None:
    people, case = pair
    told = Told(case, people)
    assert excluded(case, people) == {p.id for p in people if told.out(p.id)} | case.accused | case.partners


@unhurried
@given(pairs)
def test_ticked_are_those_chosen_and_nobody_left_out(pair: tuple[People, Case]) -> None:
    people, case = pair
    told = Told(case, people)
    everybody = {p.id for p in people} | case.consent.persons
    assert ticked(case, people) == {p for p in everybody if told.chosen(p)}


def test_nobody_is_excluded_without_an_accused() -> None:
    assert excluded(draft(), OFFICE) == frozenset()


@pytest.mark.parametrize(("one", "other"), [(HANNE, WIM), (WIM, HANNE)])
def test_a_declared_partner_is_excluded_whoever_of_the_two_is_accused(one: PersonId, other: PersonId) -> None:
    people = with_(OFFICE, HANNE, conflicts=frozenset({WIM}))
    case = replace(draft(), accused=frozenset({one}))
    assert excluded(case, people) >= {one, other}


def test_whoever_reports_to_a_partner_is_not() -> None:
    people = with_(OFFICE, WIM, conflicts=frozenset({HANNE}))
    assert HUGO not in excluded(replace(draft(), accused=frozenset({WIM})), people)


def test_a_partner_stays_one_when_the_accused_leaves() -> None:
    people = with_(OFFICE, WIM, conflicts=frozenset({HANNE}))
    known = replace(
        draft(), accused=frozenset({WIM}), partners=partners(replace(draft(), accused=frozenset({WIM})), people)
    )
    assert excluded(known, without(OFFICE, WIM)) == {WIM, HANNE}
    assert partners(known, without(OFFICE, WIM)) == {HANNE}


def test_nobody_is_their_own_partner() -> None:
    people = with_(OFFICE, WIM, conflicts=frozenset({WIM}))
    assert people.partners_of(WIM) == frozenset()


def test_when_the_manager_has_left_the_deputy_who_was_shown_still_counts() -> None:
    case = replace(draft(), consent=replace(ticks(Role.MANAGER), deputy=DAN))
    assert holders(case, Role.MANAGER, OFFICE) == (MONA, DAN)
    assert holders(case, Role.MANAGER, without(OFFICE, MONA)) == (DAN,)
    assert holders(case, Role.MANAGER, without(OFFICE, MONA, DAN)) == ()


def test_whoever_the_accused_stands_over_is_excluded() -> None:
    assert excluded(replace(draft(), accused=frozenset({BEA})), OFFICE) == {BEA, MONA, DAN, RITA, HANNE, HUGO, SARA}
    assert excluded(replace(draft(), accused=frozenset({MONA, WIM})), OFFICE) == {MONA, RITA, WIM}


def test_in_a_cycle_everybody_reports_to_everybody() -> None:
    ring = with_(OFFICE, BEA, manager=RITA)
    assert excluded(replace(draft(), accused=frozenset({MONA})), ring) >= {RITA, MONA, BEA, DAN, SARA}
    assert WIM not in excluded(replace(draft(), accused=frozenset({MONA})), ring)


def test_somebody_accused_who_left_still_stands_over_those_below() -> None:
    left = without(OFFICE, MONA)
    assert excluded(replace(draft(), accused=frozenset({MONA})), left) == {MONA, RITA}


def test_each_person_is_followed_by_the_deputy_once() -> None:
    assert OFFICE.with_deputies((SARA, MONA, HANNE, DAN)) == (SARA, MONA, DAN, HANNE, HUGO)
    assert OFFICE.with_deputies(()) == ()


def test_nobody_is_the_own_deputy_or_has_one_who_left() -> None:
    assert with_(OFFICE, MONA, deputy=MONA).with_deputies((MONA,)) == (MONA,)
    assert without(OFFICE, DAN).with_deputies((MONA,)) == (MONA,)


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (Role.MANAGER, (MONA, DAN)),
        (Role.HR, (HANNE, HUGO)),
        (Role.SAFETY_REP, (SARA,)),
        (Role.WHISTLEBLOWER_UNIT, (WIM,)),
        (Role.ON_CALL, (OLLY,)),
        (Role.OWNER, ()),
        (Role.REPORTER, ()),
    ],
)
def test_whom_a_ticked_role_stands_for(role: Role, expected: tuple[PersonId, ...]) -> None:
    assert holders(draft(), role, OFFICE) == expected


@pytest.mark.parametrize("role", [Role.OWNER, Role.REPORTER])
def test_nobody_is_appointed_to_what_is_no_appointment(role: Role) -> None:
    """Whatever a directory says, a part in a case is not held beforehand."""
    appointed = People({**OFFICE.by_id, FAY: replace(OFFICE.by_id[FAY], roles=frozenset({role}))})
    assert holders(draft(), role, appointed) == ()


def test_the_manager_is_the_one_who_was_shown() -> None:
    shown = replace(draft(), consent=ticks(Role.MANAGER, manager=BEA))
    assert holders(shown, Role.MANAGER, OFFICE) == (BEA,)
    assert holders(replace(draft(), consent=ticks(Role.MANAGER, manager=None)), Role.MANAGER, OFFICE) == ()
    assert holders(draft(), Role.MANAGER, without(OFFICE, MONA)) == ()


def test_no_line_manager_counts_while_an_insider_is_unresolved() -> None:
    unresolved = replace(draft(Role.MANAGER, Role.HR), accused_unresolved=True)
    assert holders(unresolved, Role.MANAGER, OFFICE) == ()
    assert ticked(unresolved, OFFICE) == {HANNE, HUGO}


def test_the_reporter_is_never_among_those_ticked() -> None:
    also_hr = with_(OFFICE, RITA, roles=frozenset({Role.HR}))
    case = replace(draft(), consent=ticks(Role.HR, persons=[RITA, FAY]))
    assert ticked(case, also_hr) == {HANNE, HUGO, FAY}


def test_a_person_has_the_roles_that_were_chosen() -> None:
    case = replace(draft(Role.HR, Role.MANAGER), owner=HANNE)
    assert roles_of(case, HANNE, OFFICE) == {Role.HR, Role.OWNER}
    assert roles_of(case, HUGO, OFFICE) == {Role.HR}
    assert roles_of(case, SARA, OFFICE) == frozenset()
    assert roles_of(case, RITA, OFFICE) == {Role.REPORTER}
    assert roles_of(case, MONA, OFFICE) == frozenset()


def test_a_role_that_was_not_chosen_is_no_role_of_somebody_chosen_in_another() -> None:
    double = with_(OFFICE, SARA, roles=frozenset({Role.SAFETY_REP, Role.HR}))
    assert roles_of(draft(Role.SAFETY_REP), SARA, double) == {Role.SAFETY_REP}
    named = replace(draft(), consent=ticks(persons=[SARA]))
    assert roles_of(named, SARA, double) == {Role.SAFETY_REP, Role.HR}
    assert roles_of(named, HANNE, double) == frozenset()


def test_held_roles_are_those_of_the_directory() -> None:
    assert set(Role) - HELD_ROLES == {Role.REPORTER, Role.OWNER, Role.MANAGER}
