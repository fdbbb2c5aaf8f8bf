"""Who is in the tenant, as the join gets it: whole or not at all, then by changes; without Graph, by the chats."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest

from adapters.directory.join import Allowed, Roll, join
from adapters.teams.people import LIST_AGAIN
from bot.core.people import PersonId
from bot.errors import PlatformError
from bot.runtime.accounts import Account, AccountKind, Held, Standing
from tests.adapters.teams.tenant import START, Tenant, tenant
from tests.fakes.graph import TENANT, USERS
from tests.fakes.graph_tenant import LASTS

OTHER = "99999999-9999-4999-8999-999999999999"
DELTA = "/users/delta"


@pytest.fixture
async def world() -> AsyncIterator[Tenant]:
    async with tenant() as made:
        yield made


def met(id_: str, *emails: str, tenant: str = TENANT, kind: AccountKind = AccountKind.MEMBER) -> Account:
    return Account("teams", tenant, id_, emails, kind, home=tenant == TENANT)


async def test_everybody_is_told_as_what_they_are(world: Tenant) -> None:
    add = world.fake.add
    ana = add("ana", mail="Ana@Example.org", userPrincipalName="ana@corp.example.org", preferredLanguage="da-DK")
    plain = add("plain", userType=None, accountEnabled=None, mail=None)
    gone, guest = add("gone", accountEnabled=False), add("guest", userType="Guest")
    turned = add("turned", userPrincipalName="turned_example.com#ext#@corp.onmicrosoft.com")
    found = await world.told()
    assert found[ana] == Account(
        "teams",
        TENANT,
        ana,
        ("Ana@Example.org", "ana@corp.example.org"),
        home=True,
        language="da",
        timezone=None,
    )
    assert (found[plain].kind, found[plain].active) == (AccountKind.MEMBER, True)
    assert found[plain].emails == ("plain@example.org",)
    assert not found[gone].active
    assert {found[one].kind for one in (guest, turned)} == {AccountKind.GUEST}
    assert all(one.home and one.tenant == TENANT for one in found.values())


async def test_addresses_that_people_write_themselves_are_not_asked_for(world: Tenant) -> None:
    ana = world.fake.add("ana", otherMails=["boss@example.org"], proxyAddresses=["smtp:boss@example.org"])
    assert (await world.told())[ana].emails == ("ana@example.org",)
    assert not [one for one in world.fake.calls if "otherMails" in one or "proxy" in one or "displayName" in one]


async def test_many_pages(world: Tenant) -> None:
    everybody = {world.fake.add(f"u{number}") for number in range(20)}
    assert (await world.told()).keys() == everybody
    assert world.fake.asked(DELTA) == 7


async def test_changes_are_told_and_nothing_else(world: Tenant) -> None:
    ana, bo = world.fake.add("ana", preferredLanguage="da"), world.fake.add("bo")
    before = await world.told()
    assert await world.more() == {}
    world.fake.change(ana, department="Care")
    assert await world.more() == {}, "nothing that was asked for"
    world.fake.change(ana, mail="ana.holm@example.org")
    world.fake.change(ana, preferredLanguage=None)
    world.fake.change(bo, accountEnabled=False)
    new = world.fake.add("new")
    after = await world.more()
    assert after[ana] == replace(before[ana], emails=("ana.holm@example.org", "ana@example.org"), language="")
    assert (after[bo].active, after[new].active) == (False, True)
    assert await world.more() == {}
    assert await world.told() == after
    assert world.fake.asked("$select") == 1, "everybody was read once"


async def test_the_deleted_are_inactive_until_they_are_restored(world: Tenant) -> None:
    ana, bo, early = world.fake.add("ana"), world.fake.add("bo"), world.fake.add("early")
    world.fake.delete(early)
    before = await world.told()
    assert not before[early].active
    world.fake.delete(ana)
    world.fake.delete(bo, for_good=True)
    after = await world.more()
    assert [after[one].active for one in (ana, bo)] == [False, False]
    assert after[ana].emails == before[ana].emails
    world.fake.restore(ana)
    assert (await world.more())[ana] == before[ana]


async def test_replays_are_no_news(world: Tenant) -> None:
    ana = world.fake.add("ana")
    world.fake.replays = True
    await world.told()
    world.fake.delete(ana)
    assert not (await world.more())[ana].active
    assert await world.more() == {}


@pytest.mark.parametrize("forgotten", ["expired", "reset", "resyncRequired", "gone"])
async def test_changes_that_graph_forgot_are_read_as_a_whole(world: Tenant, forgotten: str) -> None:
    ana = world.fake.add("ana")
    await world.told()
    match forgotten:
        case "reset":
            world.fake.reset()
        case "expired":
            await world.clock.move(LASTS)
        case "gone":
            world.fake.fault("$deltatoken", 410, code="Whatever")
        case code:
            world.fake.fault("$deltatoken", 400, code=code)
    world.fake.change(ana, accountEnabled=False)
    assert not (await world.more())[ana].active
    assert world.fake.asked("$select") == 2
    assert await world.more() == {}


async def test_everybody_is_read_again_after_a_day(world: Tenant) -> None:
    """Whoever is missing then has left, whether or not a change told of it."""
    ana, bo = world.fake.add("ana"), world.fake.add("bo")
    await world.told()
    del world.fake.users[ana]
    assert await world.more() == {}
    await world.clock.move(LIST_AGAIN)
    assert (await world.more()).keys() == {bo}
    assert world.fake.asked("$select") == 2


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ({"status": 503}, "status_503"),
        ({"status": 200, "drop": True, "times": 9}, "no_answer"),
        ({"status": 429, "retry_after": "30", "times": 9, "code": "TooManyRequests"}, "TooManyRequests"),
        ({"status": 200, "body": "<html>Please log in"}, "unreadable"),
        ({"status": 400, "code": "BadRequest"}, "BadRequest"),
    ],
)
async def test_half_a_list_is_none_and_half_the_changes_are_none(
    world: Tenant, fault: dict[str, Any], said: str
) -> None:
    everybody = [world.fake.add(f"u{number}") for number in range(5)]
    world.fake.fault(DELTA, after=1, **fault)
    with pytest.raises(PlatformError, match=f"^{said}$"):
        await world.source.accounts()
    assert await world.more() == {}, "before the first list there is nothing to add to"
    world.fake.faults.clear()
    assert (await world.told()).keys() == set(everybody)
    for one in everybody:
        world.fake.change(one, accountEnabled=False)
    world.fake.fault(DELTA, after=1, **fault)
    with pytest.raises(PlatformError, match=f"^{said}$"):
        await world.source.more()
    world.fake.faults.clear()
    assert not any(one.active for one in (await world.more()).values())


async def test_a_list_that_names_nobody_is_no_answer(world: Tenant) -> None:
    with pytest.raises(PlatformError, match=r"^nobody$"):
        await world.source.accounts()


async def test_a_list_without_an_end_is_given_up(world: Tenant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.teams.people.MOST_PAGES", 1)
    for number in range(4):
        world.fake.add(f"u{number}")
    with pytest.raises(PlatformError, match=r"^endless_list$"):
        await world.source.accounts()


async def test_a_link_that_leads_elsewhere_is_not_followed(world: Tenant) -> None:
    for number in range(4):
        world.fake.add(f"u{number}")
    world.fake.elsewhere = "http://localhost:9"
    with pytest.raises(PlatformError, match=r"^foreign_link$"):
        await world.source.accounts()


async def test_somebody_without_an_id_is_nobody(world: Tenant) -> None:
    world.fake.fault(DELTA, 200, body='{"value": [{"mail": "a@b"}, {"id": "x"}, 3], "@odata.deltaLink": "/"}')
    assert (await world.told()).keys() == {"x"}


# --- without Graph -----------------------------------------------------------------------------------------------


async def test_without_permission_those_count_whom_the_bot_met(world: Tenant, log: StringIO) -> None:
    world.fake.add("unseen")
    world.fake.permissions.clear()
    assert await world.told() == {}
    ana = met("ana", "ana@example.org")
    world.source.learned(ana)
    assert await world.more() == {"ana": ana}
    world.source.learned(ana)
    assert await world.more() == {}
    world.source.learned(replace(ana, active=False))
    assert await world.more() == await world.told() == {"ana": replace(ana, active=False)}
    assert log.getvalue().count("graph_keeps_people_back") == 1
    assert "Authorization_RequestDenied" in log.getvalue()
    assert world.fake.asked(DELTA) == 2, "a whole look asks again, the others do not"


async def test_without_a_graph_too(world: Tenant) -> None:
    source = world.again(None)
    source.learned(met("ana"))
    assert await source.more() == ()
    assert await source.accounts() == [met("ana")]
    assert await source.more() == ()
    assert await source.check() == ()
    assert world.fake.calls == []


async def test_where_graph_tells_only_strangers_are_known_by_their_chats(world: Tenant) -> None:
    """One who was deleted is not kept alive by a chat."""
    ana = world.fake.add("ana")
    stranger, gone = met("s", "sue@partner.org", tenant=OTHER), met("gone", "gone@example.org")
    world.source.learned(gone)
    world.source.learned(stranger)
    assert (await world.told()).keys() == {ana, "s"}
    world.source.learned(met(ana, "boss@example.org"))
    assert (await world.more())[ana].emails == ("ana@example.org",)


async def test_a_permission_that_comes_and_goes(world: Tenant) -> None:
    ana, nobody = world.fake.add("ana"), world.fake.add("nobody")
    world.fake.permissions.discard(USERS)
    world.source.learned(met("met"))
    assert (await world.told()).keys() == {"met"}
    world.fake.permissions.add(USERS)
    assert (await world.told()).keys() == {ana, nobody}
    world.standing.append(Standing("teams", TENANT, ana, PersonId("p"), "ana@example.org", START))
    world.fake.permissions.discard(USERS)
    assert (await world.more()).keys() == {"met", ana}, "an admin's change of mind is nobody's leaving"
    assert await world.more() == {}


ROLL = Roll({f"{name}@example.org": PersonId(name) for name in ("ana", "bo", "eva")}, {"u-eva": PersonId("eva")})
HOME = Allowed({"teams": frozenset({OTHER})}, frozenset())


async def test_after_a_restart_everybody_stands_as_before(world: Tenant) -> None:
    """Held back stays held back: what is not known any more joins nobody."""
    world.fake.permissions.clear()
    first = [
        met("u-ana", "ana@example.org"),
        met("u-bo", "bo@example.org", tenant=OTHER),
        met("u-bo2", "bo@example.org"),
        met("u-two", "ana@example.org", "bo@example.org"),
        met("u-eva", "eva@partner.org", kind=AccountKind.GUEST),
    ]
    before = join(first, ROLL, HOME, (), START)
    assert {one.account: one.held for one in before} == {
        "u-ana": None,
        "u-bo": Held.TWO_ACCOUNTS,
        "u-bo2": Held.TWO_ACCOUNTS,
        "u-two": Held.TWO_PERSONS,
        "u-eva": Held.OUTSIDE,
    }
    world.standing.extend(before)
    later = world.clock.now() + timedelta(days=400)
    source = world.again(world.graph)
    after = join(await source.accounts(), ROLL, HOME, before, later)
    assert set(after) == {one for one in before if one.account != "u-two"}
    source.learned(met("u-new", "nobody@example.org"))
    assert set(join(await source.accounts(), ROLL, HOME, after, later)) == set(after)


async def test_whoever_left_before_a_restart_has_left(world: Tenant) -> None:
    world.fake.permissions.clear()
    world.standing.append(Standing("teams", TENANT, "u", PersonId("ana"), "ana@example.org", START, until=START))
    assert await world.told() == {}


async def test_strangers_stand_after_a_restart_where_graph_tells(world: Tenant) -> None:
    ana = world.fake.add("ana")
    for where, id_ in ((OTHER, "s"), (TENANT, "deleted")):
        world.standing.append(Standing("teams", where, id_, PersonId(id_), f"{id_}@example.org", START, manager="m"))
    found = await world.told()
    assert found.keys() == {ana, "s"}
    assert (found["s"].home, found["s"].manager) == (False, "m")
