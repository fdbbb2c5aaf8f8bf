"""The page for whoever cannot see it, has no mouse, or reads in the dark."""

from __future__ import annotations

import pytest
from axe_playwright_python.async_playwright import Axe
from axe_playwright_python.base import AXE_SCRIPT
from playwright.async_api import Page, ViewportSize, expect

from tests.browser.desk import Desk
from tests.browser.steps import to_the_form
from tests.browser.window import DESKTOP, PHONE

COLOURS = """[...document.querySelectorAll("body, body *")].map((each) => {
    const {color, backgroundColor, borderTopColor, fill, stroke} = getComputedStyle(each);
    return [each.localName, each.getAttribute("class"), color, backgroundColor, borderTopColor, fill, stroke].join(" ");
}).sort().filter((one, place, all) => one !== all[place - 1]).join("\\n")"""
SWITCH = "document.querySelector(`header.top [data-do=${name}]`).click()"


async def serious(page: Page) -> list[str]:
    """What axe finds serious or critical in both themes: all of its rules in the light one, those of colour in the dark."""
    await page.emulate_media(color_scheme="light")
    found = await Axe("" if await page.evaluate("'axe' in window") else AXE_SCRIPT).run(page)
    await page.emulate_media(color_scheme="dark")
    dark = await Axe("").run(page, options={"resultTypes": ["violations"], "runOnly": ["cat.color"]})
    return [
        f"{one['id']}: {node['html'][:120]}"
        for one in [*found.response["violations"], *dark.response["violations"]]
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
async def test_axe_finds_nothing_serious_in_any_state(desk: Desk, size: ViewportSize) -> None:
    await desk.serve()
    seen = await desk.window(size, bypass_csp=True)
    page, found = seen.page, {}

    async def look(state: str) -> None:
        found[state] = await serious(page)

    await look("empty")
    await seen.does("ana", "report")
    await look("one choice")
    for text in ("[No]", "[Tell what has happened and get help]", "[It is about me]", "[A colleague]"):
        await seen.does("ana", text)
    await look("a person")
    await seen.does("ana", "back")
    await seen.does("ana", "[A customer, a citizen or somebody else from outside]")
    await look("several choices")
    await seen.does("ana", "[My manager]")
    await (await seen.chat("ana")).locator("[data-do=form]").last.click()
    await look("a form")
    await seen.page.locator("dialog[open] [data-field=last_time] input[type=date]").fill("2031-01-01")
    await seen.page.locator("dialog[open] button[type=submit]").click()
    await expect(page.locator("dialog[open] [aria-invalid=true]").first).to_be_visible()
    await look("a form with a mistake")
    await page.keyboard.press("Escape")
    await expect(page.locator("dialog[open]")).to_have_count(0)
    await seen.does("ana", "skip")
    await look("files")
    for _ in range(12):
        if await (await seen.chat("ana")).locator("[data-choice=confirm]").count():
            break
        await seen.does("ana", "skip")
    await look("a review")
    await seen.does("ana", "[Yes, send it]")
    await seen.chat("luis")
    await expect((await seen.chat("luis")).locator("[data-item] button").first).to_be_visible()
    await look("an alert")
    await seen.does("luis", "[I will take this]")
    await look("a task")
    await (await seen.chat("luis")).locator(".newest [data-command=read]").click()
    await expect(page.locator("dialog[open]")).to_contain_text("outside")
    await look("what was told")
    await page.keyboard.press("Escape")
    await expect(page.locator("dialog[open]")).to_have_count(0)
    for tool in ("save", "over"):
        await seen.tool(tool)
        await expect(page.locator("dialog[open]")).to_be_visible()
        await look(f"dialog {tool}")
        await page.keyboard.press("Escape")
        await expect(page.locator("dialog[open]")).to_have_count(0)
    await seen.tool("restart")
    await expect((await seen.chat("luis")).locator("[data-from=stage]")).to_have_count(1)
    await look("after a kill")
    await seen.tool("page-da")
    await expect(page.locator("html[lang=da]")).to_be_visible()
    await look("in Danish")
    for tab in ("case", "next", "flow"):
        await backstage(page, tab)
        await look(f"backstage {tab}")
    await expect(page.locator("#panel-flow svg.picture")).to_contain_text(
        "medarbejder"
    )  # the page's words are Danish now
    assert {state: faults for state, faults in found.items() if faults} == {}


async def backstage(page: Page, tab: str) -> None:
    if not await page.locator(".backstage").is_visible():
        await page.locator("[data-do=backstage]").first.click()
    await page.locator(f"[data-tab={tab}]").click()
    await expect(page.locator(f"#panel-{tab}")).to_be_visible()
    if tab == "flow":
        await expect(page.locator("#panel-flow svg").first).to_be_visible()


async def focused(page: Page, selector: str) -> bool:
    return bool(await page.evaluate("selector => document.activeElement?.matches(selector) ?? false", selector))


async def tab_to(page: Page, selector: str, *, key: str = "Tab") -> None:
    for _ in range(80):
        if await focused(page, selector):
            return
        await page.keyboard.press(key)
    raise AssertionError(f"{selector} cannot be reached with {key}")


async def led_to(page: Page, selector: str) -> None:
    """Wait as a person does: until the next question is there, and focus has come to it."""
    await expect(page.locator(f".newest {selector}")).to_be_visible()
    await page.wait_for_function("document.activeElement?.closest('.newest')")


async def test_a_whole_report_with_the_keyboard_alone(desk: Desk) -> None:
    """Only keys from here on: each question is reached from where the one before has left the focus."""
    await desk.serve()
    seen = await desk.window()
    page = seen.page
    await tab_to(page, "[data-start=report]")
    await page.keyboard.press("Enter")
    for choice in ("no", "report", "reporter", "customer"):
        await led_to(page, f"[data-choice={choice}]")
        await tab_to(page, f".newest [data-choice={choice}]")
        await page.keyboard.press("Enter")
    await led_to(page, "input[data-choice=manager]")
    await tab_to(page, ".newest input[data-choice=manager]")
    await page.keyboard.press("Space")
    await expect(page.locator(".newest input[data-choice=manager]")).to_be_checked()
    await tab_to(page, ".newest [data-do=send]")
    await page.keyboard.press("Enter")
    await led_to(page, "[data-do=form]")
    await tab_to(page, ".newest [data-do=form]")
    await page.keyboard.press("Enter")
    await expect(page.locator("dialog[open]")).to_be_visible()
    await tab_to(page, "dialog [data-field=story] textarea")
    await page.keyboard.type("They wrote to me at night.")
    await tab_to(page, "dialog button[type=submit]")
    await page.keyboard.press("Enter")
    await expect(page.locator("dialog[open]")).to_have_count(0)
    await expect(page.locator(".newest [data-do=form]")).to_have_count(0)  # what the form has become is told
    for _ in range(12):
        await page.wait_for_function("document.activeElement !== document.body")
        if await page.locator(".newest [data-choice=confirm]").count():
            break
        was = await page.locator(".newest").first.get_attribute("data-item")
        await tab_to(page, ".newest [data-command=skip], .newest [data-choice=that_is_all]")
        await page.keyboard.press("Enter")
        await page.wait_for_function("was => document.querySelector('.newest')?.dataset.item !== was", arg=was)
    await tab_to(page, ".newest [data-choice=confirm]")
    await page.keyboard.press("Enter")
    await expect((await seen.chat("luis")).locator("[data-item] button").first).to_be_visible()
    assert seen.faults == []


async def test_help_is_told_in_a_form_and_nothing_typed_is_lost(desk: Desk) -> None:
    await desk.serve()
    seen = await desk.window(bypass_csp=True)
    await to_the_form(seen)
    await (await seen.chat("ana")).locator("[data-do=form]").last.click()
    dialog = seen.page.locator("dialog[open]")
    await dialog.locator("[data-field=story] textarea").fill("He stands outside.")
    await tab_to(seen.page, "dialog [data-command=emergency]")
    await seen.page.keyboard.press("Enter")
    await expect(dialog.get_by_role("status").filter(has_text="112")).to_be_visible()
    await expect(dialog.locator("[data-field=story] textarea")).to_have_value("He stands outside.")
    assert await serious(seen.page) == []
    await expect((await seen.chat("ana")).locator("[data-item]").filter(has_text="112")).to_have_count(1)
    await dialog.locator("button[type=submit]").click()
    await expect(dialog).to_have_count(0)
    await expect((await seen.chat("ana")).locator(".newest")).to_contain_text("screenshots or files")
    assert seen.faults == []


async def test_a_theme_comes_all_at_once_in_any_order_with_a_language(desk: Desk) -> None:
    """Right after the press every colour is the one that the page has when it is loaded anew and has come to rest."""
    await desk.serve()
    seen = await desk.window(color_scheme="light", reduced_motion="no-preference")
    await seen.page.evaluate("document.querySelector('[data-start=report]').click()")  # without a mouse: it would hover
    await expect((await seen.chat("ana")).locator("[data-choice=no]")).to_be_visible()
    for order in (
        ("page-da", "theme"),
        ("page-en", "theme"),
        ("theme", "page-da", "theme"),
        ("theme", "page-en", "theme"),
    ):
        for each in order[:-1]:
            await seen.page.evaluate(f"name => {SWITCH}", each)
        who = "medarbejder" if "page-da" in order else "employee"
        await expect(seen.page.locator("nav.people .who").first).to_have_text(who)
        await seen.page.wait_for_function("() => !document.getAnimations().length")
        now = await seen.page.evaluate(f"name => {{ {SWITCH}; return {COLOURS}; }}", order[-1])
        await seen.page.reload()
        await seen.page.wait_for_function(f"now => {COLOURS} === now", arg=now)
