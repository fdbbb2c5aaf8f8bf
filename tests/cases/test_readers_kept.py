"""Once somebody reads a case: taken out by the reporter, let in again, and out at the end of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.cases import sharing
from bot.cases.alerts import MAY_READ, READER
from bot.cases.case import Alerted, Status
from bot.cases.decide import decide
from bot.cases.inputs import AnswerReader, ChangeConsent, Decline, NewPeople
from bot.cases.ladder import Noted
from bot.cases.people import readers
from bot.cases.permissions import Relation, relations
from bot.cases.sharing import READS, WHO, Offered
from bot.core.case_commands import CloseCase, SetAccused, SetConsent, WithdrawCase
from bot.core.effects import CloseTalks, Delete
from bot.core.languages.en import ENGLISH
from bot.core.messages import Choice
from bot.core.people import Role
from tests.cases.deciding import said, taken
from tests.cases.office import FAY, HANNE, MONA, OFFICE, RITA, SARA, WIM, ticks, without, world
from tests.cases.readers import SAID, answered, change, closed, reads, wish


def test_the_reporter_takes_a_reader_out_again_like_everybody_else() -> None:
    case = answered().case
    field = sharing.form(case, Offered((Role.MANAGER, Role.HR), False), world()).fields[0]
    assert Choice(f"{READS}fay", "May only read: Fay Jensen") in field.options
    assert (field.id, field.initial) == (WHO, (Role.MANAGER, Role.HR, f"{READS}fay"))
    found = change(case)
    assert Delete(FAY) in found.effects
    assert (FAY, ENGLISH.knowing.not_yours_now.format(reference="K7Q\\-4M2X")) in said(found)
    assert ENGLISH.knowing.out_heard.format(persons="Fay Jensen") in dict(said(found))[RITA]
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
        assert SAID.reads_now.format(persons="Fay Jensen") in dict(said(found))[RITA]
        assert (FAY, SAID.told.format(reference="K7Q\\-4M2X", person="Mona Jensen")) in said(found)
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
    told = "".join(text for to, text in said(found) if to == RITA)
    assert SAID.reads_now.format(persons="Mona Jensen") in told
    assert "Mona Jensen can see nothing" not in told
    assert [text for to, text in said(found) if to == MONA] == [
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
    assert [to for to, _ in said(found)] == [RITA]


def test_whoever_is_to_be_talked_to_has_a_part_in_the_case() -> None:
    no = answered(wish(by=HANNE).case, yes=False).case
    without_hr = replace(no, consent=ticks(Role.MANAGER))
    told = dict(said(change(without_hr, FAY)))[FAY]
    assert told == SAID.told.format(reference="K7Q\\-4M2X", person="Mona Jensen")
    gap = replace(without_hr, status=Status.ESCALATED, owner=WIM, ownerless=1)
    told = dict(said(change(gap, FAY)))[FAY]
    assert told == SAID.told.format(reference="K7Q\\-4M2X", person=SAID.handlers)


@pytest.mark.parametrize("end", [CloseCase(), WithdrawCase()])
def test_the_end_of_the_case_ends_reading_and_asking(end: CloseCase | WithdrawCase) -> None:
    case = decide(wish(answered().case, to=SARA).case, AnswerReader(2, yes=False), RITA, world()).case
    case = wish(case, to=WIM).case
    found = decide(case, end, RITA, world())
    assert (FAY, f"{READER}:1") in closed(found)
    assert (RITA, f"{MAY_READ}:3") in closed(found)
    assert not {slot for _, slot in closed(found)} & {f"{READER}:2", f"{READER}:3"}
    assert not any(to == FAY for to, _ in said(found))
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


def test_who_may_read_stays_when_the_talk_asks_again_who_may_know() -> None:
    """Ticking anew in a talk is about roles: a yes to one person is taken back where it was given."""
    case = replace(taken(), consent=replace(ticks(Role.MANAGER), readers=frozenset({FAY})))
    again = decide(case, SetConsent(frozenset({Role.HR}), without_name=False), RITA, world())
    assert readers(again.case, OFFICE) == {FAY}
