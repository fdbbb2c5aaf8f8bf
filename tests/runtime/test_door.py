"""Whatever can be typed can be taken."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.core.answers import FileRef
from bot.core.events import Command, Commanded, Said, Submitted, Uploaded
from bot.core.ids import CaseId, Token
from bot.core.people import PersonId
from bot.runtime.door import tidy
from bot.simulation.screens import PLATFORM
from tests.runtime.making import START

ANNA = PersonId("anna")
any_text = st.text(st.characters(codec=None))


@given(any_text)
def test_words_can_be_written_down_after_the_door(text: str) -> None:
    said = tidy(Said("e", START, ANNA, PLATFORM, text))
    assert isinstance(said, Said)
    said.text.encode()
    assert tidy(said) == said


@given(any_text)
def test_a_form_and_a_file_name_too(text: str) -> None:
    form = tidy(Submitted("e", START, ANNA, PLATFORM, Token(CaseId("c"), None, "s", 1), {"story": (text, "ok")}))
    assert isinstance(form, Submitted)
    "".join(form.values["story"]).encode()
    files = tidy(Uploaded("e", START, ANNA, PLATFORM, (FileRef("f", text, 1, "text/plain", ""),)))
    assert isinstance(files, Uploaded)
    files.files[0].name.encode()


def test_what_people_read_stays() -> None:
    text = "Hej 👩🏽‍💻 \U0001fae8 ø\tæ\n\nनमस्ते 🏴\U000e0067\U000e0062\U000e007f"
    said = tidy(Said("e", START, ANNA, PLATFORM, text))
    assert isinstance(said, Said)
    assert said.text == text


def test_what_nobody_reads_goes() -> None:
    said = tidy(Said("e", START, ANNA, PLATFORM, "a\x00b\ud800c\u202ed\u2066e\uffffg\x1b[31m"))
    assert isinstance(said, Said)
    assert said.text == "abcdeg[31m"


def test_other_events_pass_as_they_are() -> None:
    event = Commanded("e", START, ANNA, PLATFORM, Command.BACK)
    assert tidy(event) is event
