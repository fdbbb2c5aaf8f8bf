"""What an operator is told of the app in Slack: each thing that can be wrong, with its remedy, and no secret."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.access import new_client
from adapters.slack.doctor import address_check, app_checks, chat_check, rendered_checks
from adapters.slack.manifest import SCOPES
from bot.runtime.checks import Check
from tests.adapters.slack.conftest import Leaping
from tests.fakes.slack.workspace import FakeSlack
from tests.fakes.slack_bot import form, section


def wrong(found: Sequence[Check]) -> list[str]:
    return [check.text for check in found if not check.well]


@pytest.fixture(autouse=True)
def least(fake: FakeSlack) -> None:
    fake.tokens[fake.bot_token]["scopes"] = set(SCOPES)


async def test_an_app_that_is_well(fake: FakeSlack, client: AsyncWebClient, clock: Leaping) -> None:
    found = await app_checks(client, clock, fake.app_token)
    assert [str(check) for check in found] == [
        "ok: Slack answers. The workspace is Fake Co (T0FAKE001): its full members count.",
        "ok: the app has its scopes.",
        "ok: Slack opens a socket: Slack's events will come in.",
    ]
    assert not [text for text in map(str, found) if fake.bot_token in text or fake.app_token in text]


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ({"error": "invalid_auth"}, "Slack does not know slack.bot_token. Slack shows it under OAuth & Permissions"),
        ({"error": "account_inactive"}, "the app is no longer installed."),
        ({"error": "token_revoked"}, "slack.bot_token was revoked."),
        ({"error": "something_new"}, "Slack refuses slack.bot_token: something_new."),
        ({"kind": "http", "status": 503}, "127.0.0.1:{port} does not answer (status_503)."),
        ({"kind": "drop", "times": 9}, "127.0.0.1:{port} does not answer (no_answer)."),
    ],
)
async def test_a_token_that_does_not_work(
    fake: FakeSlack, client: AsyncWebClient, clock: Leaping, fault: dict[str, Any], said: str
) -> None:
    fake.fault("auth.test", **fault)
    (one,) = wrong(await app_checks(client, clock, fake.app_token))
    assert one.startswith(said.format(port=fake.port))


async def test_a_token_of_a_person_or_of_a_whole_organisation(fake: FakeSlack, clock: Leaping) -> None:
    fake.bot_id = ""
    client = new_client(fake.bot_token, fake.api_url)
    assert wrong(await app_checks(client, clock, None))[0].startswith("slack.bot_token is a person's, not the bot's.")


async def test_scopes_that_are_missing_and_that_are_too_many(
    fake: FakeSlack, client: AsyncWebClient, clock: Leaping
) -> None:
    fake.tokens[fake.bot_token]["scopes"] = {*SCOPES, "reactions:write"} - {"im:write", "users:read.email"}
    assert wrong(await app_checks(client, clock, None)) == [
        (
            f"the app lacks scopes: im:write ({SCOPES['im:write']}); users:read.email ({SCOPES['users:read.email']}). "
            "Add them under OAuth & Permissions, Bot Token Scopes, and install the app again."
        )
    ]
    fake.tokens[fake.bot_token]["scopes"] = {*SCOPES, "reactions:write"}
    found = await app_checks(client, clock, None)
    assert found[1].well
    assert found[1].text.endswith("It does not need these: reactions:write.")


async def test_a_socket_that_does_not_open(fake: FakeSlack, client: AsyncWebClient, clock: Leaping) -> None:
    (one,) = wrong(await app_checks(client, clock, "xapp-other"))
    assert one.startswith("Slack does not know slack.app_token.")
    (one,) = wrong(await app_checks(client, clock, fake.bot_token))
    assert one.startswith("slack.app_token is another kind of token.")
    fake.fault("apps.connections.open", error="socket_is_off")
    (one,) = wrong(await app_checks(client, clock, fake.app_token))
    assert one == "Slack opens no socket: socket_is_off. Is Socket Mode on in the app's settings?"


async def test_tokens_of_two_apps(fake: FakeSlack, client: AsyncWebClient, clock: Leaping) -> None:
    """The commonest mix-up: everything opens, and no event ever comes."""
    fake.app_token = "xapp-1-A0OTHER99-123-abc"
    (one,) = wrong(await app_checks(client, clock, fake.app_token))
    assert one == "slack.app_token is of another app (A0OTHER99) than slack.bot_token (A0FAKE001). Take both from one."
    fake.app_token = "xapp-1-A0FAKE001-123-abc"
    assert wrong(await app_checks(client, clock, fake.app_token)) == []


async def test_whether_messages_are_taken_is_seen_by_nobody(
    fake: FakeSlack, client: AsyncWebClient, clock: Leaping
) -> None:
    ana = fake.add_user("ana").uid
    assert (await chat_check(client, clock, ana)).well
    assert fake.scheduled == {}
    assert fake.who_sees("check") == set()
    fake.messages_enabled = False
    found = await chat_check(client, clock, ana)
    assert not found.well
    assert found.text.startswith("the app takes no messages. Under App Home, Show Tabs, switch on the Messages Tab")
    fake.fault("conversations.open", error="missing_scope")
    assert (await chat_check(client, clock, ana)).text == "Slack takes no message of the bot's: missing_scope."


def test_by_http_the_address_is_told() -> None:
    found = address_check("127.0.0.1", 8080)
    assert found.well
    assert "https://YOUR-NAME/slack/events, which must lead to http://127.0.0.1:8080/slack/events" in found.text


async def test_slack_judges_what_is_shown(fake: FakeSlack, client: AsyncWebClient, clock: Leaping) -> None:
    well = [("a form", form()), ("a message", [section("hello")])]
    assert [str(one) for one in await rendered_checks(client, clock, well)] == [
        "ok: Slack can show everything that was given to it (2)."
    ]
    broken = form(title={"type": "plain_text", "text": "x" * 25})
    fake.fault("blocks.validate", error="internal_error", after=2)
    found = wrong(await rendered_checks(client, clock, [("a form", broken), *well]))
    assert len(found) == 2
    assert found[0].startswith("a form: Slack cannot show it: ")
    assert "/title/text failed_constraint" in found[0]
    assert found[0].endswith("failed_constraint. Please report this to us.")
    assert found[1] == "a message: Slack does not say whether it can be shown: internal_error."
    assert "x" * 25 not in found[0]
