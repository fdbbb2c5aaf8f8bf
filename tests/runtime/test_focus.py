"""Sentences at the door: a start word in one begins its flow, and what was written comes along."""

from __future__ import annotations

import pytest

from bot.core.events import Said
from bot.core.people import PersonId
from bot.runtime.focus import start_word, told_at_the_door
from bot.simulation.screens import PLATFORM
from tests.runtime.making import START, setting


def said(text: str) -> Said:
    return Said("e1", START, PersonId("p"), PLATFORM, text)


@pytest.mark.parametrize(
    "text",
    [
        "en kunde har truet mig",
        "Jeg er blevet truet af en kunde",
        "I was threatened by a customer",
        "han ved hvor jeg bor, jeg er bange",
        "Somebody is (stalking) me!",
        "Jeg får HADBESKEDER",
    ],
)
def test_a_sentence_with_a_start_word_begins_its_flow(text: str) -> None:
    told = told_at_the_door(said(text), setting())
    assert told is not None
    assert (told.flow, told.words) == ("report", text)
    assert start_word(said(text), setting()) is None


def test_the_first_word_counts() -> None:
    told = told_at_the_door(said("some advice about threats"), setting())
    assert told is not None
    assert told.flow == "advice"


@pytest.mark.parametrize("text", ["hello there", "my reporter is late", "withdraw my report", "en råddden ide", ""])
def test_a_command_or_a_part_of_a_word_begins_nothing(text: str) -> None:
    assert told_at_the_door(said(text), setting()) is None
