"""What stands in the boxes and at the lines of a picture, in each language."""

from __future__ import annotations

import pytest

from bot.core.durations import Unit
from bot.core.languages import LANGUAGES
from bot.flow.picture import Kind, picture
from bot.flow.picture_words import PICTURE_WORDS, flat, words_of
from bot.steps.do import Verb
from tests.flow.drawing import drawn
from tests.pure.organisations import shipped


def test_every_kind_of_step_has_its_box() -> None:
    kinds = {node.kind for flow in shipped().flows.values() for node in picture(flow, "en").nodes}
    assert kinds == set(Kind)


def test_commands_and_times() -> None:
    steps = (
        "- do: start\n  flow: check_in\n  with: reporter\n  after: 1 day\n- do: raise\n  to: high\n- wait: 2 weeks\n"
    )
    steps += "- call: advice\n- do: escalate\n"
    assert [node.label for node in drawn(steps).nodes] == [
        "Start check_in with the employee, in 1 day",
        "More urgent: within hours",
        "Wait 2 weeks",
        "→ advice",
        "Ask for more help",
    ]
    assert [node.label for node in drawn(steps, "da").nodes] == [
        "Start check_in med medarbejderen om 1 dag",
        "Det haster mere: inden for få timer",
        "Vent 2 uger",
        "→ advice",
        "Bed om mere hjælp",
    ]


def test_a_language_without_these_words_has_the_english_ones() -> None:
    assert set(PICTURE_WORDS) <= set(LANGUAGES)
    assert words_of("xx").code == "en"
    for words in PICTURE_WORDS.values():
        assert set(words.units) == set(Unit)
        assert set(words.commands) == set(Verb)


@pytest.mark.parametrize(
    ("markdown", "said"),
    [
        ("**Save it** before\nyou *delete* it", "Save it before you delete it"),
        ("Call {emergency.number}, {manager.name}", "Call …, …"),
        ("- One\n- Two\n1. Three", "One Two Three"),
        ("See [the page](https://example.org) \\*here\\*", "See the page *here*"),
        ("Half-way, 24-7", "Half-way, 24-7"),
    ],
)
def test_a_text_in_one_line(markdown: str, said: str) -> None:
    assert flat(markdown, "en") == said


@pytest.mark.parametrize(
    ("markdown", "said"),
    [
        ("Tal med {reporter.first_name}, og lyt", "Tal med medarbejderen, og lyt"),
        ("Ring til {on_call.name}", "Ring til den, der har vagten"),
        ("Jeg venter på {case.owner.name}", "Jeg venter på den, der tager sig af sagen"),
    ],
)
def test_whom_a_text_means_before_that_is_known(markdown: str, said: str) -> None:
    assert flat(markdown, "da") == said
