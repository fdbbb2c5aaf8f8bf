"""Buttons. Pure.

Rule 1. A row has at most six: Teams hides what is more behind three dots, and nobody finds *Emergency help* there. For
        the same reason none is of the secondary mode. A row has no more than can be read on a phone.
Rule 2. Only *Continue* and the button of a form take what is filled in; all others work whatever stands in the inputs.
"""

from __future__ import annotations

from collections.abc import Sequence

from adapters.teams.wire import Element, Json, Pressed, data
from bot.markdown import label, plain

MOST_IN_A_ROW = 6
#: So many characters fit beside each other on a phone of 360 points; a button's edge takes four.
WIDTH_OF_A_ROW, EDGE = 42, 4
LONGEST_TITLE = 60
LONGEST_TOOLTIP = 200


def button(
    title: str,
    what: Pressed,
    *,
    dialog: bool,
    longest: int = LONGEST_TITLE,
    main: bool = False,
    takes_inputs: bool = False,
    aloud: str = "",
) -> Element:
    """`title` is small Markdown; `aloud` is what a screen reader says beside it. `dialog`: where the button stands."""
    fetches = what.fetches and not dialog
    more: dict[str, Json] = {} if takes_inputs else {"associatedInputs": "none"}
    if main:
        more["style"] = "positive"
    if aloud or len(plain(title)) > longest:
        more["tooltip"] = label(aloud or title, LONGEST_TOOLTIP)
    kind: Element = {"type": "Action.Submit"}
    if not dialog and not fetches:
        kind = {"type": "Action.Execute", "verb": what.act.value}
    return {**kind, "title": label(title, min(longest, LONGEST_TITLE)), "data": data(what, fetch=fetches), **more}


def rows(buttons: Sequence[Element]) -> list[Element]:
    """Rule 1."""
    made: list[list[Element]] = []
    left = 0
    for one in buttons:
        width = len(str(one["title"])) + EDGE
        if not made or width > left or len(made[-1]) == MOST_IN_A_ROW:
            made.append([])
            left = WIDTH_OF_A_ROW
        made[-1].append(one)
        left -= width
    return [{"type": "ActionSet", "actions": some} for some in made]
