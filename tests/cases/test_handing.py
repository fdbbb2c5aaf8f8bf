"""A case that is let go of: handed over, with the reporter's word where it is needed; or not to be had."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.cases import alerts
from bot.cases.case import AT_REST, UNTAKEN, Alerted, Call, Case, Status
from bot.cases.decide import decide
from bot.cases.inputs import CaseInput, Decline, MayHandOver, RungOver, Take
from bot.cases.ladder import Decision, Noted
from bot.cases.people import excluded, ticked
from bot.cases.permissions import Action, Relation, may, relations
from bot.cases.policy import askable, fallbacks, knows_name, recipients, reveal
from bot.core.answers import Words
from bot.core.case_commands import AskForHelp, CaseCommand, HandOver, Recuse, WithdrawCase
from bot.core.effects import CancelTimer, CloseCards, Send, SetTimer, Update
from bot.core.languages.en import ENGLISH
from bot.core.people import People, PersonId, Role
from bot.core.session import Given
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
    draft,
    ticks,
    with_,
    without,
    world,
)
from tests.cases.organisations import NOW
from tests.cases.test_needs import overdue, taken

#: The revision at which the reporter is asked.
ASKED = taken().revision
TAKEN = (Status.ACKNOWLEDGED, Status.IN_PROGRESS, Status.FOLLOW_UP)


def sent(decision: Decision) -> list[tuple[PersonId, str]]:
    return [(e.to, e.message.text) for e in decision.effects if isinstance(e, Send)]


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
    assert (MONA, ENGLISH.handed_over) in sent(found)
    again = decide(case, Take(MONA), MONA, world())
    assert (again.case.owner, again.case.status) == (MONA, Status.ACKNOWLEDGED)
    assert [to for to, _ in sent(again)] == [RITA]


def test_not_taken_in_time_it_climbs_and_the_owner_hears_it() -> None:
    case = offered().case
    found = decide(case, RungOver(2), None, world())
    assert (found.case.status, found.case.owner, found.case.helper) == (Status.ESCALATED, MONA, DAN)
    assert sent(found)[0] == (MONA, ENGLISH.handed_not_taken.format(person="Hanne Jensen"))
    assert decide(found.case, RungOver(3), None, world()).case.helper == HUGO


def test_who_was_to_take_over_and_cannot_is_out_and_the_owner_hears_it() -> None:
    found = decide(offered().case, Decline(HANNE), HANNE, world())
    assert (found.case.owner, found.case.helper, found.case.recused) == (MONA, DAN, {HANNE})
    assert (MONA, ENGLISH.handed_not_taken.format(person="Hanne Jensen")) in sent(found)


def test_a_case_that_nobody_took_is_the_next_ones() -> None:
    waiting = replace(taken(), status=Status.ALERTED)
    found = decide(waiting, HandOver(HANNE), MONA, world())
    assert (found.case.owner, found.case.helper, found.case.kept, found.case.wants) == (HANNE, None, 0, frozenset())
    silent = decide(found.case, RungOver(2), None, world())
    assert silent.case.owner == DAN
    assert [to for to, _ in sent(silent)] == [DAN, RITA]


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
    assert sent(found) == [(MONA, ENGLISH.handed_refused)]
    assert found.noted == (Noted("not_handed", MONA),)


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
    assert sent(found)[0] == (MONA, ENGLISH.handed_waits.format(person="Sara Jensen"))
    assert sent(found)[-1] == (RITA, ENGLISH.climbed.format(person="Sara Jensen"))
    assert [to for to, _ in sent(found)] == [MONA, SARA, RITA]


def test_with_a_no_it_stays_and_nobody_else_knows() -> None:
    found = decide(asking().case, MayHandOver(yes=False, asked=ASKED), RITA, world())
    assert found.case == replace(taken(), handing_asked=ASKED)
    assert sent(found) == [
        (RITA, ENGLISH.ask_handing_no.format(owner="Mona Jensen")),
        (MONA, ENGLISH.handed_no.format(person="Sara Jensen")),
    ]


def test_a_word_that_nothing_waits_for_changes_nothing() -> None:
    case = replace(taken(), handing_asked=3)
    found = decide(case, MayHandOver(yes=True, asked=3), RITA, world())
    assert (found.case, sent(found)) == (case, [(RITA, ENGLISH.repeated)])
    closed = replace(asking().case, status=Status.CLOSED)
    found = decide(closed, MayHandOver(yes=True, asked=ASKED), RITA, world())
    assert found.case == replace(closed, handing=None, handing_by=None, handing_asked=0)
    assert sent(found) == [(RITA, ENGLISH.knowing.name_no_more)]


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
    assert sent(late) == [(RITA, ENGLISH.knowing.name_no_more)]


def test_a_yes_to_one_who_has_gone_away_meanwhile_leaves_it_with_the_owner() -> None:
    found = decide(asking().case, MayHandOver(yes=True, asked=ASKED), RITA, world(with_(OFFICE, SARA, away=AWAY)))
    assert (found.case.owner, found.case.helper, found.case.status) == (MONA, None, Status.IN_PROGRESS)
    assert sent(found) == [(MONA, ENGLISH.handed_refused), (RITA, ENGLISH.ask_handing_no.format(owner="Mona Jensen"))]


def test_an_owner_who_is_left_out_meanwhile_hears_nothing() -> None:
    case = replace(asking().case, accused=frozenset({MONA}), ownerless=1)
    assert [to for to, _ in sent(decide(case, MayHandOver(yes=False, asked=ASKED), RITA, world()))] == [RITA]


# --- not to be had -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [s for s in Status if s not in AT_REST])
def test_an_owner_who_cannot_have_it_loses_it_at_once(status: Status) -> None:
    found = decide(replace(taken(), status=status), Recuse(), MONA, world())
    case = found.case
    assert (case.owner, case.status, case.kept, case.recused) == (DAN, Status.ESCALATED, 0, {MONA})
    assert found.effects[:2] == (alerts.close_alert(MONA, 1, ENGLISH.recused), CloseCards(MONA, ENGLISH.recused))
    # the reporter hears only that somebody else is asked
    assert [text for to, text in sent(found) if to == RITA] == [ENGLISH.climbed.format(person="Dan Jensen")]
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
        SetTimer("rung:2", found.effects[3].at),  # type: ignore[union-attr]
        alerts.fallback(case, FAY, world()),
        alerts.ask_more(case, (BEA, HANNE, SARA, WIM), world(), lost=True),
    )
    assert found.effects[-1].message.text.startswith(ENGLISH.needs_another)  # type: ignore[union-attr]


def test_with_nobody_at_all_the_time_runs_on_and_the_reporter_knows() -> None:
    alone = world(without(OFFICE, DAN, HANNE, HUGO, SARA, WIM, OLLY, FAY, BEA))
    found = decide(taken(), Recuse(), MONA, alone)
    assert (found.case.owner, found.case.ownerless) == (MONA, 1)
    assert [text for to, text in sent(found)] == [ENGLISH.nobody_more]
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
    assert [to for to, _ in sent(helped)] == [DAN]
    assert [to for to, _ in sent(decide(case, HandOver(HANNE), MONA, here))] == [MONA]


def test_nobody_who_is_recused_is_alerted_again() -> None:
    case, asked = replace(taken(), status=Status.ALERTED, recused=frozenset({HANNE})), []
    for _ in range(12):
        found = decide(case, RungOver(case.rung), None, world(fallback=HANNE))
        asked.extend(to for to, _ in sent(found))
        case = found.case
    assert HANNE not in asked


def test_the_person_meant_who_cannot_is_not_handed_it() -> None:
    case = replace(asking().case, alerted=(Alerted(MONA, 1), Alerted(SARA, 1)))
    assert decide(case, Decline(SARA), SARA, world()).case.handing is None
    assert decide(case, Decline(DAN), DAN, world()).case.handing == SARA


def test_in_a_closed_case_it_is_only_noted() -> None:
    case = replace(taken(), status=Status.CLOSED)
    found = decide(case, Recuse(), MONA, world())
    assert found.case == replace(case, recused=frozenset({MONA}))
    assert sent(found) == []


@pytest.mark.parametrize(("case", "actor"), [(draft(Role.MANAGER), MONA), (taken(), RITA), (taken(), None)])
def test_what_is_no_owners_word_changes_nothing(case: Case, actor: PersonId | None) -> None:
    assert decide(case, Recuse(), actor, world()) == Decision(case)


def test_a_fallback_is_no_owner_who_could_let_go() -> None:
    case = replace(taken(), status=Status.ESCALATED, owner=FAY, ownerless=1)
    found = decide(case, Recuse(), FAY, world())
    assert (found.case.owner, sent(found)) == (FAY, [])


def test_untaken_statuses_are_those_with_somebody_asked() -> None:
    assert Status.HANDED_OVER in UNTAKEN


# --- given to somebody by one who does not have it ------------------------------------------------------------------


def waits(status: Status = Status.ALERTED) -> Case:
    """Nobody has taken the case; Mona was alerted, and HR may know."""
    return replace(draft(Role.MANAGER, Role.HR), status=status, owner=MONA, rung=1, alerted=(Alerted(MONA, 1),))


@pytest.mark.parametrize("status", sorted(UNTAKEN))
def test_whoever_may_know_gives_a_case_that_waits_to_one_who_may_know(status: Status) -> None:
    found = decide(waits(status), HandOver(HUGO), HANNE, world())
    assert (found.case.status, found.case.owner, found.case.handing_by) == (Status.HANDED_OVER, HUGO, HANNE)
    assert sent(found)[0] == (HANNE, ENGLISH.assigned_waits.format(person="Hugo Jensen"))
    alert = dict(sent(found))[HUGO]
    assert alert.startswith(ENGLISH.alert_handed.format(owner="Hanne Jensen"))
    taken_by = decide(found.case, Take(MONA), MONA, world()).case
    assert taken_by.owner == MONA, "whoever was alerted may still take it"


def test_of_one_who_was_not_ticked_the_reporter_is_asked_in_the_name_of_who_wished_it() -> None:
    found = decide(waits(), HandOver(SARA), HANNE, world())
    assert sent(found) == [
        (RITA, ENGLISH.ask_handing.format(owner="Hanne Jensen", person="Sara Jensen")),
        (HANNE, ENGLISH.assigned_asked.format(person="Sara Jensen")),
    ]
    yes = decide(found.case, MayHandOver(yes=True, asked=0), RITA, world())
    assert (yes.case.owner, yes.case.handing_by) == (SARA, HANNE)
    no = decide(found.case, MayHandOver(yes=False, asked=0), RITA, world())
    assert no.case == waits()
    assert sent(no) == [
        (RITA, ENGLISH.ask_assigning_no),
        (HANNE, ENGLISH.assigned_no.format(person="Sara Jensen")),
    ]


def test_one_who_is_left_out_is_refused_as_one_who_is_away() -> None:
    case = replace(waits(), accused=frozenset({SARA}))
    refused = decide(case, HandOver(SARA), HANNE, world())
    away = decide(waits(), HandOver(SARA), HANNE, world(with_(OFFICE, SARA, away=AWAY)))
    assert sent(refused) == sent(away) == [(HANNE, ENGLISH.assigned_refused)]


@pytest.mark.parametrize("status", TAKEN)
def test_a_case_that_is_in_hand_is_taken_from_nobody(status: Status) -> None:
    case = replace(taken(), status=status)
    found = decide(case, HandOver(HUGO), HANNE, world())
    assert found.case == case
    assert sent(found) == [(HANNE, ENGLISH.assigned_refused)]
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
    assert sent(old) == [(RITA, ENGLISH.knowing.name_no_more)]
    assert decide(second.case, MayHandOver(yes=True, asked=4), RITA, world()).case.owner == WIM
