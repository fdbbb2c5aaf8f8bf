"""A simulator and the windows that look at it."""

from __future__ import annotations

from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, ViewportSize

from adapters.web.simulator import Simulator
from tests.adapters.web.making import MONDAY, serving
from tests.browser.window import DESKTOP, Window
from tests.runtime.making import settings


@dataclass
class Desk:
    stack: AsyncExitStack
    chromium: Browser
    folder: Path
    address: str = ""

    async def serve(self, start: datetime = MONDAY) -> Simulator:
        simulator, self.address = await self.stack.enter_async_context(serving(settings(), self.folder, start))
        return simulator

    async def window(self, size: ViewportSize = DESKTOP, **more: Any) -> Window:
        """A browser of its own: it shares nothing with another. Nothing moves in it, unless it is asked for."""
        about: dict[str, Any] = {"viewport": size, "reduced_motion": "reduce", **more}
        context = await self.chromium.new_context(**about)
        self.stack.push_async_callback(context.close)
        return await Window.open(context, self.address)
