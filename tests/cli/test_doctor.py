"""`bistand doctor`: one line a check, what to mend and how, and the code it ends with."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from pathlib import Path

import pytest

from adapters.slack.samples import samples
from bot.cli import doctor
from bot.settings import load
from storage.master import MasterKey
from storage.store import SqliteStore
from tests.cli.conftest import Called
from tests.cli.test_commands import own_folder
from tests.fakes.slack.workspace import FakeSlack

KEY = bytes(range(32))
PEOPLE = """\
people:
- name: Vera Lindqvist
  email: vera@example.com
  roles: [hr, safety_rep, whistleblower_unit, on_call, operator]
- name: Luis Berg
  email: luis@example.com
  manager: vera@example.com
- name: Ana Holm
  email: ana@example.com
  manager: luis@example.com
"""
Examine = Callable[..., Awaitable[tuple[bool, list[str]]]]


@pytest.fixture
async def fake() -> AsyncIterator[FakeSlack]:
    async with FakeSlack() as made:
        yield made


@pytest.fixture
def examine(
    fake: FakeSlack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Examine:
    """Looks at a folder with these people and this Slack: whether all is well, and the lines."""
    own_folder(tmp_path, 8081)
    (tmp_path / "people.sample.yaml").unlink()
    monkeypatch.chdir(tmp_path)
    environ = {
        "BISTAND_STORAGE__KEY": base64.b64encode(KEY).decode(),
        "BISTAND_LADDER__FALLBACK": "vera@example.com",
        "BISTAND_SLACK__BOT_TOKEN": fake.bot_token,
        "BISTAND_SLACK__APP_TOKEN": fake.app_token,
        "BISTAND_SLACK__API_URL": fake.api_url,
    }

    async def examined(people: str = PEOPLE, *, live: bool = False, **more: str) -> tuple[bool, list[str]]:
        (tmp_path / "people.sample.yaml").write_text(people, encoding="utf-8")
        well = await doctor.examined(load(tmp_path / "app.yaml", {**environ, **more}), live=live)
        printed = capsys.readouterr().out
        assert fake.bot_token not in printed
        assert fake.app_token not in printed
        return well, printed.splitlines()

    return examined


def everybody(fake: FakeSlack) -> None:
    for name in ("vera", "luis", "ana"):
        fake.add_user(name)


def to_mend(lines: list[str]) -> list[str]:
    return [line.removeprefix("to mend: ") for line in lines if line.startswith("to mend: ")]


async def test_all_is_well(fake: FakeSlack, examine: Examine, tmp_path: Path) -> None:
    everybody(fake)
    well, lines = await examine(BISTAND_MAIL__HOST="smtp.example.org", BISTAND_MAIL__SENDER="bistand@example.org")
    assert lines == [
        "ok: flows can be read: 14 flows.",
        "ok: mails go by smtp.example.org:587 as bistand@example.org. It is not tried.",
        "ok: people.sample.yaml can be read: 3 people.",
        "ok: Slack answers. The workspace is Fake Co (T0FAKE001): its full members count.",
        next(line for line in lines if line.startswith("ok: the app has its scopes. It does not need these: ")),
        "ok: Slack opens a socket: Slack's events will come in.",
        "ok: 3 of 3 people are in Slack.",
        "ok: everybody who is told of cases can be reached.",
        "ok: the bot may write to people.",
    ]
    assert well
    assert not (tmp_path / "var").exists(), "nothing is made"


async def test_nobody_would_hear_that_slack_is_down(fake: FakeSlack, examine: Examine) -> None:
    everybody(fake)
    well, lines = await examine(
        PEOPLE.replace(", operator", ""),
        BISTAND_MAIL__HOST="smtp.example.org",
        BISTAND_MAIL__SENDER="bistand@example.org",
    )
    assert not well
    assert to_mend(lines) == [
        "people.sample.yaml: nobody has the role operator, so nobody is told by mail when a chat is down."
    ]


async def test_who_is_told_and_is_not_there(fake: FakeSlack, examine: Examine) -> None:
    fake.add_user("ana")
    fake.add_user("luis", is_restricted=True)
    well, lines = await examine()
    assert not well
    assert "ok: 1 of 3 people are in Slack. Without: Luis Berg, Vera Lindqvist." in lines
    assert to_mend(lines) == [
        (
            "they are told of cases, and cannot be reached: Luis Berg (manager), "
            "Vera Lindqvist (hr, on_call, safety_rep, whistleblower_unit, manager, fallback)."
        )
    ]


async def test_nobody_is_there(fake: FakeSlack, examine: Examine) -> None:
    fake.add_user("stranger", email="ana@example.com", team_id="T0OTHER01")
    _, lines = await examine()
    assert to_mend(lines)[0] == (
        "nobody of the people file is a full member of the workspace. Are the e-mails there the same as in Slack?"
    )


async def test_accounts_that_are_held_and_a_message_tab_that_is_off(fake: FakeSlack, examine: Examine) -> None:
    everybody(fake)
    fake.add_user("ana2", email="ana@example.com")
    fake.messages_enabled = False
    _, lines = await examine()
    found = to_mend(lines)
    assert len([line for line in found if "(Ana Holm) is joined to nobody" in line]) == 2
    assert found[-1].startswith("the app takes no messages.")


async def test_managers_that_only_slack_could_name(fake: FakeSlack, examine: Examine) -> None:
    everybody(fake)
    flat = PEOPLE.replace("  manager: luis@example.com\n", "").replace("  manager: vera@example.com\n", "")
    well, lines = await examine(flat)
    assert well
    names_none = "the people file names no manager for 3 people in Slack"
    assert f'ok: {names_none}: their profiles do, in "Manager", as far as it is filled in.' in lines
    _, lines = await examine(flat, BISTAND_SLACK__MANAGER_FIELD="Boss")
    (one,) = to_mend(lines)
    assert one.startswith(f'{names_none}, and profiles there have no field "Boss" that names a person.')
    fake.tokens[fake.bot_token]["scopes"].discard("users:read")
    _, lines = await examine(flat)
    assert to_mend(lines)[-1] == "Slack does not tell who is in the workspace: missing_scope."


async def test_what_slack_refuses_stops_there(fake: FakeSlack, examine: Examine) -> None:
    fake.revoke()
    _, lines = await examine()
    assert to_mend(lines) == ["slack.bot_token was revoked. Install the app again, and copy the new one."]
    assert lines[-1].startswith("to mend")


async def test_by_http_and_live(fake: FakeSlack, examine: Examine) -> None:
    everybody(fake)
    http = {"BISTAND_SLACK__MODE": "http", "BISTAND_SLACK__SIGNING_SECRET": "s"}
    well, lines = await examine(live=True, **http)
    assert well
    assert any(line.startswith("ok: the signing secret is set.") for line in lines)
    assert lines[-1] == f"ok: Slack can show everything that was given to it ({len(list(samples()))})."
    assert not fake.lints
    assert not fake.calls("apps.connections.open")


@pytest.mark.parametrize(
    ("people", "more", "said"),
    [
        (
            "people:\n- name: Ana\n- name: Bo\n",
            {},
            "people.sample.yaml:2: this person has no e-mail. (and 1 more. Run: ",
        ),
        (PEOPLE, {"BISTAND_LADDER__FALLBACK": "x@y.org"}, "ladder.fallback: x@y.org is not in people.sample.yaml"),
        (PEOPLE, {"BISTAND_FLOWS__PATH": "none"}, "flows.path: there is no folder none"),
        (PEOPLE, {"BISTAND_STORAGE__KEY": ""}, "storage.key is missing."),
    ],
)
async def test_what_is_wrong_at_home(
    fake: FakeSlack, examine: Examine, people: str, more: Mapping[str, str], said: str
) -> None:
    everybody(fake)
    well, lines = await examine(people, **more)
    assert not well
    assert any(line.startswith(said) for line in to_mend(lines)), lines
    assert any("Slack answers" in line for line in lines), "the rest is looked at all the same"


async def test_a_database_of_another_key(fake: FakeSlack, examine: Examine, tmp_path: Path) -> None:
    everybody(fake)
    (tmp_path / "var").mkdir()
    url = "sqlite+aiosqlite:///var/bistand.sqlite"
    store = await SqliteStore.open(url, MasterKey(bytes(32)), kind="production")
    await store.close()
    _, lines = await examine()
    (one,) = to_mend(lines)
    assert "storage.key" in one


def test_settings_that_cannot_be_read(call: Called, tmp_path: Path) -> None:
    (tmp_path / "app.yaml").write_text("slakc:\n  mode: socket\n", encoding="utf-8")
    code, out, err = call("doctor", folder=tmp_path)
    assert (code, err) == (1, "")
    assert out == "to mend: app.yaml:1: unknown key `slakc`. Did you mean `slack`?\n"


def test_nothing_is_set_up_yet(call: Called, tmp_path: Path) -> None:
    own_folder(tmp_path, 8081)
    code, out, err = call("doctor", folder=tmp_path)
    assert (code, err) == (1, "")
    assert out.splitlines()[0] == "ok: app.yaml can be read."
    assert out.splitlines()[-1].startswith("to mend: neither slack nor teams is set up")
    assert not (tmp_path / "var").exists()
