"""A whole flow folder: what belongs together, and every problem of every file at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from bot.core.facts import Country
from bot.errors import Problem
from bot.flow.library import Library, assemble
from bot.flow.model import Flow

FLOWS = Path(__file__).parents[2] / "flows"
FLOW = """\
bistand: 1
flow: one
title: One
audience: reporter
language: en
start:
  command: one
steps:
- say: Hello
"""
DANISH = "translation: one\nfrom: en\nto: da\ntexts:\n- en: One\n  da: En\n- en: Hello\n  da: Hej\n"
PACK = """\
bistand: 1
country: dk
check_again: 2027-06-01
emergency:
  number: 112
  text:
    da: Ring 112.
  source: POL1
  checked: 2026-11-22
"""


def said(library: Library) -> list[str]:
    return [str(problem) for problem in library.problems]


def test_a_folder() -> None:
    library = assemble({"one.yaml": FLOW, "one.da.yaml": DANISH, "country/dk.yaml": PACK}, languages=("en", "da"))
    assert said(library) == []
    assert library.warnings == ()
    assert list(library.flows) == ["one"]
    assert list(library.countries) == ["dk"]
    flow = library.flows["one"]
    assert flow.say(flow.title, "da") == "En"
    assert flow.say(flow.title, "en") == "One"


def test_the_shipped_folder() -> None:
    files = {p.relative_to(FLOWS).as_posix(): p.read_text(encoding="utf-8") for p in FLOWS.rglob("*.yaml")}
    library = assemble(files, languages=("en", "da"))
    assert said(library) == []
    assert {"report", "advice", "respond", "check_in"} <= set(library.flows)
    assert all(flow.translations["da"].language == "da" for flow in library.flows.values())


def test_nothing_at_all() -> None:
    assert assemble({}) == Library()


def test_problems_of_all_files_in_order() -> None:
    library = assemble(
        {
            "one.yaml": FLOW.replace("say", "sya"),
            "one.da.yaml": DANISH + "- en: More\n  da: Mere\n",
            "two.sv.yaml": DANISH.replace("one", "two").replace("da", "sv"),
            "country/dk.yaml": PACK.replace("bistand: 1", "bistand: 9"),
        }
    )
    assert said(library) == [
        "country/dk.yaml:1:10: this Bistand reads version 1. Write: bistand: 1",
        'one.da.yaml:7:7: the flow does not say "Hello". Run: bistand flows translate one da, or delete these lines.',
        'one.da.yaml:9:7: the flow does not say "More". Run: bistand flows translate one da, or delete these lines.',
        'one.yaml:9:3: "sya:" is no verb. Did you mean "say"?',
        "two.sv.yaml:1:1: there is no two.yaml that this could be a translation of.",
    ]
    assert library.countries == {}


def test_files_that_are_nothing() -> None:
    library = assemble({"a/b.yaml": FLOW, "one.two.da.yaml": DANISH, "country/a/b.yaml": PACK})
    assert said(library) == [
        f"{name}:1:1: a flow is called as report.yaml, its translation as report.da.yaml."
        for name in ("a/b.yaml", "country/a/b.yaml", "one.two.da.yaml")
    ]
    assert library.flows == {}


def test_every_flow_speaks_every_language() -> None:
    library = assemble({"one.yaml": FLOW}, languages=("en", "da", "sv"))
    assert said(library) == [
        "one.yaml:1:1: there is no Danish of this flow. Run: bistand flows translate one da",
        "one.yaml:1:1: there is no Swedish of this flow. Run: bistand flows translate one sv",
    ]


def test_a_translation_that_cannot_be_read_is_there_all_the_same() -> None:
    library = assemble({"one.yaml": FLOW, "one.da.yaml": "- a\n"}, languages=("da",))
    assert said(library) == ['one.da.yaml:1:1: a translation begins with "translation:" and the flow\'s name.']


def test_a_flow_that_cannot_be_read() -> None:
    called: list[int] = []

    def check(flows: Sequence[Flow], country: Country | None) -> tuple[Problem, ...]:
        called.append(len(flows))
        return ()

    files = {"one.yaml": FLOW, "two.yaml": "- a\n", "two.da.yaml": DANISH.replace("one", "two")}
    library = assemble(files, check, languages=("da",))
    assert said(library) == [
        "one.yaml:1:1: there is no Danish of this flow. Run: bistand flows translate one da",
        'two.yaml:1:1: a flow begins with the line "bistand: 1".',
    ]
    assert called == []
    assert list(library.flows) == ["one"]


def test_the_check_sees_all_flows_with_each_country() -> None:
    seen: list[tuple[list[str], str | None, list[str]]] = []

    def check(flows: Sequence[Flow], country: Country | None) -> tuple[Problem, ...]:
        spoken = [language for flow in flows for language in flow.translations]
        seen.append(([flow.name for flow in flows], country.name if country else None, spoken))
        return (Problem("one.yaml", 2, 1, "x", "wrong"),)

    files = {"one.yaml": FLOW, "one.da.yaml": DANISH}
    packs = {"country/dk.yaml": PACK, "country/se.yaml": PACK.replace("country: dk", "country: se")}
    assert said(assemble(files, check)) == ["one.yaml:2:1: wrong"]
    assert said(assemble(files | packs, check)) == ["one.yaml:2:1: wrong"]
    assert seen == [(["one"], None, ["da"]), (["one"], "dk", ["da"]), (["one"], "se", ["da"])]


def test_warnings_are_no_problems() -> None:
    library = assemble({"country/dk.yaml": PACK}, today=date(2027, 7, 1))
    assert said(library) == []
    assert [str(warning) for warning in library.warnings] == [
        (
            "country/dk.yaml:3:14: this pack was to be looked over by 2027-06-01. "
            "Compare each entry with its source, then move the day."
        )
    ]
