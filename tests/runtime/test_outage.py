"""A platform that is down: nobody is passed over for it, and the one who is needed hears of it another way."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from io import StringIO

import pytest

from bot.cases.case import Status
from bot.core.events import Chose, Started
from bot.core.levels import Level
from bot.core.people import People, PersonId
from bot.errors import ChannelDown, PersonUnreachable, PlatformError
from bot.runtime.detour import Patience
from bot.runtime.owed import Change, Nudge, Owed, Post
from bot.runtime.ports import Channel
from bot.simulation.screens import PLATFORM, StageChannel
from bot.simulation.stage import Stage
from tests.runtime.channels import Wire
from tests.runtime.conftest import Houses
from tests.runtime.making import START, House, setting
from tests.runtime.talks import REPORT, talk

SECOND = "second"
MINUTE = timedelta(minutes=1)


def person(name: str) -> PersonId:
    return next(p.id for p in setting().people if p.first_name == name)


ANA, LUIS, KIM, VERA = (person(name) for name in ("Ana", "Luis", "Kim", "Vera"))


@dataclass
class Sky:
    """The weather of several platforms: which are down, who cannot be reached where, and what was tried."""

    down: dict[str, Exception] = field(default_factory=dict)
    blocked: set[tuple[PersonId, str]] = field(default_factory=set)
    tried: list[tuple[str, PersonId]] = field(default_factory=list)

    def over(self, platform: str) -> Callable[[Owed], None]:
        def weather(row: Owed) -> None:
            self.tried.append((platform, row.to))
            if platform in self.down:
                raise self.down[platform]
            if (row.to, platform) in self.blocked:
                raise PersonUnreachable("blocked")

        return weather


@dataclass
class Town:
    """A house with several ways out, and a screen for the first."""

    house: House
    sky: Sky
    wires: Mapping[str, Wire]
    stage: Stage

    def got(self, platform: str, to: PersonId) -> list[Owed]:
        return [row for row in self.wires[platform].arrived if row.to == to]

    def shut(self, *platforms: str) -> None:
        self.sky.down.update({platform: ChannelDown("failed_503") for platform in platforms})

    async def wait(self, minutes: int) -> None:
        for _ in range(minutes):
            await self.house.wait(MINUTE)
            while await self.house.service.fire_due():
                await self.house.service.quiet()

    async def case(self) -> tuple[Status, PersonId | None, int]:
        *_, file = await self.house.files()
        return file.case.status, file.case.owner, file.case.rung


class Screen(Wire):
    """A wire that shows on the stage's screens, too."""

    house: House

    async def send(self, owed: Owed, chat: str, handle: str | None, *, again: bool) -> str:
        await super().send(owed, chat, handle, again=again)
        return await StageChannel(self.house.screens).send(owed, chat, handle, again=again)


Towns = Callable[..., Awaitable[Town]]


@pytest.fixture
def town(houses: Houses) -> Towns:
    async def build(*ways: str, sky: Sky | None = None, needs_proof: bool = False) -> Town:
        sky = sky or Sky()
        screen = Screen(before=sky.over(PLATFORM))
        wires = {
            way: Wire(before=sky.over(way), platform=way, needs_proof=needs_proof and way == SECOND) for way in ways
        }
        others: Mapping[str, Channel] = dict(wires)
        house = await houses(screen, others=others)
        screen.house = house
        return Town(house, sky, {PLATFORM: screen, **wires}, house.stage())

    return build


async def report(town: Town) -> None:
    """Ana's report, up to the last press: her own platform works until then."""
    await talk(town.stage, ANA, REPORT[:-1])


async def send_it(town: Town) -> None:
    await town.stage.line(ANA, REPORT[-1])


def alerts(rows: list[Owed]) -> list[Owed]:
    return [row for row in rows if row.awaited]


async def test_two_hours_without_the_chat_climb_no_rung_and_a_mail_says_that_something_waits(
    town: Towns, log: StringIO
) -> None:
    built = await town("mail", "pager")
    await report(built)
    built.shut(PLATFORM)
    await send_it(built)
    await built.wait(9)
    assert built.got("mail", LUIS) == []
    await built.wait(1)
    (mail,) = built.got("mail", LUIS)
    assert isinstance(mail.wish, Nudge)
    await built.wait(110)
    assert await built.case() == (Status.OPENED, LUIS, 1)
    assert len(built.got("mail", LUIS)) == 1
    assert [row for wire in ("mail", "pager") for row in built.wires[wire].arrived] == [mail]
    assert log.getvalue().count("channel_down") == 1
    assert list(built.house.service.down()) == [PLATFORM]
    assert built.house.service.down()[PLATFORM].reason == "failed_503"
    built.sky.down.clear()
    await built.wait(5)
    assert await built.case() == (Status.ALERTED, LUIS, 1)
    assert len(alerts(built.got(PLATFORM, LUIS))) == 1
    assert built.house.service.down() == {}
    assert log.getvalue().count("channel_up") == 1
    (file,) = await built.house.files()
    assert file.case.acknowledge_by is not None
    assert file.case.acknowledge_by > built.house.clock.now(), "the rung's time begins when the alert is there"


async def test_who_was_alerted_before_the_chat_went_down_is_not_passed_over_either(town: Towns) -> None:
    built = await town("mail")
    await report(built)
    await send_it(built)
    assert await built.case() == (Status.ALERTED, LUIS, 1)
    built.shut(PLATFORM)
    await built.house.service.take(built.stage.event(ANA, "emergency"))  # whatever is written now shows that it is down
    await built.wait(1)
    assert list(built.house.service.down()) == [PLATFORM]
    await built.house.wait(timedelta(days=2))
    await built.house.service.fire_due()
    await built.house.service.quiet()
    assert await built.case() == (Status.ALERTED, LUIS, 1)
    built.sky.down.clear()
    await built.wait(6)
    assert await built.case() == (Status.ALERTED, LUIS, 1)
    for _ in range(3):
        await built.house.wait(timedelta(days=2))
        await built.house.service.fire_due()
        await built.house.service.quiet()
    assert (await built.case())[1] != LUIS, "silence counts again"


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


async def test_the_alert_moves_to_the_second_chat_with_its_buttons(town: Towns) -> None:
    built = await town(SECOND, "mail", "pager")
    await report(built)
    built.shut(PLATFORM)
    await send_it(built)
    await built.wait(10)
    alert, anew = built.got(SECOND, LUIS)
    assert isinstance(alert.wish, Post)
    assert isinstance(anew.wish, Change), "it comes late: the time to answer in is another"
    assert anew.wish.message.choices == alert.wish.message.choices
    assert [choice.id for choice in alert.wish.message.choices] == ["take", "decline"]
    assert await built.case() == (Status.ALERTED, LUIS, 1)
    assert built.wires["mail"].arrived == []
    token = alert.wish.message.token
    assert token is not None
    await built.house.service.take(Chose("press", built.house.clock.now(), LUIS, SECOND, token, ("take",)))
    await built.house.service.quiet()
    assert await built.case() == (Status.ACKNOWLEDGED, LUIS, 1)
    changes = [row.wish for row in built.got(SECOND, LUIS) if isinstance(row.wish, Change)][1:]
    assert [change.message.choices for change in changes][:1] == [()], "its buttons are gone where it stands"
    shown = len(built.got(SECOND, LUIS))
    await built.wait(90)
    assert len(built.got(SECOND, LUIS)) > shown, "what time brings comes where he took it, too"
    built.sky.down.clear()
    await built.wait(10)
    assert built.got(PLATFORM, LUIS) == [], "nothing of it waits for the platform that was down"


async def test_both_chats_down_a_mail_then_the_chat_that_comes_back_first(town: Towns) -> None:
    built = await town(SECOND, "mail")
    await report(built)
    built.shut(PLATFORM, SECOND)
    await send_it(built)
    await built.wait(30)
    assert len(built.got("mail", LUIS)) == 1
    assert await built.case() == (Status.OPENED, LUIS, 1)
    del built.sky.down[SECOND]
    await built.wait(10)
    assert len(alerts(built.got(SECOND, LUIS))) == 1
    assert await built.case() == (Status.ALERTED, LUIS, 1)
    built.sky.down.clear()
    await built.wait(10)
    assert alerts(built.got(PLATFORM, LUIS)) == []
    assert len(built.got("mail", LUIS)) == 1


async def test_chat_and_mail_down_the_pager_rings_once(town: Towns) -> None:
    built = await town("mail", "pager")
    await report(built)
    built.shut(PLATFORM, "mail")
    await send_it(built)
    await built.wait(9)
    assert built.wires["pager"].arrived == []
    await built.wait(30)
    assert len(built.wires["pager"].arrived) == 1
    built.sky.down.clear()
    await built.wait(10)
    assert await built.case() == (Status.ALERTED, LUIS, 1)
    assert built.wires["mail"].arrived == [], "the alert has arrived: nobody needs the mail"
    assert len(built.wires["pager"].arrived) == 1


async def test_a_mailbox_that_is_gone_rings_the_pager_at_once(town: Towns) -> None:
    built = await town("mail", "pager")
    built.sky.blocked.add((LUIS, "mail"))
    await report(built)
    built.shut(PLATFORM)
    await send_it(built)
    await built.wait(10)
    assert len(built.wires["pager"].arrived) == 1
    assert await built.case() == (Status.OPENED, LUIS, 1)


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


async def test_after_a_restart_the_alert_still_takes_its_other_way(town: Towns) -> None:
    built = await town("mail")
    await report(built)
    built.shut(PLATFORM)
    await send_it(built)
    await built.wait(4)
    await built.house.service.drop()
    again = await town("mail", sky=built.sky)
    await again.wait(5)
    assert again.wires["mail"].arrived == []
    await again.wait(2)
    assert len(again.got("mail", LUIS)) == 1
    await again.house.service.drop()
    third = await town("mail", sky=built.sky)
    await third.wait(30)
    assert third.wires["mail"].arrived == [], "one mail, whatever happens"


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


async def test_a_call_in_danger_rings_at_once_and_once(town: Towns) -> None:
    built = await town("mail", "pager")
    omar = person("Omar")
    built.sky.blocked.add((omar, "mail"))
    await talk(built.stage, ANA, ("report", "[Yes, or I am not sure]"))
    calls = next(line for line in built.house.screens.of(ANA)[-1].message.choices if "call" in line.label.casefold())
    await built.stage.line(ANA, f"[{calls.label}]")
    assert len(alerts(built.got(PLATFORM, omar))) == 1
    assert len(built.wires["pager"].arrived) == 1
    assert ("mail", omar) in built.sky.tried
    await built.wait(14)
    assert len(built.wires["pager"].arrived) == 1, "it rang already: a mailbox that is gone rings it no second time"


def test_danger_waits_least() -> None:
    patience = Patience(timedelta(minutes=10), timedelta(minutes=3))
    assert [patience.of(level) for level in Level] == [3 * MINUTE, *[10 * MINUTE] * 3]
    assert Patience(MINUTE, 3 * MINUTE).of(Level.CRITICAL) == MINUTE


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
