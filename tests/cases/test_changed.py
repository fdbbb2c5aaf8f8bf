"""What a case makes of changed people: who loses it, whose screen is cleared, what the reporter and the owner hear."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.cases import alerts
from bot.cases.case import AT_REST, UNTAKEN, Alerted, Case, Consent, Status
from bot.cases.decide import decide
from bot.cases.inputs import NewPeople, Take
from bot.cases.ladder import Decision, Noted
from bot.core.case_commands import SetAccused, SetConsent, StartFlow
from bot.core.effects import Delete
from bot.core.languages import phrases
from bot.core.people import People, PersonId, Role
from tests.cases.deciding import case_in, said
from tests.cases.office import AWAY, DAN, FAY, HANNE, MONA, OFFICE, OLLY, RITA, WIM, draft, with_, without, world

ENGLISH = phrases("en")
#: Nobody was ticked yet.
NEW = replace(draft(), consent=Consent())
OPEN = [status for status in Status if status not in AT_REST]


def alerted_in(status: Status, *roles: Role, owner: PersonId = MONA) -> Case:
    """Mona was alerted, with Dan shown as her deputy."""
    case = case_in(status, *roles, owner=owner)
    return replace(case, consent=replace(case.consent, deputy=DAN))


def changed(case: Case, people: People) -> Decision:
    return decide(case, NewPeople(), None, world(people))


@pytest.mark.parametrize("status", Status)
def test_where_nothing_changed_nothing_happens(status: Status) -> None:
    case = alerted_in(status)
    assert changed(case, OFFICE) == Decision(case)


@pytest.mark.parametrize("status", sorted(AT_REST))
def test_a_case_at_rest_is_left_alone(status: Status) -> None:
    case = alerted_in(status)
    assert changed(case, without(OFFICE, MONA, RITA)) == Decision(case)


@pytest.mark.parametrize("status", OPEN)
def test_the_owner_leaves(status: Status) -> None:
    found = changed(alerted_in(status), without(OFFICE, MONA))
    assert (found.case.owner, found.case.status) == (DAN, Status.ESCALATED)
    assert found.effects[0] == Delete(MONA)
    assert said(found)[0] == (RITA, ENGLISH.owner_gone)
    assert [to for to, _ in said(found)] == [RITA, DAN, RITA]
    assert changed(found.case, without(OFFICE, MONA)) == Decision(found.case)


@pytest.mark.parametrize(
    "people",
    [
        with_(OFFICE, MONA, addresses=()),
        with_(with_(OFFICE, MONA, addresses=()), DAN, addresses=()),
    ],
)
def test_an_owner_who_cannot_be_reached_any_more(people: People) -> None:
    found = changed(alerted_in(Status.ACKNOWLEDGED), people)
    assert found.case.owner == (DAN if people.by_id[DAN].reachable else HANNE)
    assert said(found)[0] == (RITA, ENGLISH.owner_gone)


def test_an_owner_on_leave_keeps_the_case() -> None:
    case = alerted_in(Status.ACKNOWLEDGED)
    assert changed(case, with_(OFFICE, MONA, away=AWAY)) == Decision(case)


@pytest.mark.parametrize(
    "people",
    [
        with_(OFFICE, MONA, manager=WIM),
        with_(OFFICE, MONA, conflicts=frozenset({WIM})),
        with_(OFFICE, WIM, conflicts=frozenset({MONA})),
    ],
)
def test_the_owner_comes_to_stand_with_the_accused(people: People) -> None:
    case = replace(alerted_in(Status.IN_PROGRESS), accused=frozenset({WIM}))
    found = changed(case, people)
    assert (found.case.owner, found.effects[0]) == (DAN, Delete(MONA))
    assert MONA not in [to for to, _ in said(found)]
    assert all(ENGLISH.owner_gone == text or "Mona" not in text for _, text in said(found))


def test_an_owner_whose_role_is_gone_may_know_no_more() -> None:
    case = replace(alerted_in(Status.ACKNOWLEDGED, Role.HR, owner=HANNE), alerted=(Alerted(HANNE, 1),), tried=(HANNE,))
    found = changed(case, with_(OFFICE, HANNE, roles=frozenset()))
    assert found.case.owner == FAY
    assert found.case.ownerless == 1


def test_a_fallback_loses_the_case_in_silence() -> None:
    case = replace(
        alerted_in(Status.ESCALATED, Role.MANAGER, owner=FAY), ownerless=1, told=(Alerted(FAY, 2),), tried=(MONA, DAN)
    )
    found = changed(case, without(OFFICE, FAY))
    assert found.case.owner not in (FAY, None)
    assert Delete(FAY) in found.effects
    assert ENGLISH.owner_gone not in [text for _, text in said(found)]


def test_with_nobody_else_a_case_that_waits_waits_on() -> None:
    case = alerted_in(Status.ACKNOWLEDGED, Role.MANAGER)
    alone = People({RITA: OFFICE.by_id[RITA]})
    found = changed(case, alone)
    assert (found.case.owner, found.case.ownerless, found.case.status) == (MONA, 1, Status.ESCALATED)
    assert changed(found.case, alone) == Decision(found.case)


def test_screens_of_all_who_were_told_are_cleared_once() -> None:
    case = replace(
        alerted_in(Status.ACKNOWLEDGED, owner=HANNE),
        alerted=(Alerted(MONA, 1), Alerted(HANNE, 2)),
        told=(Alerted(FAY, 3),),
        paged=(OLLY,),
    )
    people = without(OFFICE, MONA, FAY, OLLY)
    found = changed(case, people)
    assert found.effects == (Delete(MONA), Delete(FAY), Delete(OLLY))
    assert (found.case.owner, found.case.alerted, found.case.paged) == (HANNE, (Alerted(HANNE, 2),), ())
    assert found.noted == ()
    assert changed(found.case, people) == Decision(found.case)


# --- the reporter --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("people", [without(OFFICE, RITA), with_(OFFICE, RITA, addresses=())])
@pytest.mark.parametrize("status", [s for s in OPEN if s not in UNTAKEN])
def test_the_owner_hears_once_that_the_reporter_cannot_be_reached(status: Status, people: People) -> None:
    case = alerted_in(status)
    found = changed(case, people)
    assert said(found) == [(MONA, ENGLISH.reporter_gone.format(reference=case.reference))]
    assert found.noted == (Noted("reporter_gone", RITA),)
    assert (found.case.status, found.case.owner) == (status, MONA)
    assert changed(found.case, people) == Decision(found.case)
    assert changed(found.case, OFFICE) == Decision(replace(found.case, unreached=False))


@pytest.mark.parametrize("status", sorted(UNTAKEN))
def test_of_a_case_that_nobody_has_it_is_told_to_whoever_takes_it(status: Status) -> None:
    people = without(OFFICE, RITA)
    case = alerted_in(status)
    assert changed(case, people) == Decision(case)
    taken = decide(case, Take(MONA), MONA, world(people))
    assert (MONA, ENGLISH.reporter_gone.format(reference=case.reference)) in said(taken)
    assert taken.case.unreached


def test_who_does_not_know_the_name_does_not_learn_who_left() -> None:
    case = alerted_in(Status.IN_PROGRESS)
    case = replace(case, consent=replace(case.consent, without_name=True))
    assert changed(case, without(OFFICE, RITA)) == Decision(case)


def test_no_talk_begins_with_a_reporter_who_left() -> None:
    case = alerted_in(Status.IN_PROGRESS)
    found = decide(case, StartFlow("check_in", Role.REPORTER, None), None, world(without(OFFICE, RITA)))
    assert found == Decision(case)


# --- what the case learns ------------------------------------------------------------------------------------------


def test_partners_are_known_from_when_the_accused_is() -> None:
    people = with_(OFFICE, HANNE, conflicts=frozenset({WIM}))
    first = decide(draft(), SetAccused(frozenset({WIM}), unresolved=False), RITA, world(people)).case
    assert first.partners == {HANNE}
    more = decide(first, SetAccused(frozenset({WIM, FAY}), unresolved=False), RITA, world(without(OFFICE, WIM))).case
    assert more.partners == {HANNE}
    other = decide(first, SetAccused(frozenset({FAY}), unresolved=False), RITA, world(people)).case
    assert other.partners == frozenset()


def test_a_partner_declared_later_stays_one() -> None:
    case = replace(alerted_in(Status.IN_PROGRESS), accused=frozenset({WIM}))
    declared = changed(case, with_(OFFICE, HANNE, conflicts=frozenset({WIM})))
    assert declared == Decision(replace(case, partners=frozenset({HANNE})))
    assert changed(declared.case, without(OFFICE, WIM)) == Decision(declared.case)


def test_the_deputy_who_was_shown_is_kept_with_the_manager() -> None:
    shown = decide(NEW, SetConsent(frozenset({Role.MANAGER}), without_name=False), RITA, world()).case
    assert (shown.consent.manager, shown.consent.deputy) == (MONA, DAN)
    again = decide(shown, SetConsent(frozenset({Role.MANAGER}), without_name=True), RITA, world(without(OFFICE, DAN)))
    assert again.case.consent.deputy == DAN
    none = decide(shown, SetConsent(frozenset({Role.HR}), without_name=False), RITA, world()).case
    assert (none.consent.manager, none.consent.deputy) == (None, None)
    above = with_(OFFICE, RITA, manager=None)
    nobody = decide(NEW, SetConsent(frozenset({Role.MANAGER}), without_name=False), RITA, world(above)).case
    assert (nobody.consent.manager, nobody.consent.deputy) == (None, None)


def test_alerts_have_a_lane_of_their_own() -> None:
    assert alerts.is_alert(alerts.slot(alerts.FALLBACK, 3))
    assert not alerts.is_alert(alerts.slot(alerts.ASK_MORE, 3))
