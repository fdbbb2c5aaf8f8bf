"""Whatever is written: a kind answer, nothing lost, nothing shown that is not theirs."""

from __future__ import annotations

import pytest

from bot.core.answers import Words
from bot.core.events import Said, Submitted
from bot.core.replies import CloseForm, FormErrors
from bot.simulation.screens import PLATFORM
from tests.bad_input.making import EN, take, texts, the_talk, token_of
from tests.runtime.making import START, House
from tests.runtime.talks import REPORT, talk

TO_STORY = REPORT[:6]
LONG = "Han skriver hver nat og det bliver ved. " * 2500


@pytest.mark.parametrize(
    "words",
    [
        LONG,
        "👩🏽‍💻🔥😱" * 3000,
        "\u202eerutangis\u202c \u2066skjult\u2069 almindelig",
        "\x00\x07\x1b[31mrød\x1b[0m \x7f tekst\x85",
        "en halv \ud83d her og en \udc00 der",
        "*fed* _kursiv_ [link](https://x) <b>tag</b> {reporter.name} {{x}} %s `code` @everyone",
        "z̷̢̛a̸̡͝l̶̨̛g̵̢͠o̸̧͝ " * 400,
        "ﷺ﷽" * 2000 + " שלום مرحبا",
    ],
    ids=["100 kB", "emoji", "right to left", "control", "surrogates", "markup", "combining", "ligatures"],
)
async def test_any_words_are_taken_and_kept(house: House, words: str) -> None:
    stage = house.stage()
    ana = stage.person("Ana")
    await talk(stage, ana, TO_STORY)
    assert await take(house, Said("w1", START, ana, PLATFORM, words))
    form = next(shown.message.form for shown in reversed(stage.screens.of(ana)) if shown.message.form is not None)
    kept = {field.id: field.initial for field in form.fields}["story"]
    reply = await house.service.take(
        Submitted("w2", START, ana, PLATFORM, form.token, {"story": (words,), "kinds": ("threat",)})
    )
    assert reply == CloseForm()
    await house.service.quiet()
    await house.again()
    answer = (await the_talk(house)).answers["report.story"].answer
    assert isinstance(answer, Words)
    assert visible(answer.text) == visible(words)
    assert visible("".join(kept)) == visible(words)
    assert not any(sign in "".join(texts(house, ana)) for sign in ("\u202e", "\x1b", "\x00"))


def visible(text: str) -> str:
    return "".join(c for c in text if c.isprintable() and c not in "\u202e\u202c\u2066\u2069").strip()


async def test_words_that_are_too_long_for_one_piece_are_refused_with_a_word(house: House) -> None:
    stage = house.stage()
    ana = stage.person("Ana")
    await talk(stage, ana, TO_STORY)
    new = await take(house, Said("w1", START, ana, PLATFORM, "x" * 300_000))
    assert new[0] == EN.too_long
    assert (await the_talk(house)).asking == "report.what"
    reply = await house.service.take(
        Submitted("w2", START, ana, PLATFORM, token_of(house, ana), {"story": ("x" * 300_000,)})
    )
    assert isinstance(reply, FormErrors)
    assert [error.field for error in reply.errors] == ["story"]


@pytest.mark.parametrize("words", ["", "   ", "\n\t \n", "\u202e\u200f", "\x00", "\ud800"])
async def test_nothing_at_all_is_answered_kindly(house: House, words: str) -> None:
    stage = house.stage()
    ana = stage.person("Ana")
    first = await take(house, Said("w0", START, ana, PLATFORM, words))
    assert len(first) == 1
    await stage.line(ana, "report")
    new = await take(house, Said("w1", START, ana, PLATFORM, words))
    assert new[0] == EN.words_wanted
    assert (await the_talk(house)).asking == "report.danger"
