"""Every open case is looked over: what is found, and what comes of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.cases.case import AT_REST, UNTAKEN, Case, Status
from bot.cases.decide import decide
from bot.cases.inputs import Look
from bot.cases.ladder import Decision, Noted
from bot.cases.watch import Trouble, Watched, has_owner, trouble
from bot.core.levels import Level
from bot.core.people import People
from bot.errors import Invariant
from tests.cases.deciding import overdue, taken
from tests.cases.office import (
    AWAY,
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
    with_,
    without,
    world,
)

WAITING = replace(taken(), status=Status.ALERTED)
MEDIUM = replace(taken(), level=Level.MEDIUM)


@pytest.mark.parametrize(
    ("case", "people", "waits", "expected"),
    [
        (taken(), OFFICE, True, None),
        (taken(), OFFICE, False, None),  # nobody is waited for
        (WAITING, OFFICE, True, None),
        (WAITING, OFFICE, False, Trouble.STILL),
        (taken(), without(OFFICE, MONA), True, Trouble.LOST),
        (replace(taken(), accused=frozenset({MONA})), OFFICE, True, Trouble.LOST),
        (replace(taken(), recused=frozenset({MONA})), OFFICE, True, Trouble.LOST),
        (replace(taken(), accused_unresolved=True), OFFICE, True, Trouble.LOST),
        (replace(taken(), accused_unresolved=True), OFFICE, False, Trouble.LOST),
        (taken(), with_(OFFICE, MONA, away=AWAY), True, Trouble.AWAY),
        (WAITING, with_(OFFICE, MONA, away=AWAY), True, Trouble.AWAY),
        (MEDIUM, with_(OFFICE, MONA, away=AWAY), True, None),
        (replace(MEDIUM, status=Status.ALERTED), with_(OFFICE, MONA, away=AWAY), True, None),
        (overdue(), with_(OFFICE, MONA, away=AWAY), True, None),  # it waits for Dan, who is there
        (overdue(), with_(OFFICE, DAN, away=AWAY), True, Trouble.AWAY),
        (overdue(), without(OFFICE, DAN), True, Trouble.AWAY),
        (replace(WAITING, owner=FAY, ownerless=1), OFFICE, True, None),
        (replace(WAITING, owner=FAY, ownerless=1), OFFICE, False, Trouble.STILL),
        (replace(WAITING, owner=FAY, ownerless=1), with_(OFFICE, FAY, away=AWAY), True, None),
        (replace(WAITING, owner=FAY, ownerless=1), without(OFFICE, FAY), True, Trouble.LOST),
    ],
)
def test_what_is_wrong(case: Case, people: People, waits: bool, expected: Trouble | None) -> None:
    assert trouble(case, world(people), waits=waits) is expected
    looked = decide(case, Look(waits), None, world(people))
    if expected is None:
        assert looked == Decision(case)
    else:
        assert looked.noted[0] == Noted("looked", case.owner, expected)
        # once mended it is no trouble any more
        assert trouble(looked.case, world(people), waits=True) is None


@pytest.mark.parametrize("status", sorted(AT_REST))
def test_what_rests_is_left_alone(status: Status) -> None:
    case = replace(taken(), status=status, accused=frozenset({MONA}))
    assert decide(case, Look(waits=False), None, world()) == Decision(case)


def test_a_lost_owner_is_followed_by_the_next() -> None:
    found = decide(taken(), Look(waits=True), None, world(without(OFFICE, MONA)))
    assert (found.case.owner, found.case.kept, found.case.status) == (HANNE, 0, Status.ESCALATED)


def test_the_deputy_is_asked_beside_an_owner_who_is_away() -> None:
    found = decide(taken(), Look(waits=True), None, world(with_(OFFICE, MONA, away=AWAY)))
    assert (found.case.owner, found.case.helper, found.case.kept, found.case.wants) == (MONA, DAN, 1, {"away"})


def test_and_instead_of_one_who_never_took_it() -> None:
    found = decide(WAITING, Look(waits=True), None, world(with_(OFFICE, MONA, away=AWAY)))
    assert (found.case.owner, found.case.helper, found.case.kept) == (DAN, None, 0)


@pytest.mark.parametrize("status", sorted(UNTAKEN))
def test_with_nobody_left_the_timer_that_stands_goes_on(status: Status) -> None:
    nobody = world(without(OFFICE, DAN, HANNE, HUGO, SARA, WIM, OLLY, FAY, BEA))
    case = replace(taken(), status=status, accused=frozenset({MONA}), ownerless=1)
    assert decide(case, Look(waits=True), None, nobody) == Decision(case)


def test_who_has_an_owner() -> None:
    assert has_owner(taken(), world())
    assert has_owner(overdue(), world())
    assert has_owner(replace(overdue(), ownerless=2), world())
    assert not has_owner(replace(WAITING, owner=FAY, ownerless=1), world())
    assert not has_owner(replace(taken(), recused=frozenset({MONA})), world())
    assert not has_owner(taken(), world(without(OFFICE, MONA)))


def test_nothing_was_seen_before_the_first_look() -> None:
    assert Watched() == Watched(0, 0, {Trouble.LOST: 0, Trouble.STILL: 0, Trouble.AWAY: 0})


def test_no_decision_leaves_an_open_case_to_somebody_who_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = replace(taken(), owner=DAN, recused=frozenset({DAN}))
    monkeypatch.setattr("bot.cases.watch.look", lambda *_, **__: Decision(broken))
    with pytest.raises(Invariant, match="c1 would have no owner"):
        decide(taken(), Look(waits=True), None, world())
    monkeypatch.setattr("bot.cases.watch.look", lambda *_, **__: Decision(replace(taken(), owner=None)))
    with pytest.raises(Invariant, match="c1 would have no owner"):
        decide(taken(), Look(waits=True), RITA, world())
