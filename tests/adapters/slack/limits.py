"""What Slack takes, by two oracles that are not ours: the limits of slackblocks' registry, the models of Slack's own SDK.

Rule 1. A limit is looked up by the kind of the thing that holds a text or a list, and by the name of that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View
from slackblocks import _limits as registry

#: Kinds whose name in the registry is another.
NAMES = {
    "datepicker": "date_picker",
    "timepicker": "time_picker",
    "email_text_input": "email_input",
    "url_text_input": "url_input",
    "static_select": "select",
    "multi_static_select": "select",
    "external_select": "select",
    "modal": "view",
    "home": "view",
}


def beyond(payload: Any) -> list[str]:
    """What is longer, or more, than the registry allows."""
    return list(_beyond(payload, ""))


def _beyond(found: Any, where: str) -> Iterator[str]:
    if isinstance(found, list):
        for number, one in enumerate(found):
            yield from _beyond(one, f"{where}/{number}")
    elif isinstance(found, Mapping):
        kind = str(found.get("type") or ("option" if "value" in found and "text" in found else ""))
        for name, value in found.items():
            size = _size(value)
            for wanted in dict.fromkeys(_names(kind, name)):
                most = getattr(registry, wanted, None)
                if most is not None and size is not None and size > most:
                    yield f"{where}/{name}: {size} > {most} ({wanted})"
            yield from _beyond(value, f"{where}/{name}")


def _size(value: Any) -> int | None:
    """How long a text is, or how many things a list holds."""
    if isinstance(value, Mapping) and isinstance(value.get("text"), str):
        return len(value["text"])
    return len(value) if isinstance(value, str | list) else None


def _names(kind: str, name: str) -> Iterator[str]:
    own = NAMES.get(kind, kind)
    for known in (own, kind):
        yield f"{known}_{name}_MAX_LENGTH".upper()
        yield f"{known}_{name}_MAX_ITEMS".upper()
    if name in ("action_id", "block_id"):
        yield f"{name}_MAX_LENGTH".upper()
    if kind in ("plain_text", "mrkdwn") and name == "text":
        yield "TEXT_MAX_LENGTH"


def refused(blocks: list[dict[str, Any]]) -> list[str]:
    """What the models of Slack's SDK refuse."""
    return list(_refused(blocks))


def _refused(blocks: list[dict[str, Any]]) -> Iterator[str]:
    for number, block in enumerate(blocks):
        parsed = Block.parse(block)
        if parsed is None:
            yield f"/{number}: {block.get('type')} is not known"
            continue
        try:
            parsed.validate_json()
        except SlackObjectFormationError as error:
            yield f"/{number}: {error}"


def refused_view(view: dict[str, Any]) -> list[str]:
    """What they refuse of a view."""
    known = {key: value for key, value in view.items() if key != "blocks"}
    try:
        View(**known, blocks=view["blocks"]).validate_json()
    except SlackObjectFormationError as error:
        return [str(error)]
    return refused(view["blocks"])
