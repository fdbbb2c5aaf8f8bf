"""What `bistand flows translate` writes: in talk order, losing nothing, and the same when run again."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.flow.load import load_flow
from bot.flow.merge import merge
from bot.flow.model import Flow, Translation
from bot.flow.translate import check_translation, load_translation
from bot.flow.yaml.write import value

FLOWS = Path(__file__).parents[2] / "flows"
HEAD = "translation: t\nfrom: en\nto: da\ntexts:\n"
LONG = (
    "We listen to you first, and then we look at what can be done about it together with you, one step at a time. " * 2
)


def flow(*questions: str, options: str = "Yes") -> Flow:
    """A flow that asks these questions, each with one option."""
    steps = "".join(f"- choose: {q}\n  id: q{n}\n  options:\n    yes: {options}\n" for n, q in enumerate(questions, 1))
    head = "bistand: 1\nflow: t\ntitle: Title\naudience: reporter\nlanguage: en\nvisible_to: [owner]\n"
    text = f"{head}start:\n  command: t\nsteps:\n{steps}"
    found, problems = load_flow(text, "t.yaml")
    assert found is not None
    assert problems == ()
    return found


def translation(text: str) -> Translation:
    found, problems = load_translation(text, "t.da.yaml")
    assert problems == ()
    assert found is not None
    return found


def merged(source: Flow, texts: str) -> str:
    """What is written behind the head; written again, it is the same."""
    written = merge(source, translation(HEAD + texts), "da")
    assert merge(source, translation(written), "da") == written
    assert written.startswith(HEAD)
    return written.removeprefix(HEAD)


TITLE = "- en: Title\n  da: Titel\n"
YES = '- en: "Yes"\n  da: Ja\n'


@pytest.mark.parametrize("name", sorted(path.name for path in FLOWS.glob("*.da.yaml")))
def test_shipped_translations_stand_as_they_would_be_written(name: str) -> None:
    text = (FLOWS / name).read_text(encoding="utf-8")
    source, _ = load_flow((FLOWS / name.replace(".da", "")).read_text(encoding="utf-8"), name.replace(".da", ""))
    found, _ = load_translation(text, name)
    assert source is not None
    assert merge(source, found, "da") == text


def test_a_new_translation_has_every_text_once_and_empty() -> None:
    written = merge(flow("One?", "Two?"), None, "da")
    assert written == HEAD + (
        '- en: Title\n  da: ""\n- en: One?\n  da: ""\n- en: "Yes"\n  da: ""\n- en: Two?\n  da: ""\n'
    )
    assert {p.rule for p in check_translation(flow("One?", "Two?"), translation(written))} == {"translation-empty"}


def test_texts_come_into_talk_order_and_comments_go() -> None:
    texts = "# first\n" + YES + "- en: Two?\n  da: To?\n" + TITLE + "- en: One?\n  da: En?\n"
    assert merged(flow("One?", "Two?"), texts) == (TITLE + "- en: One?\n  da: En?\n" + YES + "- en: Two?\n  da: To?\n")


def test_a_changed_text_keeps_its_translation_for_another_look() -> None:
    texts = TITLE + "- en: Are you safe?\n  da: Er du i sikkerhed?\n" + YES
    assert merged(flow("Are you safe now?"), texts) == (
        TITLE + "- en: Are you safe now?\n  was: Are you safe?\n  da: Er du i sikkerhed?\n" + YES
    )


def test_a_text_changed_twice_remembers_the_words_of_its_translation() -> None:
    texts = TITLE + "- en: Are you safe now?\n  was: Are you safe?\n  da: Er du i sikkerhed?\n" + YES
    assert merged(flow("Are you all safe now?"), texts) == (
        TITLE + "- en: Are you all safe now?\n  was: Are you safe?\n  da: Er du i sikkerhed?\n" + YES
    )


def test_a_text_that_is_changed_back_is_done() -> None:
    texts = TITLE + "- en: Are you safe now?\n  was: Are you safe?\n  da: Er du i sikkerhed?\n" + YES
    assert merged(flow("Are you safe?"), texts) == TITLE + "- en: Are you safe?\n  da: Er du i sikkerhed?\n" + YES


def test_a_was_that_says_the_same_goes() -> None:
    texts = TITLE + "- en: One?\n  was: One?\n  da: En?\n" + YES
    assert merged(flow("One?"), texts) == TITLE + "- en: One?\n  da: En?\n" + YES


def test_long_texts_are_found_by_their_words() -> None:
    changed = LONG.replace("listen", "hear").strip()
    texts = TITLE + f"- en: {LONG.strip()}\n  da: Vi lytter.\n" + YES
    assert merged(flow(changed), texts) == (TITLE + f"- en: {changed}\n  was: {LONG.strip()}\n  da: Vi lytter.\n" + YES)


def test_what_is_gone_goes_and_what_is_unlike_starts_anew() -> None:
    texts = TITLE + '- en: Where did it happen?\n  da: Hvor?\n- en: Gone\n  da: ""\n' + YES
    assert merged(flow("Who?"), texts) == TITLE + '- en: Who?\n  da: ""\n' + YES


def test_the_most_alike_are_paired_and_each_once() -> None:
    texts = TITLE + "- en: Is it bad today?\n  da: Slemt i dag?\n- en: Is it bad?\n  da: Slemt?\n" + YES
    assert merged(flow("Is it bad?!", "Is it bad today, then?"), texts) == (
        TITLE
        + "- en: Is it bad?!\n  was: Is it bad?\n  da: Slemt?\n"
        + YES
        + "- en: Is it bad today, then?\n  was: Is it bad today?\n  da: Slemt i dag?\n"
    )
    assert merged(flow("Is it bad?!"), texts) == TITLE + "- en: Is it bad?!\n  was: Is it bad?\n  da: Slemt?\n" + YES


def test_one_place_has_a_translation_of_its_own() -> None:
    first, second = TITLE + "- en: One?\n  da: En?\n" + YES, "- en: Two?\n  da: To?\n"
    own = '- en: "Yes"\n  at: q2.yes\n  da: Ja, to\n'
    assert merged(flow("One?", "Two?"), own + first + second) == first + second + own


def test_a_changed_text_is_found_by_its_place() -> None:
    texts = TITLE + '- en: One?\n  da: En?\n- en: "Yes"\n  at: q1.yes\n  da: Ja\n'
    assert merged(flow("One?", options="Certainly"), texts) == (
        TITLE + '- en: One?\n  da: En?\n- en: Certainly\n  at: q1.yes\n  was: "Yes"\n  da: Ja\n'
    )


def test_a_place_that_is_gone_leaves_its_translation_to_the_others() -> None:
    texts = TITLE + '- en: One?\n  da: En?\n- en: "Yes"\n  at: gone.yes\n  da: Ja\n'
    assert merged(flow("One?"), texts) == TITLE + "- en: One?\n  da: En?\n" + YES


def test_of_two_lines_for_one_text_the_one_with_words_stays() -> None:
    double = '- en: One?\n  da: ""\n- en: One?\n  da: En?\n- en: One?\n  da: Een?\n'
    assert merged(flow("One?"), TITLE + double + YES) == TITLE + "- en: One?\n  da: En?\n" + YES


WORDS = st.sampled_from(
    ["Are you safe?", "Are you safe now?", "Where?", "Where was it?", "Who?", "Why: so?", LONG.strip()]
)
DANISH = st.sampled_from(["", "Ja", "Hvor: der?", "En\nTo"])


@settings(max_examples=30, deadline=None)
@given(
    st.lists(WORDS, min_size=1, max_size=4), st.lists(st.tuples(WORDS, DANISH, st.sampled_from([None, "q1.choose"])))
)
def test_merging_twice_changes_nothing_and_leaves_nothing_out(
    questions: list[str], before: list[tuple[str, str, str | None]]
) -> None:
    source = flow(*(f'"{question}"' for question in questions))
    texts = "".join(
        f"- en: {value(en)}\n" + (f"  at: {at}\n" if at else "") + f"  da: {value(da)}\n" for en, da, at in before
    )
    start = translation(HEAD + texts) if texts else None
    written = merge(source, start, "da")
    found = translation(written)
    assert merge(source, found, "da") == written
    left = {problem.rule for problem in check_translation(source, found)}
    assert left <= {"translation-empty", "translation-was"}
