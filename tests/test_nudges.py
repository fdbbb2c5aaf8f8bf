"""What goes beside the chat, over whole cases: no name, no reference, no level, no word of what anybody wrote or read."""

from __future__ import annotations

import json
import re
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.mail.render import render as render_mail
from adapters.pager.render import render as render_page
from bot.cli.rehearse import Rehearsal, rehearse
from bot.core.ids import CaseId, Slot
from bot.core.messages import Message
from bot.core.people import Address, Person, PersonId
from bot.runtime.detour import other_way
from bot.runtime.owed import Elsewhere, Nudge, Owed, Post
from bot.settings import load
from bot.simulation.stage import Stage
from bot.simulation.text import one_line
from bot.simulation.transcript import read_transcript
from tests.storage.making import messages
from tests.test_transcripts import FILES, ROOT

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
#: Words that a mail and anything that anybody writes have in common.
SMALL = set(
    "needs you bistand something waits for in please open it your chat this mail says no more on purpose do not answer "
    "nobody reads the answers har brug dig der ligger noget til åbn din står med vilje ikke mere i denne du skal svare "
    "på den ingen læser svarene from to subject date message id auto submitted generated x response suppress all "
    "content type text plain charset utf 8 transfer encoding 7bit base64 quoted printable language mime version 1 0 "
    "title example org mon nov 2026 23 08 00 0000 en da".split()
)


def said_beside(nudge: Owed) -> str:
    """All that leaves the house for a nudge, but for the address."""
    assert isinstance(nudge.wish, Nudge)
    mail = render_mail(nudge.wish, nudge.key, "x@example.org", "bistand@example.org", "", NOW)
    _, body = render_page(nudge.wish, nudge.key, b"k" * 16)
    heads = " ".join(f"{name} {value}" for name, value in mail.items() if name != "Message-ID")
    page = {name: value for name, value in json.loads(body).items() if name != "id"}
    return f"{heads} {mail.get_content()} {page}"


def words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


async def nudges_of(file: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[list[Owed], Stage]:
    stages: list[Stage] = []
    real = Rehearsal.stage

    def kept(self: Rehearsal) -> Stage:
        stages.append(real(self))
        return stages[-1]

    monkeypatch.setattr(Rehearsal, "stage", kept)
    place = Path("/dev/shm")
    if place.is_dir():
        monkeypatch.setattr(tempfile, "tempdir", str(place))
    await rehearse(load(ROOT / "app.yaml", {}), read_transcript(file.read_text(encoding="utf-8"), file.name))
    return stages[-1].screens.nudges, stages[-1]


NUDGED = ("danger_unanswered.txt", "danger_answered.txt", "fallback_at_once.txt", "nobody_acknowledges.txt")


@pytest.mark.parametrize("name", NUDGED)
async def test_nothing_of_a_whole_case_goes_beside_the_chat(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    nudges, stage = await nudges_of(next(file for file in FILES if file.name == name), monkeypatch)
    assert nudges, "a case that nudges nobody shows nothing"
    people = " ".join(f"{person.name} {person.mail} {person.id}" for person in stage.people())
    shown = " ".join(one_line(message) for _, _, message in stage.screens.news)
    secret = words(f"{people} {shown}") - SMALL
    for nudge in nudges:
        said = words(said_beside(nudge))
        assert said <= SMALL
        assert said & secret == set()
        assert nudge.case not in said_beside(nudge)


def test_the_words_in_common_are_the_nudges_own() -> None:
    """So that the list above cannot grow to hold what it must not."""
    assert not SMALL & {
        "case",
        "sag",
        "luis",
        "ana",
        "report",
        "danger",
        "fare",
        "critical",
        "hours",
        "timer",
        "manager",
    }


@given(messages, st.booleans())
def test_what_is_owed_beside_a_message_holds_none_of_it(message: Message, person_known: bool) -> None:
    row = Owed(1, "c:1:0", "alert:slack:p", CaseId("c"), Slot("alert:1"), PersonId("p"), "slack", Post(message), True)
    row = replace(row, detour=NOW)
    person = Person(PersonId("p"), "Luis Berg", addresses=(Address("slack", "U1"),), mail="luis@example.org")
    way = other_way(row, person if person_known else None, {"mail", "pager"}, "da", NOW)
    assert isinstance(way, Elsewhere)
    assert way.stays
    assert way.new.wish == Nudge("da")
    assert way.new.platform == ("mail" if person_known else "pager")
