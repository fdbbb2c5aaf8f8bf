"""How long it takes until a turn is seen: from the click in a real browser to the next question on the page.

Rule 1. The page itself takes both times (`performance.now()`): from the press to the first frame that shows the answer.
Rule 2. The chat is as long as a real one: a report is gone through, then back and forth between two questions.
"""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from statistics import median

from tests.adapters.web.making import serving
from tests.browser.window import DESKTOP, Window, browser
from tests.runtime.making import settings

#: Presses the newest button of a name, and waits until another question is the newest and painted.
PRESS = """selector => new Promise(done => {
  const newest = () => document.querySelector("section.chat .newest");
  const was = newest().dataset.item, begun = performance.now();
  const look = () => newest() && newest().dataset.item !== was
    ? requestAnimationFrame(() => done(performance.now() - begun)) : requestAnimationFrame(look);
  newest().querySelector(selector).click();
  look();
})"""


async def measure(turns: int) -> list[float]:
    """Milliseconds of each turn."""
    with tempfile.TemporaryDirectory() as folder:
        async with serving(settings(), Path(folder)) as (_, address), browser() as chromium:
            window = await Window.open(await chromium.new_context(viewport=DESKTOP), address)
            await window.does("ana", "report")
            await window.does("ana", "[No]")
            times = []
            for number in range(turns):
                pressed = "[data-command=back]" if number % 2 == 0 else "[data-choice=no]"
                await window.page.wait_for_selector(f"section.chat .newest {pressed}")
                times.append(float(await window.page.evaluate(PRESS, pressed)))
            return times


def print_seen(turns: int = 60) -> None:
    times = sorted(asyncio.run(measure(turns)))
    late = times[int(len(times) * 0.95)]
    print(f"\nA turn in the simulator, click to sight, {turns} turns, milliseconds")
    print(f"  median {median(times):.0f}, 95th percentile {late:.0f}, longest {times[-1]:.0f}; wanted: at most 150")
