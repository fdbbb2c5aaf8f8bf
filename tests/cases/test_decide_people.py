"""What a case makes of whom the talk names, and of what an excluded person's talk wishes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.cases.case import AT_REST, Consent, Status
from bot.cases.decide import decide
from bot.cases.ladder import Decision, Noted
from bot.core.case_commands import (
    CaseCommand,
    CloseCase,
    HandOver,
    RaiseLevel,
    SetAccused,
    SetAffected,
    SetConsent,
    TaskDone,
    WriteNote,
)
from bot.core.effects import Delete
from bot.core.levels import Level
from bot.core.people import Role
from tests.cases.deciding import case_in, sent
from tests.cases.office import BEA, DAN, FAY, HANNE, HUGO, MONA, OFFICE, RITA, SARA, WIM, draft, with_, world


def test_consent_names_the_manager_who_was_shown() -> None:
    ticked = decide(draft(), SetConsent(frozenset({Role.MANAGER}), without_name=True), RITA, world())
    assert ticked.case.consent == Consent(frozenset({Role.MANAGER}), MONA, without_name=True)
    assert (ticked.effects, ticked.noted) == ((), (Noted("consent"),))
    blank = replace(draft(), consent=Consent())
    assert decide(blank, SetConsent(frozenset({Role.MANAGER}), False), RITA, world()).case.consent.manager == MONA


def test_a_manager_once_shown_stays_whatever_the_chart_says_later() -> None:
    moved = with_(OFFICE, RITA, manager=BEA)
    again = SetConsent(frozenset({Role.MANAGER, Role.HR}), without_name=False)
    assert decide(draft(Role.MANAGER), again, RITA, world(moved)).case.consent.manager == MONA


def test_consent_taken_back_takes_the_manager_back_but_not_persons_added() -> None:
    named = replace(draft(Role.MANAGER), consent=Consent(frozenset({Role.MANAGER}), MONA, frozenset({FAY})))
    found = decide(named, SetConsent(frozenset({Role.HR}), without_name=False), RITA, world()).case.consent
    assert found == Consent(frozenset({Role.HR}), None, frozenset({FAY}))


def test_who_did_it_and_whom_it_happened_to() -> None:
    accused = decide(draft(), SetAccused(frozenset({WIM}), unresolved=True), RITA, world())
    assert (accused.case.accused, accused.case.accused_unresolved) == ({WIM}, True)
    assert (accused.effects, accused.noted) == ((), (Noted("accused"),))
    affected = decide(draft(), SetAffected(SARA), RITA, world())
    assert (affected.case.affected, affected.noted) == (SARA, (Noted("affected"),))


@pytest.mark.parametrize("status", [s for s in Status if s not in AT_REST])
def test_an_owner_who_turns_out_to_be_involved_loses_the_case_at_once(status: Status) -> None:
    found = decide(
        case_in(status, Role.MANAGER, Role.HR), SetAccused(frozenset({MONA}), unresolved=False), RITA, world()
    )
    assert (found.case.owner, found.case.status) == (DAN, Status.ESCALATED)
    assert found.effects[0] == Delete(MONA)
    assert sent(found) == [DAN, RITA]
    assert found.noted[0] == Noted("accused")


def test_so_does_one_below_the_accused() -> None:
    found = decide(case_in(Status.ALERTED), SetAccused(frozenset({BEA}), unresolved=False), RITA, world())
    assert found.case.owner == FAY
    assert Delete(MONA) in found.effects


@pytest.mark.parametrize(
    "wish", [SetConsent(frozenset({Role.HR}), without_name=False), SetAccused(frozenset(), unresolved=True)]
)
def test_an_owner_who_may_not_know_any_more_loses_the_case(wish: CaseCommand) -> None:
    """Unticked, or a line manager while it is open which insider did it."""
    found = decide(case_in(Status.ACKNOWLEDGED), wish, RITA, world())
    assert (found.case.owner, found.case.status) == (HANNE, Status.ESCALATED)
    assert sent(found) == [HANNE, RITA]


def test_a_fallback_is_never_ticked_and_keeps_the_case_unless_involved() -> None:
    owned = replace(case_in(Status.ESCALATED, owner=FAY), ownerless=1, tried=(MONA, DAN, HANNE, HUGO))
    assert decide(owned, SetAffected(SARA), RITA, world()).effects == ()
    found = decide(owned, SetAccused(frozenset({FAY}), unresolved=False), RITA, world())
    assert found.case.owner not in (FAY, None)
    assert FAY not in sent(found)


def test_what_was_taken_back_once_is_not_again() -> None:
    case = case_in(Status.ALERTED, owner=HANNE)
    involved = decide(case, SetAccused(frozenset({MONA}), unresolved=False), RITA, world())
    assert Delete(MONA) in involved.effects
    found = decide(involved.case, SetAccused(frozenset({MONA, SARA}), unresolved=False), RITA, world())
    assert found.effects == ()
    assert found.case.owner == HANNE


@pytest.mark.parametrize("status", sorted(AT_REST))
def test_a_case_at_rest_climbs_for_nobody(status: Status) -> None:
    found = decide(case_in(status), SetAccused(frozenset({MONA}), unresolved=False), RITA, world())
    assert (found.case.owner, found.case.status) == (MONA, status)
    assert sent(found) == []


# --- an excluded person's talk -------------------------------------------------------------------------------------


@pytest.mark.parametrize("wish", [HandOver(), CloseCase(), WriteNote("x"), RaiseLevel(Level.CRITICAL), TaskDone("t")])
def test_an_excluded_persons_talk_commands_nothing(wish: CaseCommand) -> None:
    case = replace(case_in(Status.ACKNOWLEDGED, owner=HANNE), accused=frozenset({MONA}))
    assert decide(case, wish, MONA, world()) == Decision(case)


def test_an_excluded_owners_talk_makes_the_case_climb() -> None:
    # the chart changed: Mona stands under the accused now
    case = replace(case_in(Status.IN_PROGRESS), accused=frozenset({WIM}))
    found = decide(case, HandOver(), MONA, world(with_(OFFICE, MONA, manager=WIM)))
    assert (found.case.owner, found.case.status) == (DAN, Status.ESCALATED)
    assert sent(found) == [DAN, RITA]


def test_an_excluded_owner_of_an_untaken_case_is_passed_by_in_time() -> None:
    case = replace(case_in(Status.ESCALATED), accused=frozenset({MONA}))
    assert decide(case, WriteNote("x"), MONA, world()) == Decision(case)


def test_a_reporter_below_the_accused_is_heard() -> None:
    case = replace(case_in(Status.ACKNOWLEDGED, owner=HANNE), accused=frozenset({MONA}))
    assert decide(case, WriteNote("x"), RITA, world()).noted == (Noted("note", RITA),)


def test_hugo_is_below_hanne() -> None:
    # what several examples above rest on
    assert OFFICE.below(HANNE) == {HUGO}
