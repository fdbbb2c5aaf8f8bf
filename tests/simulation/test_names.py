"""What people are called: one word, and one person only."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.people import People, Person, PersonId
from bot.simulation.names import called, name_of
from bot.simulation.transcript import read_transcript

WORDS = st.sampled_from(
    ["Ana", "ana", "Åse", "Anne-Marie", "O'Brien", "Holm", "=x", "+ 1", "#3", "@", "a>b", "Ana,", "At:"]
)
WHOLE = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
IDS = st.one_of(st.from_regex(r"[a-z0-9-]{1,8}", fullmatch=True), WORDS.map(lambda word: word.strip() + ".x"))


def people(*names: str) -> People:
    return People({PersonId(f"p{n}"): Person(PersonId(f"p{n}"), name) for n, name in enumerate(names)})


@given(st.lists(WHOLE, min_size=1, max_size=6))
def test_everybody_is_called_by_one_word(names: list[str]) -> None:
    made = people(*names)
    for person in made:
        word = name_of(person.id, made)
        assert called(word, made) == person.id
        (line,) = read_transcript(f"{word:<6} > hello", "x.txt").lines
        assert (line.who, line.sign, line.text) == (word, ">", "hello")


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (("Ana Holm", "Luis Berg"), ("ana", "luis")),
        (("Ana Holm", "Ana Berg", "Luis Berg"), ("ana_holm", "ana_berg", "luis")),
        (("Ana Holm", "Ana Holm"), ("@p0", "@p1")),
        (("Anne-Marie Skov", "D'Arcy"), ("anne-marie", "d'arcy")),
    ],
)
def test_as_short_as_it_can_be(names: tuple[str, ...], words: tuple[str, ...]) -> None:
    made = people(*names)
    assert tuple(name_of(person.id, made) for person in made) == words


def test_nobody_and_two_are_told_apart_from_one() -> None:
    made = people("Ana Holm", "Ana Berg")
    assert name_of(PersonId("gone"), made) == "?"
    assert called("ANA holm", made) == "p0"
    for wrong in ("ana", "eva", "@p7", ""):
        with pytest.raises(KeyError):
            called(wrong, made)
