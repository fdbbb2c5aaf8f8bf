"""Who sees what, and who ever saw it: proof that somebody cannot have read something.

Rule 1. What stood there for a moment has been read: edited, replaced and deleted things stay in `ever_shown`.
Rule 2. Everything counts that a person can look at: text for notifications, blocks with every option, confirmation,
        hint and link, attachments, names of files and their content where it is text, home, modals, ephemeral messages.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tests.fakes.slack.errors import Json
from tests.fakes.slack.screen import plain, render_blocks

if TYPE_CHECKING:
    from tests.fakes.slack.workspace import FakeSlack

Shown = tuple[str, str]
# What the client keeps to itself
HIDDEN = frozenset(
    {"type", "block_id", "action_id", "value", "style", "level", "workflow", "fallback_id", "callback_id"}
)


def words(v: object) -> Iterator[str]:
    """Every text in blocks that a person can come to see."""
    if isinstance(v, str):
        yield v
    elif isinstance(v, list):
        for x in v:
            yield from words(x)
    elif isinstance(v, dict):
        for k, x in v.items():
            if k not in HIDDEN:
                yield from words(x)


class Sight:
    def __init__(self, slack: FakeSlack) -> None:
        self.slack = slack
        self._ever: dict[str, dict[Shown, None]] = {}

    def message(self, ch: Json, m: Json) -> None:
        """A message appeared or changed."""
        shown = self._message(ch, m)
        for uid in [m["for"]] if "for" in m else ch["members"]:
            self._ever.setdefault(uid, {})[shown] = None

    def view(self, v: Json) -> None:
        """A home or a modal appeared or changed."""
        self._ever.setdefault(v["_user"], {})[self._view(v)] = None

    def _message(self, ch: Json, m: Json) -> Shown:
        files = [self.slack.files.get(f["id"], f) for f in m.get("files", [])]
        blocks = m.get("blocks", [])
        texts = [m["text"], plain(self.slack, m["text"]), render_blocks(self.slack, blocks), *words(blocks)]
        texts += [*words(m.get("attachments", []))]
        texts += [s for f in files for s in (f.get("name", ""), f.get("title", ""), _text(f.get("_data")))]
        return f"{'ephemeral' if 'for' in m else ch['kind']}:{ch['id']}", "\n".join(texts)

    def _view(self, v: Json) -> Shown:
        around = [s for k in ("title", "submit", "close") for s in words(v[k] or "")]
        drawn = render_blocks(self.slack, v["blocks"], v["state"]["values"], v.get("_errors"))
        return f"{v['type']}:{v['id']}", "\n".join([*around, drawn, *words(v["blocks"])])

    def now(self, uid: str) -> Iterator[Shown]:
        """(where, text) of everything this person can look at now."""
        for ch in self.slack.channels.values():
            if uid in ch["members"]:
                for m in ch["messages"] + [m for m in ch["ephemeral"] if m["for"] == uid]:
                    yield self._message(ch, m)
        for vid in [self.slack.homes.get(uid, ""), *self.slack.modals.get(uid, [])]:
            if vid in self.slack.views:
                yield self._view(self.slack.views[vid])

    def ever(self, uid: str) -> list[Shown]:
        """(where, text) of everything that ever stood before this person, in order."""
        mine = self._ever.setdefault(uid, {})
        mine.update(dict.fromkeys(self.now(uid)))
        return list(mine)


def _text(data: bytes | None) -> str:
    try:
        return (data or b"").decode()
    except UnicodeDecodeError:
        return ""
