"""Operators are told by mail of an outage that lasts, and of its end."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
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
OPERATOR = frozenset({Office.OPERATOR})
PEOPLE = [
    Person(PersonId("omar"), "Omar", mail="omar@example.org", offices=OPERATOR, language="en"),
    Person(PersonId("rosa"), "Rosa", mail="rosa@example.org", offices=OPERATOR, language="da"),
    Person(PersonId("kim"), "Kim", offices=OPERATOR),  # has no mail
    Person(PersonId("luis"), "Luis", mail="luis@example.org"),
]


class Box:
    """Takes alarms, or refuses them in order."""

    def __init__(self, *refusals: PlatformError) -> None:
        self.taken: list[tuple[str, str, bool]] = []
        self._refusals: Iterator[PlatformError] = iter(refusals)

    async def alarm(self, alarm: Alarm, chat: str, language: str) -> None:
        refusal = next(self._refusals, None)
        if refusal is not None:
            raise refusal
        self.taken.append((chat, language, alarm.over is not None))


class Desk:
    def __init__(self, *refusals: PlatformError) -> None:
        self.box, self.clock = Box(*refusals), MovableClock(NOW)
        town = replace(setting(), people=People({person.id: person for person in PEOPLE}))
        self.operators = Operators(self.box, lambda: town, self.clock)

    async def wait(self, by: timedelta) -> None:
        await self.clock.move(by)
        for _ in range(30):
            await asyncio.sleep(0)


BOTH = [("omar@example.org", "en", False), ("rosa@example.org", "da", False)]


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
    desk = Desk(PersonUnreachable("mailbox"), ChannelDown("unreachable"))
    desk.operators.heard(DOWN)
    await desk.wait(5 * MINUTE)
    assert desk.box.taken == []
    await desk.wait(MINUTE)
    assert desk.box.taken == BOTH[1:]
    desk.operators.heard({})
    await desk.wait(MINUTE)
    assert desk.box.taken[1:] == [("rosa@example.org", "da", True)]


async def test_of_the_mail_itself_nobody_can_be_told_by_mail() -> None:
    desk = Desk()
    desk.operators.heard({"mail": Down(NOW, "login_refused")})
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


@pytest.mark.parametrize("refusals", [21, 30])
async def test_it_gives_up_in_the_end(refusals: int) -> None:
    desk = Desk(*(ChannelDown("unreachable") for _ in range(refusals)))
    desk.operators.heard(DOWN)
    for _ in range(40):
        await desk.wait(5 * MINUTE)
    assert BOTH[0] not in desk.box.taken
    await desk.operators.stop()
