"""Where concrete classes meet: which platforms a bot speaks on."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from adapters.directory.join import Allowed
from bot import ways, wiring
from bot.core.people import PersonId
from bot.errors import SettingsError
from bot.runtime.clocks import MovableClock
from bot.runtime.ports import Channel
from bot.runtime.view import Setting
from bot.settings import load
from storage.master import MasterKey
from tests.adapters.mail.servers import Postbox, mail_server
from tests.adapters.pager.test_pager import NOW, OWED, Receiver, genuine, serving

mail_link = "https://chat.example.org/bistand"
page_secret = "a secret of sixteen signs"
SLACK = {"BISTAND_SLACK__BOT_TOKEN": "xoxb-1", "BISTAND_SLACK__APP_TOKEN": "xapp-1"}
ENTRA = "00000000-0000-0000-0000-000000000000"
TEAMS = {"BISTAND_TEAMS__APP_ID": ENTRA, "BISTAND_TEAMS__APP_PASSWORD": "x", "BISTAND_TEAMS__TENANT_ID": ENTRA}


def channels_of(environ: dict[str, str]) -> Mapping[str, Channel]:
    """The ways out that these settings name."""
    return ways_of(environ).channels


def ways_of(environ: dict[str, str]) -> ways.Ways:
    own = load(None, {"BISTAND_PEOPLE__FILE": "people.sample.yaml", **environ})

    def setting() -> Setting:
        raise AssertionError("nobody is written to yet")

    def nowhere(_person: PersonId, _platform: str) -> str:
        return ""

    people = wiring.joined_directory(own, MasterKey(bytes(32)))
    return ways.ways(own, MovableClock(NOW), people, setting, nowhere)


def test_without_a_platform_there_is_no_way_out() -> None:
    assert channels_of({}) == {}


def test_whose_accounts_are_joined_is_what_the_operator_lists() -> None:
    """Nothing that is not listed; the tenant of Teams is. What Slack's token is of, the account itself tells."""
    nobody = wiring.allowed(load(None, {}))
    assert nobody == Allowed({"slack": frozenset(), "teams": frozenset()}, frozenset())
    listed = {"BISTAND_PEOPLE__DOMAINS": "Example.org, x.dk", "BISTAND_PEOPLE__SLACK_WORKSPACES": "T01ABC"}
    found = wiring.allowed(load(None, {**TEAMS, **listed}))
    assert found.tenants == {"slack": frozenset({"T01ABC"}), "teams": frozenset({ENTRA})}
    assert found.domains == {"example.org", "x.dk"}


async def test_teams_is_a_way_out() -> None:
    """Only with another way beside it; and both chats together."""
    with pytest.raises(SettingsError, match="would end in chat"):
        channels_of(TEAMS)
    found = ways_of({**TEAMS, **SLACK, **MAIL})
    assert list(found.channels) == ["teams", "slack", "mail"]
    assert found.teams is not None
    await found.teams.close()
    access = ways.teams_access(load(None, TEAMS))
    assert access is not None
    assert (access.app_id, access.password, access.tenants, access.anonymous) == (ENTRA, "x", (ENTRA,), False)
    assert "'x'" not in repr(access)


def test_slack_is_a_way_out_and_a_door() -> None:
    """By HTTP with the signing secret, else by Socket Mode; and only with another way beside it."""
    with pytest.raises(SettingsError, match="would end in chat"):
        channels_of(SLACK)
    assert list(channels_of({**SLACK, **MAIL})) == ["slack", "mail"]
    socket = ways.slack_access(load(None, SLACK))
    assert socket is not None
    assert (socket.signing_secret, socket.app_token) == (None, "xapp-1")
    http = ways.slack_access(load(None, {**SLACK, "BISTAND_SLACK__MODE": "http", "BISTAND_SLACK__SIGNING_SECRET": "s"}))
    assert http is not None
    assert (http.signing_secret, http.app_token) == ("s", None)
    assert ways.slack_access(load(None, {})) is None


MAIL = {"BISTAND_MAIL__HOST": "smtp.example.org", "BISTAND_MAIL__SENDER": "bistand@example.org"}
PAGER = {"BISTAND_PAGER__URL": "https://pager.example.org/hook", "BISTAND_PAGER__SECRET": "a secret of sixteen"}


def test_mail_and_pager_are_ways_out_where_they_are_set() -> None:
    assert list(channels_of(MAIL)) == ["mail"]
    assert list(channels_of(PAGER)) == ["pager"]
    assert list(channels_of({**MAIL, **PAGER})) == ["mail", "pager"]


@pytest.mark.parametrize("platform", [SLACK, TEAMS])
def test_a_ladder_that_ends_in_chat_is_refused(platform: dict[str, str]) -> None:
    assert ways.ends_in_chat(load(None, platform))
    assert not ways.ends_in_chat(load(None, {**platform, **MAIL}))
    assert not ways.ends_in_chat(load(None, {**platform, **PAGER}))


@pytest.mark.parametrize(
    "platform",
    [
        {},
        {**SLACK, "BISTAND_SLACK__API_URL": "http://127.0.0.1:9000/api/"},
        {"BISTAND_TEAMS__ALLOW_ANONYMOUS": "true", "BISTAND_TESTING": "1"},
    ],
)
def test_the_simulator_and_a_platform_of_a_test_need_none(platform: dict[str, str]) -> None:
    assert not ways.ends_in_chat(load(None, platform))


def test_people_are_mailed_where_mail_is_set_and_written_to_in_the_order_of_the_settings(tmp_path: Path) -> None:
    file = tmp_path / "people.yaml"
    file.write_text("people:\n- name: Ana Holm\n  email: Ana@example.org\n  teams: t1\n  slack: s1\n", encoding="utf-8")
    order = {"BISTAND_PEOPLE__FILE": str(file), "BISTAND_LADDER__DETOUR__PLATFORMS": "teams"}
    key = MasterKey(bytes(32))
    (ana,) = wiring.directory(load(None, {**MAIL, **order}), key).people()
    assert ana.mail == "ana@example.org"
    assert [address.platform for address in ana.addresses] == ["teams", "slack"]
    (ana,) = wiring.directory(load(None, {"BISTAND_PEOPLE__FILE": str(file)}), key).people()
    assert ana.mail == ""
    assert [address.platform for address in ana.addresses] == ["slack", "teams"]


async def test_the_settings_reach_the_mail_server_and_the_pager() -> None:
    box, receiver = Postbox(), Receiver()
    async with mail_server(box) as port, serving(receiver) as url:
        mail = {"HOST": "127.0.0.1", "PORT": str(port), "TLS": "none", "SENDER": "bot@example.org", "LINK": mail_link}
        pager = {"URL": url, "SECRET": page_secret}
        environ = {f"BISTAND_MAIL__{name}": value for name, value in mail.items()}
        environ |= {f"BISTAND_PAGER__{name}": value for name, value in pager.items()}
        out = channels_of(environ)
        await out["mail"].send(OWED, "luis@example.org", None, again=False)
        await out["pager"].send(OWED, "on call", None, again=False)
    assert box.senders == ["bot@example.org"]
    assert mail_link in box.arrived[0].get_content()
    assert genuine(receiver, secret=page_secret)
