"""A colleague who is asked first, cases that seem to belong together, and in whose list a case stands."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.cases import alerts, night
from bot.cases.case import Alerted, Status
from bot.cases.decide import decide
from bot.cases.inputs import FoundAlike, PageOver
from bot.cases.ladder import Decision, Noted, silence
from bot.cases.permissions import seats
from bot.core.case_commands import AskAffected
from bot.core.effects import Begin
from bot.core.ids import CaseId
from bot.core.languages.en import ENGLISH
from bot.core.people import PersonId, Role
from tests.cases.deciding import case_in, sent
from tests.cases.office import HANNE, HUGO, MONA, OFFICE, RITA, SARA, draft, with_, world

OTHER = CaseId("c2")


def test_whoever_it_happened_to_is_asked_and_has_the_report_from_then_on() -> None:
    case = replace(draft(Role.HR), affected=SARA)
    found = decide(case, AskAffected("for_you"), RITA, world())
    assert (found.case.reporter, found.case.witness, found.case.consent.roles) == (SARA, RITA, frozenset())
    assert found.effects[-1] == Begin("for_you", SARA)
    assert sent(found) == [RITA]
    assert "Sara" not in repr(found.effects[0])
    assert found.noted == (Noted("asked", SARA),)


@pytest.mark.parametrize("affected", [None, RITA, PersonId("nobody")])
def test_nobody_is_asked_who_is_not_known_or_is_the_reporter(affected: PersonId | None) -> None:
    case = replace(draft(), affected=affected)
    assert decide(case, AskAffected("for_you"), RITA, world()) == Decision(case, (), (Noted("not_asked"),))


def test_nobody_is_asked_who_did_it_cannot_be_reached_or_when_it_is_sent() -> None:
    accused = replace(draft(), affected=SARA, accused=frozenset({SARA}))
    sent_already = replace(case_in(Status.OPENED), affected=SARA)
    for case, people in (
        (accused, OFFICE),
        (replace(draft(), affected=SARA), with_(OFFICE, SARA, addresses=())),
        (sent_already, OFFICE),
    ):
        assert decide(case, AskAffected("for_you"), RITA, world(people)).case == case


def test_an_owner_who_may_see_both_hears_that_they_seem_to_belong_together() -> None:
    case = case_in(Status.ACKNOWLEDGED)
    found = decide(case, FoundAlike(OTHER, frozenset({MONA})), None, world())
    assert found.case.alike == {OTHER}
    text = ENGLISH.alike.format(reference="K7Q\\-4M2X")
    assert found.effects == (alerts.tell(found.case, MONA, text, "alike"),)
    assert found.noted == ()  # an auditor of this case may be excluded from the other


@pytest.mark.parametrize(
    ("status", "seated"),
    [(Status.ACKNOWLEDGED, {HANNE}), (Status.ALERTED, {MONA}), (Status.CLOSED, {MONA})],
)
def test_nobody_else_hears_of_another_case(status: Status, seated: set[PersonId]) -> None:
    found = decide(case_in(status), FoundAlike(OTHER, frozenset(seated)), None, world())
    assert (found.case.alike, found.effects, found.noted) == ({OTHER}, (), ())


def test_a_fallback_has_no_seat_in_a_case_that_has_nobody() -> None:
    case = replace(case_in(Status.ESCALATED), owner=HUGO, ownerless=1, alerted=(Alerted(MONA, 1),))
    assert HUGO not in seats(replace(case, consent=draft(Role.MANAGER).consent), OFFICE)
    assert MONA in seats(case, OFFICE)
    assert seats(replace(case_in(Status.ACKNOWLEDGED), alerted=()), OFFICE) >= {MONA}
    assert seats(case_in(Status.CLOSED), OFFICE) == frozenset()


def test_what_is_over_stands_still_for_good() -> None:
    case = case_in(Status.WITHDRAWN)
    assert silence(case, world()) == Decision(case)
    assert night.page(case, world()) == Decision(case)
    assert decide(case, PageOver(case.pages), None, world()) == Decision(case)
