"""The manifest: what it declares is what the bot may, and Slack's limits hold."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.errors import SlackApiError

from adapters.slack.manifest import EVENTS, SCOPES, manifest, request_url
from tests.fakes.slack.errors import ClientBlocked
from tests.fakes.slack.methods import METHODS
from tests.fakes.slack_world import world

#: What the bot calls. A method more needs its scope here and in the manifest.
CALLED = (
    "auth.test", "chat.postMessage", "chat.update", "chat.delete", "conversations.history", "conversations.open",
    "files.info", "files.getUploadURLExternal", "files.completeUploadExternal", "team.profile.get", "users.info",
    "users.list", "users.profile.get", "views.open", "views.push", "views.update", "views.publish",
)  # fmt: skip


def shown(**more: str) -> Any:
    return manifest(**more)


def test_socket_mode_names_no_address() -> None:
    made = shown()
    assert made["settings"]["socket_mode_enabled"]
    assert "url" not in str(made)
    assert made["features"]["app_home"] == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }
    assert {s["callback_id"]: s["type"] for s in made["features"]["shortcuts"]} == {
        "report_incident": "global",
        "report_message": "message",
    }
    assert not made["settings"]["token_rotation_enabled"]
    assert not made["settings"]["org_deploy_enabled"]


def test_by_http_all_comes_to_one_address() -> None:
    url = "https://bistand.example.org/slack/events"
    made = shown(address="https://bistand.example.org/")
    settings = made["settings"]
    assert not settings["socket_mode_enabled"]
    assert settings["event_subscriptions"]["request_url"] == url
    assert settings["interactivity"] == {"is_enabled": True, "request_url": url, "message_menu_options_url": url}
    assert [c["url"] for c in made["features"]["slash_commands"]] == [url]
    assert request_url(url) == url
    assert request_url("https://example.org/help") == "https://example.org/help/slack/events"


@given(st.text(min_size=1, max_size=35))
def test_slacks_limits_hold(name: str) -> None:
    """The lengths are those of Slack's own schema of manifests."""
    made = shown(name=name)
    told = made["display_information"]
    assert told["name"] == made["features"]["bot_user"]["display_name"] == name
    assert len(told["description"]) <= 140
    assert 175 <= len(told["long_description"]) <= 4000
    for shortcut in made["features"]["shortcuts"]:
        assert len(shortcut["name"]) <= 24
        assert len(shortcut["description"]) <= 150
    (command,) = made["features"]["slash_commands"]
    assert len(command["command"]) <= 32


def test_the_scopes_are_those_that_are_needed() -> None:
    needed = {"app_mentions:read", "commands", "users:read.email"}  # of an event, of the shortcuts, of a field
    for name in CALLED:
        scopes = METHODS[name].scopes
        assert not scopes or set(scopes) & SCOPES.keys(), name
        needed |= set(scopes) & SCOPES.keys()
    assert needed == SCOPES.keys()


async def test_what_it_declares_works_and_nothing_else_does() -> None:
    async with world("socket", manifest=shown()) as w:
        assert (await w.client.users_list())["members"]
        assert (await w.client.auth_test()).headers["X-OAuth-Scopes"].split(",") == sorted(SCOPES)
        with pytest.raises(SlackApiError, match="missing_scope"):
            await w.client.reactions_add(channel="C1", name="eyes", timestamp="1.1")
        with pytest.raises(ClientBlocked, match="not declared"):
            await w.ana.shortcut("report")
        with pytest.raises(ClientBlocked, match="valid command"):
            await w.ana.command("/report")
        await w.ana.dm("hello")
        await w.ana.home()
        await w.settle()
        assert "You said: hello" in w.ana.screen()
        assert not [e for e in w.fake.log if e["kind"] == "not_subscribed"]
        channel = w.fake.add_channel("all", ["ana"])
        await w.ana.post(channel, "hello all")
        assert [e["event"] for e in w.fake.log if e["kind"] == "not_subscribed"] == ["message.channels"]
    assert sorted(EVENTS) == list(EVENTS)
    assert sorted(SCOPES) == list(SCOPES)


def test_the_docs_name_each_scope() -> None:
    told = (Path(__file__).parents[3] / "docs" / "slack.md").read_text(encoding="utf-8")
    table = [line.split("|")[1] for line in told.splitlines() if line.startswith("| `")]
    assert sorted(re.findall(r"`([a-z_:.]+)`", "".join(table))) == sorted(SCOPES)
