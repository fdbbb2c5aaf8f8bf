"""The organisation chart: managers, deputies, roles, absences, through cycles and gaps."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.people import Absence, Address, People, Person, PersonId, Role

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
A, B, C, D = (PersonId(name) for name in "abcd")


def people(*persons: Person) -> People:
    return People({person.id: person for person in persons})


def test_a_person() -> None:
    """First names, absences and addresses."""
    away = Absence(NOW, NOW + timedelta(days=1))
    ada = Person(A, "Ada Holm", away=(away,), addresses=(Address("slack", "U1"),))
    assert ada.first_name == "Ada"
    assert Person(B, " ").first_name == " "
    assert not ada.present(NOW)
    assert ada.present(NOW + timedelta(days=1))  # the end is no part of it
    assert ada.present(NOW - timedelta(seconds=1))
    assert ada.reachable
    assert not Person(B, "B").reachable


def test_the_line_above() -> None:
    """Managers, nearest first; a gap or a cycle ends the line."""
    chart = people(Person(A, "A", manager=B), Person(B, "B", manager=C), Person(C, "C", manager=PersonId("gone")))
    assert chart.chain(A) == (B, C)
    assert chart.manager_of(A) == B
    assert chart.manager_of(C) is None
    assert chart.chain(PersonId("gone")) == ()
    assert chart.get(None) is None
    for _ in range(2):  # the second time from what was kept
        assert chart.below(C) == {A, B}
    cycle = people(Person(A, "A", manager=B), Person(B, "B", manager=A))
    assert cycle.chain(A) == (B,)
    assert (cycle.below(A), cycle.below(B)) == ({B}, {A})  # everybody stands over everybody else


def test_deputies() -> None:
    """A deputy is somebody else who is there."""
    chart = people(
        Person(A, "A", deputy=B), Person(B, "B"), Person(C, "C", deputy=C), Person(D, "D", deputy=PersonId("gone"))
    )
    assert [chart.deputy_of(p) for p in (A, B, C, D, PersonId("gone"))] == [B, None, None, None, None]


def test_holders_stand_in_one_order() -> None:
    """Who holds a role comes by name, the same at every look."""
    chart = people(
        Person(B, "Zoe", roles=frozenset({Role.HR})), Person(A, "Ann", roles=frozenset({Role.HR})), Person(C, "Cy")
    )
    for _ in range(2):
        assert chart.holders(Role.HR) == (A, B)
    assert chart.holders(Role.ON_CALL) == ()


@settings(max_examples=50)
@given(st.dictionaries(st.sampled_from("abcdef"), st.sampled_from("abcdefg"), max_size=6))
def test_every_walk_ends(managers: dict[str, str]) -> None:
    """Whatever the chart, a line is finite, names nobody twice and never the person below it."""
    chart = people(*(Person(PersonId(p), p, manager=PersonId(m)) for p, m in managers.items()))
    for person in chart:
        line = chart.chain(person.id)
        assert len(set(line)) == len(line)
        assert person.id not in line
        assert all(person.id in chart.below(above) for above in line)
