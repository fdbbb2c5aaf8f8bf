"""Ways that several tests go."""

from __future__ import annotations

from tests.browser.window import Window


async def to_the_form(window: Window) -> None:
    """As far as the report's form: four answers and who may know."""
    for text in (
        "report",
        "[No]",
        "[Tell what has happened and get help]",
        "[It is about me]",
        "[A customer, a citizen or somebody else from outside]",
        "[My manager]",
    ):
        await window.does("ana", text)
