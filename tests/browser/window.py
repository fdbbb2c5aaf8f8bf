"""A real browser, used as a person uses it: what is pressed, typed and read stands on the page.

A transcript is played in it line by line: `[Label]` is clicked, `{...}` is a dialog that is filled in, `(file x)` is
attached, and every line that somebody is to see is looked for in that person's chat.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.async_api import Browser, BrowserContext, Locator, Page, ViewportSize, async_playwright, expect
from playwright.async_api import TimeoutError as PlaywrightTimeout

from bot.simulation.transcript import Line, Transcript, duration
from bot.steps.typed import moment

DESKTOP: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
WAITS = 20_000
expect.set_options(timeout=WAITS)
PNG = b"\x89PNG\r\n\x1a\n"
#: Buttons that move the clock, the longest first.
TIMES = (
    ("plus-14-days", timedelta(days=14)),
    ("plus-3-days", timedelta(days=3)),
    ("plus-day", timedelta(days=1)),
    ("plus-4-hours", timedelta(hours=4)),
    ("plus-hour", timedelta(hours=1)),
)


FOLDED = ("plus-hour", "plus-day", "plus-3-days", "plus-30-days")

#: In the page, before its own code: how many of its requests are not yet answered, its own answer to them included.
COUNTS_REQUESTS = """{
    const real = window.fetch;
    window.underWay = 0;
    window.fetch = async (...what) => {
        window.underWay += 1;
        const over = () => setTimeout(() => { window.underWay -= 1; });
        try {
            const answer = await real(...what);
            answer.clone().arrayBuffer().then(over, over);
            return answer;
        } catch (error) {
            over();
            throw error;
        }
    };
}"""


@asynccontextmanager
async def browser() -> AsyncIterator[Browser]:
    """Debian's Chromium, or another one that is installed here."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    assert found is not None, "There is no Chromium here. On Debian and Ubuntu: apt-get install chromium"
    async with async_playwright() as playwright:
        # Chromium's own sandbox needs rights that a container has not
        started = await playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        try:
            yield started
        finally:
            await started.close()


@dataclass
class Window:
    """One page of the simulator."""

    page: Page
    address: str
    faults: list[str] = field(default_factory=list)
    #: Ids by first name.
    people: dict[str, str] = field(default_factory=dict)

    @classmethod
    async def open(cls, context: BrowserContext, address: str) -> Window:
        page = await context.new_page()
        await page.add_init_script(COUNTS_REQUESTS)
        page.set_default_timeout(WAITS)
        window = cls(page, address)
        page.on("console", lambda said: window.faults.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: window.faults.append(str(error)))
        await window.load()
        return window

    async def load(self) -> None:
        await self.page.goto(self.address)
        await self.page.wait_for_selector("nav [data-person]")

    # --- people ---

    async def chat(self, first: str) -> Locator:
        """The chat of a person, opened if it is not."""
        if first not in self.people:
            named = self.page.locator(".name", has_text=re.compile(rf"^{first}\b", re.IGNORECASE))
            chip = self.page.locator("nav.people [data-person]").filter(has=named).first
            self.people[first] = str(await chip.get_attribute("data-person"))
        person = self.people[first]
        chat = self.page.locator(f"section.chat[data-person='{person}']")
        if not await chat.is_visible():
            await self.page.locator(f"nav.people [data-person='{person}']").click()
            await expect(chat).to_be_visible()
        return chat

    async def items(self, first: str) -> list[tuple[int, str]]:
        """What stands in a person's chat: number and words."""
        chat = await self.chat(first)
        found = await chat.locator("[data-item]").evaluate_all(
            "all => all.map(e => [Number(e.dataset.item), e.innerText])"
        )
        return [(number, squeezed(text)) for number, text in found]

    # --- what a person does ---

    async def does(self, first: str, text: str) -> None:
        chat = await self.chat(first)
        if text.startswith("(file "):
            await self.attach(chat, text.removeprefix("(file ").removesuffix(")"))
        elif text.startswith("{"):
            await self.fill_in(chat, text[1:-1])
        elif text.startswith("["):
            await self.press(chat, re.findall(r"\[([^\[\]]+)\]", text))
        elif text in ("report", "rapport") and await chat.locator("[data-start=report]").is_visible():
            await chat.locator("[data-start=report]").click()
        else:
            await self.say(chat, text)

    async def say(self, chat: Locator, text: str) -> None:
        await chat.locator("textarea[data-field=words]").fill(text)
        await chat.locator("[data-do=say]").click()
        await self.answered()

    async def press(self, chat: Locator, labels: list[str]) -> None:
        several = chat.locator(".ticks").last
        if await several.is_visible():
            for label in labels:
                box = several.locator("label", has_text=re.compile(rf"^\s*{re.escape(label)}\s*$"))
                await box.locator("input").check()
            await several.locator("[data-do=send]").click()
        else:
            named = re.compile(rf"^\s*{re.escape(labels[0])}\s*$")
            await chat.locator("[data-item] button", has_text=named).last.click()
        await self.answered()

    async def answered(self) -> None:
        """What was sent is answered, and a dialog that the answer brings stands open."""
        await self.page.wait_for_function("() => window.underWay === 0")

    async def attach(self, chat: Locator, name: str) -> None:
        await chat.locator("input[type=file]").set_input_files(
            {"name": name, "mimeType": "image/png", "buffer": PNG + name.encode()}
        )
        await expect(chat.locator(".attached")).to_contain_text(name)
        await chat.locator("[data-do=say]").click()
        await self.answered()

    async def fill_in(self, chat: Locator, text: str) -> None:
        """Fill in the open dialog, or open the newest form first, and send it."""
        dialog = self.page.locator("dialog[open]")
        if not await dialog.is_visible():
            await chat.locator("[data-do=form]").last.click()
        await expect(dialog).to_be_visible()
        for part in filter(None, (piece.strip() for piece in text.split("|"))):
            name, _, value = part.partition(":")
            await self.enter(dialog.locator(f"[data-field='{name.strip()}']"), value.strip())
        await dialog.locator("button[type=submit], [data-do=submit]").last.click()
        await self.answered()

    async def enter(self, place: Locator, value: str) -> None:
        ticks = place.locator("input[type=checkbox], input[type=radio]")
        if await ticks.count():
            for word in (piece.strip() for piece in value.split(",")):
                await ticks.and_(self.page.locator(f"[value='{word}']")).check()
            return
        control = place.locator("select, textarea, input").first
        kind = await control.evaluate("e => e.tagName === 'INPUT' ? e.type : e.tagName.toLowerCase()")
        if kind == "select":
            await control.select_option(value)
        elif kind == "date" and await place.locator("input[type=time]").count():
            zone = ZoneInfo("Europe/Copenhagen")
            at = moment(value, await self.now(), zone)
            assert at is not None
            await control.fill(f"{at.astimezone(zone):%Y-%m-%d}")
            await place.locator("input[type=time]").fill(f"{at.astimezone(zone):%H:%M}")
        else:
            await control.fill(value)

    # --- time ---

    async def now(self) -> datetime:
        return datetime.fromisoformat(str(await self.page.locator(".now time").get_attribute("datetime")))

    async def wait(self, by: timedelta) -> None:
        for name, length in TIMES:
            while by >= length:
                await self.pass_time(name, length)
                by -= length
        if by:
            await self.page.evaluate(
                "minutes => fetch('do/wait', {method: 'POST', headers: {'X-Bistand': '1'},"
                " body: JSON.stringify({id: crypto.randomUUID(), minutes})})",
                by // timedelta(minutes=1),
            )

    async def pass_time(self, name: str, length: timedelta) -> None:
        end = await self.now() + length
        await self.tool(name)
        await self.page.wait_for_function(
            "end => new Date(document.querySelector('.now time').getAttribute('datetime')) >= new Date(end)",
            arg=end.isoformat(),
        )

    async def tool(self, name: str) -> None:
        """Press a button of the top bar, unfolding what it stands in."""
        button = self.page.locator(f"header.top [data-do={name}]")
        menu = self.page.locator("header.top [data-do=menu]")
        if await menu.is_visible() and await menu.get_attribute("aria-expanded") == "false":
            await menu.click()
        if name in FOLDED and not await button.is_visible():
            await self.page.locator("header.top [data-do=more-time]").click()
        await button.click()
        if await menu.is_visible() and await menu.get_attribute("aria-expanded") == "true":
            await menu.click()


def squeezed(text: str) -> str:
    return " ".join(text.split())


@dataclass
class Playing:
    """A transcript, played in a window; `stop` is called before each line of a person."""

    window: Window
    seen: dict[str, int] = field(default_factory=dict)

    async def play(self, transcript: Transcript, *, first: int = 0, last: int = 10**6) -> None:
        for line in transcript.lines:
            if not first <= line.number <= last:
                continue
            match line.sign:
                case ">":
                    await self.window.does(line.who, line.text)
                case "<":
                    await self.sees(line)
                case "+":
                    by = duration(line.text)
                    assert by is not None
                    await self.window.wait(by)
                case _:
                    pass

    async def sees(self, line: Line) -> None:
        """The line has come to this person's chat, behind those that were seen before."""
        pieces = spoken(line.text)
        chat = await self.window.chat(line.who)
        if line.text.rstrip().endswith("}") and not pieces:
            return
        found = await self._found(chat, pieces, self.seen.get(line.who, 0), line)
        if found < 10**9:
            self.seen[line.who] = found

    async def _found(self, chat: Locator, pieces: list[str], after: int, line: Line) -> int:
        """The number of the item that has all these pieces, in their order."""
        person = await chat.get_attribute("data-person")
        try:
            found = await self.window.page.wait_for_function(FIND, arg=[person, pieces, after])
        except PlaywrightTimeout:
            shown = "\n".join(text for _, text in (await self.window.items(line.who))[-4:])
            raise AssertionError(f"line {line.number}: {line.who} was to see {pieces}, but sees\n{shown}") from None
        return int(await found.json_value())


FIND = """([person, pieces, after]) => {
                const plain = text => text.replace(/\\s+/g, " ");
                const all = document.querySelectorAll(`section.chat[data-person='${person}'] [data-item], dialog[open]`);
                for (const one of all) {
                    const number = Number(one.dataset.item || 1e9);
                    let at = 0;
                    const text = plain(one.innerText);
                    if (number > after && pieces.every(piece => (at = text.indexOf(piece, at)) >= 0)) return number;
                }
                return null;
            }"""


def spoken(text: str) -> list[str]:
    """The parts of a transcript's line that a person reads, without its buttons and fields."""
    words = re.sub(r"(\s\[[^\[\]]*\])+(\s\{.*\})?$|\s\{[^{}]*\}$", "", text)
    said, *facts = words.split(" | ")
    parts = [*re.split(r"…| / ", said), *(part for fact in facts for part in re.split(r"…|: ", fact))]
    return [squeezed(part).removeprefix("- ") for part in parts if squeezed(part)]
