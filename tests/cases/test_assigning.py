"""A case that is given to somebody by one who does not have it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.cases import alerts
from bot.cases.case import UNTAKEN, Alerted, Case, Status
from bot.cases.decide import decide
from bot.cases.inputs import MayHandOver, Take
from bot.cases.permissions import Action, may
from bot.core.case_commands import HandOver
from bot.core.effects import Update
from bot.core.languages.en import ENGLISH
from bot.core.people import Role
from tests.cases.deciding import TAKEN, overdue, said, taken
from tests.cases.office import AWAY, HANNE, HUGO, MONA, OFFICE, RITA, SARA, WIM, draft, with_, world


def waits(status: Status = Status.ALERTED) -> Case:
    """Nobody has taken the case; Mona was alerted, and HR may know."""
    return replace(draft(Role.MANAGER, Role.HR), status=status, owner=MONA, rung=1, alerted=(Alerted(MONA, 1),))


@pytest.mark.parametrize("status", sorted(UNTAKEN))
def test_whoever_may_know_gives_a_case_that_waits_to_one_who_may_know(status: Status) -> None:
    found = decide(waits(status), HandOver(HUGO), HANNE, world())
    assert (found.case.status, found.case.owner, found.case.handing_by) == (Status.HANDED_OVER, HUGO, HANNE)
    assert said(found)[0] == (HANNE, ENGLISH.assigned_waits.format(person="Hugo Jensen"))
    alert = dict(said(found))[HUGO]
    assert alert.startswith(ENGLISH.alert_handed.format(owner="Hanne Jensen"))
    taken_by = decide(found.case, Take(MONA), MONA, world()).case
    assert taken_by.owner == MONA, "whoever was alerted may still take it"


def test_of_one_who_was_not_ticked_the_reporter_is_asked_in_the_name_of_who_wished_it() -> None:
    found = decide(waits(), HandOver(SARA), HANNE, world())
    assert said(found) == [
        (RITA, ENGLISH.ask_handing.format(owner="Hanne Jensen", person="Sara Jensen")),
        (HANNE, ENGLISH.assigned_asked.format(person="Sara Jensen")),
    ]
    yes = decide(found.case, MayHandOver(yes=True, asked=0), RITA, world())
    assert (yes.case.owner, yes.case.handing_by) == (SARA, HANNE)
    no = decide(found.case, MayHandOver(yes=False, asked=0), RITA, world())
    assert no.case == waits()
    assert said(no) == [
        (RITA, ENGLISH.ask_assigning_no),
        (HANNE, ENGLISH.assigned_no.format(person="Sara Jensen")),
    ]


def test_one_who_is_left_out_is_refused_as_one_who_is_away() -> None:
    case = replace(waits(), accused=frozenset({SARA}))
    refused = decide(case, HandOver(SARA), HANNE, world())
    away = decide(waits(), HandOver(SARA), HANNE, world(with_(OFFICE, SARA, away=AWAY)))
    assert said(refused) == said(away) == [(HANNE, ENGLISH.assigned_refused)]


@pytest.mark.parametrize("status", TAKEN)
def test_a_case_that_is_in_hand_is_taken_from_nobody(status: Status) -> None:
    case = replace(taken(), status=status)
    found = decide(case, HandOver(HUGO), HANNE, world())
    assert found.case == case
    assert said(found) == [(HANNE, ENGLISH.assigned_refused)]
    assert not may(case, HANNE, Action.HAND_OVER, OFFICE)


def test_a_case_that_stands_still_stays_with_its_owner_until_it_is_taken() -> None:
    still = decide(overdue(), HandOver(HUGO), HANNE, world()).case
    assert (still.owner, still.helper, still.handing_by) == (MONA, HUGO, HANNE)
    after = decide(still, Take(HUGO), HUGO, world()).case
    assert (after.owner, after.handing_by) == (HUGO, None)


def test_an_answer_counts_for_the_person_who_was_asked_about() -> None:
    first = decide(replace(waits(), revision=3), HandOver(SARA), HANNE, world())
    second = decide(replace(first.case, revision=4), HandOver(WIM), HANNE, world())
    assert [e.slot for e in second.effects if isinstance(e, Update)] == [alerts.slot(alerts.HANDING, 3)]
    old = decide(second.case, MayHandOver(yes=True, asked=3), RITA, world())
    assert old.case == second.case
    assert said(old) == [(RITA, ENGLISH.knowing.name_no_more)]
    assert decide(second.case, MayHandOver(yes=True, asked=4), RITA, world()).case.owner == WIM
