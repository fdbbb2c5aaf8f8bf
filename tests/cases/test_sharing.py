"""Who may know, changed after sending: who loses what, what the reporter is told, and who is asked next."""

from __future__ import annotations

from dataclasses import replace
from typing import Unpack

from bot.cases import sharing
from bot.cases.alerts import PAGE, World
from bot.cases.case import Alerted, Case, NameAsked, Status
from bot.cases.decide import decide
from bot.cases.explain import Sees, Why, explain
from bot.cases.inputs import ChangeConsent
from bot.cases.ladder import Decision
from bot.cases.people import left_out
from bot.cases.policy import askable, fallbacks
from bot.cases.sharing import HIDDEN, KEEP, NAME, SURE_NOBODY, TAKE_BACK, WHO, Offered
from bot.cases.sights import SHARING
from bot.core.effects import CloseTalks, Delete, Send, Update
from bot.core.languages.en import ENGLISH
from bot.core.levels import Level
from bot.core.people import PersonId, Role
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
    world,
)
from tests.cases.organisations import NOW
from tests.changes import CaseChange

SAID = ENGLISH.knowing


def taken(*roles: Role, **more: Unpack[CaseChange]) -> Case:
    case = replace(draft(*roles), status=Status.ACKNOWLEDGED, owner=MONA, rung=1, alerted=(Alerted(MONA, 1),))
    return replace(replace(case, opened=NOW, tried=(MONA,)), **more)


def change(case: Case, *roles: Role, hidden: bool = False, sure: bool = False, at: World | None = None) -> Decision:
    wish = ChangeConsent(frozenset(roles), case.consent.persons, hidden, sure)
    return decide(case, wish, RITA, at or world())


def told(found: Decision, person: PersonId = RITA) -> str:
    return "\n".join(e.message.text for e in found.effects if isinstance(e, Send) and e.to == person)


def test_an_owner_who_is_left_out_loses_everything_and_the_next_is_asked() -> None:
    found = change(taken(Role.MANAGER, Role.HR, read_by=frozenset({MONA})), Role.HR)
    case = found.case
    assert (case.status, case.owner, case.alerted) == (Status.ESCALATED, HANNE, (Alerted(HANNE, 2),))
    assert case.narrowed == {MONA}
    assert CloseTalks(frozenset({MONA})) in found.effects
    assert Delete(MONA) in found.effects
    closed = [e.message.text for e in found.effects if isinstance(e, Update) and e.to == MONA]
    assert closed == [ENGLISH.alert_gone]
    assert told(found, MONA) == SAID.not_yours_now.format(reference="K7Q\\-4M2X")
    assert SAID.out_read.format(persons="Mona Jensen") in told(found)
    assert SAID.out_unheard.format(persons="Dan Jensen") in told(found)
    assert [n.kind for n in found.noted] == ["consent_changed", "left_out", "escalated", "alerted"]
    assert told(found, DAN) == ""


def test_whoever_was_left_out_is_nobody_to_the_case() -> None:
    case = change(taken(Role.MANAGER, Role.HR), Role.HR).case
    seen = next(one for one in explain(case, OFFICE) if one.person == MONA)
    assert (seen.sees, seen.why) == (Sees.NOTHING, Why.NARROWED)
    assert MONA not in askable(case, OFFICE, NOW)
    again = change(case, Role.HR, Role.MANAGER)
    assert again.case.narrowed == frozenset()
    assert MONA not in again.case.tried
    assert SAID.added.format(persons="Dan Jensen and Mona Jensen") in told(again)
    assert told(again, MONA) == ""


def test_who_was_asked_and_had_not_read_it() -> None:
    case = replace(taken(Role.MANAGER, Role.HR), status=Status.ALERTED)
    found = change(case, Role.HR)
    assert SAID.out_heard.format(persons="Mona Jensen") in told(found)
    assert found.case.owner == HANNE


def test_who_does_not_own_it_leaves_the_owner_be() -> None:
    case = taken(Role.MANAGER, Role.HR, Role.ON_CALL, pages=1, paged=(OLLY,))
    found = change(case, Role.MANAGER)
    assert (found.case.status, found.case.owner, found.case.paged) == (Status.ACKNOWLEDGED, MONA, ())
    assert [e.slot for e in found.effects if isinstance(e, Update) and e.to == OLLY] == [f"{PAGE}:1"]
    assert SAID.out_unheard.format(persons="Hanne Jensen and Hugo Jensen") in told(found)


def test_nothing_is_changed_by_saying_the_same_again() -> None:
    case = taken(Role.MANAGER)
    found = change(case, Role.MANAGER)
    assert found.case == case
    assert [e.message.text for e in found.effects if isinstance(e, Update)] == [SAID.unchanged]


def test_a_draft_and_what_was_taken_back_are_not_changed_here() -> None:
    for status in (Status.DRAFT, Status.WITHDRAWN):
        case = replace(taken(Role.MANAGER), status=status)
        assert change(case, Role.HR) == Decision(case)


def test_that_nobody_may_know_is_asked_once() -> None:
    case = taken(Role.MANAGER)
    asked = change(case)
    assert asked.case == case
    assert SAID.nobody_sure in told(asked)
    sure = decide(case, sharing.nobody(case), RITA, world())
    assert (sure.case.owner, sure.case.ownerless) == (FAY, 1)
    assert SAID.nobody_kept in told(sure)
    assert sure.case.asked == (), "who chose that nobody may know is not asked for others"
    for option, words in ((KEEP, SAID.nobody_keep), (TAKE_BACK, SAID.nobody_withdraw), ("", SAID.nobody_back)):
        closed = sharing.close_sure(case, option, world())
        assert (closed.slot, closed.message.text.endswith(words)) == (SURE_NOBODY, True)


def test_whoever_is_added_to_a_case_without_an_owner_is_asked() -> None:
    nobody = decide(taken(Role.MANAGER), sharing.nobody(taken()), RITA, world()).case
    found = change(nobody, Role.SAFETY_REP)
    assert (found.case.owner, found.case.ownerless) == (SARA, 0)
    assert any(isinstance(e, Send) and e.to == SARA and e.awaited for e in found.effects)


def test_asked_again_whether_nobody_is_meant_the_older_question_loses_its_buttons() -> None:
    nobody = ChangeConsent(frozenset(), frozenset(), without_name=False, sure=False)
    first = decide(replace(taken(), revision=4), nobody, RITA, world())
    again = decide(replace(first.case, revision=5), nobody, RITA, world())
    assert again.case.sure_asked != first.case.sure_asked
    said = [e.message.text for e in again.effects if isinstance(e, Update) and e.to == RITA]
    assert ENGLISH.knowing.name_no_more in said


def test_a_closed_case_is_narrowed_without_a_climb() -> None:
    case = replace(taken(Role.MANAGER), status=Status.CLOSED, read_by=frozenset({MONA}))
    found = change(case)
    assert (found.case.status, found.case.owner, found.case.narrowed) == (Status.CLOSED, MONA, {MONA})


def test_the_name_is_hidden_and_shown() -> None:
    hidden = change(taken(Role.MANAGER), Role.MANAGER, hidden=True)
    assert hidden.case.consent.without_name
    assert SAID.name_hidden in told(hidden)
    assert SAID.name_known.format(persons="Mona Jensen") in told(hidden)
    shown = change(hidden.case, Role.MANAGER)
    assert SAID.name_open in told(shown)
    assert told(shown, MONA) == SAID.name_to_owner.format(person="Rita Jensen", reference="K7Q\\-4M2X")
    nobody = replace(hidden.case, owner=FAY, ownerless=1, alerted=(), status=Status.ESCALATED)
    assert told(change(nobody, Role.MANAGER), FAY) == ""
    alone = change(replace(taken(Role.MANAGER), alerted=(), owner=None), Role.MANAGER, hidden=True)
    assert SAID.name_known.partition("{persons}")[2] not in told(alone)


def test_a_question_for_the_name_ends_with_what_it_was_asked_by() -> None:
    hidden = replace(taken(consent=ticks(Role.HR, Role.WHISTLEBLOWER_UNIT, hidden=True), owner=HANNE), alerted=())
    asked = replace(hidden, level=Level.CRITICAL, name_asked=NameAsked(1, HANNE, "why", (WIM,)), names_asked=1)
    found = change(asked, Role.WHISTLEBLOWER_UNIT, hidden=True)
    assert found.case.name_asked is None
    stays = change(asked, Role.HR, Role.WHISTLEBLOWER_UNIT, Role.SAFETY_REP, hidden=True)
    assert stays.case.name_asked is not None


def test_the_form_shows_what_stands() -> None:
    people = with_(OFFICE, SARA, away=AWAY)
    case = taken(consent=ticks(Role.MANAGER, persons=(BEA,), hidden=True), accused=frozenset({WIM}))
    offered = Offered((Role.MANAGER, Role.SAFETY_REP, Role.WHISTLEBLOWER_UNIT), hiding=True)
    form = sharing.form(case, offered, world(people))
    who, name = form.fields
    assert [(choice.id, choice.label) for choice in who.options] == [
        ("manager", "your manager: Mona Jensen and Dan Jensen"),
        ("safety_rep", "safety representative: Sara Jensen (away just now)"),
        (BEA, "Bea Jensen"),
    ]
    assert (who.id, who.initial, name.id, name.initial) == (WHO, (Role.MANAGER, BEA), NAME, (HIDDEN,))
    sent = sharing.ask(case, replace(offered, hiding=False), world(people))
    assert sent.slot == SHARING
    assert sent.message.form is not None
    assert [field.id for field in sent.message.form.fields] == [WHO]


def test_a_fallback_who_was_left_out_comes_last() -> None:
    case = replace(taken(Role.SAFETY_REP), narrowed=frozenset({FAY, HUGO}))
    assert left_out(case, OFFICE) == {FAY, HUGO}
    assert FAY not in fallbacks(case, OFFICE, NOW, FAY)
    everybody = replace(taken(), narrowed=frozenset(OFFICE.by_id))
    assert FAY in fallbacks(everybody, OFFICE, NOW, FAY)


def test_what_stays_says_who_had_read_it() -> None:
    said = sharing.what_stays(taken(Role.MANAGER, read_by=frozenset({MONA})), world())
    assert SAID.had_read.format(persons="Mona Jensen") in said
    assert SAID.stays in said
    assert SAID.no_pressure in said
    assert "had read" not in sharing.what_stays(taken(Role.MANAGER), world())
