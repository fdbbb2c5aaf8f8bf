"""The app's icons, drawn from the sign that the simulator has: `python -m tests.adapters.teams.icons`.

Color: the whole square, which Teams rounds itself, with the sign within 120 x 120. Outline: white lines on nothing.
Look at them before you commit. Source: design-teams-app-icon-store-appbar.md (msteams-docs).
"""

from __future__ import annotations

import asyncio

from adapters.teams.manifest import ACCENT, COLOR, OUTLINE
from tests.browser.window import browser
from tests.runtime.making import ROOT

ICONS = ROOT / "adapters" / "teams" / "icons"
PAPER = "#fdfcf9"
HEAD, ARMS = '<circle cx="32" cy="23" r="{r}" {head}/>', '<path d="M13 33a19 16 0 0 0 38 0" {arms}/>'
#: The middle of the sign, in its own measure.
X, Y = 32, 33.5


def drawing(size: int, scale: float, ground: str, inner: str) -> str:
    middle = size / 2
    moved = f"translate({middle - X * scale} {middle - Y * scale}) scale({scale})"
    back = f'<rect width="{size}" height="{size}" fill="{ground}"/>' if ground else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}" style="display:block">'
        f'{back}<g transform="{moved}" fill="none" stroke-linecap="round">{inner}</g></svg>'
    )


def color() -> str:
    arms = ARMS.format(arms=f'stroke="{PAPER}" stroke-width="6"')
    return drawing(192, 2.6, ACCENT, HEAD.format(r=8, head=f'fill="{PAPER}"') + arms)


def outline() -> str:
    line = 'stroke="#fff" stroke-width="3.6"'
    return drawing(32, 0.62, "", HEAD.format(r=7.4, head=line) + ARMS.format(arms=line))


async def draw() -> None:
    async with browser() as chromium:
        for name, size, made in ((COLOR, 192, color()), (OUTLINE, 32, outline())):
            page = await chromium.new_page(viewport={"width": size, "height": size}, device_scale_factor=1)
            await page.set_content(f'<body style="margin:0">{made}</body>')
            await page.screenshot(path=ICONS / name, omit_background=True)
            await page.close()


if __name__ == "__main__":
    asyncio.run(draw())
