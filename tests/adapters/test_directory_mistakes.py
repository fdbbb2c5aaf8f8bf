"""The people file: every mistake with its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.directory.file import MOST_SHOWN
from adapters.directory.people import ROLES
from bot.errors import SettingsError
from tests.adapters.people_files import TEAM, Write, load


def said(path: Path) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        load(path)
    lines = str(caught.value).splitlines()
    assert all(line.startswith(str(path)) for line in lines)
    return [line.removeprefix(f"{path}:") for line in lines]


A, L = "ana@example.org", "luis@example.org"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("- name: Ana Holm\n  email", "- email", "2: this person has no name."),
        (
            "manager: luis@example.org",
            "manager: luis@exampel.org",
            '4: the manager "luis@exampel.org" is nobody in this file. Did you mean "luis@example.org"?',
        ),
        ("ANA@", "anna@", '11: the deputy "anna@example.org" is nobody in this file. Did you mean "ana@example.org"?'),
        ("ANA@", "zoe@", '11: the deputy "zoe@example.org" is nobody in this file.'),
        ("ANA@", "LUIS@", "11: luis@example.org is their own deputy. Remove the line, or name somebody else."),
        (
            "manager: luis@",
            "manager: ana@",
            "4: ana@example.org is their own manager. Remove the line, or name somebody else.",
        ),
        (
            "  deputy:",
            "  manager:",
            f"4: a circle of managers: {A} -> {L} -> {A}. One of them has somebody else.",
        ),
        ("title", "tilte", '5: "tilte" is no key. Did you mean "title"?'),
        ("  title: Caseworker", "  name: Ana", '5: "name:" stands here twice.'),
        ("title: Caseworker", "title: [a, b]", '5: "title:" cannot be read. It takes one value.'),
        ("hr,", "rh,", '14: "rh" is no role. Did you mean "hr"?'),
        (
            "hr,",
            "boss,",
            f'14: "boss" is no role. There are: {", ".join(ROLES)}.',
        ),
        (
            "  title",
            "  conflicts: [luis@example.org, zoe@example.org]\n  title",
            '5: the conflict "zoe@example.org" is nobody in this file.',
        ),
        (
            "  title",
            "  conflicts: ana@example.org\n  title",
            "5: ana@example.org is their own conflict. Remove the line, or name somebody else.",
        ),
        (
            "  title",
            "  conflicts: {a: b}\n  title",
            '5: "conflicts:" cannot be read. It takes e-mails, as:  conflicts: [bo@example.org]',
        ),
        ("language: da", "language: dk", '12: "dk" is no language. Did you mean "da"?'),
        ("language: da", "language: qq", '12: "qq" is no language. Write two letters, as da.'),
        (
            "America/New_York",
            "Europe/Copenhage",
            '13: "Europe/Copenhage" is no time zone. Did you mean "Europe/Copenhagen"?',
        ),
        ("America/New_York", "9", '13: "9" is no time zone. Write one as Europe/Copenhagen.'),
        ("2026-07-01", "1 July", '16: "from" of an absence takes a day, as 2026-07-01, not "1 July".'),
        ("2026-07-21", "2026-06-31", '16: "to" of an absence takes a day, as 2026-07-01, not "2026-06-31".'),
        (" 2026-07-21\n", "\n", '16: "to" of an absence takes a day, as 2026-07-01.'),
        ("2026-07-21", "2026-06-21", "16: this absence ends on 2026-06-21, before it begins on 2026-07-01."),
        ("2026-07-21", "9999-12-31", '16: "to" is too far away: 9999-12-31.'),
        ("people:\n", "people:\n- Eva\n", "2: a person is written as:  - name: …"),
    ],
)
def test_each_mistake_has_its_line(write: Write, before: str, after: str, expected: str) -> None:
    assert said(write(TEAM.replace(before, after, 1))) == [expected]


def test_all_mistakes_come_at_once(write: Write) -> None:
    text = (
        TEAM.replace("  email: luis@example.org\n", "")
        .replace("hr,", "rh,")
        .replace("    to:", "    til:")
        .replace("people:\n", "people:\n- name: Eva\n  email: e va\n- name: Bo\n  email: ANA@example.org\n")
    )
    assert said(write(text)) == [
        '3: "e va" is no e-mail address.',
        '7: "Ana@example.org" stands here already on line 5. Each e-mail is one person.',
        '8: the manager "luis@example.org" is nobody in this file.',
        "13: this person has no e-mail.",
        '17: "rh" is no role. Did you mean "hr"?',
        '20: "til" is no key. There are: from, to.',
    ]


def test_things_of_a_wrong_form_say_the_right_one(write: Write) -> None:
    text = TEAM.replace("roles: [hr, flow_admin, safety_rep]", "roles:\n    hr: true").replace(
        "away:\n    from: 2026-07-01\n    to: 2026-07-21", "away: [1, 2]"
    )
    assert said(write(text)) == [
        '15: "roles:" cannot be read. It takes words, as:  roles: [hr, on_call]',
        (
            '16: "away:" cannot be read. It takes a first and a last day, as:  from: 2026-07-01, '
            "and below it  to: 2026-07-21"
        ),
    ]
    text = TEAM.replace("away:\n    from: 2026-07-01\n    to: 2026-07-21", "away: July")
    assert said(write(text))[0] == ('15: "July" is no absence. Write its first and last day, as 2026-07-01..2026-07-21')


def test_a_circle_is_told_once_and_a_way_into_it_is_none(write: Write) -> None:
    people = {"a": "b", "b": "c", "c": "d", "d": "b", "e": "a", "f": "f", "g": ""}
    text = "people:\n" + "".join(
        f"- name: P\n  email: {who}@x\n  manager: {m + '@x' * bool(m)}\n" for who, m in people.items()
    )
    assert said(write(text)) == [
        "7: a circle of managers: b@x -> c@x -> d@x -> b@x. One of them has somebody else.",
        "19: f@x is their own manager. Remove the line, or name somebody else.",
    ]


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh"), min_size=1))
@settings(max_examples=40)
def test_an_organisation_is_taken_when_every_chain_ends(
    tmp_path_factory: pytest.TempPathFactory, above: dict[str, str]
) -> None:
    text = "people:\n" + "".join(f"- name: P\n  email: {who}@x\n  manager: {m}@x\n" for who, m in above.items())
    path = tmp_path_factory.mktemp("people") / "people.yaml"
    path.write_text(text + "".join(f"- name: P\n  email: {m}@x\n" for m in set(above.values()) - set(above)))

    def ends(who: str) -> bool:
        for _ in above:
            if who not in above:
                return True
            who = above[who]
        return who not in above

    if all(ends(who) for who in above):
        assert len(load(path).by_id) == len(set(above) | set(above.values()))
    else:
        assert said(path)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ['1: the file begins with "people:", and a "- " before each person.']),
        ("- name: Ana\n", ['1: the file begins with "people:", and a "- " before each person.']),
        ("people: Ana\n", ['1: the file begins with "people:", and a "- " before each person.']),
        ("people: []\n", ["1: there is nobody in this file."]),
        (
            "poeple:\n- name: Ana\n",
            [
                '1: "poeple" is no key. Did you mean "people"?',
                '1: the file begins with "people:", and a "- " before each person.',
            ],
        ),
        (
            'people:\n- name: "Ana\n',
            ["3: this cannot be read as YAML. Look for a quote that is missing, a tab, or a line too far in."],
        ),
        ("people:\n- name: A\x07na\n", ["1: this cannot be read as YAML."]),
        (
            "? [a]\n: b\n",
            [
                '1: "" is no key. There are: people.',
                '1: the file begins with "people:", and a "- " before each person.',
            ],
        ),
    ],
)
def test_files_that_are_no_list_of_people(write: Write, text: str, expected: list[str]) -> None:
    assert said(write(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["1: there is nobody in this file."]),
        ("name,email\n", ["1: there is nobody in this file."]),
        ("name,mail\nAna,a@b\n", ['1: "mail" is no column. Did you mean "email"?', "2: this person has no e-mail."]),
        ("name,email,name\nAna,a@b,Ana\n", ['1: the column "name" stands here twice.']),
        ("name,email\nAna,a@b,c\n", ["2: this line has 3 values for 2 columns."]),
        ('name,email\n"Ana\nHolm",a@b\nBo,b\n', ['4: "b" is no e-mail address.']),
        ("name,email\n" + "x" * 140_000 + ",a@b\n", None),
    ],
)
def test_each_mistake_of_a_csv_file_has_its_line(write: Write, text: str, expected: list[str] | None) -> None:
    found = said(write(text, "people.csv"))
    assert found == expected if expected is not None else found[0].startswith("2: this line cannot be read as CSV: ")


def test_a_file_that_cannot_be_read_at_all(write: Write, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"there is no such file; `people.file` names the one with your people"):
        load(tmp_path / "none.yaml")
    with pytest.raises(SettingsError, match="cannot be read: Is a directory"):
        load(tmp_path)
    path = write("people:\n- name: Søren\n".encode("latin-1"))
    with pytest.raises(
        SettingsError, match=r"people.yaml:2: a letter here is not saved as UTF-8. Save the file as UTF-8"
    ):
        load(path)


def test_a_long_list_of_mistakes_is_cut(write: Write) -> None:
    rows = "".join(f"Ana,a{n}@b,nobody@b\n" for n in range(MOST_SHOWN + 10))
    found = said(write(f"name,email,manager\n{rows}", "people.csv"))
    assert len(found) == MOST_SHOWN + 1
    assert found[-1] == " and 10 more"
