"""Who is told, and who reads what: against rules that are told a second time, over random and over all small worlds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cases.alerts import World
from bot.cases.case import Case, Status
from bot.cases.policy import askable, fallbacks, knows_name, on_call, recipients, reveal
from bot.core.answers import One
from bot.core.people import People, PersonId, Role
from bot.core.session import Given
from tests.cases.office import (
    AWAY,
    BACK,
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
from tests.cases.organisations import HELD, NOW, Told, cases, unhurried, worlds

pairs = worlds().flatmap(lambda world: st.tuples(st.just(world), cases(world.people)))
Pair = tuple[World, Case]


# --- who is told: over random organisations ------------------------------------------------------------------------


@unhurried
@given(pairs)
def test_nobody_is_told_who_must_not_be(pair: Pair) -> None:
    world, case = pair
    people, told = world.people, Told(case, world.people)
    for found in (
        recipients(case, people, NOW),
        askable(case, people, NOW),
        fallbacks(case, people, NOW, world.rules.fallback),
        on_call(case, people, NOW),
    ):
        assert len(set(found)) == len(found)
        for person in found:
            assert person in people.by_id
            assert person not in case.accused
            assert not told.is_below(person, case.accused)
            assert person != case.reporter
            assert told.here(person)


@unhurried
@given(pairs)
def test_recipients_are_all_those_chosen_who_can_be_told(pair: Pair) -> None:
    world, case = pair
    told = Told(case, world.people)
    chosen = {p.id for p in world.people if told.chosen(p.id) and told.beyond_on_call(p.id) and told.here(p.id)}
    assert set(recipients(case, world.people, NOW)) == chosen


def above(person: PersonId, people: People) -> set[PersonId]:
    """The managers over a person, until nobody is known or a circle closes."""
    found: set[PersonId] = set()
    step = people.by_id[person].manager
    while step is not None and step in people.by_id and step not in found:
        found.add(step)
        step = people.by_id[step].manager
    return found


@unhurried
@given(pairs)
def test_the_reporter_is_asked_about_impartial_people_who_were_not_chosen(pair: Pair) -> None:
    world, case = pair
    told = Told(case, world.people)
    line = set() if case.accused_unresolved else above(case.reporter, world.people)
    held = {p.id for p in world.people if p.roles & {Role.HR, Role.SAFETY_REP, Role.WHISTLEBLOWER_UNIT}}
    expected = {p for p in line | held if told.tellable(p) and not told.chosen(p)}
    assert set(askable(case, world.people, NOW)) == expected


@unhurried
@given(pairs)
def test_fallbacks_are_the_configured_person_and_the_role_holders(pair: Pair) -> None:
    world, case = pair
    told, configured = Told(case, world.people), world.rules.fallback
    looked_after = {p.id for p in world.people if p.roles & set(HELD)} | ({configured} if configured else set())
    expected = {p.id for p in world.people if told.stands_for(p.id, looked_after) and told.tellable(p.id)}
    assert set(fallbacks(case, world.people, NOW, configured)) == expected


@unhurried
@given(pairs)
def test_on_call_is_called_only_with_consent(pair: Pair) -> None:
    world, case = pair
    told = Told(case, world.people)
    holders = {p.id for p in world.people if Role.ON_CALL in p.roles}
    expected = {p for p in holders if told.tellable(p)} if Role.ON_CALL in case.consent.roles else set()
    assert set(on_call(case, world.people, NOW)) == expected


# --- who is told: the order ----------------------------------------------------------------------------------------

EVERYBODY = draft(Role.MANAGER, Role.HR, Role.SAFETY_REP, Role.WHISTLEBLOWER_UNIT, Role.ON_CALL)


def test_the_ladder_goes_from_near_to_far() -> None:
    assert recipients(EVERYBODY, OFFICE, NOW) == (MONA, DAN, SARA, HANNE, HUGO, WIM)


def test_persons_added_by_name_come_after_the_manager_in_the_order_of_their_ids() -> None:
    case = replace(EVERYBODY, consent=ticks(Role.MANAGER, Role.SAFETY_REP, persons=[OLLY, BEA, FAY]))
    assert recipients(case, OFFICE, NOW) == (MONA, DAN, BEA, FAY, OLLY, SARA)
    assert recipients(replace(case, consent=ticks(persons=[OLLY, BEA])), OFFICE, NOW) == (BEA, OLLY)


def test_nobody_is_told_beyond_those_ticked() -> None:
    assert recipients(draft(), OFFICE, NOW) == ()
    assert recipients(draft(Role.ON_CALL), OFFICE, NOW) == ()
    assert recipients(draft(Role.HR), OFFICE, NOW) == (HANNE, HUGO)


def test_the_deputy_steps_in_for_who_is_away_or_not_reachable() -> None:
    assert recipients(draft(Role.MANAGER), with_(OFFICE, MONA, away=AWAY), NOW) == (DAN,)
    assert recipients(draft(Role.MANAGER), with_(OFFICE, MONA, addresses=()), NOW) == (DAN,)
    assert recipients(draft(Role.MANAGER), with_(OFFICE, MONA, away=AWAY), BACK) == (MONA, DAN)


def test_the_accused_manager_is_passed_over() -> None:
    case = replace(draft(Role.MANAGER, Role.HR), accused=frozenset({MONA}))
    assert recipients(case, OFFICE, NOW) == (DAN, HANNE, HUGO)
    assert recipients(case, with_(OFFICE, DAN, manager=MONA), NOW) == (HANNE, HUGO)
    assert recipients(replace(case, accused=frozenset({BEA})), OFFICE, NOW) == ()


def test_beyond_those_ticked_the_line_comes_first_then_hr_then_safety() -> None:
    assert askable(draft(), OFFICE, NOW) == (MONA, BEA, HANNE, SARA, WIM)
    assert askable(draft(Role.MANAGER), OFFICE, NOW) == (BEA, HANNE, SARA, WIM)
    assert askable(EVERYBODY, OFFICE, NOW) == (BEA,)
    assert askable(replace(draft(), accused_unresolved=True), OFFICE, NOW) == (HANNE, SARA, WIM)


def test_the_configured_fallback_comes_first_then_role_holders_each_with_the_deputy() -> None:
    assert fallbacks(draft(), OFFICE, NOW, FAY) == (FAY, HANNE, HUGO, SARA, WIM, OLLY)
    assert fallbacks(draft(), OFFICE, NOW, MONA) == (MONA, DAN, HANNE, HUGO, SARA, WIM, OLLY)
    assert fallbacks(draft(), OFFICE, NOW, None) == (HANNE, HUGO, SARA, WIM, OLLY)
    assert fallbacks(draft(), without(OFFICE, FAY), NOW, FAY) == (HANNE, HUGO, SARA, WIM, OLLY)


def test_on_call_means_the_holders_alone() -> None:
    assert on_call(EVERYBODY, with_(OFFICE, OLLY, deputy=FAY), NOW) == (OLLY,)
    assert on_call(draft(Role.HR), OFFICE, NOW) == ()


# --- who reads what: all small worlds ------------------------------------------------------------------------------

READERS = (Role.REPORTER, Role.OWNER, Role.HR, Role.SAFETY_REP)
#: Who belongs to a role here, said without asking the chart. Hugo is HR's deputy; Sara may hold HR too.
BELONG = {Role.MANAGER: {MONA, DAN}, Role.HR: {HANNE, HUGO}, Role.SAFETY_REP: {SARA}, Role.WHISTLEBLOWER_UNIT: {WIM}}
BELOW = {MONA: {RITA}, HANNE: {HUGO}, SARA: set[PersonId](), BEA: {MONA, DAN, RITA, HANNE, HUGO, SARA}}


def may_read(
    reader: PersonId,
    visible_to: frozenset[Role],
    writer: PersonId,
    case: Case,
    belong: dict[Role, set[PersonId]],
) -> bool:
    """FLOWS.md: in its visible_to AND ticked in a consent AND not accused. Reporters read their own answers."""
    if reader == writer:
        return True
    if reader == RITA:
        return Role.REPORTER in visible_to
    if any(reader == accused or reader in BELOW[accused] for accused in case.accused):
        return False
    roles = set(case.consent.roles) - ({Role.MANAGER} if case.accused_unresolved else set())
    ticked_as = {role for role in roles if reader in belong[role]}
    if reader in case.consent.persons:
        ticked_as |= {role for role, members in belong.items() if reader in members} | {Role.MANAGER}
    reads_as = ticked_as | ({Role.OWNER} if ticked_as and reader == case.owner else set())
    return bool(reads_as & visible_to)


def subsets(roles: tuple[Role, ...]) -> Iterator[frozenset[Role]]:
    return (frozenset(some) for some in chain.from_iterable(combinations(roles, n) for n in range(len(roles) + 1)))


@pytest.mark.parametrize("double", [False, True])
@pytest.mark.parametrize("owner", [MONA, HANNE, FAY])
def test_reveal_in_every_small_world(owner: PersonId, double: bool) -> None:
    people = with_(OFFICE, SARA, roles=frozenset({Role.SAFETY_REP, Role.HR})) if double else OFFICE
    belong = {**BELONG, Role.HR: BELONG[Role.HR] | ({SARA} if double else set())}
    wrong = []
    for roles, named, accused, unresolved in product(
        subsets((Role.MANAGER, Role.HR, Role.SAFETY_REP)),
        ((), (HANNE, BEA), (FAY,)),
        ((), (MONA,), (HANNE,), (SARA, BEA)),
        (False, True),
    ):
        case = replace(
            draft(),
            status=Status.ACKNOWLEDGED,
            owner=owner,
            accused=frozenset(accused),
            accused_unresolved=unresolved,
            consent=ticks(*roles, persons=named),
        )
        for visible_to, reader, writer in product(
            subsets(READERS), (RITA, MONA, DAN, BEA, HANNE, HUGO, SARA, FAY), (RITA, MONA)
        ):
            expected = may_read(reader, visible_to, writer, case, belong)
            if reveal(reader, Given(One("x"), visible_to, NOW), writer, case, people) is not expected:
                wrong.append((reader, visible_to, writer, case))
    assert not wrong, (len(wrong), wrong[0])


@pytest.mark.parametrize("status", Status)
def test_a_draft_and_what_was_taken_back_are_read_by_their_writer_alone(status: Status) -> None:
    case = replace(EVERYBODY, status=status, owner=MONA)
    given = Given(One("x"), frozenset(Role), NOW)
    readers = {reader for reader in OFFICE.by_id if reveal(reader, given, RITA, case, OFFICE)}
    others = {MONA, DAN, SARA, HANNE, HUGO, WIM, OLLY}
    # Dan was told for Mona, and reads as owner only when he is
    alone = status in (Status.DRAFT, Status.WITHDRAWN)
    assert readers == ({RITA} if alone else {RITA} | others - {DAN})
    assert reveal(RITA, given, MONA, case, OFFICE) is (status is not Status.DRAFT)


def test_a_deputy_reads_as_owner_once_it_is_the_deputys_case() -> None:
    given = Given(One("x"), frozenset({Role.OWNER}), NOW)
    case = replace(EVERYBODY, status=Status.ACKNOWLEDGED, owner=DAN)
    assert reveal(DAN, given, RITA, case, OFFICE)
    assert not reveal(MONA, given, RITA, case, OFFICE)


def test_the_reporter_reads_what_lists_reporter_also_below_the_accused() -> None:
    case = replace(draft(Role.HR), status=Status.ACKNOWLEDGED, owner=HANNE, accused=frozenset({MONA}))
    assert reveal(RITA, Given(One("x"), frozenset({Role.REPORTER}), NOW), HANNE, case, OFFICE)
    assert not reveal(RITA, Given(One("x"), frozenset({Role.OWNER}), NOW), HANNE, case, OFFICE)


# --- who may know the name -----------------------------------------------------------------------------------------


@unhurried
@given(pairs)
def test_the_name_goes_to_those_chosen(pair: Pair) -> None:
    world, case = pair
    told = Told(case, world.people)
    for person in world.people:
        assert knows_name(person.id, case, world.people) is told.may_know_name(person.id)


def test_without_name_only_the_reporter_knows_it() -> None:
    case = replace(EVERYBODY, consent=replace(EVERYBODY.consent, without_name=True))
    assert [p for p in OFFICE.by_id if knows_name(p, case, OFFICE)] == [RITA]


def test_for_the_last_rung_and_for_a_call_a_mail_is_enough() -> None:
    mailed = with_(with_(OFFICE, FAY, addresses=(), mail="fay@example.org"), OLLY, addresses=(), mail="o@example.org")
    case = draft(Role.MANAGER, Role.ON_CALL)
    assert fallbacks(case, mailed, NOW, FAY)[0] == FAY
    assert on_call(case, mailed, NOW) == (OLLY,)
    gone = with_(mailed, FAY, unproved=frozenset({"mail"}))
    assert FAY not in fallbacks(case, gone, NOW, FAY)
    manager = with_(OFFICE, MONA, addresses=(), mail="mona@example.org")
    assert recipients(draft(Role.MANAGER), manager, NOW) == (DAN,), "a rung is asked where it can answer"
