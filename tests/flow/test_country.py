"""Country packs: what they must say, with the place of each mistake, and what is in doubt."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.core.durations import Duration, Unit
from bot.core.facts import Country, Deadline, HelpLine
from bot.flow.country import load_country, overdue

FLOWS = Path(__file__).parents[2] / "flows"
PACK = """\
bistand: 1
country: dk
check_again: 2027-06-01
emergency:
  number: 112
  text:
    en: Call 112.
    da: Ring 112.
  source: POL1
  checked: 2026-11-22
help:
  police:
    number: 114
    text:
      en: The police.
      da: Politiet.
    source: POL2
    checked: 2026-11-22
deadlines:
  report:
    within: 72 hours
    after: incident_time
    text:
      en: Within 72 hours.
      da: Inden 72 timer.
    source: AMY
    checked: 2026-11-22
    doubt: It can be waived.
"""


def said(text: str) -> list[str]:
    country, problems, _ = load_country(text, "country/dk.yaml")
    assert (country is None) == bool(problems)
    return [str(problem).removeprefix("country/") for problem in problems]


def test_a_pack() -> None:
    country, problems, warnings = load_country(PACK, "country/dk.yaml")
    assert problems == ()
    assert country == Country(
        "dk",
        HelpLine("112", {"en": "Call 112.", "da": "Ring 112."}, "POL1"),
        {"police": HelpLine("114", {"en": "The police.", "da": "Politiet."}, "POL2")},
        {
            "report": Deadline(
                Duration(72, Unit.HOURS), "incident_time", {"en": "Within 72 hours.", "da": "Inden 72 timer."}, "AMY"
            )
        },
    )
    assert [str(warning) for warning in warnings] == ['country/dk.yaml:28:12: "report" is in doubt: It can be waived.']


def test_a_number_never_breaks_over_two_lines() -> None:
    """No-break spaces stand between its digits, and nowhere else."""
    pack = PACK.replace("number: 114", "number: 70 201 201").replace("en: The police.", "en: The 2 on +45 70 201 201.")
    country, _, _ = load_country(pack, "country/dk.yaml")
    assert country is not None
    found = country.help["police"]
    assert (found.number, found.text["en"]) == ("70\u00a0201\u00a0201", "The 2 on +45\u00a070\u00a0201\u00a0201.")
    assert country.deadlines["report"].text["en"] == "Within 72 hours."


def test_a_pack_may_be_small() -> None:
    country, problems, warnings = load_country(PACK[: PACK.index("help:")], "country/dk.yaml")
    assert (problems, warnings) == ((), ())
    assert country is not None
    assert (country.help, country.deadlines) == ({}, {})


def test_the_shipped_pack_can_be_read() -> None:
    country, problems, warnings = load_country(
        (FLOWS / "country/dk.yaml").read_text(encoding="utf-8"), "country/dk.yaml"
    )
    assert problems == ()
    assert country is not None
    assert country.emergency.number == "112"
    assert country.deadlines["work_accident"].within == Duration(14, Unit.DAYS)
    assert country.help["stop_harassment"].number == ""
    assert {warning.rule for warning in warnings} == {"country-doubt"}


@pytest.mark.parametrize(
    ("day", "late"), [(date(2027, 5, 31), False), (date(2027, 6, 1), True), (date(2028, 1, 1), True)]
)
def test_a_pack_is_to_be_looked_over_from_its_day_on(day: date, late: bool) -> None:
    assert overdue(date(2027, 6, 1), day) is late
    warnings = [w for w in load_country(PACK, "country/dk.yaml", day)[2] if w.rule == "country-check-again"]
    assert [str(warning) for warning in warnings] == (
        [
            (
                "country/dk.yaml:3:14: this pack was to be looked over by 2027-06-01. "
                "Compare each entry with its source, then move the day."
            )
        ]
        if late
        else []
    )


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("bistand: 1", "bistand: 2", "1:10: this Bistand reads version 1. Write: bistand: 1"),
        ("bistand: 1\n", "", '1:1: "bistand:" is missing here.'),
        ("country: dk", "country: no", "2:10: the file is called dk.yaml, so write: country: dk"),
        ("country: dk", "country: d k", '2:10: "d k" cannot be a name. Use letters, digits and _ only.'),
        ("country: dk\n", "", '1:1: "country:" is missing here.'),
        ("check_again: 2027-06-01\n", "", '1:1: "check_again:" is missing here.'),
        ("2027-06-01", "1 June", '3:14: "check_again:" takes a day, as 2027-06-01, not "1 June".'),
        ("2027-06-01", "2027-06-31", '3:14: "check_again:" takes a day, as 2027-06-01, not "2027-06-31".'),
        ("  number: 112\n", "", '5:3: "number:" is missing here.'),
        (
            "number: 112",
            "number: one one two",
            '5:11: "one one two" is no number to call. Write digits and spaces, as 116 006.',
        ),
        ("    da: Ring 112.\n", "", "7:5: the Danish text is missing here. Add:  da: …"),
        ("Call 112.", "Call {emergency.number}.", "7:5: a country pack's text takes no {placeholders}."),
        ("  source: POL1\n", "", '5:3: "source:" is missing here.'),
        ("  checked: 2026-11-22\nhelp", "help", '5:3: "checked:" is missing here.'),
        ("    number: 114\n", "    nubmer: 114\n", '13:5: "nubmer" is no key of a help line. Did you mean "number"?'),
        ("  police:\n", "  po-lice:\n", '12:3: "po-lice" cannot be a name. Use letters, digits and _ only.'),
        (
            "72 hours",
            "72 fortnights",
            (
                '21:13: "fortnights" is no unit of time. '
                "Write for example: 30 min, 4 hours, 1 day, 2 weeks, 4 working hours, 1 working day"
            ),
        ),
        ("    within: 72 hours\n", "", '21:5: "within:" is missing here.'),
        (
            "incident_time",
            "incident",
            '22:12: "after: incident" is not known. Did you mean "incident_time"?',
        ),
        ("    after: incident_time\n", "", '21:5: "after:" is missing here.'),
    ],
)
def test_each_mistake_has_its_place(before: str, after: str, expected: str) -> None:
    assert said(PACK.replace(before, after, 1)) == [f"dk.yaml:{expected}"]


def test_mistakes_that_bring_others() -> None:
    assert said(PACK.replace("check_again", "chekc_again")) == [
        'dk.yaml:1:1: "check_again:" is missing here.',
        'dk.yaml:3:1: "chekc_again" is no key of a country pack. Did you mean "check_again"?',
    ]
    assert said(PACK.replace("    en: Call 112.", "    dk: Call 112.")) == [
        'dk.yaml:7:5: "dk" is no language. Did you mean "da"?',
        "dk.yaml:7:5: the English text is missing here. Add:  en: …",
    ]
    assert said(PACK.replace("    en: Call 112.", "    xx: Call 112."))[0] == (
        'dk.yaml:7:5: "xx" is no language. Write its two letters, as da.'
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "1:1: the file is empty."),
        ("- dk\n", '1:1: a country pack begins with the line "bistand: 1".'),
        (PACK[: PACK.index("emergency:")], '1:1: "emergency:" is missing here.'),
        (
            PACK[: PACK.index("emergency:")] + "emergency: 112\n",
            '4:12: "emergency:" takes text:, source: and checked: on the lines below.',
        ),
        (
            PACK[: PACK.index("help:")] + "help:\n  police: 114\n",
            '12:11: "police:" takes text:, source: and checked: on the lines below.',
        ),
        (
            PACK[: PACK.index("help:")] + "help: 114\n",
            '11:7: "help:" takes text:, source: and checked: on the lines below.',
        ),
        (
            PACK[: PACK.index("help:")] + "help:\n  police:\n    source: A\n    checked: 2026-11-22\n",
            '13:5: "text:" is missing here.',
        ),
        (
            PACK[: PACK.index("help:")] + "help:\n  police:\n    text: 114\n    source: A\n    checked: 2026-11-22\n",
            '13:11: "text:" takes one line an option, a word and its text. Write:  yes: Yes, I am',
        ),
    ],
)
def test_parts_that_are_not_there(text: str, expected: str) -> None:
    assert said(text) == [f"dk.yaml:{expected}"]


def test_an_empty_part_is_said_once() -> None:
    assert len(said(PACK[: PACK.index("help:")] + "help:\n")) == 1
