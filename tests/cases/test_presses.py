"""What people press on a case's own messages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.cases import alerts
from bot.cases.alerts import FALLBACK, PAGE
from bot.cases.case import UNTAKEN, Alerted, Case, Status
from bot.cases.decide import decide
from bot.cases.inputs import Decline, NewPeople, NoteFallback, Take, TakeCall, Widen
from bot.cases.ladder import Decision, Noted
from bot.cases.presses import helper
from bot.core.case_commands import AskForHelp
from bot.core.effects import BeginPlaybook, CancelTimer, CloseCards, Delete, Send, Update
from bot.core.ids import Token
from bot.core.languages.da import DANISH
from bot.core.languages.en import ENGLISH
from bot.core.messages import Choice
from bot.core.people import PersonId, Role
from tests.cases.deciding import said
from tests.cases.office import (
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

CASE = replace(
    draft(Role.MANAGER, Role.HR),
    status=Status.ESCALATED,
    owner=FAY,
    rung=3,
    ownerless=1,
    alerted=(Alerted(MONA, 1), Alerted(DAN, 2)),
    tried=(MONA, DAN),
    asked=(SARA, OLLY),
    told=(Alerted(FAY, 3),),
    acknowledge_by=NOW,
)
TAKEN_BY_MONA = replace(CASE, status=Status.ACKNOWLEDGED, owner=MONA, ownerless=0, taken=NOW)


# --- take it -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", sorted(UNTAKEN))
def test_whoever_was_alerted_takes_it_however_late(status: Status) -> None:
    found = decide(replace(CASE, status=status), Take(MONA), MONA, world())
    case = found.case
    assert case == replace(CASE, status=Status.ACKNOWLEDGED, owner=MONA, taken=NOW, acknowledge_by=None, ownerless=0)
    assert found.effects == (
        CancelTimer("rung:3"),
        alerts.close_alert(FAY, 3, ENGLISH.alert_gone, FALLBACK),
        alerts.settle(case, MONA, 1, ENGLISH.alert_you_took, world()),
        alerts.settle(case, DAN, 2, ENGLISH.alert_taken_by.format(person="Mona Jensen"), world()),
        alerts.tell(case, RITA, ENGLISH.taken.format(person="Mona Jensen"), "taken"),
        BeginPlaybook(MONA),
    )
    assert found.noted == (Noted("taken", MONA, "rung 3"),)


def test_the_excluded_do_not_hear_who_took_it() -> None:
    found = decide(replace(CASE, accused=frozenset({DAN})), Take(MONA), MONA, world())
    assert alerts.close_alert(DAN, 2, ENGLISH.alert_gone) in found.effects
    assert not any("Mona" in str(e) for e in found.effects if getattr(e, "to", None) == DAN)


@pytest.mark.parametrize("status", [Status.ACKNOWLEDGED, Status.IN_PROGRESS, Status.FOLLOW_UP])
def test_who_comes_late_hears_who_has_it(status: Status) -> None:
    case = replace(TAKEN_BY_MONA, status=status)
    late = decide(case, Take(DAN), DAN, world())
    assert late == Decision(
        case, (alerts.tell(case, DAN, ENGLISH.alert_taken_by.format(person="Mona Jensen"), "late"),)
    )


def test_a_second_press_of_the_owner_changes_nothing() -> None:
    again = decide(TAKEN_BY_MONA, Take(MONA), MONA, world())
    assert again == Decision(TAKEN_BY_MONA, (alerts.tell(TAKEN_BY_MONA, MONA, ENGLISH.alert_gone, "late"),))


@pytest.mark.parametrize("status", [Status.CLOSED, Status.WITHDRAWN])
def test_what_is_over_is_taken_by_nobody(status: Status) -> None:
    over = replace(TAKEN_BY_MONA, status=status)
    assert decide(over, Take(DAN), DAN, world()) == Decision(
        over, (alerts.tell(over, DAN, ENGLISH.alert_gone, "late"),)
    )


# --- or not --------------------------------------------------------------------------------------------------------


def test_the_one_asked_who_declines_makes_room_for_the_next() -> None:
    case = replace(CASE, owner=DAN, ownerless=0, rung=2, told=())
    found = decide(case, Decline(DAN), DAN, world())
    assert (found.case.owner, found.case.recused) == (HANNE, {DAN})
    assert found.effects[:2] == (alerts.close_alert(DAN, 2, ENGLISH.recused), CloseCards(DAN, ENGLISH.recused))
    assert found.noted[0] == Noted("recused", DAN)


def test_every_alert_of_whoever_declines_is_closed() -> None:
    case = replace(CASE, alerted=(*CASE.alerted, Alerted(MONA, 7)))
    assert decide(case, Decline(MONA), MONA, world()).effects == (
        alerts.close_alert(MONA, 1, ENGLISH.recused),
        alerts.close_alert(MONA, 7, ENGLISH.recused),
        CloseCards(MONA, ENGLISH.recused),
    )


@pytest.mark.parametrize("case", [CASE, TAKEN_BY_MONA])
def test_somebody_else_who_declines_changes_nothing_for_the_case(case: Case) -> None:
    found = decide(case, Decline(DAN), DAN, world())
    assert (found.case, found.noted) == (replace(case, recused=frozenset({DAN})), (Noted("recused", DAN),))
    assert said(found) == []


def test_the_fallback_has_seen_it() -> None:
    later = replace(CASE, rung=4, told=(*CASE.told, Alerted(HANNE, 4)))
    found = decide(later, NoteFallback(FAY), FAY, world())
    assert found == Decision(
        later, (alerts.close_alert(FAY, 3, ENGLISH.fallback_noted, FALLBACK),), (Noted("noted", FAY),)
    )


# --- a call at once ------------------------------------------------------------------------------------------------

PAGED = replace(draft(Role.ON_CALL), pages=2, paged=(OLLY, FAY))


def test_whoever_calls_is_named_to_the_reporter_and_the_others() -> None:
    found = decide(PAGED, TakeCall(OLLY), OLLY, world())
    assert found.case == replace(PAGED, called_by=OLLY)
    taken_by = ENGLISH.alert_taken_by.format(person="Olly Jensen")
    whose = alerts.employee(PAGED, OLLY, world())
    assert found.effects == (
        CancelTimer("page:2"),
        alerts.tell(PAGED, RITA, ENGLISH.page_taken.format(person="Olly Jensen", emergency="112"), "page"),
        alerts.settle(PAGED, OLLY, 2, ENGLISH.page_yours.format(who=whose), world(), PAGE),
        alerts.settle(PAGED, FAY, 2, taken_by, world(), PAGE),
    )
    assert found.noted == (Noted("called", OLLY),)


@pytest.mark.parametrize(("hidden", "name"), [(False, "Rita Jensen"), (True, "the employee")])
def test_whoever_calls_goes_on_reading_whom_to_call(hidden: bool, name: str) -> None:
    case = replace(PAGED, consent=ticks(Role.MANAGER, Role.ON_CALL, hidden=hidden))
    (shown,) = [e for e in decide(case, TakeCall(OLLY), OLLY, world()).effects if getattr(e, "to", None) == OLLY]
    assert isinstance(shown, Update)
    assert shown.message.text == f"Thank you. Please call **{name}** now."
    assert [(f.label, f.value) for f in shown.message.facts] == [("Employee", name), ("Case", "K7Q\\-4M2X")]
    assert shown.message.choices == ()


def test_the_excluded_do_not_hear_who_calls() -> None:
    found = decide(replace(PAGED, accused=frozenset({FAY})), TakeCall(OLLY), OLLY, world())
    assert alerts.close_alert(FAY, 2, ENGLISH.alert_gone, PAGE) in found.effects
    assert [e for e in found.effects if getattr(e, "to", None) == FAY] == [
        alerts.close_alert(FAY, 2, ENGLISH.alert_gone, PAGE)
    ]


def test_a_call_is_answered_once() -> None:
    called = replace(PAGED, called_by=OLLY)
    danish = world(with_(OFFICE, FAY, language="da"))
    assert decide(called, TakeCall(FAY), FAY, danish) == Decision(
        called, (alerts.tell(called, FAY, DANISH.alert_taken_by.format(person="Olly Jensen"), "late"),)
    )


@pytest.mark.parametrize("status", [Status.CLOSED, Status.WITHDRAWN])
def test_nobody_calls_when_it_is_over(status: Status) -> None:
    over = replace(PAGED, status=status)
    assert decide(over, TakeCall(OLLY), OLLY, world()) == Decision(
        over, (alerts.tell(over, OLLY, ENGLISH.alert_gone, "late"),)
    )


# --- who else may know ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "person",
    [
        None,
        WIM,  # could be asked, but the reporter was not shown this name
        OLLY,  # was shown, and cannot be asked any more
    ],
)
def test_nobody_is_told_whom_the_reporter_was_not_asked_about(person: PersonId | None) -> None:
    found = decide(CASE, Widen(person, 1), RITA, world())
    assert found == Decision(
        CASE, (alerts.tell(CASE, RITA, ENGLISH.ask_more_waiting, "waiting"),), (Noted("not_widened"),)
    )


def test_in_a_taken_case_the_question_is_not_open_any_more() -> None:
    found = decide(TAKEN_BY_MONA, Widen(SARA, 1), RITA, world())
    assert found.case == TAKEN_BY_MONA
    assert said(found) == [(RITA, ENGLISH.knowing.name_no_more)]


# --- help with a task ----------------------------------------------------------------------------------------------


def asked(case: Case, actor: PersonId | None, *gone: PersonId) -> list[tuple[PersonId, str]]:
    found = decide(case, AskForHelp("talk"), actor, world(without(OFFICE, *gone)))
    assert found.noted == (Noted("help_wanted", actor, "talk"),)
    assert found.case == replace(case, helped=tuple(to for to, _ in said(found)))
    assert [to for to, _ in said(found)] == [one for one in [helper(case, actor, world(without(OFFICE, *gone)))] if one]
    return said(found)


def test_whoever_is_asked_for_help_opens_the_case_from_there() -> None:
    """The fallback may not see it, and gets the words alone."""
    (found,) = decide(TAKEN_BY_MONA, AskForHelp("talk"), MONA, world()).effects
    assert isinstance(found, Send)
    assert (found.message.choices, found.message.token) == (
        (Choice("/open", "Open"),),
        Token(TAKEN_BY_MONA.id, None, "card", TAKEN_BY_MONA.revision),
    )
    alone = world(without(OFFICE, DAN, HANNE, HUGO))
    (told,) = decide(TAKEN_BY_MONA, AskForHelp("talk"), MONA, alone).effects
    assert isinstance(told, Send)
    assert (told.to, told.message.choices) == (FAY, ())


def test_help_is_asked_of_the_next_who_may_know() -> None:
    words = ENGLISH.help_wanted.format(who="Mona Jensen", reference="K7Q-4M2X")
    assert asked(TAKEN_BY_MONA, MONA) == [(DAN, words)]
    assert asked(TAKEN_BY_MONA, MONA, DAN) == [(HANNE, words)]
    # without anybody else who may know: the fallback
    assert asked(TAKEN_BY_MONA, MONA, DAN, HANNE, HUGO) == [(FAY, words)]


def test_who_was_asked_for_help_and_is_excluded_later_keeps_nothing_of_it_on_the_screen() -> None:
    helping = decide(TAKEN_BY_MONA, AskForHelp("talk"), MONA, world()).case
    assert helping.helped == (DAN,)
    again = decide(helping, AskForHelp("talk"), MONA, world()).case
    assert again.helped == (DAN,)
    out = replace(again, accused=frozenset({DAN}))
    found = decide(out, NewPeople(), None, world())
    assert Delete(DAN) in found.effects
    assert found.case.helped == ()


def test_nobody_is_asked_for_help_by_themselves() -> None:
    alone = (DAN, HANNE, HUGO, SARA, WIM, OLLY)
    fallback_took = replace(TAKEN_BY_MONA, owner=FAY)
    assert asked(fallback_took, FAY, MONA, *alone) == []
    # whoever has the case now is not asked for help by whoever had it before
    assert [to for to, _ in asked(TAKEN_BY_MONA, DAN)] == [HANNE]


@pytest.mark.parametrize("status", [Status.DRAFT, Status.CLOSED, Status.WITHDRAWN])
def test_no_help_is_asked_in_a_case_at_rest(status: Status) -> None:
    case = replace(TAKEN_BY_MONA, status=status)
    assert decide(case, AskForHelp("talk"), MONA, world()) == Decision(case)
    assert helper(case, MONA, world()) is None
