"""What a placeholder stands for, and how an answer of each kind is quoted."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Unpack

import pytest

from bot.core.answers import Answer, Clock, Day, FileRef, Files, Many, Moment, Number, One, Skipped, Someone, Words
from bot.core.people import PersonId, Role
from bot.core.session import Given
from tests.changes import FactsChange
from tests.talking import talk
from tests.workplace import BEA, CEM, COUNTRY, DAN, MIA, NOW, SUE, facts
from tests.written import flow_of


def say(text: str, *, language: str = "en", **changes: Unpack[FactsChange]) -> str:
    return talk(f"- say: '{text}'", language=language, **changes).shown[0]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("emergency.number", "112"),
        ("emergency.text", "Call 112 in danger."),
        ("help.lifeline.text", "The lifeline: 70 201 201"),
        ("help.lifeline.number", "70 201 201"),
        ("deadlines.police.text", "Tell the police."),
        ("organisation.name", "Nordlys"),
        ("manager.name", "Mia Lund"),
        ("deputy.name", "Dan Krogh"),
        ("hr.name", "Bea Falk and Cem Aydin"),
        ("safety_rep.name", "Sue Dahl"),
        ("whistleblower_unit.name", "Wil Ravn"),
        ("on_call.name", "Ola Berg"),
        ("reporter.name", "Ada Holm"),
        ("reporter.first_name", "Ada"),
        ("case.reference", "K7Q\\-4M2X"),
        ("case.level", "within one working day"),
        ("case.owner.name", "somebody at work"),
        ("case.acknowledge_by", "the deadline"),
        ("case.colour", "somebody at work"),
        ("help.nothing.text", "(not shared with you)"),
    ],
)
def test_placeholders(name: str, value: str) -> None:
    """Every placeholder reads as words that make a sentence."""
    assert say(f"{{{name}}}") == value


def test_placeholders_in_danish() -> None:
    """A country pack speaks the reader's language; without it English, else what there is."""
    assert say("{help.lifeline.text}", language="da") == "Livslinien: 70 201 201"
    one = replace(COUNTRY, emergency=replace(COUNTRY.emergency, text={"de": "Notruf 112"}))
    assert say("{emergency.text}", country=one) == "Notruf 112"
    none = replace(COUNTRY, emergency=replace(COUNTRY.emergency, text={}))
    assert say("{emergency.text}", country=none) == ""
    assert say("{hr.name}", language="da") == "Bea Falk og Cem Aydin"


def test_the_case_as_it_is_known() -> None:
    """Owner and time are named once they are known; a reporter without a name is the employee."""
    view = replace(facts().view, owner=MIA, acknowledge_by=datetime(2026, 11, 26, 12, 0, tzinfo=UTC), reporter=None)
    assert say("{case.owner.name}, {case.acknowledge_by}", view=view) == "Mia Lund, Thursday 26 November at 13:00"
    assert say("{reporter.first_name}", view=view) == "the employee"


def test_the_steps_that_are_open() -> None:
    """Named as the reader reads them; where there are none, that is a word, too."""
    view = replace(facts().view, open_steps=("Talk with {reporter.first_name}", "Save it"))
    assert say("Open: {case.open_steps}.", view=view) == "Open: Talk with Ada and Save it."
    assert say("Open: {case.open_steps}.") == "Open: none."


def test_a_time_that_is_not_known_still_makes_a_sentence() -> None:
    """Where nobody is waited for (yet, or any more) the place of the time is no person's."""
    assert say("I wait until {case.acknowledge_by}.") == "I wait until the deadline."
    assert say("Svar inden {case.acknowledge_by}.", language="da") == "Svar inden fristen."


def test_those_left_out_are_not_named() -> None:
    """A placeholder never names the accused, nor sends people to nobody."""
    view = replace(facts().view, excluded=frozenset({MIA, DAN, BEA, CEM, SUE}))
    assert say("{manager.name}, {deputy.name}, {hr.name}", view=view) == "your manager, somebody at work, HR"
    hidden = replace(facts().view, reporter=None)
    assert say("My manager, {manager.name}", view=hidden) == "My manager, the employee's manager"
    assert say("{deputy.name}", view=hidden) == "somebody at work"
    unresolved = replace(facts().view, no_line_manager=True)
    assert say("{manager.name}", view=unresolved) == "your manager"


ANSWERS: list[tuple[Answer, str | None]] = [
    (Skipped(), "Not answered"),
    (One("a"), "Option A"),
    (One("gone"), "gone"),
    (Many(("a", "b")), "Option A and Option B"),
    (Many(()), "Nobody"),
    (Words("*Hi*\n\n\nthere"), "\\*Hi\\*\nthere"),
    (Words("word " * 200), None),
    (Number(Decimal("1234.5")), "1,234.5"),
    (Day(date(2026, 11, 24)), "24 November 2026"),
    (Clock(time(14, 30)), "14:30"),
    (Moment(datetime(2026, 11, 24, 13, 30, tzinfo=UTC)), "Tuesday 24 November at 14:30"),
    (Someone(BEA), "Bea Falk"),
    (Someone(None), "I would rather not say"),
    (Someone(PersonId("left")), "I would rather not say"),
    (Files((FileRef("1", "a_b.png", 1, "image/png", ""), FileRef("2", "c.png", 1, "image/png", ""))), None),
]


@pytest.mark.parametrize(("answer", "shown"), ANSWERS)
def test_answers_are_quoted(answer: Answer, shown: str | None) -> None:
    """An answer of another talk is quoted as its kind wants, escaped, and not too long."""
    report = flow_of(
        """
        - choose: What?
          id: it
          many: true
          options:
            a: Option A
            b: Option B
        """,
        name="report",
    )
    shared = {"report.it": Given(answer, frozenset({Role.OWNER}), NOW)}
    text = talk(flow_of("- say: '{report.it}'"), report, shared=shared).shown[0]
    if shown is not None:
        assert text == shown
    elif isinstance(answer, Files):
        assert text == "a\\_b\\.png and c\\.png"
    else:
        assert text.endswith("word …")
        assert len(text) < 620


def test_answers_that_are_not_there() -> None:
    """Never asked here, and never shared from elsewhere, are told apart."""
    steps = """
        - ask: Tell
          id: it
          when: other is a
        - choose: A?
          id: other
          options:
            a: A
        - say: '{it} {report.it} {other}'
        """
    assert talk(steps).says("skip").shown == ["Not answered (not shared with you) Not answered"]


def test_options_of_a_flow_that_is_gone_read_as_they_are() -> None:
    """Where an option's label is not to be had, its word stands for it."""
    shared = {
        "old.it": Given(One("my_word"), frozenset({Role.OWNER}), NOW),
        "old.some": Given(Many(("nobody",)), frozenset({Role.OWNER}), NOW),
    }
    assert say("{old.it} {old.some}", shared=shared) == "my\\_word Nobody"


def test_a_consent_is_quoted_with_its_words() -> None:
    """The options of a consent, and to stay without a name, read as they were offered."""
    steps = """
        - consent: Who may know?
          id: who
          options:
            hr: Our HR
          without_name: Without saying who I am
        - say: '{who}'
        """
    assert talk(steps).presses("hr", "without_name").shown == ["Our HR and Without saying who I am"]
    plain = "- consent: Who?\n  id: who\n  options:\n    hr: Our HR\n- say: '{who}'"
    assert talk(plain).presses("nobody").shown == ["Nobody"]
