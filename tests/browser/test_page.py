"""The page itself: how much it weighs, and what its parts do."""

from __future__ import annotations

from datetime import timedelta

from playwright.async_api import Response, expect

from tests.browser.desk import Desk
from tests.browser.steps import to_the_form
from tests.browser.window import DESKTOP, PHONE, Window

HEAVIEST = 200_000


async def test_the_page_is_light_and_says_nothing_to_the_console(desk: Desk) -> None:
    await desk.serve()
    context = await desk.chromium.new_context(viewport=DESKTOP)
    desk.stack.push_async_callback(context.close)
    page = await context.new_page()
    weights: list[int] = []
    foreign: list[str] = []

    async def weigh(response: Response) -> None:
        url, events = response.url, response.url.split("?")[0].endswith("/events")
        if not url.startswith(desk.address):
            foreign.append(url)
        elif not events:
            weights.append(len(await response.body()))

    page.on("response", weigh)
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text))
    await page.goto(desk.address, wait_until="load")
    await page.wait_for_selector("nav [data-person]")
    stream = len(await page.evaluate("document.documentElement.outerHTML"))
    assert sum(weights) + stream < HEAVIEST, f"{sum(weights)} and {stream} bytes"
    assert foreign == []
    assert faults == []


async def test_a_question_that_is_gone_back_from_goes_with_its_drop_zone(desk: Desk) -> None:
    await desk.serve()
    seen = await desk.window()
    await to_the_form(seen)
    await seen.does("ana", "skip")
    chat = await seen.chat("ana")
    await expect(chat.locator(".drop")).to_have_count(1)
    await seen.does("ana", "[Back]")
    await expect(chat.locator(".newest [data-do=form]")).to_be_visible()
    await expect(chat.locator(".drop")).to_have_count(0)


async def to_the_tasks(window: Window) -> None:
    """As far as the manager's first task that may be left out."""
    await to_the_form(window)
    for _ in range(12):
        if await (await window.chat("ana")).locator("[data-choice=confirm]").count():
            break
        await window.does("ana", "skip")
    await window.does("ana", "[Yes, send it]")
    await window.does("luis", "[I will take this]")
    chat = await window.chat("luis")
    await expect(chat.locator(".newest [data-choice=later]")).to_be_visible()
    for _ in range(5):
        if await chat.locator(".newest [data-choice=not_relevant]").count():
            return
        await window.does("luis", "[Later]")
    raise AssertionError("every task is required")


async def test_a_reason_can_be_left_and_a_finished_task_has_no_buttons(desk: Desk) -> None:
    await desk.serve()
    seen = await desk.window()
    await to_the_tasks(seen)
    chat, dialog = await seen.chat("luis"), seen.page.locator("dialog[open]")
    await chat.locator(".newest [data-choice=not_relevant]").click()
    await dialog.locator("textarea").fill("Not now")
    await seen.page.keyboard.press("Escape")
    await expect(dialog).to_have_count(0)
    await chat.locator(".newest [data-command=back]").click()
    await expect(chat.locator("[data-do=form]")).to_have_count(0)
    await expect(chat.locator(".newest [data-choice=done]")).to_be_visible()
    await chat.locator(".newest [data-choice=not_relevant]").click()
    await expect(dialog.locator("textarea")).to_have_value("Not now")
    card = chat.locator("[data-item]").filter(has=seen.page.locator("[data-choice=not_relevant]")).last
    number = await card.get_attribute("data-item")
    await dialog.locator("button[type=submit]").click()
    await expect(dialog).to_have_count(0)
    done = chat.locator(f"[data-item='{number}']")
    await expect(done).to_contain_text("Not relevant:")
    await expect(done.locator("button")).to_have_count(0)
    await expect(chat.locator("[data-do=form]")).to_have_count(0)


async def test_the_top_takes_two_rows_at_most(desk: Desk) -> None:
    """The widest day there is, in both languages: the bar, and the people beneath it."""
    simulator = await desk.serve()
    seen = await desk.window()
    await simulator.house.clock.move(timedelta(days=303))  # Wednesday 22 September
    for language in ("page-en", "page-da"):
        await seen.tool(language)
        await seen.page.reload()
        await expect(seen.page.locator("header.top .tools")).to_be_visible()
        tops = await seen.page.locator("header.top :is(h1, .now, button:visible)").evaluate_all(
            "all => all.map(each => each.getBoundingClientRect()).map(({top, height}) => Math.round(top + height / 2))"
        )
        assert max(tops) - min(tops) <= 3, language


async def test_a_day_alone_is_enough_and_stands_there_again(desk: Desk) -> None:
    """A time without a day is no answer; what was given stands in the form when it is changed."""
    await desk.serve()
    window = await desk.window()
    await to_the_form(window)
    await (await window.chat("ana")).locator("[data-do=form]").last.click()
    field = window.page.locator("dialog[open] [data-field=last_time]")
    await field.locator("input[type=time]").fill("14:30")
    await window.page.locator("dialog[open] button[type=submit]").click()
    await expect(field.locator(".error")).to_contain_text("Choose the whole day")
    await field.locator("input[type=time]").fill("")
    await field.locator("input[type=date]").fill("2026-11-20")
    await window.page.locator("dialog[open] button[type=submit]").click()
    await expect(window.page.locator("dialog[open]")).to_have_count(0)
    await window.does("ana", "back")
    await (await window.chat("ana")).locator("[data-do=form]").last.click()
    await expect(field.locator("input[type=date]")).to_have_value("2026-11-20")


async def test_the_way_out_of_a_form_is_no_way_to_close_a_case(desk: Desk) -> None:
    """Next to a button that closes the case, one that is called Close is pressed by mistake."""
    await desk.serve()
    window = await desk.window()
    await to_the_form(window)
    await (await window.chat("ana")).locator("[data-do=form]").last.click()
    dialog = window.page.locator("dialog[open]")
    await expect(dialog.locator("[data-do=left]")).to_have_text("Back to the chat")
    await expect(dialog.locator("[data-do=close]")).to_have_attribute("aria-label", "Back to the chat")
    await dialog.locator("[data-do=left]").click()
    await expect(dialog).to_have_count(0)


async def test_what_was_ticked_before_is_ticked_and_none_goes_with_no_other(desk: Desk) -> None:
    await desk.serve()
    window = await desk.window()
    await to_the_form(window)
    await window.does("ana", "[Back]")
    chat = await window.chat("ana")
    ticks = chat.locator(".ticks").last
    await expect(ticks.locator("[data-choice=manager]")).to_be_checked()
    await ticks.locator("[data-choice=nobody]").check()
    await expect(ticks.locator("[data-choice=manager]")).not_to_be_checked()
    await ticks.locator("[data-choice=hr]").check()
    await expect(ticks.locator("[data-choice=nobody]")).not_to_be_checked()
    await window.does("ana", "back")
    await expect(chat.locator("[data-choice=outside], [aria-pressed=true]").last).to_have_attribute(
        "aria-pressed", "true"
    )


async def test_a_small_window_that_is_magnified_leaves_room_for_the_question(desk: Desk) -> None:
    """640 by 400 is what is left of a laptop's screen at 200 %: more than half of it is the chat."""
    await desk.serve()
    window = await desk.window({"width": 640, "height": 400})
    await window.does("ana", "report")
    chat = await window.chat("ana")
    height = await chat.locator("[data-item]").first.evaluate(
        "e => e.closest('.chat').querySelector('.log').clientHeight"
    )
    assert height > 200


async def test_nobody_is_told_to_drop_files_with_a_finger(desk: Desk) -> None:
    await desk.serve()
    window = await desk.window(PHONE, has_touch=True, is_mobile=True)
    await to_the_form(window)
    await window.does("ana", "skip")
    drop = (await window.chat("ana")).locator(".drop")
    await expect(drop.locator("[data-do=files]")).to_be_visible()
    await expect(drop.locator(".by-hand")).to_be_hidden()
