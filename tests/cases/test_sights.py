"""*Who can see this?*: what each person is told, to the letter where it matters."""

from __future__ import annotations

from dataclasses import replace
from typing import Unpack

import pytest

from bot.cases.case import Alerted, Case, Status
from bot.cases.sights import ASK, CHANGE, Reader, who_sees
from bot.core.languages import LANGUAGES, phrases
from bot.core.messages import Message
from bot.core.people import PersonId, Role
from tests.cases.office import BEA, DAN, FAY, HANNE, MONA, OFFICE, OLLY, RITA, SARA, WIM, draft, ticks, world
from tests.cases.organisations import NOW
from tests.changes import CaseChange


def seen(
    case: Case, person: PersonId = RITA, platform: str = "slack", language: str = "en", *, offered: bool = True
) -> Message:
    return who_sees(case, Reader(person, phrases(language), platform, offered), world(OFFICE)).message


def lines(case: Case) -> list[str]:
    return [line for line in seen(case).text.splitlines() if line.startswith("- ")]


def sent(*roles: Role, **more: Unpack[CaseChange]) -> Case:
    case = replace(draft(*roles), status=Status.ACKNOWLEDGED, owner=MONA, alerted=(Alerted(MONA, 1),), opened=NOW)
    return replace(case, **more)


def test_each_person_with_why_how_much_and_whether_it_was_read() -> None:
    case = sent(Role.MANAGER, Role.HR, read_by=frozenset({MONA}))
    assert lines(case) == [
        "- **Mona Jensen** (your manager): looks after your case and can read what you told. Has read it.",
        "- **Hanne Jensen** (HR): can read only what is meant for HR. Has not read it yet.",
        "- **Hugo Jensen** (stands in for Hanne Jensen, HR): can read only what is meant for HR. Has not read it yet.",
        (
            "- **Dan Jensen** (stands in for Mona Jensen, your manager): may know that there is a case. "
            "Can read what you told only as the one who looks after it."
        ),
    ]
    assert "Nobody else at work can see any of it." in seen(case).text


def test_a_draft_says_how_it_would_be() -> None:
    case = draft(Role.MANAGER)
    assert seen(case).text.startswith("Your report has not been sent.")
    assert lines(case)[0] == "- **Mona Jensen** (your manager): is asked to look after it, and can read what you told."
    assert seen(case).choices == ()
    assert lines(draft()) == []
    assert "You choose who may know." in seen(draft()).text


def test_who_was_called_who_was_asked_before_and_who_steps_in() -> None:
    case = sent(Role.SAFETY_REP, owner=FAY, ownerless=1, told=(Alerted(FAY, 2),), status=Status.ESCALATED)
    case = replace(case, paged=(OLLY,), consent=ticks(Role.SAFETY_REP, persons=(BEA,)))
    found = "\n".join(lines(case))
    assert "**Olly Jensen** (on call): was asked to call you, and can read nothing." in found
    assert "**Mona Jensen** (was asked before): may know that there is a case." in found
    assert "**Fay Jensen** (steps in when nobody has a case): knows only that some case has nobody" in found
    assert "**Bea Jensen** (chosen by you)" in found


def test_whoever_is_on_call_reads_only_what_the_call_needs() -> None:
    case = sent(Role.MANAGER, Role.ON_CALL)
    called = "**Olly Jensen** (the person on call): is called when it is urgent, and can read only what is meant for that call."
    assert f"- {called}" in lines(case)
    assert f"- {called.replace('is called when it is urgent', 'was asked to call you')}" in lines(
        replace(case, paged=(OLLY,))
    )


def test_an_owner_who_keeps_the_case_while_others_are_asked_still_looks_after_it() -> None:
    case = sent(Role.MANAGER, status=Status.ESCALATED)
    assert "is asked to look after it" in lines(case)[0]
    assert "looks after your case" in lines(replace(case, kept=1, helper=DAN))[0]


def test_a_case_that_is_over_is_read_by_nobody() -> None:
    for status in (Status.CLOSED, Status.WITHDRAWN):
        case = sent(Role.MANAGER, Role.HR, status=status, read_by=frozenset({MONA}))
        over = "- **Mona Jensen** (your manager): knows that there was a case, and can read nothing. Has read it."
        assert lines(case) == [over]
        assert lines(replace(case, read_by=frozenset())) == [over.removesuffix(" Has read it.")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_those_who_were_told_the_name_are_named(language: str) -> None:
    said = phrases(language).knowing
    hidden = sent(consent=ticks(Role.HR, hidden=True), owner=HANNE, name_told=frozenset({HANNE}))
    text = seen(hidden, language=language).text
    assert f"{said.name_told.format(persons='Hanne Jensen')} {said.name_others}" in text
    assert said.not_your_name not in text


def test_who_is_left_out_is_told_to_the_reporter_alone() -> None:
    case = sent(Role.MANAGER, accused=frozenset({HANNE, WIM}), narrowed=frozenset({SARA}))
    text = seen(case).text
    assert "Left out, and can see nothing: Hanne Jensen, everybody who reports to Hanne Jensen and Wim Jensen." in text
    assert "You have left out Sara Jensen." in text
    at_work = seen(case, MONA).text
    assert not any(name in at_work for name in ("Hanne", "Wim", "Sara", "Mona"))
    line = sent(Role.HR, accused_unresolved=True, owner=HANNE, alerted=())
    assert "Mona Jensen" in seen(line).text.partition("Left out")[2]


def test_at_work_roles_are_told_and_nobody_is_missing_from_them() -> None:
    case = sent(
        Role.MANAGER, Role.HR, consent=ticks(Role.MANAGER, Role.HR, persons=(BEA, WIM)), accused=frozenset({WIM})
    )
    text = "In case K7Q\\-4M2X these may know something: the employee's manager, HR and Bea Jensen."
    assert seen(case, MONA).text.startswith(text)
    assert seen(case, DAN).text == seen(case, MONA).text
    assert seen(case, SARA).text == "There is nothing here for you to see."
    assert seen(case, PersonId("gone")).text == "There is nothing here for you to see."
    assert seen(sent(Role.MANAGER, consent=ticks()), MONA).text.startswith(
        "In case K7Q\\-4M2X these may know something: somebody"
    )


def test_who_may_ask_for_the_name_can_do_so_from_here() -> None:
    hidden = sent(consent=ticks(Role.MANAGER, Role.HR, hidden=True))
    assert [choice.id for choice in seen(hidden, HANNE).choices] == [ASK]
    assert seen(hidden, MONA).choices == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_name_it_says_who_could_ask_for_it(language: str) -> None:
    said = phrases(language).knowing
    hidden = sent(consent=ticks(Role.HR, hidden=True), owner=HANNE)
    assert said.not_your_name in seen(hidden, language=language).text
    assert said.unless_danger in seen(hidden, language=language).text
    assert said.not_your_name not in seen(sent(Role.HR), language=language).text


@pytest.mark.parametrize(
    ("platform", "words"), [("slack", "About Slack"), ("teams", "About Teams"), ("other", "About this chat")]
)
def test_what_is_out_of_reach_is_said(platform: str, words: str) -> None:
    text = seen(sent(Role.MANAGER), platform=platform).text
    assert f"{words}: " in text
    assert "Acme" in text
    assert "only with the keys" in text


def test_a_simulation_stays_on_its_machine() -> None:
    text = seen(sent(Role.MANAGER), platform="simulation").text
    assert text.endswith("what you write here stays on this machine.")


def test_it_can_be_changed_from_here_where_there_is_a_choice() -> None:
    assert [choice.id for choice in seen(sent(Role.MANAGER)).choices] == [CHANGE]
    assert seen(sent(Role.MANAGER), offered=False).choices == ()
    over = sent(Role.MANAGER, status=Status.WITHDRAWN)
    assert seen(over).choices == ()
    assert lines(over) == ["- **Mona Jensen** (your manager): knows that there was a case, and can read nothing."]
    nobody = sent(consent=ticks(), owner=None, alerted=())
    assert seen(nobody).text.startswith("You chose to tell nobody")
