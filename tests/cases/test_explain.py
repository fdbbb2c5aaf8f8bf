"""What each person may know, and why: it says what the rules decide, over random organisations and cases."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.cases.case import AT_REST, Alerted, Case, Status
from bot.cases.explain import Explained, Sees, Why, explain
from bot.cases.permissions import Action, Relation, may, relations
from bot.cases.policy import knows_name, reveal
from bot.core.answers import One
from bot.core.people import People, PersonId, Role
from bot.core.session import Given
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
from tests.cases.organisations import NOW, Told, cases, organisations, unhurried

#: Whom an answer can be meant for, one at a time.
READERS = tuple(role for role in Role if role is not Role.MANAGER)


@st.composite
def told_cases(draw: st.DrawFn) -> tuple[People, Case]:
    """A case somewhere in its life; who was alerted, paged and told may be left out by now."""
    people = draw(organisations())
    case = replace(draw(cases(people)), status=draw(st.sampled_from(Status)))
    some = st.lists(st.sampled_from(list(people.by_id)), max_size=2, unique=True)
    case = replace(case, recused=frozenset(draw(some)), narrowed=frozenset(draw(some)))
    paged = tuple(draw(some))
    if case.status is Status.DRAFT:
        return people, replace(case, paged=paged)
    alerted = tuple(Alerted(person, rung) for rung, person in enumerate(draw(some), 1))
    told = tuple(Alerted(person, rung) for rung, person in enumerate(draw(some), 9))
    owner = draw(st.sampled_from(list(people.by_id)))
    return people, replace(
        case, paged=paged, alerted=alerted, told=told, owner=owner, ownerless=draw(st.integers(0, 1))
    )


def reads(person: PersonId, case: Case, people: People) -> set[Role]:
    """Of which roles this person reads what the reporter or somebody else told."""
    writers = {PersonId("somebody else"), case.reporter} - {person}
    return {
        role
        for role in READERS
        for writer in writers
        if reveal(person, Given(One("yes"), frozenset({role}), NOW), writer, case, people)
    }


@unhurried
@given(told_cases())
def test_it_says_what_the_rules_decide(pair: tuple[People, Case]) -> None:
    people, case = pair
    found = explain(case, people)
    assert [one.person for one in found] == list(people.by_id)
    for one in found:
        held = relations(case, one.person, people)
        if one.person == case.reporter:
            assert one.sees is Sees.OWN
            continue
        # `reveal` still would of a closed case, but nobody may open it to read
        opens = reads(one.person, case, people) if case.status is not Status.CLOSED else set()
        assert (one.sees is Sees.WORDS) == bool(opens)
        assert one.opens == opens
        assert one.knows_name == (one.sees is not Sees.NOTHING and knows_name(one.person, case, people))
        if may(case, one.person, Action.SEE_CASE, people):
            assert one.sees in (Sees.WORDS, Sees.CASE)
        elif one.sees is not Sees.WORDS:
            assert (one.sees is Sees.CALL) == (Relation.PAGED in held)
            assert (one.sees is Sees.NO_OWNER) == (held == {Relation.TOLD})
            assert one.sees is not Sees.CASE


@unhurried
@given(told_cases())
def test_every_reason_is_true(pair: tuple[People, Case]) -> None:
    people, case = pair
    for one in explain(case, people):
        assert is_so(one, case, people), one


def is_so(one: Explained, case: Case, people: People) -> bool:
    """Whether a reason holds, from the words of the design."""
    told, person = Told(case, people), one.person
    match one.why:
        case Why.REPORTER:
            return person == case.reporter
        case Why.TICKED:
            return told.chosen(person) and one.role in case.consent.roles and one.of is None
        case Why.DEPUTY:
            shown = one.of == case.consent.manager and person == case.consent.deputy
            for_whom = people.get(one.of) if one.of is not None else None
            return told.chosen(person) and (shown if for_whom is None else for_whom.deputy == person)
        case Why.NAMED:
            return told.chosen(person) and person in case.consent.persons
        case Why.READER:
            return told.let_read(person) and one.sees is not Sees.NOTHING
        case Why.PAGED:
            return person in case.paged and one.sees is Sees.CALL
        case Why.ALERTED:
            seen = {alerted.person for alerted in case.alerted} | {case.owner}
            return person in seen and not told.chosen(person)
        case Why.FALLBACK:
            return person in {seen.person for seen in case.told}
        case Why.DRAFT:
            return case.status is Status.DRAFT and (one.role is None or told.chosen(person) or told.let_read(person))
        case Why.AT_REST:
            return case.status in AT_REST and (told.chosen(person) or told.let_read(person))
        case _:
            return one.sees is Sees.NOTHING and is_left_out(one, told)


def is_left_out(one: Explained, told: Told) -> bool:
    case, person = told.case, one.person
    match one.why:
        case Why.ACCUSED:
            return person in case.accused
        case Why.BELOW_ACCUSED:
            return one.of in case.accused and told.is_below(person, frozenset({one.of}))
        case Why.PARTNER:
            known = one.of in case.accused if one.of is not None else person in case.partners
            return known and told.is_partner(person)
        case Why.RECUSED:
            return person in case.recused
        case Why.NARROWED:
            return person in case.narrowed and not told.chosen(person)
        case Why.LINE_LEFT_OUT:
            return case.accused_unresolved and not told.chosen(person)
        case Why.NOT_CHOSEN:
            return case.status is not Status.DRAFT and not told.chosen(person)
        case _:
            return False


def of(case: Case, person: PersonId, people: People = OFFICE) -> Explained:
    return next(one for one in explain(case, people) if one.person == person)


def opened(*roles: Role) -> Case:
    case = replace(draft(*roles), status=Status.ALERTED, owner=MONA, rung=1, alerted=(Alerted(MONA, 1),))
    return replace(case, opened=NOW)


def test_the_manager_owns_the_deputy_knows_and_hr_reads() -> None:
    case = opened(Role.MANAGER, Role.HR)
    assert of(case, RITA) == Explained(RITA, Sees.OWN, Why.REPORTER, knows_name=True, opens=frozenset({Role.REPORTER}))
    assert of(case, MONA) == Explained(
        MONA, Sees.WORDS, Why.TICKED, Role.MANAGER, None, knows_name=True, opens=frozenset({Role.OWNER})
    )
    assert of(case, DAN) == Explained(DAN, Sees.CASE, Why.DEPUTY, Role.MANAGER, MONA, knows_name=True)
    assert of(case, HUGO) == Explained(
        HUGO, Sees.WORDS, Why.DEPUTY, Role.HR, HANNE, knows_name=True, opens=frozenset({Role.HR})
    )
    assert of(case, SARA) == Explained(SARA, Sees.NOTHING, Why.NOT_CHOSEN)


def test_without_a_name() -> None:
    case = replace(opened(Role.MANAGER), consent=ticks(Role.MANAGER, hidden=True))
    assert of(case, MONA).sees is Sees.WORDS
    assert not of(case, MONA).knows_name


def test_the_accused_and_those_below() -> None:
    case = replace(opened(Role.MANAGER, Role.HR), accused=frozenset({HANNE}), paged=(HUGO,))
    assert of(case, HANNE) == Explained(HANNE, Sees.NOTHING, Why.ACCUSED)
    assert of(case, HUGO) == Explained(HUGO, Sees.NOTHING, Why.BELOW_ACCUSED, of=HANNE)


def test_a_partner_of_somebody_accused() -> None:
    people = with_(OFFICE, HANNE, conflicts=frozenset({WIM}))
    case = replace(draft(Role.HR), accused=frozenset({WIM}))
    assert of(case, HANNE, people) == Explained(HANNE, Sees.NOTHING, Why.PARTNER, of=WIM)
    known = replace(case, partners=frozenset({HANNE}))
    assert of(known, HANNE) == Explained(HANNE, Sees.NOTHING, Why.PARTNER)


def test_the_deputy_of_a_manager_who_has_left() -> None:
    case = replace(draft(), consent=replace(draft().consent, roles=frozenset({Role.MANAGER}), deputy=DAN))
    case = replace(case, status=Status.ALERTED, owner=DAN)
    found = of(case, DAN, without(OFFICE, MONA))
    assert (found.why, found.role, found.of) == (Why.DEPUTY, Role.MANAGER, MONA)


def test_a_draft_is_nobodys_but_a_call_is_heard() -> None:
    case = replace(draft(Role.MANAGER, Role.ON_CALL), paged=(OLLY,))
    assert of(case, MONA) == Explained(MONA, Sees.NOTHING, Why.DRAFT, Role.MANAGER)
    assert of(case, DAN) == Explained(DAN, Sees.NOTHING, Why.DRAFT, Role.MANAGER, MONA)
    assert of(case, SARA) == Explained(SARA, Sees.NOTHING, Why.DRAFT)
    assert of(case, OLLY) == Explained(OLLY, Sees.CALL, Why.PAGED, Role.ON_CALL, knows_name=True)


def test_whoever_was_called_reads_what_is_for_the_call_once_the_case_is_open() -> None:
    case = replace(opened(Role.MANAGER, Role.ON_CALL), paged=(OLLY,))
    assert of(case, OLLY).sees is Sees.WORDS
    assert of(case, OLLY).opens == {Role.ON_CALL}


def test_one_added_by_name_and_one_who_is_no_more_among_them() -> None:
    case = replace(opened(), consent=ticks(Role.HR, persons=(BEA,)))
    assert of(case, BEA) == Explained(BEA, Sees.CASE, Why.NAMED, knows_name=True)
    assert of(case, MONA) == Explained(MONA, Sees.CASE, Why.ALERTED)
    both = replace(case, consent=ticks(Role.HR, persons=(HUGO, HANNE)))
    assert of(both, HUGO).why is Why.NAMED
    assert of(both, HANNE).why is Why.TICKED


def test_who_cannot_take_it_knows_nothing_any_more() -> None:
    case = replace(opened(Role.MANAGER), recused=frozenset({MONA}), owner=DAN)
    assert of(case, MONA) == Explained(MONA, Sees.NOTHING, Why.RECUSED)
    assert of(replace(case, accused=frozenset({MONA})), MONA).why is Why.ACCUSED


def test_a_fallback_knows_that_some_case_has_nobody() -> None:
    case = replace(opened(Role.MANAGER), owner=FAY, ownerless=1, told=(Alerted(FAY, 3),))
    assert of(case, FAY) == Explained(FAY, Sees.NO_OWNER, Why.FALLBACK)


def test_line_managers_while_an_insider_is_unresolved() -> None:
    case = replace(opened(Role.MANAGER, Role.WHISTLEBLOWER_UNIT), accused_unresolved=True, alerted=(), owner=WIM)
    assert of(case, MONA) == Explained(MONA, Sees.NOTHING, Why.LINE_LEFT_OUT, Role.MANAGER)
    assert of(case, DAN) == Explained(DAN, Sees.NOTHING, Why.LINE_LEFT_OUT, Role.MANAGER, MONA)
    assert of(case, BEA).why is Why.LINE_LEFT_OUT  # she was never shown, and stands over Rita all the same
    assert of(case, SARA).why is Why.NOT_CHOSEN
    assert of(replace(case, consent=ticks(Role.HR, manager=None)), MONA).why is Why.LINE_LEFT_OUT
    assert of(case, WIM).why is Why.TICKED


def test_a_closed_case_tells_nobody_new() -> None:
    case = replace(opened(Role.MANAGER), status=Status.CLOSED)
    assert of(case, DAN) == Explained(DAN, Sees.NOTHING, Why.AT_REST, Role.MANAGER, MONA)
    assert of(case, MONA).sees is Sees.CASE


def test_a_deputy_of_two_and_a_holder_beside() -> None:
    people = with_(OFFICE, HUGO, roles=frozenset({Role.SAFETY_REP}))
    case = opened(Role.HR, Role.SAFETY_REP)
    assert of(case, HUGO, people) == Explained(
        HUGO,
        Sees.WORDS,
        Why.TICKED,
        Role.SAFETY_REP,
        None,
        knows_name=True,
        opens=frozenset({Role.HR, Role.SAFETY_REP}),
    )
