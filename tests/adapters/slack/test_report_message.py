"""*Report this message*: who wrote it, when, where it stands and its words are in the report's form, whatever waits."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.core.answers import Words
from bot.core.session import Given
from tests.adapters.slack.house import SlackHouse, slack_house
from tests.adapters.slack.trapped import MODES, START, TO_FORM, talk
from tests.fakes.slack.actor import Actor
from tests.runtime.making import settings

THREAT, AGAIN = "I know where you park", "and where your children go to school"


@pytest.fixture(params=MODES)
async def house(request: pytest.FixtureRequest) -> AsyncIterator[SlackHouse]:
    async with slack_house(settings(), START, request.param) as made:
        yield made


async def reported(house: SlackHouse, actor: Actor, text: str) -> None:
    """Somebody writes this in a channel, and this person reports it from there."""
    omar = house.actor(house.stage().person("Omar"))
    channel = house.fake.add_channel("shifts", members=[actor.uid, omar.uid])
    await omar.post(channel, text)
    message: dict[str, Any] = house.fake.channels[channel]["messages"][-1]
    await actor.shortcut("report_message", message)
    await house.quiet()


async def stories(house: SlackHouse) -> list[Given]:
    """What was given in the reports' forms, and then what stands there and was not sent yet."""
    talks = [one for file in await house.files() for one in file.sessions.values()]
    found = (talk_.answers["report.story"] for talk_ in talks if "report.story" in talk_.answers)
    return sorted(found, key=lambda given: given.held)


def text(given: Given) -> str:
    assert isinstance(given.answer, Words)
    return given.answer.text


async def test_it_stands_in_the_form_of_a_new_report(house: SlackHouse) -> None:
    ana = house.actor(house.stage().person("Ana"))
    await reported(house, ana, THREAT)
    (story,) = await stories(house)
    assert story.held
    for part in ("Omar Nissen", "2026-11-23 09:00", "UTC", THREAT, "https://"):
        assert part in text(story)


async def test_it_stands_in_the_form_of_the_report_that_waits(house: SlackHouse) -> None:
    """Before the form, in it, and once more: one behind the other, and the talk stays where it is."""
    ana = await talk(house, "Ana", "report")
    await reported(house, ana, THREAT)
    assert "Are you or anybody else in danger right now?" in ana.screen()
    await talk(house, "Ana", *TO_FORM[1:])
    await reported(house, ana, AGAIN)
    (story,) = await stories(house)
    assert story.held
    assert text(story).index(THREAT) < text(story).index(AGAIN)


async def test_behind_the_form_a_report_of_its_own_is_begun_with_it(house: SlackHouse) -> None:
    ana = await talk(house, "Ana", *TO_FORM, "{kinds: threat | story: He rang at night.}")
    await reported(house, ana, THREAT)
    first, second = await stories(house)
    assert (text(first), first.held) == ("He rang at night.", False)
    assert THREAT in text(second)
    assert second.held
    assert len(await house.files()) == 2
