"""`make pictures`: the README's pictures, taken of the real page while a talk is played.

Each is looked at before it is committed.
"""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from bot.simulation.transcript import Transcript, read_transcript
from tests.adapters.web.making import serving
from tests.browser.window import DESKTOP, PHONE, Playing, Window, browser
from tests.runtime.making import ROOT, settings

IMAGES = ROOT / "docs" / "images"


def talk(name: str) -> Transcript:
    return read_transcript((ROOT / name).read_text(encoding="utf-8"), name)


def line_of(transcript: Transcript, text: str) -> int:
    """The number of the first line with this text."""
    return next(line.number for line in transcript.lines if text in line.text)


async def whole_case(folder: Path) -> None:
    """On a desk, light: a question, the form, the alert, the task; then what is behind."""
    played = talk("flows/tests/whole_case.txt")
    async with serving(settings(), folder, played.start) as (_, address), browser() as chromium:
        context = await chromium.new_context(viewport=DESKTOP, device_scale_factor=1, color_scheme="light")
        window = await Window.open(context, address)
        playing = Playing(window)
        asked = line_of(played, "Who may know")
        await playing.play(played, last=asked)
        await shoot(window, "report")
        form = line_of(played, "What happened {")
        await playing.play(played, first=asked + 1, last=form)
        await (await window.chat("ana")).locator("[data-do=form]").last.click()
        await window.page.locator("dialog[open] [data-field=story] textarea").fill("He put my address on the net.")
        await shoot(window, "form")
        await window.page.keyboard.press("Escape")
        task = line_of(played, "Talk with Ana and listen / ")
        await playing.play(played, first=form + 1, last=task)
        await shoot(window, "playbook")
        for tab in ("next", "flow"):
            await window.page.locator(f"[data-tab={tab}]").click()
            await window.page.locator(f"#panel-{tab}").wait_for()
            await shoot(window, f"backstage-{tab}")


async def danish(folder: Path) -> None:
    """On a phone, dark, in Danish: what an employee has in the hand."""
    played = talk("flows/tests/danish.txt")
    async with serving(settings(), folder, played.start) as (_, address), browser() as chromium:
        context = await chromium.new_context(viewport=PHONE, device_scale_factor=2, color_scheme="dark", locale="da-DK")
        window = await Window.open(context, address)
        await window.tool("page-da")
        await window.page.locator("html[lang=da]").wait_for()
        playing = Playing(window)
        await playing.play(played, last=line_of(played, "Hvem må "))
        await shoot(window, "phone-danish")


async def accused(folder: Path) -> None:
    """The manager is the one it is about: who can see what, and why."""
    played = talk("flows/tests/manager_accused.txt")
    async with serving(settings(), folder, played.start) as (_, address), browser() as chromium:
        context = await chromium.new_context(viewport=DESKTOP, device_scale_factor=1, color_scheme="light")
        window = await Window.open(context, address)
        await Playing(window).play(played, last=line_of(played, "Your report has reached"))
        await shoot(window, "manager-accused")


async def shoot(window: Window, name: str) -> None:
    await window.page.wait_for_timeout(800)  # what moves comes to rest
    await window.page.screenshot(path=IMAGES / f"{name}.png")


async def main() -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    for picture in (whole_case, danish, accused):
        with tempfile.TemporaryDirectory() as folder:
            await picture(Path(folder))


if __name__ == "__main__":
    asyncio.run(main())
