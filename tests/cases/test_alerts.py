"""What the case itself writes, in its reader's language, with the least in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.cases import alerts
from bot.cases.alerts import ALERT, ASK_MORE, FALLBACK, PAGE
from bot.cases.case import Alerted, Call, Case
from bot.core.effects import Beside, Lane, Send, Update
from bot.core.ids import Slot, Token
from bot.core.languages.da import DANISH
from bot.core.languages.en import ENGLISH
from bot.core.levels import Level
from bot.core.messages import Asks, Choice, Fact, Message, Tone
from bot.core.people import PersonId, Role
from bot.core.texts import escape
from bot.core.worktime import Site
from tests.cases.office import DAN, FAY, HANNE, MONA, OFFICE, OLLY, RITA, SARA, WIM, draft, ticks, with_, world
from tests.cases.organisations import HOURS, NOW

CASE = replace(draft(Role.MANAGER, Role.HR, Role.ON_CALL), owner=MONA, rung=3, pages=2, revision=7)
REFERENCE = "K7Q\\-4M2X"


def test_an_alert_says_who_which_case_and_how_soon() -> None:
    due = replace(CASE, acknowledge_by=NOW + timedelta(hours=1))
    assert alerts.alert(due, MONA, world()) == Send(
        MONA,
        Message(
            # in Copenhagen it is one hour later than in UTC
            "Rita Jensen has told me about an incident and needs you. Please answer here before 11\\:30.",
            asks=Asks.ONE,
            facts=(Fact("Case", REFERENCE), Fact("How soon", "within hours")),
            choices=(Choice("take", ENGLISH.alert_take), Choice("decline", ENGLISH.alert_decline)),
            token=Token(CASE.id, None, ALERT, 3),
            tone=Tone.URGENT,
        ),
        alerts.slot(ALERT, 3),
        lane=Lane.ALERT,
        awaited=True,
    )


def test_an_alert_without_a_time_names_none() -> None:
    assert alerts.alert(CASE, MONA, world()).message.text == ENGLISH.alert.format(who="Rita Jensen")


def test_later_alerts_say_why_they_come() -> None:
    again = alerts.alert(CASE, MONA, world(), Call.AGAIN).message.text
    raised = alerts.alert(CASE, MONA, world(), Call.RAISED).message.text
    assert again == ENGLISH.alert_again.format(who="Rita Jensen")
    assert raised == ENGLISH.alert_raised.format(who="Rita Jensen")
    no_help = alerts.alert(CASE, MONA, world(), Call.NO_HELP).message.text
    assert no_help == ENGLISH.alert_no_help.format(who="Rita Jensen")


def test_help_beside_names_the_owner_and_nobody_else() -> None:
    for call, words in ((Call.HELP, ENGLISH.alert_help), (Call.HANDED, ENGLISH.alert_handed)):
        text = alerts.alert(CASE, DAN, world(), call).message.text
        assert text == words.format(owner="Mona Jensen")
        assert "Rita" not in text


def test_a_fallback_of_a_case_that_somebody_keeps_hears_that_it_stands_still() -> None:
    kept = alerts.fallback(replace(CASE, kept=2), FAY, world()).message
    assert kept.text == ENGLISH.fallback_stalled
    assert kept.facts == alerts.fallback(CASE, FAY, world()).message.facts


def test_the_reporter_is_asked_about_one_person_by_name() -> None:
    found = alerts.ask_handing(replace(CASE, handing_by=MONA, handing_asked=7), HANNE, world())
    assert found.to == RITA
    assert found.message.text == ENGLISH.ask_handing.format(owner="Mona Jensen", person="Hanne Jensen")
    assert found.message.choices == (Choice("yes", "Yes"), Choice("wait", "No"))
    assert found.message.token == Token(CASE.id, None, "handing", 7)
    assert found.slot == alerts.slot("handing", 7)


def test_the_reporter_hears_by_when_somebody_gets_in_touch() -> None:
    found = alerts.hear_by(CASE, MONA, NOW + timedelta(hours=2), world())
    when = escape(world().when(NOW + timedelta(hours=2), RITA))
    assert (found.to, found.message) == (RITA, Message(ENGLISH.hear_by.format(person="Mona Jensen", when=when)))


def test_each_is_written_in_its_readers_language() -> None:
    danish = world(with_(OFFICE, MONA, language="da"))
    found = alerts.alert(CASE, MONA, danish).message
    assert found.text == DANISH.alert.format(who="Rita Jensen")
    assert found.facts[1] == Fact(DANISH.alert_level, DANISH.levels[Level.HIGH])
    assert alerts.fallback(CASE, MONA, danish).message.text == DANISH.fallback
    assert alerts.page(CASE, MONA, danish).message.text == DANISH.page_night.format(who="Rita Jensen")


def test_who_may_not_know_the_name_reads_an_employee() -> None:
    hidden = replace(CASE, consent=replace(CASE.consent, without_name=True))
    assert alerts.who(hidden, MONA, world()) == "An employee"
    assert alerts.who(CASE, SARA, world()) == "An employee"
    assert alerts.who(hidden, RITA, world()) == "Rita Jensen"
    assert alerts.who(CASE, DAN, world()) == "Rita Jensen"


def test_a_fallback_alert_has_reference_and_level_only() -> None:
    found = alerts.fallback(CASE, FAY, world())
    assert found == Send(
        FAY,
        Message(
            ENGLISH.fallback,
            asks=Asks.ONE,
            facts=(Fact("Case", REFERENCE), Fact("How soon", "within hours")),
            choices=(Choice("noted", ENGLISH.yes),),
            token=Token(CASE.id, None, FALLBACK, 3),
            tone=Tone.URGENT,
        ),
        alerts.slot(FALLBACK, 3),
        lane=Lane.ALERT,
        awaited=True,
        beside=(Beside.MAIL, Beside.PAGER),
    )


@pytest.mark.parametrize("level", list(Level))
def test_the_last_rung_is_mailed_and_rings_where_it_is_urgent(level: Level) -> None:
    rings = level in (Level.CRITICAL, Level.HIGH)
    assert alerts.fallback(replace(CASE, level=level), FAY, world()).beside == tuple(Beside)[: 2 if rings else 1]
    assert alerts.page(replace(CASE, level=level), FAY, world()).beside == tuple(Beside)
    assert alerts.alert(replace(CASE, level=level), FAY, world()).beside == ()


def test_a_page_asks_for_a_call() -> None:
    danger = replace(CASE, level=Level.CRITICAL)
    assert alerts.page(danger, OLLY, world()).message.text == ENGLISH.page.format(who="Rita Jensen")
    found = alerts.page(CASE, OLLY, world())
    assert found.message.text == ENGLISH.page_night.format(who="Rita Jensen")
    assert found.message.choices == (Choice("take_call", ENGLISH.page_take),)
    assert found.message.token == Token(CASE.id, None, PAGE, 2)
    assert (found.to, found.slot, found.lane, found.awaited) == (OLLY, alerts.slot(PAGE, 2), Lane.ALERT, True)
    assert (found.message.asks, found.message.tone) == (Asks.ONE, Tone.URGENT)


@pytest.mark.parametrize(
    ("alerted", "taken", "why"),
    [
        ((), False, ENGLISH.nobody_reached),
        ((Alerted(MONA, 1),), False, ENGLISH.nobody_answered),
        ((Alerted(MONA, 1),), True, ENGLISH.stands_still.format(owner="Mona Jensen")),
    ],
)
def test_the_reporter_is_asked_who_else_may_know(alerted: tuple[Alerted, ...], taken: bool, why: str) -> None:
    kept = (NOW, 1, MONA) if taken else (None, 0, CASE.owner)
    case = replace(CASE, alerted=alerted, taken=kept[0], kept=kept[1], owner=kept[2])
    found = alerts.ask_more(case, (HANNE, PersonId("gone"), SARA, WIM, FAY), world())
    assert found.to == RITA
    assert not found.awaited
    assert found.message.text == f"{why}\n\n{ENGLISH.ask_more}"
    assert found.message.choices == (
        Choice(HANNE, "Hanne Jensen"),
        Choice("gone", ENGLISH.somebody),
        Choice(SARA, "Sara Jensen"),
        Choice(WIM, "Wim Jensen"),
        Choice("wait", ENGLISH.ask_more_wait),
    )
    assert found.message.token == Token(CASE.id, None, ASK_MORE, 3)
    assert found.slot == alerts.slot(ASK_MORE, 3)


def test_a_word_has_a_slot_of_its_turn_and_reader() -> None:
    assert alerts.tell(CASE, MONA, "Hello") == Send(MONA, Message("Hello"), Slot("told:7:mona"))
    assert alerts.tell(CASE, MONA, "Hello", "late").slot == "late:7:mona"


def test_what_is_taken_back_loses_its_buttons_and_tells_nothing() -> None:
    danish = world(with_(OFFICE, DAN, language="da"))
    assert alerts.take_back((Alerted(MONA, 1), Alerted(DAN, 4)), danish, FALLBACK) == (
        Update(MONA, Message(ENGLISH.alert_gone), alerts.slot(FALLBACK, 1), lane=Lane.ALERT),
        Update(DAN, Message(DANISH.alert_gone), alerts.slot(FALLBACK, 4), lane=Lane.ALERT),
    )
    assert alerts.take_back((), danish) == ()


def test_names_stand_escaped() -> None:
    typed = world(with_(OFFICE, RITA, name="*Rita* {x} <b>"))
    assert alerts.who(CASE, MONA, typed) == "\\*Rita\\* \\{x\\} \\<b\\>"
    assert "\\{x\\}" in alerts.alert(CASE, MONA, typed).message.text


def test_times_are_those_of_the_readers_place() -> None:
    north = Site("north", "America/New_York", HOURS)
    people = with_(with_(OFFICE, MONA, site="north"), DAN, timezone="Asia/Tokyo")
    there = replace(world(people), sites={"north": north})
    due: Case = replace(CASE, acknowledge_by=NOW + timedelta(minutes=30))
    assert "05\\:00" in alerts.alert(due, MONA, there).message.text
    assert "19\\:00" in alerts.alert(due, DAN, there).message.text
    assert there.zone_of(PersonId("gone")).key == "Europe/Copenhagen"
    assert there.phrases_of(PersonId("gone")) is ENGLISH
    assert there.name(None, "somebody") == "somebody"


@pytest.mark.parametrize("level", Level)
def test_no_level_is_called_low(level: Level) -> None:
    case: Case = replace(CASE, level=level, consent=ticks())
    for language in ("en", "da"):
        here = world(with_(OFFICE, MONA, language=language))
        for sent in (alerts.alert(case, MONA, here), alerts.fallback(case, MONA, here), alerts.page(case, MONA, here)):
            words = str((sent.message.text, sent.message.facts)).lower()
            assert "low" not in words.split()
            assert "lav risiko" not in words
