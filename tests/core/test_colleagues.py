"""Who is offered while a name is typed."""

from __future__ import annotations

import pytest

from bot.core.colleagues import colleagues
from bot.core.people import People, Person, PersonId

WHO = (("a", "Ana Holm", "Nurse"), ("b", "Bo Anker", ""), ("c", "Kim Dal", "Analyst"), ("d", "Susan Lee", "Chef"))
PEOPLE = People({PersonId(one): Person(PersonId(one), name, title=title) for one, name, title in WHO})


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("an", "abcd"), ("ANKER", "b"), (" lee ", "d"), ("chef", "d"), ("", "abcd"), ("xy", "")],
)
def test_beginnings_of_names_come_first(typed: str, offered: str) -> None:
    found = [person.id for person in colleagues(PEOPLE, PersonId("nobody"), typed)]
    assert found == list(offered)


def test_nobody_is_offered_to_themselves() -> None:
    assert [person.id for person in colleagues(PEOPLE, PersonId("a"), "an")] == ["b", "c", "d"]
