"""A nudge as a page: JSON that is the same for every case but for an id. Pure.

Rule 1. No word of a case, no name, reference, level or time of it.
Rule 2. The id comes from the outbox key, hashed under the secret: the same page has the same id and the same body.
"""

from __future__ import annotations

import hmac
import json

from bot.core.languages import phrases
from bot.runtime.owed import Nudge


def render(nudge: Nudge, key: str, secret: bytes) -> tuple[str, bytes]:
    """The id and the body of a page."""
    said = phrases(nudge.language)
    page = hmac.digest(secret, b"page id:" + key.encode(), "sha256").hex()[:32]
    body = {"id": page, "title": said.nudge, "text": said.nudge_open}
    return page, json.dumps(body, ensure_ascii=False).encode()
