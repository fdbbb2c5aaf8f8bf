"""The people file: everybody in it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.core.people import Absence, Address, Office, Person, PersonId, Role
from tests.adapters.people_files import ANA, LUIS, TEAM, Write, load

ROOT = Path(__file__).parents[2]

CSV = """\
name,email,manager,title,site,slack,teams,deputy,language,timezone,roles,away
Ana Holm,Ana@example.org,luis@example.org,Caseworker,Malmö Office,U123,1111-2222,,,,,

"Luis Berg",luis@example.org,,,,,,ANA@example.org,da,America/New_York,"hr, flow_admin;safety_rep",2026-07-01..2026-07-21
"""

EVERYBODY = {
    ANA: Person(
        id=ANA,
        name="Ana Holm",
        manager=LUIS,
        title="Caseworker",
        site="Malmö Office",
        language="en",
        timezone="Europe/Stockholm",
        addresses=(Address("slack", "U123"), Address("teams", "1111-2222")),
    ),
    LUIS: Person(
        id=LUIS,
        name="Luis Berg",
        deputy=ANA,
        roles=frozenset({Role.HR, Role.SAFETY_REP}),
        offices=frozenset({Office.FLOW_ADMIN}),
        language="da",
        timezone="America/New_York",
        away=(Absence(datetime(2026, 7, 1, 4, tzinfo=UTC), datetime(2026, 7, 22, 4, tzinfo=UTC)),),
    ),
}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (TEAM, "people.yaml"),
        (CSV, "people.csv"),
        ("\ufeff" + CSV.replace(",", ";").replace("hr; flow_admin;", "hr flow_admin,"), "people.CSV"),
        (CSV.replace("\n", "\r\n"), "people.csv"),
    ],
)
def test_everybody_is_read(write: Write, text: str, name: str) -> None:
    assert load(write(text, name)).by_id == EVERYBODY


def test_everybody_can_be_reached_where_people_are_known_by_their_mail(write: Write) -> None:
    people = load(write(TEAM), ("terminal",))
    assert people.by_id[LUIS].addresses == (Address("terminal", "luis@example.org"),)
    assert people.by_id[ANA].addresses[-1] == Address("terminal", "ana@example.org")


def test_the_sample_organisation() -> None:
    people = load(ROOT / "people.sample.yaml", ("terminal",))
    assert len(people.by_id) == 12
    assert people.chain(ANA) == (LUIS, PersonId("p-rosa"), PersonId("p-vera"))
    assert people.holders(Role.SAFETY_REP) == (PersonId("p-mette"), PersonId("p-sara"))
    (leave,) = people.by_id[PersonId("p-mette")].away
    assert (leave.end, leave.covers(datetime(2099, 1, 1, tzinfo=UTC))) == (None, True)


def test_what_has_no_value_is_not_given(write: Write) -> None:
    people = load(write("people:\n- name: Ana\n  email: a@b\n  manager: ~\n  title:\n  roles: []\n  deputy: null\n"))
    assert people.by_id == {PersonId("p-a"): Person(id=PersonId("p-a"), name="Ana", timezone="Europe/Copenhagen")}


@pytest.mark.parametrize("line", ["conflicts: [LUIS@example.org]", "conflicts: luis@example.org"])
def test_a_conflict_is_both_peoples(write: Write, line: str) -> None:
    people = load(write(TEAM.replace("  title", f"  {line}\n  title")))
    assert people.by_id[ANA].conflicts == {LUIS}
    assert people.by_id[LUIS].conflicts == {ANA}


def test_several_conflicts_in_a_cell(write: Write) -> None:
    text = 'name,email,conflicts\nAna,ana@x,\nLuis,luis@x,\nBo,bo@x,"ana@x; luis@x"\n'
    people = load(write(text, "people.csv"))
    assert people.by_id[PersonId("p-bo")].conflicts == {ANA, LUIS}
    assert people.by_id[ANA].conflicts == {PersonId("p-bo")}


def test_offices_are_read_beside_the_roles(write: Write) -> None:
    text = TEAM.replace("[hr, flow_admin, safety_rep]", "[auditor, operator, on_call]")
    luis = load(write(text)).by_id[LUIS]
    assert (luis.offices, luis.roles) == ({Office.AUDITOR, Office.OPERATOR}, {Role.ON_CALL})


def test_an_absence_without_a_last_day_lasts_until_further_notice(write: Write) -> None:
    one = "people:\n- name: Ana\n  email: a@b\n  away:"
    open_ended = load(write(f"{one}\n    from: 2026-01-01\n"))
    assert open_ended == load(write(f"{one} 2026-01-01..\n"))
    (absence,) = open_ended.by_id[PersonId("p-a")].away
    assert absence == Absence(datetime(2025, 12, 31, 23, tzinfo=UTC))


def test_several_absences(write: Write) -> None:
    one = "people:\n- name: Ana\n  email: a@b\n  away:"
    listed = load(write(f"{one}\n  - from: 2026-01-01\n    to: 2026-01-01\n  - from: 2026-03-01\n    to: 2026-03-02\n"))
    in_line = load(write(f"{one} 2026-01-01..2026-01-01, 2026-03-01..2026-03-02\n"))
    assert listed == in_line
    assert listed.by_id[PersonId("p-a")].away == (
        Absence(datetime(2025, 12, 31, 23, tzinfo=UTC), datetime(2026, 1, 1, 23, tzinfo=UTC)),
        Absence(datetime(2026, 2, 28, 23, tzinfo=UTC), datetime(2026, 3, 2, 23, tzinfo=UTC)),
    )


def test_an_absence_over_a_change_of_clocks_ends_at_midnight(write: Write) -> None:
    people = load(write("people:\n- name: Ana\n  email: a@b\n  away: 2026-10-25..2026-10-25\n"))
    assert people.by_id[PersonId("p-a")].away == (
        Absence(datetime(2026, 10, 24, 22, tzinfo=UTC), datetime(2026, 10, 25, 23, tzinfo=UTC)),
    )
