"""Microsoft's own renderer draws our cards, and finds nothing wrong with them.

It is not shipped, and comes with `npm ci` in this folder; where it is not, these tests are skipped.
"""

from __future__ import annotations

from typing import Any

import pytest

from adapters.teams.message import message
from bot.core.languages import LANGUAGES
from bot.core.messages import Fact, Message
from bot.core.texts import clean, escape
from tests.adapters.teams.reading import as_sent
from tests.adapters.teams.rendering.gallery import HERE, TYPED, cards, opened
from tests.browser.window import browser

pytestmark = pytest.mark.skipif(not (HERE / "node_modules").is_dir(), reason="npm ci in tests/adapters/teams/rendering")
DRAW = "([cards, dark]) => window.draw(cards, dark)"


async def drawn(made: list[Any], width: int = 360, *, dark: bool = False) -> tuple[list[str], str, float]:
    """What was found wrong, what is read, and how wide the page became."""
    async with browser() as chromium:
        page = await opened(chromium, width)
        wrong = await page.evaluate(DRAW, [made, dark])
        return wrong, await page.inner_text("#cards"), await page.evaluate("document.documentElement.scrollWidth")


async def test_nothing_is_wrong_and_nothing_sticks_out_on_a_phone() -> None:
    made = [card for language in LANGUAGES for card in cards(language).values()]
    wrong, _, width = await drawn(made, 360)
    assert wrong == []
    assert width <= 360


async def test_what_people_typed_is_read_to_the_letter() -> None:
    shown = message(Message(f"Did you mean **{escape(TYPED)}**?", facts=(Fact("Told", escape(TYPED)),)), "en")
    wrong, read, _ = await drawn([as_sent(shown.card)])
    assert wrong == []
    for line in filter(None, clean(TYPED).split("\n")):
        assert read.replace("\u2060", "").count(line) == 2, line


async def test_the_renderer_does_find_what_is_wrong() -> None:
    wrong, _, _ = await drawn([{"type": "AdaptiveCard", "version": "1.5", "body": [{"type": "Input.Text"}]}])
    assert wrong
