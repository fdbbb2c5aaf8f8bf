"""Managers and mailboxes: little by little, each kept for a while, and gone without where Graph keeps them back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest

from adapters.teams.looks import MAILBOX_AGAIN, MANAGER_AGAIN, MOST
from adapters.teams.mailbox import NONE, read
from bot.core.people import Absence
from bot.errors import PlatformError
from tests.adapters.teams.tenant import START, Tenant, tenant
from tests.fakes.graph import MAILBOXES

HOUR = timedelta(hours=1)


@pytest.fixture
async def world() -> AsyncIterator[Tenant]:
    async with tenant() as made:
        made.fake.page = 500
        yield made


async def managers(world: Tenant) -> dict[str, str | None]:
    return {id_: one.manager for id_, one in (await world.more()).items() if one.manager is not None}


async def test_managers_are_read_for_those_who_are_wanted(world: Tenant) -> None:
    boss, ana, bo = (world.fake.add(name) for name in ("boss", "ana", "bo"))
    world.fake.managers = {ana: boss, bo: boss}
    assert {one.manager for one in (await world.told()).values()} == {None}
    assert await world.more() == {}
    world.wanted |= {ana, boss, "unknown"}
    assert await managers(world) == {ana: boss, boss: ""}
    assert await world.more() == {}, "nothing new"
    assert world.fake.asked("/manager") == 2
    assert world.fake.asked("$batch") == 1
    world.fake.managers[ana] = bo
    await world.clock.move(MANAGER_AGAIN)
    assert await managers(world) == {ana: bo, boss: ""}
    assert (await world.told())[ana].manager == bo


async def test_a_few_at_a_time_and_those_who_were_never_looked_at_first(world: Tenant) -> None:
    boss = world.fake.add("boss")
    world.wanted.update(world.fake.add(f"u{number}") for number in range(MOST + 3))
    world.fake.managers = dict.fromkeys(world.wanted, boss)
    await world.told()
    assert len(await managers(world)) == MOST
    await world.clock.move(MANAGER_AGAIN - HOUR)
    assert len(await managers(world)) == MOST + 3
    assert world.fake.asked("$batch") == 4
    assert world.clock.waits == []


async def test_whoever_cannot_be_read_keeps_nobody_waiting(world: Tenant) -> None:
    world.wanted.update(world.fake.add(f"u{number}") for number in range(MOST + 1))
    await world.told()
    last = max(world.wanted)
    for id_ in world.wanted - {last}:
        world.fake.fault(id_, 504, times=9)
    assert await managers(world) == {}
    assert await managers(world) == {last: ""}


async def test_when_graph_asks_for_less_nobody_is_looked_at_until_then(world: Tenant) -> None:
    world.wanted.update(world.fake.add(f"u{number}") for number in range(MOST))
    await world.told()
    first, second = sorted(world.wanted)[:2]
    world.fake.fault(first, 429, retry_after="90")
    world.fake.fault(second, 504)
    found = await managers(world)
    assert len(found) == 18
    assert await managers(world) == {}
    assert world.fake.asked("$batch") == 1
    await world.clock.move(timedelta(seconds=90))
    assert len(await managers(world)) == MOST
    world.wanted.add(third := world.fake.add("late"))
    world.fake.fault(third, 429)
    assert await managers(world) != {}, "the new one is told of"
    await world.clock.move(timedelta(seconds=59))
    assert await managers(world) == {}
    await world.clock.move(timedelta(seconds=1))
    assert third in await managers(world)


async def test_what_was_read_before_a_failure_is_not_lost(world: Tenant) -> None:
    world.wanted.update(world.fake.add(f"u{number}") for number in range(MOST))
    await world.told()
    world.fake.fault("$batch", 503, after=1)
    with pytest.raises(PlatformError, match=r"^status_503$"):
        await world.source.more()
    world.wanted.clear()
    assert len(await managers(world)) == 20, "although nothing new was read since"
    assert await managers(world) == {}


async def test_managers_that_graph_keeps_back_stay_as_they_were_known(world: Tenant, log: StringIO) -> None:
    world.wanted.update(world.fake.add(name) for name in ("ana", "bo"))
    await world.told()
    for id_ in world.wanted:
        world.fake.fault(f"{id_}/manager", 403, code="Authorization_RequestDenied")
    assert await world.more() == {}
    assert await world.more() == {}
    assert world.fake.asked("/manager") == 2
    assert log.getvalue().count("graph_keeps_back") == 1


# --- mailboxes ---------------------------------------------------------------------------------------------------


#: A leave without an end in sight.
SINCE, UNTIL = "2026-01-01T00:00:00", "2030-01-01T00:00:00"
LONG = Absence(datetime(2026, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC))


async def test_who_is_away_is_read_for_those_who_are_relied_on(world: Tenant) -> None:
    ana, bo, eva, zoe = (world.fake.add(name) for name in ("ana", "bo", "eva", "zoe"))
    world.fake.replies(ana, "scheduled", "2026-03-05T00:00:00.0000000", "2026-03-09T00:00:00.0000000")
    world.fake.replies(bo, "scheduled", SINCE, UNTIL, own="Romance Standard Time")
    world.fake.replies(eva, "disabled", own="Europe/Copenhagen")
    world.relied_on |= {ana, bo, eva, zoe}
    assert {(one.away, one.timezone) for one in (await world.told()).values()} == {(None, None)}
    found = await world.more()
    scheduled = Absence(datetime(2026, 3, 5, tzinfo=UTC), datetime(2026, 3, 9, tzinfo=UTC))
    assert (found[ana].away, found[ana].timezone) == ((scheduled,), "")
    assert (found[bo].away, found[bo].timezone) == ((LONG,), "Europe/Paris")
    assert (found[eva].away, found[eva].timezone) == ((), "Europe/Copenhagen")
    assert (found[zoe].away, found[zoe].timezone) == ((), ""), "no mailbox"
    await world.clock.move(MAILBOX_AGAIN)
    assert await world.more() == {}
    world.fake.replies(bo, "disabled")
    assert await world.more() == {}
    await world.clock.move(MAILBOX_AGAIN)
    assert (await world.more())[bo].away == ()


async def test_without_the_permission_nobody_stays_away(world: Tenant, log: StringIO) -> None:
    ana, bo = world.fake.add("ana"), world.fake.add("bo")
    for id_ in (ana, bo):
        world.fake.replies(id_, "scheduled", SINCE, UNTIL)
    world.relied_on |= {ana, bo}
    world.fake.kept_back.add(bo)
    await world.told()
    found = await world.more()
    assert (found[ana].away, found[bo].away) == ((LONG,), ())
    world.fake.permissions.discard(MAILBOXES)
    await world.clock.move(MAILBOX_AGAIN)
    assert (await world.more())[ana].away == ()
    assert log.getvalue().count("graph_keeps_back") == 1
    assert "ErrorAccessDenied" in log.getvalue()


async def test_what_people_wrote_in_a_reply_is_nowhere(world: Tenant, log: StringIO) -> None:
    ana = world.fake.add("ana")
    world.fake.replies(ana, "scheduled", SINCE, UNTIL)
    world.relied_on.add(ana)
    await world.told()
    shown = repr(await world.more()) + repr(world.source.__dict__) + log.getvalue()
    assert "Absence" in shown
    assert "ZYKLAMEN" not in shown


def scheduled(start: object, end: object, zone: object = "UTC") -> dict[str, object]:
    def moment(value: object) -> object:
        return {"dateTime": value, "timeZone": zone}

    times = {"scheduledStartDateTime": moment(start), "scheduledEndDateTime": moment(end)}
    return {"automaticRepliesSetting": {"status": "Scheduled", **times}}


@pytest.mark.parametrize(
    ("zone", "hour"),
    [("UTC", 8), ("Romance Standard Time", 7), ("Europe/Copenhagen", 7), ("Pacific Standard Time", 16)],
)
def test_times_in_windows_zones_and_in_others(zone: str, hour: int) -> None:
    found = read(scheduled("2026-03-05T08:00:00.0000000", "2026-03-06T08:00:00", zone))
    start = datetime(2026, 3, 5, hour, tzinfo=UTC)
    assert found.away == (Absence(start, start + timedelta(days=1)),)


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"automaticRepliesSetting": []},
        {"automaticRepliesSetting": {"status": "perhaps"}},
        {"automaticRepliesSetting": {"status": "scheduled"}},
        scheduled("2026-03-05T08:00:00", None),
        scheduled("2026-03-05T08:00:00", "2026-03-05T08:00:00"),
        scheduled("2026-03-05T08:00:00", "2026-03-04T08:00:00"),
        scheduled("2026-03-05T08:00:00", "2026-03-06T08:00:00", "Customized Time Zone"),
        scheduled("2026-03-05T08:00:00", "2026-03-06T08:00:00", None),
        scheduled("0001-01-01T00:00:00", "2026-03-06T08:00:00", "Asia/Tokyo"),
        scheduled("yesterday", "tomorrow"),
    ],
)
def test_what_is_not_understood_is_nobody_away(settings: dict[str, object]) -> None:
    assert read(settings) == NONE


def test_a_schedule_that_ended_is_no_longer_being_away() -> None:
    found = read(scheduled("2026-02-05T08:00:00", "2026-02-06T08:00:00"))
    assert not any(one.covers(START) for one in found.away)


def test_who_never_turns_the_replies_off_is_not_away() -> None:
    assert read({"automaticRepliesSetting": {"status": "alwaysEnabled"}}) == NONE
