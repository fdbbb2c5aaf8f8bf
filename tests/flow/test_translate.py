"""Translations: every mistake with its place and words, and what a reader is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.flow.load import load_flow
from bot.flow.model import Flow, Translation
from bot.flow.translate import check_translation, load_translation

FLOWS = Path(__file__).parents[2] / "flows"
FLOW = """\
bistand: 1
flow: t
title: A talk
audience: reporter
language: en
start:
  command: t
steps:
- choose: Did it stop, {reporter.first_name}?
  id: stopped
  options:
    yes: Yes
    no: No
- choose: Have you told the police?
  id: police
  options:
    yes: Yes
    no: No
- end: ""
visible_to: [owner]
"""
HEAD = "translation: t\nfrom: en\nto: da\ntexts:\n"
FULL = (
    HEAD
    + """\
- en: A talk
  da: En snak
- en: Did it stop, {reporter.first_name}?
  da: Er det holdt op, {reporter.first_name}?
- en: "Yes"
  da: Ja
- en: "Yes"
  at: police.yes
  da: Ja, det er anmeldt
- en: "No"
  da: Nej
- en: Have you told the police?
  da: Er det anmeldt?
"""
)


def flow(text: str = FLOW) -> Flow:
    found, problems = load_flow(text, "t.yaml")
    assert found is not None
    assert problems == ()
    return found


def loaded(text: str, file: str = "t.da.yaml") -> Translation:
    found, problems = load_translation(text, file)
    assert problems == ()
    assert found is not None
    return found


def said(text: str, file: str = "t.da.yaml") -> list[str]:
    return [str(problem) for problem in load_translation(text, file)[1]]


def checked(text: str) -> list[str]:
    return [str(problem) for problem in check_translation(flow(), loaded(text))]


def test_a_whole_translation_has_nothing_to_say() -> None:
    translation = loaded(FULL)
    assert check_translation(flow(), translation) == ()
    assert (translation.flow, translation.source_language, translation.language) == ("t", "en", "da")
    assert translation.by_source["Yes"] == "Ja"
    assert translation.by_place == {("Yes", "police.yes"): "Ja, det er anmeldt"}
    assert len(translation.texts) == 6


@pytest.mark.parametrize("name", sorted(path.name for path in FLOWS.glob("*.da.yaml")))
def test_shipped_translations_are_whole(name: str) -> None:
    source, _ = load_flow((FLOWS / name.replace(".da", "")).read_text(encoding="utf-8"), name.replace(".da", ""))
    assert source is not None
    translation = loaded((FLOWS / name).read_text(encoding="utf-8"), name)
    assert [str(problem) for problem in check_translation(source, translation)] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["t.da.yaml:1:1: the file is empty."]),
        ("- a\n", ['t.da.yaml:1:1: a translation begins with "translation:" and the flow\'s name.']),
        (
            "texts:\n- en: A\n  da: B\n",
            [
                't.da.yaml:1:1: "from:" is missing here.',
                't.da.yaml:1:1: "to:" is missing here.',
                't.da.yaml:1:1: "translation:" is missing here.',
            ],
        ),
        (FULL.replace("to: da", "to: dk"), ['t.da.yaml:3:5: "dk" is no language. Did you mean "da"?']),
        (FULL.replace("from: en", "from: xx"), ['t.da.yaml:2:7: "xx" is no language. Write its two letters, as da.']),
        (FULL.replace("from: en", "from: da"), ['t.da.yaml:3:5: "from:" and "to:" are both da.']),
        (
            HEAD.replace("to: da", "to: sv") + "- en: A\n  sv: B\n",
            ["t.da.yaml:3:5: the file is called t.da.yaml. Call it t.sv.yaml, or write: to: da"],
        ),
        (
            HEAD.replace(" t\n", " u\n") + "- en: A\n  da: B\n",
            ["t.da.yaml:1:14: the file is called t.da.yaml, so write: translation: t"],
        ),
        (
            HEAD.replace("texts", "text") + "- en: A\n  da: B\n",
            [
                't.da.yaml:1:1: "texts:" is missing here.',
                't.da.yaml:4:1: "text" is no key of a translation. Did you mean "texts"?',
            ],
        ),
        (
            HEAD.replace("texts:", "texts: A"),
            ['t.da.yaml:4:8: "texts:" takes a list, each text as:  - en: Yes'],
        ),
        (HEAD + "- A\n", ['t.da.yaml:5:3: a text is written in two lines, "en:" and "da:".']),
        (HEAD + "- da: A\n", ['t.da.yaml:5:3: "en:" is missing here.']),
        (HEAD + "- en: A\n  dk: B\n", ['t.da.yaml:6:3: "dk" is no key of a text. a text knows: en, at, was, da.']),
        (HEAD + "- en: A\n  da:\n  - B\n", ['t.da.yaml:7:3: "da:" takes one text, not a list.']),
    ],
)
def test_what_cannot_be_read_has_its_place(text: str, expected: list[str]) -> None:
    assert said(text) == expected


def test_a_file_without_a_language_in_its_name() -> None:
    assert said(FULL, "t.yaml") == ["t.yaml:3:5: the file is called t.yaml. Call it t.da.yaml, or write: to: da"]


def test_texts_that_are_missing_altogether() -> None:
    found = said(HEAD)
    assert len(found) == 1
    assert found[0].startswith("t.da.yaml:4:")


def test_the_language_of_the_flow_is_another() -> None:
    text = FULL.replace("from: en", "from: de").replace("- en:", "- de:")
    assert checked(text) == ["t.da.yaml:2:7: the flow is written in en. Write: from: en"]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (
            "- en: Have you told the police?\n  da: Er det anmeldt?\n",
            "",
            't.yaml:14:11: "Have you told the police?" has no Danish text. Run: bistand flows translate t da',
        ),
        ("da: En snak", 'da: ""', 't.da.yaml:6:7: the Danish text is missing. Write it behind "da:".'),
        ("da: En snak", "da:", 't.da.yaml:6:3: the Danish text is missing. Write it behind "da:".'),
        ("  da: En snak\n", "", 't.da.yaml:5:3: the Danish text is missing. Write it behind "da:".'),
        (
            "da: En snak",
            "was: Talk\n  da: En snak",
            't.da.yaml:7:7: the English text was changed. Bring the Danish up to date, then delete the line "was:".',
        ),
        (
            "holdt op, {reporter.first_name}?",
            "holdt op?",
            "t.da.yaml:8:7: {reporter.first_name} is missing in the Danish text.",
        ),
        ("En snak", "{a}", "t.da.yaml:6:7: {a} stands in the Danish text only."),
        (
            "at: police.yes",
            "at: polcie.yes",
            't.da.yaml:11:7: "Yes" does not stand at "polcie.yes". Did you mean "police.yes"?',
        ),
        (
            "at: police.yes",
            "at: q",
            't.da.yaml:11:7: "Yes" does not stand at "q". It stands at: stopped.yes, police.yes.',
        ),
        (
            "- en: A talk\n",
            "- en: Another talk\n  da: x\n- en: A talk\n",
            (
                't.da.yaml:5:7: the flow does not say "Another talk". '
                "Run: bistand flows translate t da, or delete these lines."
            ),
        ),
        (
            "- en: A talk\n",
            "- en: A talk\n  da: x\n- en: A talk\n",
            't.da.yaml:7:7: "A talk" stands here already on line 5. Keep one of the two.',
        ),
    ],
)
def test_what_is_to_be_done_is_named(before: str, after: str, expected: str) -> None:
    text = FULL.replace(before, after, 1)
    if after == "{a}":
        text = text.replace("{a}", '"{a}"')
    assert checked(text) == [expected]


def test_placeholders_that_differ_are_both_named() -> None:
    text = FULL.replace("holdt op, {reporter.first_name}?", "holdt op, {reporter.fist_name}?")
    assert checked(text) == [
        "t.da.yaml:8:7: {reporter.first_name} is missing in the Danish text.",
        't.da.yaml:8:7: {reporter.fist_name} stands in the Danish text only. Did you mean "reporter.first_name"?',
    ]


def test_a_missing_text_is_said_once_wherever_it_stands() -> None:
    text = FULL.replace('- en: "No"\n  da: Nej\n', "")
    assert checked(text) == ['t.yaml:13:9: "No" has no Danish text. Run: bistand flows translate t da']


def test_one_place_is_not_the_other() -> None:
    text = FULL.replace('- en: "Yes"\n  da: Ja\n', "")
    assert checked(text) == ['t.yaml:12:10: "Yes" has no Danish text. Run: bistand flows translate t da']


def test_long_texts_are_quoted_short() -> None:
    long = "word " * 40
    found = check_translation(
        flow(FLOW.replace("A talk", long)), loaded(FULL.replace("- en: A talk\n  da: En snak\n", ""))
    )
    assert [problem.message for problem in found] == [
        f'"{"word " * 9}word …" has no Danish text. Run: bistand flows translate t da'
    ]


def test_what_is_not_ready_is_shown_to_nobody() -> None:
    text = FULL.replace("da: En snak", 'da: ""').replace("da: Nej", "was: Nope\n  da: Nej")
    translation = loaded(text)
    assert "A talk" not in translation.by_source
    assert "No" not in translation.by_source


def test_of_two_lines_for_one_text_the_first_counts() -> None:
    text = FULL + '- en: A talk\n  da: x\n- en: "Yes"\n  at: police.yes\n  da: y\n'
    translation = loaded(text)
    assert translation.by_source["A talk"] == "En snak"
    assert translation.by_place["Yes", "police.yes"] == "Ja, det er anmeldt"
