"""Operators are told by mail of an outage that lasts, and of its end."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.core.people import Office, People, Person, PersonId
from bot.errors import ChannelDown, PersonUnreachable, PlatformError
from bot.runtime.clocks import MovableClock
from bot.runtime.operators import Operators
from bot.runtime.owed import Alarm, Down
from tests.runtime.making import setting

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
DOWN = {"slack": Down(NOW, "token_revoked")}
OMAR, ROSA = "omar@example.org", "rosa@example.org"
BOTH = [(OMAR, "en", False), (ROSA, "da", False)]
OPERATOR = frozenset({Office.OPERATOR})
PEOPLE = [
    Person(PersonId("omar"), "Omar", mail=OMAR, offices=OPERATOR, language="en"),
    Person(PersonId("rosa"), "Rosa", mail=ROSA, offices=OPERATOR, language="da"),
    Person(PersonId("kim"), "Kim", offices=OPERATOR),  # has no mail
    Person(PersonId("luis"), "Luis", mail="luis@example.org"),
]


class Box:
    """Takes alarms, or refuses the first of an address."""

    def __init__(self, refusals: Mapping[str, list[PlatformError]]) -> None:
        self.taken: list[tuple[str, str, bool]] = []
        self.alarms: list[Alarm] = []
        self._refusals = {chat: iter(errors) for chat, errors in refusals.items()}

    async def alarm(self, alarm: Alarm, chat: str, language: str) -> None:
        refusal = next(self._refusals.get(chat, iter(())), None)
        if refusal is not None:
            raise refusal
        self.alarms.append(alarm)
        self.taken.append((chat, language, alarm.over is not None))


class Desk:
    def __init__(self, refusals: Mapping[str, list[PlatformError]] | None = None) -> None:
        self.box, self.clock = Box(refusals or {}), MovableClock(NOW)
        town = replace(setting(), people=People({person.id: person for person in PEOPLE}))
        self.operators = Operators(self.box, lambda: town, self.clock)

    async def wait(self, by: timedelta) -> None:
        await self.clock.move(by)
        for _ in range(30):
            await asyncio.sleep(0)


async def test_an_outage_that_lasts_is_told_once_and_its_end_to_those_who_heard() -> None:
    desk = Desk()
    desk.operators.heard(DOWN)
    await desk.wait(4 * MINUTE)
    assert desk.box.taken == []
    desk.operators.heard(DOWN)  # heard again and again, as lanes try
    await desk.wait(MINUTE)
    desk.operators.heard(DOWN)
    await desk.wait(60 * MINUTE)
    assert desk.box.taken == BOTH
    desk.operators.heard({})
    await desk.wait(MINUTE)
    assert desk.box.taken[2:] == [(chat, language, True) for chat, language, _ in BOTH]
    desk.operators.heard({"slack": Down(desk.clock.now(), "timeout")})
    await desk.wait(6 * MINUTE)
    assert desk.box.taken[4:] == BOTH
    await desk.operators.stop()


async def test_what_is_over_soon_is_told_to_nobody() -> None:
    desk = Desk()
    desk.operators.heard(DOWN)
    await desk.wait(4 * MINUTE)
    desk.operators.heard({})
    await desk.wait(10 * MINUTE)
    assert desk.box.taken == []


async def test_a_mail_server_that_rests_is_tried_again_and_an_unknown_mailbox_is_not() -> None:
    """And one operator's trouble holds up nobody else."""
    desk = Desk({OMAR: [PersonUnreachable("mailbox")], ROSA: [ChannelDown("unreachable")]})
    desk.operators.heard(DOWN)
    await desk.wait(5 * MINUTE)
    assert desk.box.taken == []
    await desk.wait(MINUTE)
    assert desk.box.taken == BOTH[1:]
    desk.operators.heard({})
    ended = desk.clock.now()
    await desk.wait(MINUTE)
    assert desk.box.taken[1:] == [(ROSA, "da", True)]
    assert desk.box.alarms[1].over == ended


async def test_what_is_over_is_not_told_late() -> None:
    desk = Desk({OMAR: [ChannelDown("unreachable")] * 3})
    desk.operators.heard(DOWN)
    await desk.wait(5 * MINUTE)
    desk.operators.heard({})
    await desk.wait(60 * MINUTE)
    assert desk.box.taken == [BOTH[1], (ROSA, "da", True)]


@pytest.mark.parametrize("way", ["mail", "pager"])
async def test_of_what_is_beside_the_chat_nobody_is_told(way: str) -> None:
    """It is found out when somebody is called: that somebody was is for nobody else."""
    desk = Desk()
    desk.operators.heard({way: Down(NOW, "refused_401")})
    await desk.wait(10 * MINUTE)
    assert desk.box.taken == []


async def test_without_a_way_nobody_is_told() -> None:
    operators = Operators(None, setting, MovableClock(NOW))
    operators.heard(DOWN)
    operators.heard({})
    await operators.stop()


async def test_a_stop_ends_the_waiting() -> None:
    desk = Desk()
    desk.operators.heard(DOWN)
    await desk.wait(MINUTE)
    await desk.operators.stop()
    await desk.wait(60 * MINUTE)
    assert desk.box.taken == []


async def test_it_gives_up_in_the_end() -> None:
    desk = Desk({OMAR: [ChannelDown("unreachable")] * 30})
    desk.operators.heard(DOWN)
    for _ in range(40):
        await desk.wait(5 * MINUTE)
    assert desk.box.taken == BOTH[1:]
    await desk.operators.stop()
