"""The people file with accounts joined to it: the file wins, accounts fill what it leaves out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.directory.file import FileDirectory
from adapters.directory.join import Allowed
from adapters.directory.joined import AccountsDirectory
from bot.core.people import Absence, Address, Person, PersonId
from bot.runtime.accounts import Account, Standing
from tests.adapters.people_files import Write, person_id

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
NAMES = ("ana", "bo", "eva", "luis")
FOUR = "people:\n" + "".join(f"- name: {name.title()}\n  email: {name}@example.org\n" for name in NAMES)


def directory(path: Path, order: tuple[str, ...] = ("slack", "teams")) -> AccountsDirectory:
    file = FileDirectory(
        path,
        person_id=person_id,
        default_language="en",
        default_timezone="Europe/Copenhagen",
        site_timezones={"Malmö": "Europe/Stockholm"},
    )
    return AccountsDirectory(file, Allowed({}, frozenset()), ("en", "da"), order)


def account(
    name: str, manager: str | None = None, *, platform: str = "slack", language: str = "", timezone: str = ""
) -> Account:
    above = f"U-{manager}" if manager else manager
    emails = (f"{name}@example.org",)
    return Account(platform, "T1", f"U-{name}", emails, home=True, language=language, timezone=timezone, manager=above)


def by_name(found: AccountsDirectory) -> dict[str, Person]:
    return {person.name.lower(): person for person in found.people()}


def managers(found: AccountsDirectory) -> dict[str, str]:
    names = {person.id: person.name.lower() for person in found.people()}
    return {names[p.id]: names[p.manager] for p in found.people() if p.manager is not None}


def test_slack_fills_what_the_file_leaves_out(write: Write) -> None:
    text = FOUR.replace("Bo\n", "Bo\n  language: en\n  timezone: Europe/Oslo\n  manager: eva@example.org\n")
    found = directory(write(text.replace("Eva\n", "Eva\n  site: Malmö\n")))
    of_nuuk = [account(name, "luis", language="da", timezone="America/Nuuk") for name in NAMES[:3]]
    found.took("slack", [*of_nuuk, account("luis", "")], NOW)
    people = by_name(found)
    assert {name: (p.language, p.timezone) for name, p in people.items()} == {
        "ana": ("da", "America/Nuuk"),
        "bo": ("en", "Europe/Oslo"),
        "eva": ("da", "Europe/Stockholm"),
        "luis": ("en", "Europe/Copenhagen"),
    }
    assert managers(found) == {"ana": "luis", "bo": "eva", "eva": "luis"}
    assert found.unmanaged("slack") == {"U-ana", "U-eva", "U-luis"}
    assert found.unmanaged("teams") == frozenset()


def test_who_is_away_by_either_is_away(write: Write) -> None:
    text = FOUR.replace("Bo\n", "Bo\n  away: {from: 2026-07-01, to: 2026-07-21}\n")
    found = directory(write(text))
    open_ended, later = Absence(NOW), Absence(NOW, NOW.replace(month=4))
    both = [replace(account("ana"), away=(open_ended,)), replace(account("bo"), away=(later,))]
    found.took("teams", [replace(one, platform="teams") for one in both], NOW)
    found.took("slack", [account("ana"), account("bo")], NOW)
    people = by_name(found)
    assert people["ana"].away == (open_ended,)
    assert len(people["bo"].away) == 2
    assert not people["bo"].present(NOW)


def test_those_are_relied_on_who_manage_stand_in_or_hold_a_role(write: Write) -> None:
    text = FOUR.replace("Bo\n", "Bo\n  deputy: eva@example.org\n").replace("Luis\n", "Luis\n  roles: [hr]\n")
    found = directory(write(text + "- name: Zoe\n  email: zoe@example.org\n"))
    assert found.relied_on("teams") == frozenset()
    accounts = [account(name, platform="teams") for name in (*NAMES, "zoe")]
    found.took("teams", [replace(one, manager="U-bo" if one.id == "U-ana" else "") for one in accounts], NOW)
    assert found.relied_on("teams") == {"U-bo", "U-eva", "U-luis"}
    assert found.relied_on("slack") == frozenset()
    assert {one.account for one in found.standing("teams")} == {one.id for one in accounts}
    assert found.standing("slack") == ()


def test_a_language_that_the_organisation_does_not_speak_is_none(write: Write) -> None:
    found = directory(write(FOUR))
    found.took("slack", [account("ana", language="fr"), account("bo", language="da")], NOW)
    assert [by_name(found)[name].language for name in ("ana", "bo")] == ["en", "da"]


def test_a_manager_who_is_not_joined_counts_for_nothing(write: Write) -> None:
    found = directory(write(FOUR))
    found.took("slack", [account("ana", "gone"), account("bo", "luis"), account("eva", "ana")], NOW)
    assert managers(found) == {"eva": "ana"}


def test_nobody_is_right_in_a_circle(write: Write) -> None:
    """What the file says stands; whoever is not of the circle, but below it, keeps their manager."""
    found = directory(write(FOUR.replace("Bo\n", "Bo\n  manager: ana@example.org\n")))
    found.took("slack", [account("ana", "bo"), account("bo"), account("eva", "ana"), account("luis", "luis")], NOW)
    assert managers(found) == {"bo": "ana", "eva": "ana"}
    assert found.encircled() == (PersonId("p-ana"), PersonId("p-luis"))


def test_chats_stand_in_the_order_of_the_platforms(write: Write) -> None:
    found = directory(write(FOUR), ("teams", "slack"))
    for platform in ("teams", "slack", "teams"):
        found.took(platform, [account("ana", platform=platform)], NOW)
    assert by_name(found)["ana"].addresses == (Address("teams", "U-ana"), Address("slack", "U-ana"))


named = st.fixed_dictionaries({name: st.sampled_from([None, "", *NAMES]) for name in NAMES})


@pytest.fixture(scope="module")
def of_four(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("four") / "people.yaml"
    path.write_text(FOUR.replace("Luis\n", "Luis\n  manager: ana@example.org\n"))
    return path


@given(in_slack=named)
def test_no_chart_has_a_circle(of_four: Path, in_slack: dict[str, str | None]) -> None:
    found = directory(of_four)
    found.took("slack", [account(name, in_slack[name]) for name in NAMES], NOW)
    people = found.people()
    for person in people:
        above = people.chain(person.id)
        assert not above or people.by_id[above[-1]].manager is None


def test_whoever_left_the_file_is_nobodys_manager(write: Write) -> None:
    found = directory(write(FOUR))
    standing = Standing("slack", "T1", "U-zoe", PersonId("p-zoe"), "", NOW)
    found.recall([standing, Standing("slack", "T1", "U-ana", PersonId("p-ana"), "", NOW, manager="U-zoe")])
    assert managers(found) == {}
