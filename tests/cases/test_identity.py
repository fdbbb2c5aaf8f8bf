"""The name of a reporter without one: asked for by two, told to them by the reporter or by silence, and never else."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Unpack

import pytest

from bot.cases import identity
from bot.cases.case import Case, Status
from bot.cases.decide import decide
from bot.cases.identity import may_ask_name, seconds
from bot.cases.inputs import AgreeToName, AnswerName, AskName, CaseInput, NameOver, NameQuestionCame
from bot.cases.ladder import Decision
from bot.cases.policy import knows_name
from bot.core.case_commands import WithdrawCase
from bot.core.effects import CancelTimer, Send, SetTimer, Update
from bot.core.languages.en import ENGLISH
from bot.core.levels import Level
from bot.core.people import PersonId, Role
from tests.cases.deciding import words
from tests.cases.office import AWAY, HANNE, HUGO, MONA, OFFICE, RITA, SARA, WIM, draft, ticks, with_, without, world
from tests.cases.organisations import NOW
from tests.changes import CaseChange

SAID = ENGLISH.knowing
BOTH = (Role.HR, Role.WHISTLEBLOWER_UNIT)


def hidden(*roles: Role, **more: Unpack[CaseChange]) -> Case:
    case = replace(draft(), status=Status.ACKNOWLEDGED, owner=HANNE, level=Level.CRITICAL, opened=NOW)
    case = replace(case, consent=ticks(*(roles or BOTH), Role.SAFETY_REP, hidden=True))
    return replace(case, **more)


def do(case: Case, wish: CaseInput, person: PersonId | None = None) -> Decision:
    return decide(case, wish, person, world())


def asked() -> Case:
    return do(hidden(), AskName(HANNE, "They wrote: *now*"), HANNE).case


def agreed() -> Case:
    return do(asked(), AgreeToName(WIM, agrees=True, number=1), WIM).case


def test_only_who_may_know_it_as_hr_or_whistleblower_unit_may_ask() -> None:
    case = hidden()
    assert {p.id for p in OFFICE if may_ask_name(case, p.id, OFFICE)} == {HANNE, HUGO, WIM}
    assert not may_ask_name(replace(case, consent=ticks(*BOTH)), HANNE, OFFICE), "there is a name"
    assert not may_ask_name(replace(case, name_told=frozenset({HANNE})), HANNE, OFFICE)
    assert not may_ask_name(replace(case, status=Status.CLOSED), HANNE, OFFICE)
    assert not may_ask_name(replace(case, accused=frozenset({HANNE})), HUGO, OFFICE)


def test_the_second_is_neither_above_nor_below_where_that_can_be() -> None:
    assert seconds(hidden(), HANNE, OFFICE, NOW) == (WIM,), "Hugo reports to Hanne"
    assert seconds(hidden(Role.HR), HANNE, OFFICE, NOW) == (HUGO,)
    assert seconds(hidden(Role.HR), HUGO, OFFICE, NOW) == (HANNE,)
    assert seconds(hidden(), HANNE, with_(OFFICE, WIM, away=AWAY), NOW) == (HUGO,)
    assert seconds(hidden(), HANNE, with_(OFFICE, WIM, addresses=()), NOW) == (HUGO,)


def test_a_second_person_is_asked_and_reads_why() -> None:
    found = do(hidden(), AskName(HANNE, "They wrote: *now*"), HANNE)
    (question,) = [e for e in found.effects if isinstance(e, Send) and e.to == WIM]
    assert "Hanne Jensen asks to know who wrote to me in case K7Q" in question.message.text
    assert question.message.facts[0].value == "They wrote\\: \\*now\\*"
    assert words(found, HANNE) == [SAID.ask_name_sent]
    assert words(found, RITA) == []
    assert "They wrote" not in repr(found.case)


@pytest.mark.parametrize(
    ("case", "person", "answer"),
    [
        (hidden(), SARA, SAID.name_no_more),
        (replace(hidden(), level=Level.HIGH), HANNE, SAID.ask_name_only),
        (asked(), WIM, SAID.name_no_more),
    ],
)
def test_it_cannot_be_asked(case: Case, person: PersonId, answer: str) -> None:
    found = do(case, AskName(person, "why"), person)
    assert found.case == case
    assert words(found, person) == [answer]


def test_it_takes_two() -> None:
    alone = decide(hidden(), AskName(HANNE, "why"), HANNE, world(without(OFFICE, HUGO, WIM)))
    assert words(alone, HANNE) == [SAID.ask_name_alone]
    assert alone.case.name_asked is None


def test_the_reporter_is_told_who_and_why_before_anything_is_shown() -> None:
    found = do(asked(), AgreeToName(WIM, agrees=True, number=1), WIM)
    (question,) = [e for e in found.effects if isinstance(e, Send)]
    assert (question.to, question.awaited) == (RITA, True)
    assert question.message.text.startswith("Hanne Jensen and Wim Jensen fear that a life is in danger")
    assert question.message.facts[0].value == "They wrote\\: \\*now\\*"
    assert not [e for e in found.effects if isinstance(e, SetTimer)], "the time begins when it has arrived"
    assert not knows_name(HANNE, found.case, OFFICE)
    (timer,) = do(found.case, NameQuestionCame(1)).effects
    assert timer == SetTimer("name:1", NOW + timedelta(minutes=15))


def test_who_does_not_agree_ends_it() -> None:
    found = do(asked(), AgreeToName(WIM, agrees=False, number=1), WIM)
    assert found.case.name_asked is None
    assert words(found, HANNE) == [SAID.not_agreed.format(reference="K7Q\\-4M2X")]
    assert words(found, RITA) == []
    assert [e.message.text for e in found.effects if isinstance(e, Update)] == [SAID.name_no_more]


def test_only_who_was_asked_agrees_and_only_once() -> None:
    for case, person in ((asked(), HANNE), (asked(), HUGO), (agreed(), WIM), (hidden(), WIM)):
        found = do(case, AgreeToName(person, agrees=True, number=1), person)
        assert found.case == case
        assert words(found, person) == [SAID.name_no_more]


def test_a_no_of_the_reporter_ends_it() -> None:
    found = do(agreed(), AnswerName(tells=False, number=1), RITA)
    assert found.case.name_asked is None
    assert not found.case.name_told
    refused = SAID.name_refused.format(reference="K7Q\\-4M2X")
    assert words(found, HANNE) == words(found, WIM) == [refused]
    assert words(found, RITA) == [SAID.name_kept]
    assert CancelTimer("name:1") in found.effects
    assert do(found.case, NameOver(1)) == Decision(found.case)


@pytest.mark.parametrize("wish", [AnswerName(tells=True, number=1), NameOver(1)])
def test_the_name_is_told_to_those_two_alone(wish: CaseInput) -> None:
    found = do(agreed(), wish, RITA if isinstance(wish, AnswerName) else None)
    assert found.case.name_told == {HANNE, WIM}
    assert {p.id for p in OFFICE if knows_name(p.id, found.case, OFFICE)} == {RITA, HANNE, WIM}
    name = SAID.name_is.format(person="Rita Jensen", reference="K7Q\\-4M2X")
    assert words(found, HANNE) == words(found, WIM) == [name]
    assert words(found, RITA) == [SAID.name_told.format(persons="Hanne Jensen and Wim Jensen")]
    assert [n.kind for n in found.noted] == ["name_told", "name_told"]


def test_nothing_is_shown_once_one_of_them_may_not_know_any_more() -> None:
    case = replace(agreed(), accused=frozenset({WIM}))
    for wish in (NameOver(1), AnswerName(tells=True, number=1)):
        found = do(case, wish)
        assert (found.case.name_asked, found.case.name_told) == (None, frozenset())
        assert words(found, HANNE) == []
    refused = do(case, AnswerName(tells=False, number=1))
    assert words(refused, WIM) == []


def test_what_is_over_changes_nothing() -> None:
    case = hidden()
    for wish in (NameOver(1), NameQuestionCame(1)):
        assert do(case, wish) == Decision(case)
        assert do(asked(), wish) == Decision(asked())
    assert words(do(case, AnswerName(tells=True, number=1), RITA), RITA) == [SAID.name_no_more]
    assert words(do(asked(), AnswerName(tells=True, number=1), RITA), RITA) == [SAID.name_no_more]
    gone = do(replace(asked(), status=Status.CLOSED), AgreeToName(WIM, agrees=True, number=1), WIM)
    assert words(gone, WIM) == [SAID.name_no_more]


def test_it_ends_with_the_case() -> None:
    found = decide(agreed(), WithdrawCase(), RITA, world())
    assert found.case.name_asked is None
    assert CancelTimer("name:1") in found.effects
    assert not identity.holds(found.case, world())


def test_the_form_says_that_the_employee_reads_it() -> None:
    form = identity.name_form(hidden(), HANNE, world())
    assert form.fields[0].hint == SAID.ask_name_hint
    assert form.fields[0].required
    assert MONA not in str(form)


def test_an_answer_to_an_earlier_question_counts_for_no_later_one() -> None:
    asked = agreed().name_asked
    assert asked is not None
    later = replace(asked, number=2)
    case = replace(agreed(), name_asked=later, names_asked=2)
    for tells in (True, False):
        found = do(case, AnswerName(tells, number=1), RITA)
        assert (found.case, words(found, RITA)) == (case, [SAID.name_no_more])
    asked_anew = replace(case, name_asked=replace(later, second=None))
    found = do(asked_anew, AgreeToName(WIM, agrees=True, number=1), WIM)
    assert (found.case, words(found, WIM)) == (asked_anew, [SAID.name_no_more])
