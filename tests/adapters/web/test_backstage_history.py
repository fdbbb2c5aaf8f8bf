"""What has happened in a case, as the panel behind the chats tells it."""

from __future__ import annotations

import pytest

from adapters.web import backstage
from adapters.web.backstage.labels import title_of
from bot.runtime.ports import AuditLine
from tests.adapters.web.behind import FLOWS, PERSONS, line
from tests.cases.office import FAY, MONA, OFFICE, RITA
from tests.cases.organisations import NOW


@pytest.mark.parametrize(
    ("noted", "english", "danish"),
    [
        (line("taken", MONA, "rung 1"), "Mona took the case", "Mona tog sagen"),
        (
            line("unreachable", MONA, "rung 1"),
            "The alert to Mona could not be delivered",
            "Beskeden til Mona kunne ikke leveres",
        ),
        (
            line("no_owner", FAY, "rung 3"),
            "Nobody had taken the case: Fay was told",
            "Ingen havde taget sagen: Fay fik besked",
        ),
        (
            line("opened", RITA, "high"),
            "Rita sent the report. Somebody is needed within hours",
            "Rita sendte henvendelsen. Der er brug for nogen inden for få timer",
        ),
        (
            line("raised", None, "critical"),
            "It became more urgent: at once",
            "Det kom til at haste mere: med det samme",
        ),
        (line("handed_over", MONA), "Mona handed the case over", "Mona gav sagen videre"),
        (line("handed_over"), "The case was handed over", "Sagen blev givet videre"),
        (line("escalate", None, "asked"), "More help was asked for", "Der blev bedt om mere hjælp"),
        (
            line("escalate", None, "overdue"),
            "A task is overdue, so more help was asked for",
            "En opgave er over tiden, så der blev bedt om mere hjælp",
        ),
        (line("paged", None, "2 persons"), "On call: 2 called", "Vagten: 2 kaldt"),
        (line("paged", None, "0 persons"), "There was nobody on call to reach", "Der var ingen på vagt at få fat i"),
        (
            line("talk", MONA, "respond"),
            "A talk with Mona began: Help an employee",
            "En samtale med Mona begyndte: Hjælp en medarbejder",
        ),
        (
            line("task_done", MONA, "safety"),
            "Mona has done: Find out if the employee is safe",
            "Mona er færdig med: Find ud af, om medarbejderen er i sikkerhed",
        ),
        (line("task_done", MONA, "gone"), "Mona has done: gone", "Mona er færdig med: gone"),
        (line("taken"), "Somebody took the case", "Nogen tog sagen"),
        (line("something_new", MONA), "Something_new", "Something_new"),
    ],
)
def test_what_has_happened(noted: AuditLine, english: str, danish: str) -> None:
    assert backstage.timeline([noted], PERSONS, OFFICE, "en", FLOWS) == [(NOW, english)]
    assert backstage.timeline([noted], PERSONS, OFFICE, "da", FLOWS) == [(NOW, danish)]


def test_without_flows_their_names_stand_there() -> None:
    lines = [line("talk", MONA, "respond"), line("task_done", MONA, "safety")]
    said = [text for _, text in backstage.timeline(lines, PERSONS, OFFICE, "en")]
    assert said == ["A talk with Mona began: respond", "Mona has done: safety"]
    assert title_of("gone", FLOWS, "en") == "gone"
