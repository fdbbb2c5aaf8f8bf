"""The end of a case: who closed it is told, and the employee opens it again with a word."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Unpack

import pytest

from bot.cases import closing
from bot.cases.alerts import World
from bot.cases.case import Alerted, Call, Case, Status
from bot.cases.decide import decide
from bot.cases.inputs import RungOver, StartDue, Take
from bot.cases.ladder import Decision, Noted
from bot.core.case_commands import CloseCase, RaiseLevel, Reopen, WithdrawCase
from bot.core.effects import Begin, Update
from bot.core.ids import Slot
from bot.core.languages.en import ENGLISH
from bot.core.levels import Level
from bot.core.people import People, PersonId, Role
from tests.cases.deciding import case_in, words
from tests.cases.office import AWAY, DAN, HANNE, MONA, OFFICE, RITA, ticks, with_, without, world
from tests.cases.organisations import NOW
from tests.changes import CaseChange


def closed(by: PersonId = MONA, **changes: Unpack[CaseChange]) -> Case:
    return decide(replace(case_in(Status.ACKNOWLEDGED), **changes), CloseCase(), by, world()).case


def later(days: int) -> World:
    return replace(world(), now=NOW + timedelta(days=days))


def test_who_closed_it_is_told_and_noted_whoever_had_it() -> None:
    found = decide(case_in(Status.ACKNOWLEDGED), CloseCase(), HANNE, world())
    assert words(found, RITA)[0].startswith("Hanne Jensen has closed your case")
    assert found.noted == (Noted("closed", HANNE),)
    gone = decide(case_in(Status.ACKNOWLEDGED), CloseCase(), MONA, world(without(OFFICE, MONA)))
    assert words(gone, RITA)[0].startswith("Whoever had it has closed your case")


def test_the_employee_opens_it_again_with_whoever_had_it() -> None:
    found = decide(closed(), Reopen(), RITA, later(29))
    case = found.case
    assert (case.status, case.owner, case.closed) == (Status.REOPENED, MONA, None)
    assert case.alerted[-1] == Alerted(MONA, 2, Call.REOPENED)
    assert words(found, RITA) == [ENGLISH.reopened_with.format(person="Mona Jensen")]
    assert words(found, MONA)[0].startswith("Rita Jensen says that it is not over, and could use your help again.")
    (shown,) = [e for e in found.effects if isinstance(e, Update) and e.slot == Slot(closing.CLOSED)]
    assert shown.message.choices == ()
    assert decide(case, Take(MONA), MONA, world()).case.status is Status.ACKNOWLEDGED
    assert decide(case, RungOver(2), None, world()).case.owner == DAN, "silence climbs"


@pytest.mark.parametrize("people", [with_(OFFICE, MONA, away=AWAY), without(OFFICE, MONA)])
def test_where_the_owner_is_not_there_the_ladder_is_climbed(people: People) -> None:
    found = decide(closed(), Reopen(), RITA, world(people))
    assert (found.case.status, found.case.owner) == (Status.REOPENED, DAN if people.get(MONA) else HANNE)
    assert words(found, RITA)[0] == ENGLISH.case_reopened


def test_an_owner_who_may_not_know_any_more_is_not_asked() -> None:
    case = replace(closed(), consent=ticks(Role.HR))
    assert decide(case, Reopen(), RITA, world()).case.owner == HANNE


def test_after_a_month_it_is_a_new_report() -> None:
    case = closed()
    found = decide(case, Reopen(), RITA, later(31))
    assert (found.case, words(found, RITA)) == (case, [ENGLISH.closed_long_ago])


@pytest.mark.parametrize("status", [s for s in Status if s is not Status.CLOSED])
def test_what_is_not_closed_is_not_opened(status: Status) -> None:
    found = decide(case_in(status), Reopen(), RITA, world())
    assert (found.case, words(found, RITA)) == (case_in(status), [ENGLISH.not_closed])


def test_nobody_else_opens_it() -> None:
    for actor in (MONA, None):
        assert decide(closed(), Reopen(), actor, world()) == Decision(closed())


def test_one_check_in_is_asked_after_the_end() -> None:
    due = StartDue("check_in", Role.REPORTER)
    once = decide(closed(), due, None, world())
    assert (once.effects, once.case.status) == ((Begin("check_in", RITA),), Status.CLOSED)
    assert decide(once.case, due, None, world()).effects == ()
    assert decide(closed(), StartDue("review", Role.OWNER), None, world()).effects == ()
    left = decide(closed(), due, None, world(without(OFFICE, RITA)))
    assert left.effects == ()
    gone = decide(case_in(Status.ACKNOWLEDGED), WithdrawCase(), RITA, world()).case
    assert decide(gone, due, None, world()).effects == ()


@pytest.mark.parametrize("level", [Level.MEDIUM, Level.CRITICAL])
def test_a_check_in_after_the_end_that_finds_danger_opens_it_again(level: Level) -> None:
    found = decide(closed(level=level), RaiseLevel(Level.CRITICAL), RITA, world())
    assert (found.case.status, found.case.level) == (Status.REOPENED, Level.CRITICAL)
    assert decide(closed(), RaiseLevel(Level.CRITICAL), MONA, world()).case.status is Status.CLOSED
