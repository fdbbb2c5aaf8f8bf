"""Who is in the workspace, as the join gets it: whole or not at all, managers little by little."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.people import AT_ONCE, LOOK_AGAIN, PAGE, SLACKBOT, SlackAccounts
from bot.errors import PlatformError
from bot.runtime.accounts import Account, AccountKind
from tests.adapters.slack.conftest import Leaping
from tests.fakes.slack.workspace import FakeSlack

HOME, AWAY = "T0FAKE001", "T0OTHER01"


@pytest.fixture
def source(client: AsyncWebClient, clock: Leaping, wanted: set[str]) -> SlackAccounts:
    return SlackAccounts(client, clock, lambda: wanted)


@pytest.fixture
def wanted() -> set[str]:
    return set()


async def told(source: SlackAccounts) -> dict[str, Account]:
    return {one.id: one for one in await source.accounts()}


async def managers(source: SlackAccounts) -> dict[str, str | None]:
    return {one.id: one.manager for one in await source.more() if one.manager is not None}


async def test_everybody_is_told_as_what_they_are(fake: FakeSlack, source: SlackAccounts) -> None:
    ana = fake.add_user("ana", email="Ana@Example.com", locale="da-DK", tz="Europe/Copenhagen").uid
    gone = fake.add_user("gone", deleted=True).uid
    guest, one_channel = fake.add_user("g", is_restricted=True).uid, fake.add_user("s", is_ultra_restricted=True).uid
    found = await told(source)
    assert found[ana] == Account(
        "slack", HOME, ana, ("Ana@Example.com",), home=True, language="da", timezone="Europe/Copenhagen"
    )
    assert not found[gone].active
    assert {found[one].kind for one in (guest, one_channel)} == {AccountKind.GUEST}
    assert (found[fake.bot_user].kind, found[fake.bot_user].emails) == (AccountKind.BOT, ())
    assert fake.calls("users.list")[0][0].keys() == {"limit", "include_locale"}


async def test_strangers_are_of_their_own_workspace(fake: FakeSlack, source: SlackAccounts) -> None:
    fake.add_user("unseen", team_id=AWAY)
    stranger = fake.add_user("mona", team_id=AWAY, email="ana@example.com").uid
    fake.add_channel("shared", ["mona"])
    of_both = fake.add_user("grid", team_id=AWAY, enterprise_user={"teams": [HOME, AWAY]}).uid
    fake.add_channel("grid", ["grid"])
    found = await told(source)
    assert (found[stranger].tenant, found[stranger].home) == (AWAY, False)
    assert (found[of_both].tenant, found[of_both].home) == (HOME, True)
    assert len(found) == 3


@pytest.mark.parametrize(
    ("said", "language", "timezone"),
    [
        ({"locale": "de-DE", "tz": "Europe/Berlin"}, "de", "Europe/Berlin"),
        ({"locale": "en-US", "tz": "Mars/Olympus"}, "", ""),
        ({"locale": None, "tz": None}, "", ""),
        ({"uid": SLACKBOT}, "", "Europe/London"),
    ],
)
async def test_what_slack_says_or_does_not(
    fake: FakeSlack, source: SlackAccounts, said: dict[str, Any], language: str, timezone: str
) -> None:
    uid = fake.add_user("ana", **said).uid
    found = (await told(source))[uid]
    assert (found.language, found.timezone) == (language, timezone)
    assert (found.kind is AccountKind.BOT) == (uid == SLACKBOT)


async def test_many_pages_and_slacks_pace(fake: FakeSlack, source: SlackAccounts, clock: Leaping) -> None:
    """22 pages are more than the 20 that Slack gives a minute: the rest is waited for."""
    for number in range(21 * PAGE):
        fake.add_user(f"u{number}")
    found = await told(source)
    assert len(found) == 21 * PAGE + 1
    assert len([answer for _, answer in fake.calls("users.list") if answer["ok"]]) == 22
    assert clock.waits == [60.0]


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ({"kind": "http", "status": 503}, "status_503"),
        ({"kind": "error", "error": "fatal_error"}, "fatal_error"),
        ({"kind": "drop", "times": 9}, "no_answer"),
        ({"kind": "ratelimit", "retry_after": 30, "times": 9}, "ratelimited"),
        ({"kind": "ratelimit", "retry_after": 3600}, "ratelimited"),
    ],
)
async def test_half_a_list_is_none(fake: FakeSlack, source: SlackAccounts, fault: dict[str, Any], said: str) -> None:
    for number in range(PAGE):
        fake.add_user(f"u{number}")
    fake.fault("users.list", after=1, **fault)
    with pytest.raises(PlatformError, match=f"^{said}$"):
        await source.accounts()
    assert await source.more() == ()
    fake.faults.clear()
    assert len(await told(source)) == PAGE + 1


async def test_a_revoked_token_is_an_error(fake: FakeSlack, source: SlackAccounts) -> None:
    fake.revoke()
    with pytest.raises(PlatformError, match=r"^token_revoked$"):
        await source.accounts()


async def test_managers_are_read_for_those_who_are_wanted(
    fake: FakeSlack, source: SlackAccounts, wanted: set[str], clock: Leaping
) -> None:
    boss = fake.add_user("boss").uid
    ana, bo = fake.add_user("ana", manager="boss").uid, fake.add_user("bo", manager="boss").uid
    assert {one.manager for one in await source.accounts()} == {None}
    assert await source.more() == ()
    wanted |= {ana, boss, "U0UNKNOWN"}
    assert await managers(source) == {ana: boss, boss: ""}
    assert await source.more() == (), "nothing new"
    assert {a["user"] for a, _ in fake.calls("users.profile.get")} == {ana, boss}
    assert len(fake.calls("team.profile.get")) == 1
    fake.users[ana]["profile"]["fields"]["Xf0MANAGER"]["value"] = f"{bo},{boss}"
    clock.leap(LOOK_AGAIN)
    assert await managers(source) == {ana: bo, boss: ""}
    assert len(fake.calls("team.profile.get")) == 1
    assert (await told(source))[ana].manager == bo


async def test_a_few_at_a_time_and_those_who_were_never_looked_at_first(
    fake: FakeSlack, source: SlackAccounts, wanted: set[str], clock: Leaping
) -> None:
    fake.add_user("boss")
    everybody = [fake.add_user(f"u{number}", manager="boss").uid for number in range(AT_ONCE + 3)]
    await source.accounts()
    wanted.update(everybody)
    assert len(await managers(source)) == AT_ONCE
    clock.leap(LOOK_AGAIN)
    assert len(await managers(source)) == AT_ONCE + 3
    assert clock.waits == []


async def test_what_was_read_before_a_failure_is_not_lost(
    fake: FakeSlack, source: SlackAccounts, wanted: set[str]
) -> None:
    boss = fake.add_user("boss").uid
    wanted |= {fake.add_user(name, manager="boss").uid for name in ("ana", "bo")}
    await source.accounts()
    fake.fault("users.profile.get", "error", error="internal_error", after=1)
    with pytest.raises(PlatformError, match=r"^internal_error$"):
        await source.more()
    assert list((await managers(source)).values()) == [boss, boss]


async def test_whose_profile_cannot_be_seen_has_no_manager(
    fake: FakeSlack, source: SlackAccounts, wanted: set[str]
) -> None:
    fake.add_user("boss")
    ana = fake.add_user("ana", manager="boss").uid
    await source.accounts()
    wanted.add(ana)
    fake.fault("users.profile.get", "error", error="user_not_visible")
    assert await managers(source) == {ana: ""}
    source.changed(ana)
    fake.users[ana]["profile"]["fields"] = []  # so Slack writes "none"
    assert await source.more() == ()


@pytest.mark.parametrize(("name", "found"), [(" manager", True), ("xf0manager", True), ("Team lead", False)])
async def test_the_field_is_named_by_label_or_id(
    fake: FakeSlack, client: AsyncWebClient, clock: Leaping, log: StringIO, name: str, found: bool
) -> None:
    boss = fake.add_user("boss").uid
    ana = fake.add_user("ana", manager="boss").uid
    source = SlackAccounts(client, clock, lambda: {ana}, name)
    await source.accounts()
    assert await managers(source) == ({ana: boss} if found else {})
    assert await managers(source) == {}
    assert len(fake.calls("team.profile.get")) == 1
    assert ("no_manager_field" in log.getvalue()) is not found
    clock.leap(LOOK_AGAIN)
    await source.more()
    assert len(fake.calls("team.profile.get")) == (1 if found else 2)


async def test_without_the_scope_there_are_no_managers(
    fake: FakeSlack, source: SlackAccounts, wanted: set[str]
) -> None:
    wanted.add(fake.add_user("ana").uid)
    await source.accounts()
    fake.tokens[fake.bot_token]["scopes"].discard("users.profile:read")
    assert await source.more() == ()
    assert await source.more() == ()
    fake.tokens[fake.bot_token]["scopes"].add("users.profile:read")


async def test_who_changed_is_read_again(fake: FakeSlack, source: SlackAccounts, wanted: set[str]) -> None:
    source.changed("U0EARLY")
    assert await source.more() == (), "before the first list there is nothing to add to"
    ana, gone = fake.add_user("ana").uid, fake.add_user("gone").uid
    wanted.add(ana)
    before = await told(source)
    assert await managers(source) == {ana: ""}
    fake.users[ana]["deleted"] = True
    fake.users[ana]["profile"]["fields"]["Xf0MANAGER"] = {"value": gone, "alt": ""}
    new = fake.add_user("new").uid
    for uid in (ana, new, gone, "U0NOBODY"):
        source.changed(uid)
    fake.fault("users.info", "error", error="internal_error")
    with pytest.raises(PlatformError):
        await source.more()
    after = {one.id: one for one in await source.more()}
    assert after[ana] == replace(before[ana], active=False, manager=gone)
    assert new in after
    assert await source.more() == ()
    source.changed(new)
    await source.accounts()
    calls = len(fake.calls("users.info"))
    assert await source.more() == ()
    assert len(fake.calls("users.info")) == calls, "the whole list has told of them"


async def test_a_change_is_not_forgotten_when_the_list_fails(fake: FakeSlack, source: SlackAccounts) -> None:
    ana = fake.add_user("ana").uid
    await source.accounts()
    fake.users[ana]["is_restricted"] = True
    source.changed(ana)
    fake.fault("users.list", "error", error="internal_error")
    with pytest.raises(PlatformError):
        await source.accounts()
    assert {one.id: one.kind for one in await source.more()}[ana] is AccountKind.GUEST


async def test_a_list_without_an_end_is_given_up(
    fake: FakeSlack, client: AsyncWebClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.slack.people.MOST_PAGES", 1)
    for number in range(PAGE):
        fake.add_user(f"u{number}")
    with pytest.raises(PlatformError, match=r"^endless_list$"):
        await SlackAccounts(client, Leaping()).accounts()


async def test_nobody_waits_longer_than_the_clock_says(fake: FakeSlack, source: SlackAccounts, clock: Leaping) -> None:
    fake.fault("users.list", "ratelimit", retry_after=12, times=2)
    await source.accounts()
    assert clock.waits == [12.0, 12.0]
    assert clock.now() - timedelta(seconds=24) == clock.now().replace(minute=30, second=0)
