"""While a platform is down: one lane tries it, and what waits meanwhile goes as it stands then."""

from __future__ import annotations

import asyncio
from datetime import datetime
from io import StringIO

from bot.cases.case import Status
from bot.core.events import Chose, Started
from bot.errors import ChannelDown, PlatformError
from bot.runtime.owed import Owed, Post
from bot.simulation.screens import PLATFORM
from tests.runtime.channels import Wire
from tests.runtime.conftest import Houses
from tests.runtime.making import START
from tests.runtime.town import ANA, LUIS, MINUTE, Town, Towns, alerts, person, report, send_it


async def test_one_lane_tries_a_platform_that_is_down(town: Towns) -> None:
    built = await town()
    built.shut(PLATFORM)
    names = ("Ana", "Bo", "Eva", "Sara", "Jonas")
    for number, name in enumerate(names):
        event = Started(f"e{number}", built.house.clock.now(), person(name), PLATFORM, "report")
        await built.house.service.take(event)
    await built.house.service.quiet()
    first = len(built.sky.tried)
    await built.wait(60)
    probes = len(built.sky.tried) - first
    assert 10 <= probes <= 25, "every five minutes at the last, however many wait"
    built.sky.down.clear()
    await built.wait(5)
    for name in names:
        assert len(built.got(PLATFORM, person(name))) == 2


async def test_what_was_closed_while_the_chat_was_down_is_shown_without_its_buttons(
    town: Towns,
) -> None:
    built = await town("mail")
    await report(built)
    built.shut(PLATFORM)
    await send_it(built)
    await built.wait(12)
    stage = built.stage
    await built.house.service.take(stage.event(ANA, "withdraw"))
    await built.house.service.take(stage.event(ANA, "yes"))
    assert (await built.case())[0] is Status.WITHDRAWN
    built.sky.down.clear()
    await built.wait(6)
    (post,) = alerts(built.got(PLATFORM, LUIS))
    assert isinstance(post.wish, Post)
    assert post.wish.message.choices == ()
    shown = [each.message for each in built.house.screens.of(LUIS)]
    assert all(message.choices == () for message in shown)


async def waiting_mail(town: Towns) -> Town:
    """The chat is down, and the mail that says so waits for its server."""
    built = await town("mail")
    await report(built)
    built.shut(PLATFORM)
    built.sky.down["mail"] = PlatformError("451", retry_after=3600)
    await send_it(built)
    await built.wait(15)
    assert ("mail", LUIS) in built.sky.tried
    return built


async def test_a_mail_that_waits_goes_with_its_alert_when_that_is_closed(town: Towns) -> None:
    built = await waiting_mail(town)
    await built.house.service.take(built.stage.event(ANA, "withdraw"))
    await built.house.service.take(built.stage.event(ANA, "yes"))
    del built.sky.down["mail"]
    await built.wait(70)
    assert built.got("mail", LUIS) == []


async def test_a_mail_that_waits_goes_when_its_alert_arrives(town: Towns) -> None:
    built = await waiting_mail(town)
    built.sky.down.clear()
    await built.wait(30)
    assert len(alerts(built.got(PLATFORM, LUIS))) == 1
    await built.wait(60)
    assert built.got("mail", LUIS) == []


async def test_while_one_tries_no_other_does(houses: Houses) -> None:
    """The one who tries may wait long for an answer."""
    down, trying, go = True, [0], asyncio.Event()

    class Slow(Wire):
        async def send(self, owed: Owed, chat: str, handle: str | None, *, again: bool) -> str:
            if down and len(trying) < 2:
                trying.append(0)
                raise ChannelDown("failed_503")
            trying[0] += 1
            await go.wait()
            return await super().send(owed, chat, handle, again=again)

    house = await houses(Slow())
    for number, name in enumerate(("Ana", "Bo", "Eva")):
        await house.service.take(Started(f"e{number}", START, person(name), PLATFORM, "report"))
        await house.service.quiet()
    await house.clock.move(5 * MINUTE)
    for _ in range(200):
        await asyncio.sleep(0)
    await house.clock.move(5 * MINUTE)
    for _ in range(200):
        await asyncio.sleep(0)
    assert trying[0] == 1
    go.set()
    await house.service.quiet()
    assert isinstance(house.channel, Slow)
    assert len(house.channel.arrived) == 6


async def test_a_message_behind_its_question_in_one_batch_is_not_lost(town: Towns) -> None:
    """A change right behind its message finds it, though the receipt is not written yet."""
    built = await town()
    stage = built.stage
    await stage.line(ANA, "report")
    built.shut(PLATFORM)
    token = next(s.message.token for s in reversed(built.house.screens.of(ANA)) if s.message.token is not None)
    await built.house.service.take(Chose("a", START, ANA, PLATFORM, token, ("no",)))
    await built.house.service.take(stage.event(ANA, "back"))
    await built.house.service.take(stage.event(ANA, "no"))
    built.sky.down.clear()
    await built.wait(1)
    asking = [s.message for s in built.house.screens.of(ANA) if s.message.choices and not s.removed]
    assert len(asking) == 1, "each question that was answered lost its buttons"


async def test_a_channel_kind_never_holds_words(log: StringIO) -> None:
    assert ChannelDown("Ana writes: he said…").reason == "other"
    assert ChannelDown("failed_503").reason == "failed_503"
    assert isinstance(START, datetime)
