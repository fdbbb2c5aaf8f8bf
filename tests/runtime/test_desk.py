"""The list of cases and the card of one: what each person is shown there, and what a press on it does."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Unpack

import pytest

from bot.cases.case import AT_REST, UNTAKEN, Alerted, Case, CaseFile, Consent, Status
from bot.cases.permissions import Engine, seats
from bot.core.events import Chose, Command, Commanded, Said
from bot.core.ids import CaseId, SessionId
from bot.core.languages import LANGUAGES, Phrases
from bot.core.levels import Level
from bot.core.messages import Message
from bot.core.people import PersonId, Role
from bot.core.replies import Tell
from bot.core.session import Session, Task, TaskState
from bot.runtime.desk import MOST_LISTED, card, listed, offered
from bot.runtime.ports import Saved
from bot.runtime.warrants import CARD
from bot.simulation.screens import PLATFORM
from tests.changes import CaseChange
from tests.runtime.conftest import Houses
from tests.runtime.making import START, House, setting
from tests.runtime.talks import REPORT, talk


def person(first_name: str) -> PersonId:
    return next(person.id for person in setting().people if person.first_name == first_name)


ANA, LUIS, KIM, HANNE, METTE, BO = map(person, ("Ana", "Luis", "Kim", "Hanne", "Mette", "Bo"))


def a_file(number: int = 1, **changes: Unpack[CaseChange]) -> CaseFile:
    """A report of Ana's, which her manager and HR may know of; Luis has been alerted."""
    case = Case(
        CaseId(f"c{number}"),
        f"K7Q-{number:04}",
        ANA,
        START,
        status=Status.ALERTED,
        consent=Consent(frozenset({Role.MANAGER, Role.HR}), LUIS),
        owner=LUIS,
        rung=1,
        alerted=(Alerted(LUIS, 1),),
        opened=START + timedelta(minutes=number),
    )
    report = Session(SessionId(f"c{number}.1"), case.id, ANA, "report", "en", PLATFORM, ())
    return CaseFile(replace(case, **changes), {report.id: report})


def labels(message: Message) -> list[str]:
    return [choice.label for choice in message.choices]


def a_card(file: CaseFile, reader: PersonId) -> Message:
    return card(file, reader, setting(), START)


# --- the list ----------------------------------------------------------------------------------------------------------
def test_a_list_names_what_a_person_reported_and_what_they_may_see_at_work() -> None:
    own, at_work = a_file(1, reporter=LUIS), a_file(2)
    texts = [message.text for message in listed([own], [at_work], LUIS, setting(), START)]
    assert texts == [
        "What you have told me:",
        "**K7Q\\-0001** · I am waiting for Luis Berg to answer.",
        "Cases at work that you may see:",
        "**K7Q\\-0002** · Waits for somebody to take it. · within two working days",
    ]


def test_what_is_most_urgent_and_oldest_comes_first_and_a_long_list_says_that_there_is_more() -> None:
    files = [a_file(number) for number in range(MOST_LISTED + 4)] + [a_file(99, level=Level.CRITICAL)]
    _, first, second, *_, more = listed([], files, HANNE, setting(), START)
    assert ("0099" in first.text, "0000" in second.text) == (True, True)
    assert more.text.startswith("Og 5 til.")


def test_without_a_case_the_list_says_so_and_an_empty_draft_is_none() -> None:
    empty = CaseFile(a_file(status=Status.DRAFT).case, {})
    assert [m.text for m in listed([empty], [], ANA, setting(), START)] == [
        "You have no open cases here. Write *report* to tell me about something."
    ]


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES)
def test_every_status_has_words_for_the_reporter_and_for_those_at_work(language: Phrases) -> None:
    for words in (language.status_own, language.status_at_work):
        assert set(words) == set(Status)


# --- the card ----------------------------------------------------------------------------------------------------------
def test_a_card_bears_what_its_reader_may_do_and_nothing_else() -> None:
    taken = a_file(status=Status.ACKNOWLEDGED)
    assert labels(a_card(a_file(), LUIS))[0] == "I will take this"
    assert labels(a_card(taken, LUIS)) == [
        "Read what was told",
        "Ask the employee something",
        "Close the case",
        "Give the case to somebody",
        "Write a note",
        "Let one more read it",
        "I cannot take this",
    ]
    assert labels(a_card(taken, HANNE)) == ["Læs, hvad der er fortalt", "Skriv et notat", "Lad en mere læse med"]
    assert labels(a_card(taken, ANA)) == ["Add something", "Who can see this?", "Take my report back"]


def test_hr_gives_a_case_to_somebody_while_it_waits_to_be_taken() -> None:
    given = "Giv sagen til en anden"
    for status in Status:
        there = given in labels(a_card(a_file(status=status), HANNE))
        assert there is (status in UNTAKEN), status


def test_who_only_reads_sees_that_the_case_is_there_and_a_button_to_read() -> None:
    consent = replace(a_file().case.consent, readers=frozenset({BO}))
    waits, taken = a_file(consent=consent), a_file(consent=consent, status=Status.ACKNOWLEDGED)
    for file in (waits, taken):
        shown = a_card(file, BO)
        assert labels(shown) == ["Læs, hvad der er fortalt"]
        assert [(fact.label, fact.value) for fact in shown.facts] == [("Medarbejder", "Ana Holm")]
    (_, line) = listed([], [waits], BO, setting(), START)
    assert line.text == "**K7Q\\-0001** · Venter på, at nogen tager den."
    for reader, label in ((LUIS, "May read it, too"), (HANNE, "Må også læse det")):
        assert (label, "Bo Winther") in [(fact.label, fact.value) for fact in a_card(taken, reader).facts]
    alerted = replace(taken.case, consent=replace(consent, roles=frozenset({Role.HR})))
    assert "Bo Winther" not in repr(a_card(replace(taken, case=replace(alerted, owner=HANNE)), LUIS))


def test_a_case_is_closed_only_from_where_it_can_be() -> None:
    standing = a_file(status=Status.ESCALATED)
    assert "close_case" not in [flow.name for flow in offered(standing, LUIS, setting())]


@pytest.mark.parametrize("status", sorted(AT_REST))
def test_what_is_over_or_not_sent_has_no_buttons_for_anybody_at_work(status: Status) -> None:
    file = a_file(status=status)
    for reader in (KIM, HANNE, METTE, BO):
        assert offered(file, reader, setting()) == ()
        assert a_card(file, reader).choices == ()


def test_a_card_names_nobody_whose_name_is_not_to_be_known() -> None:
    named, nameless = a_file(), a_file(consent=replace(a_file().case.consent, without_name=True))
    assert a_card(named, LUIS).facts[0].value == "Ana Holm"
    assert a_card(nameless, LUIS).facts[0].value == "the employee"
    assert "Ana" not in repr(a_card(nameless, HANNE))


def test_a_card_counts_steps_and_tells_the_next_time() -> None:
    tasks = {
        "respond.a": Task(TaskState.DONE, START),
        "respond.b": Task(TaskState.OPEN, START, START + timedelta(hours=3)),
        "respond.c": Task(TaskState.LATER, START, START + timedelta(hours=2)),
    }
    flow = setting().flows.current["respond"]
    playbook = Session(SessionId("c1.2"), CaseId("c1"), LUIS, flow.name, "en", PLATFORM, (), tasks=tasks)
    file = a_file(status=Status.IN_PROGRESS)
    facts = {
        fact.label: fact.value
        for fact in a_card(replace(file, sessions={**file.sessions, playbook.id: playbook}), LUIS).facts
    }
    assert facts["Steps"] == "1 done, 2 to do"
    assert facts["Do this by"] == "11\\:00"


@pytest.fixture
async def house(houses: Houses) -> House:
    return await houses()


# --- presses -----------------------------------------------------------------------------------------------------------
async def cases(house: House, who: PersonId, number: int) -> tuple[Message, ...]:
    reply = await house.service.take(Said(f"cases{number}", house.clock.now(), who, PLATFORM, "cases"))
    assert isinstance(reply, Tell)
    return reply.messages


async def test_a_list_is_kept_nowhere_and_a_resent_word_is_answered_once(house: House) -> None:
    stage = house.stage()
    await talk(stage, ANA, REPORT)
    before = await house.files()
    shown = len(house.screens.of(LUIS))
    assert len(await cases(house, LUIS, 1)) == 2
    again = Commanded("cases1", house.clock.now(), LUIS, PLATFORM, Command.CASES)
    assert not isinstance(await house.service.take(again), Tell)
    assert (await house.files(), len(house.screens.of(LUIS))) == (before, shown)


async def test_who_is_named_as_the_one_who_did_it_finds_no_case_any_more(house: House) -> None:
    stage = house.stage()
    await talk(stage, ANA, REPORT)
    assert len(await cases(house, LUIS, 1)) == 2
    (file,) = await house.files()
    async with house.store.begin() as tx:
        before = await tx.load(file.case.id, Engine.LOOK_AFTER)
        assert before is not None
        named = replace(before.case, accused=frozenset({LUIS}))
        named = replace(named, seated=seats(named, setting().people))
        await tx.save(Saved(CaseFile(named, before.sessions), before))
    stranger = PersonId("somebody without any case")
    assert await cases(house, LUIS, 2) == tuple(listed([], [], stranger, setting(), START))


async def test_a_press_on_a_card_that_offers_it_no_more_gets_an_answer(house: House) -> None:
    stage = house.stage()
    await talk(stage, ANA, REPORT)
    (file,) = await house.files()
    token = a_card(file, LUIS).token
    assert token is not None
    assert token.step == CARD
    for number, option in enumerate(("close_case", "report", "nonsense")):
        await house.service.take(Chose(f"p{number}", house.clock.now(), LUIS, PLATFORM, token, (option,)))
        await house.service.quiet()
        assert house.screens.of(LUIS)[-1].message.text == "I have that already."


async def test_a_flow_that_waits_unfinished_is_gone_on_with(house: House) -> None:
    stage = house.stage()
    await talk(stage, ANA, REPORT)
    await talk(stage, ANA, ("cases", "[Open]", "[Add something]"))
    await talk(stage, ANA, ("cases", "[Open]", "[Add something]"))
    (file,) = await house.files()
    assert [found.flow for found in file.sessions.values()].count("add") == 1
