"""Who may know, as the panel behind the chats tells it."""

from __future__ import annotations

from dataclasses import replace

from adapters.web import backstage
from adapters.web.backstage import Sight
from bot.cases.case import Alerted, Case
from bot.core.people import PersonId, Role
from tests.adapters.web.behind import opened
from tests.cases.office import DAN, FAY, HANNE, HUGO, MONA, OFFICE, OLLY, RITA, SARA, draft, ticks


def seen(case: Case, language: str = "en") -> dict[PersonId, tuple[str, str, str]]:
    return {s.person: (s.sees, s.label, s.why) for s in backstage.sights(case, OFFICE, language)}


def test_who_sees_what() -> None:
    found = seen(opened(Role.MANAGER, Role.HR))
    assert found[RITA] == ("own", "Can read their own answers", "Told about it")
    assert found[MONA] == ("all", "Can read what is meant for whoever has the case", "Chosen as manager")
    assert found[DAN] == (
        "little",
        "May know that there is a case, and who it is",
        "Deputy of Mona, who was chosen as manager",
    )
    assert found[HUGO] == ("all", "Can read what is meant for HR", "Deputy of Hanne, who was chosen as HR")
    assert found[SARA] == ("nothing", "Sees nothing", "Not chosen")
    danish = seen(opened(Role.MANAGER, Role.HR), "da")
    assert danish[MONA] == ("all", "Kan læse det, der er beregnet til den, der har sagen", "Valgt som leder")
    assert danish[SARA] == ("nothing", "Ser ingenting", "Ikke valgt")


def test_those_who_see_most_come_first_and_everybody_is_there() -> None:
    found = backstage.sights(opened(Role.MANAGER, Role.HR), OFFICE, "en")
    assert [sight.sees for sight in found] == ["own", "all", "all", "all", "little", *["nothing"] * 5]
    assert {sight.person for sight in found} == set(OFFICE.by_id)
    assert isinstance(found[0], Sight)


def test_without_a_name_and_with_an_accused() -> None:
    case = replace(opened(), consent=ticks(Role.HR, persons=(DAN,), hidden=True), accused=frozenset({MONA}))
    found = seen(case)
    assert found[HANNE][1] == "Can read what is meant for HR, but not who it is"
    assert found[DAN][1] == "May know that there is a case"
    assert found[MONA] == ("nothing", "Sees nothing", "Named as the one who did it")
    assert seen(replace(case, accused=frozenset({HANNE})))[HUGO][2] == (
        "Reports to Hanne, who was named as the one who did it"
    )


def test_a_call_a_gap_and_a_draft() -> None:
    called = replace(draft(Role.MANAGER, Role.ON_CALL), paged=(OLLY,))
    found = seen(called)
    assert found[OLLY] == (
        "little",
        "Knows that somebody needs a call at once, and who it is",
        "Is on call, and was called",
    )
    assert found[MONA] == ("nothing", "Sees nothing", "Chosen, but nothing is sent yet")
    assert found[SARA] == ("nothing", "Sees nothing", "Nothing is sent yet")
    gap = replace(opened(Role.ON_CALL), told=(Alerted(FAY, 2),), ownerless=1, owner=FAY, alerted=())
    assert seen(gap)[FAY] == (
        "little",
        "Knows only that some case has nobody",
        "Steps in when nobody has taken a case",
    )
    assert seen(gap)[OLLY] == ("little", "Can read what is meant for whoever is on call", "Chosen as person on call")
