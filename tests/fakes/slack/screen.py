"""The screen of a person as text."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tests.fakes.slack.block_kit import rich_texts
from tests.fakes.slack.elements import options_of
from tests.fakes.slack.errors import Json
from tests.fakes.slack.state import field_of

if TYPE_CHECKING:
    from tests.fakes.slack.workspace import FakeSlack


def plain(slack: FakeSlack, s: str | None) -> str:
    """mrkdwn as it is read: names, links, entities."""
    s = re.sub(r"<@([A-Z0-9]+)(?:\|[^>]*)?>", lambda m: f"@{slack.users.get(m[1], {}).get('name', m[1])}", s or "")
    s = re.sub(r"<(https?://[^|>]+)\|([^>]+)>", r"\2 (\1)", s)
    return html.unescape(re.sub(r"<((?:https?|mailto)[^>]+)>", r"\1", s))


def render_element(slack: FakeSlack, b: Json, el: Json, state: Json | None = None) -> str:
    t, aid = el["type"], el.get("action_id", "")
    if t in ("button", "workflow_button"):
        return f"[ {el['text']['text']} ]({aid})" + (" ?confirm" if "confirm" in el else "")
    if t == "image":
        return f"<image: {el['alt_text']}>"
    if "text" in el and t in ("plain_text", "mrkdwn"):
        return plain(slack, el["text"])
    got = ((state or {}).get(b.get("block_id", "")) or {}).get(aid, {}).get(field_of(el))
    options = options_of(el)
    names = " | ".join(o["text"]["text"] for o in options[:8]) + (" ..." if len(options) > 8 else "")
    value = got["text"]["text"] if isinstance(got, dict) and "text" in got else got
    hint = (el.get("placeholder") or {}).get("text", "")
    return f"<{t} {aid}: {value if value not in (None, [], '') else names or hint}>"


def _render_block(slack: FakeSlack, b: Json, state: Json | None) -> str:
    match b["type"]:
        case "divider":
            return "-" * 40
        case "header":
            return f"## {b['text']['text']}"
        case "rich_text":
            return "".join(rich_texts(b))
        case "markdown":
            return str(b["text"])
        case "image":
            return f"<image: {b['alt_text']}>"
        case "table":
            return json.dumps(b["rows"], ensure_ascii=False)
        case "input":
            asked = f"{b['label']['text']}{'' if b.get('optional') else ' *'}"
            hint = f"   ({b['hint']['text']})" if "hint" in b else ""
            return f"{asked}: {render_element(slack, b, b['element'], state)}{hint}"
        case _:
            return _render_texts(slack, b, state)


def _render_texts(slack: FakeSlack, b: Json, state: Json | None) -> str:
    parts = [plain(slack, b[k]["text"]) for k in ("title", "subtitle", "text", "body") if isinstance(b.get(k), dict)]
    parts += [plain(slack, x["text"]) for x in b.get("fields", [])]
    parts += [render_element(slack, b, e, state) for e in (b.get("elements") or []) + b.get("actions", [])]
    parts += [render_element(slack, b, b["accessory"], state)] if "accessory" in b else []
    return ("  " if b["type"] in ("actions", "context") else "\n").join(parts)


def render_blocks(
    slack: FakeSlack, blocks: Sequence[Json], state: Json | None = None, errors: Mapping[str, str] | None = None
) -> str:
    out = []
    for b in blocks:
        out.append(_render_block(slack, b, state))
        if errors and b.get("block_id") in errors:
            out.append(f"   ! {errors[b['block_id']]}")
    return "\n".join(out)


def _render_message(slack: FakeSlack, m: Json) -> str:
    who = slack.users[m["user"]]["name"] + (" (only you)" if "for" in m else "")
    by_blocks = m.get("blocks") and m["user"] == slack.bot_user
    body = render_blocks(slack, m["blocks"]) if by_blocks else plain(slack, m["text"])
    tags = "".join(f" <file {f.get('name', f['id'])}>" for f in m.get("files", []))
    tags += (" (edited)" if "edited" in m else "") + "".join(f" :{r}:" for r in m.get("reactions", []))
    return f"{'    | ' if m.get('thread_ts') else ''}{who}: " + body.replace("\n", "\n    ") + tags


def _modal(slack: FakeSlack, stack: Sequence[str]) -> tuple[str, str]:
    v: dict[str, Any] = slack.views[stack[-1]]
    keys = "  ".join(f"[ {v[k]['text']} ]" for k in ("close", "submit") if v.get(k))
    body = render_blocks(slack, v["blocks"], v["state"]["values"], v.get("_errors"))
    return f"MODAL {v['title']['text']} (view {len(stack)} of max 3)", f"{body}\n{keys}"


def render_screen(slack: FakeSlack, uid: str) -> str:
    boxes: list[tuple[str, str]] = []
    if h := slack.views.get(slack.homes.get(uid, "")):
        boxes.append(("App Home", render_blocks(slack, h["blocks"], h["state"]["values"])))
    for ch in slack.channels.values():
        rows = ch["messages"] + [m for m in ch["ephemeral"] if m["for"] == uid]
        if uid in ch["members"] and rows:
            lines = [_render_message(slack, m) for m in sorted(rows, key=lambda m: float(m["ts"]))]
            boxes.append(("DM" if ch["kind"] == "im" else f"#{ch['name']}", "\n".join(lines)))
    if stack := slack.modals.get(uid):
        boxes.append(_modal(slack, stack))
    name = slack.users[uid]["name"]
    drawn = [f"=== {name} | {title} ===\n{body or '(empty)'}" for title, body in boxes]
    return "\n".join(drawn + ["/!\\ " + msg for msg in slack.banners.get(uid, [])[-3:]])
