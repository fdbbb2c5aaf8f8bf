"""A platform that is down: nobody is passed over for it, and the one who is needed hears of it another way."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

from bot.cases.case import Status
from bot.core.events import Chose
from bot.core.levels import Level
from bot.runtime.detour import Patience
from bot.runtime.owed import Change, Nudge, Post
from bot.simulation.screens import PLATFORM
from tests.runtime.talks import talk
from tests.runtime.town import ANA, LUIS, MINUTE, SECOND, Towns, alerts, person, report, send_it


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
