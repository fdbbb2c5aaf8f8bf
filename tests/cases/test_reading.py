"""One more reader: wished for by whoever handles the case, decided on by the reporter, and taken back at any time."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cases import alerts, reading, sharing
from bot.cases.alerts import MAY_READ, READER, World
from bot.cases.case import AT_REST, Alerted, Case, Consent, ReaderAsked, Status
from bot.cases.decide import decide
from bot.cases.explain import Explained, Sees, Why, explain
from bot.cases.inputs import AnswerReader, ChangeConsent, Decline, NewPeople
from bot.cases.ladder import Decision, Noted
from bot.cases.people import readers, ticked
from bot.cases.permissions import Action, Relation, may, relations, seats
from bot.cases.policy import askable, knows_name, recipients, reveal
from bot.cases.sharing import READS, WHO, Offered
from bot.cases.sights import Reader, who_sees
from bot.core.answers import One
from bot.core.case_commands import CloseCase, SetAccused, SetConsent, Share, WithdrawCase
from bot.core.effects import CloseTalks, Delete, Send, Update
from bot.core.ids import Token
from bot.core.languages.en import ENGLISH
from bot.core.messages import Asks, Choice
from bot.core.people import People, PersonId, Role
from bot.core.session import Given
from tests.cases.office import (
    BEA,
    DAN,
    FAY,
    HANNE,
    HUGO,
    MONA,
    OFFICE,
    RITA,
    SARA,
    WIM,
    draft,
    ticks,
    with_,
    without,
    world,
)
from tests.cases.organisations import NOW, Told, cases, unhurried, worlds

SAID = ENGLISH.reading
WHY = "Fay can have *the page* taken down."


def taken(status: Status = Status.ACKNOWLEDGED) -> Case:
    """Mona's case, which HR may know of, too."""
    case = replace(draft(Role.MANAGER, Role.HR), status=status, owner=MONA, rung=1, alerted=(Alerted(MONA, 1),))
    return replace(case, opened=NOW, taken=NOW)


def wish(case: Case | None = None, to: PersonId | None = FAY, by: PersonId = MONA, at: World | None = None) -> Decision:
    return decide(case if case is not None else taken(), Share(to, WHY), by, at or world())


def answered(case: Case | None = None, *, yes: bool = True, at: World | None = None) -> Decision:
    return decide(case if case is not None else wish().case, AnswerReader(1, yes), RITA, at or world())


def change(case: Case, *persons: PersonId, sure: bool = False) -> Decision:
    roles = case.consent.roles
    return decide(case, ChangeConsent(roles, frozenset(), False, sure, frozenset(persons)), RITA, world())


def sent(found: Decision) -> list[tuple[PersonId, str]]:
    return [(e.to, e.message.text) for e in found.effects if isinstance(e, Send)]


def closed(found: Decision) -> list[tuple[PersonId, str]]:
    return [(e.to, str(e.slot)) for e in found.effects if isinstance(e, Update)]


def reads(person: PersonId, case: Case, people: People = OFFICE, writer: PersonId = RITA) -> set[Role]:
    return {role for role in Role if reveal(person, Given(One("x"), frozenset({role}), NOW), writer, case, people)}


# --- asked ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("by", [MONA, HANNE])
def test_the_reporter_is_asked_first_and_the_words_stand_in_the_form(by: PersonId) -> None:
    found = wish(by=by)
    assert found.case == replace(taken(), readers_asked=(ReaderAsked(FAY, by, WHY),))
    question, told = (e for e in found.effects if isinstance(e, Send))
    asker = f"{by.title()} Jensen"
    assert (question.to, question.slot) == (RITA, alerts.slot(MAY_READ, 1))
    assert question.message.text == SAID.question.format(handler=asker, person="Fay Jensen")
    assert (question.message.asks, question.message.token) == (Asks.FORM, Token("c1", None, MAY_READ, 1))
    assert "taken down" not in question.message.text
    (field,) = reading.form(found.case, 1, world()).fields  # type: ignore[union-attr]
    assert question.message.form == reading.form(found.case, 1, world())
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
        assert [text for _, text in sent(found)] == [SAID.cannot_ask]
        assert found.case.readers_asked == ()
        assert [noted.kind for noted in found.noted] == ["reader_refused"]


def test_a_fallback_who_looks_after_the_case_may_be_asked_about() -> None:
    gap = replace(taken(Status.ESCALATED), owner=FAY, ownerless=1)
    assert wish(gap, by=HANNE).case.readers_asked[0].person == FAY


@pytest.mark.parametrize("status", sorted(AT_REST))
def test_of_a_case_at_rest_nobody_is_asked(status: Status) -> None:
    assert sent(wish(taken(status))) == [(MONA, SAID.cannot_ask)]


def test_whoever_has_no_part_in_the_case_any_more_asks_for_nobody() -> None:
    assert sent(wish(by=SARA)) == [(SARA, SAID.cannot_ask)]


def test_the_reporter_and_the_engine_wish_for_nobody() -> None:
    assert wish(by=RITA) == Decision(taken())
    assert decide(taken(), Share(FAY), None, world()) == Decision(taken())


@pytest.mark.parametrize("yes", [None, False, True])
def test_asked_again_the_handler_hears_the_same_whatever_was_answered(yes: bool | None) -> None:
    case = wish().case if yes is None else answered(yes=yes).case
    again = wish(case, by=HANNE)
    assert again.case == case
    assert sent(again) == [(HANNE, SAID.asked_before)]
    accused = replace(case, accused=frozenset({FAY}))
    assert sent(wish(accused, by=HANNE)) == [(HANNE, SAID.asked_before)], "nor whether somebody is left out by now"


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
    assert sent(found) == [
        (RITA, SAID.thanks.format(person="Fay Jensen")),
        (FAY, SAID.told.format(reference="K7Q\\-4M2X", person="Mona Jensen")),
    ]
    message = next(e.message for e in found.effects if isinstance(e, Send) and e.to == FAY)
    assert message.choices == (Choice("read", ENGLISH.card_read),)
    assert message.token == Token("c1", None, READER, 1)
    assert found.noted == (Noted("reader", FAY),)


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
    assert sent(found) == [(RITA, SAID.kept.format(person="Fay Jensen"))]
    assert found.noted == (Noted("reader_not_let_in"),)


def test_a_second_answer_counts_for_nothing() -> None:
    for case in (taken(), answered().case, answered(yes=False).case):
        found = answered(case)
        assert found.case == case
        assert sent(found) == [(RITA, ENGLISH.knowing.name_no_more)]
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
    assert sent(found) == [(RITA, SAID.too_late.format(person="Fay Jensen"))]


# --- taken back, and ended -----------------------------------------------------------------------------------------


def test_the_reporter_takes_a_reader_out_again_like_everybody_else() -> None:
    case = answered().case
    field = sharing.form(case, Offered((Role.MANAGER, Role.HR), False), world()).fields[0]
    assert Choice(f"{READS}fay", "May only read: Fay Jensen") in field.options
    assert (field.id, field.initial) == (WHO, (Role.MANAGER, Role.HR, f"{READS}fay"))
    found = change(case)
    assert Delete(FAY) in found.effects
    assert (FAY, ENGLISH.knowing.not_yours_now.format(reference="K7Q\\-4M2X")) in sent(found)
    assert ENGLISH.knowing.out_heard.format(persons="Fay Jensen") in dict(sent(found))[RITA]
    assert relations(found.case, FAY, OFFICE) == {Relation.STRANGER}
    assert reads(FAY, found.case) == set()
    assert found.case.owner == MONA


def test_and_lets_the_same_person_in_again_also_after_a_no() -> None:
    for case in (change(answered().case).case, answered(yes=False).case):
        field = sharing.form(case, Offered((Role.MANAGER,), False), world()).fields[0]
        assert field.options[-1].id == f"{READS}fay"
        assert f"{READS}fay" not in field.initial
        found = change(case, FAY)
        assert reads(FAY, found.case) == {Role.OWNER}
        assert relations(found.case, FAY, OFFICE) == {Relation.READER}
        assert SAID.reads_now.format(persons="Fay Jensen") in dict(sent(found))[RITA]
        assert (FAY, SAID.told.format(reference="K7Q\\-4M2X", person="Mona Jensen")) in sent(found)
        assert Noted("reader", FAY) in found.noted


def test_an_owner_who_may_only_read_from_now_on_loses_the_rest() -> None:
    case = answered(wish(replace(taken(), owner=HANNE), to=MONA, by=HANNE).case).case
    case = replace(case, owner=MONA, read_by=frozenset({MONA}))
    both = relations(case, MONA, OFFICE)
    assert {Relation.OWNER, Relation.TICKED, Relation.READER} <= both
    wish_ = ChangeConsent(frozenset({Role.HR}), frozenset(), False, False, frozenset({MONA}))
    found = decide(case, wish_, RITA, world())
    assert (found.case.status, found.case.owner, found.case.alerted) == (
        Status.ESCALATED,
        HANNE,
        (Alerted(HANNE, 2),),
    )
    assert CloseTalks(frozenset({MONA})) in found.effects
    assert relations(found.case, MONA, OFFICE) == {Relation.READER}
    told = "".join(text for to, text in sent(found) if to == RITA)
    assert SAID.reads_now.format(persons="Mona Jensen") in told
    assert "Mona Jensen can see nothing" not in told
    assert [text for to, text in sent(found) if to == MONA] == [
        ENGLISH.knowing.not_yours_now.format(reference="K7Q\\-4M2X"),
        SAID.told.format(reference="K7Q\\-4M2X", person="Hanne Jensen"),
    ]


def test_only_those_about_whom_the_reporter_was_asked_can_be_let_in() -> None:
    assert change(answered(yes=False).case, WIM).case.consent.readers == frozenset()
    open_still = wish().case
    assert change(open_still, FAY).case.consent.readers == frozenset()
    out = replace(answered(yes=False).case, accused=frozenset({FAY}))
    assert change(out, FAY).case.consent.readers == frozenset()


def test_a_reader_who_is_let_in_again_while_the_case_is_closed_is_not_told() -> None:
    found = change(replace(answered(yes=False).case, status=Status.CLOSED), FAY)
    assert [to for to, _ in sent(found)] == [RITA]


def test_whoever_is_to_be_talked_to_has_a_part_in_the_case() -> None:
    no = answered(wish(by=HANNE).case, yes=False).case
    without_hr = replace(no, consent=ticks(Role.MANAGER))
    told = dict(sent(change(without_hr, FAY)))[FAY]
    assert told == SAID.told.format(reference="K7Q\\-4M2X", person="Mona Jensen")
    gap = replace(without_hr, status=Status.ESCALATED, owner=WIM, ownerless=1)
    told = dict(sent(change(gap, FAY)))[FAY]
    assert told == SAID.told.format(reference="K7Q\\-4M2X", person=SAID.handlers)


@pytest.mark.parametrize("end", [CloseCase(), WithdrawCase()])
def test_the_end_of_the_case_ends_reading_and_asking(end: CloseCase | WithdrawCase) -> None:
    case = decide(wish(answered().case, to=SARA).case, AnswerReader(2, yes=False), RITA, world()).case
    case = wish(case, to=WIM).case
    found = decide(case, end, RITA, world())
    assert (FAY, f"{READER}:1") in closed(found)
    assert (RITA, f"{MAY_READ}:3") in closed(found)
    assert not {slot for _, slot in closed(found)} & {f"{READER}:2", f"{READER}:3"}
    assert not any(to == FAY for to, _ in sent(found))
    assert reads(FAY, found.case) == set()
    assert relations(found.case, FAY, OFFICE) == {Relation.STRANGER}
    assert not any(asked.open or asked.why for asked in found.case.readers_asked)


def test_whoever_turns_out_to_be_involved_loses_it_at_once_and_for_good() -> None:
    found = decide(answered().case, SetAccused(frozenset({FAY}), unresolved=False), RITA, world())
    assert Delete(FAY) in found.effects
    assert found.case.consent.readers == frozenset()
    left = decide(answered().case, NewPeople(), None, world(without(OFFICE, FAY)))
    assert left.case.consent.readers == frozenset()


def test_somebody_who_cannot_have_the_case_does_not_read_it() -> None:
    case = replace(answered().case, alerted=(Alerted(MONA, 1), Alerted(FAY, 2)))
    assert reads(FAY, decide(case, Decline(FAY), FAY, world()).case) == set()


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


def test_consent_says_who_reads() -> None:
    assert Consent().readers == frozenset()


def test_who_may_read_stays_when_the_talk_asks_again_who_may_know() -> None:
    """Ticking anew in a talk is about roles: a yes to one person is taken back where it was given."""
    case = replace(taken(), consent=replace(ticks(Role.MANAGER), readers=frozenset({FAY})))
    again = decide(case, SetConsent(frozenset({Role.HR}), without_name=False), RITA, world())
    assert readers(again.case, OFFICE) == {FAY}
