"""Calls at once: whoever is on call is paged, again and again, until somebody answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.cases import alerts
from bot.cases.case import Case, Status
from bot.cases.decide import decide
from bot.cases.inputs import PageOver
from bot.cases.ladder import Decision, Noted
from bot.core.case_commands import OpenCase, PageOnCall
from bot.core.effects import CancelTimer, SetTimer
from bot.core.languages.en import ENGLISH
from bot.core.levels import Level
from bot.core.people import People, Role
from tests.cases.deciding import timers
from tests.cases.office import HANNE, OFFICE, OLLY, RITA, draft, ticks, with_, without, world
from tests.cases.organisations import NOW


def paging(people: People = OFFICE, case: Case | None = None) -> Decision:
    return decide(case or draft(Role.ON_CALL), PageOnCall(), RITA, world(people))


def test_whoever_is_on_call_is_called_from_the_draft_on() -> None:
    found = paging()
    case = found.case
    assert (case.status, case.pages, case.paged, case.level) == (Status.DRAFT, 1, (OLLY,), Level.CRITICAL)
    assert case.tried == ()
    assert found.effects == (alerts.page(case, OLLY, world()), SetTimer("page:1", NOW + timedelta(minutes=15)))
    assert found.noted == (Noted("paged", None, "1 persons"),)


def test_without_anybody_on_call_the_reporter_hears_it_at_once() -> None:
    found = paging(without(OFFICE, OLLY))
    words = ENGLISH.page_nobody.format(emergency="112")
    assert found.effects[0] == alerts.tell(found.case, RITA, words, "page")
    assert timers(found) == {"page:1": timedelta(minutes=15)}


def test_a_page_goes_out_again_four_times_in_all() -> None:
    found = paging()
    for number in (2, 3, 4):
        found = decide(found.case, PageOver(number - 1), None, world())
        assert found.case.pages == number
        assert found.case.paged == (OLLY,)
        assert found.effects[:4] == (
            CancelTimer(f"page:{number - 1}"),
            alerts.close_alert(OLLY, number - 1, ENGLISH.page_again, alerts.PAGE),
            alerts.page(found.case, OLLY, world()),
            alerts.tell(found.case, RITA, ENGLISH.page_nobody.format(emergency="112"), "page"),
        )
        wait = timedelta(minutes={2: 15, 3: 30}.get(number, 0))
        assert timers(found) == ({f"page:{number}": wait} if number < 4 else {})


def test_a_page_that_has_passed_means_nothing() -> None:
    twice = decide(paging().case, PageOver(1), None, world()).case
    assert decide(twice, PageOver(1), None, world()) == Decision(twice)


@pytest.mark.parametrize(
    "case",
    [
        replace(draft(Role.ON_CALL), called_by=OLLY),
        replace(draft(Role.ON_CALL), status=Status.CLOSED),
        replace(draft(Role.ON_CALL), status=Status.WITHDRAWN),
    ],
)
def test_nobody_is_called_when_somebody_answered_or_it_is_over(case: Case) -> None:
    assert paging(case=case) == Decision(case)


def test_whoever_was_called_may_still_be_alerted() -> None:
    hr_on_call = with_(OFFICE, HANNE, roles=frozenset({Role.HR, Role.ON_CALL}))
    called = paging(hr_on_call, replace(draft(), consent=ticks(Role.HR, Role.ON_CALL))).case
    assert called.paged == (HANNE, OLLY)
    assert decide(called, OpenCase(), RITA, world(hr_on_call)).case.owner == HANNE
