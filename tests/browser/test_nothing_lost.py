"""A line that is cut, a page that is loaded anew, tabs, browsers, a killed bot: nothing is lost, nothing doubled."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from playwright.async_api import expect

from tests.browser.desk import Desk
from tests.browser.steps import to_the_form
from tests.browser.window import Window

#: A press like any other, without waiting until nobody else has pressed.
PRESS_NO = "document.querySelector('[data-item] [data-choice=no]')?.click()"


async def test_a_reload_in_the_middle_of_a_form_loses_nothing(desk: Desk) -> None:
    await desk.serve()
    seen = await desk.window()
    await to_the_form(seen)
    await (await seen.chat("ana")).locator("[data-do=form]").last.click()
    story = seen.page.locator("dialog[open] [data-field=story] textarea")
    await story.fill("He stood outside.")
    await seen.page.locator("dialog[open] [data-field=kinds] input").first.check()
    await seen.page.reload()
    await expect(story).to_have_value("He stood outside.")
    await expect(seen.page.locator("dialog[open] [data-field=kinds] input").first).to_be_checked()
    await seen.page.locator("dialog[open] button[type=submit]").click()
    await expect(seen.page.locator("dialog[open]")).to_have_count(0)
    await seen.page.reload()
    await expect((await seen.chat("ana")).locator("[data-item]").first).to_be_visible()
    await expect(seen.page.locator("dialog[open]")).to_have_count(0)


async def test_a_cut_line_comes_back_with_everything(desk: Desk) -> None:
    simulator = await desk.serve()
    seen, other = await desk.window(), await desk.window()
    await seen.does("ana", "report")
    await (await seen.chat("ana")).locator("textarea[data-field=words]").fill("half a word")
    await seen.page.context.set_offline(True)
    simulator.hub.close()  # every stream is let go; this page cannot come back yet
    await other.does("ana", "[No]")
    pressed = (await seen.chat("ana")).locator("[data-item] [data-choice=no]")
    await pressed.click()  # cannot be sent now
    await seen.page.context.set_offline(False)
    chat = await seen.chat("ana")
    await expect(chat.locator("[data-item]").filter(has_text="What would you like?").first).to_be_visible()
    await expect(chat.locator("textarea[data-field=words]")).to_have_value("half a word")
    numbers = [number for number, _ in await seen.items("ana")]
    assert len(numbers) == len(set(numbers))
    await expect(chat.locator("[aria-busy=true]")).to_have_count(0)


async def test_ten_browsers_at_once(desk: Desk) -> None:
    await desk.serve()
    windows = await asyncio.gather(*(desk.window() for _ in range(10)))
    await windows[0].does("ana", "report")
    for one in windows[:4]:
        await expect(one.page.locator("[data-item] [data-choice=no]").first).to_be_visible()
    await asyncio.gather(*(one.page.evaluate(PRESS_NO) for one in windows[:4]))
    for one in windows[:4]:
        await one.answered()
    for one in windows:
        chat = await one.chat("ana")
        await expect(chat.locator("[data-item]").filter(has_text="What would you like?").first).to_be_visible()
    first, *others = await settled(windows)
    for one, seen in zip(windows[1:], others, strict=True):
        assert seen == first
        assert one.faults == []


async def settled(windows: Sequence[Window]) -> list[list[tuple[int, str]]]:
    """Ana's chat in each, when all that was said until now has come: a minute passes, which each of them tells last."""
    await windows[0].wait(timedelta(minutes=1))
    for one in windows:
        await expect((await one.chat("ana")).locator("[data-from=stage]")).to_have_count(1)
    return [await one.items("ana") for one in windows]


async def test_two_tabs_of_one_person_in_one_form(desk: Desk) -> None:
    await desk.serve()
    one = await desk.window()
    await to_the_form(one)
    two = await Window.open(one.page.context, desk.address)
    for tab in (one, two):
        await (await tab.chat("ana")).locator("[data-do=form]").last.click()
        await tab.page.locator("dialog[open] [data-field=story] textarea").fill("Once is enough.")
    for tab in (one, two):
        await tab.page.locator("dialog[open] button[type=submit]").click()
        await expect(tab.page.locator("dialog[open]")).to_have_count(0)
    first, second = await settled((one, two))
    asked = [text for _, text in first if "Do you have screenshots or files to add?" in text]
    assert 1 <= len(asked) <= 2  # the second press is told kindly that it is answered, and shown what waits
    assert second == first


async def test_the_bot_is_killed_and_nothing_is_lost(desk: Desk) -> None:
    await desk.serve()
    seen = await desk.window()
    await seen.does("ana", "report")
    await seen.tool("restart")
    await seen.does("ana", "[No]")
    await expect((await seen.chat("ana")).locator("[data-item]").filter(has_text="What would you like?")).to_have_count(
        1
    )
    await seen.wait(timedelta(hours=4))
    assert seen.faults == []
