"""Buttons and forms: Slack sends none of them again, and a trigger lives three seconds. Nothing is lost by that."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import Any

import pytest

from adapters.slack.words import words
from bot.core.events import Event, Left, Submitted
from bot.core.replies import Reply
from tests.adapters.slack.house import SlackHouse, slack_house
from tests.adapters.slack.trapped import MODES, START, TO_FORM, TO_SEND, asked_now, counts, said, talk, until, whispered
from tests.fakes.slack.actor import Actor
from tests.fakes.slack.web_api_views import shown
from tests.runtime.making import settings

EN = words("en")
#: The report's form, and the page that follows it.
FORM, BEHIND = "report.what", "report.evidence"


@pytest.fixture(params=MODES)
async def house(request: pytest.FixtureRequest) -> AsyncIterator[SlackHouse]:
    async with slack_house(settings(), START, request.param) as made:
        yield made


@pytest.fixture
async def ana(house: SlackHouse) -> Actor:
    """She is asked to fill in the form of a report."""
    return await talk(house, "Ana", *TO_FORM)


async def press(house: SlackHouse, actor: Actor) -> None:
    """The button of the newest form."""
    box = next(m for m in reversed(actor.ch["messages"]) if any("form" in str(b) for b in m.get("blocks", [])))
    await actor.click("form", ts=box["ts"])
    await house.quiet()


def heard(
    house: SlackHouse, monkeypatch: pytest.MonkeyPatch, behind: Callable[[Event], Any] = lambda _: None
) -> list[Event]:
    """What the bot is told from now on; `behind` is called when it was taken."""
    events: list[Event] = []
    take = house.service.take

    async def listening(event: Event) -> Reply:
        events.append(event)
        reply = await take(event)
        if (more := behind(event)) is not None:
            await more
        return reply

    monkeypatch.setattr(house.service, "take", listening)
    return events


def fails(house: SlackHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next turn ends in an error."""
    take, left = house.service.take, [None]

    async def broken(event: Event) -> Reply:
        if left:
            left.pop()
            raise RuntimeError
        return await take(event)

    monkeypatch.setattr(house.service, "take", broken)


@pytest.mark.parametrize("error", ["expired_trigger_id", "exchanged_trigger_id"])
async def test_a_trigger_that_is_over_asks_to_press_again(house: SlackHouse, ana: Actor, error: str) -> None:
    house.fake.fault("views.open", "error", error=error)
    await press(house, ana)
    assert ana.modal() is None
    assert whispered(ana) == [EN.press_again]
    await press(house, ana)
    assert ana.modal() is not None
    assert house.fake.banners == {}


async def test_slack_that_is_slow_asks_to_press_again(house: SlackHouse, ana: Actor) -> None:
    house.fake.fault("views.open", "latency", seconds=4)
    pressing = asyncio.create_task(press(house, ana))
    await house.fake.wait_for(lambda: not house.fake.faults[0]["times"])
    await until(house, lambda: whispered(ana), 4)
    await pressing
    (answer,) = [answer for _, answer in house.fake.calls("views.open")]
    assert answer["error"] == "expired_trigger_id"
    await press(house, ana)
    assert ana.modal() is not None


async def test_past_a_second_no_view_is_opened(house: SlackHouse, ana: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        heard(house, patch, lambda _: house.clock.move(timedelta(seconds=1)))
        await press(house, ana)
    assert house.fake.calls("views.open") == []
    assert whispered(ana) == [EN.press_again]
    await press(house, ana)
    assert ana.modal() is not None


async def test_a_form_that_is_wrong_then_mended_is_one_report(
    house: SlackHouse, ana: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    await press(house, ana)
    events = heard(house, monkeypatch)
    wrong = {"kinds": ["threat"], "story": "He wrote it again.", "last_time": "2027-01-01"}
    await ana.submit(wrong)
    first = errors(ana)
    assert list(first) == ["last_time"]
    before = counts(house.store)
    await ana.submit()
    assert errors(ana) == first  # the same once more is answered once more
    await ana.submit()
    assert errors(ana) == first
    assert ana.modal() is not None
    await ana.submit({"last_time": "2026-11-20"})
    await house.quiet()
    assert ana.modal() is None
    assert await asked_now(house, "Ana") == [BEHIND]
    assert counts(house.store)["sessions"] == before["sessions"]
    assert [one.id for one in events[:3]] == [events[0].id] * 3
    assert events[3].id != events[0].id  # another event, though the view is the same
    assert house.fake.banners == {}


def errors(actor: Actor) -> dict[str, str]:
    view = actor.modal()
    assert view is not None
    found: dict[str, str] = view["_errors"]
    return found


async def test_a_form_that_is_sent_twice_is_one(house: SlackHouse, ana: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    events = heard(house, monkeypatch)
    await press(house, ana)
    ana.fill({"kinds": ["threat"], "story": "He wrote it again."})
    view = ana.modal()
    assert view is not None
    sent = ana._base("view_submission", view=shown(view), response_urls=[], trigger_id=house.fake.trigger(ana.uid))
    answers = await asyncio.gather(*(house.fake.deliver("interactive", sent) for _ in range(3)))
    await house.quiet()
    assert {one["body"]["response_action"] for one in answers} == {"clear"}
    assert len({one.id for one in events if isinstance(one, Submitted)}) == 1
    assert await asked_now(house, "Ana") == [BEHIND]
    assert len([text for text in said(ana) if text.startswith("Do you have screenshots")]) == 1
    assert len([text for text in said(ana) if "I have saved it" in text]) == 1


async def test_a_form_that_is_closed_is_left_once(
    house: SlackHouse, ana: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    await press(house, ana)
    events = heard(house, monkeypatch)
    await ana.close()
    await house.quiet()
    closed = next(
        e["payload"] for e in house.fake.log if e["kind"] == "deliver" and e["payload"]["type"] == "view_closed"
    )
    before, words_ = counts(house.store), said(ana)
    await house.fake.deliver("interactive", closed)
    await house.quiet()
    assert [type(one) for one in events] == [Left, Left]
    assert len({one.id for one in events}) == 1
    assert counts(house.store) == before
    assert said(ana) == words_
    assert await asked_now(house, "Ana") == [FORM]


async def test_a_press_that_fails_inside_can_be_pressed_again(
    house: SlackHouse, ana: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        fails(house, patch)
        await press(house, ana)
        assert ana.modal() is None
        assert whispered(ana) == [EN.failed]
        await press(house, ana)
    assert ana.modal() is not None
    assert house.fake.banners == {}


async def test_a_form_that_fails_inside_stays_open(
    house: SlackHouse, ana: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    await press(house, ana)
    fails(house, monkeypatch)
    await ana.submit({"kinds": ["threat"], "story": "He wrote it again."})
    assert errors(ana) == {"kinds": EN.failed_form}
    await ana.submit()
    await house.quiet()
    assert ana.modal() is None
    assert await asked_now(house, "Ana") == [BEHIND]
    assert house.fake.banners == {}


async def test_words_that_lead_to_a_form_bring_its_button_and_no_excuse(house: SlackHouse) -> None:
    """What is typed brings no right to open a view: that is nothing that took too long."""
    await talk(house, "Ana", *TO_SEND, "[Yes, send it]")
    luis = await talk(house, "Luis", "[I will take this]", "done")
    assert whispered(luis) == []
    await press(house, luis)
    assert luis.modal() is not None
