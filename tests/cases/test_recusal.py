"""Whoever cannot have a case: it goes to the next at once, and they may know nothing more."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.cases import alerts
from bot.cases.case import AT_REST, Alerted, Case, Status
from bot.cases.decide import decide
from bot.cases.inputs import RungOver
from bot.cases.ladder import Decision, Noted
from bot.cases.people import excluded, ticked
from bot.cases.permissions import Action, Relation, may, relations
from bot.cases.policy import askable, fallbacks, knows_name, recipients, reveal
from bot.core.answers import Words
from bot.core.case_commands import AskForHelp, HandOver, Recuse
from bot.core.effects import CancelTimer, CloseCards, Send, SetTimer
from bot.core.languages.en import ENGLISH
from bot.core.people import PersonId, Role
from bot.core.session import Given
from tests.cases.deciding import HOUR, overdue, said, taken, words
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
    without,
    world,
)
from tests.cases.organisations import NOW


@pytest.mark.parametrize("status", [s for s in Status if s not in AT_REST])
def test_an_owner_who_cannot_have_it_loses_it_at_once(status: Status) -> None:
    found = decide(replace(taken(), status=status), Recuse(), MONA, world())
    case = found.case
    assert (case.owner, case.status, case.kept, case.recused) == (DAN, Status.ESCALATED, 0, {MONA})
    assert found.effects[:2] == (alerts.close_alert(MONA, 1, ENGLISH.recused), CloseCards(MONA, ENGLISH.recused))
    # the reporter hears only that somebody else is asked
    assert words(found, RITA) == [ENGLISH.climbed.format(person="Dan Jensen")]
    assert [e.to for e in found.effects if isinstance(e, Send) and e.awaited] == [DAN]
    assert found.noted[0] == Noted("recused", MONA)


def test_also_one_whom_others_were_asked_to_help() -> None:
    found = decide(overdue(), Recuse(), MONA, world())
    assert (found.case.owner, found.case.kept, found.case.helper, found.case.wants) == (HANNE, 0, None, frozenset())


def test_with_nobody_else_ticked_the_fallback_is_told_and_the_reporter_asked() -> None:
    alone = replace(taken(Status.IN_PROGRESS, Role.MANAGER), tried=(MONA, DAN))
    found = decide(alone, Recuse(), MONA, world())
    case = found.case
    assert (case.owner, case.gap, case.told) == (FAY, True, (Alerted(FAY, 2),))
    assert found.effects[2:] == (
        CancelTimer("rung:1"),
        SetTimer("rung:2", NOW + HOUR),
        alerts.fallback(case, FAY, world()),
        alerts.ask_more(case, (BEA, HANNE, SARA, WIM), world(), lost=True),
    )
    assert words(found, RITA)[-1].startswith(ENGLISH.needs_another)


def test_with_nobody_at_all_the_time_runs_on_and_the_reporter_knows() -> None:
    alone = world(without(OFFICE, DAN, HANNE, HUGO, SARA, WIM, OLLY, FAY, BEA))
    found = decide(taken(), Recuse(), MONA, alone)
    assert (found.case.owner, found.case.ownerless) == (MONA, 1)
    assert [text for to, text in said(found)] == [ENGLISH.nobody_more]
    assert any(isinstance(e, SetTimer) for e in found.effects)


def test_whoever_is_recused_may_know_nothing_more() -> None:
    case = replace(taken(), recused=frozenset({HANNE}), consent=ticks(Role.MANAGER, Role.HR, persons=(HANNE,)))
    here = world()
    assert HANNE in excluded(case, OFFICE)
    assert HUGO not in excluded(case, OFFICE)  # whoever reports to them is not
    assert HANNE not in ticked(case, OFFICE)
    for found in (
        recipients(case, OFFICE, NOW),
        askable(case, OFFICE, NOW),
        fallbacks(case, OFFICE, NOW, HANNE),
    ):
        assert HANNE not in found
    given = Given(Words("w"), frozenset({Role.HR, Role.OWNER}), NOW)
    assert not reveal(HANNE, given, RITA, case, OFFICE)
    assert reveal(HUGO, given, RITA, case, OFFICE)
    assert not knows_name(HANNE, case, OFFICE)
    known = replace(case, owner=HANNE, alerted=(Alerted(HANNE, 1),), told=(Alerted(HANNE, 2),), paged=(HANNE,))
    assert relations(known, HANNE, OFFICE, talks=True) == {Relation.STRANGER}
    assert not any(may(known, HANNE, action, OFFICE, talks=True) for action in Action)
    helped = decide(case, AskForHelp("t"), MONA, here)
    assert [to for to, _ in said(helped)] == [DAN]
    assert [to for to, _ in said(decide(case, HandOver(HANNE), MONA, here))] == [MONA]


def test_nobody_who_is_recused_is_alerted_again() -> None:
    case = replace(taken(), status=Status.ALERTED, recused=frozenset({HANNE}))
    asked: list[PersonId] = []
    for _ in range(12):
        found = decide(case, RungOver(case.rung), None, world(fallback=HANNE))
        asked.extend(to for to, _ in said(found))
        case = found.case
    assert HANNE not in asked


def test_in_a_closed_case_it_is_only_noted() -> None:
    case = replace(taken(), status=Status.CLOSED)
    found = decide(case, Recuse(), MONA, world())
    assert found.case == replace(case, recused=frozenset({MONA}))
    assert said(found) == []


@pytest.mark.parametrize(("case", "actor"), [(draft(Role.MANAGER), MONA), (taken(), RITA), (taken(), None)])
def test_what_is_no_owners_word_changes_nothing(case: Case, actor: PersonId | None) -> None:
    assert decide(case, Recuse(), actor, world()) == Decision(case)


def test_a_fallback_is_no_owner_who_could_let_go() -> None:
    case = replace(taken(), status=Status.ESCALATED, owner=FAY, ownerless=1)
    found = decide(case, Recuse(), FAY, world())
    assert (found.case.owner, said(found)) == (FAY, [])
