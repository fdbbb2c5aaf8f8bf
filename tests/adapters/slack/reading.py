"""What was rendered, as people see it: the fake's text screen; and as Slack checks it."""

from __future__ import annotations

import json
from typing import Any

from adapters.slack.render import Json, Rendered
from tests.adapters.slack.limits import beyond, refused, refused_view
from tests.fakes.slack.block_kit import check_blocks, check_view, elements_of
from tests.fakes.slack.screen import render_blocks
from tests.fakes.slack.state import initial_state


class Nobody:
    """A workspace without people: texts name none."""

    users: dict[str, Any] = {}  # noqa: RUF012


def as_sent(made: object) -> Any:
    """Through JSON, as it goes to Slack."""
    return json.loads(json.dumps(made))


def screen(made: Rendered) -> str:
    blocks = as_sent(made.blocks)
    assert check_blocks(blocks, "message").errors == []
    assert (beyond(blocks), refused(blocks)) == ([], [])
    return render_blocks(Nobody(), blocks)  # type: ignore[arg-type]


def modal(view: Json) -> str:
    sent = as_sent(view)
    assert check_view(sent, "home" if sent["type"] == "home" else None).errors == []
    assert (beyond(sent), refused_view(sent)) == ([], [])
    return render_blocks(Nobody(), sent["blocks"], initial_state(sent["blocks"]))  # type: ignore[arg-type]


def elements(made: Json) -> list[Any]:
    """All elements of blocks, in order."""
    return [element for block in as_sent(made) for element in elements_of(block)]
