"""One more reader: wished for by whoever handles the case, and decided on by the reporter."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cases import alerts, reading
from bot.cases.alerts import MAY_READ, READER
from bot.cases.case import AT_REST, Case, Consent, ReaderAsked, Status
from bot.cases.decide import decide
from bot.cases.explain import Explained, Sees, Why, explain
from bot.cases.ladder import Decision, Noted
from bot.cases.people import readers, ticked
from bot.cases.permissions import Action, Relation, may, relations, seats
from bot.cases.policy import askable, knows_name, recipients, reveal
from bot.cases.sights import Reader, who_sees
from bot.core.answers import One
from bot.core.case_commands import Share
from bot.core.effects import Send
from bot.core.ids import CaseId, Token
from bot.core.languages.en import ENGLISH
from bot.core.messages import Asks, Choice
from bot.core.people import People, PersonId, Role
from bot.core.session import Given
from tests.cases.deciding import said, taken
from tests.cases.office import BEA, DAN, FAY, HANNE, HUGO, MONA, OFFICE, RITA, SARA, WIM, ticks, with_, world
from tests.cases.organisations import NOW, Told, cases, unhurried, worlds
from tests.cases.readers import SAID, WHY, answered, closed, reads, wish

# --- asked ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("by", [MONA, HANNE])
def test_the_reporter_is_asked_first_and_the_words_stand_in_the_form(by: PersonId) -> None:
    found = wish(by=by)
    assert found.case == replace(taken(), readers_asked=(ReaderAsked(FAY, by, WHY),))
    question, told = (e for e in found.effects if isinstance(e, Send))
    asker = f"{by.title()} Jensen"
    assert (question.to, question.slot) == (RITA, alerts.slot(MAY_READ, 1))
    assert question.message.text == SAID.question.format(handler=asker, person="Fay Jensen")
    assert (question.message.asks, question.message.token) == (Asks.FORM, Token(CaseId("c1"), None, MAY_READ, 1))
    assert "taken down" not in question.message.text
    form = reading.form(found.case, 1, world())
    assert form is not None
    assert question.message.form == form
    (field,) = form.fields
    assert (field.label, field.hint) == (
        SAID.may.format(person="Fay Jensen"),
        SAID.why.format(why="Fay can have \\*the page\\* taken down\\."),
    )
    assert field.options == (Choice("yes", "Yes"), Choice("no", "No"))
    assert (told.to, told.message.text) == (by, SAID.asked)
    assert found.noted == (Noted("reader_asked", by),)
    assert readers(found.case, OFFICE) == frozenset()
    assert reads(FAY, found.case) == set()


def test_what_for_may_be_left_open() -> None:
    found = decide(taken(), Share(FAY), MONA, world())
    asked = reading.form(found.case, 1, world())
    assert asked is not None
    assert asked.fields[0].hint == ""


def test_of_everybody_who_cannot_be_asked_about_the_handler_hears_the_same() -> None:
    accused = replace(taken(), accused=frozenset({BEA}))
    hanne_leads = with_(OFFICE, MONA, manager=None, conflicts=frozenset({FAY}))
    refused = [
        wish(to=None),
        wish(to=PersonId("nobody we know")),
        wish(to=RITA),
        wish(to=MONA),
        wish(to=FAY, at=world(with_(OFFICE, FAY, addresses=()))),
        wish(replace(taken(), recused=frozenset({FAY}))),
        wish(replace(taken(), narrowed=frozenset({FAY}))),
        wish(replace(taken(), partners=frozenset({FAY}))),
        wish(replace(taken(), owner=FAY, consent=ticks(Role.HR)), by=HANNE),
        decide(replace(accused, owner=FAY, consent=ticks(Role.MANAGER, persons=(FAY,))), Share(SARA), FAY, world()),
        decide(replace(taken(), accused=frozenset({WIM})), Share(WIM), MONA, world(hanne_leads)),
    ]
    for found in refused:
        assert [text for _, text in said(found)] == [SAID.cannot_ask]
        assert found.case.readers_asked == ()
        assert [noted.kind for noted in found.noted] == ["reader_refused"]


def test_for_those_one_can_wish_who_can_be_asked_about_and_for_whom_one_has_wished() -> None:
    case = replace(taken(), accused=frozenset({WIM}))
    able = {person for person in OFFICE.by_id if reading.may_wish(case, person, MONA, world())}
    assert able == {person for person in OFFICE.by_id if wish(case, person).case.readers_asked}
    assert able.isdisjoint({MONA, RITA, WIM})
    assert DAN in able
    gone = replace(wish(case, DAN).case, recused=frozenset({DAN}))
    assert reading.may_wish(gone, DAN, MONA, world()), "the handler hears that the employee was asked"


def test_a_fallback_who_looks_after_the_case_may_be_asked_about() -> None:
    gap = replace(taken(Status.ESCALATED), owner=FAY, ownerless=1)
    assert wish(gap, by=HANNE).case.readers_asked[0].person == FAY


@pytest.mark.parametrize("status", sorted(AT_REST))
def test_of_a_case_at_rest_nobody_is_asked(status: Status) -> None:
    assert said(wish(taken(status))) == [(MONA, SAID.cannot_ask)]


def test_whoever_has_no_part_in_the_case_any_more_asks_for_nobody() -> None:
    assert said(wish(by=SARA)) == [(SARA, SAID.cannot_ask)]


def test_the_reporter_and_the_engine_wish_for_nobody() -> None:
    assert wish(by=RITA) == Decision(taken())
    assert decide(taken(), Share(FAY), None, world()) == Decision(taken())


@pytest.mark.parametrize("yes", [None, False, True])
def test_asked_again_the_handler_hears_the_same_whatever_was_answered(yes: bool | None) -> None:
    case = wish().case if yes is None else answered(yes=yes).case
    again = wish(case, by=HANNE)
    assert again.case == case
    assert said(again) == [(HANNE, SAID.asked_before)]
    accused = replace(case, accused=frozenset({FAY}))
    assert said(wish(accused, by=HANNE)) == [(HANNE, SAID.asked_before)], "nor whether somebody is left out by now"


# --- answered ------------------------------------------------------------------------------------------------------


def test_with_a_yes_the_person_reads_what_the_owner_reads_and_is_told_so() -> None:
    found = answered()
    case = found.case
    assert case.readers_asked == (ReaderAsked(FAY, MONA, "", open=False),)
    assert readers(case, OFFICE) == {FAY}
    assert reads(FAY, case) == {Role.OWNER}
    assert reads(FAY, case, writer=MONA) == set(), "no notes of those who handle it"
    assert reads(FAY, replace(case, witness=SARA), writer=SARA) == {Role.OWNER}
    assert closed(found) == [(RITA, f"{MAY_READ}:1")]
    assert said(found) == [
        (RITA, SAID.thanks.format(person="Fay Jensen")),
        (FAY, SAID.told.format(reference="K7Q\\-4M2X", person="Mona Jensen")),
    ]
    message = next(e.message for e in found.effects if isinstance(e, Send) and e.to == FAY)
    assert message.choices == (Choice("read", ENGLISH.card_read),)
    assert message.token == Token(CaseId("c1"), None, READER, 1)
    assert found.noted == (Noted("reader", FAY),)


def test_nobody_reads_from_the_start() -> None:
    assert Consent().readers == frozenset()


def test_a_reader_is_nobody_on_the_ladder_and_does_nothing_else() -> None:
    case = answered().case
    assert relations(case, FAY, OFFICE) == {Relation.READER}
    assert {action for action in Action if may(case, FAY, action, OFFICE)} == {Action.SEE_CASE, Action.READ}
    assert FAY in seats(case, OFFICE)
    assert FAY not in ticked(case, OFFICE)
    assert recipients(case, OFFICE, NOW) == recipients(taken(), OFFICE, NOW)
    assert askable(case, OFFICE, NOW) == askable(taken(), OFFICE, NOW)


def test_the_name_is_known_as_the_owner_knows_it() -> None:
    case = answered().case
    assert knows_name(FAY, case, OFFICE)
    assert not knows_name(FAY, replace(case, consent=replace(case.consent, without_name=True)), OFFICE)


def test_with_a_no_nobody_hears_anything() -> None:
    found = answered(yes=False)
    assert found.case == replace(taken(), readers_asked=(ReaderAsked(FAY, MONA, "", open=False),))
    assert said(found) == [(RITA, SAID.kept.format(person="Fay Jensen"))]
    assert found.noted == (Noted("reader_not_let_in"),)


def test_a_second_answer_counts_for_nothing() -> None:
    for case in (taken(), answered().case, answered(yes=False).case):
        found = answered(case)
        assert found.case == case
        assert said(found) == [(RITA, ENGLISH.knowing.name_no_more)]
        assert reading.form(case, 1, world()) is None
    assert reading.form(wish().case, 0, world()) is None


@pytest.mark.parametrize(
    "case",
    [
        replace(wish().case, accused=frozenset({FAY})),
        replace(wish(by=HANNE).case, consent=ticks(Role.MANAGER)),
        replace(wish().case, owner=FAY),
    ],
)
def test_after_the_yes_it_is_looked_at_again(case: Case) -> None:
    found = answered(case)
    assert FAY not in found.case.consent.readers
    assert said(found) == [(RITA, SAID.too_late.format(person="Fay Jensen"))]


# --- shown ---------------------------------------------------------------------------------------------------------


def test_who_can_see_this_names_the_reader_and_why() -> None:
    case = answered().case
    seen = next(one for one in explain(case, OFFICE) if one.person == FAY)
    assert seen == Explained(FAY, Sees.WORDS, Why.READER, knows_name=True, opens=frozenset({Role.OWNER}))
    told = who_sees(case, Reader(RITA, ENGLISH, "simulation", True), world()).message.text
    assert "**Fay Jensen** (reads, since you said yes): can read what you told. Has not read it yet." in told
    handlers = who_sees(case, Reader(HANNE, ENGLISH, "simulation", False), world()).message.text
    assert "Fay Jensen" in handlers
    both = replace(case, consent=replace(case.consent, readers=frozenset({HUGO})))
    seen = next(one for one in explain(both, OFFICE) if one.person == HUGO)
    assert (seen.why, seen.opens) == (Why.DEPUTY, {Role.HR, Role.OWNER})
    assert next(one for one in explain(both, OFFICE) if one.person == DAN).sees is Sees.CASE


@unhurried
@given(worlds().flatmap(lambda world: st.tuples(st.just(world.people), cases(world.people))), st.data())
def test_a_reader_reads_no_more_than_the_owner_may(pair: tuple[People, Case], data: st.DataObject) -> None:
    people, case = pair
    case = replace(case, status=data.draw(st.sampled_from(Status)))
    told = Told(case, people)
    chosen = sorted(p for p in people.by_id if told.chosen(p))
    writers = (*people.by_id, PersonId("somebody else"))
    for person in people.by_id:
        if told.chosen(person) or person == case.reporter:
            continue
        for visible_to in (frozenset({role}) for role in Role):
            told_to = Given(One("x"), visible_to, NOW)
            for writer in writers:
                if writer == person or not reveal(person, told_to, writer, case, people):
                    continue
                assert told.let_read(person)
                assert all(reveal(p, told_to, writer, replace(case, owner=p), people) for p in chosen)
    back = replace(case, consent=replace(case.consent, readers=frozenset[PersonId]()))
    for person in [p for p in case.consent.readers if not told.chosen(p) and p != case.reporter]:
        assert reads(person, back, people, PersonId("somebody else")) == set()
        assert reads(person, back, people, case.reporter) == set()
