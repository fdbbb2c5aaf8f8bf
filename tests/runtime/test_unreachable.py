"""Somebody who cannot be reached, for good: they are told on another way, or the next one is asked."""

from __future__ import annotations

from dataclasses import replace

from bot.cases.case import Status
from bot.core.events import Started
from bot.core.people import People
from bot.errors import PlatformError
from bot.runtime.owed import Owed
from bot.simulation.screens import PLATFORM
from tests.runtime.talks import talk
from tests.runtime.town import ANA, KIM, LUIS, MINUTE, SECOND, Towns, alerts, person, report, send_it


async def test_a_mailbox_that_is_gone_rings_the_pager_at_once(town: Towns) -> None:
    built = await town("mail", "pager")
    built.sky.blocked.add((LUIS, "mail"))
    await report(built)
    built.shut(PLATFORM)
    await send_it(built)
    await built.wait(10)
    assert len(built.wires["pager"].arrived) == 1
    assert await built.case() == (Status.OPENED, LUIS, 1)


async def test_who_blocked_the_bot_is_passed_over_at_once_and_from_then_on(town: Towns) -> None:
    built = await town("mail")
    built.sky.blocked.add((LUIS, PLATFORM))
    await report(built)
    await send_it(built)
    assert (await built.case())[1] == KIM
    assert built.wires["mail"].arrived == []
    people = built.house.service._reached.people()
    luis = people.get(LUIS)
    assert luis is not None
    assert not luis.reachable
    await built.house.again()
    luis = built.house.service._reached.people().get(LUIS)
    assert luis is not None
    assert not luis.reachable, "it is kept"
    built.sky.blocked.clear()
    await built.house.service.take(Started("luis", built.house.clock.now() + MINUTE, LUIS, PLATFORM, "report"))
    await built.wait(1)
    luis = built.house.service._reached.people().get(LUIS)
    assert luis is not None
    assert luis.reachable, "a message that arrives heals it"


async def test_a_blocked_chat_is_one_address_the_next_one_has_the_alert(town: Towns) -> None:
    built = await town(SECOND)
    built.sky.blocked.add((LUIS, PLATFORM))
    await report(built)
    await send_it(built)
    assert await built.case() == (Status.ALERTED, LUIS, 1)
    assert len(alerts(built.got(SECOND, LUIS))) == 1
    built.sky.blocked.add((LUIS, SECOND))


async def test_without_any_address_left_the_next_rung_is_asked(town: Towns) -> None:
    built = await town(SECOND)
    built.sky.blocked |= {(LUIS, PLATFORM), (LUIS, SECOND)}
    await report(built)
    await send_it(built)
    assert await built.case() == (Status.ALERTED, KIM, 2)


async def test_an_alert_that_the_platform_will_not_take_goes_another_way_too(town: Towns) -> None:
    """Whatever holds it up: here the platform takes every message but this one."""
    built = await town(SECOND)

    def weather(row: Owed) -> None:
        if row.awaited and row.to == LUIS:
            raise PlatformError("msg_too_odd")

    built.wires[PLATFORM].before = weather
    await report(built)
    await send_it(built)
    await built.wait(9)
    assert await built.case() == (Status.OPENED, LUIS, 1)
    await built.wait(1)
    assert await built.case() == (Status.ALERTED, LUIS, 1)
    assert len(alerts(built.got(SECOND, LUIS))) == 1
    assert built.house.service.down() == {}


async def test_what_waits_for_somebody_who_is_excluded_by_now_is_never_sent(town: Towns) -> None:
    """While the platform is down the chart changes: who was alerted reports to the accused now."""
    built = await town("mail")
    lines = ("report", "[No]", "[Tell what has happened and get help]", "[It is about me]", "[A colleague]")
    told = ("Bo Winther", "[My manager]", "{kinds: messages | story: x}", "skip", "[None of these]", "2")
    await talk(built.stage, ANA, (*lines, *told, "[No]", "skip", "[Here in the chat]"))
    built.shut(PLATFORM, "mail")
    await send_it(built)
    await built.wait(12)
    assert (await built.case())[:2] == (Status.OPENED, LUIS)
    own = built.house.setting
    chart = {**own.people.by_id, LUIS: replace(own.people.by_id[LUIS], manager=person("Bo"))}
    built.house.setting = replace(own, people=People(chart))
    await built.house.service.take(built.stage.event(ANA, "who can see this?"))
    built.sky.down.clear()
    await built.wait(10)
    assert built.got(PLATFORM, LUIS) == []
    assert built.got("mail", LUIS) == []


async def test_who_has_not_installed_the_bot_is_no_second_address_until_they_do(town: Towns) -> None:
    built = await town(SECOND, "mail", needs_proof=True)
    await report(built)
    built.shut(PLATFORM)
    await send_it(built)
    await built.wait(10)
    assert built.got(SECOND, LUIS) == []
    assert len(built.got("mail", LUIS)) == 1
    await built.house.service.installed(LUIS, SECOND)
    await built.wait(6)
    assert len(alerts(built.got(SECOND, LUIS))) == 1
    await built.house.service.removed(LUIS, SECOND)
    luis = built.house.service._reached.people().get(LUIS)
    assert luis is not None
    assert [address.platform for address in luis.proved] == [PLATFORM]
