"""A case that its owner hands over, with the reporter's word where it is needed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.cases import alerts
from bot.cases.case import AT_REST, UNTAKEN, Alerted, Call, Case, Status
from bot.cases.decide import decide
from bot.cases.handing import takers
from bot.cases.inputs import CaseInput, Decline, MayHandOver, RungOver, Take
from bot.cases.ladder import Decision, Noted
from bot.core.case_commands import CaseCommand, HandOver, Recuse, WithdrawCase
from bot.core.effects import CancelTimer, Update
from bot.core.facts import Takers
from bot.core.languages.en import ENGLISH
from bot.core.people import People, PersonId, Role
from tests.cases.deciding import TAKEN, said, taken
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
    ticks,
    with_,
    world,
)

#: The revision at which the reporter is asked.
ASKED = taken().revision


def offered(case: Case | None = None, to: PersonId = HANNE, people: People = OFFICE) -> Decision:
    return decide(case or taken(), HandOver(to), MONA, world(people))


# --- handed over ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", TAKEN)
def test_whoever_may_know_is_asked_and_the_owner_keeps_it_till_then(status: Status) -> None:
    found = offered(taken(status))
    case = found.case
    assert (case.status, case.owner, case.helper, case.kept) == (Status.HANDED_OVER, MONA, HANNE, 1)
    assert (case.rung, case.wants, case.tried) == (2, {"handed"}, (MONA, HANNE))
    assert found.effects == (
        alerts.tell(taken(), MONA, ENGLISH.handed_waits.format(person="Hanne Jensen"), "handed_waits"),
        CancelTimer("rung:1"),
        alerts.alert(case, HANNE, world(), Call.HANDED),
        alerts.tell(case, RITA, ENGLISH.climbed.format(person="Hanne Jensen"), "climbed"),
    )
    assert found.noted[0] == Noted("handed_over", MONA)


def test_taken_it_is_the_new_ones_and_the_old_one_is_thanked() -> None:
    case = offered().case
    found = decide(case, Take(HANNE), HANNE, world())
    assert (found.case.owner, found.case.status, found.case.kept) == (HANNE, Status.ACKNOWLEDGED, 0)
    assert (MONA, ENGLISH.handed_over) in said(found)
    again = decide(case, Take(MONA), MONA, world())
    assert (again.case.owner, again.case.status) == (MONA, Status.ACKNOWLEDGED)
    assert [to for to, _ in said(again)] == [RITA]


def test_not_taken_in_time_it_climbs_and_the_owner_hears_it() -> None:
    case = offered().case
    found = decide(case, RungOver(2), None, world())
    assert (found.case.status, found.case.owner, found.case.helper) == (Status.ESCALATED, MONA, DAN)
    assert said(found)[0] == (MONA, ENGLISH.handed_not_taken.format(person="Hanne Jensen"))
    assert decide(found.case, RungOver(3), None, world()).case.helper == HUGO


def test_who_was_to_take_over_and_cannot_is_out_and_the_owner_hears_it() -> None:
    found = decide(offered().case, Decline(HANNE), HANNE, world())
    assert (found.case.owner, found.case.helper, found.case.recused) == (MONA, DAN, {HANNE})
    assert (MONA, ENGLISH.handed_not_taken.format(person="Hanne Jensen")) in said(found)


def test_a_case_that_nobody_took_is_the_next_ones() -> None:
    waiting = replace(taken(), status=Status.ALERTED)
    found = decide(waiting, HandOver(HANNE), MONA, world())
    assert (found.case.owner, found.case.helper, found.case.kept, found.case.wants) == (HANNE, None, 0, frozenset())
    silent = decide(found.case, RungOver(2), None, world())
    assert silent.case.owner == DAN
    assert [to for to, _ in said(silent)] == [DAN, RITA]


def test_offered_to_somebody_else_the_first_offer_loses_its_buttons() -> None:
    found = offered(offered().case, DAN)
    assert (found.case.helper, found.case.owner, found.case.rung) == (DAN, MONA, 3)
    assert alerts.close_alert(HANNE, 2, ENGLISH.alert_gone) in found.effects


def test_who_is_asked_once_more_stands_once_among_those_tried() -> None:
    assert offered(replace(taken(), tried=(MONA, HANNE))).case.tried == (MONA, HANNE)


def test_somebody_away_is_stood_in_for_by_the_deputy() -> None:
    assert offered(people=with_(OFFICE, HANNE, away=AWAY)).case.helper == HUGO


@pytest.mark.parametrize(
    ("to", "case", "people"),
    [
        (MONA, taken(), OFFICE),  # has it
        (RITA, taken(), OFFICE),  # the reporter
        (PersonId("nobody"), taken(), OFFICE),
        (SARA, replace(taken(), accused=frozenset({SARA})), OFFICE),
        (HUGO, replace(taken(), accused=frozenset({HANNE})), OFFICE),  # reports to the accused
        (WIM, replace(taken(), recused=frozenset({WIM})), OFFICE),
        (SARA, taken(), with_(OFFICE, SARA, away=AWAY)),  # away, and nobody stands in
        (SARA, taken(), with_(OFFICE, SARA, addresses=())),
        (HANNE, taken(), with_(with_(OFFICE, HANNE, away=AWAY), HUGO, away=AWAY)),
        (HANNE, replace(taken(), accused=frozenset({HUGO})), with_(OFFICE, HANNE, away=AWAY)),
    ],
)
def test_of_whoever_cannot_be_asked_the_owner_hears_the_same(to: PersonId, case: Case, people: People) -> None:
    found = offered(case, to, people)
    assert found.case == case
    assert said(found) == [(MONA, ENGLISH.handed_refused)]
    assert found.noted == (Noted("not_handed", MONA),)
    assert to not in takers(case, MONA, world(people)).able


def test_those_alone_are_offered_who_could_take_it() -> None:
    """Nobody who is left out, not oneself, not the reporter, nobody who cannot be reached: they are just not there."""
    case = replace(taken(), accused=frozenset({HANNE}), recused=frozenset({WIM}))
    people = with_(with_(OFFICE, SARA, away=AWAY), FAY, addresses=())
    found = takers(case, MONA, world(people))
    assert found == Takers(frozenset({DAN, BEA, OLLY}), (DAN, BEA, OLLY))
    assert takers(taken(), MONA, world(with_(OFFICE, HANNE, away=AWAY))).offered.count(HANNE) == 1  # by the deputy
    assert MONA not in takers(taken(), HANNE, world()).able


def test_to_whoever_may_not_know_the_name_the_list_is_everybody() -> None:
    """A gap in it could tell who reported."""
    case = replace(taken(), accused=frozenset({WIM}), consent=ticks(Role.MANAGER, hidden=True))
    found = takers(case, MONA, world())
    assert found.offered == tuple(one for one in OFFICE.by_id if one != MONA)
    assert found.able == set(OFFICE.by_id) - {MONA, RITA, WIM}
    assert RITA not in takers(replace(case, name_told=frozenset({MONA})), MONA, world()).offered


@pytest.mark.parametrize("status", sorted(AT_REST))
def test_a_case_at_rest_stays_where_it_is(status: Status) -> None:
    case = replace(taken(), status=status)
    assert offered(case) == Decision(case)


# --- the reporter is asked first -----------------------------------------------------------------------------------


def asking(to: PersonId = SARA) -> Decision:
    return offered(to=to)


def test_of_somebody_who_was_not_ticked_the_reporter_is_asked_first() -> None:
    found = asking()
    assert found.case == replace(taken(), handing=SARA, handing_by=MONA, handing_asked=ASKED)
    assert found.effects == (
        alerts.ask_handing(found.case, SARA, world()),
        alerts.tell(found.case, MONA, ENGLISH.handed_asked.format(person="Sara Jensen"), "handed_asked"),
    )


def test_with_a_yes_the_case_is_handed_over() -> None:
    found = decide(asking().case, MayHandOver(yes=True, asked=ASKED), RITA, world())
    case = found.case
    assert (case.status, case.owner, case.helper, case.handing) == (Status.HANDED_OVER, MONA, SARA, None)
    assert case.consent.persons == {SARA}
    assert said(found)[0] == (MONA, ENGLISH.handed_waits.format(person="Sara Jensen"))
    assert said(found)[-1] == (RITA, ENGLISH.climbed.format(person="Sara Jensen"))
    assert [to for to, _ in said(found)] == [MONA, SARA, RITA]


def test_with_a_no_it_stays_and_nobody_else_knows() -> None:
    found = decide(asking().case, MayHandOver(yes=False, asked=ASKED), RITA, world())
    assert found.case == replace(taken(), handing_asked=ASKED)
    assert said(found) == [
        (RITA, ENGLISH.ask_handing_no.format(owner="Mona Jensen")),
        (MONA, ENGLISH.handed_no.format(person="Sara Jensen")),
    ]


def test_a_word_that_nothing_waits_for_changes_nothing() -> None:
    case = replace(taken(), handing_asked=3)
    found = decide(case, MayHandOver(yes=True, asked=3), RITA, world())
    assert (found.case, said(found)) == (case, [(RITA, ENGLISH.repeated)])
    closed = replace(asking().case, status=Status.CLOSED)
    found = decide(closed, MayHandOver(yes=True, asked=ASKED), RITA, world())
    assert found.case == replace(closed, handing=None, handing_by=None, handing_asked=0)
    assert said(found) == [(RITA, ENGLISH.knowing.name_no_more)]


def test_an_answered_question_shows_its_answer() -> None:
    for yes, word in ((True, "Yes"), (False, "No")):
        found = decide(asking().case, MayHandOver(yes=yes, asked=ASKED), RITA, world())
        (shown,) = [e for e in found.effects if isinstance(e, Update) and e.slot == alerts.slot(alerts.HANDING, ASKED)]
        assert shown.message.text.endswith(f"\n\n✓ {word}")
        assert shown.message.choices == ()


@pytest.mark.parametrize(
    ("wish", "actor"),
    [(HandOver(HANNE), MONA), (HandOver(), MONA), (Recuse(), MONA), (Decline(SARA), SARA), (WithdrawCase(), RITA)],
)
def test_what_takes_the_place_of_a_question_takes_its_buttons(wish: CaseCommand | CaseInput, actor: PersonId) -> None:
    case = replace(asking().case, handing_asked=7, alerted=(*taken().alerted, Alerted(SARA, 1)))
    found = decide(case, wish, actor, world())
    (shown,) = [e for e in found.effects if isinstance(e, Update) and e.slot == alerts.slot(alerts.HANDING, 7)]
    assert (shown.to, shown.message.text, shown.message.choices) == (RITA, ENGLISH.knowing.name_no_more, ())
    late = decide(found.case, MayHandOver(yes=True, asked=7), RITA, world())
    assert late.case == found.case
    assert said(late) == [(RITA, ENGLISH.knowing.name_no_more)]


def test_a_yes_to_one_who_has_gone_away_meanwhile_leaves_it_with_the_owner() -> None:
    found = decide(asking().case, MayHandOver(yes=True, asked=ASKED), RITA, world(with_(OFFICE, SARA, away=AWAY)))
    assert (found.case.owner, found.case.helper, found.case.status) == (MONA, None, Status.IN_PROGRESS)
    assert said(found) == [(MONA, ENGLISH.handed_refused), (RITA, ENGLISH.ask_handing_no.format(owner="Mona Jensen"))]


def test_an_owner_who_is_left_out_meanwhile_hears_nothing() -> None:
    case = replace(asking().case, accused=frozenset({MONA}), ownerless=1)
    assert [to for to, _ in said(decide(case, MayHandOver(yes=False, asked=ASKED), RITA, world()))] == [RITA]


def test_the_person_meant_who_cannot_is_not_handed_it() -> None:
    case = replace(asking().case, alerted=(Alerted(MONA, 1), Alerted(SARA, 1)))
    assert decide(case, Decline(SARA), SARA, world()).case.handing is None
    assert decide(case, Decline(DAN), DAN, world()).case.handing == SARA


def test_a_case_that_is_offered_counts_as_not_taken_yet() -> None:
    assert Status.HANDED_OVER in UNTAKEN
