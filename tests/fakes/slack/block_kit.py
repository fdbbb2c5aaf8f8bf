"""Block Kit's blocks and views, with their documented limits.

Sources: docs.slack.dev/reference/block-kit/blocks, docs.slack.dev/reference/views/modal-views, docs.slack.dev/surfaces.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from tests.fakes.slack.elements import ACCESSORIES, ACTION_ELEMENTS, BUTTON, ID, IMAGE, INPUTS, URL, list_of
from tests.fakes.slack.errors import Json
from tests.fakes.slack.rules import (
    MARKDOWN,
    PLAIN,
    Check,
    Rule,
    Rules,
    anything,
    array,
    boolean,
    by_type,
    exclusive,
    integer,
    obj,
    one_of,
    string,
    text,
)


def _rich(v: Any, p: str, c: Check) -> None:  # rich_text is checked for shape only
    known = ("rich_text_section", "rich_text_list", "rich_text_quote", "rich_text_preformatted")
    for i, e in enumerate(list_of(v, "elements")):
        if not isinstance(e, dict) or e.get("type") not in known:
            c.err("unsupported rich_text element", f"{p}/elements/{i}")
    c.text_total += sum(len(x) for x in rich_texts(v))


def rich_texts(v: object) -> list[str]:
    """The texts in a rich_text block."""
    return re.findall(r'"text": "((?:[^"\\]|\\.)*)"', json.dumps(v, ensure_ascii=False))


def _section(v: Any, p: str, c: Check) -> None:
    if "text" not in v and "fields" not in v:
        c.err("must provide at least one of: text, fields", p)


def _input(v: Any, p: str, c: Check) -> None:
    c.inputs += 1
    if isinstance(v.get("element"), dict) and v["element"].get("type") == "file_input" and c.surface != "modal":
        c.err("file_input is only supported in modals", f"{p}/element/type")


def _markdown(v: Any, p: str, c: Check) -> None:
    c.markdown_total += len(v["text"]) if isinstance(v.get("text"), str) else 0


def _block(kind: str, required: Rules | None = None, optional: Rules | None = None, extra: Rule | None = None) -> Rule:
    return obj({"type": one_of(kind), **(required or {})}, {"block_id": ID, **(optional or {})}, extra)


VIDEO = ("author_name", "description", "provider_icon_url", "provider_name", "title_url")
BLOCKS: Rules = {
    "section": _block(
        "section",
        {},
        {
            "text": text(3000),
            "fields": array(text(2000), 1, 10),
            "expand": boolean,
            "accessory": by_type(ACCESSORIES),
        },
        _section,
    ),
    "header": _block("header", {"text": text(150, PLAIN)}, {"level": integer(1, 6)}),
    "divider": _block("divider"),
    "image": _block(
        "image",
        {"alt_text": string(2000)},
        {"image_url": URL, "slack_file": anything, "title": text(2000, PLAIN)},
        exclusive("image_url", "slack_file"),
    ),
    "context": _block(
        "context",
        {"elements": array(by_type({"image": IMAGE, "plain_text": text(3000), "mrkdwn": text(3000)}), 1, 10)},
    ),
    "actions": _block("actions", {"elements": array(by_type(ACTION_ELEMENTS), 1, 25)}),
    "input": _block(
        "input",
        {"label": text(2000, PLAIN), "element": by_type(INPUTS)},
        {"hint": text(2000, PLAIN), "optional": boolean, "dispatch_action": boolean},
        _input,
    ),
    "rich_text": _block("rich_text", {"elements": array(anything, 1)}, {}, _rich),
    "markdown": _block("markdown", {"text": string(12000)}, {}, _markdown),
    "video": _block(
        "video",
        {"alt_text": string(), "title": text(200, PLAIN), "thumbnail_url": URL, "video_url": URL},
        dict.fromkeys(VIDEO, anything),
    ),
    "table": _block(
        "table", {"rows": array(array(anything, 1, 20), 1, 100)}, {"column_settings": array(anything, 0, 20)}
    ),
    "alert": _block("alert", {"text": text(200)}, {"level": one_of("default", "info", "warning", "error", "success")}),
    "card": _block(
        "card",
        {},
        {
            "title": text(150, MARKDOWN),
            "subtitle": text(150, MARKDOWN),
            "body": text(200, MARKDOWN),
            "icon": IMAGE,
            "hero_image": IMAGE,
            "actions": array(by_type({"button": BUTTON}), 0, 3),
        },
    ),
}
COMMON = {"section", "header", "divider", "image", "context", "actions", "input", "rich_text", "video", "card"}
SURFACES = {"message": COMMON | {"markdown", "table"}, "modal": COMMON | {"alert"}, "home": COMMON | {"table"}}
# msg_blocks_too_long: undocumented, measured ~13.2k in slackapi/bolt-js#2509, see also #2867
MSG_TEXT_TOTAL = 13_200


def elements_of(block: Json) -> list[Json]:
    """The interactive elements (and the pictures beside them) of a block."""
    found = list_of(block, "elements") if block.get("type") in ("actions", "context_actions") else []
    found += [block[k] for k in ("accessory", "element") if isinstance(block.get(k), dict)]
    found += list_of(block, "actions")
    return [e for e in found if isinstance(e, dict)]


def check_blocks(
    blocks: Any, surface: str, pointer: str = "/blocks", limit: int = 50, check: Check | None = None
) -> Check:
    """What Slack would say of these blocks on this surface (message, modal, home)."""
    c = check or Check(surface)
    table = {k: r for k, r in BLOCKS.items() if k in SURFACES[surface]}
    array(by_type(table), 0, limit)(blocks, pointer, c)
    _unique_ids(blocks if isinstance(blocks, list) else [], pointer, c)
    if c.focus > 1:
        c.err("only one element can set focus_on_load", pointer)
    if c.markdown_total > 12000:
        c.err("markdown blocks may hold no more than 12000 characters in all", pointer)
    return c


def _unique_ids(blocks: Sequence[Any], pointer: str, c: Check) -> None:
    for i, b in enumerate(b for b in blocks if isinstance(b, dict)):
        if isinstance(bid := b.get("block_id"), str):
            if bid in c.block_ids:
                c.err(f"`block_id` already exists: {bid}", f"{pointer}/{i}/block_id")
            c.block_ids.add(bid)
        seen = set()
        for e in elements_of(b):
            if isinstance(aid := e.get("action_id"), str):
                if aid in seen:
                    c.err(f"`action_id` already exists in this block: {aid}", f"{pointer}/{i}")
                seen.add(aid)


VIEW: Rules = {"private_metadata": string(3000, 0), "callback_id": string(255, 0), "external_id": string(255, 0)}
MODAL: Rules = {
    "submit": text(24, PLAIN),
    "close": text(24, PLAIN),
    "clear_on_close": boolean,
    "notify_on_close": boolean,
    "submit_disabled": boolean,
}


def check_view(view: Any, kind: str | None = None) -> Check:
    """What Slack would say of this view; `kind` is home, or a modal."""
    c = Check("home" if isinstance(view, dict) and view.get("type") == "home" else "modal")
    p, home = "/view", kind == "home"
    if not isinstance(view, dict):
        c.err("must provide an object", p)
        return c
    if view.get("type") != ("home" if home else "modal"):
        c.err(f"unsupported type: {view.get('type')}", f"{p}/type")
    required: dict[str, Rule] = {"type": anything, "blocks": anything}
    required |= {} if home else {"title": text(24, PLAIN)}
    obj(required, VIEW if home else {**VIEW, **MODAL})(view, p, c)
    check_blocks(view.get("blocks", []), c.surface, p + "/blocks", 100, c)
    if not home and c.inputs and "submit" not in view:
        c.err("missing required field: submit (view has input blocks)", p)
    if c.errors:
        c.errors.insert(0, f"failed to match all allowed schemas [json-pointer:{p}]")
    return c
