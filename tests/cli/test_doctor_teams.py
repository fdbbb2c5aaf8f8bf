"""`bistand doctor`, for Teams: what to mend and how, and who has the bot."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot import ways, wiring
from bot.cli import doctor
from bot.core.reach import Reach
from bot.runtime.accounts import Standing
from bot.runtime.clocks import SystemClock
from bot.settings import load
from storage.master import MasterKey
from storage.store import SqliteStore
from tests.cli.test_commands import own_folder
from tests.fakes.graph import APP, MAILBOXES, SECRET, TENANT, USERS, FakeGraph
from tests.fakes.slack.workspace import FakeSlack
from tests.fakes.teams.tenant import FakeTeams

KEY = bytes(range(32))
STORE = "sqlite+aiosqlite:///var/bistand.sqlite"
PEOPLE = """\
people:
- name: Vera Lindqvist
  email: vera@example.org
  roles: [hr, safety_rep, whistleblower_unit, on_call, operator]
- name: Luis Berg
  email: luis@example.org
  manager: vera@example.org
- name: Ana Holm
  email: ana@example.org
  manager: luis@example.org
"""
ENTRA = [
    "ok: Entra takes teams.app_id and teams.app_password for the tenant teams.tenant_id.",
    "ok: Microsoft tells the keys that Teams signs with.",
    (
        "ok: Teams calls https://YOUR-NAME/api/messages, which must lead to http://127.0.0.1:8080/api/messages here; "
        "it stands in the Azure Bot under Configuration, as Messaging endpoint. It is not tried."
    ),
    "ok: Entra lets the app log in, and Microsoft Graph tells it who works here.",
    "ok: Microsoft Graph tells who is away, by their automatic replies.",
]
Examine = Callable[..., Awaitable[tuple[bool, list[str]]]]


@pytest.fixture
async def graph() -> AsyncIterator[FakeGraph]:
    async with FakeGraph(SystemClock().now) as made:
        yield made


@pytest.fixture
async def teams() -> AsyncIterator[FakeTeams]:
    async with FakeTeams() as made:
        yield made


@pytest.fixture
def examine(
    graph: FakeGraph,
    teams: FakeTeams,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Examine:
    """Looks at a folder with these people and this tenant: whether all is well, and the lines from Teams on."""
    own_folder(tmp_path, 8081)
    (tmp_path / "people.sample.yaml").unlink()
    monkeypatch.chdir(tmp_path)
    access = ways.teams_access
    monkeypatch.setattr(  # where Microsoft's keys are is no setting
        ways, "teams_access", lambda settings: (a := access(settings)) and replace(a, keys_url=teams.openid_url)
    )
    environ = {
        "BISTAND_STORAGE__KEY": base64.b64encode(KEY).decode(),
        "BISTAND_LADDER__FALLBACK": "vera@example.org",
        "BISTAND_MAIL__HOST": "smtp.example.org",
        "BISTAND_MAIL__SENDER": "bistand@example.org",
        "BISTAND_TEAMS__APP_ID": APP,
        "BISTAND_TEAMS__APP_PASSWORD": SECRET,
        "BISTAND_TEAMS__TENANT_ID": TENANT,
        "BISTAND_TEAMS__GRAPH_URL": graph.url,
        "BISTAND_TEAMS__LOGIN_URL": graph.url,
    }

    async def examined(people: str = PEOPLE, **more: str) -> tuple[bool, list[str]]:
        (tmp_path / "people.sample.yaml").write_text(people, encoding="utf-8")
        well = await doctor.examined(load(tmp_path / "app.yaml", {**environ, **more}), live=False)
        printed = capsys.readouterr().out
        assert SECRET not in printed
        assert not any(token in printed for token in graph.tokens)
        return well, printed.splitlines()

    return examined


def everybody(graph: FakeGraph) -> None:
    for name in ("vera", "luis", "ana"):
        graph.replies(graph.add(name), "disabled")


async def installed(folder: Path, *names: str) -> None:
    """The bot has run, and heard that these have it."""
    (folder / "var").mkdir(exist_ok=True)
    key = MasterKey(KEY)
    ids, now = wiring.person_ids(key), datetime(2026, 3, 2, tzinfo=UTC)
    store = await SqliteStore.open(STORE, key, kind="production")
    await store.put_reaches([Reach(ids(f"{name}@example.org"), "teams", installed=now) for name in names])
    await store.close()


def to_mend(lines: list[str]) -> list[str]:
    return [line.removeprefix("to mend: ") for line in lines if line.startswith("to mend: ")]


async def test_all_is_well(graph: FakeGraph, examine: Examine, tmp_path: Path) -> None:
    everybody(graph)
    await installed(tmp_path, "vera", "luis")
    well, lines = await examine()
    assert lines[3:] == [
        *ENTRA,
        "ok: 3 of 3 people are in Teams.",
        "ok: 2 of 3 people have the bot in Teams. Without: Ana Holm.",
        "ok: everybody who is told of cases can be reached.",
    ]
    assert well
    assert graph.asked("delta") == 1, "with three people, one page"


async def test_before_anybody_has_the_bot(graph: FakeGraph, examine: Examine, tmp_path: Path) -> None:
    everybody(graph)
    well, lines = await examine()
    assert not well
    assert "ok: nobody has the bot in Teams yet, as far as it has heard. It hears of it while it runs." in lines
    assert to_mend(lines) == [
        (
            "they are told of cases, and cannot be reached: Luis Berg (manager), "
            "Vera Lindqvist (hr, on_call, safety_rep, whistleblower_unit, manager, fallback). "
            "In Teams, whoever has the app can be: have it installed for them, as docs/teams.md shows."
        )
    ]
    assert not (tmp_path / "var").exists(), "nothing is made"


async def test_whoever_is_in_slack_is_reached_there(graph: FakeGraph, examine: Examine, tmp_path: Path) -> None:
    everybody(graph)
    await installed(tmp_path, "luis")
    async with FakeSlack() as slack:
        slack.add_user("vera", email="vera@example.org")
        _, lines = await examine(
            BISTAND_SLACK__BOT_TOKEN=slack.bot_token,
            BISTAND_SLACK__APP_TOKEN=slack.app_token,
            BISTAND_SLACK__API_URL=slack.api_url,
        )
    assert to_mend(lines) == []
    assert "ok: 1 of 3 people are in Slack. Without: Ana Holm, Luis Berg." in lines
    assert lines[-1] == "ok: everybody who is told of cases can be reached."


async def test_people_that_the_tenant_does_not_have(graph: FakeGraph, examine: Examine) -> None:
    graph.replies(graph.add("zoe"), "disabled")
    _, lines = await examine()
    assert to_mend(lines)[0] == (
        "nobody of the people file is a full member of your tenant. Are the e-mails there the same as in Teams?"
    )


async def test_an_account_that_is_held(graph: FakeGraph, examine: Examine, tmp_path: Path) -> None:
    everybody(graph)
    graph.replies(graph.add("ana2", mail="ana@example.org"), "disabled")
    await installed(tmp_path, "vera", "luis")
    _, lines = await examine()
    found = to_mend(lines)
    assert len(found) == 2
    assert all("(Ana Holm) is joined to nobody: several accounts have this person's e-mail" in one for one in found)


async def test_what_graph_may_not_tell_is_missed_and_no_fault(
    graph: FakeGraph, examine: Examine, tmp_path: Path
) -> None:
    everybody(graph)
    graph.permissions.discard(MAILBOXES)
    await installed(tmp_path, "vera", "luis")
    well, lines = await examine()
    assert well
    assert any(line.startswith("ok: it may not read who is away") for line in lines)
    graph.permissions.discard(USERS)
    own = PEOPLE.replace("@example.org\n", "@example.org\n  teams: {id}\n", 2)
    for id_ in graph.users:
        own = own.replace("{id}", id_, 1)
    well, lines = await examine(own)
    assert well, lines
    assert any(line.startswith("ok: Entra lets the app log in. It may not read who works here") for line in lines)
    assert not any("people are in Teams" in line for line in lines), "nobody told that"
    assert "ok: 2 of 3 people have the bot in Teams. Without: Ana Holm." in lines


async def test_managers_that_only_entra_could_name(graph: FakeGraph, examine: Examine, tmp_path: Path) -> None:
    everybody(graph)
    await installed(tmp_path, "vera")
    flat = PEOPLE.replace("  manager: luis@example.org\n", "").replace("  manager: vera@example.org\n", "")
    well, lines = await examine(flat)
    assert well
    without = "the people file names no manager for 3 people in Teams"
    assert f"ok: {without}: Entra does, as far as it is filled in there." in lines


async def test_managers_that_nobody_names(graph: FakeGraph, examine: Examine, tmp_path: Path) -> None:
    """Those whom the bot met in chats are known, but not who manages them."""
    await installed(tmp_path, "vera", "luis", "ana")
    key, now = MasterKey(KEY), datetime(2026, 3, 2, tzinfo=UTC)
    ids = wiring.person_ids(key)
    store = await SqliteStore.open(STORE, key, kind="production")
    emails = [f"{name}@example.org" for name in ("vera", "luis", "ana")]
    await store.put_standings([Standing("teams", TENANT, f"id-{one}", ids(one), one, now) for one in emails])
    await store.close()
    graph.permissions.clear()
    _, lines = await examine(PEOPLE.replace("  manager: luis@example.org\n", ""))
    assert "ok: 3 of 3 people are in Teams." in lines
    assert to_mend(lines) == [
        (
            "the people file names no manager for 2 people in Teams, and the bot may not ask Entra. "
            'Write "manager:" at each, or grant User.Read.All.'
        )
    ]


async def test_what_entra_refuses_stops_there(examine: Examine) -> None:
    _, lines = await examine(BISTAND_TEAMS__APP_PASSWORD="ZYKLAMEN")
    (one,) = to_mend(lines)
    assert one.startswith("Entra does not take teams.app_password.")
    assert lines[-1] == ENTRA[2]
    assert "ZYKLAMEN" not in "\n".join(lines)


async def test_a_graph_that_fails(graph: FakeGraph, examine: Examine) -> None:
    everybody(graph)
    graph.fault("/users?", 503)
    _, lines = await examine()
    assert to_mend(lines)[-1].startswith("Entra or Microsoft Graph does not answer (status_503).")
    graph.fault("/users/delta", 503)
    _, lines = await examine()
    assert to_mend(lines)[-1] == "Microsoft Graph does not tell who works here: status_503."


async def test_without_people_the_app_is_looked_at_all_the_same(graph: FakeGraph, examine: Examine) -> None:
    everybody(graph)
    _, lines = await examine("people:\n- name: Ana\n")
    assert lines[-5:] == ENTRA


async def test_without_a_password_nothing_is_tried(graph: FakeGraph, examine: Examine) -> None:
    anonymous = {"BISTAND_TESTING": "1", "BISTAND_TEAMS__ALLOW_ANONYMOUS": "true", "BISTAND_TEAMS__APP_PASSWORD": ""}
    _, lines = await examine(**anonymous)
    assert lines[-1] == "ok: teams.allow_anonymous is set, for tests: Teams is not tried."
    assert not graph.calls
