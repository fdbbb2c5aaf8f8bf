"""An item of a chat as the page shows it. Pure."""

from __future__ import annotations

from typing import assert_never
from zoneinfo import ZoneInfo

from adapters.web.chats import Item, Own, Passed, Told
from adapters.web.render import Json, message
from adapters.web.words import words


def item(found: Item, language: str, zone: ZoneInfo) -> Json:
    """`language` is that of the page; the bot's words are in the person's own."""
    at = found.at.astimezone(zone)
    head: dict[str, Json] = {"id": found.number, "at": at.isoformat(timespec="seconds")}
    match found:
        case Told(message=told, changed=changed, gone=gone):
            shown = {} if gone else message(told)
            return {**head, "from": "bot", **shown, "changed": changed, "gone": gone}
        case Own(text=text, files=files):
            named: list[Json] = [{"name": f.name, "size": f.size, "type": f.media_type} for f in files]
            return {**head, "from": "me", "text": text, "files": named, "gone": False}
        case Passed(what=what):
            return {**head, "from": "stage", "text": words(language).happened(what, at)}
        case _:
            assert_never(found)
